"""A leaf looks for the same in the archive and in a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.analysis import Analyzer
from search.matching import patterns
from search.model import Lang
from search.query import Phrase, Term
from tests.conftest import MakeArchive


def rows(leaf: Term | Phrase, analyzer: Analyzer) -> list[list[str]]:
    found = patterns(leaf, analyzer, lambda leaf: [])
    slots = [[slot for slot in p.slots if isinstance(slot, frozenset)] for p in found]
    return [[next(iter(slot))[1] for slot in row] for row in slots]


def test_a_compound_is_looked_for_whole_and_in_parts(analyzer: Analyzer) -> None:
    assert rows(Term("SenseTime’s", exact=True), analyzer) == [["sensetime"], ["sense", "time"]]


def test_a_sign_at_the_end_is_not_left_off(analyzer: Analyzer) -> None:
    assert rows(Term("AI+"), analyzer) == [["ai+"]]


def test_a_span_of_years_is_two_numbers(analyzer: Analyzer) -> None:
    assert rows(Phrase("2016-2017"), analyzer) == [["2016", "2017"]]


def test_compounds_of_a_phrase_are_read_in_every_way(analyzer: Analyzer) -> None:
    assert len(rows(Phrase("R&D of V2X"), analyzer)) == 4
    assert len(rows(Phrase("R&D " * 9), analyzer)) == 2


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("SenseTime patents", '"sense time patents"', "SenseTime patents"),
        ("SenseTime patents", '"sensetime patents"', "SenseTime patents"),
        ("Sense Time patents", '"SenseTime patents"', "Sense Time patents"),
        ("the time sense has", '"sense time"', None),
        ("time and time again", '"time time"', None),
        ("人才济济", '"人人"', None),
        ("人人都是", '"人人"', "人人"),
        ("quality, high", '"quality high"', "quality, high"),
        ("high quality of patents", '"patents quality"~1', "quality|patents"),
        ("high quality of all patents", '"patents quality"~1', None),
        ("智能网联驾驶", "智*驾", "智能网联驾"),
        ("智者曾经说过不要驾", "智*驾", None),
        ("caf\u0065\u0301 and naïve", "café naive", "café|naïve".replace("é", "e\u0301")),
        ("自动\u200b驾\u00ad驶", '"自动驾驶"', "自动驾驶"),
        ("ﬁne work", "fine", "ﬁne"),
        ("The U.S. team", "U.S.", "U.S"),
        ("They left us", "U.S.", None),
        ("an e-mail", "email", "e-mail"),
        ("an email", "e-mail", "email"),
        ("Straße", "stras*", "Straße"),
        ("The U.S. team", "u.s*", "U.S"),
        ("vehicle-to-everything", "vehicle-to-everthing~", "vehicle-to-everything"),
        ("학교에 갔다", "학교", "학교"),
        ("ガス", "カス", None),
        ("GPT-4o", "gpt4o", "GPT-4o"),
        ("GPT 4o", "GPT-4o", "GPT 4o"),
        ("in C++ and C#", "C++", "C++"),
        ("don’t panic", "don't", "don’t"),
        ("1,234,567件", "1234567", "1,234,567"),
        ("a 4-1 win", "41", None),
        ("著名的软件", "著名", "著名"),
        ("看著你們", "看着", "看著"),
        ("臺灣的軟體產業", "台湾", "臺灣"),
        ("什么", "甚麼", None),
        ("这是什麼", "什么", "什麼"),
    ],
)
def test_what_is_found_is_what_is_marked(
    make_archive: MakeArchive, text: str, query: str, marked: str | None
) -> None:
    results = make_archive(text + "\n\nUnrelated 别的 words.").search(query)
    found = [
        "|".join(side[mark.start : mark.end] for mark in hit.marks[lang])
        for hit in results.hits
        for lang in Lang
        if hit.marks[lang] and (side := getattr(hit.passage, lang.value))
    ]
    assert found == ([marked] if marked else [])


WORDS = ["SenseTime", "sense", "time", "R&D", "V2X", "AI+", "AI", "专利", "专", "利", "资产"]


@pytest.fixture(scope="session")
def jumble(tmp_path_factory: pytest.TempPathFactory) -> search.Archive:
    """Passages of the same few words in many orders."""
    import random

    chance = random.Random(5)
    folder = tmp_path_factory.mktemp("jumble")
    lines = [" ".join(chance.choices([*WORDS, ",", "。"], k=8)) + "." for _ in range(120)]
    (folder / "content").mkdir()
    (folder / "content" / "jumble.txt").write_text("\n\n".join(dict.fromkeys(lines)), "utf-8")
    search.rebuild(folder / "content", folder / "index")
    return search.open_archive(folder / "index")


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    slop=st.none() | st.integers(0, 4),
)
def test_every_hit_is_marked_and_every_passage_that_would_be_marked_is_a_hit(
    jumble: search.Archive, analyzer: Analyzer, words: list[str], slop: int | None
) -> None:
    from search import highlight

    near = "" if slop is None else f"~{slop}"
    results = jumble.search(f'"{" ".join(words)}"{near}', limit=None, one_language=True)
    leaf = Phrase(" ".join(words), slop=slop)
    if len(analyzer.tokens(leaf.text)) and analyzer.tokens(leaf.text)[-1].position == 0:
        return
    wanted = patterns(leaf, analyzer, lambda leaf: [])
    (about,) = jumble.transcripts()
    transcript = jumble.transcript(about.id)
    assert transcript
    expected = {
        passage.id
        for passage in transcript.passages
        if any(highlight.spans(text, wanted, analyzer) for text in (passage.en, passage.zh) if text)
    }
    assert {hit.passage.id for hit in results.hits} == expected
    assert all(any(hit.marks.values()) for hit in results.hits)


def test_nothing_that_is_found_reaches_into_the_next_passage(make_archive: MakeArchive) -> None:
    """Whatever the length of a passage, be it one that fills its blocks of keys."""
    first = [f"{'word ' * length}omega." for length in range(20, 72)]
    archive = make_archive(
        "\n\n".join(f"{text}\n\nAlpha begins {n}." for n, text in enumerate(first))
    )
    assert archive.search("omega").total == archive.search("alpha").total == len(first)
    assert archive.search('"omega alpha"').total == 0
    assert archive.search('"omega alpha"~100').total == 0
