"""How is a term rendered in the other language, across the archive?

What stands on the other side of each passage that has the term, found as the
counterpart is that is marked there. So a style desk sees one term in three
translations, and the passages in which it has none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from search.lexicon.terms import Key, key
from search.model import Lang
from search.searcher import Searcher

MOST: Final = 2_000
"""Passages that are looked at, in the order of the archive: half a second of them."""

EXAMPLES: Final = 20
"""Passages that are named for each rendering."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way to say a term: how it is printed, how often, and where."""

    forms: Mapping[str, int]
    """Each printed form and how often it stands, the commonest first."""
    passages: tuple[str, ...]
    transcripts: Mapping[str, int]
    """How often it stands in each."""

    @property
    def text(self) -> str:
        """The commonest form."""
        return next(iter(self.forms))

    @property
    def count(self) -> int:
        return sum(self.forms.values())

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "count": self.count,
            "forms": dict(self.forms),
            "passages": len(self.passages),
            "transcripts": dict(self.transcripts),
            "examples": list(self.passages[:EXAMPLES]),
        }


@dataclass(frozen=True, slots=True)
class Renderings:
    """A term in the other language: `renderings` by how often they stand, the commonest first.

    `without` are the passages with both sides in which none was recognised,
    `one_sided` is how many have the term and no other side. `looked_at` of
    `total` passages were gone through.
    """

    term: str
    renderings: tuple[Rendering, ...]
    without: tuple[str, ...]
    one_sided: int
    looked_at: int
    total: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "term": self.term,
            "renderings": [rendering.to_dict() for rendering in self.renderings],
            "without": {"passages": len(self.without), "examples": list(self.without[:EXAMPLES])},
            "one_sided": self.one_sided,
            "looked_at": self.looked_at,
            "total": self.total,
        }


def renderings(searcher: Searcher, term: str) -> Renderings:
    """How a word or phrase is rendered; any text is one."""
    forms: dict[Key, Counter[str]] = defaultdict(Counter)
    passages: dict[Key, dict[str, None]] = defaultdict(dict)
    transcripts: dict[Key, Counter[str]] = defaultdict(Counter)
    without: list[str] = []
    one_sided = looked_at = 0
    found = searcher.translated(term, MOST)
    for passage, chosen in found.passages:
        looked_at += 1
        if passage.sides != "both":
            one_sided += 1
            continue
        surfaces = [
            ((passage.en if lang is Lang.EN else passage.zh) or "")[mark.start : mark.end]
            for lang in Lang
            for mark, _ in chosen[lang]
        ]
        if not surfaces:
            without.append(passage.id)
        for surface in surfaces:
            name = key(surface)
            forms[name][surface] += 1
            passages[name][passage.id] = None
            transcripts[name][passage.transcript] += 1
    held = (
        Rendering(
            dict(forms[name].most_common()),
            tuple(passages[name]),
            dict(transcripts[name].most_common()),
        )
        for name in forms
    )
    ordered = sorted(held, key=lambda rendering: (-rendering.count, rendering.text))
    return Renderings(term, tuple(ordered), tuple(without), one_sided, looked_at, found.total)
