"""The page with a whole transcript."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring

from search import Archive
from search.analysis import fold
from search.model import Lang, Mended, Role
from search.results import Mark
from search.web.reading import is_unsure
from search.web.runs import runs

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
    # 《IP PEOPLE》 is IP PEOPLE: a name stands there once.
    names = {speaker: f"{speaker.en} {speaker.zh}" for speaker in transcript.about.speakers}
    assert list(names.values()) == ["IP PEOPLE 《IP PEOPLE》", "Wang Xiaogang 王曉剛"]
    names = {speaker: name.replace(" 《IP PEOPLE》", "") for speaker, name in names.items()}
    turns = [
        (names[speaker] if speaker else "", role)
        for (speaker, role), _ in groupby(
            (passage.speaker, passage.role.value) for passage in transcript.passages
        )
    ]
    shown = [
        re.sub("<[^>]*>", "", who)
        for who in re.findall(r'<h2 class="who">(.*?)</h2>', page(client), re.DOTALL)
    ]
    assert shown == [f"{name} {role}".strip() for name, role in turns]


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


def article(client: FlaskClient, **args: str) -> HtmlElement:
    (found,) = fromstring(page(client, **args)).find_class("reading")
    return found


def chinese(within: HtmlElement) -> list[str]:
    """The Chinese of every passage, without what is shown to be struck out."""
    sides = within.xpath(".//p[contains(@class, 'side zh')]")
    return ["".join(side.xpath(".//text()[not(ancestor::del)]")) for side in sides]


def test_sentences_that_answer_each_other_share_a_number(
    client: FlaskClient, archive: Archive
) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    passage = max(transcript.passages, key=lambda passage: len(passage.sentences))
    row = article(client).get_element_by_id(passage.key)
    texts = {"en": passage.en or "", "zh": passage.zh or ""}
    for number, spans in enumerate(passage.sentences, 1):
        for lang, (start, end) in zip(texts, spans, strict=True):
            (piece,) = row.xpath(f".//p[@lang='{lang}']/*[@data-pair='{number}']")
            assert piece.text_content().strip() == texts[lang][start:end]


def test_the_outline_leads_to_every_question_in_the_language_of_the_page(
    client: FlaskClient, archive: Archive
) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    questions = [passage for passage in transcript.passages if passage.role is Role.QUESTION]
    assert len(questions) > 5
    for language, tag in (("en", "en"), ("zh", "zh")):
        (outline,) = fromstring(page(client, hl=language)).find_class("outline")
        entries = [link for item in outline.find_class("question") for link in item]
        assert [link.get("href") for link in entries] == [f"#{each.key}" for each in questions]
        for link, passage in zip(entries, questions, strict=True):
            text = (passage.en if tag == "en" else passage.zh) or ""
            assert link.get("lang") == tag
            assert text.startswith(link.text.rstrip("…"))


def test_chinese_is_shown_in_the_characters_asked_for_and_stays_so(
    app: Flask, archive: Archive
) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    source = [passage.zh for passage in transcript.passages if passage.zh]
    client = app.test_client()
    assert chinese(article(client)) == source
    assert chinese(article(client, zh="hant")) == source  # It is in these characters already.
    simplified = chinese(article(client, zh="hans"))
    assert [fold(text) for text in simplified] == [fold(text) for text in source]
    assert "专利" in "".join(simplified) and "專" not in "".join(simplified)
    assert chinese(article(client)) == simplified
    assert article(client).xpath(".//p[contains(@class, 'side zh')]/@lang")[0] == "zh-Hans"
    assert chinese(article(client, zh="source")) == source


def test_what_was_chosen_in_a_frame_is_kept_for_every_page(app: Flask) -> None:
    client = app.test_client()
    client.get(f"/t/{ID}?embed=1&zh=hans&hl=zh")
    for name in ("zh", "hl"):
        assert client.get_cookie(name, path="/"), name


def test_marks_stand_on_the_same_words_in_any_characters(app: Flask) -> None:
    marked = {
        characters: article(app.test_client(), q="专利", zh=characters).xpath(
            ".//mark[@class='match']/text()"
        )
        for characters in ("source", "hans")
    }
    assert set(marked["source"]) == {"專利"}
    assert marked["hans"] == ["专利"] * len(marked["source"])


def test_repairs_can_be_shown_as_they_were_found(client: FlaskClient, archive: Archive) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    assert not article(client).xpath(".//section//del")
    shown = article(client, **{"as": "found", "q": "专利"})
    struck = shown.xpath(".//section//del/text()")
    assert len(struck) == sum(len(passage.mended) for passage in transcript.passages)
    assert "?qū)@⟨U+E386⟩Y" in struck
    assert "".join(shown.xpath(".//ins//mark[@class='match']/text()")).startswith("專利")
    assert chinese(shown) == [passage.zh for passage in transcript.passages if passage.zh]


def test_unsure_pairs_are_told_with_the_reason_when_asked_for(
    client: FlaskClient, archive: Archive
) -> None:
    transcript = archive.transcript(ID)
    assert transcript
    unsure = [passage for passage in transcript.passages if is_unsure(passage)]
    assert unsure
    assert not article(client).find_class("doubt")
    shown = article(client, doubts="1")
    assert [doubt.getparent().get("id") for doubt in shown.find_class("doubt")] == [
        passage.key for passage in unsure
    ]
    for doubt, passage in zip(shown.find_class("doubt"), unsure, strict=True):
        assert passage.alignment and passage.alignment.reason in doubt.text_content()


def test_what_is_shown_stays_so_with_another_query(client: FlaskClient) -> None:
    html = fromstring(page(client, **{"as": "found", "doubts": "1", "zh": "hans", "q": "a"}))
    (box,) = html.find_class("box")
    hidden = {
        field.get("name"): field.get("value") for field in box.xpath(".//input[@type='hidden']")
    }
    assert hidden == {"as": "found", "doubts": "1", "zh": "hans"}


@given(st.data())
def test_every_character_of_a_text_is_in_one_run(data: st.DataObject) -> None:
    text = data.draw(st.text("專利a ", min_size=1, max_size=30))
    length = len(text)

    def stretches() -> list[tuple[int, int]]:
        cuts = sorted(data.draw(st.lists(st.integers(0, length), max_size=8)))
        return list(zip(cuts[::2], cuts[1::2], strict=False))

    marks = [Mark(*span) for span in dict.fromkeys(stretches()) if span[0] < span[1]]
    mended = [Mended(Lang.ZH, *span, f"<{span}>") for span in dict.fromkeys(stretches())]
    cuts = sorted({0, length, *data.draw(st.lists(st.integers(0, length), max_size=4))})
    found = [run for span in pairwise(cuts) for run in runs(text, span, marks, mended)]
    assert "".join(run.text for run in found) == text
    assert "".join(run.text for run in found if run.kind) == "".join(
        text[mark.start : mark.end] for mark in marks
    )
    assert [run.before for run in found if run.before] == [each.before for each in mended]
    assert "".join(run.text for run in found if run.mended) == "".join(
        text[each.start : each.end] for each in mended
    )
