"""Markdown is read as its authors mean it, and none of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.formats import Unreadable, read
from search.model import Role


def shown(text: str) -> list[str]:
    return [block.text for block in read("a.md", text.encode()).blocks]


def roles(text: str) -> list[tuple[str, Role | None]]:
    return [(block.text, block.role) for block in read("a.md", text.encode()).blocks]


def test_headings_are_headings_and_marks_are_no_text() -> None:
    text = (
        "# A *talk* [here](http://x.y)\n\nTitle\n=====\n\n**Bold** `code` ~~gone~~ &amp; ![alt](p)"
    )
    assert roles(text) == [
        ("A talk here", Role.HEADING),
        ("Title", Role.HEADING),
        ("Bold code  & alt", None),
    ]


def test_what_is_struck_through_and_what_stands_for_a_picture_is_named() -> None:
    text = '一共~~十八~~十九本。\n\n{{< figure src="a.jpg" caption="书" >}}\n\n{% more %}\n'
    document = read("a.md", text.encode())
    assert [block.text for block in document.blocks] == ["一共十九本。"]
    left = ["十八", '{{< figure src="a.jpg" caption="书" >}}', "{% more %}"]
    assert [omission.text for omission in document.omitted] == left


def test_the_caption_of_a_picture_is_a_note() -> None:
    assert roles("![图一 Figure 1](a.jpg)\n\n好![图](b.jpg)\n") == [
        ("图一 Figure 1", Role.NOTE),
        ("好图", None),
    ]


def test_a_rule_below_a_sentence_makes_no_heading_of_it() -> None:
    assert roles("One line\nand another.\n---\nNext.\n***\nEnd.") == [
        ("One line and another.", None),
        ("Next.", None),
        ("End.", None),
    ]


@pytest.mark.parametrize("label", ["**王晓刚：**", "**王晓刚**：", "*王晓刚：*"])
def test_bold_between_chinese_characters_is_seen(label: str) -> None:
    assert shown(f"{label}我们有**“专利”**吗？") == ["王晓刚：我们有“专利”吗？"]


@pytest.mark.parametrize("alone", ["<!-- a remark -->", "<script>x()</script>", "<div></div>"])
def test_a_piece_of_html_without_text_costs_the_file_nothing(alone: str) -> None:
    assert shown(f"Before.\n\n> {alone}\n\n{alone}\n\nAfter.") == ["Before.", "After."]


def test_lines_of_a_paragraph_keep_their_numbers() -> None:
    blocks = read("a.md", "你好。\nHello.\n\n> 引用。\n> Quoted.".encode()).blocks
    assert [(block.line, block.text) for block in blocks] == [
        (1, "你好。"),
        (2, "Hello."),
        (4, "引用。"),
        (5, "Quoted."),
    ]


def test_one_point_under_another_in_the_other_language_answers_it() -> None:
    blocks = read("a.md", "- Yes.\n  - 是。\n- No.\n  - Never.\n- 好。\n  - Good.".encode()).blocks
    assert [block.row for block in blocks] == [1, 1, None, None, 2, 2]


def test_the_number_of_a_point_is_kept() -> None:
    assert shown("1986. 那一年。\n\n3) Three") == ["1986. 那一年。", "3) Three"]


def test_notes_are_notes() -> None:
    text = "> [!NOTE]\n> One.\n\n```note\n二。\n```\n\n::: tip Title\nThree.\n:::\n\n"
    text += "X.[^1]\n\n[^1]: Four."
    assert roles(text) == [
        ("One.", Role.NOTE),
        ("二。", Role.NOTE),
        ("Title", Role.NOTE),
        ("Three.", Role.NOTE),
        ("X.", None),
        ("Four.", Role.NOTE),
    ]


def test_what_looks_like_code_or_the_address_of_a_link_is_speech() -> None:
    assert shown("    Indented.\n\n[Wang]: yes\n\n[^9]: Nobody points here.") == [
        "Indented.",
        "[Wang]: yes",
        "Nobody points here.",
    ]


def test_the_cells_of_a_row_answer_each_other_and_none_is_lost() -> None:
    text = "| Speaker | English | 中文 |\n|---|---|---|\n| DK | Yes \\| no | 是 | more |\n"
    document = read("a.md", text.encode())
    assert [omission.text for omission in document.omitted] == ["Speaker | English | 中文"]
    assert [(b.text, b.label, b.row) for b in document.blocks] == [
        ("Yes | no", "DK", 2),
        ("是", "DK", 2),
        ("more", "DK", 2),
    ]


def test_html_in_markdown_is_read_as_html() -> None:
    document = read("a.md", "<div>One <b>two</b><br>三</div>\n<!-- a remark -->\n\nEnd.".encode())
    assert [block.text for block in document.blocks] == ["One two", "三", "End."]
    assert [omission.text for omission in document.omitted] == ["a remark"]


@pytest.mark.parametrize(
    "text",
    ["[" * 15_000, "![" * 9_000, ">" * 50_000 + "a", "*a **b " * 3_000, ":::\n" * 3_000 + "a"],
)
def test_marks_that_never_close_cost_little(text: str) -> None:
    assert read("a.md", text.encode()).blocks


def test_what_is_nested_too_deep_is_plain_text_and_doubted() -> None:
    text = "\n".join("  " * depth + f"- point {depth}" for depth in range(200))
    document = read("a.md", text.encode())
    found = " ".join(block.text for block in document.blocks)
    assert all(f"point {depth}" in found for depth in range(200)) and document.doubts


def test_a_text_of_marks_alone_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read("a.md", b"---\n\n***\n")


MARKS = [
    "# ",
    "> ",
    "- ",
    "1. ",
    "    ",
    "| ",
    "```\n",
    ":::",
    "[^1]: ",
    "**",
    "`",
    "<b>",
    "---\n",
    "",
]


@given(
    lines=st.lists(
        st.tuples(st.sampled_from(MARKS), st.sampled_from(MARKS), st.sampled_from(["\n", "\n\n"])),
        max_size=14,
    )
)
def test_no_word_is_lost_whatever_stands_before_it(lines: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{a}{b}词{n}word{n}{end}" for n, (a, b, end) in enumerate(lines)) + "End."
    document = read("a.md", text.encode())
    found = " ".join(
        [block.text for block in document.blocks] + [left.text for left in document.omitted]
    )
    assert sorted(re.findall(r"词\d+word\d+", found)) == sorted(
        f"词{n}word{n}" for n in range(len(lines))
    )
