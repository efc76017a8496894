"""Numerals are read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon.numerals import LARGEST, otherwise, value, written
from search.lexicon.terms import key


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


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("三", {"3", "three", "iii"}),
        ("49", {"四十九", "forti nine", "xlix"}),
        ("20th", {"第二十", "第20", "二十"}),
        ("third", {"第三", "第3"}),
        ("第三", {"third", "3 rd", "3", "three", "iii"}),
        ("1970s", {"70年代", "七十年代", "1970年代"}),
        ("80年代", {"1980 s", "80 s"}),
        ("12月", {"decemb"}),
        ("patent", set()),
        ("", set()),
    ],
)
def test_a_number_is_known_as_it_is_written_otherwise(typed: str, others: set[str]) -> None:
    assert set(otherwise(key(typed))) == others


@given(st.lists(st.text("第零一十年代月0123456789xsth", max_size=5), max_size=3).map(tuple))
def test_no_term_breaks_it(term: tuple[str, ...]) -> None:
    assert all(list(otherwise(term)))
