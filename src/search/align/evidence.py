"""What speaks for and against two paragraphs saying the same?

The weight of evidence is the logarithm of how much likelier it is in a pair
of translations than in two paragraphs by chance. A clue that is found in the
other side weighs by how rare that would be in this file; one that is missing
speaks against. Lengths are compared as Gale and Church (1993) do, with the
mean and the spread learned from the file itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.align.clues import Clues
from search.align.dictionary import Dictionary
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
_OF_EACH_SIDE = 0.7
"""Clues are counted from both sides and are not independent: each count weighs less than one."""
_MISSING = 0.4
"""Translations are free and dictionaries small: a missing clue weighs less than its odds."""
_LEAST, _MOST = -4.0, 20.0
"""Bounds of what clues may say."""
_LENGTH_AGAINST = -8.0
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

    `missing_en` and `missing_zh` say, for each paragraph, what it costs that
    none of its clues is found in the other side; `gains` what it brings back
    that some are. All add up over several paragraphs of a side, but that a
    clue that is found in two of them counts twice: `twice_en` and `twice_zh`
    are what that comes to by chance.
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
        self._weigh(Clues([p.text for p in en], [p.text for p in zh], dictionary))

    def gains(self, en: Ints, zh: Ints) -> Floats:
        """What the clues that are found say, for every pair of `en` with `zh`."""
        gains: Floats = self._words.product(self._offered, en, zh)
        return gains + self._answered.product(self._held, en, zh)

    def gains_of(self, en: Ints, zh: Ints) -> Floats:
        """The same for pairs named one by one: `en[n]` with `zh[n]`."""
        gains: Floats = self._words.products(self._offered, en, zh)
        return gains + self._answered.products(self._held, en, zh)

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
        i, clue = self._answered.places(en)
        j, held = self._held.places(zh)
        once = np.bincount(clue, minlength=len(self._clues)) == 1
        once &= np.bincount(held, minlength=len(self._clues)) == 1
        where = np.zeros((2, len(self._clues)), dtype=np.int64)
        where[0, clue], where[1, held] = i, j
        return where[0, once], where[1, once]

    def common(self, en: Sequence[int], zh: Sequence[int]) -> list[tuple[str, str]]:
        """The clues that are found on both of two sides, the strongest first: kind and text."""
        _, answered = self._answered.places(np.array(en))
        _, held = self._held.places(np.array(zh))
        found = np.intersect1d(answered, held)
        found = found[np.argsort(-self._strength[found], kind="stable")]
        return list(map(self._clues.kind_and_text, found.tolist()))

    def _weigh(self, clues: Clues) -> None:
        self._clues, self._words, self._held = clues, clues.words, clues.held
        each, missing, chance = _odds(clues.offered, np.zeros(clues.words.width, dtype=bool))
        self._offered = clues.offered.weighed(each, missing)
        self.missing_en = self._words.sums(missing)
        self.twice_en = self._words.sums(chance * (each - missing))
        self._strength, missing, chance = _odds(clues.found, clues.printed)
        self._answered = clues.found.weighed(self._strength, missing)
        self.missing_zh = self._held.sums(missing)
        self.twice_zh = self._held.sums(chance * (self._strength - missing))


def within(weights: Floats) -> None:
    """Keeps what clues say in all within bounds: they are not independent."""
    np.clip(weights, _LEAST, _MOST, out=weights)


def _odds(found: Sparse, printed: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """The weight of each clue that is found, of one that is missing, and how often it is by chance.

    A clue that is found nowhere says nothing, unless it is `printed` alike in
    both languages.
    """
    counts = found.counts()
    by_chance = (counts + _CHANCE * _TEXTS_BEFORE) / (found.height + _TEXTS_BEFORE)
    in_pair = _TRANSLATED + (1 - _TRANSLATED) * by_chance
    each = _OF_EACH_SIDE * np.log(in_pair / by_chance)
    missing = _OF_EACH_SIDE * np.log((1 - in_pair) / (1 - by_chance))
    missing *= np.where(printed, 1.0, np.where(counts > 0, _MISSING, 0.0))
    return each, missing, by_chance


def _length(text: str) -> int:
    return max(1, len("".join(text.split())))
