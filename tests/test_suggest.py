"""What is offered while one types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import Archive
from search.analysis import fold
from search.parser import LONGEST
from search.results import MOST_COMPLETIONS, Completion, Kind

MakeArchive = Callable[..., Archive]
NAME = "Wang Xiaogang"


def texts(completions: tuple[Completion, ...]) -> list[str]:
    return [each.text for each in completions]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("王", "王曉剛"),
        ("王晓", "王曉剛"),
        ("王曉", "王曉剛"),
        ("wangx", "王曉剛"),
        ("wang xiaogang", "王曉剛"),
        ("WANG X", NAME),
        ("Xiaog", NAME),
        ("专", "專利"),
        ("專", "專利"),
        ("zhuanli", "專利"),
        ("zhuan li", "專利"),
        ("pat", "patents"),
        ("patent", "patent"),
        ("sensetime", "SenseTime"),
        ("Vehicle-to", "vehicle-to-everything"),
        ("11", "11,494"),
        ("AI+", "AI+"),
    ],
)
def test_what_is_begun_is_completed_as_the_archive_prints_it(
    archive: Archive, line: str, text: str
) -> None:
    assert text in texts(archive.suggest(line))


def test_a_word_is_counted_by_the_passages_that_have_it_in_any_form(archive: Archive) -> None:
    (first, *_) = archive.suggest("innov")
    found = archive.search(first.query, one_language=True)
    assert (first.kind, first.count) == (Kind.WORD, found.total)


def test_forms_of_one_word_are_one_completion(make_archive: MakeArchive) -> None:
    archive = make_archive("A patent.\n\nThe patents.\n\nMany patents.\n\nPathways.")
    assert [(each.text, each.count) for each in archive.suggest("pat")] == [
        ("patents", 3),
        ("Pathways", 1),
    ]


def test_what_is_typed_in_full_comes_before_what_is_commoner(make_archive: MakeArchive) -> None:
    archive = make_archive("One car.\n\nThe care.\n\nTheir care.\n\n专利。\n\n专利权，专利权。")
    assert texts(archive.suggest("car")) == ["car", "care"]
    assert texts(archive.suggest("专利"))[0] == "专利"


def test_words_that_say_nothing_are_not_offered(archive: Archive) -> None:
    assert "the" not in texts(archive.suggest("the", limit=MOST_COMPLETIONS))
    assert "我们" not in texts(archive.suggest("我", limit=MOST_COMPLETIONS))


def test_a_word_is_printed_as_it_mostly_is(make_archive: MakeArchive) -> None:
    archive = make_archive("Patents. Some patents. All patents by NVIDIA.\n\n軟體。\n\n軟體。")
    assert texts(archive.suggest("pat")) == ["patents"]
    assert texts(archive.suggest("nv")) == ["NVIDIA"]
    assert texts(archive.suggest("软")) == ["軟體"]


def test_a_speaker_becomes_a_condition_with_as_many_passages(archive: Archive) -> None:
    (found,) = (each for each in archive.suggest("wang x") if each.text == NAME)
    assert found.query == f'speaker:"{NAME}"'
    assert (found.kind, found.counterpart) == (Kind.SPEAKER, "王曉剛")
    assert archive.search(found.query).total == found.count


def test_a_title_becomes_its_transcript(archive: Archive) -> None:
    for line in ("a talk with w", "知產人物", "title:a", "in:xiaogang"):
        found = next(each for each in archive.suggest(line) if each.kind is Kind.TITLE)
        assert found.query == "in:wang-xiaogang-sensetime"
        assert archive.search(found.query).total == found.count


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("speaker:wa", f'speaker:"{NAME}"'),
        ('speaker:"Wang X', f'speaker:"{NAME}"'),
        ("speaker：王", "speaker:王曉剛"),
        ("speaker:wangx", "speaker:王曉剛"),
        ("patent (speaker:王", "patent (speaker:王曉剛"),
    ],
)
def test_within_a_condition_its_own_values_are_offered(
    archive: Archive, line: str, query: str
) -> None:
    found = archive.suggest(line)
    assert query in [each.query for each in found]
    assert {each.kind for each in found} == {Kind.SPEAKER}


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("patent OR innovat", "patent OR innovation"),
        ("talent -innovat", "talent -innovation"),
        ("=innovat", "=innovation"),
        ('"computer vis', '"computer vision'),
        ("(patent 专", "(patent 專利"),
        ("我们的专", "我们的專利"),
        ("AI专", "AI專利"),
    ],
)
def test_all_that_was_typed_before_stays(archive: Archive, line: str, query: str) -> None:
    assert query in [each.query for each in archive.suggest(line)]


@pytest.mark.parametrize(
    "line",
    ['"王', '"patent 王', '"my wang x', "=wang", "talent~", "tal*", "role:an", "", " ", "patent ,"],
)
def test_no_condition_stands_where_it_would_be_none(archive: Archive, line: str) -> None:
    assert all(each.kind is Kind.WORD for each in archive.suggest(line))


def test_a_name_that_several_words_begin_is_offered_once(archive: Archive) -> None:
    queries = [each.query for each in archive.suggest("wang xiaogang", limit=20)]
    assert [query for query in queries if "speaker" in query] == [
        f'speaker:"{NAME}"',
        "speaker:王曉剛",
    ]


def test_words_have_the_counterparts_that_are_known(archive: Archive) -> None:
    (patent,) = archive.suggest("zhuanli")
    assert (patent.text, patent.counterpart) == ("專利", "patent")
    assert archive.suggest("pat")[0].counterpart == "专利"


def test_editors_own_words_are_offered(make_archive: MakeArchive) -> None:
    archive = make_archive("他说量子比特。", dictionary__txt="量子比特\n")
    assert texts(archive.suggest("量子比")) == texts(archive.suggest("liangzib")) == ["量子比特"]


PIECES = ["pat", "专", "王", "wang ", "zhuan", " ", "speaker:", "in:", '"', "(", "-", "=", "~", "*"]
PIECES += ["AND ", "“", "\0", "\u200d", "𠀀", "11,", "'", ".", "+", "é", "《", "ﬁ"]
LINES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=9).map("".join))


@settings(max_examples=300)
@given(line=LINES, limit=st.integers(0, 30))
@example(line="专" * LONGEST, limit=8)
@example(line="a" * LONGEST, limit=8)
@example(line="wang " * 200, limit=8)
@example(line="x" * (LONGEST + 1), limit=8)
def test_any_text_has_few_completions_that_begin_as_it_does(
    archive: Archive, line: str, limit: int
) -> None:
    found = archive.suggest(line, limit=limit)
    assert len(found) <= min(limit, MOST_COMPLETIONS)
    assert len({each.query for each in found}) == len(found)
    for each in found:
        before = each.query.removesuffix(each.text)
        assert each.count > 0
        assert each.kind is not Kind.WORD or (before != each.query and line.startswith(before))


@settings(max_examples=100)
@given(line=LINES)
def test_every_word_that_is_offered_alone_is_found(archive: Archive, line: str) -> None:
    for each in archive.suggest(line):
        assert archive.search(each.text, limit=1).total, each.text
        if fold(each.query) == fold(each.text):
            assert archive.search(each.query, one_language=True).total >= each.count
