"""Where every term stands, as arrays in files that are mapped into memory.

All positions of an archive are numbered through: passage d has the *keys*
from `bases[d]` on, the key of a place is the base of its passage and the
position in it. Two words next to each other are keys that differ by one, and
a term is one ascending row of keys. Bases are multiples of `BLOCK`, so that
the passage of a key is one look-up in a small table.

    dictionary  the terms, as UTF-8 one after the other, by field and then by bytes
    ends        where each term ends in the dictionary
    starts      where the keys of each term begin; one more at the end
    keys        the keys of all terms, term after term, ascending in each
    same        terms without keys of their own, each with the one whose keys it has: mostly stems
                that have one form only
    bases       the first key of each passage; one more at the end
    lengths     for each passage, how many terms each field has
    gaps        how far in its text each position begins after the one before, side after side
    sides       where the gaps of each side begin: English, Chinese, passage after passage
    compounds   the keys at which a printed compound stands, whose parts share its position
    parts       for each term, whether it ever stands at one of these
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.index.analysed import second_side
from search.index.keys import NONE, Docs, Keys

BLOCK_BITS = 5
BLOCK = 1 << BLOCK_BITS
"""Keys of a block belong to one passage."""

NAMES = (
    "dictionary",
    "ends",
    "starts",
    "keys",
    "same",
    "bases",
    "lengths",
    "gaps",
    "sides",
    "compounds",
    "parts",
)
META = "meta.json"

Numbers = npt.NDArray[Any]


_mapping = threading.Lock()


def mapped(file: Path) -> Numbers:
    """The array in a file, mapped into memory."""
    # One thread at a time: NumPy parses headers as Python, which 3.11 cannot do in several
    # (https://github.com/python/cpython/issues/106905).
    with _mapping:
        array: Numbers = np.load(file, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return array


def narrow(numbers: Numbers) -> Numbers:
    """The numbers in the smallest unsigned type that holds them all."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def starts_of(sizes: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Where each of some rows of these sizes begins that follow each other; one more at the end.

    >>> starts_of([2, 3])
    array([0, 2, 5])
    """
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Arrays:
    """The arrays of a segment. Safe to share: nothing is ever written to them."""

    fields: tuple[str, ...]
    """The names of the fields, sorted."""
    bounds: tuple[int, ...]
    """The number of the first term of each field; one more at the end."""
    dictionary: bytes | memoryview
    ends: Numbers
    starts: Numbers
    keys: Keys
    same: Numbers
    bases: Numbers
    lengths: Numbers
    gaps: Numbers
    sides: Numbers
    compounds: Keys
    parts: Numbers
    passages: Numbers
    """The passage of each block."""

    @classmethod
    def open(cls, folder: Path, prefix: str) -> Arrays:
        """The arrays in the files of `folder` whose names begin with `prefix`."""
        meta = json.loads((folder / f"{prefix}.{META}").read_text("utf-8"))
        plain = {name: mapped(folder / f"{prefix}.{name}.npy") for name in NAMES}
        dictionary = plain.pop("dictionary").data
        bases = plain["bases"]
        blocks = np.diff(bases).astype(np.int64) >> BLOCK_BITS
        # Below the first passage there is a block of no passage's: steps back never leave the keys.
        passages = np.concatenate(([0], np.repeat(np.arange(len(blocks)), blocks)))
        return cls(
            tuple(meta["fields"]),
            tuple(meta["bounds"]),
            dictionary,
            passages=passages.astype(np.int32),
            **plain,
        )

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self.bases) - 1

    def term(self, number: int) -> bytes:
        """The term of a number."""
        return bytes(self.dictionary[self.begin(number) : self.ends[number]])

    def terms(self, field: str) -> range:
        """The numbers of the terms of a field, in the order of their bytes."""
        if field not in self.fields:
            return range(0)
        at = self.fields.index(field)
        return range(self.bounds[at], self.bounds[at + 1])

    def names(self, field: str) -> list[bytes]:
        """The terms of a field, in the order of their bytes: all of them at once."""
        numbers = self.terms(field)
        if not len(numbers):
            return []
        ends = self.ends[numbers.start : numbers.stop].tolist()
        begin = int(self.ends[numbers.start - 1]) if numbers.start else 0
        held = bytes(self.dictionary[begin : ends[-1]])
        return [held[a - begin : b - begin] for a, b in pairwise([begin, *ends])]

    def texts(self, field: str) -> list[str]:
        """All terms of a field, in the order of their numbers."""
        numbers = self.terms(field)
        ends = self.ends[numbers.start : numbers.stop].tolist()
        begins = [self.begin(numbers.start), *ends][:-1]
        dictionary = self.dictionary
        return [
            str(dictionary[begin:end], "utf-8", "surrogatepass")
            for begin, end in zip(begins, ends, strict=True)
        ]

    def begin(self, number: int) -> int:
        """Where a term begins in the dictionary."""
        return int(self.ends[number - 1]) if number else 0

    def beginning_with(self, field: str, prefix: str) -> range:
        """The numbers of the terms of a field that begin with a prefix."""
        begin = prefix.encode("utf-8", "surrogatepass")
        # No UTF-8 holds the byte FF: what begins so lies before it.
        return range(self.first(field, begin), self.first(field, begin + b"\xff"))

    def first(self, field: str, least: bytes) -> int:
        """The number of the first term of a field that is not below `least`."""
        numbers = self.terms(field)
        low, high = numbers.start, numbers.stop
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < least:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, field: str, term: bytes) -> int | None:
        """The number of a term, if the field has it."""
        number = self.first(field, term)
        return number if number in self.terms(field) and self.term(number) == term else None

    def of(self, field: str, term: str) -> Keys:
        """The keys of a term, ascending; empty if it stands nowhere."""
        number = self.number(field, term.encode("utf-8", "surrogatepass"))
        return NONE if number is None else self.row(number)

    def row(self, number: int) -> Keys:
        """The keys of a term."""
        begin, end = self.starts[number], self.starts[number + 1]
        if begin == end:
            number = self._standing_for(number)
            begin, end = self.starts[number], self.starts[number + 1]
        return self.keys[begin:end]

    def rows(self, numbers: range) -> Keys:
        """The keys of some terms in a row, term after term: ascending in each."""
        begins, sizes = self._spans(numbers)
        ends = begins + sizes
        # Most rows follow each other, and are taken together.
        breaks = np.flatnonzero(begins[1:] != ends[:-1]) + 1
        edges = [0, *breaks.tolist(), len(begins)]
        runs = [self.keys[begins[a] : ends[b - 1]] for a, b in pairwise(edges) if a < b]
        return runs[0] if len(runs) == 1 else np.concatenate([NONE, *runs])

    def sizes(self, numbers: range) -> npt.NDArray[np.int64]:
        """How many keys each of some terms in a row has."""
        return self._spans(numbers)[1]

    def beginning(self, field: str, prefix: str) -> Keys:
        """The keys of all terms that begin with a prefix: term after term, not in order."""
        return self.rows(self.beginning_with(field, prefix))

    def _spans(self, numbers: range) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the keys of each term begin, and how many there are."""
        starts = self.starts[numbers.start : numbers.stop + 1].astype(np.int64)
        begins, sizes = starts[:-1], np.diff(starts)
        without = np.flatnonzero(sizes == 0)
        if len(without):
            others = self._standing_for(without + numbers.start)
            begins[without] = self.starts[others]
            sizes[without] = self.starts[others + 1] - begins[without]
        return begins, sizes

    def _standing_for(self, numbers: Any) -> Any:
        """The term, or terms, whose keys stand for those of one without."""
        terms, others = self.same.T
        return others[terms.searchsorted(numbers)].astype(np.int64)

    def documents(self, keys: Keys) -> Docs:
        """The passage of each key."""
        documents: Docs = self.passages[keys >> BLOCK_BITS]
        return documents

    def within(self, keys: Keys, document: int) -> list[int]:
        """Of ascending keys those of one passage, as positions in it."""
        base = int(self.bases[document])
        first, last = np.searchsorted(keys, self.bases[document : document + 2])
        return [int(key) - base for key in keys[first:last]]

    def positions(self, rows: Sequence[Keys], documents: Docs) -> list[list[int]]:
        """For each document where one of some rows of keys stands in it, ascending."""
        found: list[set[int]] = [set() for _ in documents]
        firsts, lasts = self.bases[documents], self.bases[documents + 1]
        bases = firsts.tolist()
        for row in rows:
            begins, ends = row.searchsorted(firsts), row.searchsorted(lasts)
            for at in (begins < ends).nonzero()[0].tolist():
                base = bases[at]
                found[at].update(key - base for key in row[begins[at] : ends[at]].tolist())
        return [sorted(positions) for positions in found]

    def place(self, document: int, position: int) -> tuple[int, int]:
        """The side (0 English, 1 Chinese) and the code point at which a position begins."""
        begin, middle = int(self.sides[2 * document]), int(self.sides[2 * document + 1])
        english = middle - begin
        if position < english:
            return 0, int(self.gaps[begin : begin + position + 1].sum())
        position -= second_side(english)
        return 1, int(self.gaps[middle : middle + position + 1].sum())
