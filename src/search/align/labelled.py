"""What do the labels of two paragraphs say? Two names may be one person's, or two people's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from search.align.sparse import Floats, Ints
from search.structure import Paragraph, is_letter, role_of_label, same_name

_SAME_NAME, _SAME_PART, _TWO_NAMES, _ONE_LABELLED = 4.0, 1.5, -1.0, -3.5
_MOST_NAMES = 100
"""Labels of a language that are told from each other."""
_MOST_BY_COMPANY = 2.0
"""What labels that stand together again and again say at most."""


class Labels:
    """The labels of the paragraphs of a file, and what a pair of them says."""

    def __init__(self, en: Sequence[Paragraph], zh: Sequence[Paragraph]) -> None:
        en_names, zh_names = (
            [name for name, _ in Counter(p.label for p in side if p.label).most_common(_MOST_NAMES)]
            for side in (en, zh)
        )
        # Place 0 is for paragraphs without a label.
        en_ids, zh_ids = (
            {name: at for at, name in enumerate(held, 1)} for held in (en_names, zh_names)
        )
        self._en = np.array([en_ids.get(p.label or "", 0) for p in en])
        self._zh = np.array([zh_ids.get(p.label or "", 0) for p in zh])
        self.guess = np.full((1 + len(en_names), 1 + len(zh_names)), _TWO_NAMES)
        """By English and Chinese label: the odds that they name the same person."""
        # Where one language has no labels at all, a missing one says nothing.
        self.guess[0, :] = self.guess[:, 0] = _ONE_LABELLED if en_names and zh_names else 0.0
        self.guess[0, 0] = 0.0
        for a, en_name in enumerate(en_names, 1):
            for b, zh_name in enumerate(zh_names, 1):
                self.guess[a, b] = _by_names(en_name, zh_name)

    def pairs(self, en: Ints, zh: Ints) -> Ints:
        """The cells of a table of labels, row by row, for paragraphs; the arrays broadcast."""
        cells: Ints = self._en[en] * self.guess.shape[1] + self._zh[zh]
        return cells

    def reason(self, en: int, zh: int) -> str:
        """What the labels of two paragraphs say, in words."""
        a, b = int(self._en[en]), int(self._zh[zh])
        if not a or not b:
            return "only one is labelled" if (a or b) and self.guess[0, -1] else ""
        weight = self.guess[a, b]
        if weight >= _SAME_NAME:
            return "same speaker"
        return "the same part" if weight >= _SAME_PART else "two names"

    def learned(self, en: Ints, zh: Ints, sure: Floats) -> Floats:
        """The table of labels that links teach, each as much as it is `sure`."""
        together = np.zeros(self.guess.shape)
        np.add.at(together, (self._en[en], self._zh[zh]), sure)
        named = together[1:, 1:]
        weights = self.guess.copy()
        if named.size and (mass := named.sum()) > 0:
            chance = np.outer(named.sum(1), named.sum(0)) / mass
            learned = np.clip(
                np.log((named + 1) / (chance + 1)), -_MOST_BY_COMPANY, _MOST_BY_COMPANY
            )
            weights[1:, 1:] += np.where(weights[1:, 1:] >= _SAME_NAME, 0.0, learned)
        return weights


def _by_names(en: str, zh: str) -> float:
    if is_letter(en) or is_letter(zh):
        if role_of_label(en) is role_of_label(zh):
            return _SAME_PART
        return _ONE_LABELLED if role_of_label(en) and role_of_label(zh) else _TWO_NAMES
    if same_name(en, zh):
        return _SAME_NAME
    if role_of_label(en) and role_of_label(en) is role_of_label(zh):
        return _SAME_PART
    # Two names for one person, or two people: the rest has to tell.
    return _TWO_NAMES
