"""A name and its transcription are told from two words that only look alike."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import fold
from search.lexicon import cedict
from search.lexicon.names import TRANSCRIBING
from search.lexicon.transcription import learn, likeness, written
from tests.conftest import EDITION

NAMES = [("史密斯", "smith"), ("奥廷加", "odinga"), ("弗雷斯诺", "fresno"), ("杰克逊", "jackson")]


@pytest.mark.parametrize(("han", "latin"), NAMES)
def test_a_name_is_likeliest_of_its_own_transcription(han: str, latin: str) -> None:
    assert likeness(han, latin) > 3
    assert max(NAMES, key=lambda name: likeness(name[0], latin)) == (han, latin)
    assert max(NAMES, key=lambda name: likeness(han, name[1])) == (han, latin)


@pytest.mark.parametrize(
    ("han", "latin"), [("英文", "inovashun"), ("大富翁", "monopoly"), ("里博", "labour")]
)
def test_words_that_are_no_transcription_are_unlikely(han: str, latin: str) -> None:
    assert likeness(han, latin) < 3


@given(st.text("史密斯英文个", max_size=6), st.text("abcxyz", max_size=12))
def test_any_two_words_are_likely_to_some_degree(han: str, latin: str) -> None:
    assert -1e4 < likeness(han, latin) < 1e4


def test_the_table_is_what_the_names_of_the_dictionary_teach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cedict, "edition", EDITION)
    names = {
        (entry.word, fold(gloss))
        for entry in cedict.entries()
        if entry.name and len(entry.word) > 1 and TRANSCRIBING.issuperset(entry.word)
        for sense in entry.senses
        for gloss in sense
        if gloss[:1].isupper() and gloss.isascii() and gloss.isalpha() and len(gloss) > 2
    }
    kept = files("search.lexicon").joinpath("transcription.tsv").read_text("utf-8")
    assert written(learn(sorted(names))) == kept
