"""The grid finds what trying every alignment finds, and bands never lose the way."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.align.band import band
from search.align.dictionary import Dictionary
from search.align.evidence import Evidence
from search.align.grid import NEVER, Grid, Step
from search.model import Lang
from search.structure import Paragraph

SKIP_EN, SKIP_ZH = -1.1, -1.6


def grid(rows: int, columns: int, seed: int) -> Grid:
    """A whole grid of random weights; what would leave it is impossible."""
    rng = np.random.default_rng(seed)
    one, two_zh, two_en = (rng.normal(size=(rows, columns + 1)) for _ in range(3))
    one[:, columns:] = two_zh[:, columns - 1 :] = two_en[:, columns:] = NEVER
    two_en[rows - 1 :] = NEVER
    low = np.zeros(rows + 1, dtype=np.int64)
    return Grid(low, one, two_zh, two_en, SKIP_EN, SKIP_ZH, columns)


def ways(grid: Grid, i: int = 0, j: int = 0) -> Iterator[tuple[float, tuple[Step, ...]]]:
    """Every way from a node to the end, with its weight."""
    rows = len(grid.one)
    if (i, j) == (rows, grid.width):
        yield 0.0, ()
    for en, zh, weights in ((1, 1, grid.one), (1, 2, grid.two_zh), (2, 1, grid.two_en)):
        if i + en <= rows and j + zh <= grid.width:
            for rest, steps in ways(grid, i + en, j + zh):
                yield rest + float(weights[i, j]), (Step(i, j, en, zh), *steps)
    if i < rows:
        yield from ((rest + SKIP_EN, steps) for rest, steps in ways(grid, i + 1, j))
    # A link or an English skip may follow a Chinese skip, as in the grid itself.
    if j < grid.width:
        yield from ((rest + SKIP_ZH, steps) for rest, steps in ways(grid, i, j + 1))


@given(rows=st.integers(1, 4), columns=st.integers(1, 4), seed=st.integers(0, 10_000))
def test_totals_and_the_best_path_are_those_of_all_ways(rows: int, columns: int, seed: int) -> None:
    held = grid(rows, columns, seed)
    found = list(ways(held))
    total = math.log(sum(math.exp(weight) for weight, _ in found))
    assert held.after()[0, 0] == pytest.approx(total)
    assert held.before()[rows, columns] == pytest.approx(total)
    best: defaultdict[tuple[Step, ...], float] = defaultdict(lambda: -math.inf)
    for weight, steps in found:
        best[steps] = max(best[steps], weight)
    assert best[tuple(held.path())] == pytest.approx(max(best.values()))


@given(
    rows=st.integers(2, 60),
    columns=st.integers(2, 90),
    seed=st.integers(0, 1_000),
    wide=st.integers(2, 20),
)
def test_every_row_of_a_band_can_be_reached(rows: int, columns: int, seed: int, wide: int) -> None:
    rng = np.random.default_rng(seed)
    texts = [str(100 + number) for number in rng.integers(0, 99, rows + columns)]
    en = [Paragraph(text, 1, Lang.EN) for text in texts[:rows]]
    zh = [Paragraph(f"第{text}", 1, Lang.ZH) for text in texts[rows:]]
    evidence = Evidence(en, zh, Dictionary())
    low, nodes = band(evidence, np.arange(rows), np.arange(columns), cells=rows * wide, narrowest=2)
    assert low[0] == 0 and low[rows] + nodes == columns + 1
    steps = np.diff(low)
    assert (steps >= 0).all() and (steps < nodes).all()


def test_a_band_finds_what_the_whole_grid_finds() -> None:
    rows, width = 40, 40
    whole = grid(rows, width, 7)
    for weights in (whole.one, whole.two_zh, whole.two_en):
        weights -= 3
    i = np.arange(rows)
    whole.one[i, i] += 9
    low = np.clip(np.arange(rows + 1) - 6, 0, width - 12)
    low[rows] = width - 12
    columns = low[:-1, None] + np.arange(13)
    one, two_zh, two_en = (
        np.take_along_axis(weights, columns, 1)
        for weights in (whole.one, whole.two_zh, whole.two_en)
    )
    narrow = Grid(low, one, two_zh, two_en, SKIP_EN, SKIP_ZH, width)
    assert narrow.path() == whole.path() == [Step(at, at, 1, 1) for at in range(rows)]
    assert narrow.after()[0, 0] == pytest.approx(whole.after()[0, 0], abs=1e-3)
