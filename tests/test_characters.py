"""Who asks for the characters typed gets no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.characters import as_typed, typed
from search.model import Lang
from search.query import Phrase, Term, Wildcard
from search.results import Mark, MarkKind
from tests.conftest import MakeArchive

TEXTS = (
    "李娜：我们有专利。\n\nLi Na: We have patents.\n\n李娜：專利很多。\n\nLi Na: Many patents.\n\n"
    "李娜：專利和专利都有,山水也有。\n\nLi Na: Both of them.\n\nLi Na: Patents alone.",
)


@pytest.fixture
def archive(make_archive: MakeArchive) -> search.Archive:
    return make_archive(*TEXTS, glossary__tsv="en\tzh\npatent\t专利\n")


def found(archive: search.Archive, query: str) -> list[str | None]:
    hits = archive.search(query, exact_characters=True, sort=search.results.Sort.PLACE).hits
    return [hit.passage.zh for hit in hits]


def test_either_way_of_writing_finds_itself_alone(archive: search.Archive) -> None:
    simplified, traditional, both = "我们有专利。", "專利很多。", "專利和专利都有,山水也有。"
    assert found(archive, "专利") == [simplified, both]
    assert found(archive, "專利") == [traditional, both]
    assert found(archive, '"专利"') == [simplified, both]
    assert found(archive, "专*") == [simplified, both]
    assert archive.search("专利").total == 4


def test_it_holds_for_each_word_of_a_query(archive: search.Archive) -> None:
    assert found(archive, "专利 AND 專利") == ["專利和专利都有,山水也有。"]
    assert found(archive, "专利 -專利") == ["我们有专利。"]
    assert found(archive, "山水") == ["專利和专利都有,山水也有。"]
    results = archive.search("专利 山水", exact_characters=True)
    assert (results.total_all_words, results.total) == (1, 2)


def test_english_still_finds_both(archive: search.Archive) -> None:
    assert archive.search("patent", exact_characters=True).total == 4


def test_only_what_was_typed_is_a_match_and_its_translation_is_still_marked(
    archive: search.Archive,
) -> None:
    hits = archive.search("专利", exact_characters=True).hits
    assert {
        hit.passage.zh[mark.start : mark.end]
        for hit in hits
        for mark in hit.marks[Lang.ZH]
        if hit.passage.zh
    } == {"专利"}
    assert any(mark.kind is MarkKind.COUNTERPART for hit in hits for mark in hit.marks[Lang.EN])


@given(st.text("专專利山水ab 1", max_size=12))
def test_a_word_asks_for_its_characters_only_where_they_can_be_written_otherwise(text: str) -> None:
    runs = typed(Term(text))
    assert all(run in text for run in runs)
    assert bool(runs) == bool({"专", "專"} & set(text))
    assert typed(Phrase(text)) == runs == typed(Wildcard(text))


def test_marks_of_other_characters_are_dropped() -> None:
    marks = [Mark(0, 2), Mark(2, 4)]
    assert as_typed(Term("专利"), "專利专利", marks) == [Mark(2, 4)]
    assert as_typed(Term("山水"), "山水山水", marks) == marks
