"""How much does a word say about a passage?

BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), in
the form that Whoosh gives it.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.index.keys import Scores

K1: Final = 1.2
B: Final = 0.75
"""Whoosh's own constants: how soon a repeated word counts no more, how much length counts."""


def idf(documents: float, total: int) -> float:
    """Whoosh's inverse document frequency, of a term that so many of all documents have.

    >>> idf(9, 10)
    1.0
    """
    return math.log(total / (documents + 1)) + 1


def rarity(documents: float, total: int) -> float:
    """The weight of Robertson and Spärck Jones without knowledge of relevance, never below nothing.

    What stands in every second passage counts little beside what is rare, as it
    should among many words; Whoosh's own gives each of them one more.

    >>> round(rarity(5, 10), 3), round(rarity(10, 10), 3)
    (0.693, 0.047)
    """
    return math.log1p((total - documents + 0.5) / (documents + 0.5))


def saturation(lengths: npt.NDArray[Any]) -> Scores:
    """What is added to a count in each document: more in a long one. `lengths` is in terms."""
    held: Scores = K1 * (1 - B + B * lengths.astype(np.float64) / (lengths.mean() or 1.0))
    return held


def score(counts: Scores, saturations: Scores, weight: float, k1: float = K1) -> Scores:
    """The score of a term in each document that has it; `weight` is the term's idf.

    The saturations are those of K1.
    """
    # In as few passes and new arrays as can be.
    scores = counts + (saturations if k1 == K1 else saturations * (k1 / K1))
    np.divide(counts, scores, out=scores)
    scores *= weight * (k1 + 1)
    return scores
