"""How long may a query take? As long as whoever asks is ready to wait.

    with within(5.0):
        archive.search(query)        # raises `QueryTooSlow` after five seconds

A thread cannot be stopped from outside: the engine looks at the clock between
steps of some milliseconds. Outside `within` it may take any time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from search.errors import QueryTooSlow


@dataclass(frozen=True, slots=True)
class _Limit:
    seconds: float
    until: float


_limit: ContextVar[_Limit | None] = ContextVar("limit", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Queries of this thread, or task, end after so many seconds with `QueryTooSlow`."""
    token = _limit.set(_Limit(seconds, time.monotonic() + seconds))
    try:
        yield
    finally:
        _limit.reset(token)


def go_on() -> None:
    """Raises `QueryTooSlow` if the time is up."""
    limit = _limit.get()
    if limit is not None and time.monotonic() > limit.until:
        raise QueryTooSlow(limit.seconds)
