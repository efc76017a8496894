"""Searching, reading and going from hit to hit, as a person does."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from search import Archive

Open = Callable[..., Page]
ID = "wang-xiaogang-sensetime"


def test_typed_words_are_found_and_shown_in_both_languages(
    open_page: Open, site: str, archive: Archive
) -> None:
    page = open_page(site)
    page.get_by_role("combobox").fill("产学研")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    hit = archive.search("产学研").hits[0]
    card = page.locator(".hit").first
    expect(card.locator('.side[lang="en"]')).to_have_text(hit.passage.en or "")
    expect(card.locator('.side[lang="zh"]')).to_have_text(hit.passage.zh or "")
    expect(card.locator('[lang="zh"] mark.match').first).to_have_text("產學研")
    english = card.locator('.side[lang="en"]').bounding_box()
    chinese = card.locator('.side[lang="zh"]').bounding_box()
    assert english and chinese
    assert english["x"] + english["width"] < chinese["x"]
    assert abs(english["y"] - chinese["y"]) < 12


def test_marks_are_drawn_and_not_by_colour_alone(open_page: Open, site: str) -> None:
    mark = open_page(f"{site}/?q=patent").locator("mark.match").first
    expect(mark).to_have_css("text-decoration-line", "underline")
    expect(mark).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_a_missing_side_is_named_in_its_place(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=infringement lang:en -lang:zh")
    expect(page.locator(".hit .absent").first).to_have_text("No Chinese in the source")


def test_a_hit_is_followed_to_its_passage(open_page: Open, site: str, archive: Archive) -> None:
    page = open_page(f"{site}/?q=ISO9001")
    passage = archive.search("ISO9001").hits[0].passage
    page.locator(".hit .from a").first.click()
    page.wait_for_url(f"**/t/{ID}?q=ISO9001#{passage.key}")
    target = page.locator(":target")
    expect(target).to_have_attribute("id", passage.key)
    expect(target).to_be_in_viewport()
    expect(target.locator("mark.match").first).to_be_visible()
    bar, text = page.locator(".bar").bounding_box(), target.bounding_box()
    assert bar and text
    assert text["y"] >= bar["y"] + bar["height"]


def test_keys_go_from_hit_to_hit_and_round(open_page: Open, site: str, archive: Archive) -> None:
    keys = [hit.passage.key for hit in archive.search("patent", transcript=ID, limit=None).hits]
    page = open_page(f"{site}/t/{ID}?q=patent")
    count = page.locator("[data-count]")
    expect(count).to_have_text(f"{len(keys)} hits")
    for key, number in (("n", 1), ("j", 2), ("k", 1), ("p", len(keys)), ("n", 1)):
        page.keyboard.press(key)
        expect(count).to_have_text(f"hit {number} of {len(keys)}")
        expect(page.locator(":target")).to_have_attribute("id", keys[number - 1])
        expect(page.locator(":target")).to_be_in_viewport()


def test_keys_start_from_where_one_reads(open_page: Open, site: str, archive: Archive) -> None:
    keys = [hit.passage.key for hit in archive.search("patent", transcript=ID, limit=None).hits]
    page = open_page(f"{site}/t/{ID}?q=patent")
    page.evaluate("key => document.getElementById(key).scrollIntoView()", keys[2])
    page.keyboard.press("n")
    expect(page.locator("[data-count]")).to_have_text(f"hit 4 of {len(keys)}")


def test_letters_typed_in_the_box_stay_letters(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/t/{ID}?q=patent")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("n/p")
    expect(page.get_by_role("combobox")).to_have_value("n/p")
    assert "#" not in page.url


def test_the_back_button_leads_from_the_hits_to_the_results(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent")
    results = page.url
    page.locator(".hit .from a").first.click()
    page.wait_for_url("**/t/**")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.go_back()
    expect(page).to_have_url(results)


def test_a_slash_goes_to_the_box_and_the_keyboard_suffices(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/?q=patent")
    box = page.get_by_role("combobox")
    expect(box).not_to_be_focused()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("innovate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=innovate")
    expect(page.locator("#results")).to_be_focused()
    page.reload()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_on_the_reading_page_too_a_sentence_lights_its_answer(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/t/{ID}")
    row = page.locator(".row:has([data-pair])").first
    row.locator(".en [data-pair]").first.hover()
    expect(row.locator(".lit")).to_have_count(2)


def test_all_of_it_works_without_javascript(open_page: Open, site: str, archive: Archive) -> None:
    keys = [hit.passage.key for hit in archive.search("专利", transcript=ID, limit=None).hits]
    page = open_page(site, javascript=False)
    page.get_by_role("searchbox").fill("专利")
    page.get_by_role("button", name="Search").click()
    page.locator(".hit .from a").first.click()
    page.get_by_role("link", name="First").click()
    for number, key in enumerate(keys, 1):
        target = page.locator(":target")
        expect(target).to_have_attribute("id", key)
        expect(target.locator("mark").first).to_be_visible()
        if number < len(keys):
            target.get_by_role("link", name="Next hit").click()
    expect(page.locator(":target").get_by_role("link", name="Next hit")).to_have_count(0)
    page.locator(":target").get_by_role("link", name="Previous hit").click()
    expect(page.locator(":target")).to_have_attribute("id", keys[-2])


def test_a_counterpart_is_drawn_otherwise_than_a_match(open_page: Open, site: str) -> None:
    mark = open_page(f"{site}/?q=patent").locator("mark").first
    expect(mark).to_have_css("text-decoration-style", "solid")
    drawn = "mark => getComputedStyle(mark).backgroundColor"
    ground = mark.evaluate(drawn)
    mark.evaluate("mark => { mark.className = 'counterpart' }")
    expect(mark).to_have_css("text-decoration-style", "dotted")
    assert mark.evaluate(drawn) not in (ground, "rgba(0, 0, 0, 0)")
