"""Where do the paragraphs of a file cut its sentences?

A paragraph of prose ends a sentence. A cue of subtitles ends anywhere, and
Chinese says the parts of a sentence in another order than English: what stands
in one cue may be said in the next one of the other language. But where the
sentence itself ends, it mostly ends in both, and so do its clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.align.sparse import Floats, Ints
from search.structure import Paragraph

_OPEN, _PAUSE, _FULL, _APART = range(4)
"""How a paragraph ends: with no mark, with a comma or the like, with a full stop or the like;
what ends front and end matter and headings says nothing."""
_KINDS = 4

_CLOSING = " \t\n\"'”’」』》)）]】"
_PAUSES, _STOPS = ",，、;；:：—", ".。!！?？…"
_PAUSE_WITHIN = re.compile(r"(?:[，、；：—]|[,;:]\s).*\w", re.DOTALL)
_STOP_WITHIN = re.compile(r"(?:[。！？…]|[.!?][\"'”’)\]]*\s).*\w", re.DOTALL)

_BEFORE = 4.0
"""Pairs that the guess that ends do not depend on each other weighs."""
_MOST_AGAINST, _MOST_FOR = -4.0, 1.5
"""Bounds of what ends may say: a rare mark in two paragraphs makes no pair of them."""
_SEAM = np.array(
    [
        [0.0, 0.0, 0.0],
        [-2.0, 0.4, 0.4],
        [-3.0, -1.5, 0.6],
        [0.0, 0.0, 0.0],
    ]
)
"""What it says of two paragraphs with one: by how the first of the two ends, and by the strongest
mark within the one. Where sentences are joined their marks are kept."""


class Marks:
    """The marks that end the paragraphs of a file and those within them."""

    def __init__(self, en: Sequence[Paragraph], zh: Sequence[Paragraph]) -> None:
        self._en, self._zh = _ends(en), _ends(zh)
        self._within_en, self._within_zh = _within(en, self._en), _within(zh, self._zh)

    def pairs(self, en: Ints, zh: Ints) -> Ints:
        """The cells of a table of ends, row by row, for the last paragraphs of links."""
        cells: Ints = self._en[en] * _KINDS + self._zh[zh]
        return cells

    def seams(self, en: tuple[Ints, Ints], zh: tuple[Ints, Ints]) -> Floats:
        """What is said where links join two paragraphs, from first to last of each side."""
        (i, last_i), (j, last_j) = en, zh
        weights: Floats = _SEAM[np.where(last_i > i, self._en[i], _OPEN), self._within_zh[j]]
        weights += _SEAM[np.where(last_j > j, self._zh[j], _OPEN), self._within_en[i]]
        return weights

    def learned(self, en: Ints, zh: Ints, sure: Floats) -> Floats:
        """The table of ends that links teach: how much likelier two meet in a pair than by chance.

        The links pair one paragraph with one, each is as `sure` as it is probable.
        """
        table = np.zeros((_KINDS, _KINDS))
        np.add.at(table, (self._en[en], self._zh[zh]), sure)
        table = table[:_APART, :_APART]
        shares = (_shares(ends) for ends in (self._en, self._zh))
        table += _BEFORE * np.outer(*shares)
        table /= table.sum()
        chance = np.outer(table.sum(1), table.sum(0))
        weights = np.zeros((_KINDS, _KINDS))
        weights[:_APART, :_APART] = np.clip(np.log(table / chance), _MOST_AGAINST, _MOST_FOR)
        return weights


def go_on(paragraphs: Sequence[Paragraph]) -> NDArray[np.bool_]:
    """Which paragraphs go on in the next one, without any mark between."""
    ends = _ends(paragraphs)
    begins = np.array([bool(p.label) or p.role is not None for p in paragraphs[1:]], dtype=bool)
    found = ends == _OPEN
    found[-1:] = False
    found[:-1] &= ~begins
    return np.asarray(found, dtype=np.bool_)


def _ends(paragraphs: Sequence[Paragraph]) -> Ints:
    return np.array([_APART if p.role else _end(p.text) for p in paragraphs], dtype=np.int64)


def _end(text: str) -> int:
    """How a text ends.

    >>> _end("“我同意。”") == _FULL, _end("然后，") == _PAUSE, _end("and then") == _OPEN
    (True, True, True)
    """
    last = text.rstrip(_CLOSING)[-1:] or " "
    return _FULL if last in _STOPS else _PAUSE if last in _PAUSES else _OPEN


def _within(paragraphs: Sequence[Paragraph], ends: Ints) -> Ints:
    """The strongest marks within paragraphs; where a language has none at all, all have all."""
    found = np.array([_inner(p.text) for p in paragraphs], dtype=np.int64)
    marked = (found > _OPEN) | (ends == _PAUSE) | (ends == _FULL)
    return found if marked.any() else np.full(len(found), _FULL)


def _inner(text: str) -> int:
    """The strongest mark within a text: what ends it, and what stands in a number, is none.

    >>> _inner("是的。对。") == _FULL, _inner("yes, 3.5") == _PAUSE, _inner("11,494件") == _OPEN
    (True, True, True)
    """
    if _STOP_WITHIN.search(text):
        return _FULL
    return _PAUSE if _PAUSE_WITHIN.search(text) else _OPEN


def _shares(ends: Ints) -> Floats:
    """How many paragraphs of the talk end in each way; no way is impossible."""
    counts = np.bincount(ends, minlength=_KINDS)[:_APART] + 1e-3
    shares: Floats = counts / counts.sum()
    return shares
