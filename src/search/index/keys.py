"""Arithmetic on keys: sorted arrays of integers that say where words stand.

A key is a place in the whole archive (see `arrays`). Two words next to each
other are keys that differ by one, so phrases are found by adding and
comparing arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

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

MANY: Final = 200
"""Keys for which a sieve pays: fewer are sooner looked up one by one."""
_HOLES: Final = 1 << 18
"""At most as many places has a sieve."""


NO_SIEVE: Final = np.empty(0, np.bool_)


class Row(NamedTuple):
    """The keys of a slot of a phrase, with a `sieve` of them or an empty one."""

    keys: Keys
    sieve: Flags = NO_SIEVE
    is_part: Flags = np.ones((), np.bool_)
    """Whether one of the keys may be that of another part of the same compound: one flag."""

    def among(self, keys: Keys) -> Keys:
        """Those of the keys that the row has too."""
        if len(keys) > MANY and len(self.sieve):
            keys = keys[self.sieve.take(keys & (len(self.sieve) - 1))]
        return keys[contains(self.keys, keys)] if len(keys) else keys


def per_document(keys: Keys, documents: Callable[[Keys], Docs]) -> tuple[Docs, Scores]:
    """The documents that keys stand in, and how many in each.

    `documents` gives the document of each key.

    >>> per_document(np.array([32, 39, 64]), lambda keys: keys >> 5)
    (array([1, 2]), array([2., 1.]))
    """
    held = documents(keys)
    (last,) = (held[1:] != held[:-1]).nonzero()
    if len(last) + 1 >= len(held):
        counts = np.empty(len(held))
        counts.fill(1)
        return held, counts
    last = np.append(last, len(held) - 1)
    counts = last.astype(np.float64)
    counts[0] += 1
    counts[1:] -= last[:-1]
    return held.take(last), counts


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
    return each_once(np.concatenate(held)) if held else NONE


def sieve(keys: Keys) -> Flags:
    """Where the keys fall, counted around in a ring of two to the n places.

    What falls where none of them does is none of them: one look at a small
    table tells so of most keys that begin no phrase (a Bloom filter with one
    hash).

    >>> np.flatnonzero(sieve(np.array([3, 40], np.uint32)))
    array([ 3, 40])
    """
    fallen = np.zeros(min(1 << (16 * len(keys)).bit_length(), _HOLES), np.bool_)
    fallen[keys & (len(fallen) - 1)] = True
    return fallen


def phrase(slots: Sequence[Row], steps: Sequence[range]) -> Keys:
    """The keys at which rows end that have a key of every slot, `steps[i]` after slot i."""
    # Only parts of a compound share a position.
    steps = [
        step[1:] if step[0] == 0 and not (one.is_part and other.is_part) else step
        for (one, other), step in zip(pairwise(slots), steps, strict=True)
    ]
    if len(slots) == 2:
        return follow(slots[0], slots[1], steps[0])
    if all(len(step) == 1 for step in steps):
        return _rigid(slots, [step[0] for step in steps])
    held = list(slots)
    # From the rarest slot back to the second, the others lose what leads nowhere.
    for at in range(min(range(len(held)), key=lambda at: len(held[at].keys)), 1, -1):
        there = steps[at - 1]
        back = range(-there[-1], 1 - there[0])
        held[at - 1] = Row(follow(held[at], held[at - 1], back))
    ends = held[0]
    for following, step in zip(held[1:], steps, strict=True):
        ends = Row(follow(ends, following, step))
    return ends.keys


def _rigid(slots: Sequence[Row], steps: Sequence[int]) -> Keys:
    """The same where each step has one length: in any order, so the rarest first."""
    places = [0, *accumulate(steps)]
    before, *order = sorted(range(len(slots)), key=lambda at: len(slots[at].keys))
    keys = slots[before].keys
    for at in order:
        keys = slots[at].among(_moved(keys, places[at] - places[before]))
        before = at
    return _moved(keys, places[-1] - places[before])


def follow(ends: Row, following: Row, steps: range) -> Keys:
    """Those of `following` that stand one of `steps` positions after one of `ends`.

    The fewer are looked up among the more.
    """
    if len(ends.keys) <= len(following.keys):
        each = [following.among(_moved(ends.keys, step)) for step in steps]
    else:
        each = [_moved(ends.among(_moved(following.keys, -step)), step) for step in steps]
    return union(keys for keys in each if len(keys))


def near(slots: Sequence[Keys], width: int, last: Callable[[Keys], Keys]) -> Keys:
    """The keys at which a window ends that has one of every slot and is `width` positions long.

    A key counts for its slot as long as it is in the window and none of its
    slot has come after it, and at most to the `last` key of its passage. So as
    many slots are in the window at a key as keys have begun to count, less
    those that have ceased.
    """
    if not all(map(len, slots)):
        return NONE
    ceased = []
    for slot in slots:
        until = np.minimum(slot.astype(np.int64) + width, last(slot).astype(np.int64))
        np.minimum(until[:-1], slot[1:].astype(np.int64) - 1, out=until[:-1])
        ceased.append(until)
    start, stop = (np.sort(np.concatenate(each), kind="stable") for each in (slots, ceased))
    keys = each_once(start)
    counting = start.searchsorted(keys, "right") - stop.searchsorted(keys, "left")
    ends: Keys = keys[counting == len(slots)]
    return ends


def _moved(keys: Keys, step: int) -> Keys:
    """Keys have no sign: NumPy takes no negative number for them."""
    return keys if not step else keys + step if step > 0 else keys - -step


def each_once(values: Keys) -> Keys:
    """The values ascending, each once. NumPy's own `unique` hashes, which costs far more here."""
    values = np.sort(values, kind="stable")
    kept = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=kept[1:])
    return values[kept]
