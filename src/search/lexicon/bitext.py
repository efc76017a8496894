"""What does the archive say, side by side? Its words as columns of numbers.

The inverted index holds every text: sorted by key, its terms stand in the
order in which they were printed. Nothing is analysed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.analysis import STEM, WORD, chinese, english
from search.index.arrays import Arrays

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_CUT_OFF = "aren couldn d didn doesn don hadn hasn haven isn ll m re shouldn ve wasn weren wouldn"

STOP_WORDS = (
    frozenset(map(english.stem, english.STOP_WORDS))
    | frozenset(_CUT_OFF.split())
    | chinese.STOP_WORDS
)
"""Terms that are nobody's counterpart, what an apostrophe leaves of a verb (don't) among them."""


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
        order = _ascending(key)
        term, key, end = term[order], key[order], end[order]
        tied = _tied(key)
        # Of words that begin in one place the longest comes last if it is a compound, else first.
        rank = np.where(term[tied] < len(stems), lengths[term[tied]], -end[tied])
        by_rank = tied[np.lexsort((rank, key[tied]))]
        by_rank = by_rank[_as_printed(names, len(stems), term[by_rank], key[by_rank])]
        term[tied], end[tied] = term[by_rank], end[by_rank]

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


def _names(arrays: Arrays, field: str) -> list[str]:
    return [name.decode("utf-8", "surrogatepass") for name in arrays.names(field)]


def _printed(arrays: Arrays, field: str) -> tuple[Numbers, Numbers]:
    """For each place where a term of a field stands, its number in the field and its key."""
    numbers = arrays.terms(field)
    keys = np.asarray(arrays.rows(numbers), np.int64)
    return np.repeat(np.arange(len(numbers)), arrays.sizes(numbers)), keys


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


def _ascending(keys: Numbers) -> Numbers:
    """The order in which the keys ascend: sorted together with their places, which is quicker."""
    bits = len(keys).bit_length()
    return np.sort((keys << bits) | np.arange(len(keys))) & ((1 << bits) - 1)


def _tied(keys: Numbers) -> Numbers:
    """The places of ascending keys that are next to an equal one."""
    same = np.concatenate(([False], keys[1:] == keys[:-1], [False]))
    return np.flatnonzero(same[1:] | same[:-1])


def _as_printed(names: Sequence[str], stems: int, term: Numbers, key: Numbers) -> Numbers:
    """The order in which the parts of each compound come one after the other, and then the whole.

    The index does not hold it, but the whole does: sense stands before time in sensetime.
    """
    whole = np.searchsorted(key, key, "right") - 1
    part = np.flatnonzero((whole != np.arange(len(key))) & (term < stems))
    place = np.zeros(len(key), np.int64)
    place[whole[part]] = len(term)
    codes, of = np.unique(term[whole[part]] * len(names) + term[part], return_inverse=True)
    found = [_place(names[code // len(names)], names[code % len(names)]) for code in codes.tolist()]
    place[part] = np.array(found, np.int64)[of]
    order: Numbers = np.lexsort((np.arange(len(key)), place, key))
    return order


def _place(whole: str, part: str) -> int:
    """Where the stem of a part stands in the whole, or as much of it as does.

    >>> _place("industryuniversityresearch", "industri"), _place("sensetim", "time")
    (0, 5)
    """
    return next(at for end in range(len(part), -1, -1) if (at := whole.find(part[:end])) >= 0)


def _words(term: Numbers, passage: Numbers, key: Numbers, end: Numbers) -> Words:
    firsts = np.flatnonzero(np.diff(passage, prepend=-1))
    begins = np.repeat(firsts, np.diff(firsts, append=len(passage)))
    return Words(term, passage, key, end, np.arange(len(term)) - begins)
