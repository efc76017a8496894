"""Where in the archive do patterns stand, and how often in each passage?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.analysis import fold
from search.analysis.english import run_together
from search.found import met
from search.index.keys import NONE, Docs, Keys, Row, Scores, near, per_document, phrase, union
from search.index.reader import Shelf
from search.matching import Beginning, Pattern, Slot, normal_pattern, patterns
from search.patience import go_on
from search.query import Leaf, Term, Wildcard
from search.weights import SUBSTRING


class Occurrences:
    """Looks up patterns in one generation, for one query."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._keys: dict[Slot, Keys] = {}
        self._patterns: dict[Leaf, tuple[Pattern, ...]] = {}

    def patterns(self, leaf: Leaf) -> tuple[Pattern, ...]:
        """What the leaf looks for in this archive."""
        found = self._patterns.get(leaf)
        if found is None:
            go_on()
            found = patterns(leaf, self.shelf.analyzer, self._forms_like)
            self._patterns[leaf] = found
        return found

    def of(self, wanted: Sequence[Pattern]) -> tuple[Docs, Scores]:
        """The documents with one of the patterns, and how often each has that which it has most."""
        docs, counts = self.count(wanted[0])
        for pattern in wanted[1:]:
            # A compound found whole is found in its parts too: the larger count holds.
            docs, counts = _larger((docs, counts), self.count(pattern))
        return docs, counts

    def count(self, pattern: Pattern) -> tuple[Docs, Scores]:
        """The documents with a pattern, and how often each has it."""
        docs, counts = self._occurrences(pattern)
        if pattern.word:
            words, word_counts = self.shelf.counted(*pattern.word)
            if not len(words):
                return docs, (SUBSTRING * pattern.weight) * counts
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
        docs = met(counts)
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


def _larger(one: tuple[Docs, Scores], other: tuple[Docs, Scores]) -> tuple[Docs, Scores]:
    """The documents of either, each with the larger count."""
    docs = union((one[0], other[0]))
    counts = np.zeros(len(docs))
    for some, count in (one, other):
        at = docs.searchsorted(some)
        counts[at] = np.maximum(counts[at], count)
    return docs, counts
