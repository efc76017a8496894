"""What stands in an archive?

Only what does can be a counterpart: the rest would take its share of the
probability and find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from search.analysis import CHAR, STEM, WORD, chinese
from search.index.arrays import Arrays
from search.index.keys import Keys, union
from search.lexicon.families import related
from search.lexicon.inflection import forms
from search.lexicon.table import parts
from search.lexicon.terms import lang_of
from search.model import Lang

_KEPT = 65_536
"""Terms of which it is remembered whether they stand."""


class Standing:
    """The terms of an archive's index, as the lexicon spells them. Safe to share."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._in_a_row = lru_cache(maxsize=_KEPT)(self._stands_in_a_row)
        self.family = lru_cache(maxsize=_KEPT)(self._family)

    def __contains__(self, term: str) -> bool:
        """Whether a term stands somewhere, in the words of one side."""
        if term in self._numbers or term in self._words:
            return True
        pieces = parts(term)
        if not all(any(form in self._numbers for form in forms(piece)) for piece in pieces):
            return False
        return len(pieces) == 1 or (len(pieces) > 1 and self._in_a_row(pieces))

    def frequency(self, word: str) -> int:
        """How often a Chinese word stands, as jieba cut the texts; never for a stop word."""
        number = self._words.get(word)
        if number is None or word in chinese.STOP_WORDS:
            return 0
        return len(self._arrays.row(number))

    def _family(self, stem: str) -> tuple[str, ...]:
        """The stems of the archive that are of the family of one."""
        return tuple(related(stem, self._stems))

    def _stands_in_a_row(self, pieces: tuple[str, ...]) -> bool:
        """Whether stems and characters stand in a row, as the pattern of a counterpart has it.

        From the rarest of them on to either end: there is little to look up.
        """
        rows = [
            union(self._arrays.row(self._numbers[f]) for f in forms(piece) if f in self._numbers)
            for piece in pieces
        ]
        # The parts of a compound share a position.
        together = [
            one != other and lang_of((one, other)) is Lang.EN for one, other in pairwise(pieces)
        ]
        rarest = min(range(len(rows)), key=lambda at: len(rows[at]))
        found = rows[rarest].astype(np.int64)
        found = _reaching(found, rows[rarest + 1 :], together[rarest:], 1)
        found = _reaching(found, rows[:rarest][::-1], together[:rarest][::-1], -1)
        return len(found) > 0

    @cached_property
    def _stems(self) -> list[str]:
        return list(self._terms(STEM))

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """The number of each stem and character."""
        chars = zip(self._terms(CHAR), self._arrays.terms(CHAR), strict=True)
        return dict(chars) | dict(zip(self._stems, self._arrays.terms(STEM), strict=True))

    @cached_property
    def _words(self) -> Mapping[str, int]:
        """The number of each Chinese word."""
        return dict(zip(self._terms(WORD), self._arrays.terms(WORD), strict=True))

    def _terms(self, field: str) -> Iterator[str]:
        return (name.decode("utf-8", "surrogatepass") for name in self._arrays.names(field))


def _reaching(keys: Keys, rows: Sequence[Keys], together: Sequence[bool], step: int) -> Keys:
    """Those of the keys from which a key of each row is reached, a step or none further each."""
    begun = at = keys
    for row, none in zip(rows, together, strict=True):
        further = at + step
        if none:
            begun, further = np.concatenate((begun, begun)), np.concatenate((at, further))
        there = row.take(np.searchsorted(row, further.astype(row.dtype)), mode="clip") == further
        begun, at = begun[there], further[there]
    return np.unique(begun) if len(rows) else begun
