"""What of a dictionary is evidence that two paragraphs say the same?

CC-CEDICT has a hundred thousand words, a file a few hundred: a word is read
when a text asks for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import add
from types import MappingProxyType

from search.align.words import TRANSLATION, Clue, stems
from search.analysis.english import STOP_WORDS
from search.analysis.scripts import HAN
from search.lexicon import cedict

_HAN_RUN = re.compile(f"[{HAN}]+")
_LONGEST_WORD = 5
"""Han characters."""
ONE_CHARACTER = 0.4
"""What a word of one character weighs: most are parts of other words."""
_LONGEST = 4
"""Words of a translation; a longer one explains."""


class Dictionary:
    """Han words, folded, with their senses as CC-CEDICT writes them, a slash between."""

    def __init__(self, written: Mapping[str, str] = MappingProxyType({})) -> None:
        self._written = written
        self._clues: dict[str, Clue] = {}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in written:
            if 1 < len(word) <= _LONGEST_WORD:
                lengths[word[:2]].add(len(word))
        self._lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def __len__(self) -> int:
        return len(self._written)

    def words(self, folded: str) -> list[str]:
        """The longest words at each place of a folded Chinese text.

        One character is a word only where no longer one lies.

        >>> Dictionary({"人工": "", "人工智能": "", "能": "", "的": ""}).words("人工智能的")
        ['人工智能', '的']
        """
        known, lengths = self._written, self._lengths
        found: list[str] = []
        for run in _HAN_RUN.findall(folded):
            covered = 0
            begins = map(lengths.get, map(add, run, run[1:] + "\n"))
            for start, (char, longer) in enumerate(zip(run, begins, strict=True)):
                for length in longer or ():
                    if (word := run[start : start + length]) in known:
                        covered = max(covered, start + length)
                        found.append(word)
                        break
                else:
                    if start >= covered and char in known:
                        found.append(char)
        return found

    def clue(self, word: str) -> Clue:
        """What a word may answer: nothing if the dictionary explains and does not translate it."""
        found = self._clues.get(word)
        if found is None:
            weight = ONE_CHARACTER if len(word) == 1 else 1.0
            said = translations(map(cedict.translations, self._written[word].split("/")))
            found = Clue(TRANSLATION, word, {stem: weight * p for stem, p in said.items()})
            self._clues[word] = found
        return found


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
    for gloss in (gloss for sense in senses for gloss in sense):
        printed = stems(gloss)
        said = [stem for word, stem in printed if len(printed) == 1 or word not in STOP_WORDS]
        for stem in said if len(said) <= _LONGEST else ():
            found[stem] = max(found.get(stem, 0.0), 1 / len(said))
    return found
