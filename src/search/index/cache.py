"""What is worked out of a term is kept, in no more memory than a set number of bytes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy.typing as npt

_ENTRY = 512
"""Bytes that an entry takes beside its arrays: terms that stand nowhere have none."""

Array = npt.NDArray[Any]
V = TypeVar("V", bound=tuple[Array, ...])


class Cache(Generic[V]):
    """A function of a field and a term that keeps the arrays it gave. Safe to share by threads.

    What was worked out longest ago goes first: to note each time what is asked for
    would take as long as the rest of a query of one word. Nobody can write to the arrays.

    >>> import numpy as np
    >>> flags = Cache(lambda field, term: (np.zeros(len(term), np.bool_),), 1_200)
    >>> [len(flags("form", term)[0]) for term in ("AI", "patent", "专利")], flags.bytes
    ([2, 6, 2], 1064)
    """

    def __init__(self, work_out: Callable[[str, str], V], most: int) -> None:
        """`most` is the number of bytes."""
        self.bytes = 0
        self._work_out = work_out
        self._most = most
        self._held: dict[tuple[str, str], V] = {}
        self._lock = Lock()

    def __call__(self, field: str, term: str) -> V:
        held = self._held.get((field, term))
        return self._keep(field, term) if held is None else held

    def _keep(self, field: str, term: str) -> V:
        # Two threads may both work it out: better than that one waits.
        value = self._work_out(field, term)
        for array in value:
            array.setflags(write=False)
        with self._lock:
            if self._held.setdefault((field, term), value) is value:
                self.bytes += _size(term, value)
            while self.bytes > self._most:
                oldest = next(iter(self._held))
                self.bytes -= _size(oldest[1], self._held.pop(oldest))
        return value


def _size(term: str, value: tuple[Array, ...]) -> int:
    return _ENTRY + 4 * len(term) + sum(array.nbytes for array in value)
