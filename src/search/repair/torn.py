"""What did the torn bytes say?

What the bytes were is known but in one case: a first byte that was read as
`?` outside a gloss. It is guessed from what it has to complete, and doubted
unless nothing else would do. What makes no sense is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.repair.decode import HALVES, TEAR, Search, Stretch
from search.repair.flight import ANY
from search.repair.likelihood import is_han
from search.repair.octets import char, narrow, octets
from search.repair.quotes import CLOSING, OPENING, UNOPENED, unopened
from search.repair.witness import BROKEN, Witness

_READ, _GUESSED = (11.0, 8.0), (7.0, 2.0)
"""What each character of a mended stretch may cost, and all of them besides: where all bytes
are there, and where one was lost. Prose costs five to seven a character."""
_SURE = 3.0
"""A guess is sure that is so much better than any other."""
_UNSURE = frozenset(",; ?(")
"""Signs that another would stand for as well."""
_AROUND = 2
"""Characters before and after a stretch that it is judged with."""


@dataclass(frozen=True, slots=True)
class Mend:
    """`text[start:end]` was `after`, or one of `others` if a byte was lost; `None` if what it
    was makes no sense."""

    start: int
    end: int
    after: str | None
    others: tuple[str, ...] = ()


def mends(text: str, witness: Witness) -> Iterator[Mend]:
    """What was torn in a paragraph, in order."""
    for stretch in _stretches(text, witness):
        yield _Judge(text, witness, stretch).mend()


def _stretches(text: str, witness: Witness) -> Iterator[Stretch]:
    if witness.blind:
        yield from Search(text, witness).stretches(0)
        return
    at = 0
    while witness.effort > 0 and (tear := TEAR.search(text, at)):
        # Text is in step before a sign; two characters of it tell which word goes on.
        search = Search(text, witness)
        yield from search.stretches(max(at, tear.start() - 2))
        at = max(search.ended, tear.end())


class _Judge:
    """Whether a stretch is like Chinese where it stands, and how sure it is."""

    def __init__(self, text: str, witness: Witness, stretch: Stretch) -> None:
        self._witness = witness
        self._stretch = stretch
        self._text = text[: stretch.start]
        self._before = self._text[-_AROUND:]
        behind = text[stretch.end : stretch.end + _AROUND]
        self._behind = re.split(rf"{BROKEN}|[?(（<]", behind)[0]

    def mend(self) -> Mend:
        start, end, lost = self._stretch.start, self._stretch.end, self._stretch.lost
        after = self._stretch.said if self._witness.wide else narrow(self._stretch.said)
        guessed = sum(ends is ANY for _, _, ends in lost)
        dear, at_most = _GUESSED if guessed else _READ
        cost = self._cost(after)
        most = dear * len(after + self._behind) + at_most
        if cost - self._witness.model.cost(self._before) > most:
            return Mend(start, end, None)
        others = tuple(self._others(after, cost))
        # Where every character is a guess and another guess is as good, nothing is known: signs
        # aside, of which there are few.
        unknown = others and guessed >= len(after.partition("<")[0]) and any(map(is_han, after))
        return Mend(start, end, None if unknown else after, others)

    def _cost(self, after: str) -> float:
        whole = after.partition("<")[0]
        cost = sum(
            unopened(sign, self._text, len(self._text), self._witness)
            for sign in whole
            if sign in CLOSING
        )
        if not self._behind and whole[-1:] in OPENING:
            cost += UNOPENED
        return cost + self._witness.model.cost(self._before + whole + self._behind)

    def _others(self, after: str, cost: float) -> Iterator[str]:
        """What it may also have been, a lost byte being another one."""
        for at, half, ends in self._stretch.lost:
            if ends is ANY and after[at + 1 : at + 2] in _UNSURE:
                yield f"{after[: at + 1]}{',' if after[at + 1] != ',' else ';'}{after[at + 2 :]}"
            if ends is HALVES:
                # With the byte before it, more than can be listed.
                yield f"{after[: max(0, at - 1)]}…{after[at + 1 :]}"
                continue
            # A character that is completed after the gloss may lie beyond the stretch.
            pair = bytearray(octets(after[at]) if at < len(after) else b"")
            if len(pair) < 2:
                continue
            for octet in ends:
                pair[half] = octet
                read = char(*pair)
                if read is None or read == after[at] or bytes(pair) in self._witness.glossed:
                    continue
                other = after[:at] + read + after[at + 1 :]
                if self._cost(other) < cost + _SURE:
                    yield other
