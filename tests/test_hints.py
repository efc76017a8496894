"""Hints order what is found by the words themselves; they find nothing and mark nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import hints
from search.archive import Archive
from search.evaluate import Evaluator
from search.index import generations
from search.index.reader import Reader
from search.parser import parse
from search.widening import widened
from tests.conftest import MakeArchive


def texts(archive: Archive, query: str) -> list[str]:
    hits = archive.search(query, limit=None, one_language=True).hits
    return [hit.passage.en or hit.passage.zh or "" for hit in hits]


FILLER = ("The weather was fine.", "Nobody came.", "A train left.", "今天天氣很好。", "沒有人來。")


def test_of_passages_with_the_same_words_the_exact_forms_come_first(
    make_archive: MakeArchive,
) -> None:
    other, exact = "It innovates for a patent holder.", "The innovations in patents grew on."
    found = texts(make_archive(other, exact, *FILLER), "innovations patents")
    assert found == [exact, other]


def test_characters_speak_for_a_passage_whatever_they_are_cut_into(
    make_archive: MakeArchive,
) -> None:
    far, near = "城牆高高，攻者退。", "城牆高高，大攻退。"
    assert texts(make_archive(FILLER[3], far, near, *FILLER[:3]), "城牆 大攻敵") == [near, far]


def both(archive: Archive, query: str) -> list[str]:
    hits = archive.search(query, limit=None).hits
    return [hit.passage.en or hit.passage.zh or "" for hit in hits]


def test_words_of_a_quotation_hint_where_it_is_no_term(make_archive: MakeArchive) -> None:
    glossary = "northern\t北方\ngraph\t图表\n"
    plain, meant = "图表很大。", "图表是北方的，很长很大。"
    archive = make_archive(plain, meant, *FILLER, **{"glossary.tsv": glossary})
    assert both(archive, "graph sea") == [plain, meant]
    assert both(archive, 'graph "northern reconstruction"') == [meant, plain]


def test_the_words_in_a_word_hint_beside_it(make_archive: MakeArchive) -> None:
    glossary = "public school\t公立学校\nschool\t学校\npupil\t学生\n"
    plain, meant = "A pupil of note.", "A pupil at the grand old school."
    archive = make_archive(plain, meant, "A public school.", *FILLER, **{"glossary.tsv": glossary})
    assert both(archive, "学生 大海") == [plain, meant]
    assert both(archive, "学生 公立学校")[1:] == [meant, plain]


def test_characters_of_what_stands_nowhere_hint(make_archive: MakeArchive) -> None:
    glossary = "hymn\t赞美诗\nLuther\t路德\n"
    plain, meant = "路德很高。", "路德有赞美之心，很高很大。"
    archive = make_archive(plain, meant, *FILLER, **{"glossary.tsv": glossary})
    assert both(archive, "Luther sea") == [plain, meant]
    assert both(archive, "Luther hymn") == [meant, plain]


def test_what_is_akin_to_a_word_hints(make_archive: MakeArchive) -> None:
    glossary = "proportion\t比例\nproportion\t比率\nratio\t比率\npupil\t学生\n"
    plain, meant = "A pupil of note.", "A pupil had the grand old ratio."
    archive = make_archive(plain, meant, *FILLER[:3], **{"glossary.tsv": glossary})
    assert both(archive, "学生 大海") == [plain, meant]
    assert both(archive, "学生 比例") == [meant, plain]


def test_no_hint_finds_anything(make_archive: MakeArchive) -> None:
    found = texts(make_archive("A religion.", "Religious men.", *FILLER), "religion sea")
    assert found == ["A religion."]


@pytest.fixture(scope="module")
def reader(index_dir: Path) -> Reader:
    return Reader(generations.current(index_dir))


WORDS = [
    "patent",
    "innovation",
    "SenseTime",
    "talent",
    "专利",
    "人工智能",
    "自动驾驶",
    "觉领",
    "the",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), st.booleans())
def test_what_is_found_stays_and_no_score_falls(reader: Reader, text: str, wide: bool) -> None:
    shelf = reader.shelf
    query = parse(text, shelf.analyzer, cut=shelf.lexicon.cut)
    assert query.tree
    evaluator = Evaluator(shelf, widened(query.tree, shelf.lexicon) if wide else {})
    plain = evaluator.evaluate(query.tree)
    found = hints.hinted(plain, query, evaluator)
    assert found.docs.tolist() == plain.docs.tolist()
    assert (found.scores >= plain.scores).all()
    assert (found.levels is None) == (plain.levels is None)
    if " " not in query.read_as:
        assert found is plain
