"""What speaks for and against two paragraphs saying the same?

The weight of evidence is the logarithm of how much likelier it is in a pair
of translations than in two paragraphs by chance. A clue that is found in the
other side weighs by how rare that would be in this file, and by how often it
is translated so; one that is missing speaks against. Lengths are compared as
Gale and Church (1993) do, with the mean and the spread learned from the file
itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.align.clues import Clues
from search.align.dictionary import Dictionary
from search.align.marks import go_on
from search.align.sparse import Floats, Ints, Sparse
from search.structure import Paragraph, is_question

LOG_LENGTH_RATIO, LOG_LENGTH_SPREAD, ONE_CHARACTER_SPREAD = 1.0, 0.3, 0.7
"""Mean and deviation of log(English characters / Chinese characters), spaces aside, over
aligned subtitles, prose and sentence pairs. The shorter a text, the more one character changes:
the last is what a text of one Chinese character deviates besides."""

_TRANSLATED = 0.6
"""How often a clue of one side is found in its translation."""
_CHANCE, _TEXTS_BEFORE = 0.02, 1.0
"""How often a clue is found in any text, and the weight in paragraphs of that guess."""
_ALIKE, _TRANSLATION = 0.7, 0.4
"""What counts of each clue from either side, because both sides count it, and clues are not
independent: of one that is printed or read alike in both languages, and of a translation."""
_BESIDE = 0.5
"""What a clue weighs that is found in the next part of the same sentence: Chinese and English say
the parts of a sentence in different orders."""
_MISSING = 0.4
"""Translations are free and dictionaries small: a missing clue weighs less than its odds."""
_LEAST, _MOST = -4.0, 20.0
"""Bounds of what clues may say."""
_LENGTH_AGAINST = -8.0
_AT_ONCE = 250_000
"""Pairs of paragraphs in a file whose clues are all set against each other at once."""
ONE, BESIDE, TWO_EN, TWO_ZH = range(4)
"""Links: one with one; the same, with the clues of the next parts of their sentences; two English
with one Chinese paragraph; one with two. They are named by the first paragraph of each side."""
_ASKS = np.array([0.0, -1.5, 1.2])
"""What it says that neither asks, one, both."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths of translations in one file: mean and deviation of the log ratio."""

    ratio: float = LOG_LENGTH_RATIO
    spread: float = LOG_LENGTH_SPREAD

    def weights(self, off: Floats, brief: Floats, chance: Lengths) -> Floats:
        """The weight of log ratios of lengths, in texts with variances for being `brief`."""
        # In place: there may be millions.
        square = brief + self.spread**2
        weights: Floats = brief + max(chance.spread, self.spread) ** 2
        pair, any_two = off - self.ratio, off - chance.ratio
        any_two *= any_two
        any_two /= weights
        pair *= pair
        pair /= square
        weights /= square
        np.log(weights, out=weights)
        weights += any_two
        weights -= pair
        weights /= 2
        return np.maximum(weights, _LENGTH_AGAINST, out=weights)


def brief(zh: Floats) -> Floats:
    """The variance that lengths have because so many Chinese characters are few."""
    variance: Floats = ONE_CHARACTER_SPREAD**2 / zh
    return variance


