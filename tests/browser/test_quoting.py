"""A hit as a quote, read from the clipboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml.html import fromstring
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from search import Archive
from search.web import create_app
from tests.conftest import MakeArchive

Open = Callable[..., Page]


@pytest.fixture
def page(open_page: Open, site: str) -> Page:
    page = open_page(f"{site}/?q=专利资产")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def copied(page: Page, form: str) -> str:
    menu = page.locator(".hit .menu").first
    menu.locator("summary").click()
    menu.get_by_role("button", name=form).click()
    expect(page.locator("#said")).to_have_text("Copied")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.get_by_role("button", name=form)).to_be_hidden()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_text_has_both_sides_and_says_where_it_is_from(
    page: Page, site: str, archive: Archive
) -> None:
    passage = archive.search("专利资产").hits[0].passage
    (about,) = archive.transcripts()
    title = f"{about.title.en} {about.title.zh}"
    assert copied(page, "Text") == (
        f"{passage.en}\n{passage.zh}\n— IP PEOPLE, {title}, {about.issue}\n"
        f"{site}/t/{passage.transcript}#{passage.key}\n"
    )


def test_html_is_rich_text_and_its_source(page: Page, archive: Archive) -> None:
    passage = archive.search("专利资产").hits[0].passage
    quote = fromstring(copied(page, "HTML"))
    assert quote.tag == "blockquote" and quote.get("cite").endswith(passage.url)
    texts = {side.get("lang"): side.text_content() for side in quote.findall("p")}
    assert texts == {"en": passage.en, "zh": passage.zh}
    types = page.evaluate("navigator.clipboard.read().then(([item]) => item.types)")
    assert set(types) == {"text/plain", "text/html"}


def test_markdown_reads_as_what_was_written_whatever_it_holds(
    open_page: Open, serve: Callable[..., str], make_archive: MakeArchive
) -> None:
    text = "A *lantern* [is](no) `link` <b>&amp; 1_2_3 #1 | ~~no~~ \\ end."
    site = serve(create_app(make_archive(talk__txt=f"{text}\n")))
    page = open_page(f"{site}/?q=lantern")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = page.locator(".hit .side.en").text_content()
    rendered = fromstring(
        MarkdownIt("gfm-like", {"linkify": False}).render(copied(page, "Markdown"))
    )
    assert rendered.find(".//p").text_content() == shown
    assert rendered.find(".//a").get("href").startswith(f"{site}/t/talk#")


def test_a_page_without_tls_copies_all_the_same(page: Page, archive: Archive) -> None:
    page.evaluate("navigator.clipboard.__proto__.write = undefined")
    assert copied(page, "Text").startswith(archive.search("专利资产").hits[0].passage.en or "?")


def test_a_quote_is_copied_by_keys_alone(page: Page, archive: Archive) -> None:
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(archive.search("专利资产").hits[0].passage.en)
    page.keyboard.press("Enter")
    expect(page.locator(".hit .menu").first).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator(".hit .menu[open]")).to_have_count(0)


def test_results_that_come_later_can_be_copied_too(page: Page) -> None:
    page.locator('[data-key="role:answer"]').click()
    page.wait_for_url("**role*")
    assert "Wang Xiaogang 王曉剛" in copied(page, "Text")


def test_without_javascript_there_is_no_menu(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent", javascript=False)
    expect(page.locator(".menu")).to_have_count(0)
    expect(page.locator(".hit .permalink").first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_all_hits_are_saved_as_a_file(open_page: Open, site: str, javascript: bool) -> None:
    page = open_page(f"{site}/?q=专利 lang:both", javascript=javascript)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    assert started.value.suggested_filename == "专利-lang-both.csv"
    assert "全球專利資產" in started.value.path().read_text("utf-8")
