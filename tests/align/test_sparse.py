"""Products of sparse rows are those of the matrices laid out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.align.sparse import Sparse


def random(height: int, width: int, rng: np.random.Generator) -> tuple[Sparse, np.ndarray]:
    count = int(rng.integers(0, 2 * height * width))
    rows, columns = rng.integers(0, height, count), rng.integers(0, width, count)
    values = rng.uniform(0.1, 1, count)
    laid = np.zeros((height, width))
    np.maximum.at(laid, (rows, columns), values)
    return Sparse.of(height, width, rows, columns, values), laid


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 8), st.integers(0, 1_000))
def test_products_are_those_of_full_matrices(a: int, b: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, laid_one = random(a, width, rng)
    other, laid_other = random(b, width, rng)
    rows, columns = rng.integers(0, a, 5), rng.permutation(b)
    expected = laid_one[rows] @ laid_other[columns].T
    assert np.allclose(one.product(other, rows, columns), expected)
    few = np.sort(rng.integers(0, b, 5))
    assert np.allclose(one.products(other, rows, few), (laid_one[rows] * laid_other[few]).sum(1))
    assert np.allclose(one.counts(), (laid_one > 0).sum(0))
    weights = rng.normal(size=width)
    assert np.allclose(one.sums(weights), (laid_one > 0) @ weights)


@given(st.integers(1, 6), st.integers(1, 8), st.integers(0, 1_000))
def test_what_goes_on_shares_with_what_follows(height: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix, laid = random(height, width, rng)
    on = rng.integers(0, 2, height).astype(bool)
    on[-1] = False
    expected = laid.copy()
    for row in np.flatnonzero(on):
        expected[row] = np.maximum(expected[row], 0.5 * laid[row + 1])
        expected[row + 1] = np.maximum(expected[row + 1], 0.5 * laid[row])
    each, every = np.eye(width), np.arange(width)
    unit = Sparse.of(width, width, every, every, each[each > 0])
    assert np.allclose(matrix.shared(on, 0.5).product(unit, np.arange(height), every), expected)
