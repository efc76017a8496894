"""How is a term of the index printed? SenseTime, 專利, 11,494, as the archive mostly has it."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from search.analysis import WORD, fold
from search.index.reader import Reader

_SAMPLE: Final = 7
"""Places that are looked at: where a sentence begins a word is printed otherwise."""

_AGREED: Final = 3
"""So many that agree are enough."""

_STRIDE: Final = 3
"""Steps through the sample that do not go from its beginning to its end."""

_KEPT: Final = 20_000


class Printed:
    """Tells how terms are printed, and remembers it. One a thread."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._held: dict[tuple[str, str], str] = {}

    def __call__(self, field: str, term: str) -> str:
        """A form or a word of the archive as it is mostly printed there, told from a sample."""
        printed = self._held.get((field, term))
        if printed is None:
            if len(self._held) >= _KEPT:
                self._held.clear()
            printed = self._held[field, term] = self._mostly(field, term)
        return printed

    def _mostly(self, field: str, term: str) -> str:
        keys = self._reader.shelf.keys(field, term)
        size = min(len(keys), _SAMPLE)
        seen: Counter[str] = Counter()
        for step in range(size):
            # From all over the archive: a transcript may have a way of its own.
            place = step * _STRIDE % _SAMPLE if size == _SAMPLE else step
            text = self._at(field, term, int(keys[place * len(keys) // size]))
            seen[text] += 1
            if seen[text] == _AGREED:
                break
        return seen.most_common(1)[0][0] if seen else term

    def _at(self, field: str, term: str, key: int) -> str:
        """How a term is printed at one of its keys."""
        shelf = self._reader.shelf
        document = int(shelf.documents(np.array([key]))[0])
        position = key - int(shelf.arrays.bases[document])
        side, start = shelf.arrays.place(document, position)
        passage = self._reader.passage(document)
        text = (passage.en, passage.zh)[side] or ""
        if field == WORD:
            printed = text[start : start + len(term)]
            # With something ignored between its characters it is longer, as hardly ever.
            return printed if fold(printed) == term else term
        tokens = shelf.analyzer.tokens_at(text, [(position, start)])
        found = (token for token in tokens if (token.field, token.term) == (field, term))
        return next((text[token.start : token.end] for token in found), term)
