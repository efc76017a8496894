"""Who speaks, and what are the interviews called? Names and titles, to be found as one types them.

In either language, from their beginning, and in pinyin.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from search.analysis import fold
from search.analysis.pinyin import spellings
from search.analysis.scripts import HAN
from search.index.reader import Shelf
from search.index.schema import SPEAKER
from search.parser import condition
from search.results import Kind

_PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name or title as it is printed, the condition that asks for it, and its other language."""

    text: str
    query: str
    count: int
    kind: Kind
    counterpart: str | None


_Keyed = list[tuple[str, Name]]


class Names:
    """The speakers and titles of a generation, read when they are first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def beginning(self, key: str) -> Iterator[tuple[str, Name]]:
        """Names that begin with a key (see `key`), or of which a later word does; each with its
        own."""
        return _beginning(self._written, key)

    def sounding(self, letters: str) -> Iterator[tuple[str, Name]]:
        """Speakers whose name is begun so in pinyin, or run together; each as it is typed."""
        return _beginning(self._spelt, letters)

    def of(self, field: str, value: str) -> list[Name]:
        """What a condition may be about, of which the value is begun, the commonest first."""
        if field == "in":
            return [name for name in self._titles if value in name.query.partition(":")[2]]
        kind = {"speaker": Kind.SPEAKER, "title": Kind.TITLE}.get(field)
        wanted = key(value)
        found = dict.fromkeys(name for _, name in self.beginning(wanted))
        if wanted.isascii():
            found |= dict.fromkeys(name for _, name in self.sounding(wanted.replace(" ", "")))
        return sorted((name for name in found if name.kind is kind), key=lambda name: -name.count)

    @cached_property
    def _titles(self) -> list[Name]:
        """Every title in each language, and how many passages are under it."""
        shelf = self._shelf
        ends = [*shelf.firsts[1:], shelf.count]
        return [
            Name(title, condition("in", about.id), end - first, Kind.TITLE, counterpart)
            for about, first, end in zip(shelf.abouts, shelf.firsts, ends, strict=False)
            for title, counterpart in (
                (about.title.en, about.title.zh),
                (about.title.zh, about.title.en),
            )
            if title and key(title)
        ]

    @cached_property
    def _speakers(self) -> list[Name]:
        """Everybody who speaks, by each name, and how many passages are said under it."""
        values, codes = self._shelf.column(SPEAKER)
        counts = np.bincount(codes + 1, minlength=len(values) + 1)[1:].tolist()
        said: Counter[str] = Counter()
        other: dict[str, str] = {}
        for value, count in zip(values, counts, strict=True):
            en, _, zh = value.partition("\x1f")
            for name, counterpart in ((en, zh), (zh, en)):
                said[name] += count
                other[name] = other.get(name) or counterpart
        return [
            Name(name, condition("speaker", name), count, Kind.SPEAKER, other[name] or None)
            for name, count in said.items()
            if key(name)
        ]

    @cached_property
    def _written(self) -> _Keyed:
        keyed = [(key(name.text), name) for name in (*self._speakers, *self._titles)]
        for speaker in self._speakers:
            words = key(speaker.text).split(" ")
            keyed += ((" ".join(words[at:]), speaker) for at in range(1, len(words)))
        return sorted(keyed, key=_first)

    @cached_property
    def _spelt(self) -> _Keyed:
        return sorted(
            ((letters, name) for name in self._speakers for letters in _letters(name)), key=_first
        )


def key(text: str) -> str:
    """The words of a name, folded, without what stands between them.

    >>> key("《知產人物 IP PEOPLE》"), key("Wang  Xiaogang")
    ('知产人物 ip people', 'wang xiaogang')
    """
    return " ".join(_PIECE.findall(fold(text)))


def _letters(name: Name) -> Iterator[str]:
    """How a name is typed as one word of Latin letters, if it is not written so."""
    letters = key(name.text).replace(" ", "")
    if not letters.isascii():
        yield from spellings(letters)
    elif name.counterpart is None and " " in key(name.text):
        yield letters


def _beginning(keyed: _Keyed, begin: str) -> Iterator[tuple[str, Name]]:
    if not begin.strip():
        return
    for known, name in islice(keyed, bisect_left(keyed, begin, key=_first), None):
        if not known.startswith(begin):
            return
        yield known, name


def _first(entry: tuple[str, Name]) -> str:
    return entry[0]
