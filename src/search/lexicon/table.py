"""Where is the lexicon kept, and how is it asked?

Sorted terms, each with a row of counterparts, in files that are mapped into
memory: opening reads nothing, asking is a binary search.

    keys        the terms as UTF-8, one after the other, sorted by their bytes
    key_ends    where each ends
    texts       the same as they are printed
    text_ends   where each ends
    starts      where the counterparts of each term begin; one more at the end
    targets     the number of the term that a counterpart is, the likeliest first
    weights     its probability
    sources     how it is known: a place in `Source`

Names that no dictionary has lie beside it in a file of their own, which is
read when a term is asked for that the table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis import english
from search.index.arrays import mapped
from search.lexicon.families import SHORTEST, are_related
from search.lexicon.names import Names
from search.lexicon.numerals import value, written
from search.lexicon.terms import Counterpart, Key, Source, key, lang_of

NAMES = ("keys", "key_ends", "texts", "text_ends", "starts", "targets", "weights", "sources")
_PREFIX = "lexicon"
_NAMES = f"{_PREFIX}.names.txt"
_SOURCES = tuple(Source)
_DIGITS = 13
"""Numbers of so many digits and more are written as digits in either language."""
_TERMS = re.compile(f"[{english.HAN}]|[^{english.HAN} ]+")

Row = list[tuple[Key, float, Source]]
"""The counterparts of a term, each with its probability and how it is known."""


@dataclass(frozen=True)
class Lexicon:
    """Terms and their counterparts. Safe to share: nothing is ever written to it."""

    keys: bytes | memoryview
    key_ends: npt.NDArray[Any]
    texts: bytes | memoryview
    text_ends: npt.NDArray[Any]
    starts: npt.NDArray[Any]
    targets: npt.NDArray[Any]
    weights: npt.NDArray[Any]
    sources: npt.NDArray[Any]
    _names: Names | Path

    @classmethod
    def of(cls, table: Mapping[Key, Row], printed: Mapping[Key, str], names: Names) -> Lexicon:
        """A lexicon in memory; `printed` says how a term is printed, where its key does not."""
        terms = {*table, *(target for row in table.values() for target, _, _ in row)}
        spelt = sorted((_spelt(term), term) for term in terms)
        number = {term: at for at, (_, term) in enumerate(spelt)}
        rows = [
            sorted(table.get(term, ()), key=lambda at: (-at[1], number[at[0]])) for _, term in spelt
        ]
        texts = [printed.get(term, name.decode()).encode() for name, term in spelt]
        flat = [counterpart for row in rows for counterpart in row]
        order = {source: at for at, source in enumerate(_SOURCES)}
        return cls(
            b"".join(name for name, _ in spelt),
            _ends([name for name, _ in spelt]),
            b"".join(texts),
            _ends(texts),
            np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.uint32),
            np.array([number[target] for target, _, _ in flat], np.uint32),
            np.array([weight for _, weight, _ in flat], np.float32),
            np.array([order[source] for _, _, source in flat], np.uint8),
            names,
        )

    def save(self, folder: Path) -> None:
        """Writes the files of the lexicon."""
        for name in NAMES:
            value = getattr(self, name)
            array = value if isinstance(value, np.ndarray) else np.frombuffer(value, np.uint8)
            np.save(folder / f"{_PREFIX}.{name}.npy", array, allow_pickle=False)
        self.names.save(folder / _NAMES)

    @classmethod
    def open(cls, folder: Path) -> Lexicon:
        """The lexicon in the files of a folder; raises `OSError` or `ValueError` if it is none."""
        held: dict[str, Any] = {name: mapped(folder / f"{_PREFIX}.{name}.npy") for name in NAMES}
        held["keys"], held["texts"] = memoryview(held["keys"]), memoryview(held["texts"])
        return cls(**held, _names=folder / _NAMES)

    @cached_property
    def names(self) -> Names:
        """The names of the archive that no dictionary has."""
        return Names.open(self._names) if isinstance(self._names, Path) else self._names

    def __len__(self) -> int:
        """How many terms there are, of either language."""
        return len(self.key_ends)

    def __contains__(self, term: object) -> bool:
        """Whether a term, as `terms.key` gives it, has a counterpart."""
        return isinstance(term, tuple) and bool(self._row(term))

    def counterparts(self, term: str | Key) -> tuple[Counterpart, ...]:
        """What says the same as a word or phrase, the likeliest first; nothing if that is unknown.

        An English word that is unknown says what its family does; what is
        still unknown may be a name, and sound like one of the other script.
        """
        wanted = key(term) if isinstance(term, str) else term
        found = [*map(self._counterpart, self._row(wanted))]
        found += (
            number for number in _numbers(wanted) if number.terms not in {c.terms for c in found}
        )
        if not found and len(wanted) == 1 and wanted[0].isascii():
            found = self._by_family(wanted[0])
        return tuple(found) or self.sounding_like(wanted)

    def sounding_like(self, term: str | Key) -> tuple[Counterpart, ...]:
        """The names of the other script that sound like a name, the likeliest first."""
        wanted = key(term) if isinstance(term, str) else term
        if len({lang_of((part,)) for part in wanted}) != 1 or (
            wanted[0].isascii() and len(wanted) > 1
        ):
            return ()
        alike = self.names.sounding_like("".join(wanted))
        total = sum(likeness for _, likeness in alike)
        return tuple(
            Counterpart(name, terms, lang_of(terms), likeness / total, Source.SOUND)
            for name, likeness in alike
            for terms in (key(name) if not name.isascii() else (name,),)
        )

    def _by_family(self, stem: str) -> list[Counterpart]:
        """The counterparts of the stems of one family, as those of one of them."""
        best: dict[Key, Counterpart] = {}
        of_family = [
            other for other in self._beginning(stem[:SHORTEST]) if are_related(stem, other)
        ]
        for other in of_family if len(stem) >= SHORTEST and stem.isalpha() else ():
            for at in map(self._counterpart, self._row((other,))):
                known = best.get(at.terms)
                if known is None or known.weight < at.weight:
                    best[at.terms] = replace(at, source=Source.FAMILY)
        total = sum(at.weight for at in best.values())
        found = [replace(at, weight=at.weight / total) for at in best.values()]
        return sorted(found, key=lambda at: (-at.weight, at.terms))

    def _beginning(self, prefix: str) -> Iterator[str]:
        """The terms of one word that begin so."""
        number = self._first(prefix.encode())
        while number < len(self):
            name = self._slice(self.keys, self.key_ends, number)
            if not name.startswith(prefix):
                break
            if name.isalpha():
                yield name
            number += 1

    def __iter__(self) -> Iterator[str]:
        """Every term as it is printed, in the order of the keys."""
        return (self._slice(self.texts, self.text_ends, number) for number in range(len(self)))

    def _row(self, term: Key) -> range:
        number = self._number(_spelt(term))
        if number is None:
            return range(0)
        return range(int(self.starts[number]), int(self.starts[number + 1]))

    def _counterpart(self, at: int) -> Counterpart:
        number = int(self.targets[at])
        terms = tuple(_TERMS.findall(self._slice(self.keys, self.key_ends, number)))
        return Counterpart(
            self._slice(self.texts, self.text_ends, number),
            terms,
            lang_of(terms),
            float(self.weights[at]),
            _SOURCES[self.sources[at]],
        )

    def _number(self, wanted: bytes) -> int | None:
        number = self._first(wanted)
        same = number < len(self) and self._bytes(number) == wanted
        return number if same else None

    def _first(self, least: bytes) -> int:
        """The number of the first term that is not below `least`."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < least:
                low = middle + 1
            else:
                high = middle
        return low

    def _bytes(self, number: int) -> bytes:
        return bytes(self.keys[self.key_ends[number - 1] if number else 0 : self.key_ends[number]])

    @staticmethod
    def _slice(held: bytes | memoryview, ends: npt.NDArray[Any], number: int) -> str:
        return bytes(held[ends[number - 1] if number else 0 : ends[number]]).decode()


def _spelt(term: Key) -> bytes:
    """A term as one string: a space between two stems, nothing beside a character.

    >>> _spelt(("autonom", "drive")), _spelt(("ai", "芯", "片")).decode()
    (b'autonom drive', 'ai芯片')
    """
    text = ""
    for part in term:
        both_latin = text and not _HAN_END.search(text) and not _HAN_END.match(part)
        text += f" {part}" if both_latin else part
    return text.encode("utf-8", "surrogatepass")


_HAN_END = re.compile(f"[{english.HAN}]$")


def _numbers(term: Key) -> Iterator[Counterpart]:
    """The same number in the other script."""
    text = "".join(term)
    if text.isascii():
        number = written(int(text)) if text.isdigit() and len(text) < _DIGITS else None
        terms: Key = tuple(number or "")
    else:
        terms = () if (said := value(text)) is None else (str(said),)
    if terms:
        yield Counterpart("".join(terms), terms, lang_of(terms), 1.0, Source.NUMBER)


def _ends(names: Sequence[bytes]) -> npt.NDArray[Any]:
    return np.cumsum([len(name) for name in names], dtype=np.uint32)
