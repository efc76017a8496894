"""Where does a passage answer a query, and why?

The words of the query are marked where they stand, and on the other side what
says the same: of all counterparts those that fit the passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import characters, highlight
from search.analysis import fold
from search.fitting import Candidate, fitting, likeliest
from search.index.keys import Docs
from search.index.reader import Reader
from search.matching import Pattern
from search.model import Lang, Passage
from search.occurrences import Occurrences
from search.query import Leaf, Wildcard
from search.results import SAME_WORD, WRITTEN, Hit, Mark, Reason
from search.widening import Widened


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is marked for a leaf: its own patterns, and those of its counterparts.

    With `leaf`, its own only where the characters are those that were typed.
    """

    direct: Sequence[Pattern]
    widened: Sequence[Widened]
    leaf: Leaf | None = None

    @property
    def patterns(self) -> Iterator[Pattern]:
        yield from self.direct
        yield from (other.pattern for other in self.widened)


def positions(occurrences: Occurrences, docs: Docs, wanted: Iterable[Wanted]) -> list[list[int]]:
    """For each document where the words stand in it that are marked, ascending."""
    slots = {slot for sought in wanted for p in sought.patterns for slot in p.slots}
    rows = [occurrences.keys(slot) for slot in slots] if len(docs) else []
    return occurrences.shelf.arrays.positions(rows, docs)


def hit(
    reader: Reader,
    document: int,
    score: float,
    wanted: Mapping[Leaf, Wanted],
    standing: Sequence[int],
) -> Hit:
    """A passage as it is shown; `standing` are the positions of its words that are marked."""
    passage = reader.passage(document)
    tokens = _tokens(reader, document, passage, standing)
    marks: dict[Lang, list[Mark]] = {lang: [] for lang in Lang}
    why: list[Reason] = []
    for leaf, sought in wanted.items():
        direct, others = _places(passage, tokens, sought)
        chosen = _chosen(passage, direct, others)
        surfaces = []
        for lang in Lang:
            text = _side(passage, lang)
            marks[lang] += [*direct[lang], *(mark for mark, _ in chosen[lang])]
            surfaces += [text[mark.start : mark.end] for mark in direct[lang]]
        why += _reasons(leaf, surfaces)
        why += _translations(leaf, passage, chosen)
    return Hit(
        passage=passage,
        title=reader.shelf.about[passage.transcript].title,
        score=score,
        marks={lang: highlight.marks(spans) for lang, spans in marks.items()},
        why=tuple(dict.fromkeys(why)),
    )


def renderings(
    reader: Reader, document: int, sought: Wanted, standing: Sequence[int]
) -> tuple[Passage, Mapping[Lang, Sequence[Candidate]]]:
    """A passage, and the counterparts in it that were chosen, by language."""
    passage = reader.passage(document)
    tokens = _tokens(reader, document, passage, standing)
    return passage, _chosen(passage, *_places(passage, tokens, sought))


def _tokens(
    reader: Reader, document: int, passage: Passage, positions: Sequence[int]
) -> Mapping[int, highlight.ByTerm]:
    """The tokens at some positions of a passage by their terms, of each side."""
    tokens = reader.tokens(document, passage, positions)
    return {side: highlight.by_term(held) for side, held in tokens.items()}


def _places(
    passage: Passage, tokens: Mapping[int, highlight.ByTerm], sought: Wanted
) -> tuple[dict[Lang, list[Mark]], dict[Lang, list[Candidate]]]:
    """Where a leaf stands on each side, and where its counterparts do."""
    direct: dict[Lang, list[Mark]] = {}
    others: dict[Lang, list[Candidate]] = {}
    for side, lang in enumerate(Lang):
        standing = tokens.get(side, {})
        direct[lang] = highlight.places(standing, sought.direct)
        if sought.leaf:
            direct[lang] = characters.as_typed(sought.leaf, _side(passage, lang), direct[lang])
        others[lang] = [
            (mark, other)
            for other in sought.widened
            for mark in highlight.places(standing, [other.pattern])
        ]
    return direct, others


def _side(passage: Passage, lang: Lang) -> str:
    return (passage.en if lang is Lang.EN else passage.zh) or ""


def _chosen(
    passage: Passage,
    direct: Mapping[Lang, Sequence[Mark]],
    others: Mapping[Lang, Sequence[Candidate]],
) -> dict[Lang, list[Candidate]]:
    """The counterparts of each side that fit the passage."""
    if not any(direct.values()):
        return {lang: likeliest(held) for lang, held in others.items()}
    chosen: dict[Lang, list[Candidate]] = {}
    for lang, opposite in ((Lang.EN, Lang.ZH), (Lang.ZH, Lang.EN)):
        texts = _side(passage, opposite), _side(passage, lang)
        lengths = len(texts[0]), len(texts[1])
        chosen[lang] = fitting(direct[opposite], lengths[0], others[lang], lengths[1])
    return chosen


def _translations(
    leaf: Leaf, passage: Passage, chosen: Mapping[Lang, Sequence[Candidate]]
) -> Iterator[Reason]:
    """How the counterparts are known."""
    for lang, held in chosen.items():
        for mark, other in held:
            surface = _side(passage, lang)[mark.start : mark.end]
            yield Reason(_typed(leaf), surface, other.counterpart.source)


def _reasons(leaf: Leaf, surfaces: Sequence[str]) -> Iterator[Reason]:
    """Why a leaf found what it found, for each way of writing that differs from what was typed."""
    typed = _typed(leaf)
    seen = {typed.lower()}
    for surface in surfaces:
        if surface.lower() in seen:
            continue
        seen.add(surface.lower())
        if isinstance(leaf, Wildcard):
            yield Reason(typed, surface, "pattern")
        elif fold(surface) == fold(typed):
            yield Reason(typed, surface, WRITTEN)
        else:
            yield Reason(typed, surface, "similar" if _is_fuzzy(leaf) else SAME_WORD)


def _typed(leaf: Leaf) -> str:
    return leaf.pattern if isinstance(leaf, Wildcard) else leaf.text


def _is_fuzzy(leaf: Leaf) -> bool:
    return bool(getattr(leaf, "fuzzy", 0))
