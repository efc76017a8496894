"""What stands in an archive is told from what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.arrays import Arrays
from search.lexicon.standing import Standing
from search.lexicon.table import spelt
from search.lexicon.terms import key
from tests.lexicon.conftest import MakeArrays

SIDES = [
    ("The talent pool of SenseTime is good good.", "人才好好好，AI芯片。"),
    ("Pool, then talent.", "才人专利"),
    ("Time", "产学研合作"),
]


@pytest.fixture(scope="module")
def standing(make_arrays: MakeArrays) -> Standing:
    return Standing(make_arrays(SIDES))


@pytest.mark.parametrize(
    ("term", "stands"),
    [
        ("talent pool", True),
        ("pool talent", False),
        ("pool then", True),
        ("SenseTime", True),
        ("good good", True),
        ("good good good", False),
        ("talent", True),
        ("x", False),
        ("人才", True),
        ("才人", True),
        ("好好好", True),
        ("好好好好", False),
        ("利产", False),
        ("產學", True),
        ("AI芯片", True),
        ("芯片AI", False),
        ("", False),
    ],
)
def test_a_phrase_stands_where_its_words_are_next_to_each_other(
    standing: Standing, term: str, stands: bool
) -> None:
    assert (spelt(key(term)) in standing) is stands


@given(st.text("人才好专利产学研合作片", min_size=1, max_size=4))
def test_characters_stand_if_a_text_has_them_in_a_row(standing: Standing, term: str) -> None:
    assert (term in standing) is any(term in zh for _, zh in SIDES)


def test_how_often_a_word_stands_is_counted(talk: Arrays) -> None:
    standing = Standing(talk)
    assert standing.frequency("专利") == 3
    assert standing.frequency("有") == standing.frequency("没有") == 0


def test_a_family_is_of_the_archive(make_arrays: MakeArrays) -> None:
    standing = Standing(make_arrays([("East and eastern, ease.", "")]))
    assert standing.family("eastern") == ("east",)
