"""What may have been meant, offered and never searched for."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search import Archive
from search.parser import LONGEST
from search.spelling import slips
from tests.conftest import MakeArchive


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("patnt", "patent"),
        ("inovation", "innovation"),
        ("SensTime", "SenseTime"),
        ("vehcile-to-everything", "vehicle-to-everything"),
        ("autonimous drivng", "autonomous driving"),
        ("专力", "專利"),
        ("专力资产", "專利资产"),
        ("人工只能", "人工智能"),
        ("王小刚", "王曉剛"),
        ("王小刚 patnt", "王曉剛 patent"),
        ("AI专力", "AI專利"),
    ],
)
def test_a_slip_is_put_right_as_the_archive_has_it(
    archive: Archive, query: str, meant: str
) -> None:
    assert archive.search(query).suggestion == meant
    assert archive.search(meant).total


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        (
            '(patnt OR 专力) -utlity speaker:王小刚 "talnt"',
            '(patent OR 專利) -utlity speaker:王小刚 "talnt"',
        ),
        ("  patnt   AND   =talnt ", "  patent   AND   =talnt "),
        ("patnt， inov*", "patent， inov*"),
    ],
)
def test_all_else_stays_as_it_was_typed(archive: Archive, query: str, meant: str) -> None:
    assert archive.search(query).suggestion == meant


@pytest.mark.parametrize(
    "query",
    [
        *("patent", "专利", "infringement utility", "11495", "的", "*", "lang:zh", ""),
        *('"patnt"', "=patnt", "patnt~", "patn*", "-patnt", "NOT patnt", "speaker:patnt"),
        *("teh", "xyzzyqwv", "banana"),
    ],
)
def test_nothing_is_offered_for_what_is_right_or_meant_so_or_like_nothing(
    archive: Archive, query: str
) -> None:
    assert archive.search(query).suggestion is None


def test_nothing_is_offered_where_all_words_are_found(make_archive: MakeArchive) -> None:
    archive = make_archive("A patnt.\n\n" + "A patent.\n\n" * 60 + "他说专力。\n\n专利。")
    assert archive.search("patnt").suggestion is None
    assert archive.search("专力").suggestion is None


def test_a_word_that_hardly_stands_anywhere_is_a_slip_of_one_that_often_does(
    make_archive: MakeArchive,
) -> None:
    often = "\n\n".join(f"The patent number {number}." for number in range(60))
    archive = make_archive(f"A patnt.\n\nA talent.\n\n{often}")
    assert archive.search("patnt number").total_all_words == 0
    assert archive.search("patnt number").suggestion == "patent number"
    assert archive.search("talent number").suggestion is None


def test_in_a_long_question_only_words_that_stand_nowhere_are_slips(
    make_archive: MakeArchive,
) -> None:
    archive = make_archive(
        "\n\n".join(["A patent on a river whale."] * 80 + ["One patend of ours."])
    )
    assert archive.search("patend river").suggestion == "patent river"
    assert archive.search("whose patend is on whale river bank").suggestion is None
    assert archive.search("whose patend is on whale rivr bank").suggestion == (
        "whose patend is on whale river bank"
    )


def test_of_two_words_as_near_the_commoner_is_meant(make_archive: MakeArchive) -> None:
    archive = make_archive("The market, the market, one marker.\n\nA market.")
    assert archive.search("markeg").suggestion == "market"


def test_of_two_that_sound_the_same_the_one_with_the_same_character_is_meant(
    make_archive: MakeArchive,
) -> None:
    archive = make_archive("权利，权利。\n\n权利。\n\n全力。")
    assert archive.search("权力").suggestion == "权利"
    assert archive.search("泉力").suggestion == "全力"


def test_a_suggestion_is_not_searched_for(archive: Archive) -> None:
    results = archive.search("patnt")
    assert (results.total, results.read_as) == (0, "patnt")
    assert results.to_dict()["suggestion"] == "patent"


WORDS = st.text("abcdefghij", max_size=8)


@given(WORDS, WORDS)
def test_slips_are_a_distance_that_no_other_measure_exceeds(one: str, other: str) -> None:
    assert (slips(one, other) == 0) == (one == other)
    assert slips(one, other) <= 2 * OSA.distance(one, other)
    assert slips(one, other) >= OSA.distance(one, other) / 2


def test_what_happens_easily_counts_less() -> None:
    assert slips("inovation", "innovation") < slips("invation", "innovation")
    assert slips("vidro", "video") < slips("vidxo", "video")
    assert slips("recieve", "receive") < slips("rexxive", "receive")
    assert slips("rideo", "video") > slips("vidmo", "video")


PIECES = ["patnt", "专力", "talent", "AND", "OR", "NOT", "-", "(", ")", '"', "*", "~", "=", "in:"]
PIECES += ["王小刚", "\0", "𠀀", "SensTime", "vehcile-to", "é", "　", "，"]
TYPED = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=9).map("".join))


@settings(max_examples=200)
@given(query=TYPED)
@example(query="专力" * (LONGEST // 2))
@example(query="patnt " * 200)
@example(query="x" * LONGEST)
def test_any_text_has_a_suggestion_or_none(archive: Archive, query: str) -> None:
    suggestion = archive.search(query, limit=1).suggestion
    assert suggestion is None or (suggestion != query and archive.search(suggestion).query)


@settings(max_examples=100)
@given(
    before=st.sampled_from(["", "patent ", "(", "speaker:王 "]),
    after=st.sampled_from(["", " 专利"]),
)
def test_what_stands_around_a_slip_changes_nothing(
    archive: Archive, before: str, after: str
) -> None:
    assert archive.search(f"{before}inovation{after}").suggestion == f"{before}innovation{after}"


def test_a_word_that_is_said_in_the_other_language_is_no_slip(make_archive: MakeArchive) -> None:
    archive = make_archive(
        "The patents.", "A vase.", "我們談論紙張。", **{"glossary.tsv": "vasel\t紙張\n"}
    )
    assert archive.search("vasel").total == 1
    assert archive.search("vasel zzzz").suggestion is None
    assert archive.search("patnts zzzz").suggestion == "patents zzzz"
