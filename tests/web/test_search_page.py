"""The page with the box and the hits."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, fromstring

from search import Archive
from search.export import FORMATS
from search.model import Lang
from search.results import Sort
from search.web import create_app
from tests.conftest import MakeArchive


def page(client: FlaskClient, **args: str | int) -> str:
    answer = client.get("/", query_string=args)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def cards(html: str) -> HtmlElement:
    (hits,) = fromstring(html).find_class("hits")
    return hits


def main(html: str) -> str:
    return html.partition("<main")[2]


@pytest.mark.parametrize("query", ["innovate", "专利", "人工智能 technology", '"智能驾驶"'])
def test_texts_are_shown_in_full_and_marked_exactly(
    client: FlaskClient, archive: Archive, query: str
) -> None:
    shown = [
        (
            side.get("lang"),
            side.text_content(),
            [(mark.get("class"), mark.text) for mark in side.iter("mark")],
        )
        for side in cards(page(client, q=query)).findall(".//p[@lang]")
    ]
    expected = [
        (
            lang,
            text,
            [(mark.kind, text[mark.start : mark.end]) for mark in hit.marks.get(lang, ())],
        )
        for hit in archive.search(query).hits
        for lang, text in ((Lang.EN, hit.passage.en), (Lang.ZH, hit.passage.zh))
        if text
    ]
    assert expected
    assert shown == expected


def test_a_side_that_the_source_lacks_is_named(client: FlaskClient) -> None:
    html = page(client, q="patent lang:en -lang:zh")
    assert "No Chinese in the source" in html
    assert "No English in the source" not in html
    assert "No Chinese in the source" not in page(client, q="patent lang:both")


def test_a_hit_names_speaker_and_transcript_in_both_languages(client: FlaskClient) -> None:
    html = page(client, q="infringement role:answer")
    assert '<span lang="en">Wang Xiaogang</span> <span lang="zh">王曉剛</span>' in html
    assert '<span lang="en">A Talk with Wang Xiaogang' in html
    assert '<span lang="zh">《知產人物 IP PEOPLE》對話' in html
    assert '<span class="role">answer</span>' in html


def test_a_name_that_is_the_same_in_both_languages_stands_once(make_archive: MakeArchive) -> None:
    talk = "IP PEOPLE：为什么？\n\nIP PEOPLE: Why?\n\n李娜：因为。\n\nLi Na: Because.\n" * 3
    html = create_app(make_archive(talk__txt=talk)).test_client().get("/?q=why").text
    assert cards(html).find_class("who")[0].text_content() == "IP PEOPLE question"


def test_a_hit_links_to_its_passage_and_takes_the_query_along(
    client: FlaskClient, archive: Archive
) -> None:
    passage = archive.search("infringement").hits[0].passage
    link = f'href="/t/{passage.transcript}?q=infringement#{passage.key}"'
    assert link in page(client, q="infringement")


def test_totals_tell_all_words_from_some(client: FlaskClient, archive: Archive) -> None:
    results = archive.search("patent infringement")
    assert 0 < results.total_all_words < results.total
    expected = f"{results.total_all_words} with all words, {results.total} with some"
    assert expected in page(client, q="patent infringement")


def test_the_page_says_how_it_read_the_query(client: FlaskClient, archive: Archive) -> None:
    read_as = archive.search("patent -utility").read_as
    assert f"<code>{read_as}</code>" in unescape(page(client, q="patent -utility"))


def test_pages_together_show_every_hit_once(client: FlaskClient, archive: Archive) -> None:
    every = archive.search("the", limit=1000).hits
    assert len(every) > 20
    found = [
        key
        for number in range(1, (len(every) - 1) // 10 + 2)
        for key in re.findall(r'href="/t/[^"]*\?q=the#(\w+)"', page(client, q="the", page=number))
    ]
    assert found == [hit.passage.key for hit in every]


@pytest.mark.parametrize("number", ["-1", "abc", "0", "", "1.5", "²", "١"])
def test_a_page_that_is_no_number_is_the_first(client: FlaskClient, number: str) -> None:
    assert main(page(client, q="the", page=number)) == main(page(client, q="the"))


@pytest.mark.parametrize("number", ["99", "9" * 20, "9" * 5000])
def test_a_page_beyond_the_last_is_the_last(
    client: FlaskClient, archive: Archive, number: str
) -> None:
    last = (archive.search("the").total - 1) // 10 + 1
    assert main(page(client, q="the", page=number)) == main(page(client, q="the", page=last))


def test_counts_narrow_the_query_down_to_as_many(client: FlaskClient, archive: Archive) -> None:
    html = page(client, q="patent")
    choices = [
        (link.get("href"), link.find_class("count")[0].text)
        for link in fromstring(html).findall(".//li/a")
        if link.find_class("count")
    ]
    assert len(choices) >= 5
    for address, count in choices:
        narrowed = client.get(address).get_data(as_text=True)
        assert re.search(rf'class="total">{count} passage', narrowed), address


def test_sides_are_counted_even_where_there_are_none(client: FlaskClient, archive: Archive) -> None:
    sides = archive.search("infringement").facets["sides"]
    html = re.sub("<[^>]*>", "", page(client, q="infringement"))
    for name, side in (("Both languages", "both"), ("English only", "en"), ("Chinese only", "zh")):
        assert f"{name} {sides[side]}" in html


def test_a_chosen_count_leads_back(client: FlaskClient) -> None:
    html = page(client, q="patent lang:both role:question")
    (chosen,) = fromstring(html).xpath("//a[@data-key='sides:both']")
    assert chosen.get("aria-current") == "true"
    assert chosen.get("href") == "/?q=patent+role:question"


def test_nothing_found_is_said_in_a_sentence(client: FlaskClient) -> None:
    html = page(client, q="xyzzyqwv")
    assert "No passages" in html
    assert "Nothing in the archive answers this query." in html


def test_what_may_have_been_meant_is_offered_and_not_searched_for(client: FlaskClient) -> None:
    html = page(client, q="patnt -utility", exact=1)
    assert "No passages" in html
    assert "Did you mean <a" in html
    assert 'href="/?q=patent+-utility&amp;exact=1">patent -utility</a>?' in html
    assert "Did you mean" not in page(client, q="patent")


def test_without_a_query_the_transcripts_are_listed(client: FlaskClient, archive: Archive) -> None:
    for query in ("", " \t"):
        html = page(client, q=query)
        for about in archive.transcripts():
            transcript = archive.transcript(about.id)
            assert transcript
            assert f'href="/t/{about.id}"' in html
            assert (about.title.en or "?") in html and (about.title.zh or "?") in html
            assert f"{len(transcript.passages)} passages" in html
            assert about.issue and about.issue in html


def test_every_example_finds_something(client: FlaskClient) -> None:
    examples = re.findall(r'<li><a href="(/\?q=[^"]*)"><code>', page(client))
    assert len(examples) == 4
    for example in examples:
        answer = client.get(unescape(example)).get_data(as_text=True)
        assert "<mark" in answer, example


def test_switches_reach_the_engine_and_the_links(client: FlaskClient, archive: Archive) -> None:
    exact = archive.search("innovate", exact=True).total
    assert exact < archive.search("innovate").total
    assert f"{exact or 'No'} passage" in page(client, q="innovate", exact=1)
    html = page(client, q="innovation", exact=1)
    assert '<input type="hidden" name="exact" value="1">' in html
    assert re.search(r'href="/t/[^"]*\?q=innovation&amp;exact=1#', html)


@pytest.mark.parametrize("name", ["exact", "exact_characters", "one_language"])
def test_a_switch_is_a_link_that_turns_it_on_and_off(client: FlaskClient, name: str) -> None:
    def switch(html: str) -> HtmlElement:
        (found,) = fromstring(html).xpath(f"//a[@data-key='switch:{name}']")
        return found

    off = switch(page(client, q="专利", sort="place"))
    assert off.get("aria-current") is None
    on = switch(client.get(off.get("href")).text)
    assert on.get("aria-current") == "true"
    assert on.get("href") == "/?q=%E4%B8%93%E5%88%A9&sort=place"


@pytest.mark.parametrize("order", ["relevance", "date", "place"])
def test_hits_are_sorted_as_asked_and_links_keep_it(
    client: FlaskClient, archive: Archive, order: str
) -> None:
    html = page(client, q="the", sort=order)
    keys = re.findall(r'href="/t/[^"]*\?q=the[^"#]*#(\w+)"', html)
    hits = archive.search("the", sort=Sort(order)).hits
    assert keys == [hit.passage.key for hit in hits]
    (chosen,) = fromstring(html).xpath("//*[contains(@class, 'sort')]//a[@aria-current]")
    assert chosen.get("data-key") == f"sort:{order}"
    kept = "&amp;sort=" in html.partition('class="pages"')[2]
    assert kept == (order != "relevance")


def test_an_order_that_there_is_not_is_the_usual_one(client: FlaskClient) -> None:
    assert main(page(client, q="the", sort="x\0")) == main(page(client, q="the"))


def test_it_is_said_in_few_words_why_a_hit_answers(client: FlaskClient) -> None:
    why = cards(page(client, q="专利资产")).find_class("why")[0].text_content()
    assert "专利 → patents (dictionary)" in why and "專利" not in why
    html = client.get("/?q=专利资产", headers={"Accept-Language": "zh"}).text
    assert "专利 → patents（词典）" in cards(html).find_class("why")[0].text_content()


def test_years_and_facts_of_a_dated_transcript_are_shown(make_archive: MakeArchive) -> None:
    talk = "---\ndate: 2021-05-02\nissue: No. 3\n---\n\nA lantern.\n"
    html = create_app(make_archive(talk__md=talk)).test_client().get("/?q=lantern").text
    (year,) = fromstring(html).xpath("//a[@data-key='year:2021']")
    assert year.get("href") == "/?q=lantern+date:2021"
    assert [fact.text for fact in cards(html).find_class("fact")] == ["No. 3", "2021-05-02"]


def test_only_where_there_are_dates_can_hits_be_sorted_by_them(
    client: FlaskClient, make_archive: MakeArchive
) -> None:
    talk = "---\ndate: 2021\n---\n\nA lantern.\n\nOne more lantern.\n"
    dated = create_app(make_archive(talk__md=talk)).test_client().get("/?q=lantern").text
    assert 'data-key="sort:date"' in dated
    assert 'data-key="sort:date"' not in page(client, q="the")


def test_a_long_passage_is_folded_around_its_marks(make_archive: MakeArchive) -> None:
    words = " ".join(f"Sentence number {n} says nothing." for n in range(40))
    talk = f"{words} Here is a lantern. {words}\n"
    html = create_app(make_archive(talk__txt=talk)).test_client().get("/?q=lantern").text
    pieces = cards(html).find_class("piece")
    shown = [piece.text_content() for piece in pieces if piece.get("hidden") is None]
    assert shown == [
        "Sentence number 39 says nothing. ",
        "Here is a lantern. ",
        "Sentence number 0 says nothing. ",
    ]
    assert {piece.get("hidden") for piece in pieces} == {None, "until-found"}
    assert cards(html).find_class("more")


def test_of_many_values_of_a_facet_the_rest_is_folded(make_archive: MakeArchive) -> None:
    files = {f"t{n}__txt": f"Lantern {n}.\n" for n in range(9)}
    html = create_app(make_archive(**files)).test_client().get("/?q=lantern").text
    (rest,) = fromstring(html).find_class("rest")
    assert len(rest.findall(".//li")) == 3 and "3 more" in rest.text_content()


@pytest.mark.parametrize("format", FORMATS)
def test_all_hits_are_downloaded_as_they_are_listed(
    client: FlaskClient, archive: Archive, format: str
) -> None:
    html = page(client, q="专利 OR the", sort="place", exact_characters=1)
    (link,) = fromstring(html).xpath(f"//a[@download][contains(@href, '/hits.{format}')]")
    answer = client.get(link.get("href"))
    assert answer.content_type == FORMATS[format].media_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert f".{format}" in answer.headers["Content-Disposition"]
    expected = archive.export(format, "专利 OR the", sort=Sort.PLACE, exact_characters=True)
    if format != "tmx":  # It says when it was made.
        assert answer.data == b"".join(expected)
    assert len(answer.data) > 10_000


@pytest.mark.parametrize(("address", "status"), [("/hits.exe?q=a", 404), ("/hits.csv?q=+", 400)])
def test_what_is_no_file_of_hits_is_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_the_name_of_a_file_is_made_of_words_alone(client: FlaskClient) -> None:
    answer = client.get("/hits.csv", query_string={"q": '专利 ../"a\r\nX: b/' + "c" * 90})
    name = answer.headers["Content-Disposition"]
    assert "X:" not in answer.headers and "/" not in name and "\n" not in name
    assert "filename*=UTF-8''%E4%B8%93%E5%88%A9-a-X-b-ccc" in name and len(name) < 250


def test_a_chinese_page_names_speakers_and_transcripts_in_chinese(client: FlaskClient) -> None:
    html = client.get("/?q=patent&hl=zh").get_data(as_text=True)
    narrowed = html.partition('class="facets"')[2].partition("</nav>")[0]
    assert '<span lang="zh">王曉剛</span>' in narrowed and "Wang Xiaogang</span>" not in narrowed
    assert "《知產人物 IP PEOPLE》" in narrowed and "A Talk with" not in narrowed


@pytest.mark.parametrize("address", ["/?q=专利资产", "/concordance?q=专利资产&lang=zh"])
def test_chinese_is_shown_in_the_characters_one_reads_with_its_marks(
    client: FlaskClient, address: str
) -> None:
    as_found = client.get(address).text
    assert "專利" in as_found and 'class="side zh" lang="zh-Hans"' not in as_found
    simplified = client.get(f"{address}&zh=hans").text
    sides = [side for side in fromstring(simplified).find_class("zh") if side.text_content()]
    assert sides and {side.get("lang") for side in sides} == {"zh-Hans"}
    marks = {mark.text for side in sides for mark in side.iter("mark")}
    assert marks and marks <= {"专利资产", "专利", "资产"}
    # What is chosen holds for every page, until it is chosen otherwise.
    assert "专利" in client.get(address).text.partition("<main")[2]
    assert client.get("/concordance?q=专利&lang=zh").text.count(">專利<") == 0
    assert client.get(f"{address}&zh=source").text.count("專利") == as_found.count("專利")


def test_a_facet_of_hundreds_of_values_names_the_commonest(make_archive: MakeArchive) -> None:
    talks = {f"talk-{n}__txt": f"Lantern {n}.\n" for n in range(40)}
    talks["talk-39__txt"] += "\nOne lantern more.\n"
    html = create_app(make_archive(**talks)).test_client().get("/?q=lantern").text
    (rest,) = fromstring(html).find_class("rest")
    assert "34 more" in rest.findtext("summary", "") and "and 20 more" in rest.text_content()
    values = fromstring(html).xpath("//@data-key[starts-with(., 'transcript:')]")
    assert len(values) == 20 and values[0] == "transcript:talk-39"
