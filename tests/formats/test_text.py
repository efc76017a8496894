"""Plain text is read into its paragraphs."""

from __future__ import annotations

import pytest

from search.formats import Unreadable, read
from search.model import Lang
from search.structure import language


def paragraphs(text: str) -> list[tuple[int, str]]:
    return [(block.line, block.text) for block in read("a.txt", text.encode()).blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_any_line_end_ends_a_line(end: str) -> None:
    assert paragraphs(f"One.{end}{end}Two.") == [(1, "One."), (3, "Two.")]


def test_a_byte_order_mark_is_no_text() -> None:
    assert [b.text for b in read("a.txt", b"\xef\xbb\xbfOne.").blocks] == ["One."]


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
    "line",
    ["Wang Xiaogang: Yes", "- Yes", "2. Yes", "[00:12:03] Wang: Yes", "**Wang:** Yes", "Q: Yes"],
)
def test_a_line_that_begins_a_turn_or_a_point_goes_on_with_no_other(line: str) -> None:
    assert paragraphs(f"And so it was\n{line}") == [(1, "And so it was"), (2, line)]


def test_a_chinese_label_begins_a_paragraph_and_what_somebody_says_does_not() -> None:
    assert len(paragraphs("他們來了\n王曉剛：是")) == 2
    assert paragraphs("他們來了\n王曉剛說：是") == [(1, "他們來了王曉剛說：是")]


@pytest.mark.parametrize("name", ["王曉剛", "Wang Xiaogang", "問", "Q1", "Ann Lee 00:12:03"])
def test_a_name_on_a_line_of_its_own_goes_on_with_no_other(name: str) -> None:
    zh = language(name) is Lang.ZH
    said = ["他們來了", "是的"] if zh else ["and then they came", "but not alone"]
    assert paragraphs(f"{name}\n{said[0]}\n{name}\n{said[1]}") == [
        (1, name),
        (2, said[0]),
        (3, name),
        (4, said[1]),
    ]
    assert paragraphs(f"{name}\n{said[0]}") == [(1, name), (2, said[0])]


def test_a_name_that_ends_a_wrapped_paragraph_is_part_of_it() -> None:
    assert paragraphs("This was said by\nWang Xiaogang") == [(1, "This was said by Wang Xiaogang")]


def test_front_matter_is_no_text_and_lines_are_counted_with_it() -> None:
    document = read("a.txt", "---\ntitle: 對話\n---\n\n你好。".encode())
    assert document.metadata.title.zh == "對話"
    assert [(b.line, b.text) for b in document.blocks] == [(5, "你好。")]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\n \n", "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "empty"),
        ("a.txt", b"text\x00", "binary"),
        ("a.txt", b"\x81 \xff9" * 50, "no encoding that is known"),
        ("a.doc", b"text", "no reader"),
        ("a", b"text", "no reader"),
        ("a.txt", b"a" * (2**20 + 1), "paragraph of 1,048,577 characters on line 1"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(name, data)


def test_a_short_line_above_a_longer_one_is_not_wrapped() -> None:
    head = "Interviewed by Carl Weber\nIssue 88, Spring 2015\n\n"
    wrapped = "The rain had stopped when we met in her flat in Taipei, and the\nhill came nearer.\n"
    assert [text for _, text in paragraphs(head + wrapped)] == [
        "Interviewed by Carl Weber",
        "Issue 88, Spring 2015",
        wrapped.replace("\n", " ").strip(),
    ]
