"""In which order hits come, and what they are counted by."""

from __future__ import annotations

import pytest

import search
from search.results import Sort
from tests.conftest import MakeArchive

DATES = {"a": "2020-05-01", "b": "2022-01-31", "c": None, "d": "2021", "e": "2022-02-01"}


@pytest.fixture
def archive(make_archive: MakeArchive) -> search.Archive:
    def text(name: str, date: str | None) -> str:
        matter = f"---\ndate: {date}\n---\n\n" if date else ""
        return f"{matter}A green lantern of {name}.\n\nNothing.\n\nThe lantern {name} again.\n"

    return make_archive(**{f"{name}__md": text(name, date) for name, date in DATES.items()})


def order(archive: search.Archive, query: str, sort: Sort, limit: int | None = None) -> str:
    hits = archive.search(query, sort=sort, limit=limit).hits
    return "".join(f"{hit.passage.transcript}{hit.passage.position}" for hit in hits)


def test_by_date_the_newest_comes_first_and_the_undated_last(archive: search.Archive) -> None:
    assert order(archive, "lantern", Sort.DATE) == "e0e2b0b2d0d2a0a2c0c2"


def test_by_place_hits_come_as_they_stand_in_the_archive(archive: search.Archive) -> None:
    assert order(archive, "lantern", Sort.PLACE) == "a0a2b0b2c0c2d0d2e0e2"


@pytest.mark.parametrize("sort", Sort)
def test_all_words_come_before_some_in_every_order(archive: search.Archive, sort: Sort) -> None:
    hits = archive.search("green lantern", sort=sort, limit=None).hits
    whole = ["green" in (hit.passage.en or "") for hit in hits]
    assert whole == sorted(whole, reverse=True) and len(set(whole)) == 2


@pytest.mark.parametrize("sort", Sort)
def test_pages_together_are_the_whole_answer(archive: search.Archive, sort: Sort) -> None:
    every = [hit.passage.id for hit in archive.search("lantern", sort=sort, limit=None).hits]
    pages = [
        hit.passage.id
        for offset in range(0, len(every), 3)
        for hit in archive.search("lantern", sort=sort, limit=3, offset=offset).hits
    ]
    assert pages == every and len(set(every)) == 10


def test_years_are_counted_the_newest_first(archive: search.Archive) -> None:
    years = archive.search("lantern").facets["year"]
    assert list(years.items()) == [("2022", 4), ("2021", 2), ("2020", 2)]
    for year in ("2022", "2020"):
        assert archive.search(f"lantern date:{year}").total == years[year]
