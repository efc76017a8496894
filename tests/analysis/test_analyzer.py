"""Tokens are slices of the text, in order, the same for what is indexed and what is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import CHAR, FORM, STEM, WORD, Analyzer, Printed, fold, named

TEXT = st.text(st.sampled_from("專利产学研Aa9 ,.-’+&。\u200b\u0301𠮷ー한ﬁ\ue386") | st.characters())


@given(TEXT)
def test_every_token_is_a_slice_in_order_of_position(analyzer: Analyzer, text: str) -> None:
    tokens = analyzer.tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert [t.position for t in tokens] == sorted(t.position for t in tokens)


@given(TEXT, st.integers(0, 300))
def test_the_columns_hold_the_tokens(analyzer: Analyzer, text: str, begin: int) -> None:
    tokens = analyzer.tokens(text)
    printed = Printed()
    columns = analyzer.postings(text, printed, begin)
    held = sorted((named(t.field, t.term), begin + t.position) for t in tokens)
    assert held == sorted(
        (name, position)
        for number, position in zip(columns.printed, columns.positions, strict=True)
        for name in printed.names[number]
    )
    first = {t.position: t.start for t in reversed(tokens)}
    assert columns.starts == [first[position] for position in sorted(first)]


@given(TEXT)
def test_positions_have_no_gaps(analyzer: Analyzer, text: str) -> None:
    positions = {t.position for t in analyzer.tokens(text)}
    assert positions == set(range(len(positions)))


@given(TEXT)
def test_every_letter_digit_and_character_is_in_a_token(analyzer: Analyzer, text: str) -> None:
    covered = {at for t in analyzer.tokens(text) for at in range(t.start, t.end)}
    for at, char in enumerate(fold(text)):
        if char.isalnum() and at not in covered:
            # The s of a possessive is the one letter that is no part of a word.
            assert (
                char == "s" and text[:at].rstrip("\u200b\u0301")[-1:] in "'’‘‚‛′＇`´ʼ\u00ad"
            ) or (fold(text)[:at].rstrip("\0")[-1:] == "'")


@given(TEXT)
def test_a_character_has_a_token_of_its_own_and_every_word_is_made_of_them(
    analyzer: Analyzer, text: str
) -> None:
    tokens = analyzer.tokens(text)
    chars = {t.position: t.term for t in tokens if t.field == CHAR}
    for word in (t for t in tokens if t.field == WORD):
        assert word.term == "".join(chars[word.position + n] for n in range(word.width))


def test_the_four_fields_share_positions(analyzer: Analyzer) -> None:
    found = {(t.field, t.term): t.position for t in analyzer.tokens("讓AI引領 innovations")}
    assert found[CHAR, "让"] == 0
    assert found[FORM, "ai"] == 1
    assert found[WORD, "引领"] == found[CHAR, "引"] == 2
    assert found[STEM, "innov"] == found[FORM, "innovations"] == 4


def test_private_use_and_rare_characters_can_be_found(analyzer: Analyzer) -> None:
    assert [t.term for t in analyzer.tokens("\ue386𠮷ー") if t.field == CHAR] == [
        "\ue386",
        "𠮷",
        "ー",
    ]


def test_editors_words_in_either_script_are_one(analyzer: Analyzer) -> None:
    assert Analyzer(["絕影"]).words == Analyzer([" 绝影 "]).words == ("绝影",)
    assert Analyzer(["R&D", "", "汽车 AI"]).words == ()


def test_the_fingerprint_names_the_words(analyzer: Analyzer) -> None:
    assert Analyzer().fingerprint == analyzer.fingerprint != Analyzer(["绝影"]).fingerprint
