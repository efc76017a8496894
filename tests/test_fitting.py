"""Each place of a word is answered by at most one place on the other side, and in bounded time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.fitting import MOST, Candidate, fitting
from search.lexicon.terms import Counterpart, Source
from search.matching import Pattern
from search.model import Lang
from search.results import Mark
from search.widening import Widened


def candidate(start: int, weight: float, length: int = 6) -> Candidate:
    counterpart = Counterpart("patent", ("patent",), Lang.EN, weight, Source.GLOSSARY)
    return Mark(start, start + length), Widened(Pattern(()), counterpart)


@given(
    words=st.lists(st.integers(0, 90), max_size=6),
    others=st.lists(st.tuples(st.integers(0, 90), st.floats(0.05, 1.0)), max_size=8),
)
def test_no_word_is_answered_twice_and_no_answers_overlap(
    words: list[int], others: list[tuple[int, float]]
) -> None:
    places = [Mark(at, at + 2) for at in words]
    found = fitting(places, 100, [candidate(*other) for other in others], 100)
    assert len(found) <= min(len(places), len(others))
    ends = [mark.end for mark, _ in found]
    assert all(end <= mark.start for end, (mark, _) in zip(ends, found[1:], strict=False))


def test_the_likelier_is_taken_and_of_two_as_likely_the_nearer() -> None:
    word = [Mark(10, 12)]
    likely, unlikely = candidate(12, 0.8), candidate(10, 0.2)
    assert fitting(word, 100, [unlikely, likely], 100) == [likely]
    near, far = candidate(12, 0.5), candidate(80, 0.5)
    assert fitting(word, 100, [far, near], 100) == [near]


def test_a_word_that_stands_a_hundred_thousand_times_is_answered_some_times() -> None:
    words = [Mark(2 * at, 2 * at + 2) for at in range(100_000)]
    others = [candidate(7 * at, 0.5) for at in range(100_000)]
    assert 0 < len(fitting(words, 200_000, others, 700_000)) <= MOST
