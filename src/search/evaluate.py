"""What answers the query? A node of the tree gives documents, each with a score.

Each leaf counts as one term of BM25.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from search import highlight
from search.analysis import CHAR, STEM, fold
from search.found import ALL, AS_TYPED, SOME, Found, Levels, added_up, any_of, both, met
from search.index import bm25
from search.index.keys import NONE, Docs, Scores, union
from search.index.reader import Shelf
from search.index.schema import ROLE, SIDES, SPEAKER
from search.matching import Pattern, is_han
from search.model import About
from search.occurrences import Occurrences
from search.patience import go_on
from search.query import (
    And,
    Everything,
    Filter,
    Leaf,
    Most,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Wildcard,
    date_range,
    is_within,
)
from search.weights import (
    ADJACENT,
    COORDINATION,
    COUNTERPART,
    COUNTERPART_AMONG,
    COUNTERPART_K1,
    LIKELY,
    NEAR,
    WITHIN,
)
from search.widening import Widened


class Weighing(NamedTuple):
    """How a word counts: by how many of all documents have it, and what a counterpart does."""

    idf: Callable[[float, int], float]
    counterpart: float


ALONE = Weighing(bm25.idf, COUNTERPART)
AMONG = Weighing(bm25.rarity, COUNTERPART_AMONG)
"""As one of several words that are juxtaposed."""


class Evaluator:
    """Evaluates one query over one generation.

    `widened` has what says the same as a leaf in the other language, `having`
    how many documents each evaluated leaf counts as standing in;
    `standing` keeps those of a leaf's documents that have it as it was typed.
    """

    def __init__(
        self,
        shelf: Shelf,
        widened: Mapping[Leaf, Sequence[Widened]] | None = None,
        standing: Callable[[Leaf, Docs], Docs] | None = None,
    ) -> None:
        self.shelf = shelf
        self.widened = widened or {}
        self.occurrences = Occurrences(shelf)
        self.having: dict[Node, float] = {}
        self._standing = standing

    def evaluate(self, node: Node) -> Found:
        """The documents that meet a node of the tree."""
        go_on()
        match node:
            case Term() | Phrase() | Wildcard():
                return self._leaf(node)
            case And(nodes):
                # The rarest first: all after it is looked up for few.
                return reduce(both, sorted(map(self.evaluate, nodes), key=_size))
            case Or(nodes):
                return any_of(map(self.evaluate, nodes), self.shelf.count)
            case Most(words, required):
                return self._most(words, required)
            case Not(inner):
                return Found.of(self._all_but(self.evaluate(inner).docs))
            case Filter(field, value):
                return Found.of(self._filter(field, value))
            case Everything():
                return Found.of(self._all_but(NONE))

    def _most(self, words: Sequence[Node], required: Sequence[Node]) -> Found:
        conditions = [self.evaluate(node).docs for node in required]
        if not words:
            first, *others = conditions
            return reduce(Found.among, others, Found.of(first))
        held = [self._word(word) for word in words]
        sizes = [len(found.docs) for found in held]
        weights = [
            bm25.rarity(self.having.get(word, size), self.shelf.count)
            for word, size in zip(words, sizes, strict=True)
        ]
        each = np.concatenate([found.docs for found in held])
        docs = met(np.bincount(each))
        scores = added_up(each, np.concatenate([found.scores for found in held])).take(docs)
        # "Most of the words" is weighed: a passage with the rare words has more of the query
        # than one with as many common ones.
        share = added_up(each, np.repeat(weights, sizes)).take(docs) / sum(weights)
        scores *= share**COORDINATION
        for weight, together in self._together(words):
            scores[docs.searchsorted(together.docs)] += weight * together.scores
        found = Found(docs, scores, _levels(docs, held))
        return reduce(Found.among, conditions, found)

    def _together(self, words: Sequence[Node]) -> Iterator[tuple[float, Found]]:
        """The query's own words as one phrase, and near each other, where it has words only."""
        terms = [word for word in words if isinstance(word, Term) and not word.fuzzy]
        if len(terms) < len(words) or len(words) < 2:
            return
        text, exact = " ".join(term.text for term in terms), terms[0].exact
        yield ADJACENT, self.direct(Phrase(text, exact), AMONG)
        yield NEAR, self.direct(Phrase(text, exact, WITHIN), AMONG)

    # Leaves.

    def _word(self, node: Node) -> Found:
        """A word among several."""
        return self._leaf(node, AMONG) if isinstance(node, Leaf) else self.evaluate(node)

    def _leaf(self, leaf: Leaf, weighing: Weighing = ALONE) -> Found:
        """A word or phrase, and what says the same, as one term."""
        found = self.direct(leaf, weighing)
        self.having[leaf] = len(found.docs)
        if leaf not in self.widened:
            return found
        said = [other.pattern for other in self.widened[leaf]]
        others, self.having[leaf] = self.counterparts(said, len(found.docs), weighing)
        return any_of((found, others), self.shelf.count)

    def counterparts(
        self, said: Sequence[Pattern], known: int, weighing: Weighing = ALONE
    ) -> tuple[Found, float]:
        """What is said in other words, all of it as one term.

        Probabilistic structured queries (Darwish and Oard, 2003): it stands in
        a document as often as its counterparts do, each by its share, and in
        as many documents, with those that have the leaf itself: `known`.
        """
        held = [self.occurrences.count(pattern) for pattern in said]
        each = np.concatenate([docs for docs, _ in held])
        if not len(each):
            return Found.of(NONE), known
        together = added_up(each, np.concatenate([counts for _, counts in held]))
        docs = met(together)
        having = known + sum(
            pattern.weight * len(docs) for pattern, (docs, _) in zip(said, held, strict=True)
        )
        field = CHAR if any(map(is_han, said)) else STEM
        having = min(having, self.shelf.count)
        weight = weighing.counterpart * weighing.idf(having, self.shelf.count)
        scores = self.shelf.bm25(docs, together.take(docs), field, weight, COUNTERPART_K1)
        least = LIKELY * max(pattern.weight for pattern in said) if weighing is AMONG else 0.0
        levels = np.where(_greatest(held, self.shelf.count).take(docs) >= least, ALL, SOME)
        return Found(docs, scores, levels.astype(np.int8)), having

    def direct(self, leaf: Leaf, weighing: Weighing = ALONE) -> Found:
        """A word or phrase itself: how often it stands in each document, weighed by BM25."""
        found = self._scored(leaf, weighing)
        return found.among(self._standing(leaf, found.docs)) if self._standing else found

    def _scored(self, leaf: Leaf, weighing: Weighing) -> Found:
        wanted = self.occurrences.patterns(leaf)
        if len(wanted) == 1 and (term := wanted[0].term):
            docs, scores = self.shelf.scored(*term)
            return Found(docs, scores * weighing.idf(len(docs), self.shelf.count))
        docs, counts = self.occurrences.of(wanted)
        # Han characters have no parts: one way to read the leaf is as good as another.
        field = CHAR if is_han(wanted[0]) else STEM
        weight = weighing.idf(len(docs), self.shelf.count)
        return Found(docs, self.shelf.bm25(docs, counts, field, weight))

    # Conditions.

    def _all_but(self, docs: Docs) -> Docs:
        left = np.ones(self.shelf.count, np.bool_)
        left[docs] = False
        return met(left)

    def _filter(self, field: str, value: str) -> Docs:
        match field:
            case "role":
                return self.shelf.counted(ROLE, value.lower())[0]
            case "lang":
                sides = {"both"} | ({value.lower()} if value.lower() != "both" else set())
                return union(self.shelf.counted(SIDES, side)[0] for side in sides)
            case "speaker":
                values, codes = self.shelf.column(SPEAKER)
                named = [code for code, name in enumerate(values) if self._names(name, value)]
                return np.flatnonzero(np.isin(codes, named))
            case "in":
                wanted = fold(value)
                ids = {about.id for about in self.shelf.abouts}
                return self.of_transcripts(
                    lambda about: about.id == wanted if wanted in ids else wanted in about.id
                )
            case "title":
                return self.of_transcripts(
                    lambda about: self._names(f"{about.title.en}\x1f{about.title.zh}", value)
                )
            case _:
                days = date_range(value) or ("", "")
                return self.of_transcripts(
                    lambda about: about.date is not None and is_within(about.date, days)
                )

    def of_transcripts(self, wanted: Callable[[About], bool]) -> Docs:
        firsts = [*self.shelf.firsts, self.shelf.count]
        return union(
            np.arange(firsts[at], firsts[at + 1], dtype=np.int64)
            for at, about in enumerate(self.shelf.abouts)
            if wanted(about)
        )

    def _names(self, name: str, value: str) -> bool:
        """Whether a name or title, in either language, has the value in it."""
        go_on()
        wanted = self.occurrences.patterns(Phrase(value))
        if any(highlight.spans(side, wanted, self.shelf.analyzer) for side in name.split("\x1f")):
            return True
        # wangxiaogang, WangXiaogang: as one word.
        return _letters(value) in {_letters(side) for side in name.split("\x1f")}


def _levels(docs: Docs, words: Sequence[Found]) -> Levels:
    """How much of the query each of the documents has that some of its words are in."""
    levels = np.zeros(len(docs), np.int8)
    for level in (ALL, AS_TYPED):
        counts = np.bincount(np.concatenate([found.at_least(level) for found in words]))
        full = met(counts == len(words))
        levels[docs.searchsorted(full)] = level
    return levels


def _greatest(held: Sequence[tuple[Docs, Scores]], count: int) -> Scores:
    """For each of `count` documents its largest value."""
    greatest = np.zeros(count)
    for docs, values in held:
        greatest[docs] = np.maximum(greatest[docs], values)
    return greatest


def _size(found: Found) -> int:
    return len(found.docs)


def _letters(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())
