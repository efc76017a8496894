"""How sure is a link, all evidence together, as a file teaches it?

A `Model` holds what is learned from one file by expectation-maximisation:
the lengths of its translations, how often a paragraph has no counterpart,
which language comes first, which labels name the same person.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from search.align.dictionary import Dictionary
from search.align.evidence import (
    LOG_LENGTH_RATIO,
    LOG_LENGTH_SPREAD,
    Evidence,
    Lengths,
    brief,
    within,
)
from search.align.labelled import Labels
from search.align.marks import Marks
from search.align.sparse import Floats, Ints
from search.model import Lang
from search.structure import Paragraph

_BEFORE = 4.0
"""Pairs that the guesses about a file weigh before it has taught anything."""
Shares = Mapping[str, float]

OF_NEIGHBOURS: Shares = {"one": 0.28, "two": 0.004, "skip_en": 0.355, "skip_zh": 0.355}
OF_STRETCHES: Shares = {"one": 0.64, "two": 0.004, "skip_en": 0.175, "skip_zh": 0.175}
"""How many steps pair one with one, two with one, leave one out: a guess. Two stretches that
answer each other pair more often than two neighbours of which nothing else is known."""
_ZH_FIRST, _EN_FIRST, _OF_MATTER = range(3)
"""Kinds of links, as in `Model.by_kind`."""
_STEPS = ("one", "two", "skip_en", "skip_zh")
_LEAST_SHARE, _LEAST_SPREAD = 0.005, 0.15
_NOT_ONE = -6.0
"""A second label begins another turn, a heading is never half a paragraph."""
_MATTER = -1.0
"""Front and end matter is translated less often; what the talk teaches does not hold for it."""
_RUN_APART, _MOST_APART = 0.4, 4.0
"""What each stretch of the other language between two paragraphs takes from their link."""
_FAR = 6.0
"""What times that are far from each other take at most."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a file has taught: logarithms of probabilities and of odds."""

    one: float
    two: float
    skip_en: float
    skip_zh: float
    zh_first: float = 0.0
    en_first: float = 0.0
    eager: float = 0.0
    """How much likelier pairs are than they were guessed to be."""
    lengths: Lengths = field(default_factory=Lengths)
    company: Floats | None = None
    """By English and Chinese label: the odds that they name the same person."""
    ends: Floats | None = None
    """By the marks that end them: the odds that two paragraphs end alike."""

    @property
    def by_kind(self) -> Floats:
        """What the order of the two paragraphs says, or that they are front or end matter."""
        return np.array([self.zh_first, self.en_first, _MATTER - max(0.0, self.eager)])

    @property
    def bonus(self) -> float:
        """What it weighs to pair two paragraphs instead of leaving both out."""
        return self.one - self.skip_en - self.skip_zh

    @classmethod
    def of(cls, shares: Shares) -> Model:
        """The model before the file has taught anything but these shares."""
        one, two, skip_en, skip_zh = (math.log(shares[name]) for name in _STEPS)
        # Two of either language may pair with one.
        return cls(one, two - math.log(2), skip_en, skip_zh)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Links that one model after another weighs. What no model changes is summed in `fixed`."""

    fixed: Floats
    off: Floats
    """The logarithms of the ratios of their lengths."""
    brief: Floats
    chance: Lengths
    kinds: NDArray[np.int8]
    """Which language comes first, as in `Model.by_kind`."""
    labels: Ints
    """The numbers of their pairs of labels."""
    named: Floats
    ends: Ints
    """The numbers of their pairs of ends."""

    def weights(self, model: Model) -> Floats:
        """The log odds of the links against leaving out all of their paragraphs."""
        total = model.lengths.weights(self.off, self.brief, self.chance)
        total += self.fixed
        total += model.by_kind[self.kinds]
        total += (self.named if model.company is None else model.company).ravel()[self.labels]
        if model.ends is not None:
            total += model.ends.ravel()[self.ends]
        return total


class Weigher:
    """Weighs links between the English and the Chinese paragraphs of a file.

    Links are named by the first and the last paragraph of each side, as arrays
    of places in `en` and in `zh`, which broadcast.
    """

    def __init__(
        self, paragraphs: Sequence[Paragraph], places: Sequence[int], dictionary: Dictionary
    ) -> None:
        self.en = np.array([p for p in places if paragraphs[p].lang is Lang.EN], dtype=np.int64)
        self.zh = np.array([p for p in places if paragraphs[p].lang is Lang.ZH], dtype=np.int64)
        en, zh = ([paragraphs[place] for place in side] for side in (self.en, self.zh))
        self.evidence = Evidence(en, zh, dictionary)
        self._en_lengths, self._zh_lengths = (
            _sums(lengths) for lengths in (self.evidence.en_length, self.evidence.zh_length)
        )
        self._en_times, self._zh_times = _times(en), _times(zh)
        self._timed = bool(np.isfinite(self._en_times).any() and np.isfinite(self._zh_times).any())
        self._runs = _runs(paragraphs, places)
        self.changes = float(self._runs.max())
        """How often the language changes along the file."""
        self._labels = Labels(en, zh)
        self._marks = Marks(en, zh)
        self._begins_en, self._ends_en = _borders(en)
        self._begins_zh, self._ends_zh = _borders(zh)

    def candidates(self, en: tuple[Ints, Ints], zh: tuple[Ints, Ints], gains: Floats) -> Candidates:
        """The links from first to last paragraphs of each side, with what their clues gain."""
        (i, last_i), (j, last_j) = en, zh
        evidence = self.evidence
        fixed = gains + np.where(last_i > i, evidence.missing_two_en[i], evidence.missing_en[i])
        fixed += np.where(last_j > j, evidence.missing_two_zh[j], evidence.missing_zh[j])
        within(fixed)
        fixed += evidence.questions(last_i, last_j)
        fixed += _NOT_ONE * ((last_i > i) & (self._begins_en[last_i] | self._ends_en[i]))
        fixed += _NOT_ONE * ((last_j > j) & (self._begins_zh[last_j] | self._ends_zh[j]))
        fixed += self._marks.seams(en, zh)
        if self._timed:
            fixed += _at_once(self._en_times[i], self._zh_times[j])
        zh_length = _between(self._zh_lengths, j, last_j)
        kinds = np.where(self.zh[j] < self.en[i], _ZH_FIRST, _EN_FIRST).astype(np.int8)
        kinds[self._ends_en[i] | self._ends_zh[j]] = _OF_MATTER
        return Candidates(
            fixed,
            np.log(_between(self._en_lengths, i, last_i) / zh_length),
            brief(zh_length),
            evidence.chance,
            kinds,
            self._labels.pairs(i, j),
            self._labels.guess,
            self._marks.pairs(last_i, last_j),
        )

    def apart(self, i: Ints, j: Ints) -> Floats:
        """What the distance in the file says: the more changes of language between, the less."""
        between = np.abs(self._runs[self.en[i]] - self._runs[self.zh[j]]) - 1.0
        weights: Floats = -np.minimum(_RUN_APART * np.maximum(between, 0), _MOST_APART)
        return weights

    def reasons(self, en: Sequence[int], zh: Sequence[int]) -> list[str]:
        """What speaks for a link of places in the file, in words."""
        i = [int(np.searchsorted(self.en, place)) for place in en]
        j = [int(np.searchsorted(self.zh, place)) for place in zh]
        evidence = self.evidence
        ratio = evidence.en_length[i].sum() / evidence.zh_length[j].sum()
        reasons = [f"length ratio {ratio:.1f}"]
        if by_label := self._labels.reason(i[0], j[0]):
            reasons.append(by_label)
        by_kind: dict[str, list[str]] = {}
        for kind, text in evidence.common(i, j):
            by_kind.setdefault(kind, []).append(text)
        for kind, found in by_kind.items():
            plural = "s" if len(found) > 1 else ""
            reasons.append(f"{kind}{plural} {', '.join(found[:3])}")
        asks = evidence.asks(i[-1], j[-1])
        return reasons + ([asks] if asks else [])

    def learn(self, i: Ints, j: Ints, sure: Floats, twos: float, guess: Shares) -> Model:
        """The model that links teach, each as much as it is sure; `twos` pair two with one."""
        mass = float(sure.sum())
        off = np.log(self.evidence.en_length[i] / self.evidence.zh_length[j])
        ratio = float(sure @ off + _BEFORE * LOG_LENGTH_RATIO) / (mass + _BEFORE)
        square = float(sure @ (off - ratio) ** 2 + _BEFORE * LOG_LENGTH_SPREAD**2) / (
            mass + _BEFORE
        )
        lone_en = max(0.0, len(self.en) - mass - 1.5 * twos)
        lone_zh = max(0.0, len(self.zh) - mass - 1.5 * twos)
        steps = mass + twos + lone_en + lone_zh + _BEFORE
        seen = zip(_STEPS, (mass, twos, lone_en, lone_zh), strict=True)
        shares = {
            name: max(_LEAST_SHARE, (times + _BEFORE * guess[name]) / steps) for name, times in seen
        }
        zh_first = float(sure @ (self.zh[j] < self.en[i]))
        model, guessed = Model.of(shares), Model.of(guess)
        return replace(
            model,
            eager=model.bonus - guessed.bonus,
            zh_first=math.log(2 * (zh_first + 1) / (mass + 2)),
            en_first=math.log(2 * (mass - zh_first + 1) / (mass + 2)),
            lengths=Lengths(ratio, max(_LEAST_SPREAD, math.sqrt(square))),
            company=self._labels.learned(i, j, sure),
            ends=self._marks.learned(i, j, sure),
        )


def _sums(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _between(sums: Floats, first: Ints, last: Ints) -> Floats:
    difference: Floats = sums[last + 1] - sums[first]
    return difference


def _times(paragraphs: Sequence[Paragraph]) -> Floats:
    return np.array([p.time or (math.nan, math.nan) for p in paragraphs]).reshape(-1, 2)


def _at_once(en: Floats, zh: Floats) -> Floats:
    """What times say: cues overlap or do not; of a turn perhaps only the begin is known."""
    begin, end = np.maximum(en[..., 0], zh[..., 0]), np.minimum(en[..., 1], zh[..., 1])
    overlap = end - begin
    shorter = np.minimum(en[..., 1] - en[..., 0], zh[..., 1] - zh[..., 0])
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = np.where(overlap > 0, 8 * overlap / shorter - 4, overlap - 4)
        weights = np.where(shorter > 0, shared, 3 + overlap)
        return np.where(np.isnan(overlap), 0.0, np.maximum(weights, -_FAR))


def _borders(paragraphs: Sequence[Paragraph]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which paragraphs begin something, and which end it: turns and headings are not split."""
    apart = [p.role is not None for p in paragraphs]
    begins = [bool(p.label) or alone for p, alone in zip(paragraphs, apart, strict=True)]
    return np.array(begins, dtype=bool), np.array(apart, dtype=bool)


def _runs(paragraphs: Sequence[Paragraph], places: Sequence[int]) -> Floats:
    """For each paragraph, how often the language has changed before it."""
    runs = np.zeros(len(paragraphs))
    run = 0.0
    for before, place in zip([places[0], *places], places, strict=False):
        run += paragraphs[before].lang is not paragraphs[place].lang
        runs[place] = run
    return runs
