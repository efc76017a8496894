"""Matrices that are mostly empty, and products of a few of their rows at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sparse:
    """A matrix of `height` by `width` whose entries are sorted by row; all others are zero."""

    height: int
    width: int
    columns: Ints
    values: Floats
    starts: Ints
    """Where the entries of each row begin, and the end of the last."""

    @classmethod
    def of(cls, height: int, width: int, rows: Ints, columns: Ints, values: Floats) -> Sparse:
        """The matrix of these entries; of several in one place, the largest."""
        keys = rows * max(1, width) + columns
        order = np.argsort(keys, kind="stable")
        keys, values = keys[order], values[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        if len(first):
            values = np.maximum.reduceat(values, first)
        rows, columns = np.divmod(keys[first], max(1, width))
        return cls(height, width, columns, values, np.searchsorted(rows, np.arange(height + 1)))

    @classmethod
    def ones(cls, height: int, width: int, rows: Ints, columns: Ints) -> Sparse:
        """The matrix of these places."""
        return cls.of(height, width, rows, columns, np.ones(len(rows)))

    def times(self, width: int, by: Ints, columns: Ints, values: Floats) -> Sparse:
        """In each row that has `by[n]` here, `values[n]` in `columns[n]`; the largest of several.

        This matrix is given with rows and columns exchanged.
        """
        at, entries = self._entries(by)
        return Sparse.of(self.width, width, self.columns[entries], columns[at], values[at])

    def counts(self) -> Floats:
        """How many rows have an entry in each column."""
        return np.bincount(self.columns, minlength=self.width).astype(float)

    def valued(self, values: Floats) -> Sparse:
        """The matrix with other values of its entries."""
        return Sparse(self.height, self.width, self.columns, values, self.starts)

    def either(self) -> Sparse:
        """Each row with what the next one has besides."""
        rows = np.repeat(np.arange(self.height), np.diff(self.starts))
        up = rows > 0
        return Sparse.of(
            self.height,
            self.width,
            np.concatenate([rows, rows[up] - 1]),
            np.concatenate([self.columns, self.columns[up]]),
            np.concatenate([self.values, self.values[up]]),
        )

    def shared(self, on: NDArray[np.bool_], part: float) -> Sparse:
        """Rows that go `on` in the next one, and the next ones, have a `part` of each other too."""
        if not on.any():
            return self
        rows = np.repeat(np.arange(self.height), np.diff(self.starts))
        down, up = on[rows], np.concatenate([[False], on[:-1]])[rows]
        return Sparse.of(
            self.height,
            self.width,
            np.concatenate([rows, rows[down] + 1, rows[up] - 1]),
            np.concatenate([self.columns, self.columns[down], self.columns[up]]),
            np.concatenate([self.values, part * self.values[down], part * self.values[up]]),
        )

    def sums(self, weights: Floats) -> Floats:
        """For each row, the sum of the weights of the columns it has an entry in."""
        rows = np.repeat(np.arange(self.height), np.diff(self.starts))
        sums = np.zeros(self.height)
        np.add.at(sums, rows, weights[self.columns])
        return sums

    def places(self, rows: Ints) -> tuple[Ints, Ints]:
        """The entries of these rows: which of `rows` each is in, and its column."""
        at, entries = self._entries(rows)
        return at, self.columns[entries]

    def product(self, other: Sparse, rows: Ints, columns: Ints) -> Floats:
        """These rows times the transpose of these rows of a matrix of the same width."""
        at, held = self._entries(rows)
        by, across = other._entries(columns)
        order = np.argsort(other.columns[across], kind="stable")
        by, across = by[order], across[order]
        begins = np.searchsorted(other.columns[across], np.arange(self.width + 1))
        # Every entry here meets all entries there that stand in its column.
        first = begins[self.columns[held]]
        times = begins[self.columns[held] + 1] - first
        met = ranges(first, times)
        places = np.repeat(at * len(columns), times) + by[met]
        values = np.repeat(self.values[held], times) * other.values[across[met]]
        found: Floats = np.bincount(places, values, minlength=len(rows) * len(columns)).astype(
            float
        )
        return found.reshape(len(rows), len(columns))

    def products(self, other: Sparse, rows: Ints, columns: Ints) -> Floats:
        """Each of these rows times the one of `columns` in the same place."""
        at, held = self._entries(rows)
        by, across = other._entries(columns)
        ours, theirs = at * self.width + self.columns[held], by * self.width + other.columns[across]
        _, here, there = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
        values = self.values[held[here]] * other.values[across[there]]
        return np.bincount(at[here], values, minlength=len(rows)).astype(float)

    def _entries(self, rows: Ints) -> tuple[Ints, Ints]:
        lengths = self.starts[rows + 1] - self.starts[rows]
        return np.repeat(np.arange(len(rows)), lengths), ranges(self.starts[rows], lengths)


def ranges(first: Ints, lengths: Ints) -> Ints:
    """The numbers from each `first` on, so many of each, in one row."""
    begins = np.cumsum(lengths) - lengths
    numbers: Ints = np.arange(int(lengths.sum())) + np.repeat(first - begins, lengths)
    return numbers
