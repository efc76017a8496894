"""Which translation of a word stands in this passage?

A word has many translations, and a passage may hold several of them that
answer other words. Each place of a word on the one side is given at most one
place on the other: the likeliest translation that stands about as far in its
text as the word does in its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Final

from search.results import Mark
from search.widening import Widened

FAR: Final = 4.0
"""What a text's whole length of distance weighs, in natural logarithms of odds: a translation
fifty times as likely is taken from the other end."""

LEAST: Final = 0.1
"""What a translation must weigh beside the likeliest that stands in the passage."""

MOST: Final = 100
"""Places of a word, and of its translations, that are weighed against each other: a paragraph of a
million characters may have as many of both as it likes."""

RIVAL: Final = 0.3
"""Where the word itself does not stand, what its other translations must weigh beside the best."""

Candidate = tuple[Mark, Widened]
"""A place of a counterpart, and which."""


def fitting(
    words: Sequence[Mark], length: int, candidates: Sequence[Candidate], other_length: int
) -> list[Candidate]:
    """The candidates on one side that answer the words on the other, in order of place.

    The lengths are those of the two texts, in code points.
    """
    words, candidates = words[:MOST], _above(candidates, LEAST)[:MOST]

    def fit(at: int, number: int) -> tuple[float, int]:
        mark, other = candidates[number]
        far = abs(_middle(words[at], length) - _middle(mark, other_length))
        return math.log(other.counterpart.weight) - FAR * far, mark.end - mark.start

    pairs = product(range(len(words)), range(len(candidates)))
    answered: set[int] = set()
    taken: list[Candidate] = []
    for at, number in sorted(pairs, key=lambda pair: fit(*pair), reverse=True):
        mark, _ = candidates[number]
        if at not in answered and not any(_overlap(mark, other) for other, _ in taken):
            answered.add(at)
            taken.append(candidates[number])
    return sorted(taken, key=lambda candidate: candidate[0].start)


def likeliest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that can be meant where the word itself stands nowhere."""
    return _above(candidates, RIVAL)


def _above(candidates: Sequence[Candidate], share: float) -> list[Candidate]:
    """Those that weigh at least a share of what the heaviest does."""
    best = max((other.counterpart.weight for _, other in candidates), default=0.0)
    return [at for at in candidates if at[1].counterpart.weight >= share * best]


def _middle(mark: Mark, length: int) -> float:
    return (mark.start + mark.end) / (2 * max(length, 1))


def _overlap(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end
