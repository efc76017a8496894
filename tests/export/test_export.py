"""A file that is taken away holds every text, and is read by other programs as it was meant."""

from __future__ import annotations

import csv
import json
import re
import tracemalloc
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from translate.storage.tmx import tmxfile

import search
from search.export import FORMATS, export
from search.export.entry import writable
from search.export.spreadsheet import COLUMNS
from search.export.tmx import pairs
from search.model import About, Bilingual, Lang, Passage, Role
from search.results import Hit, Mark, Reason
from tests.conftest import MakeArchive
from tests.export.passages import ABOUTS, passages

TALK = "王曉剛:我們有專利。\n\nWang Xiaogang: We have patents.\n\nMr. Lee: Running costs?\n"


def file(format: str, found: list[Passage], about: About) -> bytes:
    return b"".join(export(found, FORMATS[format], [about]))


def plain(texts: list[str]) -> list[str]:
    """Texts without what stands at their ends and how their lines end."""
    return [re.sub(r"\s+", " ", text).strip() for text in texts]


@given(st.lists(passages(), max_size=4), ABOUTS)
def test_a_tmx_file_read_back_by_another_program_holds_every_pair(
    found: list[Passage], about: About
) -> None:
    units = tmxfile.parsestring(file("tmx", found, about)).units  # type: ignore[no-untyped-call]
    expected = [pair for passage in found for pair in pairs(passage)]
    # That program makes one space of several.
    assert plain([unit.source for unit in units]) == plain([writable(en) for en, _ in expected])
    assert plain([unit.target for unit in units]) == plain([writable(zh) for _, zh in expected])


@given(st.lists(passages(), max_size=4), ABOUTS)
def test_a_tmx_file_holds_every_character_or_says_which_it_cannot(
    found: list[Passage], about: About
) -> None:
    from lxml import etree

    root = etree.fromstring(file("tmx", found, about))
    expected = [pair for passage in found for pair in pairs(passage)]
    units = root.findall("body/tu")
    for unit, texts in zip(units, expected, strict=True):
        segments = tuple(segment.text or "" for segment in unit.findall("tuv/seg"))
        assert segments == tuple(map(writable, texts))
        told = set(re.findall(r"U\+([0-9A-F]{4})\b", unit.findtext("note", "").partition("for")[2]))
        for text, segment in zip(texts, segments, strict=True):
            changed = {f"{ord(a):04X}" for a, b in zip(text, segment, strict=True) if a != b}
            assert changed <= told


def test_pairs_are_sentences_where_they_are_told_apart_and_whole_passages_elsewhere() -> None:
    whole = Passage("t/1", "t", 0, Role.ANSWER, None, "Yes. No.", "是。不。", None, 1)
    cut = Passage(
        "t/2",
        "t",
        1,
        Role.ANSWER,
        None,
        "Yes. No.",
        "是。不。",
        None,
        2,
        sentences=(((0, 4), (0, 2)), ((5, 8), (2, 4))),
    )
    alone = Passage("t/3", "t", 2, Role.ANSWER, None, "Yes.", None, None, 3)
    assert pairs(whole) == [("Yes. No.", "是。不。")]
    assert pairs(cut) == [("Yes.", "是。"), ("No.", "不。")]
    assert pairs(alone) == []


@given(st.lists(passages(), max_size=4), ABOUTS)
def test_no_cell_of_a_table_is_a_formula_and_every_cell_can_be_had_back(
    found: list[Passage], about: About
) -> None:
    text = file("csv", found, about).decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text, newline=""))
    assert tuple(head) == COLUMNS
    for row, passage in zip(rows, found, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell)]
        for name, value in (("en", passage.en), ("zh", passage.zh), ("file", about.file)):
            kept = re.match(r"'+\s*[=+\-@＝＋－＠]|'+[\t\r\n]", cells[name])
            assert (cells[name][1:] if kept else cells[name]) == writable(value or "")


@given(st.lists(passages(), max_size=4), ABOUTS)
def test_each_line_is_the_json_of_a_passage(found: list[Passage], about: About) -> None:
    lines = file("jsonl", found, about).decode().split("\n")
    assert lines.pop() == ""
    for line, passage in zip(map(json.loads, lines), found, strict=True):
        for lang, text in (("en", passage.en), ("zh", passage.zh)):
            assert line[lang] == (None if text is None else {"text": text, "marks": []})
        assert (line["id"], line["file"]) == (passage.id, about.file)


def rendered(markdown: str) -> list[list[str]]:
    """The paragraphs of each quotation, as a reader of Markdown shows them."""
    quoted: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "blockquote_open":
            quoted.append([])
        elif token.type == "inline" and token.level == 2:
            shown = token.children or []
            assert {child.type for child in shown} <= {"text", "text_special", "hardbreak"}
            quoted[-1].append(
                "".join("\n" if child.type == "hardbreak" else child.content for child in shown)
            )
    return quoted


@given(st.lists(passages(), max_size=4), ABOUTS)
def test_a_quotation_is_rendered_as_the_text_it_quotes(found: list[Passage], about: About) -> None:
    expected = [
        [
            "\n".join(line.strip(" \t") for line in re.split("\r\n|\r|\n", writable(text)))
            for text in (passage.en, passage.zh)
            if text
        ]
        for passage in found
    ]
    quoted = rendered(file("md", found, about).decode())
    assert [plain(sides) for sides in quoted] == [plain(sides) for sides in expected]


