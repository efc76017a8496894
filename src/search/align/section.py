"""Two stretches, each in one language, that may answer each other as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.align.band import band
from search.align.evidence import BESIDE, TWO_EN, TWO_ZH
from search.align.grid import NEVER, Grid, Step, moved
from search.align.sparse import Floats, Ints
from search.align.weights import Model, Weigher

_AT_ONCE = 64
"""Rows whose clues are set against those of the other side at once."""
_SURE_ENOUGH = 0.2
"""Links less probable than this teach nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraphs that answer each other, by their places in the file; a side may be empty."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    confidence: float


class Section:
    """Two stretches, each in one language, that may answer each other as a whole."""

    def __init__(self, weigher: Weigher, en: Ints, zh: Ints, distance: bool = False) -> None:
        self.weigher, self.en, self.zh, self.distance = weigher, en, zh, distance
        self.low, columns = band(weigher.evidence, en, zh)
        self.i = np.arange(len(en))[:, None]
        self.j = self.low[:-1, None] + np.arange(columns)
        self.inside = self.j < len(zh)
        self.j = np.minimum(self.j, len(zh) - 1)
        self._weigh(np.stack([self._gains(link) for link in (BESIDE, TWO_ZH, TWO_EN)]))

    def _gains(self, link: int) -> Floats:
        gains = np.zeros(self.j.shape)
        for start in range(0, len(self.en), _AT_ONCE):
            few = slice(start, start + _AT_ONCE)
            first, last = int(self.j[few].min()), int(self.j[few].max())
            block = self.weigher.evidence.gains(self.en[few], self.zh[first : last + 1], link)
            gains[few] = np.take_along_axis(block, self.j[few] - first, 1)
        return gains

    def _weigh(self, gains: Floats) -> None:
        """Sets out every link of one with one, one with two and two with one, in this order."""
        en, zh = self.en[self.i], self.zh[self.j]
        next_en = self.en[np.minimum(self.i + 1, len(self.en) - 1)]
        next_zh = self.zh[np.minimum(self.j + 1, len(self.zh) - 1)]
        outside = ~self.inside
        self._never = np.stack(
            [outside, outside | (next_zh != zh + 1), outside | (next_en != en + 1)]
        )
        self._candidates = self.weigher.candidates(
            (en, np.stack((en, en, next_en))),
            (zh, np.stack((zh, next_zh, zh))),
            gains,
        )
        self._apart = self.weigher.apart(en, zh) if self.distance else 0.0

    def grid(self, model: Model) -> Grid:
        """The grid of the two stretches, weighed by a model."""
        weights = self._candidates.weights(model)
        weights += self._apart
        weights[0] += model.one
        weights[1:] += model.two
        weights[self._never] = NEVER
        one, two_zh, two_en = weights
        return Grid(self.low, one, two_zh, two_en, model.skip_en, model.skip_zh, len(self.zh))


class Reading:
    """A section as a model reads it: links with their probabilities."""

    def __init__(self, section: Section, model: Model) -> None:
        self.section = section
        self.grid = section.grid(model)
        self.after = self.grid.after()
        self.total = float(self.after[0, 0])

    @cached_property
    def _sure(self) -> tuple[Floats, Floats, Floats]:
        """The probabilities of links of one with one, one with two and two with one."""
        grid = self.grid
        here = grid.before()[:-1] - self.total
        next_row, next_but_one = grid.low[1:] - grid.low[:-1], grid.low[2:] - grid.low[:-2]
        one = here + grid.one + moved(self.after[1:], next_row - 1)
        two_zh = here + grid.two_zh + moved(self.after[1:], next_row - 2)
        two_en = np.full_like(one, NEVER)
        two_en[:-1] = here[:-1] + grid.two_en[:-1]
        two_en[:-1] += moved(self.after[2:], next_but_one - 1)
        one, two_zh, two_en = (np.exp(np.minimum(odds, 0.0)) for odds in (one, two_zh, two_en))
        return one, two_zh, two_en

    def singles(self) -> tuple[Ints, Ints, Floats, float]:
        """The links of one with one by the paragraphs' numbers, how sure each is; how many twos."""
        one, two_zh, two_en = self._sure
        row, column = np.nonzero(one > _SURE_ENOUGH)
        j = self.section.j[row, column]
        twos = sum(float(two[two > _SURE_ENOUGH].sum()) for two in (two_zh, two_en))
        return self.section.en[row], self.section.zh[j], one[row, column], twos

    def total_from(self, left: int, en: bool) -> float:
        """The log probability of all that lies behind `left` paragraphs of one language."""
        i, j = (left, 0) if en else (0, left)
        column = j - int(self.grid.low[i])
        inside = 0 <= column < self.after.shape[1]
        return float(self.after[i, column]) if inside else NEVER

    def links(self) -> list[Link]:
        """The best links, and between them the paragraphs left out, the leading language first."""
        section, weigher = self.section, self.section.weigher
        en, zh = weigher.en[section.en].tolist(), weigher.zh[section.zh].tolist()
        out: list[Link] = []
        i = j = 0
        for step in [*self.grid.path(), Step(len(en), len(zh), 0, 0)]:
            lone_en = [Link((place,), (), 1.0) for place in en[i : step.i]]
            lone_zh = [Link((), (place,), 1.0) for place in zh[j : step.j]]
            out += lone_zh + lone_en if zh[0] < en[0] else lone_en + lone_zh
            i, j = step.i + step.en, step.j + step.zh
            if step.en:
                sure = self._probability(step)
                out.append(Link(tuple(en[step.i : i]), tuple(zh[step.j : j]), sure))
        return out

    def _probability(self, step: Step) -> float:
        one, two_zh, two_en = self._sure
        table = two_zh if step.zh > 1 else two_en if step.en > 1 else one
        return float(table[step.i, step.j - int(self.grid.low[step.i])])
