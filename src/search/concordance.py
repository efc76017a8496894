"""Where does it stand, and between which words?

A concordance: a line for every place of the passages that answer a query,
with what stands to its left and its right (keyword in context). Lines are in
order of place, or by the words next to it, from the nearest away, so that
what is used alike stands together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from search.analysis import fold
from search.analysis.pinyin import typed
from search.analysis.scripts import HAN, is_han
from search.model import Bilingual, Lang, Passage, Span
from search.results import Hit, MarkKind
from search.searcher import Searcher

MOST: Final = 2_000
"""Passages that are looked at, the best first: half a second of them."""

_CONTEXT: Final = {Lang.EN: 90, Lang.ZH: 45}
"""Code points on each side of a line: more than a screen is wide."""

_COMPARED: Final = 40
"""Code points next to a place by which its line is put in order."""

_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’.-][^\W_{HAN}]+)*")
"""What lines are compared by: a Han character, or a word of others."""


class Order(StrEnum):
    """In which order the lines of a concordance come."""

    POSITION = "position"
    """As they stand in the archive."""
    LEFT = "left"
    """By the word before, then the one before that."""
    RIGHT = "right"
    """By the word after, then the one after that."""


@dataclass(frozen=True, slots=True)
class Line:
    """A place of a passage in its context, all of them slices of one side's text.

    `match` is `[start, end)` of the side, `window` what is shown around it.
    """

    passage: Passage
    title: Bilingual
    lang: Lang
    kind: MarkKind
    start: int
    end: int
    window: Span

    @property
    def text(self) -> str:
        """The whole side that it stands in."""
        return side(self.passage, self.lang) or ""

    @property
    def left(self) -> str:
        return self.text[self.window[0] : self.start]

    @property
    def match(self) -> str:
        return self.text[self.start : self.end]

    @property
    def right(self) -> str:
        return self.text[self.end : self.window[1]]

    @property
    def other(self) -> str | None:
        """What the other side says, if there is one."""
        return side(self.passage, Lang.ZH if self.lang is Lang.EN else Lang.EN)

    def to_dict(self) -> dict[str, Any]:
        return {
            "passage": self.passage.id,
            "title": self.title.to_dict(),
            "kind": self.kind.value,
            "start": self.start,
            "end": self.end,
            "left": self.left,
            "match": self.match,
            "right": self.right,
            "other": self.other,
        }


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of one page, and how many there are in each language.

    `passages` answer the query, `looked_at` of them were gone through.
    """

    query: str
    read_as: str
    lang: Lang
    order: Order
    counts: dict[Lang, int]
    passages: int
    looked_at: int
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """How many lines there are in its language."""
        return self.counts[self.lang]

    def to_dict(self) -> dict[str, Any]:
        return {
            "query": self.query,
            "read_as": self.read_as,
            "lang": self.lang.value,
            "sort": self.order.value,
            "total": self.total,
            "counts": {lang.value: count for lang, count in self.counts.items()},
            "passages": self.passages,
            "looked_at": self.looked_at,
            "lines": [line.to_dict() for line in self.lines],
        }


def concordance(
    searcher: Searcher,
    query: str,
    *,
    lang: Lang | None = None,
    order: Order = Order.POSITION,
    limit: int = 50,
    offset: int = 0,
    **switches: bool,
) -> Concordance:
    """The lines of a query in one language: those of its own words, and of their counterparts.

    Without `lang`, in the language that has more of them. The switches are
    those of a search.
    """
    results = searcher.search(query, limit=MOST, **switches)  # type: ignore[arg-type]
    counts = {each: sum(len(hit.marks.get(each, ())) for hit in results.hits) for each in Lang}
    lang = lang or max(Lang, key=lambda each: counts[each])
    place = {about.id: at for at, about in enumerate(searcher.shelf.abouts)}
    lines = [line for hit in results.hits for line in _lines(hit, lang)]
    lines.sort(key=lambda line: (place[line.passage.transcript], line.passage.position, line.start))
    if order is not Order.POSITION:
        lines.sort(key=_by(order))
    return Concordance(
        query=query,
        read_as=results.read_as,
        lang=lang,
        order=order,
        counts=counts,
        passages=results.total,
        looked_at=len(results.hits),
        lines=tuple(lines[offset : offset + limit]),
    )


def side(passage: Passage, lang: Lang) -> str | None:
    return passage.en if lang is Lang.EN else passage.zh


def _lines(hit: Hit, lang: Lang) -> Iterator[Line]:
    text = side(hit.passage, lang) or ""
    for mark in hit.marks.get(lang, ()):
        span = _window(text, mark.start, mark.end, _CONTEXT[lang])
        yield Line(hit.passage, hit.title, lang, mark.kind, mark.start, mark.end, span)


def _window(text: str, start: int, end: int, most: int) -> Span:
    """What is shown around a place: at most so many code points on each side, no word cut."""
    left, right = max(0, start - most), min(len(text), end + most)
    while left and left < start and _joined(text, left):
        left += 1
    while right < len(text) and right > end and _joined(text, right):
        right -= 1
    return left, right


def _joined(text: str, at: int) -> bool:
    """Whether a word goes over the border before a character."""
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and not (is_han(before) or is_han(after))


Units = tuple[tuple[str, str], ...]


def _by(order: Order) -> Callable[[Line], Units]:
    def key(line: Line) -> Units:
        left, right = line.left[-_COMPARED:], line.right[:_COMPARED]
        context = left if order is Order.LEFT else right
        found = [_sound(unit) for unit in _UNIT.findall(fold(context))]
        return tuple(reversed(found) if order is Order.LEFT else found)

    return key


def _sound(unit: str) -> tuple[str, str]:
    """A word as a dictionary has it in order: a Han character by its commonest reading."""
    readings = typed().get(unit)
    return (readings[0] if readings else unit), unit
