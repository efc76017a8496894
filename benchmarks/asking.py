"""How soon is a query answered? Ways to answer, each asked the same queries."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import search
from benchmarks.queries import Question
from search.evaluate import Evaluator
from search.index import generations
from search.index.reader import Reader
from search.query import parse
from search.searcher import ranked

Prepare = Callable[[str], Callable[[], int]]
"""Takes a query; gives the function to be timed, which gives the number of passages found."""

Way = Callable[[Path], AbstractContextManager[Prepare]]
"""Opens the index in a folder."""


@contextmanager
def _engine_only(index: Path) -> Iterator[Prepare]:
    with Reader(generations.current(index)) as reader:
        shelf = reader.shelf

        def prepare(text: str) -> Callable[[], int]:
            tree = parse(text, shelf.analyzer).tree
            assert tree is not None, f"{text} asks nothing"

            def best_ten() -> int:
                found = Evaluator(shelf).evaluate(tree)
                ranked(found, 10)
                return len(found.docs)

            return best_ten

        yield prepare


@contextmanager
def _whole_search(index: Path) -> Iterator[Prepare]:
    archive = search.open_archive(index)
    # An archive opens its index with its first call; that is timed as opening.
    archive.status()
    try:
        yield lambda text: lambda: archive.search(text, limit=10).total
    finally:
        archive.close()


WAYS: Mapping[str, Way] = {
    "engine only": _engine_only,
    "whole search": _whole_search,
}
"""By the name that the figures have. Another engine is one more way."""


def ask(
    way: AbstractContextManager[Prepare], questions: Sequence[Question], runs: int
) -> tuple[list[int], dict[str, Any]]:
    """How many passages each query finds, and how long it takes, cold and warm."""
    began = perf_counter()
    with way as prepare:
        opened = perf_counter() - began
        hits, cold = zip(*(_timed(prepare(question.text)) for question in questions), strict=True)
        for question in questions:
            prepare(question.text)()
        # In turn, not one query often: the processor's caches are as mixed as in real use.
        warm = [[_timed(prepare(question.text))[1] for question in questions] for _ in range(runs)]
    return list(hits), {
        "opening_ms": opened * 1000,
        "cold": _by_kind(questions, [cold]),
        "warm": _by_kind(questions, warm),
    }


def _timed(run: Callable[[], int]) -> tuple[int, float]:
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
