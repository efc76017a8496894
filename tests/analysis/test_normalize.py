"""Folding maps one character to one character."""

from __future__ import annotations

import sys
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normalize import IGNORED, fold, simplified


@given(st.text())
def test_no_character_is_added_dropped_or_moved(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text) == "".join(map(fold, text))


def test_ascii_is_folded_alike_beside_other_characters() -> None:
    ascii = "".join(map(chr, range(0x80)))
    assert fold(ascii + "產") == fold(ascii) + "产"


def test_every_character_folds_to_one_and_folding_twice_is_folding_once() -> None:
    for code in range(sys.maxunicode + 1):
        folded = fold(chr(code))
        assert len(folded) == 1, f"U+{code:04X}"
        assert fold(folded) == folded, f"U+{code:04X}"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("產學研", "产学研"),
        ("后後", "后后"),
        ("ＡＩ　３Ｄ", "ai 3d"),
        ("，。？！（）", ",。?!()"),
        ("“quoted” ‘it’s’", "\"quoted\" 'it's'"),
        ("long—dash non‑breaking", "long-dash non-breaking"),
        ("Café NAÏVE Ūnö", "cafe naive uno"),
        ("cafe\u0301", f"cafe{IGNORED}"),
        ("zero\u200bwidth\u00adsoft", f"zero{IGNORED}width{IGNORED}soft"),
        ("a\u00a0b\tc", "a b c"),
        ("⾃", "自"),
    ],
)
def test_what_a_reader_calls_the_same_is_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_table_is_that_of_opencc() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import opencc
    converters = [opencc.OpenCC(name) for name in ("t2s", "tw2s", "hk2s")]

    def once(char: str) -> str:
        forms = (converter.convert(char) for converter in converters)
        return next((form for form in forms if form != char and len(form) == 1), char)

    table = simplified()
    assert len(table) > 4_000
    for traditional, simple in table.items():
        form = once(traditional)
        while form != simple and (following := once(form)) != form:
            form = following
        assert form == simple
        assert simple not in table


def test_simplified_text_of_everyday_stays_as_it_is() -> None:
    text = "人工智能产业专利技术发展研究创新人才汽车驾驶质量体系企业科学家"
    assert fold(text) == text


@pytest.mark.parametrize(("one", "other"), [("한국", "학교"), ("ガス", "カス"), ("ぱん", "はん")])
def test_letters_that_are_no_accented_forms_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)
