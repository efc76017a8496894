"""In which order do the documents come? All words before some, then by score."""

from __future__ import annotations

from typing import Final

import numpy as np

from search.found import SOME, Found
from search.index.keys import Docs, Scores, contains
from search.index.reader import Shelf
from search.index.schema import ROLE
from search.results import Sort
from search.weights import ROLES

_COLUMNS: Final = 8
"""For each hit that is wanted."""


def once(shelf: Shelf, found: Found) -> Found:
    """Without the passages whose text stands in an earlier one that is found too."""
    originals = shelf.originals().take(found.docs)
    copies = originals != found.docs
    if not copies.any():
        return found
    copies[copies] = contains(found.docs, originals[copies])
    return found.kept(~copies)


def by_role(shelf: Shelf, found: Found) -> Found:
    """With what each score weighs by what the passage is in its interview."""
    names, codes = shelf.column(ROLE)
    weights = np.array([ROLES.get(name, 1.0) for name in names])
    return found._replace(scores=found.scores * weights.take(codes.take(found.docs)))


def order(shelf: Shelf, found: Found, sort: Sort, wanted: int) -> list[int]:
    """Where the first `wanted` documents stand in `found`."""
    if sort is Sort.RELEVANCE:
        return ranked(found, wanted)
    keys = [found.docs]
    if sort is Sort.DATE:
        keys.append(_ages(shelf).take(found.docs))
    if found.levels is not None:
        keys.append(found.levels == SOME)
    places: list[int] = np.lexsort(keys)[:wanted].tolist()
    return places


def _ages(shelf: Shelf) -> Docs:
    """For each document how many dates are newer than its transcript's."""
    dates = [about.date or "" for about in shelf.abouts]
    age = {date: at for at, date in enumerate(sorted(set(dates), reverse=True))}
    lengths = np.diff([*shelf.firsts, shelf.count])
    return np.repeat(np.array([age[date] for date in dates], np.intp), lengths)


def ranked(found: Found, wanted: int) -> list[int]:
    """Where the best `wanted` documents stand in `found`, best first.

    All words as typed before all words in either language, these before most words; then by
    score, then in the order of the archive.
    """
    total = found.scores
    if found.levels is not None:
        total = total + found.levels * (total.max(initial=0.0) + 1.0)
    if not wanted or len(total) <= _COLUMNS * wanted:
        return _sorted(total, wanted)
    # Sorting all of a large answer to show ten of it would cost more than finding it.
    (best,) = (total >= _reached_by(total, wanted)).nonzero()
    known: list[int] = best.take(_sorted(total.take(best), wanted)).tolist()
    return known


def _sorted(scores: Scores, wanted: int) -> list[int]:
    best: list[int] = (-scores).argsort(kind="stable")[:wanted].tolist()
    return best


def _reached_by(scores: Scores, wanted: int) -> float:
    """A score that `wanted` and not many more reach.

    Those of a large answer stand in some columns, of which each has a highest:
    the best `wanted` of these are a lower bound, for a tenth of the work.
    """
    deep = len(scores) // (_COLUMNS * wanted)
    highest = scores[: len(scores) // deep * deep].reshape(deep, -1).max(axis=0)
    return float(np.partition(highest, len(highest) - wanted)[len(highest) - wanted])
