"""The encoding of a text is found, or it is said that it is not sure."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.formats import Unreadable
from search.formats.encoding import decode

SIMPLIFIED = "商汤的全球专利资产累计一万多件，我们为此感到高兴。"
TRADITIONAL = "商湯的全球專利資產累計一萬多件，我們為此感到高興。"
ENGLISH = "SenseTime has more than ten thousand patents."

WORDS_SIMPLIFIED = "我们 专利 公司 技术 问题 研究 中国 发展 汽车 什么 觉得 非常 重要".split()
WORDS_TRADITIONAL = "我們 專利 公司 技術 問題 研究 中國 發展 汽車 什麼 覺得 非常 重要".split()


@pytest.mark.parametrize(
    ("codec", "name", "chinese"),
    [
        ("utf-8", "UTF-8", SIMPLIFIED),
        ("utf-8-sig", "UTF-8 with BOM", TRADITIONAL),
        ("gb18030", "GB18030", SIMPLIFIED),
        ("gb18030", "GB18030", TRADITIONAL),
        ("big5", "Big5", TRADITIONAL),
        ("utf-16-le", "UTF-16 LE", SIMPLIFIED),
        ("utf-16-be", "UTF-16 BE", TRADITIONAL),
    ],
)
def test_each_encoding_is_told_by_its_text_alone(codec: str, name: str, chinese: str) -> None:
    for text in (chinese, f"{ENGLISH}\r\n{chinese}", f"{chinese}\n\n{ENGLISH}\n" * 400):
        found = decode(text.encode(codec))
        assert (found.text, found.encoding, found.doubts) == (text, name, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_is_believed(codec: str) -> None:
    mark = getattr(codecs, "BOM_" + codec.replace("-", "", 1).replace("-", "_").upper())
    found = decode(mark + TRADITIONAL.encode(codec))
    assert found.text == TRADITIONAL and found.encoding.endswith("with BOM") and not found.doubts


@given(
    words=st.lists(st.sampled_from(range(len(WORDS_SIMPLIFIED))), min_size=8, max_size=40),
    english=st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=60),
    form=st.sampled_from(
        [
            (WORDS_SIMPLIFIED, "gb18030"),
            (WORDS_TRADITIONAL, "gb18030"),
            (WORDS_TRADITIONAL, "big5"),
            (WORDS_SIMPLIFIED, "utf-16-le"),
            (WORDS_TRADITIONAL, "utf-16-be"),
            (WORDS_SIMPLIFIED, "utf-8"),
        ]
    ),
)
def test_a_sentence_of_words_comes_back_from_any_encoding(
    words: list[int], english: str, form: tuple[list[str], str]
) -> None:
    chinese, codec = form
    text = "".join(chinese[word] for word in words) + "。\n" + english
    found = decode(text.encode(codec))
    assert found.text == text and not found.doubts


@given(text=st.text("这那專專利利产業我们你好abc é", min_size=1, max_size=6))
def test_a_text_too_short_to_tell_is_read_rightly_or_doubted(text: str) -> None:
    for codec in ("gb18030", "big5", "utf-16-le", "utf-16-be", "cp1252"):
        try:
            data = text.encode(codec)
        except UnicodeEncodeError:
            continue
        if data.isascii() and not text.isascii():
            continue  # whoever wrote it, it is ASCII
        try:
            found = decode(data)
        except Unreadable:
            continue
        assert found.text == text or found.doubts


def test_a_guess_says_what_was_taken_and_where() -> None:
    found = decode("A name:\nMüller".encode("latin-1"))
    assert found.text.endswith("Müller") and found.encoding == "Windows-1252"
    assert found.doubts[0].line == 2
    assert "read as Windows-1252" in found.doubts[0].what and "Müller" in found.doubts[0].what


def test_what_a_page_declares_is_believed_where_the_bytes_allow_it() -> None:
    assert decode("這條".encode("gb18030"), "gbk").text == "這條"
    assert decode("這條".encode(), "gbk").text == "這條"
    assert decode(TRADITIONAL.encode("big5"), "no-such-encoding").text == TRADITIONAL


def test_a_broken_byte_costs_one_character_and_is_doubted() -> None:
    for codec in ("utf-8", "gb18030"):
        data = (SIMPLIFIED + "\n") * 20
        broken = data.encode(codec) + b"\xff\n" + data.encode(codec)
        found = decode(broken)
        assert found.text == data + "\ufffd\n" + data
        assert found.doubts[0].line == 21 and "1 byte in no" in found.doubts[0].what


def test_a_replacement_character_that_stands_in_the_file_is_not_doubted_here() -> None:
    assert decode("破\ufffd損".encode()).doubts == ()


@pytest.mark.parametrize("data", [b"", b" \n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b" \0"])
def test_what_has_no_text_is_empty(data: bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        decode(data)


def test_what_is_no_text_is_binary() -> None:
    for data in (b"\0", b"\x7fELF\x02\x01\x01\0\0\0\0\x03\0>\0\x01\0", bytes(range(256)) * 20):
        with pytest.raises(Unreadable, match="binary"):
            decode(data)
