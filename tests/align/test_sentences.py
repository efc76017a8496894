"""Sentences that answer each other are told inside a passage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.align.sentences import chinese, english, pairs

TEXT = st.text('。.!！?？…”" \n\taA1一二AI', max_size=60)


def said(en: str, zh: str) -> list[tuple[str, str]]:
    return [(en[a:b], zh[c:d]) for (a, b), (c, d) in pairs(en, zh)]


def test_sentences_are_paired_in_order() -> None:
    en = "We had 11,494 patents. Is that many? Yes."
    zh = "我們有11,494件專利。這算多嗎？是的。"
    assert said(en, zh) == [
        ("We had 11,494 patents.", "我們有11,494件專利。"),
        ("Is that many?", "這算多嗎？"),
        ("Yes.", "是的。"),
    ]


def test_two_sentences_may_answer_one() -> None:
    en = "In 2021 we put more than eight billion into research. That is a great deal of money."
    zh = "2021年我們的研發投入超過80億元，這是一筆很大的數目。"
    assert said(en, zh) == [(en, zh)]


def test_a_sentence_without_an_answer_is_in_no_pair() -> None:
    en = "We began in 2014. We have 3 offices. How many people work there? About 40."
    zh = (
        "我們在2014年開始。當時的條件十分艱苦，許多人並不看好我們的前景，也沒有投資者願意支持我們。"
    )
    zh += "我們有3個辦公室。有多少人在那裡工作？大約40人。"
    assert [found for _, found in said(en, zh)] == [
        "我們在2014年開始。",
        "我們有3個辦公室。",
        "有多少人在那裡工作？",
        "大約40人。",
    ]


@given(TEXT)
def test_sentences_hold_all_that_is_printed(text: str) -> None:
    for cut in (english(text), chinese(text)):
        assert "".join("".join(text[a:b].split()) for a, b in cut) == "".join(text.split())


@given(TEXT, TEXT)
def test_pairs_are_in_order_and_never_overlap(en: str, zh: str) -> None:
    end_en = end_zh = 0
    for (a, b), (c, d) in pairs(en, zh):
        assert end_en <= a < b <= len(en) and end_zh <= c < d <= len(zh)
        end_en, end_zh = b, d
