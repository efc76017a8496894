"""Which words together say which words together?

From the links between single words, the phrases that are consistent with them
(Och and Ney, The Alignment Template Approach to Statistical Machine
Translation, 2004): words in a row on both sides, linked with each other and
with nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from search.lexicon.alignment import Links
from search.lexicon.bitext import Bitext, Flags, Numbers, Words

LONGEST = 4
"""Words of a phrase on either side."""

Found = tuple[Numbers, Numbers, Numbers, Numbers]
"""The first English word and how many, the first Chinese word and how many, of each phrase pair."""


def extract(bitext: Bitext, links: Links) -> Found:
    """Every pair of phrases in the archive, a pair as often as it stands there."""
    found = list(_by_length(bitext, links)) or [(np.zeros(0, np.int64),) * 4]
    en, en_length, zh, zh_length = (np.concatenate(column) for column in zip(*found, strict=True))
    return en, en_length, zh, zh_length


def _by_length(bitext: Bitext, links: Links) -> Iterator[Found]:
    en, zh = bitext.en, bitext.zh
    en_low, en_high = _reach(links.en, links.zh, en.count)
    zh_low, zh_high = _reach(links.zh, links.en, zh.count)
    low, high = en_low, en_high
    for length in range(1, LONGEST + 1):
        if length > 1:
            # One word more: the span of a phrase is that of its words together.
            low = np.minimum(low[:-1], en_low[length - 1 :])
            high = np.maximum(high[:-1], en_high[length - 1 :])
        if not len(low):
            break
        first = np.arange(len(low))
        good = (high >= 0) & (high - low < LONGEST) & _in_a_row(en, first, length)
        # At both ends stand linked words: what hangs on loosely is no part of a term.
        good &= (en_high[: len(low)] >= 0) & (en_high[length - 1 :] >= 0)
        first, span, end = first[good], low[good], high[good]
        kept = _in_a_row(zh, span, end - span + 1)
        least, most = _extent(zh_low, span, end, least=True), _extent(zh_high, span, end)
        kept &= (least >= first) & (most < first + length)
        first, span, end = first[kept], span[kept], end[kept]
        yield first, np.full(len(first), length), span, end - span + 1


def _reach(of: Numbers, to: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """The first and last word that each word is linked with; beyond all, and -1, if none."""
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(low, of, to)
    np.maximum.at(high, of, to)
    return low, high


def _in_a_row(words: Words, first: Numbers, length: int | Numbers) -> Flags:
    """Whether so many words, from each of `first` on, follow each other without a gap.

    The parts of a compound, which share a position, do.
    """
    together = words.key[:-1] == words.key[1:]
    next_one = np.append(together | (words.end[:-1] == words.key[1:]), False)
    broken = np.concatenate(([0], np.cumsum(~next_one)))
    whole: Flags = broken[first + length - 1] == broken[first]
    return whole


def _extent(values: Numbers, first: Numbers, last: Numbers, *, least: bool = False) -> Numbers:
    """The greatest (or least) value from place `first` to place `last`, a few places further."""
    pick = np.minimum if least else np.maximum
    found = values[first]
    for step in range(1, LONGEST):
        at = np.minimum(first + step, last)
        found = pick(found, values[at])
    return found
