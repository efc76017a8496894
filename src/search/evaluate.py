"""What answers the query? A node of the tree gives documents, each with a score.

Each leaf counts as one term of BM25.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from search import highlight
from search.analysis import CHAR, STEM, fold
from search.analysis.english import run_together
from search.index import bm25
from search.index.keys import (
    NONE,
    Docs,
    Flags,
    Keys,
    Row,
    Scores,
    contains,
    near,
    per_document,
    phrase,
    union,
)
from search.index.reader import Shelf
from search.index.schema import ROLE, SIDES, SPEAKER
from search.matching import Beginning, Pattern, Slot, is_han, normal_pattern, patterns
from search.model import About
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
from search.widening import Widened

SUBSTRING: Final = 0.5
"""What a run of characters counts that is no word as jieba cuts the text: 觉领 in 视觉领域."""

COUNTERPART: Final = 0.45
"""What a counterpart counts. A word that stands once in a passage as long as most scores 0.45 of
what one can score at all: what is said in other words stays below what is there itself."""

ADJACENT: Final = 1.0
"""What the whole query as one phrase adds, as a share of what a term with its count would score."""

NEAR: Final = 0.3
WITHIN: Final = 8
"""What the words of the query add in any order, with as many others between them: less than what
one more word does, more than a difference in length."""


class Found(NamedTuple):
    """Documents in ascending order and the score of each.

    `whole` says of each whether it has all the words; `None` if all have.
    """

    docs: Docs
    scores: Scores
    whole: Flags | None = None

    @classmethod
    def of(cls, docs: Docs) -> Found:
        """Documents that meet a condition: it says nothing of how well they answer."""
        return cls(docs, np.zeros(len(docs)))


class Evaluator:
    """Evaluates one query over one generation.

    `widened` has what says the same as a leaf in the other language;
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
        self._standing = standing
        self._keys: dict[Slot, Keys] = {}
        self._patterns: dict[Leaf, tuple[Pattern, ...]] = {}

    def evaluate(self, node: Node) -> Found:
        """The documents that meet a node of the tree."""
        go_on()
        match node:
            case Term() | Phrase() | Wildcard():
                return self._leaf(node)
            case And(nodes):
                # The rarest first: all after it is looked up for few.
                return reduce(_both, sorted(map(self.evaluate, nodes), key=_size))
            case Or(nodes):
                return self._any(nodes)
            case Most(words, required):
                return self._most(words, required)
            case Not(inner):
                return Found.of(self._all_but(self.evaluate(inner).docs))
            case Filter(field, value):
                return Found.of(self._filter(field, value))
            case Everything():
                return Found.of(self._all_but(NONE))

    def _any(self, nodes: Sequence[Node]) -> Found:
        return self._any_of(map(self.evaluate, nodes))

    def _any_of(self, each_found: Iterable[Found]) -> Found:
        held = [found for found in each_found if len(found.docs)]
        if len(held) < 2:
            return held[0] if held else Found.of(NONE)
        each = np.concatenate([found.docs for found in held])
        met = np.zeros(self.shelf.count, np.bool_)
        met[each] = True
        docs = _met(met)
        scores = _added_up(each, np.concatenate([found.scores for found in held]))
        if all(found.whole is None for found in held):
            return Found(docs, scores.take(docs))
        whole = np.zeros(self.shelf.count, np.bool_)
        for found in held:
            whole[found.docs if found.whole is None else found.docs[found.whole]] = True
        return Found(docs, scores.take(docs), whole.take(docs))

    def _most(self, words: Sequence[Node], required: Sequence[Node]) -> Found:
        conditions = [self.evaluate(node).docs for node in required]
        if not words:
            first, *others = conditions
            return reduce(meeting, others, Found.of(first))
        held = [self.evaluate(word) for word in words]
        sizes = [len(found.docs) for found in held]
        weights = [bm25.idf(size, self.shelf.count) for size in sizes]
        each = np.concatenate([found.docs for found in held])
        counts = np.bincount(each)
        docs = _met(counts)
        scores = _added_up(each, np.concatenate([found.scores for found in held])).take(docs)
        # "Most of the words" is weighed: a passage with the rare words has more of the query
        # than one with as many common ones.
        scores *= _added_up(each, np.repeat(weights, sizes)).take(docs)
        scores /= sum(weights)
        whole = counts.take(docs) == len(words)
        for weight, together in self._together(words):
            scores[docs.searchsorted(together.docs)] += weight * together.scores
        return reduce(meeting, conditions, Found(docs, scores, whole))

    def _together(self, words: Sequence[Node]) -> Iterator[tuple[float, Found]]:
        """The query's own words as one phrase, and near each other, where it has words only."""
        terms = [word for word in words if isinstance(word, Term) and not word.fuzzy]
        if len(terms) < len(words) or len(words) < 2:
            return
        text, exact = " ".join(term.text for term in terms), terms[0].exact
        yield ADJACENT, self.direct(Phrase(text, exact))
        yield NEAR, self.direct(Phrase(text, exact, WITHIN))

    # Leaves.

    def _leaf(self, leaf: Leaf) -> Found:
        """A word or phrase, and what says the same, as one term."""
        found = self.direct(leaf)
        if leaf not in self.widened:
            return found
        others = self._counterparts(self.widened[leaf], len(found.docs))
        return self._any_of((found, others)) if len(others.docs) else found

    def _counterparts(self, widened: Sequence[Widened], known: int) -> Found:
        """What is said in other words, all of it as one term.

        Probabilistic structured queries (Darwish and Oard, 2003): it stands in
        a document as often as its counterparts do, each by its share, and in
        as many documents, with those that have the leaf itself: `known`.
        """
        held = [self._count(other.pattern) for other in widened]
        each = np.concatenate([docs for docs, _ in held])
        if not len(each):
            return Found.of(NONE)
        together = _added_up(each, np.concatenate([counts for _, counts in held]))
        docs = _met(together)
        having = known + sum(
            other.pattern.weight * len(docs) for other, (docs, _) in zip(widened, held, strict=True)
        )
        field = CHAR if any(is_han(other.pattern) for other in widened) else STEM
        scores = self.shelf.bm25(docs, together.take(docs), field, having)
        return Found(docs, COUNTERPART * scores)

    def direct(self, leaf: Leaf) -> Found:
        """A word or phrase itself: how often it stands in each document, weighed by BM25."""
        found = self._scored(leaf)
        return meeting(found, self._standing(leaf, found.docs)) if self._standing else found

    def _scored(self, leaf: Leaf) -> Found:
        wanted = self.patterns(leaf)
        if len(wanted) == 1 and (term := wanted[0].term):
            return Found(*self.shelf.scored(*term))
        docs, counts = self._count(wanted[0])
        for pattern in wanted[1:]:
            # A compound found whole is found in its parts too: the larger count holds.
            docs, counts = _larger((docs, counts), self._count(pattern))
        # Han characters have no parts: one way to read the leaf is as good as another.
        field = CHAR if is_han(wanted[0]) else STEM
        return Found(docs, self.shelf.bm25(docs, counts, field))

    def _count(self, pattern: Pattern) -> tuple[Docs, Scores]:
        """The documents with a pattern, and how often each has it."""
        docs, counts = self._occurrences(pattern)
        if pattern.word:
            words, word_counts = self.shelf.counted(*pattern.word)
            aligned = np.zeros(len(docs))
            aligned[docs.searchsorted(words)] = word_counts
            counts = aligned + SUBSTRING * np.maximum(counts - aligned, 0)
        return docs, counts if pattern.weight == 1.0 else counts * pattern.weight

    def _occurrences(self, pattern: Pattern) -> tuple[Docs, Scores]:
        """The documents with a pattern, and how often it stands in each."""
        if len(pattern.slots) > 1:
            return per_document(self._ends(pattern), self.shelf.documents)
        (slot,) = pattern.slots
        if not isinstance(slot, Beginning) and len(slot) == 1:
            (term,) = slot
            return self.shelf.counted(*term)
        # Of many terms at once no order is needed, only how many of their keys a document has.
        each = self.shelf.documents(self._unsorted(slot))
        counts = np.bincount(each)
        docs = _met(counts)
        return docs, counts.take(docs).astype(np.float64)

    def _unsorted(self, slot: Slot) -> Keys:
        if isinstance(slot, Beginning):
            return self.shelf.beginning(slot.field, slot.prefix)
        return np.concatenate([NONE, *(self.shelf.keys(*term) for term in slot)])

    def keys(self, slot: Slot) -> Keys:
        """Where the terms of a slot stand, worked out once a query."""
        if not isinstance(slot, Beginning) and len(slot) == 1:
            # What is one row of the index is in order already.
            (term,) = slot
            return self.shelf.keys(*term)
        found = self._keys.get(slot)
        if found is None:
            go_on()
            found = self._keys[slot] = union((self._unsorted(slot), NONE))
        return found

    def _ends(self, pattern: Pattern) -> Keys:
        """The keys at which the pattern ends."""
        if pattern.slop is not None:
            # A word that stands twice in the pattern is looked for once: it is near itself.
            slots = [self.keys(slot) for slot in dict.fromkeys(pattern.slots)]
            return near(slots, len(pattern.slots) - 1 + pattern.slop, self.shelf.last)
        return phrase([self._row(slot) for slot in pattern.slots], pattern.steps)

    def _row(self, slot: Slot) -> Row:
        if isinstance(slot, Beginning) or len(slot) > 1:
            return Row(self.keys(slot))
        (term,) = slot
        return self.shelf.row(*term)

    def patterns(self, leaf: Leaf) -> tuple[Pattern, ...]:
        """What the leaf looks for in this archive."""
        found = self._patterns.get(leaf)
        if found is None:
            go_on()
            found = patterns(leaf, self.shelf.analyzer, self._forms_like)
            self._patterns[leaf] = found
        return found

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

    def _all_but(self, docs: Docs) -> Docs:
        left = np.ones(self.shelf.count, np.bool_)
        left[docs] = False
        return _met(left)

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
        at = docs.searchsorted(some)
        counts[at] = np.maximum(counts[at], count)
    return docs, counts


