"""What the templates are given: cards, and the counts beside the hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, NamedTuple

from search.model import About
from search.query import Filter
from search.results import SAME_WORD, WRITTEN, Hit, Reason, Results

from .conversion import Characters
from .sentences import Side, sides

SIDES: Final = {"both": "lang:both", "en": "lang:en -lang:zh", "zh": "lang:zh -lang:en"}
"""How a query asks for the passages that have both sides, or only one."""

FIRST: Final = 6
MOST: Final = 20
"""Values of a facet that are in sight, and on the page: an archive may have hundreds."""


@dataclass(frozen=True, slots=True)
class Card:
    """A hit on the search page. `folded` says that some of it is out of sight at first."""

    hit: Hit
    about: About | None
    sides: tuple[Side, ...]
    why: list[tuple[str, str, list[str]]]
    folded: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, its count, and the query that asks for it, or no longer does."""

    value: str
    count: int
    query: str
    chosen: bool


class Facet(NamedTuple):
    """The commonest values of a facet, those that are folded at first, and how many are left."""

    first: list[Choice]
    rest: list[Choice]
    left: int


def cards(hits: Iterable[Hit], abouts: Mapping[str, About], characters: Characters) -> list[Card]:
    """The hits as they are shown, with what is known of their transcripts."""
    found = []
    for each in hits:
        hit = replace(
            each,
            passage=characters.of_passage(each.passage),
            title=characters.of_name(each.title),
        )
        both = sides(hit.passage, hit.marks, fold=True, zh=characters.tag)
        folded = any(piece.folded for side in both for piece in side.pieces)
        about = abouts.get(hit.passage.transcript)
        found.append(Card(hit, about, both, reasons(hit.why), folded))
    return found


def reasons(why: Iterable[Reason]) -> list[tuple[str, str, list[str]]]:
    """Reasons in few words: what was typed, how it is known, and all that it found in that way.

    That 专利 is found as 專利, and patent as patents, the mark says by itself.

    >>> reasons([Reason("IP", "patents", "archive"), Reason("IP", "patent", "archive")])
    [('IP', 'archive', ['patents', 'patent'])]
    """
    together: dict[tuple[str, str], list[str]] = {}
    for reason in why:
        if reason.how not in (WRITTEN, SAME_WORD):
            together.setdefault((reason.typed, reason.how), []).append(reason.found)
    return [(typed, how, found) for (typed, how), found in together.items()]


def facets(results: Results) -> dict[str, Facet]:
    """The counts of an answer, each with the query that narrows it down; none that says nothing."""

    def speaker(name: str) -> str:
        return str(Filter("speaker", name.replace('"', " ")))

    def choices(facet: str, term: Callable[[str], str]) -> Facet:
        # The query as read has no bracket or quote left open that would take the filter in.
        counts = results.facets[facet]
        found = [
            choice(results.read_as, term(value), value, count)
            for value, count in islice(counts.items(), MOST)
        ]
        return Facet(found[:FIRST], found[FIRST:], len(counts) - len(found))

    found = {
        "sides": choices("sides", SIDES.__getitem__),
        "speaker": choices("speaker", speaker),
        "transcript": choices("transcript", lambda id: f"in:{id}"),
        "year": choices("year", lambda year: f"date:{year}"),
        "role": choices("role", lambda role: f"role:{role}"),
    }
    return {
        facet: shown
        for facet, shown in found.items()
        if any(choice.count or choice.chosen for choice in shown.first)
    }


def choice(query: str, term: str, value: str, count: int) -> Choice:
    """Narrow `query` by `term`, or widen it again where it is narrowed so already.

    >>> choice("patent", "lang:both", "both", 3).query
    'patent lang:both'
    >>> choice("patent lang:both role:answer", "lang:both", "both", 3).query
    'patent role:answer'
    """
    chosen = f" {term} " in f" {query} "
    rest = f" {query} ".replace(f" {term} ", " ").strip()
    return Choice(value, count, rest if chosen else f"{query.strip()} {term}", chosen)
