"""Which words are in a run of characters that the archive has no word for?

An archive whose Chinese lacks a word, or that has no Chinese, cannot cut it
out of a query; the lexicon, which knows what it is in English, can.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

LONGEST: Final = 8
"""Characters of a word: longer ones are titles, which are words of their own together."""


def fewest(run: str, knows: Callable[[str], bool]) -> list[str]:
    """The run in as few pieces as can be, each a word that is known or one character.

    Of as few pieces the most even ones, as in MMSEG (Tsai 1996,
    http://technology.chtsai.org/mmseg/).

    >>> fewest("研究生命起源", {"研究", "研究生", "生命", "起源"}.__contains__)
    ['研究', '生命', '起源']
    """
    # For each end: pieces, sum of their squared lengths, where the last begins.
    best = [(0, 0, 0)]
    for end in range(1, len(run) + 1):
        best.append(
            min(
                (best[begin][0] + 1, best[begin][1] + (end - begin) ** 2, begin)
                for begin in range(max(0, end - LONGEST), end)
                if end - begin == 1 or knows(run[begin:end])
            )
        )
    pieces: list[str] = []
    end = len(run)
    while end:
        begin = best[end][2]
        pieces.append(run[begin:end])
        end = begin
    return pieces[::-1]
