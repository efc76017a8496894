"""What is shown of the answer: the page of hits, with marks, reasons, totals and facets."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

import numpy as np

from search import characters, highlight
from search.analysis import fold
from search.evaluate import Evaluator
from search.fitting import Candidate, fitting, likeliest
from search.found import SOME, Found
from search.hints import hinted
from search.index.keys import NONE, Docs, Scores, contains
from search.index.reader import Reader
from search.index.schema import ROLE, SIDES, SPEAKER, TRANSCRIPT
from search.matching import Pattern
from search.model import About, Lang, Passage
from search.parser import parse
from search.query import Leaf, Phrase, Term, Wildcard, leaves
from search.results import SAME_WORD, WRITTEN, Completion, Hit, Mark, Reason, Results, Sort
from search.weights import ROLES
from search.widening import Widened, widened

if TYPE_CHECKING:
    from search.names import Names
    from search.printed import Printed

YEAR: Final = "year"
"""The facet of the transcripts' dates."""

_COLUMNS: Final = 8
"""For each hit that is wanted."""


class Searcher:
    """Answers queries from one generation. One a thread; close it when done."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.shelf = reader.shelf

    def close(self) -> None:
        self.reader.close()

    # Most searches need neither of these, and a search from the command line waits for them.

    @cached_property
    def complete(self) -> Callable[[str, int], tuple[Completion, ...]]:
        """See `search.suggest`."""
        from search.suggest import Suggester

        return Suggester(self.shelf, *self._names).complete

    @cached_property
    def did_you_mean(self) -> Callable[[str], str | None]:
        """See `search.spelling`."""
        from search.spelling import Speller

        return Speller(self.shelf, *self._names).did_you_mean

    @cached_property
    def _names(self) -> tuple[Names, Printed]:
        from search.names import Names
        from search.printed import Printed

        return Names(self.shelf), Printed(self.reader)

    def search(
        self,
        text: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        exact: bool = False,
        exact_characters: bool = False,
        one_language: bool = False,
        transcript: str | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> Results:
        """The hits of one page, and the totals and facets of the whole answer.

        With `transcript`, only that one's hits, in order of place.
        """
        began = time.perf_counter()
        query = parse(text, self.shelf.analyzer, exact, self.shelf.lexicon.cut)
        others = {} if one_language else widened(query.tree, self.shelf.lexicon)
        if exact_characters:
            # What is said otherwise finds nothing then; it is marked all the same.
            finding = {leaf: held for leaf, held in others.items() if not characters.typed(leaf)}
            standing = partial(characters.standing, self.reader)
            evaluator = Evaluator(self.shelf, finding, standing)
        else:
            evaluator = Evaluator(self.shelf, others)
        found = Found.of(NONE)
        if query.tree:
            found = hinted(evaluator.evaluate(query.tree), query, evaluator)
        if transcript is not None:
            found = found.among(self._documents(transcript))
            order = list(range(len(found.docs)))
        else:
            if any(leaves(query.tree)):
                found = self._by_role(self._once(found))
            wanted_hits = len(found.docs) if limit is None else offset + limit
            order = self._order(found, sort, wanted_hits)
        page = order[offset:] if limit is None else order[offset : offset + limit]
        wanted = {
            leaf: Wanted(
                evaluator.occurrences.patterns(leaf),
                others.get(leaf, ()),
                leaf if exact_characters else None,
            )
            for leaf in leaves(query.tree)
        }
        slots = {slot for sought in wanted.values() for p in sought.patterns for slot in p.slots}
        rows = [evaluator.occurrences.keys(slot) for slot in slots] if len(page) else []
        shown = found.docs[page]
        positions = self.shelf.arrays.positions(rows, shown)
        hits = tuple(
            self._hit(document, score, wanted, standing)
            for document, score, standing in zip(
                shown.tolist(), found.scores[page].tolist(), positions, strict=True
            )
        )
        facets = self._facets(found.docs)
        manifest = self.reader.generation.manifest
        # Within one transcript a word may well be missing.
        suggestion = None if found.whole or transcript else self.did_you_mean(text)
        return Results(
            query=text,
            read_as=query.read_as,
            total=len(found.docs),
            total_all_words=found.whole,
            took_ms=round(1000 * (time.perf_counter() - began), 3),
            index={
                "generation": self.reader.generation.name,
                "built_at": manifest["built_at"],
                "passages": manifest["passages"],
            },
            facets=facets,
            hits=hits,
            suggestion=suggestion,
        )

    def translated(self, text: str, most: int) -> Translated:
        """The first `most` passages with a word or phrase, and its counterparts in each."""
        parsed = parse(text, self.shelf.analyzer, cut=self.shelf.lexicon.cut).tree
        leaf = parsed if isinstance(parsed, Term) else Phrase(text)
        evaluator = Evaluator(self.shelf, widened(leaf, self.shelf.lexicon))
        sought = Wanted(evaluator.occurrences.patterns(leaf), evaluator.widened.get(leaf, ()))
        if not any(pattern.slots for pattern in sought.direct):
            return Translated(0, ())
        docs = evaluator.direct(leaf).docs
        rows = [
            evaluator.occurrences.keys(slot)
            for pattern in sought.patterns
            for slot in pattern.slots
        ]
        found = []
        positions = self.shelf.arrays.positions(rows, docs[:most])
        for document, standing in zip(docs[:most].tolist(), positions, strict=True):
            passage = self.reader.passage(document)
            tokens = self._tokens(document, passage, standing)
            found.append((passage, _chosen(passage, *self._places(passage, tokens, sought))))
        return Translated(len(docs), tuple(found))

    def about(self, transcript: str) -> About | None:
        """What is known of a transcript, if there is one of that id."""
        return self.shelf.about.get(transcript)

    def passages(self, transcript: str) -> tuple[Passage, ...]:
        """The passages of a transcript in order."""
        return tuple(self.reader.passage(int(at)) for at in self._documents(transcript))

    def _once(self, found: Found) -> Found:
        """Without the passages whose text stands in an earlier one that is found too."""
        originals = self.shelf.originals().take(found.docs)
        copies = originals != found.docs
        if not copies.any():
            return found
        copies[copies] = contains(found.docs, originals[copies])
        return found.kept(~copies)

    def _by_role(self, found: Found) -> Found:
        """With what each score weighs by what the passage is in its interview."""
        names, codes = self.shelf.column(ROLE)
        weights = np.array([ROLES.get(name, 1.0) for name in names])
        return found._replace(scores=found.scores * weights.take(codes.take(found.docs)))

    def _order(self, found: Found, sort: Sort, wanted: int) -> list[int]:
        """Where the first `wanted` documents stand in `found`."""
        if sort is Sort.RELEVANCE:
            return ranked(found, wanted)
        keys = [found.docs]
        if sort is Sort.DATE:
            keys.append(self._ages().take(found.docs))
        if found.levels is not None:
            keys.append(found.levels == SOME)
        order: list[int] = np.lexsort(keys)[:wanted].tolist()
        return order

    def _ages(self) -> Docs:
        """For each document how many dates are newer than its transcript's."""
        dates = [about.date or "" for about in self.shelf.abouts]
        age = {date: at for at, date in enumerate(sorted(set(dates), reverse=True))}
        lengths = np.diff([*self.shelf.firsts, self.shelf.count])
        return np.repeat(np.array([age[date] for date in dates], np.intp), lengths)

    def _documents(self, transcript: str) -> Docs:
        return Evaluator(self.shelf).of_transcripts(lambda about: about.id == transcript)

    def _facets(self, docs: Docs) -> Mapping[str, Mapping[str, int]]:
        """For each facet, how many of the documents have each value; the commonest first."""
        facets: dict[str, dict[str, int]] = {}
        for facet in (SIDES, SPEAKER, TRANSCRIPT, ROLE):
            names, codes = self.shelf.shown(facet)
            counts = np.bincount(codes[docs] + 1, minlength=len(names) + 1)[1:]
            met = np.flatnonzero(counts)
            # The names are in order: those with one count stay so.
            order = met[np.argsort(-counts[met], kind="stable")].tolist()
            facets[facet] = {names[at]: int(counts[at]) for at in order}
        sides = {side: facets[SIDES].get(side, 0) for side in ("both", "en", "zh")}
        return {**facets, SIDES: sides, YEAR: self._years(facets[TRANSCRIPT])}

    def _years(self, transcripts: Mapping[str, int]) -> dict[str, int]:
        """How many of the documents are of each year, the newest first."""
        years: Counter[str] = Counter()
        for id, count in transcripts.items():
            if year := re.match(r"\d{4}", self.shelf.about[id].date or ""):
                years[year[0]] += count
        return dict(sorted(years.items(), reverse=True))

    def _hit(
        self,
        document: int,
        score: float,
        wanted: Mapping[Leaf, Wanted],
        positions: Sequence[int],
    ) -> Hit:
        passage = self.reader.passage(document)
        tokens = self._tokens(document, passage, positions)
        marks: dict[Lang, list[Mark]] = {lang: [] for lang in Lang}
        why: list[Reason] = []
        for leaf, sought in wanted.items():
            direct, others = self._places(passage, tokens, sought)
            chosen = _chosen(passage, direct, others)
            surfaces = []
            for lang in Lang:
                text = _side(passage, lang)
                marks[lang] += [*direct[lang], *(mark for mark, _ in chosen[lang])]
                surfaces += [text[mark.start : mark.end] for mark in direct[lang]]
            why += _reasons(leaf, surfaces)
            why += _translations(leaf, passage, chosen)
        about = self.about(passage.transcript)
        assert about is not None, f"{passage.id} is of no transcript of this generation"
        return Hit(
            passage=passage,
            title=about.title,
            score=score,
            marks={lang: highlight.marks(spans) for lang, spans in marks.items()},
            why=tuple(dict.fromkeys(why)),
        )

    def _tokens(
        self, document: int, passage: Passage, positions: Sequence[int]
    ) -> Mapping[int, highlight.ByTerm]:
        """The tokens at some positions of a passage by their terms, of each side."""
        tokens = self.reader.tokens(document, passage, positions)
        return {side: highlight.by_term(held) for side, held in tokens.items()}

    def _places(
        self, passage: Passage, tokens: Mapping[int, highlight.ByTerm], sought: Wanted
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


@dataclass(frozen=True, slots=True)
class Translated:
    """Passages with a term, each with the counterparts of it that were chosen, by language.

    `total` is how many passages have the term.
    """

    total: int
    passages: tuple[tuple[Passage, Mapping[Lang, Sequence[Candidate]]], ...]


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


def ranked(found: Found, wanted: int) -> list[int]:
    """Where the best `wanted` documents stand in `found`, best first.

    All words as typed before all words in either language, these before most words; then by
    score, then in the order of the archive.
    """
    total = found.scores
    if found.levels is not None:
        total = total + found.levels * (total.max(initial=0.0) + 1.0)
    if not wanted or len(total) <= _COLUMNS * wanted:
        return _sorted(total, wanted)
    # Sorting all of a large answer to show ten of it would cost more than finding it.
    (best,) = (total >= _reached_by(total, wanted)).nonzero()
    known: list[int] = best.take(_sorted(total.take(best), wanted)).tolist()
    return known


def _sorted(scores: Scores, wanted: int) -> list[int]:
    best: list[int] = (-scores).argsort(kind="stable")[:wanted].tolist()
    return best


def _reached_by(scores: Scores, wanted: int) -> float:
    """A score that `wanted` and not many more reach.

    Those of a large answer stand in some columns, of which each has a highest:
    the best `wanted` of these are a lower bound, for a tenth of the work.
    """
    deep = len(scores) // (_COLUMNS * wanted)
    highest = scores[: len(scores) // deep * deep].reshape(deep, -1).max(axis=0)
    return float(np.partition(highest, len(highest) - wanted)[len(highest) - wanted])


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
