"""Every page, in both languages and both colour schemes, as axe-core looks at it: WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
READING = "/t/wang-xiaogang-sensetime"
PAGES = [
    "/",
    "/?q=专利资产",
    "/?q=patent -utility",
    "/?q=inovation",
    f"{READING}?q=专利",
    f"{READING}?as=found&doubts=1&zh=hant",
    "/concordance?q=patent&lang=zh",
    "/terms?q=innovation",
    "/worklist",
    "/status",
    "/nowhere",
]
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def found(page: Page) -> list[str]:
    """What axe-core says of the page: each rule that is broken, and where."""
    answer = Axe().run(page, options=OPTIONS)
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in answer.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_found_on_any_page(
    open_page: Open, site: str, scheme: Literal["light", "dark"], language: str
) -> None:
    page = open_page(f"{site}/?hl={language}")
    page.emulate_media(color_scheme=scheme)
    for address in PAGES:
        page.goto(site + address)
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans"}.get(
            language, language
        )
        assert found(page) == [], address


def test_nothing_is_found_on_what_opens(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent", width=360)
    page.get_by_text("Narrow down").click()
    page.locator(".hit .menu summary").first.click()
    expect(page.locator(".hit .menu button").first).to_be_visible()
    assert found(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Help").click()
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    assert found(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("combobox").fill("innov")
    expect(page.get_by_role("option").first).to_be_visible()
    assert found(page) == []


@pytest.mark.parametrize("address", ["/", "/?q=patent", READING])
def test_what_is_pressed_is_large_enough(open_page: Open, site: str, address: str) -> None:
    page = open_page(site + address, width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main summary, header a")]
             .filter(each => each.checkVisibility() && !each.closest(".unseen, p"))
             .map(each => [each.getBoundingClientRect(), each.outerHTML])
             .filter(([box]) => box.height && (box.height < 24 || box.width < 24))
             .map(([, html]) => html)"""
    )
    assert small == []
