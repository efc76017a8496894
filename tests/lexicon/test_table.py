"""A table gives back what was put into it, from memory and from files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexicon.table import Pairs, Table, parts, spelt
from search.lexicon.terms import Source, key

TERMS = st.text(
    st.sampled_from("ab internationally专利發\0\U00020000\ud800"), min_size=1, max_size=14
)
ROWS = st.dictionaries(
    st.tuples(TERMS, TERMS).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.integers(0, 64).map(lambda n: n / 64), st.sampled_from(Source)),
    max_size=12,
)


@given(given=ROWS, more=st.sets(TERMS, max_size=4), asked=st.sets(TERMS, max_size=6))
def test_each_term_has_its_pairs_from_either_side(
    given: dict[tuple[str, str], tuple[float, Source]], more: set[str], asked: set[str]
) -> None:
    pairs = Pairs()
    for (one, other), (weight, source) in given.items():
        pairs.add(one, other, weight, source)
    built = Table.of(pairs, {one: one.upper() for one, _ in given}, more)
    with tempfile.TemporaryDirectory() as folder:
        built.save(Path(folder), "table")
        kept = Table.open(Path(folder), "table")
    terms = {term for pair in given for term in pair} | more
    for table in (built, kept):
        assert list(table) == sorted(terms)
        for term in terms | asked:
            wanted = [
                ((pair[1] if pair[0] == term else pair[0]), *said)
                for pair, said in given.items()
                if term in pair
            ]
            found = list(table.row(term))
            assert sorted(found) == sorted(wanted)
            weights = [weight for _, weight, _ in found]
            assert weights == sorted(weights, reverse=True)
            number = table.number(term)
            assert (number is not None) == (term in terms)
            if number is not None:
                assert table.term(number) == term
                printed = table.text(number) or term
                assert printed == (term.upper() if any(term == one for one, _ in given) else term)
        wanted_numbers = [-1 if (n := table.number(term)) is None else n for term in sorted(asked)]
        assert np.array_equal(table.numbers(sorted(asked)), wanted_numbers)


@given(st.sets(TERMS, max_size=12), st.text("abint专", max_size=2))
def test_the_terms_that_begin_alike_are_found(terms: set[str], prefix: str) -> None:
    wanted = sorted(term for term in terms if term.startswith(prefix))
    assert list(Table.of(Pairs(), {}, terms).beginning(prefix)) == wanted


@pytest.mark.parametrize(
    "text", ["Autonomous driving", "AI芯片", "自動駕駛", "R&D", "C++", "5G 网络", "SenseTime"]
)
def test_what_is_spelt_as_one_string_has_its_parts(text: str) -> None:
    assert parts(spelt(key(text))) == key(text)


@given(st.text(max_size=20))
def test_any_text_is_spelt_and_has_its_parts(text: str) -> None:
    assert parts(spelt(key(text))) == key(text)
