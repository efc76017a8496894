"""Which passages have a Chinese word in the very characters in which it was typed?

The index holds every character as it is searched (專 as 专), so that either
finds the other. Who asks for one of them alone is answered from the texts of
what was found.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from search.analysis.normalize import simplified
from search.analysis.scripts import OTHER
from search.index.keys import Docs
from search.index.reader import Reader
from search.model import Passage
from search.query import Leaf, Wildcard
from search.results import Mark

_RUN = re.compile(f"[^\\0{OTHER}]+")


@cache
def _ambiguous() -> frozenset[str]:
    """The characters that stand for another, or another for them: 专 and 專."""
    pairs = simplified()
    return frozenset(pairs) | frozenset("".join(pairs.values()))


def typed(leaf: Leaf) -> tuple[str, ...]:
    """The runs of Chinese characters of a leaf, if any of them could be written otherwise.

    >>> from search.query import Phrase, Term
    >>> typed(Phrase("AI 专利 V2X")), typed(Term("山水")), typed(Term("patent"))
    (('专利',), (), ())
    """
    runs = _RUN.findall(leaf.pattern if isinstance(leaf, Wildcard) else leaf.text)
    return tuple(runs) if not _ambiguous().isdisjoint("".join(runs)) else ()


def standing(reader: Reader, leaf: Leaf, docs: Docs) -> Docs:
    """Those of the documents in which each run of the leaf stands as it was typed."""
    runs = typed(leaf)
    if not runs:
        return docs
    kept = [_has(reader.passage(document), runs) for document in docs.tolist()]
    return docs[np.array(kept, np.bool_)]


def as_typed(leaf: Leaf, text: str, marks: list[Mark]) -> list[Mark]:
    """Those of the marks of a leaf in a text whose characters are those typed."""
    wanted = set("".join(typed(leaf)))
    if not wanted:
        return marks
    return [
        mark
        for mark in marks
        if wanted.issuperset("".join(_RUN.findall(text[mark.start : mark.end])))
    ]


def _has(passage: Passage, runs: tuple[str, ...]) -> bool:
    sides = (passage.en or "", passage.zh or "")
    return all(any(run in side for side in sides) for run in runs)