BEGINNINGS = (
    "# a",
    "- a",
    "+ a",
    "1. a",
    "12) a",
    "> a",
    "===",
    "    a",
    "```\na",
    "* a",
    "a\n---",
)
MARKS = (
    "|a|\n|-|",
    "<b>a</b>",
    "&amp;",
    "[a](b)",
    "![a](b)",
    "\\*",
    "~~a~~",
    "a\\",
    "[a]: b",
    "_a_",
)


@pytest.mark.parametrize("text", (*BEGINNINGS, *MARKS))
def test_no_mark_in_a_text_marks_its_quotation(text: str) -> None:
    passage = Passage("t/1", "t", 0, Role.ANSWER, None, text, None, None, 1)
    markdown = b"".join(export([passage], FORMATS["md"])).decode()
    assert [plain(sides) for sides in rendered(markdown)] == [plain([text])]


def test_a_quotation_has_its_citation_below() -> None:
    about = About(
        "talk", "talk.srt", Bilingual("A Talk", "對話"), date="2021-03-05", issue="Issue 1"
    )
    passage = Passage(
        "talk/1a",
        "talk",
        0,
        Role.ANSWER,
        Bilingual("Wang Xiaogang", "王曉剛"),
        "Quality\nmatters.",
        "質量重要。",
        None,
        57,
        (723.0, 730.0),
    )
    assert file("md", [passage], about).decode() == (
        "> Quality\\\n> matters.\n>\n> 質量重要。\n\n"
        "— Wang Xiaogang 王曉剛. A Talk / 對話. Issue 1, 2021-03-05. "
        "talk.srt, line 57, at 0:12:03 (talk/1a).\n\n"
    )


def test_the_hits_of_a_query_keep_their_marks_and_reasons() -> None:
    passage = Passage("t/1", "t", 0, Role.ANSWER, None, "Patents.", None, None, 1)
    hit = Hit(
        passage,
        Bilingual("T"),
        2.5,
        {Lang.EN: (Mark(0, 7),)},
        (Reason("patent", "Patents", "stem"),),
    )
    line = json.loads(b"".join(export([hit], FORMATS["jsonl"])))
    assert {name: line[name] for name in hit.to_dict()} == json.loads(json.dumps(hit.to_dict()))


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_of_a_long_archive_takes_no_more_memory_than_one_of_a_short(format: str) -> None:
    def many(count: int) -> Iterator[Passage]:
        for number in range(count):
            yield Passage(
                f"t/{number}", "t", number, Role.ANSWER, None, "Yes. " * 20, "是。" * 20, None, 1
            )

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in export(many(count), FORMATS[format]):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < 2 * peak(1000)


@pytest.mark.parametrize("format", FORMATS)
def test_without_a_query_every_passage_is_written(format: str, make_archive: MakeArchive) -> None:
    archive = make_archive(TALK, more__txt="A whale.\n\n一頭鯨。")
    text = b"".join(archive.export(format)).decode()
    sides = ("We have patents.", "我們有專利。", "A whale.", "一頭鯨。")
    assert all(side in text for side in sides)
    # A pair needs two sides.
    assert ("Running costs?" in text) == (format != "tmx")


@pytest.mark.parametrize("format", FORMATS)
def test_with_a_query_its_hits_alone_are_written(format: str, make_archive: MakeArchive) -> None:
    archive = make_archive(TALK, more__txt="A whale.\n\n一頭鯨。")
    text = b"".join(archive.export(format, "专利")).decode()
    assert "我們有專利。" in text and "whale" not in text
    assert b"".join(archive.export(format, "patents", transcript="more")) == b"".join(
        archive.export(format, "nowhere")
    )


def test_hits_are_written_best_first_beyond_those_that_are_held_at_a_time(
    make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.archive._AT_ONCE", 2)
    archive = make_archive("\n\n".join(f"Patent {number}." for number in range(7)))
    lines = b"".join(archive.export("jsonl", "patent")).decode().splitlines()
    ids = [hit.passage.id for hit in archive.search("patent", limit=None).hits]
    assert [json.loads(line)["id"] for line in lines] == ids and len(ids) == 7


def test_a_file_is_of_one_generation_whatever_is_built_meanwhile(
    make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.export._CHUNK", 1)
    archive = make_archive("One.\n\nTwo.\n\nThree.")
    chunks = archive.export("jsonl")
    begun = next(chunks)
    for text in ("Four.", "Five.", "Six."):
        assert make_archive(text).search("*").total == 1
        assert archive.search("*").total == 1
    texts = [json.loads(line)["en"]["text"] for line in (begun, *chunks)]
    assert texts == ["One.", "Two.", "Three."]


def test_what_cannot_be_read_or_is_no_format_is_said_before_the_file_begins(
    make_archive: MakeArchive,
) -> None:
    with pytest.raises(ValueError, match="'pdf' is none of tmx, csv, jsonl, md"):
        make_archive("One.").export("pdf")
    with pytest.raises(search.IndexMissing):
        search.open_archive("nowhere").export("csv")


def test_a_file_that_nobody_reads_to_the_end_lets_go_of_the_index(
    make_archive: MakeArchive,
) -> None:
    for format in FORMATS:
        chunks = make_archive("One.\n\n一。").export(format)
        assert next(chunks)
        chunks.close()  # type: ignore[attr-defined]
