"""What is kept is what was worked out, and never takes more room than it may."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.cache import Array, Cache


def made(field: str, term: str) -> tuple[Array]:
    return (np.full(1000 * len(term), len(field)),)


@given(st.lists(st.tuples(st.sampled_from(["a", "bc"]), st.text("xyz", max_size=6))))
def test_it_gives_what_is_worked_out_and_keeps_no_more_than_it_may(
    asked: list[tuple[str, str]],
) -> None:
    cache = Cache(made, 40_000)
    for field, term in asked:
        assert cache(field, term)[0].tolist() == made(field, term)[0].tolist()
        assert cache.bytes <= 40_000


def test_what_was_asked_for_before_is_not_worked_out_again() -> None:
    cache = Cache(made, 40_000)
    assert cache("a", "x") is cache("a", "x")


def test_terms_that_stand_nowhere_take_room_too() -> None:
    cache = Cache(made, 40_000)
    empty = cache("a", "")
    for number in range(1000):
        cache(str(number), "")
    assert cache("a", "") is not empty


def test_nobody_can_write_to_what_is_kept() -> None:
    (kept,) = Cache(made, 40_000)("a", "x")
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 5
