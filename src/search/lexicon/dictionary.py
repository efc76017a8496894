"""What does CC-CEDICT say of every word, in either language?

The first sense of an entry is the likeliest. A translation of several words
is a phrase, and each of its words, at less weight, one by itself: who asks
for 东部 (eastern part) means what is eastern.

The dictionary is the same for every archive. It is prepared once, as a table
in a folder that the generations of an index share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from search.index.arrays import mapped
from search.lexicon.table import Pairs, Table, spelt
from search.lexicon.terms import Source, key

if TYPE_CHECKING:
    from search.lexicon.cedict import Entry

VERSION = 2
"""Raised by every change of what is made of CC-CEDICT, and of the files it is kept in."""

LATER: Final = 1.0
"""The k-th sense of a word in the dictionary weighs (k + 1) to the power of minus this."""

NAME: Final = 0.5
"""What an entry that is a name weighs, where the word has another: 高 is tall before a surname."""

PART: Final = 0.5
"""What a word of a translation of several words weighs, shared among them: eastern part is 东部."""

_PREFIX = "dictionary"
_ORDINARY = f"{_PREFIX}.ordinary.npy"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Each word with its translations, in both directions, and which words are no names."""

    table: Table
    ordinary: npt.NDArray[Any]
    """For each term of the table, whether it is a word that is no name."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Dictionary:
        """The dictionary of these entries, in memory."""
        from search.lexicon.bitext import STOP_WORDS

        chances: dict[str, dict[str, float]] = defaultdict(dict)
        printed: dict[str, str] = {}
        ordinary: set[str] = set()
        for entry in entries:
            row = chances[entry.word]
            for at, glosses in enumerate(entry.senses):
                weight = (NAME if entry.name else 1.0) * (at + 1) ** -LATER
                for gloss in glosses:
                    en, stems, plain = _read(gloss)
                    if not en:
                        continue
                    if plain:
                        ordinary.update(stems)
                    if row.get(en, 0.0) < weight:
                        row[en] = weight
                    shown = printed.get(en)
                    if shown is None or len(gloss) < len(shown):
                        printed[en] = gloss
                    if len(stems) > 1:
                        share = PART * weight / len(stems)
                        for stem in stems:
                            if stem not in STOP_WORDS and row.get(stem, 0.0) < share:
                                row[stem] = share
            if not entry.name:
                ordinary.add(entry.word)
        _read.cache_clear()
        ones = [en for row in chances.values() for en in row]
        others = [zh for zh, row in chances.items() for _ in row]
        weights = [weight for row in chances.values() for weight in row.values()]
        pairs = Pairs(ones, others, weights, [Source.DICTIONARY] * len(ones))
        table = Table.of(pairs, printed, ordinary)
        flags = np.fromiter((term in ordinary for term in table), np.bool_, len(table))
        return cls(table, flags)

    def save(self, folder: Path) -> None:
        """Writes the files of the dictionary."""
        self.table.save(folder, _PREFIX)
        np.save(folder / _ORDINARY, self.ordinary, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Dictionary:
        """What `save` wrote; raises `OSError` or `ValueError` if the files are others."""
        return cls(Table.open(folder, _PREFIX), mapped(folder / _ORDINARY))

    def is_ordinary(self, word: str) -> bool:
        """Whether a stem or a Chinese word is in the dictionary, and no name there."""
        number = self.table.number(word)
        return number is not None and bool(self.ordinary[number])


def name() -> str | None:
    """Names what is made of the CC-CEDICT that is installed here; `None` if none is."""
    from search.lexicon import cedict

    edition = cedict.edition()
    return edition and f"cedict-{edition}-{VERSION}"


@cache
def prepared() -> Dictionary:
    """The CC-CEDICT that is installed here. Takes two seconds, once in a process."""
    from search.lexicon import cedict

    return Dictionary.of(cedict.entries())


@cache
def _read(gloss: str) -> tuple[str, tuple[str, ...], bool]:
    """A translation as a term, the stems of that, and whether it has no capital."""
    stems = key(gloss)
    return spelt(stems), stems, gloss.islower()
