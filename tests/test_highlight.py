"""Marks cover what matched, to the code point, and never overlap."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import marks
from search.results import Mark, MarkKind

SPANS = st.builds(
    lambda start, length, kind: Mark(start, start + length, kind),
    st.integers(0, 30),
    st.integers(1, 8),
    st.sampled_from(MarkKind),
)


@given(st.lists(SPANS, max_size=8))
def test_marks_are_in_order_and_do_not_overlap(spans: list[Mark]) -> None:
    shown = marks(spans)
    for one, other in pairwise(shown):
        assert one.start < one.end <= other.start < other.end
        assert one.end < other.start or one.kind != other.kind


@given(st.lists(SPANS, max_size=8))
def test_every_matched_character_is_marked_as_one(spans: list[Mark]) -> None:
    def covered(found: list[Mark], kind: MarkKind) -> set[int]:
        return {at for mark in found if mark.kind is kind for at in range(mark.start, mark.end)}

    shown = list(marks(spans))
    matches = covered(spans, MarkKind.MATCH)
    assert covered(shown, MarkKind.MATCH) == matches
    assert covered(shown, MarkKind.COUNTERPART) == covered(spans, MarkKind.COUNTERPART) - matches


def test_matches_next_to_each_other_are_one_mark() -> None:
    assert marks([Mark(0, 2), Mark(2, 4), Mark(5, 6)]) == (Mark(0, 4), Mark(5, 6))
