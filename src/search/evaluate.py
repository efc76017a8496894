"""What answers the query? A node of the tree gives documents, each with a score.

Each leaf counts as one term of BM25 (Robertson and Zaragoza, The
Probabilistic Relevance Framework, 2009), in the form that Whoosh gives it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from search import highlight
from search.analysis import CHAR, STEM, fold
from search.analysis.english import run_together
from search.index.keys import (
    NONE,
    Docs,
    Flags,
    Keys,
    Scores,
    contains,
    follow,
    near,
    per_document,
    union,
)
from search.index.reader import Shelf
from search.index.schema import ROLE, SIDES, SPEAKER
from search.matching import Beginning, Pattern, Slot, is_han, normal_pattern, patterns
from search.model import About
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
)

K1: Final = 1.2
B: Final = 0.75
"""Whoosh's own constants: how soon a repeated word counts no more, how much length counts."""

SUBSTRING: Final = 0.5
"""What a run of characters counts that is no word as jieba cuts the text: 觉领 in 视觉领域."""

ADJACENT: Final = 1.0
"""What the whole query as one phrase adds, as a share of what a term with its count would score."""


@dataclass(frozen=True, slots=True)
class Found:
    """Documents in ascending order, the score of each, and whether it has all the words."""

    docs: Docs
    scores: Scores
    whole: Flags

    @classmethod
    def of(cls, docs: Docs, scores: Scores | None = None) -> Found:
        return cls(
            docs,
            np.zeros(len(docs)) if scores is None else scores,
            np.ones(len(docs), np.bool_),
        )


