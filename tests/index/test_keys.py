"""Arithmetic on keys is what it would be on lists of documents and positions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.keys import (
    MANY,
    Keys,
    Row,
    contains,
    follow,
    near,
    per_document,
    phrase,
    sieve,
    union,
)

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


STEPS = st.builds(
    lambda first, size: range(first, first + size), st.integers(0, 3), st.integers(1, 3)
)


@given(PLACES, PLACES, STEPS)
def test_following_is_a_step_further_in_the_same_document(
    one: set[tuple[int, int]], other: set[tuple[int, int]], steps: range
) -> None:
    expected = {(d, at) for d, at in other if any((d, at - step) in one for step in steps)}
    assert places(follow(Row(keys(one)), Row(keys(other)), steps)) == expected


@given(st.data())
def test_a_phrase_ends_where_its_slots_follow_each_other(data: st.DataObject) -> None:
    # As bits of a number: half of the places are taken, so that there are phrases.
    crowded = st.integers(1, 2**12 - 1).map(
        lambda bits: {(1, at) for at in range(12) if bits >> at & 1}
    )
    slots = data.draw(st.lists(crowded, min_size=2, max_size=5))
    steps = data.draw(st.lists(STEPS, min_size=len(slots) - 1, max_size=len(slots) - 1))
    ends = slots[0]
    for slot, step in zip(slots[1:], steps, strict=True):
        ends = {(d, at) for d, at in slot if any((d, at - back) in ends for back in step)}
    assert places(phrase([Row(keys(slot)) for slot in slots], steps)) == ends


@given(st.integers(1, 30), st.integers(1, 30), STEPS)
def test_a_sieve_lets_through_what_the_row_has(one: int, other: int, steps: range) -> None:
    ends = np.arange(64, 64 + one * 2 * MANY, one).astype(np.uint32)
    following = np.arange(64, 64 + other * 2 * MANY, other).astype(np.uint32)
    plain = follow(Row(ends), Row(following), steps)
    sifted = follow(Row(ends, sieve(ends)), Row(following, sieve(following)), steps)
    assert sifted.tolist() == plain.tolist()


@given(st.lists(PLACES, min_size=1, max_size=3), st.integers(0, 40))
def test_near_is_a_window_of_one_passage_with_one_of_each(
    slots: list[set[tuple[int, int]]], width: int
) -> None:
    everything = set.union(*slots)
    expected = {
        (doc, end)
        for doc, end in everything
        if all(any((doc, at) in slot for at in range(end - width, end + 1)) for slot in slots)
    }
    assert places(near([keys(slot) for slot in slots], width, lambda found: found | 31)) == expected
