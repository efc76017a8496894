"""Terms are shown as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from search import Archive
from search.analysis import FORM, WORD, fold
from search.analysis.english import run_together
from search.printed import Printed

MakeArchive = Callable[..., Archive]


def printed(archive: Archive) -> Printed:
    return Printed(archive._searcher().reader)


@pytest.mark.parametrize(
    ("field", "term", "as_printed"),
    [
        (FORM, "sensetime", "SenseTime"),
        (FORM, "vehicletoeverything", "vehicle-to-everything"),
        (FORM, "11494", "11,494"),
        (FORM, "patent", "patent"),
        (WORD, "专利", "專利"),
        (FORM, "xyzzy", "xyzzy"),
    ],
)
def test_a_term_is_shown_as_it_mostly_stands(
    archive: Archive, field: str, term: str, as_printed: str
) -> None:
    assert printed(archive)(field, term) == as_printed


def test_every_term_of_the_archive_is_shown_as_one_way_to_print_it(archive: Archive) -> None:
    tell = printed(archive)
    arrays = archive._searcher().shelf.arrays
    assert all(run_together(fold(tell(FORM, form))) == form for form in arrays.texts(FORM))
    assert all(fold(tell(WORD, word)) == word for word in arrays.texts(WORD))


@pytest.mark.parametrize("sizes", [{"Ai": 1, "AI": 2}, {"Ai": 2, "AI": 3}, {"Ai": 5, "AI": 95}])
def test_the_commonest_way_is_told_from_few_or_many_places(
    make_archive: MakeArchive, sizes: dict[str, int]
) -> None:
    ways = Counter(sizes)
    archive = make_archive("\n\n".join(f"Of {way} here." for way in ways.elements()))
    assert printed(archive)(FORM, "ai") == "AI"


def test_what_is_ignored_within_a_word_is_left_out(make_archive: MakeArchive) -> None:
    archive = make_archive("专\ufe00利。")
    assert printed(archive)(WORD, "专利") == "专利"
