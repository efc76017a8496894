"""What does the archive say, side by side? Its words as columns of numbers.

The inverted index holds every text: sorted by key, its terms stand in the
order in which they were printed. Nothing is analysed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.analysis import CHAR, STEM, WORD, chinese, english
from search.index.arrays import Arrays
from search.lexicon.terms import Key

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

STOP_WORDS = frozenset(map(english.stem, english.STOP_WORDS)) | chinese.STOP_WORDS


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one side of some passages in their order, without stop words.

    Word i is number `term[i]`, stands in passage `passage[i]`, takes the keys
    from `key[i]` up to `end[i]`, and is the `place[i]`-th of its passage.
    """

    term: Numbers
    passage: Numbers
    key: Numbers
    end: Numbers
    place: Numbers

    @property
    def count(self) -> int:
        return len(self.term)


@dataclass(frozen=True, slots=True)
class Bitext:
    """The words of an archive: English stems, Chinese words and Latin ones among them."""

    names: tuple[str, ...]
    """The term of each number: stems first, then Chinese words."""
    stems: int
    """How many of them are stems."""
    en: Words
    zh: Words

    @classmethod
    def of(cls, arrays: Arrays) -> Bitext:
        """The texts of an index."""
        stems, words = _names(arrays, STEM), _names(arrays, WORD)
        names = (*stems, *words)
        term, key = _printed(arrays, STEM)
        other, begin = _printed(arrays, WORD)
        lengths = np.fromiter(map(len, names), np.int64, len(names))
        term, key = np.concatenate((term, other + len(stems))), np.concatenate((key, begin))
        end = key + np.where(term < len(stems), 1, lengths[term])
        # Of words that begin in one place the longest comes last if it is a compound, else first.
        order = np.lexsort((np.where(term < len(stems), lengths[term], -end), key))
        term, key, end = term[order], key[order], end[order]

        passage = arrays.documents(key).astype(np.int64)
        is_english = key < (arrays.bases[:-1] + _english(arrays))[passage]
        latin = term < len(stems)
        stop = np.array([name in STOP_WORDS for name in names], np.bool_)
        kept = ~stop[term] & np.where(latin, ~_compound(key), _outer(key, end))
        sides = (kept & is_english & latin, kept & ~is_english)
        return cls(
            names, len(stems), *(_words(term[of], passage[of], key[of], end[of]) for of in sides)
        )

    def aligned(self) -> Bitext:
        """The passages that have two sides."""
        both = np.intersect1d(self.en.passage, self.zh.passage)
        en, zh = (
            _words(*(column[of] for column in (side.term, side.passage, side.key, side.end)))
            for side in (self.en, self.zh)
            for of in (np.isin(side.passage, both),)
        )
        return Bitext(self.names, self.stems, en, zh)


_AT_ONE_PLACE = 8
"""A compound and its parts share a position; of more, the furthest apart count as no neighbours."""


class Vocabulary:
    """Which terms stand in an archive, asked for many at once."""

    def __init__(self, arrays: Arrays) -> None:
        stems, chars = _names(arrays, STEM), _names(arrays, CHAR)
        self.names = (*stems, *chars)
        self.stems = stems
        """In the order of their bytes."""
        self.numbers: Mapping[str, int] = {name: number for number, name in enumerate(self.names)}
        """The stems and characters of the archive."""
        term, key = _printed(arrays, STEM)
        char, place = _printed(arrays, CHAR)
        term, key = np.concatenate((term, char + len(stems))), np.concatenate((key, place))
        order = np.argsort(key, kind="stable")
        self._pairs = self._neighbours(term[order], key[order])

    def _neighbours(self, term: Numbers, key: Numbers) -> Numbers:
        """The codes of all terms that stand next to each other or share a position, sorted."""
        found = []
        for step in range(1, min(_AT_ONE_PLACE, len(term))):
            near = key[step:] - key[:-step] <= 1
            if not near.any():
                break
            one, other = term[:-step][near], term[step:][near]
            together = key[step:][near] == key[:-step][near]
            found.append(self._code(one, other))
            # What shares a position was printed in an order that the index does not hold.
            found.append(self._code(other[together], one[together]))
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _code(self, one: Numbers, other: Numbers) -> Numbers:
        return one * len(self.names) + other

    def occurring(self, keys: Sequence[Key]) -> Flags:
        """For each term, whether its words stand in the archive, each next to the one before it."""
        numbers = self.numbers
        known = np.array([all(name in numbers for name in key) for key in keys], np.bool_)
        owner, one, other = [], [], []
        for at in np.flatnonzero(known).tolist():
            row = [numbers[name] for name in keys[at]]
            owner += [at] * (len(row) - 1)
            one += row[:-1]
            other += row[1:]
        if owner:
            wanted = self._code(np.array(one, np.int64), np.array(other, np.int64))
            found = self._pairs.take(np.searchsorted(self._pairs, wanted), mode="clip") == wanted
            known[np.array(owner)[~found]] = False
        return known


def _names(arrays: Arrays, field: str) -> list[str]:
    return [arrays.term(number).decode("utf-8", "surrogatepass") for number in arrays.terms(field)]


def _printed(arrays: Arrays, field: str) -> tuple[Numbers, Numbers]:
    """For each place where a term of a field stands, its number in the field and its key."""
    numbers = arrays.terms(field)
    if not len(numbers):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.asarray(arrays.starts[numbers.start : numbers.stop + 1], np.int64)
    keys = np.asarray(arrays.keys[starts[0] : starts[-1]], np.int64)
    return np.repeat(np.arange(len(numbers)), np.diff(starts)), keys


def _english(arrays: Arrays) -> Numbers:
    """How many positions the English side of each passage has."""
    sides: Numbers = np.asarray(arrays.sides, np.int64)
    return sides[1::2] - sides[:-1:2]


def _outer(key: Numbers, end: Numbers) -> Flags:
    """Which words are in no longer one."""
    reached = np.maximum.accumulate(np.concatenate(([0], end)))[:-1]
    outer: Flags = end > reached
    return outer


def _compound(key: Numbers) -> Flags:
    """The last of each several that share a position: the whole of a compound."""
    same = np.concatenate(([False], key[1:] == key[:-1], [False]))
    compound: Flags = same[:-1] & ~same[1:]
    return compound


def _words(term: Numbers, passage: Numbers, key: Numbers, end: Numbers) -> Words:
    begins = np.searchsorted(passage, passage)
    return Words(term, passage, key, end, np.arange(len(term)) - begins)
