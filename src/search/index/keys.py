"""Arithmetic on keys: sorted arrays of integers that say where words stand.

A key is a place in the whole archive (see `arrays`). Two words next to each
other are keys that differ by one, so phrases are found by adding and
comparing arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[Any]
"""Unsigned integers in ascending order, none twice. A step back from one is never below zero."""
Docs = npt.NDArray[Any]
"""Numbers of passages in ascending order, none twice."""
Scores = npt.NDArray[np.float64]
"""A number for each document of a `Docs` beside it."""
Flags = npt.NDArray[np.bool_]

NONE = np.empty(0, np.uint32)

_MANY: Final = 200
"""Keys for which a sieve pays: fewer are sooner looked up one by one."""
_HOLES: Final = 1 << 18
"""At most as many places has a sieve."""


@dataclass(frozen=True, slots=True)
class Row:
    """The keys of a slot of a phrase, and how one comes by their `sieve`, if it is kept."""

    keys: Keys
    sieve: Callable[[], Flags] | None = None


def per_document(keys: Keys, documents: Callable[[Keys], Docs]) -> tuple[Docs, Scores]:
    """The documents that keys stand in, and how many in each.

    `documents` gives the document of each key.

    >>> per_document(np.array([32, 39, 64]), lambda keys: keys >> 5)
    (array([1, 2]), array([2., 1.]))
    """
    held = documents(keys)
    if not len(held):
        return held, np.zeros(0)
    begins = np.ones(len(held), np.bool_)
    np.not_equal(held[1:], held[:-1], out=begins[1:])
    (first,) = begins.nonzero()
    if len(first) == len(held):
        return held, np.ones(len(held))
    counts = np.empty(len(first))
    counts[:-1] = first[1:] - first[:-1]
    counts[-1] = len(held) - first[-1]
    return held.take(first), counts


def contains(sorted_keys: Keys, wanted: Keys) -> Flags:
    """For each of `wanted`, whether it is among the sorted keys (or documents)."""
    if not len(sorted_keys):
        return np.zeros(len(wanted), np.bool_)
    at = sorted_keys.searchsorted(wanted)
    found: Flags = sorted_keys.take(at, mode="clip") == wanted
    return found


def union(arrays: Iterable[Keys]) -> Keys:
    """All that is in one of the arrays, ascending, each once."""
    held = list(arrays)
    if len(held) == 1:
        return held[0]
    return _each_once(np.concatenate(held)) if held else NONE


def sieve(keys: Keys) -> Flags:
    """Where the keys fall, counted around in a ring of two to the n places.

    What falls where none of them does is none of them, which is known by one
    look at a small table: most keys that begin no phrase are told so (a Bloom
    filter with one hash).

    >>> np.flatnonzero(sieve(np.array([3, 40], np.uint32)))
    array([ 3, 40])
    """
    fallen = np.zeros(min(1 << (16 * len(keys) + 63).bit_length(), _HOLES), np.bool_)
    fallen[keys & (len(fallen) - 1)] = True
    return fallen


def phrase(slots: Sequence[Row], steps: Sequence[range]) -> Keys:
    """The keys at which rows end that have a key of every slot, `steps[i]` after slot i.

    From the rarest slot back to the second the others lose what leads nowhere;
    then it goes forward, with few keys from the first step on.
    """
    held = list(slots)
    rarest = min(range(len(held)), key=lambda at: len(held[at].keys))
    for at in range(rarest, 1, -1):
        there = steps[at - 1]
        back = range(-there[-1], 1 - there[0])
        held[at - 1] = Row(follow(held[at], held[at - 1], back))
    ends = held[0]
    for following, there in zip(held[1:], steps, strict=True):
        ends = Row(follow(ends, following, there))
    return ends.keys


def follow(ends: Row, following: Row, steps: range) -> Keys:
    """Those of `following` that stand one of `steps` positions after one of `ends`.

    The fewer are looked up among the more.
    """
    near, far = ends.keys, following.keys
    if not (len(near) and len(far)):
        return NONE
    width = len(steps) - 1
    if len(near) > len(far):
        begins = _moved(_sifted(far, ends, range(-steps[-1], 1 - steps[0])), -steps[-1])
        # A key before its begin would be far above it: keys have no sign.
        met = near.take(near.searchsorted(begins), mode="clip") - begins <= width
        return _moved(begins[met], steps[-1])
    begins = _moved(_sifted(near, following, steps), steps[0])
    at = far.searchsorted(begins)
    reached = []
    for _ in steps:
        there = far.take(at, mode="clip")
        met = there - begins <= width
        reached.append(there[met])
        at, begins = at[met] + 1, begins[met]
        if not len(at):
            break
    return union(reached) if len(reached) > 1 or width else reached[0]


def near(slots: Sequence[Keys], width: int) -> Keys:
    """The keys at which a window ends that has one of every slot and is `width` positions long.

    A key counts for its slot as long as it is in the window and none of its
    slot has come after it. So as many slots are in the window at a key as keys
    have begun to count, less those that have ceased.
    """
    begins = [slot.astype(np.int64) for slot in slots]
    ceased = [
        np.minimum(slot + width, np.append(slot[1:] - 1, np.iinfo(np.int64).max)) for slot in begins
    ]
    start, stop = (np.sort(np.concatenate(each), kind="stable") for each in (begins, ceased))
    keys = _each_once(start)
    counting = start.searchsorted(keys, "right") - stop.searchsorted(keys, "left")
    return keys[counting == len(slots)]


def _moved(keys: Keys, step: int) -> Keys:
    """Keys have no sign: NumPy takes no negative number for them."""
    return keys + step if step >= 0 else keys - -step


def _sifted(keys: Keys, among: Row, steps: range) -> Keys:
    """Those of many keys that may have one of `among` some of `steps` after them."""
    if len(keys) < _MANY or among.sieve is None:
        return keys
    fallen = among.sieve()
    ring = len(fallen) - 1
    passed = fallen.take(_moved(keys, steps[0]) & ring)
    for step in steps[1:]:
        passed |= fallen.take(_moved(keys, step) & ring)
    return keys[passed]


def _each_once(values: Keys) -> Keys:
    """The values ascending, each once. NumPy's own `unique` hashes, which costs far more here."""
    values = np.sort(values, kind="stable")
    kept = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=kept[1:])
    return values[kept]
