"""A query is read as a person would mean it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import Analyzer
from search.parser import parse
from search.query import (
    And,
    Everything,
    Filter,
    Most,
    Not,
    Or,
    Phrase,
    Term,
    Wildcard,
    date_range,
    leaves,
)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("patent", Term("patent")),
        ("patent talent", Most((Term("patent"), Term("talent")))),
        ("patent AND talent", And((Term("patent"), Term("talent")))),
        ("patent OR 专利", Or((Term("patent"), Term("专利")))),
        ("a1 OR b1 c1", Most((Or((Term("a1"), Term("b1"))), Term("c1")))),
        ("a1 OR b1 AND c1", Or((Term("a1"), And((Term("b1"), Term("c1")))))),
        ("-patent", Not(Term("patent"))),
        ("NOT patent", Not(Term("patent"))),
        ("patent NOT utility", Most((Term("patent"),), (Not(Term("utility")),))),
        ("patent AND NOT utility", And((Term("patent"), Not(Term("utility"))))),
        ("NOT NOT patent", Term("patent")),
        ("patent -utility", Most((Term("patent"),), (Not(Term("utility")),))),
        ('"smart auto"', Phrase("smart auto")),
        ("“智能驾驶”", Phrase("智能驾驶")),
        ("「智能驾驶」", Phrase("智能驾驶")),
        ('"smart auto"~5', Phrase("smart auto", slop=5)),
        ('="smart auto"', Phrase("smart auto", exact=True)),
        ('"patent"', Term("patent")),
        ("=innovate", Term("innovate", exact=True)),
        ("inovation~", Term("inovation", fuzzy=2)),
        ("patnt~", Term("patnt", fuzzy=1)),
        ("patnt~2", Term("patnt", fuzzy=2)),
        ("innov*", Wildcard("innov*")),
        ("*汽车", Wildcard("*汽车")),
        ("vehicle-to*", Wildcard("vehicle-to*")),
        ("AI*驾驶", Most((Wildcard("AI*"), Term("驾驶")))),
        ("*", Everything()),
        ("speaker:王晓刚", Filter("speaker", "王晓刚")),
        ("speaker：王晓刚", Filter("speaker", "王晓刚")),
        ('Speaker:"Wang Xiaogang"', Filter("speaker", "Wang Xiaogang")),
        ("date:2021..2022", Filter("date", "2021..2022")),
        ("专利资产", Most((Term("专利"), Term("资产")))),
        ("AI技术", Most((Term("AI"), Term("技术")))),
        ("R&D", Term("R&D")),
        ("vehicle-to-everything", Term("vehicle-to-everything")),
        ("2016-2017", Most((Term("2016"), Term("2017")))),
    ],
)
def test_every_form_of_the_grammar_has_its_tree(
    text: str, tree: object, analyzer: Analyzer
) -> None:
    assert parse(text, analyzer).tree == tree


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Q: what is a patent", "Q patent"),
        ("AND", '"AND"'),
        ("patent OR", "patent"),
        ("(patent", "patent"),
        ("patent)", "patent"),
        ('"patent', "patent"),
        ("role:poet", "role poet"),
        ("date:soon", "date soon"),
        ("speaker:", "speaker"),
        ("- patent", "patent"),
        ("https://example.com/x", "https example.com x"),
        ("(V2X)", "V2X"),
    ],
)
def test_what_cannot_be_an_operator_is_text(text: str, read_as: str, analyzer: Analyzer) -> None:
    assert parse(text, analyzer).read_as == read_as


@pytest.mark.parametrize("text", ["", "  ", "()", '""', "?!", "((", "-", "。", "🎉"])
def test_where_there_is_no_word_nothing_is_asked(text: str, analyzer: Analyzer) -> None:
    assert parse(text, analyzer).tree is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("How many patents?", "patents"),
        ("how long the road", "road"),
        ("what kind of patent", "patent"),
        ("many patents", "many patents"),
        ("how many", "how many"),
        ("专利是什么时候有的", "专利"),
    ],
)
def test_what_asks_is_not_asked_for(analyzer: Analyzer, typed: str, read: str) -> None:
    assert parse(typed, analyzer).read_as == read


def test_stop_words_count_only_when_nothing_else_is_left(analyzer: Analyzer) -> None:
    assert parse("what is the patent", analyzer).tree == Term("patent")
    assert parse("the", analyzer).tree == Term("the")
    assert parse("我们的专利", analyzer).tree == Term("专利")
    assert parse('"the"', analyzer).tree == Term("the")


def test_characters_without_a_word_stay_together(analyzer: Analyzer) -> None:
    assert parse("觉领", analyzer).tree == Term("觉领")
    assert parse("王晓刚的专利", analyzer).tree == Most((Term("王晓刚"), Term("专利")))


def test_negated_words_are_no_leaves(analyzer: Analyzer) -> None:
    tree = parse("(patent OR talent) -utility NOT model", analyzer).tree
    assert list(leaves(tree)) == [Term("patent"), Term("talent")]


def test_editors_words_are_not_cut() -> None:
    assert parse("商汤绝影", Analyzer()).tree != Term("商汤绝影")
    assert parse("商湯絕影", Analyzer(["商汤绝影"])).tree == Term("商湯絕影")


def test_a_long_query_is_cut_and_shown_as_cut(analyzer: Analyzer) -> None:
    read_as = parse("word " * 199 + "cutofhere more", analyzer).read_as
    assert read_as == "word cutof"


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2021", ("2021-00-00", "2021-99-99")),
        ("2021-05", ("2021-05-00", "2021-05-99")),
        ("2021-05-01", ("2021-05-01", "2021-05-01")),
        ("2020..2021-05", ("2020-00-00", "2021-05-99")),
        ("2020..", ("2020-00-00", "9999-99-99")),
        ("..2020", ("0000-00-00", "2020-99-99")),
        (">2020", ("2020-99-99", "9999-99-99")),
        (">=2020", ("2020-00-00", "9999-99-99")),
        ("<2020", ("0000-00-00", "2020-00-00")),
        ("<=2020", ("0000-00-00", "2020-99-99")),
        (">2021-05-07", ("2021-05-08", "9999-99-99")),
        ("<2021-05-07", ("0000-00-00", "2021-05-06")),
        ("..", None),
        ("20", None),
    ],
)
def test_dates_are_days_or_spans_of_them(value: str, days: tuple[str, str] | None) -> None:
    assert date_range(value) == days


@given(st.text(max_size=80))
def test_the_query_as_read_is_read_alike(analyzer: Analyzer, text: str) -> None:
    once = parse(text, analyzer)
    assert parse(once.read_as, analyzer).tree == once.tree
