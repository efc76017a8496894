"""The arrays of a segment say what was put into them, however it was sorted."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import FIELDS, STEM, Analyzer
from search.index.analysed import analyse, from_postings
from search.index.arrays import BLOCK, NAMES, Arrays
from search.index.invert import Inverter
from search.index.keys import NONE
from search.model import Transcript

TEXTS = st.sampled_from(["a", "ab", "b", "é", "专", "专利", "\U00020000"])
KINDS = ["form", "stem", "word"]
POSTINGS = st.sets(
    st.tuples(st.integers(0, 5), st.integers(0, 70), st.sampled_from(KINDS), TEXTS), max_size=60
)


@given(postings=POSTINGS, run=st.sampled_from([1, 7, 10_000]), parts=st.integers(1, 4))
def test_what_goes_in_comes_out(
    tmp_path_factory: pytest.TempPathFactory,
    postings: set[tuple[int, int, str, str]],
    run: int,
    parts: int,
) -> None:
    """Passages are added in some parts, sorted in some runs: it makes no difference."""
    folder = tmp_path_factory.mktemp("arrays")
    inverter = Inverter(folder, "s", run)
    edges = np.linspace(0, 6, parts + 1).astype(int).tolist()
    for first, last in pairwise(edges):
        some = sorted((d - first, p, f, t) for d, p, f, t in postings if first <= d < last)
        inverter.add(from_postings(some, last - first))
    inverter.finish()
    arrays = Arrays.open(folder, "s")
    assert arrays.count == 6
    terms = {(field, text) for _, _, field, text in postings}
    assert {
        (field, arrays.term(number).decode())
        for field in arrays.fields
        for number in arrays.terms(field)
    } == terms
    for field, text in terms:
        keys = arrays.of(field, text)
        documents = arrays.documents(keys)
        found = {
            (int(d), int(k) - int(arrays.bases[d])) for d, k in zip(documents, keys, strict=True)
        }
        assert found == {(d, p) for d, p, f, t in postings if (f, t) == (field, text)}
        assert (np.diff(keys.astype(np.int64)) > 0).all()
    assert len(arrays.of("form", "none")) == len(arrays.of("z", "a")) == 0
    for field in arrays.fields:
        lengths = arrays.lengths[:, arrays.fields.index(field)].tolist()
        assert lengths == [
            sum(1 for d, _, f, _ in postings if (d, f) == (n, field)) for n in range(6)
        ]


def test_the_keys_of_a_prefix_are_those_of_its_terms(tmp_path: Path) -> None:
    inverter = Inverter(tmp_path, "s")
    words = ["in", "inn", "innov", "innovate", "inöv", "io", "专", "专利"]
    inverter.add(from_postings([(0, at, "form", word) for at, word in enumerate(words)], 1))
    inverter.finish()
    arrays = Arrays.open(tmp_path, "s")
    for prefix in ("i", "in", "inn", "innovates", "专", "z", ""):
        found = {int(key) - BLOCK for key in arrays.beginning("form", prefix)}
        assert found == {at for at, word in enumerate(words) if word.startswith(prefix)}


@given(postings=POSTINGS, more=TEXTS)
def test_a_stem_that_stands_where_one_form_does_has_no_keys_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, postings: set[tuple[int, int, str, str]], more: str
) -> None:
    folder = tmp_path_factory.mktemp("arrays")
    inverter = Inverter(folder, "s")
    both = {(d, p, kind, more) for d, p, _, _ in postings for kind in ("form", "stem")}
    inverter.add(from_postings(sorted(postings | both), 6))
    inverter.finish()
    arrays = Arrays.open(folder, "s")
    forms = {arrays.row(number).tobytes() for number in arrays.terms("form")}
    for number in range(len(arrays.ends)):
        shared = number in arrays.terms("stem") and arrays.row(number).tobytes() in forms
        assert (arrays.starts[number] == arrays.starts[number + 1]) == shared
    for field in arrays.fields:
        numbers = arrays.terms(field)
        for some in (numbers, numbers[1:], numbers[:1], numbers[:0]):
            rows = [arrays.row(number) for number in some]
            assert np.array_equal(arrays.rows(some), np.concatenate([NONE, *rows]))
            assert arrays.sizes(some).tolist() == list(map(len, rows))


def test_runs_give_the_same_files_as_one_sort(
    tmp_path: Path, interview: Transcript, analyzer: Analyzer
) -> None:
    for name, run in (("many", 500), ("one", 10**9)):
        inverter = Inverter(tmp_path, name, run)
        for _ in range(3):
            inverter.add(analyse(interview.passages, analyzer))
        inverter.finish()
    for name in NAMES:
        files = [(tmp_path / f"{prefix}.{name}.npy").read_bytes() for prefix in ("many", "one")]
        assert files[0] == files[1]
    assert not list(tmp_path.glob("runs-*"))


def test_a_position_is_known_by_where_it_begins_in_its_side(
    tmp_path: Path, interview: Transcript, analyzer: Analyzer
) -> None:
    inverter = Inverter(tmp_path, "s")
    inverter.add(analyse(interview.passages, analyzer))
    inverter.finish()
    arrays = Arrays.open(tmp_path, "s")
    for number, passage in enumerate(interview.passages):
        for side, text in enumerate((passage.en, passage.zh)):
            for token in analyzer.tokens(text) if text else ():
                for position in arrays.within(arrays.of(token.field, token.term), number):
                    found, start = arrays.place(number, position)
                    assert (passage.en, passage.zh)[found] is not None
                    if found == side and start == token.start:
                        break
                else:
                    assert token.part, token
    assert set(FIELDS) <= set(arrays.fields)


@given(postings=POSTINGS, run=st.sampled_from([1, 7, 10_000]))
def test_a_term_is_part_of_a_compound_where_another_stem_shares_a_position_of_it(
    tmp_path_factory: pytest.TempPathFactory, postings: set[tuple[int, int, str, str]], run: int
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    stems = {(document, position, STEM, text) for document, position, _, text in postings}
    inverter = Inverter(folder, "s", run)
    inverter.add(from_postings(sorted(stems), 6))
    inverter.finish()
    arrays = Arrays.open(folder, "s")
    held = Counter((document, position) for document, position, _, _ in stems)
    shared = {text for document, position, _, text in stems if held[document, position] > 1}
    numbers = arrays.terms(STEM)
    assert {arrays.term(number).decode() for number in numbers if arrays.parts[number]} == shared
