"""Rows of words that say the same in another region."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.lexicon.regional import own, parse, read
from search.lexicon.terms import key


def test_the_packages_own_rows_are_all_good() -> None:
    rows = own()
    assert (key("软件"), key("軟體")) in rows
    assert all(len(row) > 1 for row in rows)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("软件", "one word only"),
        ("軟件\t软件", "one word only"),
        ("软件\tsoftware", "'software' is not of Chinese characters alone"),
    ],
)
def test_a_bad_row_is_named_and_costs_no_other(line: str, reason: str) -> None:
    rows, refusals = parse([line, "# a remark", "", "芯片\t晶片"])
    assert rows == [(key("芯片"), key("晶片"))]
    assert [(r.file, r.reason) for r in refusals] == [("regional.tsv, line 1", reason)]


def test_editors_add_rows(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [])
    (tmp_path / "regional.tsv").write_text("视频\t影片\n", "utf-8")
    assert read(tmp_path) == ([(key("视频"), key("影片"))], [])
    (tmp_path / "regional.tsv").write_bytes(b"\xff")
    assert read(tmp_path)[1][0].reason == "not UTF-8 at byte 0"
