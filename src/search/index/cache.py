"""What is worked out of a term is kept, as long as it takes no more room than a set number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy.typing as npt

Array = npt.NDArray[Any]
V = TypeVar("V", bound=tuple[Array, ...])


class Cache(Generic[V]):
    """A function of a field and a term that keeps the arrays it gave. Safe to share by threads.

    What was asked for longest ago goes first.

    >>> import numpy as np
    >>> flags = Cache(lambda field, term: (np.zeros(len(term), np.bool_),), 5)
    >>> [len(flags("form", term)[0]) for term in ("abc", "ab", "abcd")], flags.bytes
    ([3, 2, 4], 4)
    """

    def __init__(self, work_out: Callable[[str, str], V], most: int) -> None:
        """`most` is the number of bytes."""
        self.bytes = 0
        self._work_out = work_out
        self._most = most
        self._held: OrderedDict[tuple[str, str], V] = OrderedDict()
        self._lock = Lock()

    def __call__(self, field: str, term: str) -> V:
        key = field, term
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        # Two threads may both work it out: better than that one waits.
        value = self._work_out(field, term)
        with self._lock:
            if key not in self._held:
                self._held[key] = value
                self.bytes += _size(value)
            while self.bytes > self._most:
                self.bytes -= _size(self._held.popitem(last=False)[1])
        return value


def _size(value: tuple[Array, ...]) -> int:
    return sum(array.nbytes for array in value)
