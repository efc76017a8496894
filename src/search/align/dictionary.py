"""What of a dictionary is evidence that two paragraphs say the same?

CC-CEDICT has a hundred thousand words, a file a few hundred: a word is read
when a text asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from functools import cache

from search.align.words import Translations, stems
from search.analysis.english import STOP_WORDS
from search.lexicon import cedict

_LONGEST = 4
"""Words of a translation; a longer one explains."""


def installed() -> Translations:
    """CC-CEDICT as it is installed here, loaded once in a process; empty if it is not."""
    return _of_edition(cedict.edition())


@cache
def _of_edition(edition: str | None) -> Translations:
    return _OnDemand(cedict.written()) if edition else {}


class _OnDemand(Mapping[str, Mapping[str, float]]):
    """The translations of the words of a dictionary, from its senses as they stand in its file."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._written = written
        self._read: dict[str, Mapping[str, float]] = {}

    def __getitem__(self, word: str) -> Mapping[str, float]:
        """Empty for a word that the dictionary explains and does not translate."""
        found = self._read.get(word)
        if found is None:
            found = translations(map(cedict.translations, self._written[word].split("/")))
            self._read[word] = found
        return found

    def keys(self) -> KeysView[str]:
        """Those of the file, which are asked for at every character."""
        return self._written.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def translations(senses: Iterable[Sequence[str]]) -> Mapping[str, float]:
    """The stems of the translations of a word, from its senses.

    A translation of several words is as likely as each is of them. A word
    such as *he* is one only by itself.

    >>> translations([["he", "him"]]), translations([["invention patent"]])
    ({'he': 1.0, 'him': 1.0}, {'invent': 0.5, 'patent': 0.5})
    """
    found: dict[str, float] = {}
    for gloss in (gloss for sense in senses for gloss in sense):
        printed = stems(gloss)
        said = [stem for word, stem in printed if len(printed) == 1 or word not in STOP_WORDS]
        for stem in said if len(said) <= _LONGEST else ():
            found[stem] = max(found.get(stem, 0.0), 1 / len(said))
    return found
