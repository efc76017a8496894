"""The page with a whole transcript."""

from __future__ import annotations

import re
from itertools import groupby

from flask.testing import FlaskClient
from lxml.html import fromstring

from search import Archive

ID = "wang-xiaogang-sensetime"


def page(client: FlaskClient, **args: str) -> str:
    answer = client.get(f"/t/{ID}", query_string=args)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_passage_stands_there_in_order_under_its_key(
    client: FlaskClient, archive: Archive
) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    rows = re.findall(r'<section class="row (\w+)[^"]*" id="(\w+)"', page(client))
    assert rows == [(passage.role.value, passage.key) for passage in transcript.passages]


def test_who_speaks_and_what_it_is_stands_where_it_changes(
    client: FlaskClient, archive: Archive
) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    turns = [
        (names, role)
        for (names, role), _ in groupby(
            (
                (passage.speaker and f"{passage.speaker.en} {passage.speaker.zh}") or "",
                passage.role.value,
            )
            for passage in transcript.passages
        )
    ]
    shown = [
        re.sub("<[^>]*>", "", who)
        for who in re.findall(r'<h2 class="who">(.*?)</h2>', page(client), re.DOTALL)
    ]
    assert shown == [f"{names} {role}".strip() for names, role in turns]


def test_every_text_stands_there_in_full(client: FlaskClient, archive: Archive) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    sides = fromstring(page(client)).findall(".//p[@lang]")
    texts = [side.text_content() for side in sides if "side" in side.get("class", "")]
    assert texts == [
        text for passage in transcript.passages for text in (passage.en, passage.zh) if text
    ]


def test_a_missing_side_keeps_its_column(client: FlaskClient, archive: Archive) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    html = page(client)
    for side, language in (("zh", "English"), ("en", "Chinese")):
        lacking = sum(passage.sides == side for passage in transcript.passages)
        assert html.count(f"No {language} in the source") == lacking


def test_each_hit_leads_to_the_next_and_back(client: FlaskClient, archive: Archive) -> None:
    html = page(client, q="patent")
    keys = [hit.passage.key for hit in archive.search("patent", transcript=ID, limit=None).hits]
    assert len(keys) > 3
    assert f">{len(keys)} hits<" in html
    steps = dict(
        re.findall(r'<nav class="step" aria-label="hit (\d+) of \d+">(.*?)</nav>', html, re.DOTALL)
    )
    for n, step in steps.items():
        hits = {"prev": int(n) - 1, "next": int(n) + 1}
        assert dict(re.findall(r'rel="(\w+)" href="#(\w+)"', step)) == {
            rel: keys[to - 1] for rel, to in hits.items() if 1 <= to <= len(keys)
        }
    assert len(steps) == len(keys)


def test_the_words_of_the_query_are_marked(client: FlaskClient) -> None:
    (first, *_) = fromstring(page(client, q="专利")).findall(".//main//mark[@class='match']")
    assert first.text == "專利" and first.get("data-is") == "match"
    assert not fromstring(page(client)).findall(".//main//mark")


def test_a_query_without_hits_says_so(client: FlaskClient) -> None:
    html = page(client, q="xyzzyqwv")
    assert ">No hits<" in html
    assert "data-hit" not in html


def test_an_unknown_transcript_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/t/nobody")
    assert answer.status_code == 404
    assert "There is no transcript called “nobody”." in answer.get_data(as_text=True)
