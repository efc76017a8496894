"""Where in the grid of two long stretches can the alignment lie?

All of a small grid is looked at. In a large one a band is, along the clues
that stand in one paragraph of each side only, as far as they are in order
(the longest increasing subsequence, by patience sorting).
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from search.align.evidence import Evidence
from search.align.sparse import Ints

CELLS = 2_000_000
"""Cells of a grid that are looked at, if rows are wide enough then: four seconds, 550 MB."""
NARROWEST = 200
_MOST_ROWS = 40_000
"""Longer stretches are no transcript's: they are not read as answering each other as a whole."""


def fits(en: Ints, zh: Ints) -> bool:
    """Whether two stretches are short enough to be aligned at all."""
    return max(len(en), len(zh)) <= _MOST_ROWS


def band(
    evidence: Evidence, en: Ints, zh: Ints, cells: int = CELLS, narrowest: int = NARROWEST
) -> tuple[Ints, int]:
    """The lowest Chinese node of each row of English nodes, and how many nodes a row has."""
    rows, nodes = len(en), len(zh) + 1
    columns = max(cells // rows, 2 * nodes // rows + 2, narrowest)
    if columns >= nodes:
        return np.zeros(rows + 1, dtype=np.int64), nodes
    i, j = _in_order(*evidence.anchors(en, zh))
    centre = np.interp(np.arange(rows + 1), [0, *i, rows], [0, *j, nodes - 1])
    low = np.clip(centre - columns / 2, 0, nodes - columns).astype(np.int64)
    low[0], low[rows] = 0, nodes - columns
    # Half of each row lies above the next, so that every node can be reached.
    slope = columns // 2 * np.arange(rows + 1)
    low = np.minimum(low, slope)
    low = np.maximum.accumulate((low - slope)[::-1])[::-1] + slope
    return np.maximum.accumulate(low), columns


def _in_order(i: Ints, j: Ints) -> tuple[list[int], list[int]]:
    """The most points that rise in both coordinates."""
    order = np.lexsort((-j, i))
    ends: list[int] = []
    last: list[int] = []
    before = np.full(len(order), -1)
    for at in order.tolist():
        place = bisect_left(ends, int(j[at]))
        before[at] = last[place - 1] if place else -1
        ends[place : place + 1] = [int(j[at])]
        last[place : place + 1] = [at]
    chain: list[int] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(at)
        at = int(before[at])
    chain.reverse()
    return [int(i[at]) for at in chain], [int(j[at]) for at in chain]
