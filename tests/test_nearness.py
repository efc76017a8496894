"""Of passages that say the same words, those come first that say them together."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import nearness
from search.archive import Archive
from search.evaluate import Evaluator
from search.found import Found
from search.index import bm25, generations
from search.index.keys import NONE, Keys, Row, phrase
from search.index.reader import Reader
from search.matching import Pattern, is_han
from search.parser import parse
from search.query import Most, Node, Term
from search.ranking import ranked
from search.weights import TOGETHER, WINDOW, WINDOW_HAN
from search.widening import widened
from tests.conftest import MakeArchive

GLOSSARY = "citizen\t公民\nobey\t服从\ncourt\t法庭\n"
BETWEEN = "and then there came a long cold winter in which little grain grew nor was sold by us"
SCATTERED = f"The citizen sat {BETWEEN} obey."
CLOSE = f"The citizen obey sat {BETWEEN}."
FILLER = ("The weather was fine.", "Nobody came.", "A train left.", "今天天氣很好。", "沒有人來。")


def found(archive: Archive, query: str) -> list[str]:
    hits = archive.search(query, limit=None).hits
    return [hit.passage.en or hit.passage.zh or "" for hit in hits]


def test_counterparts_that_stand_together_come_before_those_that_stand_apart(
    make_archive: MakeArchive,
) -> None:
    archive = make_archive(SCATTERED, CLOSE, *FILLER, **{"glossary.tsv": GLOSSARY})
    assert found(archive, "公民 服从") == [CLOSE, SCATTERED]


def test_so_they_do_in_chinese(make_archive: MakeArchive) -> None:
    between = "后来有一个很长很冷的冬天，地里几乎没有长出粮食，也没有人来买，" * 2
    apart, together = f"公民坐着，{between}服从。", f"公民服从，坐着，{between}走了。"
    archive = make_archive(apart, together, *FILLER, **{"glossary.tsv": GLOSSARY})
    assert found(archive, "citizen obey") == [together, apart]


def test_what_stands_together_finds_no_more_and_marks_no_more(make_archive: MakeArchive) -> None:
    archive = make_archive(SCATTERED, CLOSE, *FILLER, **{"glossary.tsv": GLOSSARY})
    with patch.object(nearness, "TOGETHER", 0.0):
        without = archive.search("公民 服从")
    raised = archive.search("公民 服从")
    assert (raised.total, raised.facets) == (without.total, without.facets)
    marks = {hit.passage.id: (hit.marks, hit.why) for hit in without.hits}
    assert {hit.passage.id: (hit.marks, hit.why) for hit in raised.hits} == marks


def test_one_language_alone_is_not_raised(make_archive: MakeArchive) -> None:
    archive = make_archive(SCATTERED, CLOSE, *FILLER, **{"glossary.tsv": GLOSSARY})
    query = "citizen sat obey grain"
    with patch.object(nearness, "TOGETHER", 0.0):
        without = archive.search(query, one_language=True)
    scores = [hit.score for hit in archive.search(query, one_language=True).hits]
    assert scores == [hit.score for hit in without.hits]


@pytest.fixture(scope="module")
def reader(index_dir: Path) -> Reader:
    return Reader(generations.current(index_dir))


WORDS = (
    "patent",
    "innovation",
    "SenseTime",
    "talent pool",
    "company",
    "专利",
    "人工智能",
    "自动驾驶",
)


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join))
def test_a_passage_is_raised_by_its_best_window(reader: Reader, text: str) -> None:
    shelf = reader.shelf
    tree = parse(text, shelf.analyzer, cut=shelf.lexicon.cut).tree
    evaluator = Evaluator(shelf, widened(tree, shelf.lexicon))
    plain = evaluator.evaluate(tree) if tree else Found.of(NONE)
    found = nearness.raised(plain, tree, evaluator)
    assert found.docs.tolist() == plain.docs.tolist()
    best = set(ranked(plain, nearness.BEST)) if isinstance(tree, Most) else set()
    for at, document in enumerate(plain.docs.tolist()):
        raised = TOGETHER * window_by_window(document, tree, evaluator) if at in best else 0.0
        assert found.scores[at] == pytest.approx(plain.scores[at] + raised)


def window_by_window(document: int, tree: Node | None, evaluator: Evaluator) -> float:
    """The most that a window of the document says, of each word the most that stands in it."""
    assert isinstance(tree, Most)
    words = [word for word in tree.words if isinstance(word, Term)]
    said = [
        (end, number, pattern.weight**0.5, pattern)
        for number, word in enumerate(words)
        for pattern in (
            *evaluator.occurrences.patterns(word),
            *(other.pattern for other in evaluator.widened.get(word, ())),
        )
        for end in evaluator.shelf.arrays.within(ends(pattern, evaluator), document)
    ]
    count, having = evaluator.shelf.count, evaluator.having
    return max(
        sum(
            bm25.rarity(having[word], count)
            * max(
                (value for end, of, value, _ in said if of == at and 0 <= end - begin <= window),
                default=0.0,
            )
            for at, word in enumerate(words)
        )
        for begin, _, _, pattern in said
        for window in [WINDOW_HAN if is_han(pattern) else WINDOW]
    )


def ends(pattern: Pattern, evaluator: Evaluator) -> Keys:
    rows = [Row(evaluator.occurrences.keys(slot)) for slot in pattern.slots]
    return phrase(rows, pattern.steps) if len(rows) > 1 else rows[0].keys
