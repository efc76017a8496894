"""A search in either language finds both, and marks what says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.archive import Archive
from search.model import Lang
from search.results import Hit, MarkKind
from tests.conftest import MakeArchive

GLOSSARY = "# ours\npatent\t专利\ntalent pool\t人才库\nautonomous driving\t自动驾驶\tnot 无人驾驶\n"


@pytest.fixture
def archive(make_archive: MakeArchive) -> Archive:
    return make_archive(
        "We filed many patents.",
        "We drive.",
        "我們有專利。",
        "人才庫很大。",
        "The talent pool is large.",
        "A pool of water, and talent.",
        "自動駕駛技術。",
        **{"glossary.tsv": GLOSSARY},
    )


def texts(archive: Archive, query: str, exact: bool = False, alone: bool = False) -> set[str]:
    hits = archive.search(query, limit=None, exact=exact, one_language=alone).hits
    return {text for hit in hits for text in (hit.passage.en, hit.passage.zh) if text}


def counterparts(hit: Hit) -> set[str]:
    sides = ((Lang.EN, hit.passage.en or ""), (Lang.ZH, hit.passage.zh or ""))
    return {
        text[mark.start : mark.end]
        for lang, text in sides
        for mark in hit.marks[lang]
        if mark.kind is MarkKind.COUNTERPART
    }


def test_a_word_finds_what_says_the_same_and_can_be_told_not_to(archive: Archive) -> None:
    assert {"We filed many patents.", "我們有專利。"} <= texts(archive, "专利")
    assert {"We filed many patents.", "我們有專利。"} <= texts(archive, "patent")
    assert texts(archive, "专利", alone=True) == {"我們有專利。"}
    assert texts(archive, "=专利") == {"我們有專利。"}
    assert texts(archive, "patent", exact=True) == set()
    assert texts(archive, "=patents") == {"We filed many patents."}


def test_what_says_the_same_is_marked_with_its_source(archive: Archive) -> None:
    (hit,) = (hit for hit in archive.search("专利").hits if not hit.passage.zh)
    assert counterparts(hit) == {"patents"}
    assert [str(reason) for reason in hit.why] == ["专利 → patents (glossary)"]


def test_the_word_itself_comes_before_what_says_the_same(archive: Archive) -> None:
    first, second, *_ = archive.search("专利").hits
    assert first.passage.zh and not second.passage.zh
    assert first.score > second.score


def test_not_holds_in_both_languages(archive: Archive) -> None:
    found = texts(archive, "NOT 专利")
    assert not {"We filed many patents.", "我們有專利。"} & found
    assert "We drive." in found


def test_words_in_a_row_are_widened_as_one_term(archive: Archive) -> None:
    results = archive.search("talent pool", limit=None)
    whole = [hit.passage.zh or hit.passage.en for hit in results.hits[: results.total_all_words]]
    assert "人才庫很大。" in whole and "The talent pool is large." in whole
    assert "自動駕駛技術。" in texts(archive, "autonomous driving")


def test_a_phrase_is_widened_if_it_is_known_and_else_not(archive: Archive) -> None:
    assert "人才庫很大。" in texts(archive, '"talent pool"')
    assert texts(archive, '"many patents"') == {"We filed many patents."}
    assert "人才庫很大。" not in texts(archive, '="talent pool"')


def test_a_name_that_is_cut_into_words_is_found_by_its_sound(make_archive: MakeArchive) -> None:
    archive = make_archive("We met Jacksonvoll there.", "We met nobody.", "我們走了。")
    assert "We met Jacksonvoll there." in texts(archive, "杰克逊沃尔 在哪里")


def test_characters_that_the_archive_has_no_word_for_are_cut_by_the_lexicon(
    make_archive: MakeArchive,
) -> None:
    archive = make_archive(
        "We drive autonomously.", "The patents.", **{"glossary.tsv": "patent\t专利\ndrive\t驾驶\n"}
    )
    assert archive.search("驾驶专利").read_as == "驾驶 专利"
    assert texts(archive, "驾驶专利") == {"We drive autonomously.", "The patents."}


def test_all_words_as_typed_come_before_all_words_in_either_language(
    make_archive: MakeArchive,
) -> None:
    long = "人才 " + "很多別的字" * 30 + " 專利。"
    archive = make_archive(
        "Patents, talent, patents and talent.",
        long,
        "專利。",
        **{"glossary.tsv": "patent\t专利\ntalent\t人才\n"},
    )
    found = archive.search("人才 专利")
    first, second, third = (hit.passage.zh or hit.passage.en for hit in found.hits)
    assert (first, third) == (long, "專利。")
    assert second == "Patents, talent, patents and talent."
    assert found.total_all_words == 2


def test_a_passage_with_the_likeliest_counterparts_has_all_the_words(
    make_archive: MakeArchive,
) -> None:
    """What only may be meant makes no passage one with all words."""
    wide = "Patents and pools, pools, talents."
    archive = make_archive(
        *("A patent.", "專利。", "A pool.", "池子。") * 3,
        wide,
        **{"glossary.tsv": "patent\t专利\npool\t池子\n"},
    )
    results = archive.search("专利 池子", limit=None)
    assert results.total_all_words == 1
    assert results.hits[0].passage.en == wide


def test_what_names_no_other_word_is_widened_to_nothing(archive: Archive) -> None:
    assert texts(archive, "wh*") == set()
    assert texts(archive, "zzzz") == set()


@given(
    text=st.text(st.sampled_from('专利人才 patent talent pool"-()~=*ANDORNOT') | st.characters())
)
def test_anything_typed_is_widened(any_archive: Archive, text: str) -> None:
    wide, narrow = (any_archive.search(text, limit=None, one_language=one) for one in (False, True))
    if "-" not in text and "NOT" not in text:
        assert wide.total >= narrow.total


@pytest.fixture(scope="module")
def any_archive(index_dir: Path) -> Archive:
    return Archive(index_dir)
