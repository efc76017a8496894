"""How are terms and their counterparts kept?

Sorted terms, each with a row of others, in arrays that are mapped from files:
opening reads little, asking is a look-up. A term is spelt as one string:

>>> spelt(("autonom", "drive")), spelt(("ai", "芯", "片")), parts("ai芯片")
('autonom drive', 'ai芯片', ('ai', '芯', '片'))

    keys        the terms as UTF-8, one after the other, sorted by their bytes
    key_starts  where each begins; one more at the end, as of each of the starts below
    heads       the first eight bytes of each as a number, zeros behind a shorter one
    texts       the same as they are printed; nothing where that is how they are spelt
    text_starts where each begins
    row_starts  where the row of each term begins
    targets     the number of the other term, the heaviest first
    grades      how much it weighs, and how that is known: a place in the next
    kinds       each weight that occurs, with a place in `Source`

Starts are kept as how far each is from the next, in as few bytes as hold that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis.scripts import is_han
from search.index.arrays import mapped, narrow, starts_of
from search.lexicon.terms import Key, Source

NAMES = (
    "keys",
    "key_starts",
    "heads",
    "texts",
    "text_starts",
    "row_starts",
    "targets",
    "grades",
    "kinds",
)
_STARTS = "_starts"
_HEAD = 8
_SOURCES = tuple(Source)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two terms at a time, how much that weighs, and how it is known: a column of each."""

    ones: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def add(self, one: str, other: str, weight: float, source: Source) -> None:
        self.ones.append(one)
        self.others.append(other)
        self.weights.append(weight)
        self.sources.append(source)


