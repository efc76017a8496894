"""The page with the box and the hits."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from search import Archive
from search.model import Lang

SIDE = re.compile(r'<p class="side (en|zh)" lang="\1">(.*?)</p>', re.DOTALL)


def page(client: FlaskClient, **args: str | int) -> str:
    answer = client.get("/", query_string=args)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def main(html: str) -> str:
    return html.partition("<main")[2]


@pytest.mark.parametrize("query", ["innovate", "专利", "人工智能 technology", '"智能驾驶"'])
def test_texts_are_shown_in_full_and_marked_exactly(
    client: FlaskClient, archive: Archive, query: str
) -> None:
    shown = [
        (
            lang,
            unescape(re.sub("<[^>]*>", "", html)),
            [
                (kind, unescape(text))
                for kind, text in re.findall(r'<mark class="(\w+)">(.*?)</mark>', html)
            ],
        )
        for lang, html in SIDE.findall(page(client, q=query))
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
        for key in re.findall(r'href="/t/[^"]*#(\w+)"', page(client, q="the", page=number))
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
    choices = re.findall(
        r'href="/\?q=([^"]*)"><span class="label">[^<]*</span> <span class="count">(\d+)<', html
    )
    assert len(choices) >= 5
    for query, count in choices:
        narrowed = client.get(f"/?q={query}").get_data(as_text=True)
        assert re.search(rf'role="status"[^>]*>{count} passage', narrowed), query


def test_sides_are_counted_even_where_there_are_none(client: FlaskClient, archive: Archive) -> None:
    sides = archive.search("infringement").facets["sides"]
    html = re.sub("<[^>]*>", "", page(client, q="infringement"))
    for name, side in (("Both languages", "both"), ("English only", "en"), ("Chinese only", "zh")):
        assert f"{name} {sides[side]}" in html


def test_a_chosen_count_leads_back(client: FlaskClient) -> None:
    html = page(client, q="patent lang:both role:question")
    assert 'class="chosen" aria-current="true" href="/?q=patent+role:question"' in html


def test_nothing_found_is_said_in_a_sentence(client: FlaskClient) -> None:
    html = page(client, q="xyzzyqwv")
    assert "No passages" in html
    assert "Nothing in the archive answers this query." in html


def test_what_may_have_been_meant_is_offered_and_not_searched_for(client: FlaskClient) -> None:
    html = page(client, q="patnt -utility", exact=1)
    assert "No passages" in html
    link = 'Did you mean <a href="/?q=patent+-utility&amp;exact=1">patent -utility</a>?'
    assert link in html
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


def test_the_other_language_and_other_forms_can_be_switched_off_and_on(client: FlaskClient) -> None:
    html = client.get("/?q=专利").get_data(as_text=True)
    assert "one_language=1" in html and "exact=1" in html
    html = client.get("/?q=专利&one_language=1").get_data(as_text=True)
    assert "Search both languages" in html and 'href="/?q=%E4%B8%93%E5%88%A9"' in html
