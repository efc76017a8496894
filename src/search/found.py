"""Documents with scores, and how those of several nodes of a query become those of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search.index.keys import NONE, Docs, Scores, contains

SOME: Final = 0
"""Some of the words."""
ALL: Final = 1
"""All of the words, in either language."""
AS_TYPED: Final = 2
"""All of the words in the language in which they were typed."""

Levels = npt.NDArray[np.int8]
"""`SOME`, `ALL` or `AS_TYPED` for each document of a `Docs` beside it."""


class Found(NamedTuple):
    """Documents in ascending order and the score of each.

    `levels` says how much of the query each has; `None` if all have it as typed.
    """

    docs: Docs
    scores: Scores
    levels: Levels | None = None

    @classmethod
    def of(cls, docs: Docs) -> Found:
        """Documents that meet a condition: it says nothing of how well they answer."""
        return cls(docs, np.zeros(len(docs)))

    @property
    def whole(self) -> int:
        """How many of the documents have all of the words."""
        return len(self.docs) if self.levels is None else int(np.count_nonzero(self.levels))

    def at_least(self, level: int) -> Docs:
        """The documents that have so much of the query."""
        return self.docs if self.levels is None else self.docs[self.levels >= level]

    def among(self, condition: Docs) -> Found:
        """Those of the documents that are among `condition` too."""
        return self.kept(contains(condition, self.docs))

    def kept(self, which: npt.NDArray[np.bool_]) -> Found:
        """Those of the documents that `which` says."""
        levels = None if self.levels is None else self.levels[which]
        return Found(self.docs[which], self.scores[which], levels)


def any_of(each_found: Iterable[Found], count: int) -> Found:
    """The documents of any, of `count` that there are, with the sum of their scores."""
    held = [found for found in each_found if len(found.docs)]
    if len(held) < 2:
        return held[0] if held else Found.of(NONE)
    each = np.concatenate([found.docs for found in held])
    marked = np.zeros(count, np.bool_)
    marked[each] = True
    docs = met(marked)
    scores = added_up(each, np.concatenate([found.scores for found in held])).take(docs)
    if all(found.levels is None for found in held):
        return Found(docs, scores)
    levels = np.zeros(count, np.int8)
    for level in (ALL, AS_TYPED):
        for found in held:
            levels[found.at_least(level)] = level
    return Found(docs, scores, levels.take(docs))


def both(few: Found, many: Found) -> Found:
    """The documents of both, which have as much of the query as they have of either."""
    if not len(few.docs):
        return few
    at = many.docs.searchsorted(few.docs)
    which = many.docs.take(at, mode="clip") == few.docs
    at = at[which]
    kept = few.kept(which)
    levels = kept.levels
    if many.levels is not None:
        others = many.levels.take(at)
        levels = others if levels is None else np.minimum(levels, others)
    return Found(kept.docs, kept.scores + many.scores.take(at), levels)


def met(counts: npt.NDArray[Any]) -> Docs:
    """The documents whose count, by number, is not nothing."""
    # NumPy finds places much sooner among truths than among numbers.
    docs: Docs = counts.astype(np.bool_, copy=False).nonzero()[0]
    return docs


def added_up(docs: Docs, values: Scores) -> Scores:
    """For each document, by its number, the sum of the values beside it."""
    # Of nothing at all NumPy makes integers.
    return np.bincount(docs, values).astype(np.float64, copy=False)
