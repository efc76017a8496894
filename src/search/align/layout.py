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
        return _learned(Section(weigher, en, zh)).links()
    chain = Chain(weigher)
    model = Model.of(OF_NEIGHBOURS)
    for _ in range(ROUNDS):
        chain.weigh(model)
        model = chain.learned()
    chain.weigh(model)
    whole = _whole(weigher, chain)
    if whole is None:
        return chain.links()
    reading = _learned(whole)
    price = _CHANGE * weigher.changes
    return reading.links() if reading.total - price > chain.total else chain.links()


def _learned(section: Section) -> Reading:
    """A section as the model reads it that it teaches."""
    model = Model.of(OF_STRETCHES)
    for _ in range(ROUNDS):
        model = section.weigher.learn(*Reading(section, model).singles(), OF_STRETCHES)
    return Reading(section, model)


def _whole(weigher: Weigher, chain: Chain) -> Section | None:
    """The grid over the whole file, where that could find what a chain does not."""
    en, zh = np.arange(len(weigher.en)), np.arange(len(weigher.zh))
    # In turns only the language that is translated in part has stretches of its own.
    if min(chain.longest) < 2 or weigher.changes < 2 or not fits(en, zh):
        return None
    return Section(weigher, en, zh, distance=True)
