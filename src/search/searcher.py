"""What is shown of the answer: the page of hits, with marks, reasons, totals and facets."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from search import highlight
from search.analysis import fold
from search.evaluate import Evaluator, Found, meeting
from search.index.keys import NONE, Docs, Keys, Scores
from search.index.reader import Reader
from search.index.schema import ROLE, SIDES, SPEAKER, TRANSCRIPT
from search.matching import Pattern
from search.model import About, Hit, Lang, Mark, Passage, Results
from search.parser import parse
from search.query import Leaf, Wildcard, leaves

_COLUMNS: Final = 8
"""For each hit that is wanted."""


class Searcher:
    """Answers queries from one generation. One a thread; close it when done."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.shelf = reader.shelf

    def close(self) -> None:
        self.reader.close()

    def search(
        self,
        text: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        exact: bool = False,
        transcript: str | None = None,
    ) -> Results:
        """The hits of one page, and the totals and facets of the whole answer.

        With `transcript`, only that one's hits, in order of place.
        """
        began = time.perf_counter()
        query = parse(text, self.shelf.analyzer, exact)
        evaluator = Evaluator(self.shelf)
        found = evaluator.evaluate(query.tree) if query.tree else Found.of(NONE)
        if transcript is not None:
            found = meeting(found, self._documents(transcript))
            order = list(range(len(found.docs)))
        else:
            order = ranked(found, len(found.docs) if limit is None else offset + limit)
        page = order[offset:] if limit is None else order[offset : offset + limit]
        wanted = {leaf: evaluator.patterns(leaf) for leaf in leaves(query.tree)}
        slots = {slot for sought in wanted.values() for p in sought for slot in p.slots}
        rows = [evaluator.keys(slot) for slot in slots] if len(page) else []
        hits = tuple(
            self._hit(int(found.docs[at]), float(found.scores[at]), wanted, rows) for at in page
        )
        facets = self._facets(found.docs)
        manifest = self.reader.generation.manifest
        return Results(
            query=text,
            read_as=query.read_as,
            total=len(found.docs),
            total_all_words=len(found.docs) if found.whole is None else int(found.whole.sum()),
            took_ms=round(1000 * (time.perf_counter() - began), 3),
            index={
                "generation": self.reader.generation.name,
                "built_at": manifest["built_at"],
                "passages": manifest["passages"],
            },
            facets=facets,
            hits=hits,
        )

    def about(self, transcript: str) -> About | None:
        """What is known of a transcript, if there is one of that id."""
        return self.shelf.about.get(transcript)

    def passages(self, transcript: str) -> tuple[Passage, ...]:
        """The passages of a transcript in order."""
        return tuple(self.reader.passage(int(at)) for at in self._documents(transcript))

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
        return {**facets, SIDES: sides}

    def _hit(
        self,
        document: int,
        score: float,
        wanted: Mapping[Leaf, Sequence[Pattern]],
        rows: Sequence[Keys],
    ) -> Hit:
        passage = self.reader.passage(document)
        analyzer = self.shelf.analyzer
        found: dict[Lang, list[Mark]] = {lang: [] for lang in Lang}
        surfaces: dict[Leaf, list[str]] = {leaf: [] for leaf in wanted}
        for side, tokens in self.reader.tokens(document, passage, rows).items():
            lang, text = ((Lang.EN, passage.en), (Lang.ZH, passage.zh))[side]
            assert text is not None
            for leaf, patterns in wanted.items():
                spans = highlight.spans(text, patterns, analyzer, tokens)
                found[lang] += spans
                surfaces[leaf] += [text[mark.start : mark.end] for mark in spans]
        about = self.about(passage.transcript)
        assert about is not None, f"{passage.id} is of no transcript of this generation"
        return Hit(
            passage=passage,
            title=about.title,
            score=score,
            marks={lang: highlight.marks(spans) for lang, spans in found.items()},
            why=tuple(reason for leaf, held in surfaces.items() for reason in _reasons(leaf, held)),
        )


def ranked(found: Found, wanted: int) -> list[int]:
    """Where the best `wanted` documents stand in `found`, best first.

    All words before most words, then by score, then in the order of the archive.
    """
    total = found.scores
    if found.whole is not None:
        total = total + found.whole * (total.max(initial=0.0) + 1.0)
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


def _reasons(leaf: Leaf, surfaces: Sequence[str]) -> Iterator[str]:
    """Why a leaf found what it found, for each way of writing that differs from what was typed."""
    typed = leaf.pattern if isinstance(leaf, Wildcard) else leaf.text
    seen = {typed.lower()}
    for surface in surfaces:
        if surface.lower() in seen:
            continue
        seen.add(surface.lower())
        if isinstance(leaf, Wildcard):
            yield f"{typed} → {surface} (pattern)"
        elif fold(surface) == fold(typed):
            yield f"{typed} = {surface} (same characters, written otherwise)"
        else:
            yield f"{typed} → {surface} ({'similar' if _is_fuzzy(leaf) else 'same word'})"


def _is_fuzzy(leaf: Leaf) -> bool:
    return bool(getattr(leaf, "fuzzy", 0))