@dataclass(frozen=True, slots=True)
class Table:
    """Terms, each with a row of others, which have it in theirs.

    Safe to share: nothing is ever written to it.
    """

    keys: bytes | memoryview
    key_starts: npt.NDArray[Any]
    heads: npt.NDArray[Any]
    texts: bytes | memoryview
    text_starts: npt.NDArray[Any]
    row_starts: npt.NDArray[Any]
    targets: npt.NDArray[Any]
    grades: npt.NDArray[Any]
    kinds: npt.NDArray[Any]

    @classmethod
    def of(cls, pairs: Pairs, printed: Mapping[str, str], terms: Iterable[str] = ()) -> Table:
        """A table in memory, with rows of nothing for `terms` that no pair has.

        `printed` says how a term is printed, where it is not as it is spelt.
        """
        names = sorted({*pairs.ones, *pairs.others, *terms})
        number = {name: at for at, name in enumerate(names)}
        order = {source: at for at, source in enumerate(_SOURCES)}
        count = len(pairs.ones)
        ones = np.fromiter(map(number.__getitem__, pairs.ones), np.uint32, count)
        others = np.fromiter(map(number.__getitem__, pairs.others), np.uint32, count)
        source, target = np.concatenate((ones, others)), np.concatenate((others, ones))
        weights = np.tile(np.array(pairs.weights, np.float32), 2)
        known = np.fromiter(map(order.__getitem__, pairs.sources), np.uint8, count)
        sources = np.tile(known, 2)
        by_row = np.lexsort((sources, target, -weights, source))
        # The bits of a weight before its source: whole numbers are sorted far quicker than pairs.
        bits = (weights.view(np.uint32).astype(np.int64) << 8 | sources)[by_row]
        codes, grades = np.unique(bits, return_inverse=True)
        kinds = np.column_stack(((codes >> 8).astype(np.uint32).view(np.float32), codes & 0xFF))
        spelled = [_bytes(name) for name in names]
        texts = [
            _bytes(text) if (text := printed.get(name, name)) != name else b"" for name in names
        ]
        return cls(
            b"".join(spelled),
            starts_of([*map(len, spelled)]),
            _heads(spelled),
            b"".join(texts),
            starts_of([*map(len, texts)]),
            starts_of(np.bincount(source, minlength=len(names))),
            target[by_row],
            narrow(grades),
            kinds,
        )

    def save(self, folder: Path, prefix: str) -> None:
        """Writes the files of the table, whose names begin with `prefix`."""
        for name in NAMES:
            value = getattr(self, name)
            array = value if isinstance(value, np.ndarray) else np.frombuffer(value, np.uint8)
            if name.endswith(_STARTS):
                array = narrow(np.diff(array))
            np.save(folder / f"{prefix}.{name}.npy", array, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path, prefix: str) -> Table:
        """The table in the files of a folder; raises `OSError` or `ValueError` if it is none."""
        held: dict[str, Any] = {name: mapped(folder / f"{prefix}.{name}.npy") for name in NAMES}
        for name in NAMES:
            if name.endswith(_STARTS):
                held[name] = starts_of(held[name])
        held["keys"], held["texts"] = memoryview(held["keys"]), memoryview(held["texts"])
        return cls(**held)

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self.heads)

    def __iter__(self) -> Iterator[str]:
        """Every term, in order."""
        return map(self.term, range(len(self)))

    def term(self, number: int) -> str:
        """The term of a number."""
        return self._key(number).decode("utf-8", "surrogatepass")

    def text(self, number: int) -> str:
        """The same as it is printed; empty if that is as it is spelt."""
        return bytes(self.texts[_span(self.text_starts, number)]).decode("utf-8", "surrogatepass")

    def number(self, term: str) -> int | None:
        """The number of a term, if it is there."""
        wanted = _bytes(term)
        head = _heads([wanted])
        low = int(np.searchsorted(self.heads, head[0]))
        high = int(np.searchsorted(self.heads, head[0], "right"))
        return self._within(wanted, low, high)

    def numbers(self, terms: Sequence[str]) -> npt.NDArray[np.int64]:
        """The number of each term; -1 where it is not there."""
        wanted = list(map(_bytes, terms))
        heads = _heads(wanted)
        low = np.searchsorted(self.heads, heads)
        high = np.searchsorted(self.heads, heads, "right")
        found = np.full(len(wanted), -1, np.int64)
        for at in np.flatnonzero(low < high).tolist():
            number = self._within(wanted[at], int(low[at]), int(high[at]))
            found[at] = -1 if number is None else number
        return found

    def row(self, term: str) -> Iterator[tuple[str, float, Source]]:
        """The others of a term, the heaviest first, each with its weight and how it is known."""
        number = self.number(term)
        if number is None:
            return
        row = _span(self.row_starts, number)
        kinds = self.kinds[self.grades[row]].tolist()
        for target, (weight, source) in zip(self.targets[row].tolist(), kinds, strict=True):
            yield self.term(target), weight, _SOURCES[int(source)]

    def beginning(self, prefix: str) -> Iterator[str]:
        """The terms that begin so, in order; the prefix has eight bytes at most."""
        for number in range(
            int(np.searchsorted(self.heads, _heads([_bytes(prefix)])[0])), len(self)
        ):
            name = self.term(number)
            if not name.startswith(prefix):
                break
            yield name

    def _within(self, wanted: bytes, low: int, high: int) -> int | None:
        """The number of a term, sought among those from `low` to before `high`."""
        end = high
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < end and self._key(low) == wanted else None

    def _key(self, number: int) -> bytes:
        return bytes(self.keys[_span(self.key_starts, number)])


def spelt(term: Key) -> str:
    """A term as one string: a space between two stems, nothing beside a character."""
    text = ""
    for part in term:
        both_latin = text and not is_han(text[-1]) and not is_han(part[0])
        text += f" {part}" if both_latin else part
    return text


@lru_cache(maxsize=65_536)
def parts(term: str) -> Key:
    """The stems and characters of a term that is spelt as one string."""
    spaced = "".join(f" {char} " if is_han(char) else char for char in term)
    return tuple(filter(None, spaced.split(" ")))


def _span(starts: npt.NDArray[Any], number: int) -> slice:
    return slice(starts[number], starts[number + 1])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _heads(names: Sequence[bytes]) -> npt.NDArray[Any]:
    padded = b"".join([name[:_HEAD].ljust(_HEAD, b"\0") for name in names])
    return np.frombuffer(padded, ">u8").astype(np.uint64)
