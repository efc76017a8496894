"""Which monotone alignment of two sequences is best, and how probable is each link?

The hidden Markov model of Gale and Church (1993): steps pair one with one,
leave one out on either side, or pair two with one. A grid node `(i, j)` has
the first `i` English and the first `j` Chinese paragraphs behind it. Row by
row over whole NumPy rows; rows hold a band of nodes, so that long texts take
bounded time and memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from search.align.sparse import Floats, Ints

NEVER = -1e9
"""The log probability of what cannot be."""


class Step(NamedTuple):
    """A step of the best path: `en` English and `zh` Chinese paragraphs from (i, j) on."""

    i: int
    j: int
    en: int
    zh: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Log odds of every link in a band, and the log odds of leaving one out.

    Row `i`, column `k` stands for English paragraph `i` and Chinese paragraph
    `low[i] + k`: `one` pairs the two, `two_zh` pairs `i` with this and the
    next Chinese one, `two_en` this Chinese one with `i` and `i + 1`. `low` has
    one more entry than there are rows, never falls, begins at 0 and ends where
    the band reaches the last Chinese paragraph.
    """

    low: Ints
    one: Floats
    two_zh: Floats
    two_en: Floats
    skip_en: float
    skip_zh: float
    width: int
    """Chinese paragraphs in all."""

    def before(self) -> Floats:
        """The log probability of everything before each node."""
        rows, columns = self.one.shape
        gaps = self.skip_zh * np.arange(columns)
        behind, room = self._nodes()
        behind[0, room : room + columns] = gaps + self.skip_zh * self.low[0]
        low = self.low.tolist()
        for row in range(rows):
            here = behind[row, room : room + columns]
            if row:
                here[:] = np.logaddexp.accumulate(here - gaps) + gaps
            start = room - low[row + 1] + low[row]
            for on, weights in (
                (start, self.skip_en),
                (start + 1, self.one[row]),
                (start + 2, self.two_zh[row]),
            ):
                there = behind[row + 1, on : on + columns]
                np.logaddexp(there, here + weights, out=there)
            if row + 1 < rows:
                on = room - low[row + 2] + low[row] + 1
                there = behind[row + 2, on : on + columns]
                np.logaddexp(there, here + self.two_en[row], out=there)
        here = behind[rows, room : room + columns]
        here[:] = np.logaddexp.accumulate(here - gaps) + gaps
        return behind[:, room : room + columns]

    def after(self, joined: np.ufunc = np.logaddexp) -> Floats:
        """The log probability of everything after each node; of the best way with `maximum`."""
        rows, columns = self.one.shape
        gaps = self.skip_zh * np.arange(columns)[::-1]
        left = self.width - self.low[rows] - np.arange(columns)
        ahead, room = self._nodes()
        ahead[rows, room : room + columns] = np.where(left >= 0, self.skip_zh * left, NEVER)
        low = self.low.tolist()
        for row in range(rows - 1, -1, -1):
            start = room - low[row + 1] + low[row]
            best = ahead[row + 1, start : start + columns] + self.skip_en
            joined(best, ahead[row + 1, start + 1 : start + 1 + columns] + self.one[row], out=best)
            joined(
                best, ahead[row + 1, start + 2 : start + 2 + columns] + self.two_zh[row], out=best
            )
            if row + 1 < rows:
                on = room - low[row + 2] + low[row] + 1
                joined(best, ahead[row + 2, on : on + columns] + self.two_en[row], out=best)
            best -= gaps
            ahead[row, room : room + columns] = joined.accumulate(best[::-1])[::-1] + gaps
        return ahead[:, room : room + columns]

    def _nodes(self) -> tuple[Floats, int]:
        """A row of nodes more than there are of links, none of them possible, and room around.

        The next two rows begin so many columns further at most.
        """
        rows, columns = self.one.shape
        room = int(np.max(self.low[2:] - self.low[:-2], initial=self.low[1] - self.low[0]))
        return np.full((rows + 1, room + columns + 2), NEVER), room

    def path(self, i: int = 0, j: int = 0) -> list[Step]:
        """The best path from a node to the end, its skips left out."""
        rows = len(self.one)
        ahead = self.after(np.maximum)
        steps: list[Step] = []
        while i < rows and j < self.width:
            k = int(j - self.low[i])
            here = ahead[i, k] - 1e-6
            if here <= self._at(ahead, i + 1, j + 1) + self.one[i, k]:
                steps.append(Step(i, j, 1, 1))
            elif here <= self._at(ahead, i + 1, j + 2) + self.two_zh[i, k]:
                steps.append(Step(i, j, 1, 2))
            elif i + 1 < rows and here <= self._at(ahead, i + 2, j + 1) + self.two_en[i, k]:
                steps.append(Step(i, j, 2, 1))
            elif here <= self._at(ahead, i + 1, j) + self.skip_en:
                i += 1
                continue
            else:
                j += 1
                continue
            i, j = i + steps[-1].en, j + steps[-1].zh
        return steps

    def _at(self, table: Floats, i: int, j: int) -> float:
        k = int(j - self.low[i])
        return float(table[i, k]) if 0 <= k < table.shape[1] else NEVER


def moved(rows: Floats, by: Ints) -> Floats:
    """Every row moved to the right by as many columns as `by` says of it."""
    columns = rows.shape[1]
    wanted = np.arange(columns) - by[:, None]
    held = rows[np.arange(len(rows))[:, None], np.clip(wanted, 0, columns - 1)]
    found: Floats = np.where((wanted >= 0) & (wanted < columns), held, NEVER)
    return found
