"""Which sentences of a passage answer each other?

The alignment of paragraphs once more, a step smaller, in plain Python: a
passage has a handful of sentences, and there are many passages.

>>> pairs("Yes. It has 3 parts: A.", "是的。它有3部分:A。")
(((0, 4), (0, 3)), ((5, 23), (3, 11)))
"""

from __future__ import annotations

import math
import re

from search.align.evidence import LOG_LENGTH_RATIO
from search.analysis import fold
from search.model import Span

_MOST = 60
"""Sentences of a side; with more, a passage is not taken apart."""
_EN_END = re.compile(
    r"(?:(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9\u4e00-\u9fff])|\n)\s*"
)
_ZH_END = re.compile(r"(?:[。！？!?…]+[”’\"'」』》）)\]]*|\n)\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|Vol|Fig|vs|etc|Inc|Ltd|Co|e\.g|i\.e))\.$"
)
_MARKS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[a-z]{2,}|\?")
_STEPS = (
    (1, 1, 0.0),
    (1, 2, -2.0),
    (2, 1, -2.0),
    (1, 3, -4.0),
    (3, 1, -4.0),
    (2, 2, -4.5),
    (1, 0, -4.5),
    (0, 1, -4.5),
)
"""English and Chinese sentences of a step, and the log odds of it against one with one."""
_ASIDE = 8
"""Sentences by which an alignment may lie off the diagonal."""
_SPREAD = 0.45
_MARK = 1.0
"""What a number, a Latin word or a question mark that stands in both weighs."""


def pairs(en: str, zh: str) -> tuple[tuple[Span, Span], ...]:
    """The stretches of two texts that answer each other, in order, in code points."""
    ours, theirs = english(en), chinese(zh)
    if len(ours) == 1 and len(theirs) == 1:
        return ((ours[0], theirs[0]),)
    if not ours or not theirs or max(len(ours), len(theirs)) > _MOST:
        return ()
    return tuple(_aligned(en, zh, ours, theirs))


def english(text: str) -> list[Span]:
    """The sentences of an English text.

    >>> [text[a:b] for text in ["Dr. Wang said so. Yes!"] for a, b in english(text)]
    ['Dr. Wang said so.', 'Yes!']
    """
    return _cut(
        text,
        [
            found.end()
            for found in _EN_END.finditer(text)
            if not _ABBREVIATION.search(text[max(0, found.start() - 6) : found.start() + 1])
        ],
    )


def chinese(text: str) -> list[Span]:
    """The sentences of a Chinese text.

    >>> [text[a:b] for text in ["“是的。”他说。对吗？"] for a, b in chinese(text)]
    ['“是的。”', '他说。', '对吗？']
    """
    return _cut(text, [found.end() for found in _ZH_END.finditer(text)])


def _cut(text: str, ends: list[int]) -> list[Span]:
    out: list[Span] = []
    start = 0
    for end in dict.fromkeys([*ends, len(text)]):
        piece = text[start:end]
        if said := piece.strip():
            begin = start + piece.index(said)
            out.append((begin, begin + len(said)))
        start = end
    return out


def _aligned(en: str, zh: str, ours: list[Span], theirs: list[Span]) -> list[tuple[Span, Span]]:
    en_marks = [frozenset(_MARKS.findall(fold(en[a:b]))) for a, b in ours]
    zh_marks = [frozenset(_MARKS.findall(fold(zh[a:b]))) for a, b in theirs]
    # The texts as a whole answer each other: their lengths give the ratio.
    ratio = math.log(sum(b - a for a, b in ours) / sum(b - a for a, b in theirs))
    ratio = (ratio + LOG_LENGTH_RATIO) / 2
    best: dict[tuple[int, int], tuple[float, int, int]] = {(len(ours), len(theirs)): (0.0, 0, 0)}
    for i in range(len(ours), -1, -1):
        for j in range(len(theirs), -1, -1):
            found = best.get((i, j), (-math.inf, 0, 0))
            if abs(i * len(theirs) - j * len(ours)) > _ASIDE * max(len(ours), len(theirs)):
                best[i, j] = found
                continue
            for a, b, odds in _STEPS:
                if i + a > len(ours) or j + b > len(theirs):
                    continue
                ahead = best[i + a, j + b][0] + odds
                if a and b:
                    long = ours[i + a - 1][1] - ours[i][0]
                    off = math.log(long / (theirs[j + b - 1][1] - theirs[j][0])) - ratio
                    ahead -= min((off / _SPREAD) ** 2 / 2, 6.0)
                    words = frozenset[str]().union(*en_marks[i : i + a])
                    marks = frozenset[str]().union(*zh_marks[j : j + b])
                    ahead += _MARK * len(words & marks) - (
                        _MARK if ("?" in words) != ("?" in marks) else 0
                    )
                if ahead > found[0]:
                    found = ahead, a, b
            best[i, j] = found
    out: list[tuple[Span, Span]] = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        _, a, b = best[i, j]
        if a and b:
            out.append(((ours[i][0], ours[i + a - 1][1]), (theirs[j][0], theirs[j + b - 1][1])))
        i, j = i + a, j + b
    return out