class Evaluator:
    """Evaluates one query over one generation."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._keys: dict[Slot, Keys] = {}
        self._patterns: dict[Leaf, tuple[Pattern, ...]] = {}

    def evaluate(self, node: Node) -> Found:
        """The documents that meet a node of the tree."""
        match node:
            case Term() | Phrase() | Wildcard():
                return self._leaf(node)
            case Filter(field, value):
                return Found.of(self._filter(field, value))
            case Everything():
                return Found.of(self._all())
            case Not(inner):
                without = self.evaluate(inner).docs
                return Found.of(np.setdiff1d(self._all(), without, assume_unique=True))
            case And(nodes):
                return reduce(_both, map(self.evaluate, nodes))
            case Or(nodes):
                return self._any(nodes)
            case Most(words, required):
                return self._most(words, required)

    def _any(self, nodes: Sequence[Node]) -> Found:
        scores = np.zeros(self.shelf.count)
        met = np.zeros(self.shelf.count, np.bool_)
        whole = np.zeros(self.shelf.count, np.bool_)
        for found in map(self.evaluate, nodes):
            scores[found.docs] += found.scores
            met[found.docs] = True
            whole[found.docs[found.whole]] = True
        docs = np.flatnonzero(met)
        return Found(docs, scores[docs], whole[docs])

    def _most(self, words: Sequence[Node], required: Sequence[Node]) -> Found:
        conditions = [self.evaluate(node).docs for node in required]
        if not words:
            return Found.of(reduce(np.intersect1d, conditions))
        scores = np.zeros(self.shelf.count)
        weights = np.zeros(self.shelf.count)
        counts = np.zeros(self.shelf.count, np.int32)
        heaviest = 0.0
        for word in words:
            found = self.evaluate(word)
            weight = _idf(len(found.docs), self.shelf.count)
            heaviest += weight
            scores[found.docs] += found.scores
            weights[found.docs] += weight
            counts[found.docs] += 1
        docs = np.flatnonzero(counts)
        # "Most of the words" is weighed: a passage with the rare words has more of the query
        # than one with as many common ones.
        score = scores[docs] * weights[docs] / heaviest
        whole = counts[docs] == len(words)
        for phrase in self._adjacent(words):
            at = np.searchsorted(docs, phrase.docs)
            score[at] += ADJACENT * phrase.scores
        return reduce(meeting, conditions, Found(docs, score, whole))

    def _adjacent(self, words: Sequence[Node]) -> list[Found]:
        """The query's own words as one phrase, where it has words only."""
        terms = [word for word in words if isinstance(word, Term) and not word.fuzzy]
        if len(terms) < len(words) or len(words) < 2:
            return []
        return [self._leaf(Phrase(" ".join(term.text for term in terms), terms[0].exact))]

    def _leaf(self, leaf: Leaf) -> Found:
        """A word or phrase as one term: how often it stands in each document, weighed by BM25."""
        wanted = self.patterns(leaf)
        docs, counts = self._count(wanted[0])
        for pattern in wanted[1:]:
            # A compound found whole is found in its parts too: the larger count holds.
            docs, counts = _larger((docs, counts), self._count(pattern))
        field = CHAR if any(map(is_han, wanted)) else STEM
        return Found.of(docs, self._bm25(docs, counts, field))

    def _count(self, pattern: Pattern) -> tuple[Docs, Scores]:
        """The documents with a pattern, and how often each has it."""
        docs, counts = self._occurrences(pattern)
        if pattern.word:
            words, word_counts = self.shelf.counted(*pattern.word)
            aligned = np.zeros(len(docs))
            aligned[np.searchsorted(docs, words)] = word_counts
            counts = aligned + SUBSTRING * np.maximum(counts - aligned, 0)
        return docs, counts if pattern.weight == 1.0 else counts * pattern.weight

    def _occurrences(self, pattern: Pattern) -> tuple[Docs, Scores]:
        """The documents with a pattern, and how often it stands in each."""
        if len(pattern.slots) > 1:
            return per_document(self._ends(pattern), self.shelf.arrays.documents)
        (slot,) = pattern.slots
        if not isinstance(slot, Beginning) and len(slot) == 1:
            return self.shelf.counted(*next(iter(slot)))
        # Of many terms at once no order is needed, only how many of their keys a document has.
        counts = np.bincount(self.shelf.arrays.documents(self._unsorted(slot)))
        docs = np.flatnonzero(counts)
        return docs, counts[docs].astype(np.float64)

    def _unsorted(self, slot: Slot) -> Keys:
        if isinstance(slot, Beginning):
            return self.shelf.arrays.beginning(slot.field, slot.prefix)
        return np.concatenate([NONE, *(self.shelf.keys(*term) for term in slot)])

    def keys(self, slot: Slot) -> Keys:
        """Where the terms of a slot stand, worked out once a query."""
        found = self._keys.get(slot)
        if found is None:
            single = not isinstance(slot, Beginning) and len(slot) == 1
            # What is one row of the index is in order already.
            found = self._unsorted(slot)
            found = self._keys[slot] = found if single else union((found, NONE))
        return found

    def _ends(self, pattern: Pattern) -> Keys:
        """The keys at which the pattern ends."""
        slots = [self.keys(slot) for slot in pattern.slots]
        if pattern.slop is not None:
            return near(slots, len(slots) - 1 + pattern.slop)
        ends = slots[0]
        for slot, steps in zip(slots[1:], pattern.steps, strict=True):
            ends = follow(ends, slot, steps)
        return ends

    def _bm25(self, docs: Docs, counts: Scores, field: str) -> Scores:
        weight = _idf(len(docs), self.shelf.count) * (K1 + 1)
        scores: Scores = weight * counts / (counts + self.shelf.saturation(field, K1, B)[docs])
        return scores

    def patterns(self, leaf: Leaf) -> tuple[Pattern, ...]:
        """What the leaf looks for in this archive."""
        if leaf not in self._patterns:
            self._patterns[leaf] = patterns(leaf, self.shelf.analyzer, self._forms_like)
        return self._patterns[leaf]

    def _forms_like(self, leaf: Term | Wildcard) -> list[str]:
        if isinstance(leaf, Wildcard):
            return self.shelf.forms_like(normal_pattern(leaf))
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        wanted = run_together(fold(leaf.text))
        near = extract_iter(
            wanted, self.shelf.forms(), scorer=OSA.distance, score_cutoff=leaf.fuzzy
        )
        return [form for form, _, _ in near]

    # Conditions.

    def _all(self) -> Docs:
        return np.arange(self.shelf.count, dtype=np.int64)

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
                first, last = date_range(value) or ("", "")
                return self.of_transcripts(
                    lambda about: about.date is not None and first <= about.date <= last
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
        wanted = self.patterns(Phrase(value))
        if any(highlight.spans(side, wanted, self.shelf.analyzer) for side in name.split("\x1f")):
            return True
        # wangxiaogang, WangXiaogang: as one word.
        return _letters(value) in {_letters(side) for side in name.split("\x1f")}


def _larger(one: tuple[Docs, Scores], other: tuple[Docs, Scores]) -> tuple[Docs, Scores]:
    """The documents of either, each with the larger count."""
    docs = union((one[0], other[0]))
    counts = np.zeros(len(docs))
    for some, count in (one, other):
        at = np.searchsorted(docs, some)
        counts[at] = np.maximum(counts[at], count)
    return docs, counts


def meeting(found: Found, condition: Docs) -> Found:
    """Those of the documents that are among `condition` too."""
    kept = contains(condition, found.docs)
    return Found(found.docs[kept], found.scores[kept], found.whole[kept])


def _both(a: Found, b: Found) -> Found:
    few, many = (a, b) if len(a.docs) < len(b.docs) else (b, a)
    kept = contains(many.docs, few.docs)
    docs = few.docs[kept]
    at = np.searchsorted(many.docs, docs)
    return Found(docs, few.scores[kept] + many.scores[at], few.whole[kept] & many.whole[at])


def _idf(documents: int, total: int) -> float:
    """Whoosh's inverse document frequency."""
    return math.log(total / (documents + 1)) + 1


def _letters(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())
