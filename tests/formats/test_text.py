"""Plain text is read into its paragraphs."""

from __future__ import annotations

import pytest

from search.formats import Unreadable, read


def paragraphs(text: str) -> list[tuple[int, str]]:
    return [(block.line, block.text) for block in read("a.txt", text.encode())]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_any_line_end_ends_a_line(end: str) -> None:
    assert paragraphs(f"One.{end}{end}Two.") == [(1, "One."), (3, "Two.")]


def test_a_byte_order_mark_is_no_text() -> None:
    assert [b.text for b in read("a.txt", b"\xef\xbb\xbfOne.")] == ["One."]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert paragraphs("A sentence that\nwas wrapped.\n一句話被\n斷開了。") == [
        (1, "A sentence that was wrapped."),
        (3, "一句話被斷開了。"),
    ]


def test_a_line_in_each_language_is_a_paragraph_each() -> None:
    assert paragraphs("你好嗎\nHow are you\n很好\nFine") == [
        (1, "你好嗎"),
        (2, "How are you"),
        (3, "很好"),
        (4, "Fine"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\n \n", "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "empty"),
        ("a.txt", b"text\x00", "binary"),
        ("a.txt", "專利".encode("gb18030"), "not UTF-8"),
        ("a.doc", b"text", "no reader"),
        ("a", b"text", "no reader"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(name, data)
