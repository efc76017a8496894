"""Arithmetic on keys is what it would be on lists of documents and positions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.keys import Keys, contains, follow, near, per_document, union

PLACES = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 12)), max_size=20)


def keys(places: set[tuple[int, int]]) -> Keys:
    return np.array(sorted((doc + 1 << 5) + at for doc, at in places), np.uint32)


def places(found: Keys) -> set[tuple[int, int]]:
    return {((key >> 5) - 1, key % 32) for key in found.tolist()}


@given(PLACES)
def test_documents_are_counted(held: set[tuple[int, int]]) -> None:
    docs, counts = per_document(keys(held), lambda found: (found >> 5) - 1)
    listed = [doc for doc, _ in held]
    assert dict(zip(docs.tolist(), counts.tolist(), strict=True)) == {
        doc: listed.count(doc) for doc in listed
    }


@given(PLACES, PLACES)
def test_membership_and_union_are_those_of_sets(
    one: set[tuple[int, int]], other: set[tuple[int, int]]
) -> None:
    assert contains(keys(one), keys(other)).tolist() == [place in one for place in sorted(other)]
    assert places(union([keys(one), keys(other)])) == one | other


@given(PLACES, PLACES, st.sets(st.integers(0, 4), min_size=1))
def test_following_is_a_step_further_in_the_same_document(
    one: set[tuple[int, int]], other: set[tuple[int, int]], steps: set[int]
) -> None:
    expected = {(d, at) for d, at in other if any((d, at - step) in one for step in steps)}
    assert places(follow(keys(one), keys(other), sorted(steps))) == expected


@given(st.lists(PLACES, min_size=1, max_size=3), st.integers(0, 6))
def test_near_is_a_window_with_one_of_each(slots: list[set[tuple[int, int]]], width: int) -> None:
    everything = set.union(*slots)
    expected = {
        (doc, end)
        for doc, end in everything
        if all(any((doc, at) in slot for at in range(end - width, end + 1)) for slot in slots)
    }
    assert places(near([keys(slot) for slot in slots], width)) == expected
