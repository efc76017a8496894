"""What a search gives: hits with their marks and reasons, totals, and what may be typed next.

All offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from search.model import Bilingual, Lang, Passage

WRITTEN = "same characters, written otherwise"
"""How 专利 meets 專利, in a `Reason`."""

SAME_WORD = "same word"
"""How patent meets patents."""


class MarkKind(StrEnum):
    """Why a stretch of text is marked."""

    MATCH = "match"
    """A word of the query."""
    COUNTERPART = "counterpart"
    """Its translation on the other side."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch `[start, end)` of a side's text to be marked."""

    start: int
    end: int
    kind: MarkKind = MarkKind.MATCH

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "kind": self.kind.value}


class Sort(StrEnum):
    """In which order hits come: those with all the words before those with some, in each."""

    RELEVANCE = "relevance"
    DATE = "date"
    """The newest transcript first; those without a date last."""
    PLACE = "place"
    """As they stand in the archive, transcript after transcript."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit answers a word of the query: what was typed, what stands there, and how they meet.

    `how` is a source of the lexicon or one of the words in `search.marking`.

    >>> str(Reason("专利", "patent", "glossary"))
    '专利 → patent (glossary)'
    """

    typed: str
    found: str
    how: str

    def __str__(self) -> str:
        sign = "=" if self.how == WRITTEN else "→"
        return f"{self.typed} {sign} {self.found} ({self.how})"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query, with its marks and the reasons."""

    passage: Passage
    title: Bilingual
    score: float
    marks: Mapping[Lang, tuple[Mark, ...]]
    why: tuple[Reason, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The hit as in the JSON contract: a side that the source lacks is `None`."""
        passage = self.passage
        hit = passage.to_dict() | {"title": self.title.to_dict(), "score": round(self.score, 4)}
        for lang in Lang:
            text = getattr(passage, lang.value)
            marks = [mark.to_dict() for mark in self.marks.get(lang, ())]
            hit[lang.value] = {"text": text, "marks": marks} if text else None
        return hit | {"why": list(map(str, self.why))}


MOST_COMPLETIONS = 20
"""A list to choose from at a glance is no longer."""


class Kind(StrEnum):
    """What a completion is."""

    WORD = "word"
    SPEAKER = "speaker"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Completion:
    """What somebody may be about to type.

    `text` is as the archive prints it. `query` is all that was typed with it
    in the place of the last words: a speaker or a title as a condition.
    `count` is how many passages the word is found in, the speaker says, or
    the transcript has. `counterpart` is the same in the other language, where
    that is known.
    """

    text: str
    query: str
    count: int
    kind: Kind
    counterpart: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "query": self.query,
            "count": self.count,
            "kind": self.kind.value,
            "counterpart": self.counterpart,
        }


@dataclass(frozen=True, slots=True)
class Results:
    """One page of the answer to a query, with the totals of the whole answer."""

    query: str
    read_as: str
    total: int
    total_all_words: int
    took_ms: float
    index: Mapping[str, Any]
    facets: Mapping[str, Mapping[str, int]]
    hits: tuple[Hit, ...]
    suggestion: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "query": self.query,
            "read_as": self.read_as,
            "total": self.total,
            "total_all_words": self.total_all_words,
            "took_ms": self.took_ms,
            "index": dict(self.index),
            "suggestion": self.suggestion,
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "hits": [hit.to_dict() for hit in self.hits],
        }
