"""What the templates are given: texts cut at their marks, rows, and the counts beside the hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.model import Bilingual, Hit, Lang, Mark, MarkKind, Passage, Results, Transcript
from search.query import Filter

SIDES = {"both": "lang:both", "en": "lang:en -lang:zh", "zh": "lang:zh -lang:en"}
"""How a query asks for the passages that have both sides, or only one."""


class Segment(NamedTuple):
    """A stretch of text that is marked in one way, or not at all."""

    text: str
    kind: MarkKind | None


class Side(NamedTuple):
    """A passage in one language; no segments, if the source does not have it."""

    lang: Lang
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A hit on the search page."""

    hit: Hit
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage on the reading page: `number` counts the hits, where it is one."""

    passage: Passage
    sides: tuple[Side, ...]
    turn: bool
    number: int | None
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, its count, and the query that asks for it, or no longer does."""

    label: str
    count: int
    query: str
    chosen: bool


def segments(text: str, marks: Iterable[Mark]) -> Iterator[Segment]:
    """The whole text, cut at the marks.

    >>> [s.text for s in segments("all patents", [Mark(4, 10)])]
    ['all ', 'patent', 's']
    """
    end = 0
    for mark in marks:
        if mark.start > end:
            yield Segment(text[end : mark.start], None)
        yield Segment(text[mark.start : mark.end], mark.kind)
        end = mark.end
    if end < len(text):
        yield Segment(text[end:], None)


def sides(passage: Passage, marks: Mapping[Lang, tuple[Mark, ...]]) -> tuple[Side, ...]:
    texts = {Lang.EN: passage.en, Lang.ZH: passage.zh}
    return tuple(
        Side(lang, tuple(segments(text or "", marks.get(lang, ())))) for lang, text in texts.items()
    )


def cards(hits: Iterable[Hit]) -> list[Card]:
    return [Card(hit, sides(hit.passage, hit.marks)) for hit in hits]


def rows(transcript: Transcript, hits: Iterable[Hit]) -> dict[str, Any]:
    """The passages in order, each with its neighbours among the hits, and the keys of the hits."""
    marks = {hit.passage.id: hit.marks for hit in hits}
    # A rebuild may come between the transcript and the hits: what is on the page counts.
    keys = [passage.key for passage in transcript.passages if passage.id in marks]
    number = {key: n for n, key in enumerate(keys)}
    shown = []
    before = None
    for passage in transcript.passages:
        n = number.get(passage.key)
        shown.append(
            Row(
                passage,
                sides(passage, marks.get(passage.id, {})),
                turn=(passage.speaker, passage.role) != before,
                number=None if n is None else n + 1,
                previous=keys[n - 1] if n else None,
                next=keys[n + 1] if n is not None and n + 1 < len(keys) else None,
            )
        )
        before = (passage.speaker, passage.role)
    return {"rows": shown, "keys": keys}


def facets(results: Results, titles: Mapping[str, Bilingual]) -> dict[str, list[Choice]]:
    """The counts of an answer, by heading, each with the query that narrows it down."""

    def title(id: str) -> str:
        known = titles.get(id, Bilingual())
        return known.en or known.zh or id

    def speaker(name: str) -> str:
        return str(Filter("speaker", name.replace('"', " ")))

    def choices(
        facet: str, term: Callable[[str], str], label: Callable[[str], str] = str
    ) -> list[Choice]:
        counts = results.facets[facet].items()
        # The query as read has no bracket or quote left open that would take the filter in.
        return [
            choice(results.read_as, term(value), label(value), count) for value, count in counts
        ]

    found = {
        "sides": choices("sides", SIDES.__getitem__),
        "speaker": choices("speaker", speaker),
        "role": choices("role", lambda role: f"role:{role}"),
        "transcript": choices("transcript", lambda id: f"in:{id}", title),
    }
    return {
        heading: shown
        for heading, shown in found.items()
        if any(choice.count or choice.chosen for choice in shown)
    }


def choice(query: str, term: str, label: str, count: int) -> Choice:
    """Narrow `query` by `term`, or widen it again where it is narrowed so already.

    >>> choice("patent", "lang:both", "Both languages", 3).query
    'patent lang:both'
    >>> choice("patent lang:both role:answer", "lang:both", "Both languages", 3).query
    'patent role:answer'
    """
    chosen = f" {term} " in f" {query} "
    rest = f" {query} ".replace(f" {term} ", " ").strip()
    return Choice(label, count, rest if chosen else f"{query.strip()} {term}", chosen)
