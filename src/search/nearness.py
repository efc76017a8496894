"""Where does most of a query stand together, in either language?

Of many possible translations those are meant that stand near each other: 公民
and 服从 in one sentence say civil disobedience, in two of them they say less.
What is here finds nothing and is not marked: it orders the best of what is
found (a passage by its best window: Tao and Zhai, An Exploration of Proximity
Measures in Information Retrieval, 2007).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from search.evaluate import Evaluator
from search.found import Found
from search.index import bm25
from search.index.keys import NONE, Docs, Keys, Row, Scores, phrase
from search.matching import Pattern, Slot, is_han
from search.occurrences import Occurrences
from search.query import Leaf, Most, Node
from search.ranking import ranked
from search.weights import TOGETHER, WINDOW, WINDOW_HAN

BEST: Final = 20
"""So many of the best documents are looked at: raised, they still come before all others.
10 and 20: zh → en R@10 .965 .966; 40 are as 20."""

MOST_WORDS: Final = 16
"""Words that are looked at: a longer query is a text, of which a part is enough."""


def raised(found: Found, tree: Node | None, evaluator: Evaluator) -> Found:
    """The same documents, the best of them raised by what stands together in each."""
    if not isinstance(tree, Most) or not evaluator.widened or not len(found.docs):
        return found
    words = [word for word in tree.words if isinstance(word, Leaf) and word in evaluator.having]
    if len(words) < 2:
        return found
    del words[MOST_WORDS:]
    best = np.sort(ranked(found, BEST))
    scores = found.scores.copy()
    scores[best] += TOGETHER * _together(words, found.docs[best], evaluator)
    return found._replace(scores=scores)


class _Said(NamedTuple):
    """Where a word is said, ascending, and what it says there."""

    ends: Keys
    word: int
    value: float
    window: int


def _said(words: Sequence[Leaf], docs: Docs, evaluator: Evaluator) -> Iterator[_Said]:
    standing = _Standing(evaluator.occurrences, docs)
    for number, word in enumerate(words):
        rarity = bm25.rarity(evaluator.having[word], evaluator.shelf.count)
        others = (other.pattern for other in evaluator.widened.get(word, ()))
        for pattern in (*evaluator.occurrences.patterns(word), *others):
            if pattern.slop is None and len(ends := standing.ends(pattern)):
                # By the root of its share, as PSQ's shares sum up to one over all of them.
                value = rarity * pattern.weight**0.5
                yield _Said(ends, number, value, WINDOW_HAN if is_han(pattern) else WINDOW)


def _together(words: Sequence[Leaf], docs: Docs, evaluator: Evaluator) -> Scores:
    """For each document what its best window says: of each word the most that stands in it."""
    most = np.zeros(len(docs))
    said = list(_said(words, docs, evaluator))
    if not said:
        return most
    keys = np.concatenate([at.ends for at in said]).astype(np.int64)
    order = keys.argsort(kind="stable")
    sizes = [len(at.ends) for at in said]
    word, value, window = (
        np.repeat(column, sizes)[order]
        for column in (
            [at.word for at in said],
            [at.value for at in said],
            [at.window for at in said],
        )
    )
    keys = keys[order]
    until = np.minimum(keys + window, evaluator.shelf.last(keys))
    # A window begins at each key and takes in the keys after it, the next of all windows at once.
    held = np.zeros((len(keys), len(words)))
    begins = np.arange(len(keys))
    ahead = 0
    while len(begins):
        at = begins + ahead
        held[begins, word[at]] = np.maximum(held[begins, word[at]], value[at])
        ahead += 1
        begins = begins[: begins.searchsorted(len(keys) - ahead)]
        begins = begins[keys[begins + ahead] <= until[begins]]
    of = docs.searchsorted(evaluator.shelf.documents(keys))
    np.maximum.at(most, of, held.sum(axis=1))
    return most


class _Standing:
    """Where patterns end in a few documents."""

    def __init__(self, occurrences: Occurrences, docs: Docs) -> None:
        self._occurrences = occurrences
        bases = occurrences.shelf.arrays.bases
        self._firsts, self._lasts = bases[docs], bases[docs + 1]
        self._keys: dict[Slot, Keys] = {}

    def ends(self, pattern: Pattern) -> Keys:
        """The keys at which the pattern ends in one of the documents."""
        rows = [self._row(slot) for slot in pattern.slots]
        if len(rows) < 2 or not all(map(len, rows)):
            return rows[0] if len(rows) == 1 else NONE
        return phrase([Row(row) for row in rows], pattern.steps)

    def _row(self, slot: Slot) -> Keys:
        keys = self._keys.get(slot)
        if keys is None:
            row = self._occurrences.keys(slot)
            begins, ends = row.searchsorted(self._firsts), row.searchsorted(self._lasts)
            spans = zip(begins.tolist(), ends.tolist(), strict=True)
            keys = np.concatenate([NONE, *(row[begin:end] for begin, end in spans if begin < end)])
            self._keys[slot] = keys
        return keys