def meeting(found: Found, condition: Docs) -> Found:
    """Those of the documents that are among `condition` too."""
    kept = contains(condition, found.docs)
    whole = None if found.whole is None else found.whole[kept]
    return Found(found.docs[kept], found.scores[kept], whole)


def _both(few: Found, many: Found) -> Found:
    if not len(few.docs):
        return few
    at = many.docs.searchsorted(few.docs)
    kept = many.docs.take(at, mode="clip") == few.docs
    at = at[kept]
    scores = few.scores[kept] + many.scores.take(at)
    if few.whole is None and many.whole is None:
        return Found(few.docs[kept], scores)
    whole = np.ones(len(at), np.bool_)
    if few.whole is not None:
        whole &= few.whole[kept]
    if many.whole is not None:
        whole &= many.whole.take(at)
    return Found(few.docs[kept], scores, whole)


def _met(counts: npt.NDArray[Any]) -> Docs:
    """The documents whose count, by number, is not nothing."""
    # NumPy finds places much sooner among truths than among numbers.
    docs: Docs = counts.astype(np.bool_, copy=False).nonzero()[0]
    return docs


def _added_up(docs: Docs, values: Scores) -> Scores:
    """For each document, by its number, the sum of the values beside it."""
    # Of nothing at all NumPy makes integers.
    return np.bincount(docs, values).astype(np.float64, copy=False)


def _size(found: Found) -> int:
    return len(found.docs)


def _letters(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())
