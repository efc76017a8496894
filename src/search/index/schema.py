"""What a passage is to Whoosh: its fields, and the terms in each.

The analysis happens before Whoosh, once; Whoosh is given terms with their
positions. The English side comes first and the Chinese after a gap, so that
no phrase reaches from one into the other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Generator, Iterable
from typing import Any

from whoosh.analysis.tokenizers import IDTokenizer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.formats import Positions

from search.analysis import FIELDS, Analyzer
from search.model import Bilingual, Passage

BETWEEN_SIDES = 1000
"""Positions between the end of the English side and the beginning of the Chinese."""

ROLE, SIDES, SPEAKER, TRANSCRIPT = FACETS = ("role", "sides", "speaker", "transcript")
"""Fields that hold one value a passage, to narrow down by and to count."""


class Terms(TEXT):
    """A field that is given its terms ready, as `(term, position)` pairs in order."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDTokenizer(), phrase=True)

    def index(
        self, value: Iterable[tuple[str, int]], **options: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for term, position in value:
            positions[term].append(position)
        encode = Positions().encode
        for term, found in positions.items():
            yield term.encode(), len(found), float(len(found)), encode(found)


def schema() -> Schema:
    """The schema that every generation is written with."""
    fields = {field: Terms() for field in FIELDS}
    facets = {facet: ID() for facet in FACETS}
    return Schema(id=ID(unique=True), passage=STORED(), **fields, **facets)


def document(passage: Passage, analyzer: Analyzer) -> tuple[dict[str, Any], dict[str, int]]:
    """The passage as keyword arguments of Whoosh's `add_document`, and the length of each field."""
    terms: dict[str, list[tuple[str, int]]] = {field: [] for field in FIELDS}
    begin = 0
    for text in (passage.en, passage.zh):
        tokens = analyzer.tokens(text) if text else []
        for token in tokens:
            terms[token.field].append((token.term, begin + token.position))
        if tokens:
            begin += tokens[-1].position + BETWEEN_SIDES
    facets = {
        ROLE: passage.role.value,
        SIDES: passage.sides,
        SPEAKER: speaker_key(passage.speaker) if passage.speaker else None,
        TRANSCRIPT: passage.transcript,
    }
    stored = json.dumps(passage.to_dict(), ensure_ascii=False)
    held = {field: found for field, found in terms.items() if found}
    lengths = {field: len(found) for field, found in terms.items()}
    return {"id": passage.id, "passage": stored, **held, **facets}, lengths


def speaker_key(name: Bilingual) -> str:
    """One string for a person with a name in each language."""
    return f"{name.en or ''}\x1f{name.zh or ''}"
