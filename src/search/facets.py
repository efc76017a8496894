"""What are the documents of an answer: which sides, whose, of which transcript, role and year?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np

from search.index.keys import Docs
from search.index.reader import Shelf
from search.index.schema import ROLE, SIDES, SPEAKER, TRANSCRIPT

YEAR: Final = "year"
"""The facet of the transcripts' dates."""


def facets(shelf: Shelf, docs: Docs) -> Mapping[str, Mapping[str, int]]:
    """For each facet, how many of the documents have each value; the commonest first."""
    found: dict[str, dict[str, int]] = {}
    for facet in (SIDES, SPEAKER, TRANSCRIPT, ROLE):
        names, codes = shelf.shown(facet)
        counts = np.bincount(codes[docs] + 1, minlength=len(names) + 1)[1:]
        met = np.flatnonzero(counts)
        # The names are in order: those with one count stay so.
        order = met[np.argsort(-counts[met], kind="stable")].tolist()
        found[facet] = {names[at]: int(counts[at]) for at in order}
    sides = {side: found[SIDES].get(side, 0) for side in ("both", "en", "zh")}
    return {**found, SIDES: sides, YEAR: _years(shelf, found[TRANSCRIPT])}


def _years(shelf: Shelf, transcripts: Mapping[str, int]) -> dict[str, int]:
    """How many of the documents are of each year, the newest first."""
    years: Counter[str] = Counter()
    for id, count in transcripts.items():
        if year := re.match(r"\d{4}", shelf.about[id].date or ""):
            years[year[0]] += count
    return dict(sorted(years.items(), reverse=True))
