"""What an author says of a transcript is believed, and what cannot be is named with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.formats.metadata import FrontMatter, Metadata, Speaker, sidecar
from search.model import Bilingual, Role

YAML = """---
# about this talk
title: "Knuth: 计算机编程艺术"
date: 2021-03-05
issue: 12
source: https://example.org/talk
speakers:
- en: Donald Knuth
  zh: 高德纳
  aliases: [DK, 高]
  role: answer
- 记者
---
Text.
"""

TOML = """
title = { en = "A talk", zh = "对话" }
date = 2021-03-05
issue = "Issue 1"

[[speakers]]
en = "Donald Knuth"
zh = "高德纳"
aliases = ["DK"]

[[speakers]]
zh = "记者"
role = "question"
"""


def test_yaml_and_toml_say_the_same_in_their_own_ways() -> None:
    front = FrontMatter.of(YAML)
    knuth = Speaker(Bilingual("Donald Knuth", "高德纳"), ("DK", "高"), Role.ANSWER)
    assert front.doubts == () and front.lines == 13
    assert front.metadata == Metadata(
        Bilingual(zh="Knuth: 计算机编程艺术"),
        "2021-03-05",
        "12",
        "https://example.org/talk",
        (knuth, Speaker(Bilingual(zh="记者"))),
    )
    metadata, doubts = sidecar(TOML)
    assert doubts == ()
    assert metadata.title == Bilingual("A talk", "对话")
    assert [speaker.role for speaker in metadata.speakers] == [None, Role.QUESTION]
    assert FrontMatter.of(f"+++{TOML}+++\nText.").metadata == metadata


@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_ends_where_its_mark_comes_again(end: str) -> None:
    assert FrontMatter.of(f"---\ntitle: A\n{end}\n---\ndate: 2021\n").lines == 3


@pytest.mark.parametrize(
    "text",
    ["---\nHello.\n---\n", "---\nWang: yes\n---\n", "---\ntitle: A", "Title: A", "---\n---\n"],
)
def test_a_rule_at_the_head_of_a_text_is_no_front_matter(text: str) -> None:
    assert FrontMatter.of(text) == FrontMatter()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021", "2021"),
        ("2021-3", "2021-03"),
        ("2021/03/05", "2021-03-05"),
        ("2021年3月5日", "2021-03-05"),
        ("2021-03-05 10:00:00", "2021-03-05"),
        ("2021-03-05T10:00:00Z", "2021-03-05"),
    ],
)
def test_a_date_is_written_in_many_ways(written: str, day: str) -> None:
    assert FrontMatter.of(f"---\ndate: {written}\n---\n").metadata.date == day


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntitle: A\nmood: good\n---\n", 3, "no such key: mood"),
        ("---\ntitle: A\ndate: soon\n---\n", 3, "not a date such as 2021-03-05: soon"),
        ("---\ntitle: A\ndate: 2021-13-45\n---\n", 3, "no such day"),
        ("---\ntitle: A\nissue: [1, 2]\n---\n", 3, "issue: not a text"),
        ("---\ntitle: A\nsource: true\n---\n", 3, "source: not a text"),
        ("---\ntitle: A\nspeakers: Wang\n---\n", 3, "speakers: not a list"),
        ("---\ntitle: A\nspeakers: [{en: A, age: 3}]\n---\n", 3, "no such key: age"),
        ("---\ntitle: A\nspeakers: [{en: A, role: king}]\n---\n", 3, "no such role: king"),
        ("---\ntitle: A\nissue: {a: [b\n---\n", 3, "issue: "),
        ("---\ntitle: A\nissue: *x\n---\n", 3, "issue: "),
        ("---\ntitle: A\nissue: " + "[" * 5_000 + "\n---\n", 3, "issue: "),
        ("---\ntitle: A\nissue: " + "x" * 5_000 + "\n---\n", 3, "1,000 characters"),
        ("---\ntitle: A\nissue: " + "9" * 5_000 + "\n---\n", 3, "issue: "),
        ("---\ntitle: A\nissue: !!python/object/apply:os.getcwd []\n---\n", 3, "issue: "),
        ('+++\ntitle = "A"\ndate = 2021-99-99\n+++\n', 3, "date: "),
        ('+++\ntitle = "A"\nissue = ' + "[" * 5_000 + "\n+++\n", 3, "issue: "),
    ],
)
def test_a_bad_value_is_named_with_its_line_and_the_good_ones_are_kept(
    text: str, line: int, what: str
) -> None:
    front = FrontMatter.of(text)
    assert front.metadata.title.en == "A"
    assert [(doubt.line, what in doubt.what) for doubt in front.doubts] == [(line, True)]


def test_a_title_with_a_colon_is_plain_what_it_says() -> None:
    front = FrontMatter.of("---\ntitle: A talk: with Wang\n---\n")
    assert (front.metadata.title.en, front.doubts) == ("A talk: with Wang", ())


def test_a_table_of_speakers_goes_from_label_to_person() -> None:
    metadata, _ = sidecar('[speakers]\nDK = "高德纳"\nRep = { en = "Ann", zh = "安" }\n')
    assert metadata.speakers == (
        Speaker(Bilingual(zh="高德纳"), ("DK",)),
        Speaker(Bilingual("Ann", "安"), ("Rep",)),
    )


def test_what_is_said_first_holds_and_the_rest_is_filled_in() -> None:
    one, other = Metadata(Bilingual(zh="对话"), "2021"), Metadata(Bilingual("A", "B"), "2020", "3")
    assert one.over(other) == Metadata(Bilingual("A", "对话"), "2021", "3")


@given(text=st.text(st.sampled_from("ab:-{}[]\"'\n #&*!|>%@`,=.0"), max_size=60))
def test_anything_between_the_marks_is_read_or_named(text: str) -> None:
    for mark in ("---", "+++"):
        FrontMatter.of(f"{mark}\ntitle: x\n{text}\n{mark}\n")
    sidecar(text)
