"""Which terms can it be that somebody begins to type, and how often does the archive have them?

Kept in a generation, beside the arrays of its postings:

    forms       in how many passages each exact form stands
    stems       the same of each form's stem: that many are found by it
    words       the same of each Chinese word
    pinyin      words in the order of how they are typed in pinyin: the number of the word and
                which of its spellings it is (see `search.analysis.pinyin`), in one integer

Nothing of these is a term's text: that stands in the dictionary of the
postings, in the order in which what begins alike stands together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from search.analysis import FORM, STEM, WORD
from search.analysis.english import stem
from search.analysis.pinyin import MOST_SPELLINGS, spellings
from search.index.arrays import BLOCK_BITS, Arrays, Numbers, mapped, narrow, starts_of

NAMES = ("forms", "stems", "words", "pinyin")

_WHICH_BITS: Final = (MOST_SPELLINGS - 1).bit_length()
_WHICH: Final = (1 << _WHICH_BITS) - 1

_AT_ONCE: Final = 4_000_000
"""Keys that are counted at a time."""

_SPELT: Final = 10_000
"""Words of which is kept how they are typed."""

_RARELY: Final = 4
"""A word counts a sixteenth where a character of it is read as it mostly is not: 皇 as wang."""

_RANKED: Final = 200
"""At most as many terms are given: some are of one stem, and some say nothing."""


def write(folder: Path, arrays: Arrays) -> None:
    """Writes the files for what stands in `arrays`; always the same for the same."""
    words = arrays.texts(WORD)
    stems = _passages(arrays, STEM)
    number = {text: at for at, text in enumerate(arrays.texts(STEM))}
    of_form = [number[stem(form)] for form in arrays.texts(FORM)]
    held = {
        "forms": _passages(arrays, FORM),
        "stems": stems[np.array(of_form, np.int64)],
        "words": _passages(arrays, WORD),
        "pinyin": _by_spelling(words),
    }
    for name, numbers in held.items():
        np.save(_file(folder, name), narrow(numbers), allow_pickle=False)


def _file(folder: Path, name: str) -> Path:
    return folder / f"completions.{name}.npy"


def _passages(arrays: Arrays, field: str) -> Numbers:
    """In how many passages each term of a field stands."""
    numbers = arrays.terms(field)
    sizes = arrays.sizes(numbers)
    starts = starts_of(sizes)
    counts = np.zeros(len(numbers), np.int64)
    first = 0
    while first < len(numbers):
        last = int(starts.searchsorted(starts[first] + _AT_ONCE, "right")) - 1
        last = min(max(last, first + 1), len(numbers))
        keys = arrays.rows(numbers[first:last])
        documents = arrays.passages[keys >> BLOCK_BITS]
        fresh = np.ones(len(documents), np.int64)
        fresh[1:] = documents[1:] != documents[:-1]
        begins = starts[first:last] - starts[first]
        # No term is without a key.
        fresh[begins] = 1
        counts[first:last] = np.add.reduceat(fresh, begins)
        first = last
    return counts


def _by_spelling(words: Sequence[str]) -> Numbers:
    """Words of several characters, by the number of each, in the order of how they are typed."""
    spelt: list[str] = []
    numbers: list[int] = []
    for at, word in enumerate(words):
        if len(word) > 1:
            found = spellings(word)
            spelt += found
            numbers += range(at << _WHICH_BITS, (at << _WHICH_BITS) + len(found))
    order = np.argsort(np.array(spelt, np.bytes_), kind="stable")
    return np.array(numbers, np.int64)[order]


@dataclass(frozen=True)
class Completions:
    """The terms of a generation, to be found by how they begin. Safe to share by threads."""

    arrays: Arrays
    forms: Numbers
    stems: Numbers
    words: Numbers
    pinyin: Numbers

    @classmethod
    def open(cls, folder: Path, arrays: Arrays) -> Completions:
        return cls(arrays, *(mapped(_file(folder, name)) for name in NAMES))

    def english(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Exact forms that begin with a prefix, one of each stem, and what their stem finds.

        The form that is the prefix comes first, then the commonest stems, and
        of each the commonest form.
        """
        places = self._of(FORM, prefix)
        counts = self.stems[places.start : places.stop].astype(np.int64)
        # No archive has so many passages that the two would meet in 64 bits.
        weights = counts << 32 | self.forms[places.start : places.stop].astype(np.int64)
        seen: set[str] = set()
        for at in _ranked(weights, self._whole(FORM, places, prefix)):
            form = self._text(FORM, places.start + at)
            if (root := stem(form)) not in seen:
                seen.add(root)
                yield form, int(counts[at])

    def chinese(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Words that begin with a prefix: it itself, then the commonest."""
        places = self._of(WORD, prefix)
        counts = self.words[places.start : places.stop]
        for at in _ranked(counts, self._whole(WORD, places, prefix)):
            yield self._text(WORD, places.start + at), int(counts[at])

    def sounding(self, letters: str, whole: bool = False) -> Iterator[tuple[str, int]]:
        """Chinese words whose pinyin begins with some letters, or is these, the commonest first."""
        first = last = bisect_left(self.pinyin, letters, key=self._spelling)
        if whole:
            while last < len(self.pinyin) and self._spelling(self.pinyin[last]) == letters:
                last += 1
        else:
            last = bisect_left(self.pinyin, letters + "\x7f", first, key=self._spelling)
        coded = np.sort(self.pinyin[first:last])
        # Of a word that begins so in several ways, the likeliest.
        numbers, likeliest = np.unique(coded >> _WHICH_BITS, return_index=True)
        counts = self.words[numbers]
        rarely = (coded[likeliest] & _WHICH) > 0
        for at in _ranked(counts >> _RARELY * rarely):
            yield self._text(WORD, int(numbers[at])), int(counts[at])

    def like(self, form: str, edits: int) -> Iterator[tuple[str, int]]:
        """Exact forms that may come of one by so many edits at most, with their own counts.

        All of ASCII that do are among them: of the others most lack too many
        of the letters, or have too many other ones.
        """
        text = np.frombuffer(form.encode("utf-8", "replace"), np.uint8)
        lengths, letters = self._shapes
        wanted = int(np.bitwise_or.reduce(_bit(text), initial=0))
        near = (lengths <= len(text) + edits) & (lengths + edits >= len(text))
        near &= np.bitwise_count(letters & ~np.uint32(wanted)) <= edits
        near &= np.bitwise_count(~letters & np.uint32(wanted)) <= edits
        for at in np.flatnonzero(near).tolist():
            yield self._text(FORM, at), int(self.forms[at])

    @cached_property
    def _shapes(self) -> tuple[Numbers, Numbers]:
        """The length of each form in bytes, and which letters it has, a bit for each."""
        numbers = self.arrays.terms(FORM)
        if not numbers:
            return np.zeros(0, np.int64), np.zeros(0, np.uint32)
        ends = self.arrays.ends[numbers.start : numbers.stop].astype(np.int64)
        begin = self.arrays.begin(numbers.start)
        begins = np.concatenate(([begin], ends[:-1]))
        text = np.frombuffer(self.arrays.dictionary, np.uint8)[begin : ends[-1]]
        return ends - begins, np.bitwise_or.reduceat(_bit(text), begins - begin)

    def _of(self, field: str, prefix: str) -> range:
        """The places, among the terms of a field, of those that begin with a prefix."""
        first = self.arrays.terms(field).start
        numbers = self.arrays.beginning_with(field, prefix)
        return range(numbers.start - first, numbers.stop - first)

    def _whole(self, field: str, places: range, term: str) -> int | None:
        """Where a term stands among those that begin with it: at the first place, if anywhere."""
        return 0 if places and self._text(field, places.start) == term else None

    def _text(self, field: str, place: int) -> str:
        return self.arrays.term(self.arrays.terms(field).start + place).decode("utf-8", "replace")

    @cached_property
    def _spelling(self) -> Callable[[int], str]:
        """How a word is typed, by its number in `pinyin`. Every search passes by the same ones."""

        @lru_cache(maxsize=_SPELT)
        def spelt(coded: int) -> str:
            return spellings(self._text(WORD, coded >> _WHICH_BITS))[coded & _WHICH]

        return lambda coded: spelt(int(coded))


def _bit(text: Numbers) -> Numbers:
    """A bit for each letter of ASCII, and one for all other bytes."""
    return np.uint32(1) << np.minimum(text - np.uint8(ord("a")), np.uint8(26)).astype(np.uint32)


def _ranked(counts: Numbers, whole: int | None = None) -> Iterator[int]:
    """The places of the highest counts, highest first, after `whole` if that is one."""
    if whole is not None:
        yield whole
    counts = counts.astype(np.int64)
    if len(counts) > _RANKED:
        enough = np.partition(counts, len(counts) - _RANKED)[len(counts) - _RANKED]
        (places,) = (counts >= enough).nonzero()
    else:
        places = np.arange(len(counts))
    order = (-counts[places]).argsort(kind="stable")[:_RANKED]
    yield from (place for place in places[order].tolist() if place != whole)