class Evidence:
    """The evidence between the English and the Chinese paragraphs of a file.

    `missing_en` and `missing_zh` say what it costs that no clue of a paragraph
    is found in the other side; `missing_two_en` and `missing_two_zh` say that
    of a paragraph and the next one. `gains` is what it brings back that some are.
    """

    def __init__(
        self, en: Sequence[Paragraph], zh: Sequence[Paragraph], dictionary: Dictionary
    ) -> None:
        self.en_length = np.array([_length(p.text) for p in en], dtype=float)
        self.zh_length = np.array([_length(p.text) for p in zh], dtype=float)
        log_en, log_zh = np.log(self.en_length), np.log(self.zh_length)
        self.chance = Lengths(
            float(log_en.mean() - log_zh.mean()), max(0.6, math.sqrt(log_en.var() + log_zh.var()))
        )
        self._asks_en = np.array([is_question(p.text) for p in en], dtype=np.int8)
        self._asks_zh = np.array([is_question(p.text) for p in zh], dtype=np.int8)
        self._on_en, self._on_zh = go_on(en), go_on(zh)
        self.has_parts = bool(self._on_en.any() or self._on_zh.any())
        """Whether sentences are cut into paragraphs."""
        self._at_once = len(en) * len(zh) <= _AT_ONCE
        self._tables: dict[int, Floats] = {}
        self._weigh(Clues([p.text for p in en], [p.text for p in zh], dictionary))

    def gains(self, en: Ints, zh: Ints, link: int) -> Floats:
        """What the clues that are found say, for links of a kind between every `en` and `zh`."""
        if self._at_once:
            return self._table(link)[en[:, None], zh]
        words, offered, answered, held = self._sides(link)
        gains: Floats = words.product(offered, en, zh)
        return gains + answered.product(held, en, zh)

    def gains_of(self, en: Ints, zh: Ints, link: int) -> Floats:
        """The same for links named one by one: `en[n]` with `zh[n]`."""
        if self._at_once:
            return self._table(link)[en, zh]
        words, offered, answered, held = self._sides(link)
        gains: Floats = words.products(offered, en, zh)
        return gains + answered.products(held, en, zh)

    def _table(self, link: int) -> Floats:
        table = self._tables.get(link)
        if table is None:
            en, zh = np.arange(len(self.en_length)), np.arange(len(self.zh_length))
            words, offered, answered, held = self._sides(link)
            table = words.product(offered, en, zh) + answered.product(held, en, zh)
            self._tables[link] = table
        return table

    def _sides(self, link: int) -> tuple[Sparse, Sparse, Sparse, Sparse]:
        """The English words and what is offered for them, what is answered and the clues held."""
        words, held = self._words, self._held
        offered, answered = self._offered, self._answered
        if link == TWO_EN:
            return self._words_of_two, offered.said, answered.said_of_two, held
        if link == TWO_ZH:
            return words, offered.said_of_two, answered.said, self._held_of_two
        if link == BESIDE and self.has_parts:
            return words, offered.said_beside, answered.said_beside, held
        return words, offered.said, answered.said, held

    def questions(self, en: Ints, zh: Ints) -> Floats:
        """What question marks say; the arrays of places broadcast."""
        weights: Floats = _ASKS[self._asks_en[en] + self._asks_zh[zh]]
        return weights

    def asks(self, en: int, zh: int) -> str:
        """What question marks say, in words."""
        a, b = self._asks_en[en], self._asks_zh[zh]
        return "both ask" if a and b else "only one asks" if a or b else ""

    def anchors(self, en: Ints, zh: Ints) -> tuple[Ints, Ints]:
        """The clues that are found once in each of two stretches: places in `en` and in `zh`."""
        i, clue = self._answered.said.places(en)
        j, held = self._held.places(zh)
        once = np.bincount(clue, minlength=len(self._clues)) == 1
        once &= np.bincount(held, minlength=len(self._clues)) == 1
        where = np.zeros((2, len(self._clues)), dtype=np.int64)
        where[0, clue], where[1, held] = i, j
        return where[0, once], where[1, once]

    def common(self, en: Sequence[int], zh: Sequence[int]) -> list[tuple[str, str]]:
        """The clues that are found on both of two sides, the strongest first: kind and text."""
        _, answered = self._answered.said.places(np.array(en))
        _, held = self._held.places(np.array(zh))
        found = np.intersect1d(answered, held)
        found = found[np.argsort(-self._answered.strength[found], kind="stable")]
        return list(map(self._clues.kind_and_text, found.tolist()))

    def _weigh(self, clues: Clues) -> None:
        self._clues, self._words, self._held = clues, clues.words, clues.held
        self._words_of_two, self._held_of_two = self._words.either(), self._held.either()
        unprinted = np.zeros(clues.words.width, dtype=bool)
        self._offered = _Count(clues.offered, self._on_zh, unprinted, clues.answers_alike)
        self._answered = _Count(clues.found, self._on_en, clues.printed, clues.alike)
        self.missing_en = self._words.sums(self._offered.missing)
        self.missing_zh = self._held.sums(self._answered.missing)
        self.missing_two_en = self._words_of_two.sums(self._offered.missing)
        self.missing_two_zh = self._held_of_two.sums(self._answered.missing)


def within(weights: Floats) -> None:
    """Keeps what clues say in all within bounds: they are not independent."""
    np.clip(weights, _LEAST, _MOST, out=weights)


class _Count:
    """What the clues of one language say that are found in texts of the other, or missing.

    `found` has a row a text, a column a clue, and the chance that this translates it; texts may go
    `on` in the next one. A clue that is found nowhere says nothing, unless it is `printed` in both
    languages; one that is only read in both is `alike` too.
    """

    def __init__(
        self,
        found: Sparse,
        on: NDArray[np.bool_],
        printed: NDArray[np.bool_],
        alike: NDArray[np.bool_],
    ) -> None:
        counts = found.counts()
        self._by_chance = (counts + _CHANCE * _TEXTS_BEFORE) / (found.height + _TEXTS_BEFORE)
        self._counted = np.where(alike, _ALIKE, _TRANSLATION)
        weights = np.where(printed, 1.0, np.where(counts > 0, _MISSING, 0.0))
        self.missing: Floats = weights * self._counted * math.log(1 - _TRANSLATED)
        self.strength = self._odds(np.ones(found.width), np.arange(found.width))
        """What each clue says that is found for certain."""
        self.said = self._weighed(found)
        """What every entry says more than if the clue were missing."""
        self.said_beside = self._weighed(found.shared(on, _BESIDE))
        """The same with clues that are found in the next part of a sentence."""
        self.said_of_two = self._weighed(found.either())
        """The same of every text and the next one."""

    def _weighed(self, found: Sparse) -> Sparse:
        odds = self._odds(found.values, found.columns)
        return found.valued(odds - self.missing[found.columns])

    def _odds(self, chances: Floats, columns: Ints) -> Floats:
        translated, by_chance = _TRANSLATED * chances, self._by_chance[columns]
        odds: Floats = np.log((translated + (1 - translated) * by_chance) / by_chance)
        return self._counted[columns] * odds


def _length(text: str) -> int:
    return max(1, len("".join(text.split())))
