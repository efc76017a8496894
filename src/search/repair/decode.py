"""Which original is the likeliest?

The damaged text is read as a row of bytes in which each ASCII character may
have been a full-width one, each `?` a first byte that found no second, and a
gloss may lie between any two bytes. The search walks the text once and keeps,
for each byte that is still open and each beginning of a word, the likeliest
original so far (Viterbi, 1967). An original comes into question only if the
damage makes of it exactly the text that is there; between those, likelihood
decides. How a reading goes on is in `flight`; what the whole file bears
witness to, in `witness`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.pinyin import TONED, spelt
from search.repair.flight import FREE, Feeder, Flight, Key, Lost, Node, dearer, lacking
from search.repair.octets import WIDE, octets
from search.repair.witness import BROKEN, TORN_GLOSS, Witness

_GLOSS = re.compile(rf"[(（]([{TONED}]{{1,7}})[)）]")
_GLOSS_WITHOUT_BEGIN = re.compile(rf"([{TONED}]{{1,7}})\)")
TEAR = re.compile(rf"{TORN_GLOSS}|[?\ufffd]!|{BROKEN}")
_TAG_WITHOUT_BEGIN = re.compile(r"/?[a-z][a-z0-9]{0,9}[ />]")
_BRACKET_WITHOUT_BEGIN = re.compile(r"[^()（）?\n]{1,40}\)")
_ENDS_WITH_A_READING = re.compile(rf"(?<![{TONED}])[{TONED}]{{1,7}}\)$")
_SIGNS = b" \"%&'()*+,-./:;<=>?"
"""What a lost byte may have swallowed. `!` is never swallowed."""
HALVES = bytes(range(0xA2, 0xC0))
"""What the sign that was swallowed may have been: the first byte of the next character."""
_COUNTED = frozenset("0123456789年月日号號点點%")
"""What a digit may stand before."""
_LOST = "?\ufffd"

# Costs in nats, beside those of the text itself.
_BLIND = 5.0
_SWALLOWED = 2.0
_WRONG_END = 5.0

_WANTED = 5.0
"""What speaks for a sign that is wanted, and against any other."""

_WORSE = 45.0
"""A reading that costs so much more than the best is given up."""
_NEAR = 24
"""Characters after a tear in which the next sign is part of the same search."""
_BEAM = 60
"""Readings kept at each step."""
_FOLLOWED = 12
"""Readings that are followed into a lost byte."""
_GUESSES = 40
"""Characters tried for a lost byte."""
_DEAR = 50
"""What a lost byte costs of the effort for a file, in characters read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:end]` may have been `said`. Of each place in `lost`, the character at an
    offset of `said`, one of its two bytes is not there, and may be one of those."""

    start: int
    end: int
    said: str
    lost: Lost


class Search:
    """The search of one paragraph. `ended` is how far it has read."""

    def __init__(self, text: str, witness: Witness) -> None:
        self._text = text
        self._witness = witness
        self._model = witness.model
        self._feeder = Feeder(text, witness)
        self._columns: dict[int, dict[Key, Node]] = {}
        self.ended = 0

    def stretches(self, start: int) -> Iterator[Stretch]:
        """Reads from `start`, where text and original are in step, to where they surely are
        again and no sign follows nearby."""
        text, columns = self._text, self._columns
        last = text[start - 1 : start]
        columns[start] = {(0, last, "", FREE): Node(0.0, None, "", (), start, True)}
        for at in range(start, len(text)):
            column = self._pruned(columns.pop(at, {}))
            if not column and not columns:
                # No reading led on: begin anew.
                column = {(0, "", "", FREE): Node(0.0, None, "", (), at, True)}
                start = at
            if not column:
                continue
            if len(column) == 1 and at > start:
                (node,) = column.values()
                if node.in_step and not any(columns.values()):
                    yield from self._stretches(node)
                    node.before = None
                    start = self.ended = at
                    if not self._witness.blind and not TEAR.match(text, at):
                        if TEAR.search(text, at, at + _NEAR) is None:
                            return
            self._witness.effort -= 1
            if self._witness.effort <= 0:
                return
            self._read(at, column)
        self.ended = len(text)
        final = [
            (node.cost + self._model.rest(key[2]) + self._end(key[1]), node)
            for key, node in columns.get(len(text), {}).items()
            if node.in_step
        ]
        if final:
            yield from self._stretches(min(final, key=lambda pair: pair[0])[1])

    def _pruned(self, column: dict[Key, Node]) -> dict[Key, Node]:
        if len(column) < 2:
            return column
        rest = self._model.rest
        costs = sorted((node.cost + rest(key[2]), key) for key, node in column.items())
        most = costs[0][0] + _WORSE
        return {key: column[key] for cost, key in costs[:_BEAM] if cost <= most}

    def _end(self, last: str) -> float:
        return 0.0 if not last or last in "。！？!?…”」』》）)" else _WRONG_END

    def _read(self, at: int, column: dict[Key, Node]) -> None:
        """All that the character at `at` may have been."""
        text, feeder = self._text, self._feeder
        sign = text[at]
        flight: Flight = {key: (node.cost, node, "", ()) for key, node in column.items()}
        if sign in "(（" and (gloss := _GLOSS.match(text, at)):
            self._arrive(gloss.end(), feeder.glossed(flight, spelt(gloss[1])), gloss[0])
        if sign in _LOST:
            self._read_lost(at, flight)
        if sign.isascii():
            self._arrive(at + 1, feeder.fed(flight, ord(sign)))
            if sign > " ":
                self._arrive(at + 1, feeder.widened(flight, ord(sign)))
        elif len(pair := octets(sign)) == 2:
            half = feeder.fed(flight, pair[0])
            self._arrive(at + 1, feeder.fed(half, pair[1]))
            if self._witness.blind and pair[1] < 0x7F:
                open_ = {key: dearer(way, _BLIND) for key, way in half.items() if key[0]}
                self._arrive(at + 1, feeder.widened(open_, pair[1]))
        else:
            self._arrive(at + 1, feeder.other(flight, sign))

    def _read_lost(self, at: int, flight: Flight) -> None:
        """A byte that found no second: before a gloss, before a sign that it swallowed, or last."""
        text, feeder = self._text, self._feeder
        begin = at + 2 if text[at + 1 : at + 2] == "(" else at + 1
        if gloss := _GLOSS_WITHOUT_BEGIN.match(text, begin):
            self._witness.effort -= _DEAR
            reading = spelt(gloss[1])
            likely = feeder.best(flight, _FOLLOWED)
            self._arrive(gloss.end(), feeder.glossed(feeder.any_byte(likely, reading), reading))
        following = text[at + 1 : at + 2]
        broken = text[at] == "\ufffd"
        in_step_too = self._witness.blind or following == "!" or broken
        if broken and following >= "@":
            return
        tried = {key: way for key, way in flight.items() if key[0] or in_step_too}
        if not tried:
            return
        self._witness.effort -= _DEAR
        guessed = feeder.guessed(feeder.best(tried, _FOLLOWED))
        closed = feeder.best({key: way for key, way in guessed.items() if not key[0]}, _GUESSES)
        opened = {key: way for key, way in guessed.items() if key[0]}
        opened = feeder.best(feeder.fed(opened, WIDE), _GUESSES)
        if not following:
            self._arrive(at + 1, closed)
        elif broken or following == "!":
            # It was not swallowed: browsers put it back, and `!` always stands.
            self._arrive(at + 1, closed)
            if following > " " and (following == "!" or self._witness.blind):
                self._arrive(at + 2, feeder.fed(opened, ord(following) + 0x80))
        if broken:
            return
        if not self._witness.blind:
            opened = {}
        # What was swallowed before a digit may be one too, and no digit is ever guessed.
        signs = b"?" if following in _COUNTED else _SIGNS
        wanted = self._wanted(at + 1)
        for octet in signs:
            cost = _SWALLOWED
            if wanted:
                cost += -_WANTED if octet == wanted else _WANTED
            swallowed = feeder.fed(closed, octet)
            self._arrive(at + 1, {key: dearer(way, cost) for key, way in swallowed.items()})
        for octet in HALVES if opened else ():
            swallowed = {
                key: lacking(key, dearer(way, _SWALLOWED), HALVES)
                for key, way in feeder.fed(opened, octet).items()
            }
            self._arrive(at + 1, swallowed)

    def _wanted(self, at: int) -> int:
        """The sign that what stands at `at` lacks before it: a bracket or the begin of a tag."""
        if _TAG_WITHOUT_BEGIN.match(self._text, at):
            return ord("<")
        closed = _BRACKET_WITHOUT_BEGIN.match(self._text, at)
        return ord("(") if closed and not _ENDS_WITH_A_READING.search(closed[0]) else 0

    def _arrive(self, at: int, flight: Flight, gloss: str = "") -> None:
        """Ends a step at `at`. A `gloss` on a whole character stays for now."""
        column = self._columns.setdefault(at, {})
        for key, (cost, node, text, lost) in flight.items():
            there = column.get(key)
            if there is None or cost < there.cost:
                in_step = not key[0]
                whole = text + gloss if in_step and node.in_step else text
                column[key] = Node(cost, node, whole, lost, at, in_step)

    def _stretches(self, last: Node) -> Iterator[Stretch]:
        """Where the text differs from the reading that ends in `last`."""
        steps: list[Node] = []
        node: Node | None = last
        while node is not None:
            steps.append(node)
            node = node.before
        steps.reverse()
        at = 0
        while at + 1 < len(steps):
            begin = at
            while at + 1 < len(steps) and not _is_whole(self._text, steps[at], steps[at + 1]):
                at += 1
            if at > begin:
                yield _stretch(steps[begin : at + 1])
            else:
                at += 1


def _is_whole(text: str, one: Node, other: Node) -> bool:
    return one.in_step and other.in_step and other.text == text[one.at : other.at]


def _stretch(steps: list[Node]) -> Stretch:
    """What the steps after the first one say."""
    said = ""
    lost: list[tuple[int, int, bytes]] = []
    for step in steps[1:]:
        lost += ((len(said) + at, half, ends) for at, half, ends in step.lost)
        said += step.text
    return Stretch(steps[0].at, steps[-1].at, said, tuple(lost))
