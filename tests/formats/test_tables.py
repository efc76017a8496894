"""Columns of a table are told by their heads and by what stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.formats.tables import blocks_of
from search.model import Block, Lang


def rows_of(text: str) -> list[list[list[Block]]]:
    return [
        [[Block(cell.strip(), line)] if cell.strip() else [] for cell in row.split("|")]
        for line, row in enumerate(text.splitlines(), 1)
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "中文 | English",
        "Chinese | English",
        "原文 | 译文",
        "Chinese Original | English Translation",
        "中文（原文） | 英文翻译",
        "簡體中文 | 英語",
    ],
)
def test_heads_that_name_languages_are_left_out_and_told_of(heads: str) -> None:
    blocks, left_out = blocks_of(rows_of(f"{heads}\n是。 | Yes.\n不。 | No."), 1)
    assert [(b.text, b.row) for b in blocks] == [("是。", 2), ("Yes.", 2), ("不。", 3), ("No.", 3)]
    assert [(o.line, o.text) for o in left_out] == [(1, heads.replace("  ", " "))]


@pytest.mark.parametrize(
    "first",
    ["为什么？ | Why?", "中国 | China", "英文很难学。 | English is hard.", "English | 备注"],
)
def test_a_first_row_that_tells_no_columns_is_text(first: str) -> None:
    blocks, left_out = blocks_of(rows_of(f"{first}\n是。 | Yes."), 1)
    assert len(blocks) == 4 and not left_out


def test_times_speakers_and_numbers_of_rows_are_told_with_heads_and_without() -> None:
    table = "1 | 00:12 - 00:20 | 有。 | Yes.\n2 | 00:20 - 01:00 | 没有。 | No."
    for heads in ("", "序号 | 时间 | 中文 | 英文\n"):
        blocks, left_out = blocks_of(rows_of(heads + table), 1)
        assert [(b.text, b.time) for b in blocks] == [
            ("有。", (12.0, 12.0)),
            ("Yes.", (12.0, 12.0)),
            ("没有。", (20.0, 20.0)),
            ("No.", (20.0, 20.0)),
        ]
        assert left_out[-1].text == "1 2"


def test_a_name_in_the_column_of_a_language_is_in_it() -> None:
    blocks, _ = blocks_of(rows_of("English | 中文\nWhich one? | 哪个？\nOpenAI. | OpenAI."), 1)
    assert [b.lang for b in blocks] == [None, None, None, Lang.ZH]


CELLS = st.sampled_from(
    ["", "1", "2", "00:12", "English", "中文", "译文", "Speaker", "#", "Wang", "有。", "Yes."]
)


@given(table=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_is_lost(table: list[list[str]]) -> None:
    rows = [[[Block(cell, n)] if cell else [] for cell in row] for n, row in enumerate(table, 1)]
    blocks, left_out = blocks_of(rows, 1)
    told = [block.text for block in blocks] + [omission.text for omission in left_out]
    told += [block.label or "" for block in blocks]
    for row in table:
        for cell in row:
            timed = cell == "00:12" and any(block.time for block in blocks)
            assert timed or any(cell in text for text in told) or not cell
