"""Passages with their terms ready: analysed once, then given to one engine after the other."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from search.analysis import FIELDS, Analyzer
from search.index.analysed import second_side
from search.index.schema import facets, stored
from search.model import Passage, Token


@dataclass(frozen=True, slots=True)
class Ready:
    """What an engine is given of a passage."""

    terms: dict[str, list[tuple[str, int]]]
    """By field, the terms with their positions, in order and none twice."""
    facets: list[tuple[str, str]]
    stored: str
    """What is kept of the passage to show it."""


def spool(passages: Iterable[Passage], analyzer: Analyzer, file: Path) -> None:
    """Writes the passages with their terms."""
    with file.open("wb") as out:
        for passage in passages:
            sides = [analyzer.tokens(text) if text else [] for text in (passage.en, passage.zh)]
            pickle.dump(Ready(_terms(*sides), facets(passage), stored(passage)), out)


class Spooled:
    """The passages of a file one by one. `seconds` is how long reading them took so far."""

    def __init__(self, file: Path, count: int) -> None:
        self.file = file
        self.count = count
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Ready]:
        with self.file.open("rb") as lines:
            for _ in range(self.count):
                began = perf_counter()
                ready: Ready = pickle.load(lines)
                self.seconds += perf_counter() - began
                yield ready


def _terms(english: list[Token], chinese: list[Token]) -> dict[str, list[tuple[str, int]]]:
    """The terms of both sides, in the numbering of positions that the product has."""
    begin = second_side(1 + english[-1].position if english else 0)
    terms: dict[str, dict[tuple[str, int], None]] = {field: {} for field in FIELDS}
    for first, tokens in ((0, english), (begin, chinese)):
        for token in tokens:
            terms[token.field][token.term, first + token.position] = None
    return {field: list(held) for field, held in terms.items() if held}
