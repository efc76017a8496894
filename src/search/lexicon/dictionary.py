"""What of a dictionary matters to an archive, and how likely is each translation?

The first sense of an entry is the likeliest. A translation of several words
is a phrase, and each of its words, at less weight, one by itself: who asks
for 东部 (eastern part) means what is eastern.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Final

from search.lexicon.bitext import STOP_WORDS
from search.lexicon.cedict import Entry
from search.lexicon.terms import Key, key

LATER: Final = 1.0
"""The k-th sense of a word in the dictionary weighs (k + 1) to the power of minus this."""

NAME: Final = 0.5
"""What an entry that is a name weighs, where the word has another: 高 is tall before a surname."""

PART: Final = 0.5
"""What a word of a translation of several words weighs, shared among them: eastern part is 东部."""

Chances = dict[Key, dict[Key, float]]


@dataclass(slots=True)
class Dictionary:
    """What of CC-CEDICT matters to an archive."""

    chances: Chances = field(default_factory=lambda: defaultdict(dict))
    """For each Chinese word its translations with their weights."""
    printed: dict[Key, str] = field(default_factory=dict)
    ordinary: set[str] = field(default_factory=set)
    """The words that are no names: stems of glosses without a capital, and Chinese words."""


def read(entries: Iterable[Entry], vocabulary: Container[str]) -> Dictionary:
    """The entries of which one side is known: all its stems or characters are in `vocabulary`."""
    found = Dictionary()
    for entry in entries:
        zh = key(entry.word)
        has_zh = all(char in vocabulary for char in zh)
        row: dict[Key, float] = {}
        for at, glosses in enumerate(entry.senses):
            weight = (NAME if entry.name else 1.0) * (at + 1) ** -LATER
            for gloss in glosses:
                en = key(gloss)
                if not en:
                    continue
                if gloss.islower():
                    found.ordinary.update(en)
                whole = has_zh or all(stem in vocabulary for stem in en)
                if whole and row.get(en, 0.0) < weight:
                    row[en] = weight
                    shown = found.printed.get(en)
                    if shown is None or len(gloss) < len(shown):
                        found.printed[en] = gloss
                if len(en) > 1:
                    share = PART * weight / len(en)
                    for stem in en:
                        known = stem in vocabulary or has_zh
                        if known and stem not in STOP_WORDS and row.get((stem,), 0.0) < share:
                            row[stem,] = share
        if not entry.name:
            found.ordinary.add(entry.word)
        if row:
            held = found.chances[zh]
            for en, weight in row.items():
                held[en] = max(held.get(en, 0.0), weight)
    return found
