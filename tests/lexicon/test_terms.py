"""A term is the same however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import CHAR, STEM, Analyzer
from search.lexicon.terms import key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patents", "Patent"),
        ("產學研", "产学研"),
        ("industry-university-research", "industry university research"),
        ("SenseTime", "sense time"),
        ("ＡＩ 晶片", "ai晶片"),
    ],
)
def test_forms_of_a_term_are_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(st.text(max_size=30))
def test_a_key_holds_only_what_the_index_holds_of_the_text(analyzer: Analyzer, text: str) -> None:
    held = {token.term for token in analyzer.tokens(text) if token.field in (CHAR, STEM)}
    assert set(key(text)) <= held
