"""Which words stand in a stretch of Latin letters and digits?

A *compound* is what is printed without a space and read as several words:
`SenseTime`, `R&D`, `vehicle-to-everything`, `ISO9001`, `11,494`, `GPT-4o`.
It is found whole and by its parts, however it is typed.

>>> [(word.term, word.start, word.end) for word in words("SenseTime’s")]
[('sensetime', 0, 9), ('sense', 0, 5), ('time', 5, 9)]
>>> [word.term for word in words("11,494 patents by ISO9001")]
['11494', '11', '494', 'patents', 'by', 'iso9001', 'iso', '9001']
>>> stem("innovations"), stem("running")
('innov', 'run')
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.normalize import IGNORED, fold
from search.analysis.scripts import HAN

_LETTER = rf"(?:[^\W_{HAN}]|{IGNORED})"
WORD = rf"""
    (?=[^\W_] | {IGNORED})
    (?: (?: [-'.&] | (?<=\d),(?=\d{{3}}(?!\d)) )?+ {_LETTER}++ )++
    (?: [+\#]{{1,2}} (?!{_LETTER}) )?
    """
"""A printed word in folded text, as a verbose regular expression.

The class of letters takes long to compile: it stands here as seldom as it can.
"""
_PART = re.compile("[^-'.&,+#]+")
_POSSESSIVE = re.compile(rf"'{IGNORED}*s{IGNORED}*$")
_LIGATURES = dict(zip("ﬁﬂﬀﬃﬄßæœ", "fi fl ff ffi ffl ss ae oe".split(), strict=True))
_SPELT_OUT = str.maketrans({**_LIGATURES, IGNORED: ""})
_RUN_TOGETHER = str.maketrans({**_LIGATURES, IGNORED: "", "'": "", "-": "", ",": ""})

STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be because been before being but by can could
    did do does doing for from had has have having he her here hers him his how i if in into is it
    its just me more most my no nor not of on only or other our ours out over own same she should so
    some such than that the their theirs them then there these they this those through to too under
    until up very was we were what when where which while who whom why will with would you your
    yours s t""".split()
)
"""Words that say nothing in a query unless nothing else is left. They are indexed all the same."""

ASKED = {
    "how": frozenset("many much long often far old".split()),
    "what": frozenset("kind kinds type types sort sorts".split()),
    "which": frozenset("kind kinds type types sort sorts".split()),
}
"""Words that say as little where they come after another."""


class Word(NamedTuple):
    """A printed word or a part of one: its exact form and its place in the text."""

    term: str
    start: int
    end: int
    part: bool


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order, each compound followed by its parts."""
    for found in re.finditer(WORD, fold(text), re.VERBOSE):
        for word in compound(text[found.start() : found.end()]):
            yield word._replace(start=word.start + found.start(), end=word.end + found.start())


def compound(printed: str) -> tuple[Word, ...]:
    """The whole of a printed word and, if it has several, its parts; places count from its start.

    >>> [word.term for word in compound("Vehicle-to-X's")]
    ['vehicletox', 'vehicle', 'to', 'x']
    """
    folded = fold(printed)
    if possessive := _POSSESSIVE.search(folded):
        folded = folded[: possessive.start()]
    whole = run_together(folded)
    if not whole:
        return ()
    parts = [
        (a, b)
        for piece in _PART.finditer(folded)
        for a, b in _split(printed, folded, piece.start(), piece.end())
    ]
    found: list[Word] = []
    # 4-1 is a score and 2016-2017 a span of years: as one number they would be another number.
    if len(parts) == 1 or not ("-" in folded and whole.isdigit()):
        found.append(Word(whole, 0, len(folded), False))
    if len(parts) > 1 or whole[-1] in "+#":
        terms = [(folded[a:b].translate(_SPELT_OUT), a, b) for a, b in parts]
        found += [Word(term, a, b, True) for term, a, b in terms if term]
    return tuple(found)


def run_together(folded: str) -> str:
    """A printed word as its exact form is written: without hyphens, apostrophes and commas.

    >>> run_together("vehicle-to-everything"), run_together("u.s."), run_together("11,494")
    ('vehicletoeverything', 'u.s', '11494')
    """
    return folded.translate(_RUN_TOGETHER).strip(".")


def _split(text: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts at the borders of letters and digits, and where camelCase humps."""
    first = start
    for at in range(start + 1, end):
        before, here = folded[at - 1], folded[at]
        if IGNORED in (before, here):
            continue
        humps = text[at].isupper() and (
            text[at - 1].islower()
            or (text[at - 1].isupper() and at + 1 < end and text[at + 1].islower())
        )
        if humps or before.isdigit() != here.isdigit():
            yield first, at
            first = at
    yield first, end


_local = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem by Snowball's English stemmer (porter2, https://snowballstem.org)."""
    try:
        stemmer = _local.stemmer
    except AttributeError:
        import Stemmer

        # PyStemmer's objects must not be shared by threads.
        stemmer = _local.stemmer = Stemmer.Stemmer("english", 0)
    stemmed: str = stemmer.stemWord(word)
    return stemmed
