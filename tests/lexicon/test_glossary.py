"""What editors write is taken as it is written, and what cannot be is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon.glossary import parse, read
from search.lexicon.terms import Pair, key


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("patent", "a tab and the Chinese term are missing"),
        ("\t\t", "the English term is missing"),
        ("\t专利", "the English term is missing"),
        ("...\t专利", "the English term is missing"),
        ("patent\t", "the Chinese term is missing"),
        ("专利\tpatent", "'专利' is in the English column and has Chinese characters"),
        ("patent\tIP", "'IP' is in the Chinese column and has no Chinese character"),
        ("patent\t" + "专" * 13, "more than 12 words or characters, which is no term"),
    ],
)
def test_a_bad_line_is_named_with_its_reason_and_costs_no_other(line: str, reason: str) -> None:
    pairs, refusals = parse(["patent\t专利", "# a remark", "", line, "talent pool\t人才\tnote"])
    assert pairs == [Pair("patent", "专利"), Pair("talent pool", "人才")]
    assert [(r.file, r.reason) for r in refusals] == [("glossary.tsv, line 4", reason)]


@given(st.lists(st.text(st.sampled_from("ab 专利\t#.\r"), max_size=12), max_size=8))
def test_every_line_is_a_pair_a_remark_or_a_refusal(lines: list[str]) -> None:
    pairs, refusals = parse(lines)
    said = {
        at for at, line in enumerate(lines, 1) if line.strip(" \r") and not line.startswith("#")
    }
    refused = {int(refusal.file.rpartition(" ")[2]) for refusal in refusals}
    assert refused <= said
    good = [lines[at - 1].strip("\r").split("\t") for at in sorted(said - refused)]
    assert set(pairs) == {Pair(columns[0].strip(), columns[1].strip()) for columns in good}
    assert all(key(pair.en) and key(pair.zh) for pair in pairs)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "glossary.tsv").write_bytes(b"patent\t\xff")
    assert read(tmp_path)[1][0].reason == "not UTF-8 at byte 7"


def test_without_a_glossary_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [])
