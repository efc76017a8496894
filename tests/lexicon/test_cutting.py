"""A run is cut into as few words as can be, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon.cutting import LONGEST, fewest

KNOWN = {"研究", "研究生", "生命", "起源", "命起", "专利", "自动驾驶", "自动", "驾驶"}


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("自动驾驶专利", ["自动驾驶", "专利"]),
        ("研究生命起源", ["研究", "生命", "起源"]),
        ("觉领专利", ["觉", "领", "专利"]),
        ("", []),
    ],
)
def test_as_few_pieces_as_can_be_and_these_even(run: str, pieces: list[str]) -> None:
    assert fewest(run, KNOWN.__contains__) == pieces


@given(st.text(st.sampled_from("研究生命起源专利自动驾驶"), max_size=30))
def test_the_pieces_are_the_run_and_each_is_known_or_one_character(run: str) -> None:
    pieces = fewest(run, KNOWN.__contains__)
    assert "".join(pieces) == run
    assert all(len(piece) == 1 or piece in KNOWN for piece in pieces)
    assert max(map(len, pieces), default=0) <= LONGEST
    # Cut again by itself, a piece stays one: what was read is read alike.
    assert all(fewest(piece, KNOWN.__contains__) == [piece] for piece in pieces)
