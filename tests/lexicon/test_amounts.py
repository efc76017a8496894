"""Large numbers, shares and centuries are known as the other language says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon.amounts import otherwise
from search.lexicon.numerals import LARGEST, written
from search.lexicon.table import parts
from search.lexicon.terms import key
from tests.conftest import MakeArchive


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("66 million", {"6600万", "六千六百万", "66000000"}),
        ("505 million", {"5 05亿", "五亿零五百万", "505000000"}),
        ("1.5 billion", {"15亿", "十五亿", "1500000000"}),
        ("three million", {"300万", "三百万", "3000000"}),
        ("5,000 million", {"50亿", "五十亿", "5000000000"}),
        ("fifty thousand", {"5万", "五万", "50000"}),
        ("1.2345 million", {"123 45万", "一百二十三万四千五百", "1234500"}),
        ("1.23456 million", {"一百二十三万四千五百六十", "1234560"}),
        ("million", set()),
        ("two patent million", set()),
        ("3.7万", {"37 thousand", "thirti seven thousand", "37000"}),
        ("8千万", {"80 million", "eighti million", "80000000"}),
        ("六千六百万", {"66 million", "sixti six million", "66000000"}),
        ("5.05亿", {"505 million", "505000000"}),
        ("三百", set()),
        ("40 percent", {"百分之四十", "百分之40"}),
        ("forty per cent", {"百分之四十", "百分之40"}),
        ("per cent", set()),
        ("900,000,000,000,000 percent", set()),
        ("百分之四十", {"40 percent", "40 per cent", "forti percent", "40"}),
        ("twenty-first century", {"21世纪", "二十一世纪"}),
        ("century", set()),
        ("21世纪", {"21 st centuri"}),
        ("十九世纪", {"19 th centuri", "nineteenth centuri"}),
        ("世纪", set()),
    ],
)
def test_an_amount_is_known_as_it_is_written_otherwise(typed: str, others: set[str]) -> None:
    assert set(otherwise(key(typed))) == others


@given(st.integers(1, LARGEST // 10**6 - 1))
def test_millions_lead_to_chinese_and_back(millions: int) -> None:
    amount = written(millions * 10**6)
    said = set(otherwise((str(millions), "million")))
    assert amount in said
    for term in said - {str(millions * 10**6)}:
        back = set(otherwise(parts(term)))
        assert str(millions * 10**6) in back
        assert millions >= 1_000 or f"{millions} million" in back


@given(
    st.lists(
        st.text("0123456789", max_size=14) | st.sampled_from(["million", "per", "cent", "th"]),
        max_size=4,
    ).map(tuple)
    | st.text("百分之零一十万亿世纪09").map(tuple)
)
def test_no_term_breaks_it(term: tuple[str, ...]) -> None:
    assert all(list(otherwise(tuple(filter(None, term)))))


def test_amounts_are_found_in_the_other_language_and_marked(make_archive: MakeArchive) -> None:
    archive = make_archive("The film cost $66 million.", "影片花了6600万元。", "那是80年代的戏。")
    for query, said in (("6600万", "66 million"), ("66 million", "6600万"), ("1980's", "80年代")):
        marked = {
            (hit.passage.en or hit.passage.zh or "")[mark.start : mark.end]
            for hit in archive.search(query).hits
            for marks in hit.marks.values()
            for mark in marks
        }
        assert said in marked, (query, marked)
