"""What is a term of the lexicon?

A word or phrase as the index holds it: the stems of its Latin words, one
after the other, and its Han characters. Plurals and other forms of an
English word are one term, so are Simplified and Traditional characters.

>>> key("Autonomous driving"), key("自動駕駛"), key("AI芯片")
(('autonom', 'drive'), ('自', '动', '驾', '驶'), ('ai', '芯', '片'))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from search.analysis import english, fold
from search.analysis.scripts import is_han
from search.model import Lang

Key = tuple[str, ...]
"""The stems and characters of a term, in order."""

_DECADE = re.compile(r"\b(\d*\d0)['’]s\b")
"""1970's are the 1970s."""
_PLAIN = re.compile("(?:[A-Za-z][a-z]*|[A-Z]+)(?: (?:[A-Za-z][a-z]*|[A-Z]+))*")
"""Words that are no compounds, as SenseTime and R&D are."""


class Source(StrEnum):
    """How it is known that two terms say the same, the surest first."""

    GLOSSARY = "glossary"
    """The editors' `glossary.tsv`."""
    SPEAKER = "speaker"
    """The label of a speaker in both languages."""
    ARCHIVE = "archive"
    """Learned from the archive's own aligned passages."""
    DICTIONARY = "dictionary"
    """CC-CEDICT."""
    FAMILY = "family"
    """What a word of the same family says: religious by religion."""
    NUMBER = "number"
    """The same number, written otherwise."""
    REGIONAL = "regional"
    """The same in the Chinese of another region."""
    SOUND = "sound"
    """A name written as it sounds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two terms that say the same, as they are printed."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A term that says the same as another: `weight` is a probability.

    `text` is the term as it is printed, `terms` as the index holds it.
    """

    text: str
    terms: Key
    lang: Lang
    weight: float
    source: Source


def key(text: str) -> Key:
    """The term that a text is: a compound by its parts, everything by its stem."""
    if _PLAIN.fullmatch(text):
        return tuple(map(english.stem, text.lower().split(" ")))
    if "0" in text:
        text = _DECADE.sub(r"\1s", text)
    folded = fold(text)
    if folded and all(map(is_han, folded)):
        return tuple(folded)
    found: list[tuple[int, str]] = [(at, char) for at, char in enumerate(folded) if is_han(char)]
    words = list(english.words(text))
    for word, following in pairwise([*words, None]):
        assert word is not None
        # The whole of a compound comes right before its parts, which say the same.
        whole = not word.part and following is not None and following.part
        if not whole:
            found.append((word.start, english.stem(word.term)))
    return tuple(term for _, term in sorted(found, key=lambda at: at[0]))


def lang_of(terms: Key) -> Lang:
    """Chinese has a Han character.

    >>> lang_of(("ai", "芯", "片")).value, lang_of(("patent",)).value
    ('zh', 'en')
    """
    return Lang.ZH if any(is_han(term[0]) for term in terms if term) else Lang.EN
