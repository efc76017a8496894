"""The irregular forms of a word are known as its own."""

from __future__ import annotations

from importlib.resources import files

import pytest

from search.analysis.english import stem
from search.lexicon.inflection import forms, lemmas

ROWS = [
    tuple(dict.fromkeys(map(stem, line.split())))
    for line in files("search.lexicon").joinpath("irregular.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("form", "lemma"), [("taken", "take"), ("children", "child"), ("people", "person")]
)
def test_a_form_is_of_its_word_and_not_the_other_way_about(form: str, lemma: str) -> None:
    assert lemmas(stem(form)) == (stem(lemma),)
    assert stem(form) in forms(stem(lemma))
    assert forms(stem(form)) == (stem(form),)


def test_what_is_regular_has_no_other_form() -> None:
    assert forms("patent") == ("patent",)
    assert lemmas("patent") == ()


def test_every_row_says_what_the_stemmer_does_not() -> None:
    assert all(len(row) > 1 for row in ROWS)
    assert len({row[0] for row in ROWS}) == len(ROWS)
