"""Words of one family are told from words that look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.english import stem
from search.lexicon.families import are_related, related


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("religion", "religious"),
        ("east", "eastern"),
        ("alumni", "alumnus"),
        ("india", "indian"),
        ("invade", "invasion"),
        ("disobey", "disobedience"),
        ("consume", "consumption"),
        ("inflation", "inflationary"),
        ("describe", "description"),
        ("explain", "explanation"),
    ],
)
def test_derived_words_are_of_one_family(one: str, other: str) -> None:
    assert are_related(stem(one), stem(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patent", "patient"),
        ("port", "portugal"),
        ("car", "care"),
        ("map", "map"),
        ("send", "sense"),
    ],
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert not are_related(stem(one), stem(other))


@given(st.text("abcei", max_size=8), st.lists(st.text("abcein", max_size=8)))
def test_related_words_are_all_that_are_related(word: str, others: list[str]) -> None:
    stems = sorted(set(others))
    wanted = [other for other in stems if are_related(word, other)] if len(word) > 3 else []
    assert related(word, stems) == wanted
