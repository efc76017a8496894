"""Where a word stands in the whole archive, as one sorted array of integers.

A *key* is `document * STRIDE + position`. Two words next to each other are
keys that differ by one, so phrases are found by adding and comparing arrays.

>>> per_document(np.array([(3 << 24) + 7, (3 << 24) + 9, (5 << 24) + 1]))
(array([3, 5]), array([2., 1.]))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

STRIDE_BITS = 24
"""A passage has fewer positions than two to the power of this."""

Keys = npt.NDArray[np.int64]
"""Keys in ascending order, none twice."""
Docs = npt.NDArray[np.int64]
"""Documents in ascending order, none twice."""
Scores = npt.NDArray[np.float64]
"""A number for each document of a `Docs` beside it."""
Flags = npt.NDArray[np.bool_]

NONE = np.empty(0, np.int64)


def per_document(keys: Keys) -> tuple[Docs, Scores]:
    """The documents that keys stand in, and how many in each."""
    documents = keys >> STRIDE_BITS
    if not len(documents):
        return documents, np.zeros(0)
    first = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    return documents[first], np.diff(first, append=len(documents)).astype(np.float64)


def contains(sorted_keys: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> Flags:
    """For each of `wanted`, whether it is among the sorted keys (or documents)."""
    if not len(sorted_keys):
        return np.zeros(len(wanted), np.bool_)
    at = np.searchsorted(sorted_keys, wanted)
    at[at == len(sorted_keys)] = 0
    found: Flags = sorted_keys[at] == wanted
    return found


def union(arrays: Iterable[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """All that is in one of the arrays, ascending, each once."""
    held = list(arrays)
    if len(held) == 1:
        return held[0]
    return _each_once(np.concatenate(held)) if held else NONE


def follow(ends: Keys, following: Keys, steps: Iterable[int]) -> Keys:
    """Those of `following` that stand one of `steps` positions after one of `ends`."""
    reached = np.zeros(len(following), np.bool_)
    for step in steps:
        reached |= contains(ends, following - step)
    return following[reached]


def near(slots: Sequence[Keys], width: int) -> Keys:
    """The keys at which a window ends that has one of every slot and is `width` positions long.

    Going along all keys in order, the last one seen of each slot is carried
    with them; the window that ends at a key begins at the earliest of those.
    """
    keys = np.concatenate(slots)
    owner = np.repeat(np.arange(len(slots)), [len(slot) for slot in slots])
    order = np.lexsort((owner, keys))
    keys, owner = keys[order], owner[order]
    begins = np.full(len(keys), np.iinfo(np.int64).max)
    for slot in range(len(slots)):
        seen = np.where(owner == slot, keys, -(1 << 62))
        begins = np.minimum(begins, np.maximum.accumulate(seen))
    return _each_once(keys[keys - begins <= width])


def _each_once(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The values ascending, each once. NumPy's own `unique` hashes, which costs far more here."""
    values = np.sort(values, kind="stable")
    kept = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=kept[1:])
    return values[kept]
