"""A transcript as an editor reads it, and the concordance."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
READING = "/t/wang-xiaogang-sensetime"


def test_the_outline_stays_beside_the_text_and_follows_it(open_page: Open, site: str) -> None:
    page = open_page(site + READING)
    outline = page.get_by_role("navigation", name="Outline")
    last = outline.get_by_role("link").last
    last.click()
    expect(last).to_have_attribute("aria-current", "location")
    expect(page.locator(last.get_attribute("href") or "")).to_be_in_viewport()
    expect(last).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(last).not_to_have_attribute("aria-current", "location")


def test_on_a_phone_the_outline_is_folded_away(open_page: Open, site: str) -> None:
    page = open_page(site + READING, width=360)
    outline = page.get_by_role("navigation", name="Outline")
    expect(outline).to_be_hidden()
    page.locator(".outline summary").click()
    link = outline.get_by_role("link").nth(3)
    link.click()
    expect(outline).to_be_hidden()
    expect(page.locator(":target")).to_be_in_viewport()


def test_chinese_changes_its_characters_and_back_without_scripts(
    open_page: Open, site: str
) -> None:
    page = open_page(f"{site}{READING}?q=专利", javascript=False)
    mark = page.locator(".zh mark.match").first
    expect(mark).to_have_text("專利")
    page.get_by_role("link", name="简体").click()
    expect(mark).to_have_text("专利")
    page.goto(site + READING + "?q=专利")
    expect(mark).to_have_text("专利")
    page.get_by_role("link", name="as in the source").click()
    expect(mark).to_have_text("專利")


def test_repairs_and_doubts_are_a_click_away(open_page: Open, site: str) -> None:
    page = open_page(site + READING)
    page.get_by_role("link", name="repairs").click()
    expect(page.locator("#be511757 del").first).to_have_text("?qū)@⟨U+E386⟩Y")
    page.get_by_role("link", name="doubtful").click()
    expect(page.locator(".doubt").first).to_contain_text("% sure")
    expect(page.locator("#be511757 del").first).to_be_visible()


def test_a_printed_transcript_has_its_two_columns_and_no_bars(open_page: Open, site: str) -> None:
    page = open_page(site + READING, width=700)
    page.emulate_media(media="print")
    for bar in (".top", ".bar", ".outline", ".views", ".desk"):
        expect(page.locator(bar).first).to_be_hidden()
    row = page.locator(".row.question").first
    english, chinese = (row.locator(f".side.{lang}").bounding_box() for lang in ("en", "zh"))
    assert english and chinese
    assert english["x"] + english["width"] <= chinese["x"]


def test_the_matches_of_a_concordance_stand_in_the_middle(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/concordance?q=patent&lang=en")
    middles = page.evaluate(
        """() => [...document.querySelectorAll(".lines summary > mark")]
             .map(mark => mark.getBoundingClientRect()).map(box => (box.left + box.right) / 2)"""
    )
    assert len(middles) > 10 and max(middles) - min(middles) < 2


def test_the_other_side_of_a_line_is_one_click_away(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/concordance?q=专利&lang=zh", javascript=False)
    line = page.locator(".lines li").first
    expect(line.locator(".side.en")).to_be_hidden()
    line.locator("summary").click()
    expect(line.locator(".side.en")).to_contain_text("patent")
    line.get_by_role("link", name="Read it in").click()
    expect(page.locator(":target")).to_be_in_viewport()
