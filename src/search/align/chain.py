"""The file read from its beginning to its end, in steps.

A step leaves a paragraph out, pairs neighbours (one with one, two with one),
or reads the rest of a stretch and the stretch after it as a section.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from search.align.band import fits
from search.align.evidence import ONE, TWO_EN, TWO_ZH
from search.align.section import Link, Reading, Section
from search.align.sparse import Ints
from search.align.weights import OF_NEIGHBOURS, Candidates, Model, Weigher

_SECTION = 5.0
"""What it costs to read two stretches as answering each other as a whole."""
_SHORTEST = 2
"""Paragraphs of each stretch of a section."""
_LONE, _PAIR, _TWO, _OF_SECTION = range(4)

_Step = tuple[int, float, int, int]
"""Where a step ends, its weight, its kind, its number among those of its kind."""


class Chain:
    """The probabilities of all ways to read a file in steps."""

    def __init__(self, weigher: Weigher) -> None:
        self.weigher = weigher
        self.total = 0.0
        places = np.sort(np.concatenate([weigher.en, weigher.zh]))
        self._places = places
        self._is_en = np.isin(places, weigher.en)
        # The number of each paragraph among those of its language.
        self._number = np.where(self._is_en, np.cumsum(self._is_en), np.cumsum(~self._is_en)) - 1
        beside = np.diff(places) == 1
        changes = self._is_en[1:] != self._is_en[:-1]
        self._pairs = np.flatnonzero(beside & changes)
        self._twos = np.flatnonzero(
            beside[:-1] & beside[1:] & (self._is_en[2:] != self._is_en[:-2])
        )
        self._of_pairs = self._candidates(self._pairs, self._pairs + 1)
        self._of_twos = self._candidates(self._twos, self._twos + 2)
        borders = np.concatenate([[0], np.flatnonzero(changes) + 1, [len(places)]])
        of_en = self._is_en[borders[:-1]]
        lengths = np.diff(borders)
        self.longest = int(lengths[of_en].max()), int(lengths[~of_en].max())
        """Paragraphs of the longest stretch in each language."""
        self.sections = list(self._sections(borders.tolist()))

    def weigh(self, model: Model) -> None:
        """Weighs all steps by a model, and every way through them."""
        self._model = model
        self._steps: list[list[_Step]] = [[] for _ in self._places]
        for at, is_en in enumerate(self._is_en.tolist()):
            skip = model.skip_en if is_en else model.skip_zh
            self._steps[at].append((at + 1, skip, _LONE, at))
        weights = self._of_pairs.weights(model) + model.one
        for number, (at, weight) in enumerate(
            zip(self._pairs.tolist(), weights.tolist(), strict=True)
        ):
            self._steps[at].append((at + 2, weight, _PAIR, number))
        weights = self._of_twos.weights(model) + model.two
        for number, (at, weight) in enumerate(
            zip(self._twos.tolist(), weights.tolist(), strict=True)
        ):
            self._steps[at].append((at + 3, weight, _TWO, number))
        self._readings = [Reading(section, model) for _, _, _, section in self.sections]
        for number, (start, middle, end, _) in enumerate(self.sections):
            for at in range(start, middle - _SHORTEST + 1):
                weight = self._readings[number].total_from(at - start, bool(self._is_en[start]))
                self._steps[at].append((end, weight - _SECTION, _OF_SECTION, number))
        self._walk()

    def learned(self) -> Model:
        """The model that the steps teach, each as much as it is probable."""
        of_pairs = np.zeros(len(self._pairs))
        of_sections = np.zeros(len(self.sections))
        twos = 0.0
        for at, steps in enumerate(self._steps):
            for step in steps:
                if step[2] == _PAIR:
                    of_pairs[step[3]] = self._probability(at, step)
                elif step[2] == _TWO:
                    twos += self._probability(at, step)
                elif step[2] == _OF_SECTION:
                    of_sections[step[3]] += self._probability(at, step)
        (i, _), (j, _) = self._ends(self._pairs, self._pairs + 1)
        taught = [(i, j, of_pairs)]
        for reading, share in zip(self._readings, of_sections, strict=True):
            en, zh, sure, two = reading.singles()
            taught.append((en, zh, sure * share))
            twos += two * share
        en, zh, sure = (np.concatenate(parts) for parts in zip(*taught, strict=True))
        return self.weigher.learn(en, zh, sure, twos, OF_NEIGHBOURS)

    def links(self) -> list[Link]:
        """The links of the most probable way, with the paragraphs left out, in order."""
        best = self._back(max)
        out: list[Link] = []
        at = 0
        while at < len(self._places):
            step = min(self._steps[at], key=lambda step: abs(step[1] + best[step[0]] - best[at]))
            sure = self._probability(at, step)
            if step[2] == _OF_SECTION:
                out += self._section_links(at, step)
            else:
                span = range(at, step[0])
                en = tuple(int(self._places[p]) for p in span if self._is_en[p])
                zh = tuple(int(self._places[p]) for p in span if not self._is_en[p])
                out.append(Link(en, zh, sure))
            at = step[0]
        return out

    def _section_links(self, at: int, step: _Step) -> list[Link]:
        """The links of a section read from `at` on."""
        start, middle, end, _ = self.sections[step[3]]
        reading = self._readings[step[3]]
        if at > start:
            first, second = (
                self._number[span] for span in (np.arange(at, middle), np.arange(middle, end))
            )
            en, zh = (first, second) if self._is_en[start] else (second, first)
            reading = Reading(Section(self.weigher, en, zh), self._model)
        share = min(
            1.0,
            sum(
                self._probability(p, s)
                for p in range(start, middle)
                for s in self._steps[p]
                if s[2:] == step[2:]
            ),
        )
        return [Link(link.en, link.zh, link.confidence * share) for link in reading.links()]

    def _walk(self) -> None:
        """The log probability of everything before and after each place."""
        self._after = self._back(_log_sum)
        behind: list[list[float]] = [[] for _ in range(len(self._places) + 1)]
        behind[0] = [0.0]
        self._before: list[float] = []
        for at, steps in enumerate([*self._steps, []]):
            here = _log_sum(behind[at])
            self._before.append(here)
            for end, weight, _, _ in steps:
                behind[end].append(here + weight)
        self.total = self._after[0]

    def _back(self, joined: Callable[[list[float]], float]) -> list[float]:
        after = [0.0] * (len(self._places) + 1)
        for at in range(len(self._places) - 1, -1, -1):
            after[at] = joined([weight + after[end] for end, weight, _, _ in self._steps[at]])
        return after

    def _probability(self, at: int, step: _Step) -> float:
        return math.exp(min(0.0, self._before[at] + step[1] + self._after[step[0]] - self.total))

    def _ends(self, first: Ints, last: Ints) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
        """First and last English and Chinese paragraph of neighbours from `first` to `last`."""
        en_first, en_last = _reach(first, last, self._is_en)
        zh_first, zh_last = _reach(first, last, ~self._is_en)
        number = self._number
        return (number[en_first], number[en_last]), (number[zh_first], number[zh_last])

    def _candidates(self, first: Ints, last: Ints) -> Candidates:
        """The links of neighbours from `first` to `last`."""
        en, zh = self._ends(first, last)
        gains = np.zeros(len(first))
        for link, of in ((TWO_EN, en[0] < en[1]), (TWO_ZH, zh[0] < zh[1])):
            gains[of] = self.weigher.evidence.gains_of(en[0][of], zh[0][of], link)
        ones = (en[0] == en[1]) & (zh[0] == zh[1])
        gains[ones] = self.weigher.evidence.gains_of(en[0][ones], zh[0][ones], ONE)
        return self.weigher.candidates(en, zh, gains)

    def _sections(self, borders: list[int]) -> Iterable[tuple[int, int, int, Section]]:
        """Where a stretch begins, where the next one does, where that ends; read as a section."""
        for start, middle, end in zip(borders, borders[1:], borders[2:], strict=False):
            first, second = self._number[start:middle], self._number[middle:end]
            en, zh = (first, second) if self._is_en[start] else (second, first)
            if min(len(en), len(zh)) >= _SHORTEST and fits(en, zh):
                yield start, middle, end, Section(self.weigher, en, zh)


def _log_sum(values: list[float]) -> float:
    if len(values) == 1:
        return values[0]
    most = max(values)
    return most + math.log(sum([math.exp(value - most) for value in values]))


def _reach(first: Ints, last: Ints, own: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """The first and the last place of one language among two or three neighbours."""
    second, second_last = np.minimum(first + 1, last), np.maximum(last - 1, first)
    return (
        np.where(own[first], first, np.where(own[second], second, last)),
        np.where(own[last], last, np.where(own[second_last], second_last, first)),
    )
