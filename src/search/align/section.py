"""Two stretches, each in one language, that may answer each other as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.align.band import band
from search.align.grid import NEVER, Grid, Step, all_moved
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
        self.gains = np.zeros(self.j.shape)
        for start in range(0, len(en), _AT_ONCE):
            few = slice(start, start + _AT_ONCE)
            first, last = int(self.j[few].min()), int(self.j[few].max())
            block = weigher.evidence.gains(en[few], zh[first : last + 1])
            self.gains[few] = np.take_along_axis(block, self.j[few] - first, 1)

    def grid(self, model: Model) -> Grid:
        """The grid of the two stretches, weighed by a model."""
        en, zh = self.en[self.i], self.zh[self.j]
        next_en = self.en[np.minimum(self.i + 1, len(self.en) - 1)]
        next_zh = self.zh[np.minimum(self.j + 1, len(self.zh) - 1)]
        weigh = self.weigher.weigh
        apart = self.weigher.apart(en, zh) if self.distance else 0.0
        right, below = self._right(self.gains), self._below(self.gains)
        one = weigh(model, (en, en), (zh, zh), self.gains) + model.one + apart
        two_zh = weigh(model, (en, en), (zh, next_zh), self.gains + right) + model.two + apart
        two_en = weigh(model, (en, next_en), (zh, zh), self.gains + below) + model.two + apart
        two_zh[(right == NEVER) | (next_zh != zh + 1)] = NEVER
        two_en[(below == NEVER) | (next_en != en + 1)] = NEVER
        for weights in (one, two_zh, two_en):
            weights[~self.inside] = NEVER
        return Grid(self.low, one, two_zh, two_en, model.skip_en, model.skip_zh, len(self.zh))

    def _right(self, values: Floats) -> Floats:
        out = np.full_like(values, NEVER)
        out[:, :-1] = np.where(self.inside[:, 1:], values[:, 1:], NEVER)
        return out

    def _below(self, values: Floats) -> Floats:
        out = np.full_like(values, NEVER)
        for row in range(len(values) - 1):
            shift = int(self.low[row + 1] - self.low[row])
            width = values.shape[1] - shift
            if width > 0:
                out[row, shift:] = values[row + 1, :width]
        return out


class Reading:
    """A section as a model reads it: links with their probabilities."""

    def __init__(self, section: Section, model: Model) -> None:
        self.section = section
        self.grid = grid = section.grid(model)
        self.after = grid.after()
        before = grid.before()
        self.total = float(self.after[0, 0])
        here = before[:-1] - self.total
        next_row, next_but_one = grid.low[1:] - grid.low[:-1], grid.low[2:] - grid.low[:-2]
        one = here + grid.one + all_moved(self.after[1:], next_row - 1)
        two_zh = here + grid.two_zh + all_moved(self.after[1:], next_row - 2)
        two_en = np.full_like(one, NEVER)
        two_en[:-1] = here[:-1] + grid.two_en[:-1]
        two_en[:-1] += all_moved(self.after[2:], next_but_one - 1)
        self._one, self._two_zh, self._two_en = (
            np.exp(np.minimum(odds, 0.0)) for odds in (one, two_zh, two_en)
        )

    def singles(self) -> tuple[Ints, Ints, Floats, float]:
        """The links of one with one by the paragraphs' numbers, how sure each is; how many twos."""
        row, column = np.nonzero(self._one > _SURE_ENOUGH)
        j = self.section.j[row, column]
        twos = float(self._two_zh.sum() + self._two_en.sum())
        return self.section.en[row], self.section.zh[j], self._one[row, column], twos

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
        table = self._two_zh if step.zh > 1 else self._two_en if step.en > 1 else self._one
        return float(table[step.i, step.j - int(self.grid.low[step.i])])
