"""Results without a reload, both sides sentence by sentence, and keys for all of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from search import Archive
from search.web import create_app
from tests.conftest import MakeArchive

Open = Callable[..., Page]
ID = "wang-xiaogang-sensetime"


def stay(page: Page) -> Callable[[], bool]:
    """Notes the document that is open; says later whether it still is."""
    page.evaluate("window.here = true")
    return lambda: bool(page.evaluate("window.here === true"))


@pytest.fixture
def page(open_page: Open, site: str) -> Page:
    return open_page(f"{site}/?q=patent")


def total(page: Page) -> str:
    return page.locator(".total").inner_text()


def test_the_box_asks_without_a_reload_and_the_address_is_the_same(
    page: Page, open_page: Open
) -> None:
    same = stay(page)
    page.get_by_role("combobox").fill("专利资产")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=%E4%B8%93*")
    expect(page.locator(".hit mark.match").first).to_have_text("專利資產")
    expect(page).to_have_title("专利资产 – Transcript search")
    expect(page.locator("#said")).to_have_text(total(page))
    assert same()
    alone = open_page(page.url, javascript=False)
    assert alone.locator(".hit").all_inner_texts() == [
        text.replace("Copy\n", "") for text in page.locator(".hit").all_inner_texts()
    ]


def test_counts_switches_and_orders_change_the_results_and_keep_the_focus(page: Page) -> None:
    same = stay(page)
    for key in ("sides:both", "switch:one_language", "sort:place"):
        link = page.locator(f'[data-key="{key}"]')
        link.click()
        expect(link).to_have_attribute("aria-current", "true")
        expect(link).to_be_focused()
    assert "lang:both" in page.url and "one_language=1" in page.url and "sort=place" in page.url
    expect(page.get_by_role("combobox")).to_have_value("patent lang:both")
    expect(page.locator('.box [name="sort"]')).to_have_value("place")
    assert same()


def test_the_back_button_goes_back_to_the_results_and_the_place(page: Page) -> None:
    same = stay(page)
    first = total(page)
    page.evaluate("scrollTo(0, 500)")
    page.locator('[data-key="role:question"]').dispatch_event("click")
    expect(page.locator(".total")).not_to_have_text(first)
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect(page.locator(".total")).to_have_text(first)
    expect(page.get_by_role("combobox")).to_have_value("patent")
    page.wait_for_function("scrollY === 500")
    page.go_forward()
    expect(page.locator(".total")).not_to_have_text(first)
    assert same()


def test_the_language_of_the_page_changes_with_the_query_that_is_shown(page: Page) -> None:
    page.locator('[data-key="sides:both"]').click()
    page.wait_for_url("**lang:both*")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("combobox")).to_have_value("patent lang:both")


def test_what_cannot_be_fetched_is_gone_to(page: Page) -> None:
    same = stay(page)
    page.route("**/?q=innovation", lambda route: route.abort("aborted"), times=1)
    page.get_by_role("combobox").fill("innovation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=innovation")
    expect(page.locator(".hit").first).to_be_visible()
    assert not same()


def test_what_is_asked_first_does_not_come_after_what_is_asked_last(page: Page) -> None:
    page.route("**/?q=slow", lambda route: None)  # Never answered.
    page.get_by_role("combobox").fill("slow")
    page.keyboard.press("Enter")
    page.get_by_role("combobox").fill("innovation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=innovation")
    expect(page.locator(".hit").first).to_be_visible()


def test_an_empty_box_leads_to_the_first_page(page: Page) -> None:
    page.get_by_role("combobox").fill("")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search the interviews")


def test_sentences_that_answer_each_other_are_level(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=专利资产 lang:both")
    tops = page.evaluate(
        """() => [...document.querySelectorAll(".sides.both")].flatMap(sides =>
             [...sides.querySelectorAll(".en [data-pair]")].map(piece => {
               const n = piece.dataset.pair;
               const other = sides.querySelector(`.zh [data-pair="${n}"]`);
               const [one, two] = [piece, other].map(each => each.getBoundingClientRect());
               return [one.right <= two.left, Math.abs(one.top - two.top)];
             }))"""
    )
    assert len(tops) > 5
    assert all(beside and apart < 12 for beside, apart in tops)


def test_a_sentence_that_is_pointed_at_lights_the_one_that_answers_it(
    open_page: Open, site: str
) -> None:
    page = open_page(f"{site}/?q=11494 lang:both role:answer")
    sides = page.locator(".sides").first
    sides.locator('.en [data-pair="2"]').hover()
    expect(sides.locator('.zh [data-pair="2"]')).to_have_class("piece lit")
    expect(page.locator(".lit")).to_have_count(2)
    sides.locator('.zh [data-pair="1"]').hover()
    expect(sides.locator('.en [data-pair="1"]')).to_have_class("piece lit")
    expect(page.locator(".lit")).to_have_count(2)
    page.mouse.move(0, 0)
    expect(page.locator(".lit")).to_have_count(0)


def test_keys_go_through_hits_and_their_sentences(page: Page, archive: Archive) -> None:
    hits = page.locator(".hit")
    for key, number in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(hits.nth(number)).to_be_focused()
        expect(hits.nth(number)).to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    focused = page.locator(":focus")
    expect(focused).to_have_class("piece lit")
    expect(page.locator(".zh .lit")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(hits.first).to_be_focused()
    page.keyboard.press("Enter")
    passage = archive.search("patent").hits[0].passage
    page.wait_for_url(f"**/t/{ID}?q=patent#{passage.key}")


def test_the_help_opens_and_closes_by_key_and_without_javascript(
    page: Page, open_page: Open, site: str
) -> None:
    for opened in (page, open_page(f"{site}/", javascript=False)):
        dialog = opened.get_by_role("dialog", name="Help")
        expect(dialog).to_be_hidden()
        opened.get_by_role("button", name="Help").click()
        expect(dialog).to_be_visible()
        opened.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Help")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_folded_passage_opens_in_place(
    open_page: Open, serve: Callable[..., str], make_archive: MakeArchive, javascript: bool
) -> None:
    words = " ".join(f"Sentence number {n} says nothing." for n in range(40))
    archive = make_archive(talk__txt=f"{words} Here is a lantern. {words}\n")
    page = open_page(serve(create_app(archive)) + "/?q=lantern", javascript=javascript)
    hit = page.locator(".hit")
    folded = hit.locator(".piece[hidden]").first
    assert not folded.evaluate("each => each.getBoundingClientRect().height > 1")
    hit.get_by_text("Whole passage").click()
    assert folded.evaluate("each => each.getBoundingClientRect().height > 1")
    hit.get_by_text("Fold again").click()
    assert not folded.evaluate("each => each.getBoundingClientRect().height > 1")
    if javascript:  # As when the browser's own search finds it.
        folded.dispatch_event("beforematch")
        assert folded.evaluate("each => each.getBoundingClientRect().height > 1")


def test_a_mark_says_what_it_is_to_who_does_not_see_it(page: Page) -> None:
    kinds = page.evaluate(
        """() => [...document.querySelectorAll(".hit mark")].map(mark =>
             [mark.className, getComputedStyle(mark, "::before").content])"""
    )
    assert {kind: said for kind, said in kinds} == {
        "match": '" (match) "',
        "counterpart": '" (translation) "',
    }


def test_every_run_of_text_says_its_language(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=专利资产")
    mixed = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(each =>
             [...each.childNodes].some(node => node.nodeType === 3 &&
               /\\p{Script=Han}/u.test(node.data)) &&
             !each.closest("[lang|=zh]") && !each.closest("script, template, .help"))
             .map(each => each.outerHTML)"""
    )
    assert mixed == []
