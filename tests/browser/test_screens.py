"""Every page on every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from search.web import create_app
from tests.conftest import MakeArchive

Open = Callable[..., Page]
ADDRESSES = ["/", "/?q=patent innovation", "/?q=" + "专利" * 200, "/?q=xyzzyqwv"]
ADDRESSES += ["/t/wang-xiaogang-sensetime?q=专利", "/t/wang-xiaogang-sensetime?as=found&doubts=1"]
ADDRESSES += ["/concordance?q=patent", "/concordance?q=" + "专利" * 200, "/terms?q=innovation"]
ADDRESSES += ["/worklist", "/status"]


@pytest.mark.parametrize("width", [320, 360, 900, 3840])
def test_no_page_is_wider_than_its_screen(open_page: Open, site: str, width: int) -> None:
    page = open_page(site, width=width)
    for address in ADDRESSES:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_on_a_phone_the_sides_stand_one_under_the_other(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent lang:both", width=360)
    card = page.locator(".hit").first
    english = card.locator('.side[lang="en"]').bounding_box()
    chinese = card.locator('.side[lang="zh"]').bounding_box()
    assert english and chinese
    assert english["y"] + english["height"] <= chinese["y"]
    assert english["x"] == chinese["x"]


def test_on_a_phone_counts_are_folded_away_and_open(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent", width=360)
    choice = page.get_by_role("link", name="English only")
    expect(choice).to_be_hidden()
    page.get_by_text("Narrow down").click()
    expect(choice).to_be_visible()


def test_on_a_wide_screen_counts_stand_beside_the_hits(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent")
    expect(page.get_by_role("link", name="English only")).to_be_visible()
    expect(page.get_by_text("Narrow down")).to_be_hidden()


def test_the_reading_page_keeps_both_sides_level(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/t/wang-xiaogang-sensetime")
    tops = page.evaluate(
        """() => [...document.querySelectorAll(".row")].map(row =>
             [...row.querySelectorAll(".side")].map(side => side.getBoundingClientRect()))
             .map(([en, zh]) => [en.right <= zh.left, Math.abs(en.top - zh.top)])"""
    )
    assert len(tops) > 40
    assert all(beside and apart < 12 for beside, apart in tops)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_colours_of_the_system(
    open_page: Open, site: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(site)
    page.emulate_media(color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(map(int, ground[4:-1].split(",")))
    assert (brightness > 600) == (scheme == "light")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_rest_of_many_values_opens_in_place(
    open_page: Open, serve: Callable[..., str], make_archive: MakeArchive, width: int
) -> None:
    archive = make_archive(**{f"talk-{n}__txt": f"Lantern {n}.\n" for n in range(9)})
    page = open_page(serve(create_app(archive)) + "/?q=lantern", width=width)
    if width == 360:
        page.get_by_text("Narrow down").click()
    value = page.locator('[data-key="transcript:talk-8"]')
    expect(value).to_be_hidden()
    page.get_by_text("3 more").click()
    expect(value).to_be_visible()
    value.click()
    expect(page.locator(".total")).to_have_text("1 passage")
