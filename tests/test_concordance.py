"""Every place of a query stands on a line of its own, between the words around it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Archive
from search.analysis import fold
from search.concordance import Concordance, Order
from search.model import Lang
from search.results import MarkKind
from tests.conftest import MakeArchive

QUERIES = st.lists(
    st.sampled_from(
        ["patent", "专利", "innovation", "AI", "人工智能", "的", "the", '"computer vision"', "创*"]
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(" OR ".join)


def whole(archive: Archive, query: str, lang: Lang, order: Order) -> Concordance:
    return archive.concordance(query, lang=lang, order=order, limit=100_000)


@settings(max_examples=20)
@given(QUERIES, st.sampled_from(Lang), st.sampled_from(Order))
def test_every_mark_of_every_hit_is_a_line(
    archive: Archive, query: str, lang: Lang, order: Order
) -> None:
    found = whole(archive, query, lang, order)
    hits = archive.search(query, limit=None).hits
    marks = Counter(
        (hit.passage.id, mark.start, mark.end, mark.kind)
        for hit in hits
        for mark in hit.marks.get(lang, ())
    )
    assert (
        Counter((each.passage.id, each.start, each.end, each.kind) for each in found.lines) == marks
    )
    assert found.total == len(found.lines)
    assert found.passages == found.looked_at == len(hits)


@settings(max_examples=20)
@given(QUERIES, st.sampled_from(Lang))
def test_a_line_is_a_slice_of_its_passage(archive: Archive, query: str, lang: Lang) -> None:
    for line in whole(archive, query, lang, Order.LEFT).lines:
        text = (line.passage.en if lang is Lang.EN else line.passage.zh) or ""
        start, end = line.window
        assert 0 <= start <= line.start < line.end <= end <= len(text)
        assert line.left + line.match + line.right == text[start:end]


@settings(max_examples=8)
@given(QUERIES, st.sampled_from(Lang), st.sampled_from(Order), st.integers(1, 30))
def test_pages_laid_together_are_the_whole(
    archive: Archive, query: str, lang: Lang, order: Order, size: int
) -> None:
    found = whole(archive, query, lang, order)
    paged = [
        line
        for offset in range(0, found.total, size)
        for line in archive.concordance(
            query, lang=lang, order=order, limit=size, offset=offset
        ).lines
    ]
    assert paged == list(found.lines)


def test_lines_are_sorted_by_the_words_next_to_the_match(make_archive: MakeArchive) -> None:
    archive = make_archive(
        "A red lantern burns.\n\nThe old lantern Ascends.\n\nOne blue lantern burned, and an old "
        "lantern burns.\n"
    )

    def lines(order: Order) -> list[tuple[str, str]]:
        found = whole(archive, "lantern", Lang.EN, order)
        return [(line.left.split()[-1], line.right.split()[0]) for line in found.lines]

    assert lines(Order.RIGHT) == [
        ("old", "Ascends."),
        ("blue", "burned,"),
        ("red", "burns."),
        ("old", "burns."),
    ]
    # Of two with the same word before, the word before that decides.
    assert lines(Order.LEFT) == [
        ("blue", "burned,"),
        ("old", "burns."),
        ("old", "Ascends."),
        ("red", "burns."),
    ]


def test_chinese_is_sorted_by_how_its_characters_are_read(make_archive: MakeArchive) -> None:
    archive = make_archive("张专利\n\n阿专利\n\n王專利\n\n，马专利\n")
    found = whole(archive, "专利", Lang.ZH, Order.LEFT)
    assert [line.left.lstrip("，") for line in found.lines] == ["阿", "马", "王", "张"]


def test_lines_of_the_archive_stand_in_its_order(archive: Archive) -> None:
    found = whole(archive, "AI", Lang.EN, Order.POSITION)
    places = [(line.passage.position, line.start) for line in found.lines]
    assert len(places) > 20 and all(one < other for one, other in pairwise(places))


def test_the_other_language_has_the_counterparts(archive: Archive) -> None:
    found = archive.concordance("patent", lang=Lang.ZH)
    assert found.lines
    assert {fold(line.match) for line in found.lines} == {"专利"}
    assert {line.kind for line in found.lines} == {MarkKind.COUNTERPART}
    assert all(line.other == line.passage.en for line in found.lines)
    alone = archive.concordance("patent", lang=Lang.ZH, one_language=True)
    assert not alone.lines and alone.counts[Lang.EN] == found.counts[Lang.EN]


def test_without_a_language_it_is_that_with_more_lines(archive: Archive) -> None:
    assert archive.concordance("innovation", one_language=True).lang is Lang.EN
    assert archive.concordance("创新", one_language=True).lang is Lang.ZH


def test_no_word_is_cut_at_the_end_of_a_line(make_archive: MakeArchive) -> None:
    words = " ".join(f"word{number}" for number in range(100))
    archive = make_archive(f"{words} lantern {words}\n")
    (line,) = whole(archive, "lantern", Lang.EN, Order.POSITION).lines
    assert {*line.left.split(), *line.right.split()} <= set(words.split())
    assert 60 < len(line.left) <= 90 and 60 < len(line.right) <= 90


@pytest.mark.parametrize("query", ["", "xyzzyqwv", "(", "*"])
def test_what_marks_nothing_has_no_lines(archive: Archive, query: str) -> None:
    assert archive.concordance(query).lines == ()


def test_a_page_before_the_first_is_refused(archive: Archive) -> None:
    with pytest.raises(ValueError, match="offset=-1"):
        archive.concordance("AI", offset=-1)
