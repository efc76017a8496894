"""Completions under the box, with keys, pointer, input method, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, expect

Open = Callable[..., Page]


@pytest.fixture
def page(open_page: Open, site: str) -> Page:
    return open_page(site)


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def asked(page: Page) -> list[str]:
    """What the archive will have been asked to complete."""
    lines: list[str] = []

    def note(request: Request) -> None:
        if "/api/v1/suggest" in request.url:
            lines.append(parse_qs(urlsplit(request.url).query)["q"][0])

    page.on("request", note)
    return lines


def test_completions_come_as_one_types_in_either_script(page: Page) -> None:
    expect(page.get_by_role("listbox")).to_be_hidden()
    for typed, text in (("pat", "patents"), ("王", "王曉剛"), ("zhuanl", "專利")):
        box(page).fill(typed)
        expect(page.get_by_role("option").first.locator(".text")).to_have_text(text)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[role=option] .text").first).to_have_attribute("lang", "zh")
    box(page).fill("xyzzyqwv")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_a_speaker_is_named_with_the_other_name_and_a_count(page: Page) -> None:
    box(page).fill("wangx")
    option = page.get_by_role("option")
    expect(option.locator(".text")).to_have_text("王曉剛")
    expect(option.locator(".other")).to_have_text("Wang Xiaogang")
    expect(option.locator(".count")).to_have_text("speaker · 23")


def test_arrows_go_through_the_list_and_back_to_what_was_typed(page: Page) -> None:
    box(page).fill("innov")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = options.first.get_attribute("id")
    expect(box(page)).to_have_attribute("aria-activedescendant", chosen or "?")
    expect(box(page)).to_have_value("innovation")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_have_value("innov")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")


def test_enter_searches_for_what_is_chosen(page: Page) -> None:
    box(page).fill("patent wang x")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=patent*speaker*")
    expect(box(page)).to_have_value('patent speaker:"Wang Xiaogang"')
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page) -> None:
    box(page).fill("innov")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=innov")


def test_escape_takes_back_what_was_typed_and_only_then_leaves_the_box(page: Page) -> None:
    box(page).fill("innov")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("innov")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()


def test_an_arrow_opens_the_list_again(page: Page) -> None:
    box(page).fill("innov")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_click_searches_for_a_completion(page: Page) -> None:
    box(page).fill("zhuanl")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/?q=*")
    expect(box(page)).to_have_value("專利")


def test_leaving_the_box_closes_the_list(page: Page) -> None:
    box(page).fill("innov")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_keys_in_a_row_ask_once(page: Page) -> None:
    lines = asked(page)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    box(page).focus()
    page.keyboard.type("innova")
    page.clock.run_for(79)
    assert lines == []
    page.clock.run_for(1)
    expect(page.get_by_role("option").first).to_be_visible()
    assert lines == ["innova"]


def test_an_answer_that_comes_too_late_is_dropped(page: Page) -> None:
    page.route("**/api/v1/suggest?q=innov", lambda route: None)  # Never answered.
    with page.expect_request("**/api/v1/suggest?q=innov"):
        box(page).fill("innov")
    with page.expect_event("requestfailed", lambda request: request.url.endswith("q=innov")):
        box(page).fill("zhuanl")
    expect(page.get_by_role("option").first.locator(".text")).to_have_text("專利")


def test_an_input_method_is_left_alone_until_it_is_done(page: Page) -> None:
    lines = asked(page)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    box(page).focus()
    method = page.context.new_cdp_session(page)
    for letters in ("z", "zhuan", "zhuan li"):
        end = len(letters)
        method.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": end, "selectionEnd": end},
        )
    expect(box(page)).to_have_value("zhuan li")
    page.clock.run_for(1_000)
    assert lines == []
    expect(page.get_by_role("listbox")).to_be_hidden()
    method.send("Input.insertText", {"text": "专利"})
    expect(box(page)).to_have_value("专利")
    page.clock.run_for(80)
    expect(page.get_by_role("option").first.locator(".text")).to_have_text("專利")
    assert lines == ["专利"]


def test_what_cannot_be_answered_leaves_the_box_as_it_is(page: Page) -> None:
    page.route("**/api/v1/suggest?*", lambda route: route.abort("aborted"))
    with page.expect_event("requestfailed"):
        box(page).fill("innov")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=innov")


def test_without_javascript_the_box_is_a_search_box(open_page: Open, site: str) -> None:
    page = open_page(site, javascript=False)
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
def test_the_list_fits_the_screen(open_page: Open, site: str, width: int) -> None:
    page = open_page(f"{site}/t/wang-xiaogang-sensetime", width=width)
    box(page).fill("知產")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_may_have_been_meant_is_a_link(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=inovation")
    page.get_by_role("link", name="innovation", exact=True).click()
    page.wait_for_url("**/?q=innovation")
    expect(page.locator("mark.match").first).to_be_visible()
