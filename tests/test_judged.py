"""What people judged by hand holds: what must be found, what must come first, what must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from benchmarks import counterparts

QUERIES = Path(__file__).parent / "judged" / "queries.tsv"


def judged() -> list[list[str]]:
    lines = QUERIES.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_there_are_enough_of_them() -> None:
    assert len(judged()) >= 60
    assert len({query for query, *_ in judged()}) == len(judged())


@pytest.mark.parametrize(("query", "first", "found", "without"), judged())
def test_a_query_finds_what_it_must(
    archive: search.Archive, query: str, first: str, found: str, without: str
) -> None:
    hits = [hit.passage.key for hit in archive.search(query, limit=None).hits]
    assert set(found.split()) <= set(hits)
    assert not set(without.split()) & set(hits)
    assert first in ("-", hits[0] if hits else "")


def test_marks_stand_on_the_translation_that_stands_there(archive: search.Archive) -> None:
    judged = counterparts.judge(archive)
    precision, recall = counterparts.figures(judged)
    assert len(judged) >= 300
    assert precision >= 0.95
    assert recall >= 0.80
