"""What the editors know better goes before everything else."""

from __future__ import annotations

from search.repair import EDITORS, EditorsRepairs, repair
from search.repair.editors import read


def test_what_stands_there_becomes_what_is_meant_and_is_listed() -> None:
    editors = EditorsRepairs({"王小剛": "王曉剛", "商汤": "商汤科技"})
    text, repairs, _ = repair("對話王小剛,商汤", 4, None, editors)
    assert text == "對話王曉剛,商汤科技"
    assert [(r.rule, r.line, r.column, r.before, r.after) for r in repairs] == [
        (EDITORS, 4, 3, "王小剛", "王曉剛"),
        (EDITORS, 4, 7, "商汤", "商汤科技"),
    ]


def test_what_only_the_repaired_text_has_is_found_too() -> None:
    editors = EditorsRepairs({"產業務": "產業"})
    assert repair("知產(chǎn)業(yè)務", 1, None, editors)[0] == "知產業"


def test_the_longer_of_two_is_made() -> None:
    assert repair("AB", 1, None, EditorsRepairs({"A": "x", "AB": "y"}))[0] == "y"


def test_each_broken_line_is_named() -> None:
    editors, wrong = read("# ours\n\nA\tB\tsure\nno tab\n\tC\nA\tZ\nD\tD\nE\t\n")
    assert len(editors) == 2
    assert [number for number, _ in wrong] == [4, 5, 6, 7]
    assert repair("AE", 1, None, editors)[0] == "B"
