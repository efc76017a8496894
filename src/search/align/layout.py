"""Which paragraphs answer each other, wherever they stand in the file?

Along the file, neighbours in different languages may pair, and a stretch in
one language may be answered by the next stretch in the other as a whole: a
chain of such steps reads paragraphs in turn, sections in turn, the whole text
in one language and then in the other, and mixtures of these. Where stretches
are interrupted, a grid over the whole file does better, at a price for each
change of language, which only a chain explains. Whichever has the higher
total probability is taken. The probability of a link given all others
(forward-backward) is its confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from search.align.band import fits
from search.align.chain import Chain
from search.align.section import Link, Reading, Section
from search.align.weights import OF_NEIGHBOURS, OF_STRETCHES, Model, Weigher
from search.model import Lang

ROUNDS = 3
"""Of learning from the file."""
_CHANGE = 2.0
"""What each change of language costs a grid over the whole file."""
_MOST_LEARNED = 1.2
"""What a paragraph adds to the total of a grid, by what is learned from it, at most: the guess
that a paragraph has no counterpart, log(0.175), becomes log(0.5) where none has."""


def has_stretches(langs: Sequence[Lang]) -> bool:
    """Whether both languages somewhere have two paragraphs next to each other.

    Elsewhere a paragraph can be answered by a neighbour only.
    """
    return {a for a, b in pairwise(langs) if a is b} == set(Lang)


def links(weigher: Weigher, as_whole: bool = False) -> list[Link]:
    """All paragraphs of the file in links, lone ones too, in the order in which to read them.

    `as_whole` says that the texts of the two languages are known to answer
    each other as a whole, wherever they stand.
    """
    en, zh = np.arange(len(weigher.en)), np.arange(len(weigher.zh))
    if as_whole and fits(en, zh):
        section = Section(weigher, en, zh)
        return _learned(Reading(section, Model.of(OF_STRETCHES))).links()
    chain = Chain(weigher)
    model = Model.of(OF_NEIGHBOURS)
    for _ in range(ROUNDS):
        chain.weigh(model)
        model = chain.learned()
    chain.weigh(model)
    whole = _whole(weigher, chain)
    if whole is None:
        return chain.links()
    reading = Reading(whole, Model.of(OF_STRETCHES))
    least = chain.total + _CHANGE * weigher.changes
    if reading.total + _MOST_LEARNED * (len(en) + len(zh)) < least:
        return chain.links()
    reading = _learned(reading)
    return reading.links() if reading.total > least else chain.links()


def _learned(reading: Reading) -> Reading:
    """A section as the model reads it that it teaches, beginning with a reading of it."""
    for _ in range(ROUNDS):
        model = reading.section.weigher.learn(*reading.singles(), OF_STRETCHES)
        reading = Reading(reading.section, model)
    return reading


def _whole(weigher: Weigher, chain: Chain) -> Section | None:
    """The grid over the whole file, where that could find what a chain does not."""
    en, zh = np.arange(len(weigher.en)), np.arange(len(weigher.zh))
    # In turns only the language that is translated in part has stretches of its own.
    if min(chain.longest) < 2 or weigher.changes < 2 or not fits(en, zh):
        return None
    return Section(weigher, en, zh, distance=True)
