"""What of a dictionary is evidence that two paragraphs say the same?

CC-CEDICT has a hundred thousand words, a file a few hundred: a word is read
when a text asks for it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from types import MappingProxyType

import numpy as np

from search.align.sparse import Floats, Ints, ranges
from search.align.trie import Trie
from search.align.words import printed
from search.analysis.english import STOP_WORDS, stem
from search.lexicon import cedict

_LONGEST_WORD = 5
"""Han characters."""
ONE_CHARACTER = 0.4
"""What a word of one character weighs: most are parts of other words."""
_LONGEST = 4
"""Words of a translation; a longer one explains."""


class Dictionary:
    """Han words, folded, with their senses as CC-CEDICT writes them, a slash between.

    Words have numbers, as have the stems that they may answer.
    """

    def __init__(self, written: Mapping[str, str] = MappingProxyType({})) -> None:
        self._written = written
        self._words = [word for word in written if 0 < len(word) <= _LONGEST_WORD]
        self._trie = Trie(self._words)
        self._stem_numbers: dict[str, int] = {}
        # The answers of each word that was asked for lie in a row.
        self._stems, self._weights = array("q"), array("d")
        self._begins = np.full(len(self._words), -1)
        self._counts = np.zeros(len(self._words), np.int64)

    def __len__(self) -> int:
        return len(self._written)

    def word(self, number: int) -> str:
        return self._words[number]

    def places(self, folded: str) -> tuple[Ints, Ints]:
        """Where in a folded Chinese text the longest words begin, in order, and their numbers.

        One character is a word only where no longer one lies.

        >>> known = Dictionary({"人工": "", "人工智能": "", "能": "", "的": ""})
        >>> [known.word(number) for number in known.places("人工智能的")[1]]
        ['人工智能', '的']
        """
        lengths, words = self._trie.longest(folded)
        at = np.arange(len(folded))
        longer = lengths > 1
        covered = np.maximum.accumulate(np.where(longer, at + lengths, 0))
        (found,) = np.nonzero(longer | ((lengths == 1) & (covered <= at)))
        return found, words[found]

    def answers(self, words: Ints, stems: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        """Which of `words` may answer which of `stems`, by their places there, and the weights.

        None where the dictionary explains and does not translate a word.
        """
        for number in words[self._begins[words] < 0].tolist():
            self._read(number)
        places = np.full(len(self._stem_numbers), -1)
        numbers = np.array([self._stem_numbers.get(stem, -1) for stem in stems], np.int64)
        (known,) = np.nonzero(numbers >= 0)
        places[numbers[known]] = known
        counts = self._counts[words]
        rows = ranges(self._begins[words], counts)
        by = np.repeat(np.arange(len(words)), counts)
        found = places[np.frombuffer(self._stems, np.int64)[rows]]
        said = found >= 0
        return by[said], found[said], np.frombuffer(self._weights)[rows[said]]

    def _read(self, number: int) -> None:
        """Reads what a word may answer."""
        word = self._words[number]
        weight = ONE_CHARACTER if len(word) == 1 else 1.0
        said = translations(map(cedict.translations, self._written[word].split("/")))
        self._begins[number], self._counts[number] = len(self._stems), len(said)
        numbers = self._stem_numbers
        self._stems.extend([numbers.setdefault(stem, len(numbers)) for stem in said])
        self._weights.extend([weight * probability for probability in said.values()])


def installed() -> Dictionary:
    """CC-CEDICT as it is installed here, loaded once in a process; empty if it is not."""
    return _of_edition(cedict.edition())


@cache
def _of_edition(edition: str | None) -> Dictionary:
    return Dictionary(cedict.written() if edition else {})


def translations(senses: Iterable[Sequence[str]]) -> Mapping[str, float]:
    """The stems of the translations of a word, from its senses.

    A translation of several words is as likely as each is of them. A word
    such as *he* is one only by itself.

    >>> translations([["he", "him"]]), translations([["invention patent"]])
    ({'he': 1.0, 'him': 1.0}, {'invent': 0.5, 'patent': 0.5})
    """
    found: dict[str, float] = {}
    for gloss in chain.from_iterable(senses):
        words = printed(gloss)
        if len(words) > 1:
            words = [word for word in words if word not in STOP_WORDS]
        for said in map(stem, words) if len(words) <= _LONGEST else ():
            found[said] = max(found.get(said, 0.0), 1 / len(words))
    return found
