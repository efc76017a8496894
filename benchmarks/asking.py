"""How soon is a query answered? Ways to answer, each asked the same queries."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import search
from benchmarks.forms import form
from benchmarks.queries import Question
from search.evaluate import Evaluator
from search.index import generations
from search.index.reader import Reader
from search.parser import parse
from search.query import leaves
from search.ranking import ranked

Prepare = Callable[[Question], Callable[[], int | None]]
"""Takes a query; gives the function to be timed, which gives how many passages are found."""

Way = Callable[[Path], AbstractContextManager[Prepare]]
"""Opens the index in a folder."""

AT_MOST_SECONDS = 60.0
"""After so long no further run begins: a second a query, and fifty runs are half an hour."""

AT_LEAST_RUNS = 3


@contextmanager
def engine_only(index: Path) -> Iterator[Prepare]:
    """The evaluator on a query made ready: all passages with their scores, the ten best of them.

    Ready is a query that is read and of which the terms are known, as for the other engines.
    """
    with Reader(generations.current(index)) as reader:
        shelf = reader.shelf

        def prepare(question: Question) -> Callable[[], int]:
            tree = parse(question.text, shelf.analyzer).tree
            assert tree is not None, f"{question.text} asks nothing"

            evaluator = Evaluator(shelf)
            for leaf in leaves(tree):
                evaluator.occurrences.patterns(leaf)

            def best_ten() -> int:
                found = evaluator.evaluate(tree)
                ranked(found, 10)
                return len(found.docs)

            return best_ten

        yield prepare


def whole_search(index: Path) -> AbstractContextManager[Prepare]:
    """A search as a program would ask for it: ten hits with marks and reasons, totals, facets.

    In one language, as the other engines are asked. It shows a passage once
    that stands twice, so it may find fewer.
    """
    return _searching(index, one_language=True)


def both_languages(index: Path) -> AbstractContextManager[Prepare]:
    """The same with what says the same in the other language, which finds more."""
    return _searching(index, one_language=False)


@contextmanager
def _searching(index: Path, one_language: bool) -> Iterator[Prepare]:
    def prepare(archive: search.Archive, question: Question) -> Callable[[], None]:
        def run() -> None:
            archive.search(question.text, one_language=one_language)

        return run

    with _opened(index) as archive:
        yield partial(prepare, archive)


@contextmanager
def _opened(index: Path) -> Iterator[search.Archive]:
    archive = search.open_archive(index)
    # An archive opens its index with its first call; that is timed as opening.
    archive.status()
    try:
        yield archive
    finally:
        archive.close()


def with_forms(index: Path, questions: Sequence[Question]) -> list[Question]:
    """The questions in the form in which other engines can be asked."""
    with Reader(generations.current(index)) as reader:
        evaluator = Evaluator(reader.shelf)
        formed = []
        for question in questions:
            tree = parse(question.text, reader.shelf.analyzer).tree
            assert tree is not None, f"{question.text} asks nothing"
            formed.append(replace(question, form=form(tree, evaluator.occurrences.patterns)))
        return formed


def ask(
    way: AbstractContextManager[Prepare], questions: Sequence[Question], runs: int
) -> dict[str, Any]:
    """How many passages each query finds, and how long it takes, cold and warm."""
    began = perf_counter()
    with way as prepare:
        opened = perf_counter() - began
        hits, cold = zip(*(_timed(prepare(question)) for question in questions), strict=True)
        for question in questions:
            prepare(question)()
        # In turn, not one query often: the processor's caches are as mixed as in real use.
        warm: list[list[float]] = []
        until = perf_counter() + AT_MOST_SECONDS
        while len(warm) < runs and (len(warm) < AT_LEAST_RUNS or perf_counter() < until):
            warm.append([_timed(prepare(question))[1] for question in questions])
    return {
        "hits": list(hits),
        "runs": len(warm),
        "opening_ms": opened * 1000,
        "cold": _by_kind(questions, [cold]),
        "warm": _by_kind(questions, warm),
    }


def _timed(run: Callable[[], int | None]) -> tuple[int | None, float]:
    """What it gives, and the milliseconds it takes."""
    began = perf_counter()
    found = run()
    return found, (perf_counter() - began) * 1000


def _by_kind(
    questions: Sequence[Question], runs: Sequence[Sequence[float]]
) -> dict[str, dict[str, float]]:
    """The figures of each kind of query, and of all."""
    times: dict[str, list[float]] = {}
    for run in runs:
        for question, took in zip(questions, run, strict=True):
            times.setdefault(question.kind, []).append(took)
            times.setdefault("all", []).append(took)
    return {
        kind: {
            "p50_ms": nearest_rank(took, 0.5),
            "p99_ms": nearest_rank(took, 0.99),
            "max_ms": max(took),
        }
        for kind, took in times.items()
    }


def nearest_rank(values: Sequence[float], share: float) -> float:
    """The least of the values that at least this share of them does not exceed.

    >>> nearest_rank([4.0, 1.0, 3.0, 2.0], 0.5), nearest_rank([4.0, 1.0, 3.0, 2.0], 0.99)
    (2.0, 4.0)
    """
    return sorted(values)[math.ceil(share * len(values)) - 1]
