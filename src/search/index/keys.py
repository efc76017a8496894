"""Arithmetic on keys: sorted arrays of integers that say where words stand.

A key is a place in the whole archive (see `arrays`). Two words next to each
other are keys that differ by one, so phrases are found by adding and
comparing arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[Any]
"""Unsigned integers in ascending order, none twice."""
Docs = npt.NDArray[Any]
"""Numbers of passages in ascending order, none twice."""
Scores = npt.NDArray[np.float64]
"""A number for each document of a `Docs` beside it."""
Flags = npt.NDArray[np.bool_]

NONE = np.empty(0, np.uint32)


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
    first = np.flatnonzero(begins)
    counts = np.empty(len(first))
    counts[:-1] = first[1:] - first[:-1]
    counts[-1] = len(held) - first[-1]
    return held[first], counts


def contains(sorted_keys: Keys, wanted: Keys) -> Flags:
    """For each of `wanted`, whether it is among the sorted keys (or documents)."""
    if not len(sorted_keys):
        return np.zeros(len(wanted), np.bool_)
    at = np.searchsorted(sorted_keys, wanted)
    found: Flags = sorted_keys.take(at, mode="clip") == wanted
    return found


def union(arrays: Iterable[Keys]) -> Keys:
    """All that is in one of the arrays, ascending, each once."""
    held = list(arrays)
    if len(held) == 1:
        return held[0]
    return _each_once(np.concatenate(held)) if held else NONE


def follow(ends: Keys, following: Keys, steps: Sequence[int]) -> Keys:
    """Those of `following` that stand one of `steps` positions after one of `ends`.

    The fewer are looked up among the more.
    """
    if len(ends) < len(following):
        reached = [ends + step for step in steps]
        return union(keys[contains(following, keys)] for keys in reached)
    kept = contains(ends, following - steps[0])
    for step in steps[1:]:
        kept |= contains(ends, following - step)
    return following[kept]


def near(slots: Sequence[Keys], width: int) -> Keys:
    """The keys at which a window ends that has one of every slot and is `width` positions long.

    Going along all keys in order, the last one seen of each slot is carried
    with them; the window that ends at a key begins at the earliest of those.
    """
    keys = np.concatenate(slots).astype(np.int64)
    owner = np.repeat(np.arange(len(slots)), [len(slot) for slot in slots])
    order = np.lexsort((owner, keys))
    keys, owner = keys[order], owner[order]
    begins = np.full(len(keys), np.iinfo(np.int64).max)
    for slot in range(len(slots)):
        seen = np.where(owner == slot, keys, -(1 << 62))
        begins = np.minimum(begins, np.maximum.accumulate(seen))
    return _each_once(keys[keys - begins <= width])


def _each_once(values: Keys) -> Keys:
    """The values ascending, each once. NumPy's own `unique` hashes, which costs far more here."""
    values = np.sort(values, kind="stable")
    kept = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=kept[1:])
    return values[kept]
