"""What the archive has that begins so, counted at each rebuild."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

import search
from search.analysis import FORM, STEM, WORD
from search.analysis.english import stem
from search.analysis.pinyin import spellings
from search.index import completions, generations
from search.index.completions import Completions
from search.index.reader import Shelf

MakeArchive = Callable[..., search.Archive]


@pytest.fixture(scope="module")
def shelf(index_dir: Path) -> Shelf:
    return Shelf(generations.current(index_dir))


@pytest.fixture(scope="module")
def held(shelf: Shelf) -> Completions:
    return shelf.completions()


def passages(shelf: Shelf, field: str, term: str) -> int:
    return len(shelf.counted(field, term)[0])


def test_each_term_is_counted_by_its_passages(shelf: Shelf, held: Completions) -> None:
    forms, words = shelf.arrays.texts(FORM), shelf.arrays.texts(WORD)
    assert held.forms.tolist() == [passages(shelf, FORM, form) for form in forms]
    assert held.stems.tolist() == [passages(shelf, STEM, stem(form)) for form in forms]
    assert held.words.tolist() == [passages(shelf, WORD, word) for word in words]


def test_counting_in_slices_gives_the_same(
    shelf: Shelf, held: Completions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "_AT_ONCE", 7)
    completions.write(tmp_path, shelf.arrays)
    again = Completions.open(tmp_path, shelf.arrays)
    for name in completions.NAMES:
        assert np.array_equal(getattr(again, name), getattr(held, name)), name


@pytest.mark.parametrize("prefix", ["s", "pat", "innovation", "sense", "1", "zzz"])
def test_forms_come_by_their_stems_the_commonest_first(
    shelf: Shelf, held: Completions, prefix: str
) -> None:
    found = list(held.english(prefix))
    forms = [form for form in shelf.arrays.texts(FORM) if form.startswith(prefix)]
    assert {stem(form) for form, _ in found} == {stem(form) for form in forms}
    assert len({stem(form) for form, _ in found}) == len(found)
    assert all(count == passages(shelf, STEM, stem(form)) for form, count in found)
    rest = found[found[:1] == [(prefix, passages(shelf, STEM, stem(prefix)))] :]
    assert [count for _, count in rest] == sorted((count for _, count in rest), reverse=True)


def test_of_a_stem_the_commonest_form_that_begins_so_is_given(make_archive: MakeArchive) -> None:
    archive = make_archive("A patent.\n\nTwo patents.\n\nMore patents.")
    held = archive._searcher().shelf.completions()
    assert list(held.english("pat")) == [("patents", 3)]
    assert list(held.english("patent")) == [("patent", 3)]
    assert list(held.english("patents")) == [("patents", 3)]


@pytest.mark.parametrize("prefix", ["专", "人", "人工", "智能汽车", "龘"])
def test_words_come_whole_first_and_then_the_commonest(
    shelf: Shelf, held: Completions, prefix: str
) -> None:
    found = list(held.chinese(prefix))
    words = [word for word in shelf.arrays.texts(WORD) if word.startswith(prefix)]
    assert sorted(word for word, _ in found) == sorted(words)
    assert (prefix in words) == (bool(found) and found[0][0] == prefix)
    counts = [count for word, count in found if word != prefix]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("letters", ["zhuanl", "zhuanli", "ren", "rengong", "q", "xyz"])
def test_pinyin_finds_every_word_that_is_typed_so(
    shelf: Shelf, held: Completions, letters: str
) -> None:
    words = [word for word in shelf.arrays.texts(WORD) if len(word) > 1]
    begun = {word for word in words if any(way.startswith(letters) for way in spellings(word))}
    assert {word for word, _ in held.sounding(letters)} == begun
    whole = {word for word in words if letters in spellings(word)}
    assert {word for word, _ in held.sounding(letters, whole=True)} == whole


@given(st.data())
def test_every_form_within_so_many_edits_is_among_those_that_are_like(
    shelf: Shelf, held: Completions, data: st.DataObject
) -> None:
    forms = [form for form in shelf.arrays.texts(FORM) if form.isascii()]
    letters = list(data.draw(st.sampled_from(forms)))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(letters)))
        letters[at : at + data.draw(st.integers(0, 1))] = data.draw(st.sampled_from(["", "a", "7"]))
    typed = "".join(letters)
    for edits in (1, 2):
        found = {form for form, _ in held.like(typed, edits)}
        assert {form for form in forms if OSA.distance(typed, form) <= edits} <= found


def test_an_archive_of_one_language_has_no_completions_of_the_other(
    make_archive: MakeArchive,
) -> None:
    held = make_archive("只有中文。")._searcher().shelf.completions()
    assert list(held.english("a")) == [] and list(held.like("word", 2)) == []
    held = make_archive("Only English.")._searcher().shelf.completions()
    assert list(held.chinese("中")) == [] and list(held.sounding("zhong")) == []
