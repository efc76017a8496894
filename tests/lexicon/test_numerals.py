"""Numerals are read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon.numerals import LARGEST, value, written


@given(st.integers(0, LARGEST - 1))
def test_what_is_written_is_read_as_the_same_number(number: int) -> None:
    numeral = written(number)
    assert numeral is not None
    assert value(numeral) == number


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(0, "零"), (10, "十"), (105, "一百零五"), (110, "一百一十"), (10_010, "一万零一十")],
)
def test_numerals_are_written_as_they_are_printed(number: int, numeral: str) -> None:
    assert written(number) == numeral


@pytest.mark.parametrize("number", [-1, LARGEST])
def test_what_is_beyond_numerals_is_not_written(number: int) -> None:
    assert written(number) is None


@given(st.text() | st.text("零一二三〇两十百千万亿人"))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = value(text)
    assert found is None or found >= 0
