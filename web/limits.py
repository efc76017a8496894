"""How often may somebody ask, and how long may the answer take?

As often as a token bucket allows (Turner, 1986), which fills again by and by;
there is one for each client, in memory. A client is whoever signed in, or an
address; of IPv6 a network of 64 bits, which is what one subscriber has.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from flask import Blueprint, g, request
from werkzeug.exceptions import TooManyRequests

from search.patience import within

MOST_CLIENTS: Final = 10_000
"""Buckets that are kept; whoever has not asked for longest is forgotten first."""

FREE: Final = frozenset({"static", "health"})


class Limiter:
    """Allows each client so many requests a minute, all of them at once if need be."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = a_minute
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Seconds until the client may ask again: 0.0 if it may now, and has."""
        now = self._clock()
        with self._lock:
            left, since = self._buckets.pop(client, (self._most, now))
            left = min(self._most, left + (now - since) * self._most / 60)
            allowed = left >= 1
            self._buckets[client] = (left - 1 if allowed else left, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / self._most

    def guard(self) -> None:
        """Refuses the request at hand (429) if its client has asked too often."""
        if (request.endpoint or "").rpartition(".")[2] in FREE:
            return
        seconds = self.wait(g.get("who") or address(request.remote_addr or ""))
        if seconds:
            raise TooManyRequests(
                "Too many requests came from here. Try again in a moment.",
                retry_after=math.ceil(seconds),
            )


def limit_time(site: Blueprint, seconds: float) -> None:
    """Ends a query of a request to the blueprint after so many seconds, with `QueryTooSlow`."""

    def begin() -> None:
        g.patience = ExitStack()
        g.patience.enter_context(within(seconds))

    def end(_: BaseException | None) -> None:
        if "patience" in g:
            g.pop("patience").close()

    site.before_request(begin)
    site.teardown_request(end)


def address(text: str) -> str:
    """The client behind an address.

    >>> address("192.0.2.7"), address("2001:db8::1:2:3:4")
    ('192.0.2.7', '2001:db8::')
    """
    try:
        found = ip_address(text)
    except ValueError:
        return text
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
