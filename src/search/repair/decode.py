"""Which original is the likeliest?

The damaged text is read as a row of bytes in which each ASCII character may
have been a full-width one, each `?` a first byte that found no second, and a
gloss may lie between any two bytes. The search walks the text once and keeps,
for each byte that is still open and each beginning of a word, the likeliest
original so far (Viterbi, 1967). An original comes into question only if the
damage makes of it exactly the text that is there; between those, likelihood
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from search.analysis.pinyin import TONED, readings, spelt
from search.repair.octets import LEADS, WIDE, char, octets
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
OPENING = ("“", "《", "「", "『", "‘")
_COUNTED = frozenset("0123456789年月日号號点點%")
"""What a digit may stand before."""
CLOSING = "”》」』’"
_LOST = "?\ufffd"

# Costs in nats, beside those of the text itself.
_UNLIKE_THE_FILE = 9.0
"""A character that is glossed elsewhere is bare here, or the other way round."""
_NEW_GLOSS = 2.0
_BLIND = 5.0
_SWALLOWED = 2.0
_WRONG_END = 5.0
UNOPENED = 12.0
_UNOPENED_HERE = 2.0

_WANTED = 5.0
"""What speaks for a sign that is wanted, and against any other."""

_WORSE = 45.0
"""A reading that costs so much more than the best is given up."""
_NEAR = 24
"""Characters after a tear in which the next sign is part of the same search."""
_PARAGRAPH = 2_000
"""Characters before a sign that are looked through for what it may close."""
_BEAM = 60
"""Readings kept at each step."""
_FOLLOWED = 12
"""Readings that are followed into a lost byte."""
_GUESSES = 40
"""Characters tried for a lost byte."""
_DEAR = 50
"""What a lost byte costs of the effort for a file, in characters read."""
_Key = tuple[int, str, str, int]
"""The byte that is open (0 for none), the character before it, the beginning of a word, and
what the last pair of bytes has to do with a gloss: `_FREE`, `_DONE` or `_OWED`."""
_FREE, _DONE, _OWED = range(3)


Lost = tuple[tuple[int, int, bytes], ...]
"""Which characters lack a byte, which of their two, and what that may be."""
ANY = bytes(LEADS)


@dataclass(slots=True, eq=False)
class _Node:
    """The likeliest reading up to `at`: the cost, the node before, what was read since, the
    bytes of that which were lost, and whether characters of text and original end here together."""

    cost: float
    before: _Node | None
    text: str
    lost: Lost
    at: int
    in_step: bool


_Way = tuple[float, _Node, str, Lost]
_Flight = dict[_Key, _Way]
"""Readings on their way through one character of the text: as in a node."""


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
        self._columns: dict[int, dict[_Key, _Node]] = {}
        self.ended = 0

    def stretches(self, start: int) -> Iterator[Stretch]:
        """Reads from `start`, where text and original are in step, to where they surely are
        again and no sign follows nearby."""
        text, columns = self._text, self._columns
        last = text[start - 1 : start]
        columns[start] = {(0, last, "", _FREE): _Node(0.0, None, "", (), start, True)}
        for at in range(start, len(text)):
            column = self._pruned(columns.pop(at, {}))
            if not column and not columns:
                # No reading led on: begin anew.
                column = {(0, "", "", _FREE): _Node(0.0, None, "", (), at, True)}
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

    def _pruned(self, column: dict[_Key, _Node]) -> dict[_Key, _Node]:
        if len(column) < 2:
            return column
        rest = self._model.rest
        costs = sorted((node.cost + rest(key[2]), key) for key, node in column.items())
        most = costs[0][0] + _WORSE
        return {key: column[key] for cost, key in costs[:_BEAM] if cost <= most}

    def _end(self, last: str) -> float:
        return 0.0 if not last or last in "。！？!?…”」』》）)" else _WRONG_END

    def _read(self, at: int, column: dict[_Key, _Node]) -> None:
        """All that the character at `at` may have been."""
        text = self._text
        sign = text[at]
        flight: _Flight = {key: (node.cost, node, "", ()) for key, node in column.items()}
        if sign in "(（" and (gloss := _GLOSS.match(text, at)):
            self._arrive(gloss.end(), self._glossed(flight, spelt(gloss[1])), gloss[0])
        if sign in _LOST:
            self._read_lost(at, flight)
        if sign.isascii():
            self._arrive(at + 1, self._fed(flight, ord(sign)))
            if sign > " ":
                self._arrive(at + 1, self._widened(flight, ord(sign)))
        elif len(pair := octets(sign)) == 2:
            half = self._fed(flight, pair[0])
            self._arrive(at + 1, self._fed(half, pair[1]))
            if self._witness.blind and pair[1] < 0x7F:
                open_ = {key: _dearer(way, _BLIND) for key, way in half.items() if key[0]}
                self._arrive(at + 1, self._widened(open_, pair[1]))
        else:
            self._arrive(at + 1, self._other(flight, sign))

    def _read_lost(self, at: int, flight: _Flight) -> None:
        """A byte that found no second: before a gloss, before a sign that it swallowed, or last."""
        text = self._text
        begin = at + 2 if text[at + 1 : at + 2] == "(" else at + 1
        if gloss := _GLOSS_WITHOUT_BEGIN.match(text, begin):
            self._witness.effort -= _DEAR
            reading = spelt(gloss[1])
            likely = self._best(flight, _FOLLOWED)
            self._arrive(gloss.end(), self._glossed(self._any_byte(likely, reading), reading))
        following = text[at + 1 : at + 2]
        broken = text[at] == "\ufffd"
        in_step_too = self._witness.blind or following == "!" or broken
        if broken and following >= "@":
            return
        tried = {key: way for key, way in flight.items() if key[0] or in_step_too}
        if not tried:
            return
        self._witness.effort -= _DEAR
        guessed = self._guessed(self._best(tried, _FOLLOWED))
        closed = self._best({key: way for key, way in guessed.items() if not key[0]}, _GUESSES)
        opened = {key: way for key, way in guessed.items() if key[0]}
        opened = self._best(self._fed(opened, WIDE), _GUESSES)
        if not following:
            self._arrive(at + 1, closed)
        elif broken or following == "!":
            # It was not swallowed: browsers put it back, and `!` always stands.
            self._arrive(at + 1, closed)
            if following > " " and (following == "!" or self._witness.blind):
                self._arrive(at + 2, self._fed(opened, ord(following) + 0x80))
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
            swallowed = self._fed(closed, octet)
            self._arrive(at + 1, {key: _dearer(way, cost) for key, way in swallowed.items()})
        for octet in HALVES if opened else ():
            swallowed = {
                key: _lacking(key, _dearer(way, _SWALLOWED), HALVES)
                for key, way in self._fed(opened, octet).items()
            }
            self._arrive(at + 1, swallowed)

    def _wanted(self, at: int) -> int:
        """The sign that what stands at `at` lacks before it: a bracket or the begin of a tag."""
        if _TAG_WITHOUT_BEGIN.match(self._text, at):
            return ord("<")
        closed = _BRACKET_WITHOUT_BEGIN.match(self._text, at)
        return ord("(") if closed and not _ENDS_WITH_A_READING.search(closed[0]) else 0

    def _best(self, flight: _Flight, most: int) -> _Flight:
        rest = self._model.rest
        by_cost = sorted((way[0] + rest(key[2]), key) for key, way in flight.items())
        return {key: flight[key] for _, key in by_cost[:most]}

    def _guessed(self, flight: _Flight) -> _Flight:
        """The readings with one byte more that nobody knows."""
        out: _Flight = {}
        for octet in LEADS:
            self._feed(flight, octet, out)
        return {key: _lacking(key, way, ANY) for key, way in out.items()}

    def _any_byte(self, flight: _Flight, reading: str) -> _Flight:
        """The readings with one byte more, if that makes a pair that is read so."""
        found: _Flight = {}
        for key, way in flight.items():
            first = key[0] or (octets(key[1])[-1:] or b"\0")[0] if key[1] else key[0]
            ends = _ends(first, reading)
            # One that stands bare elsewhere is not glossed here, if any other will do.
            bare = self._witness.bare
            ends = bytes(octet for octet in ends if bytes((first, octet)) not in bare) or ends
            out: _Flight = {}
            for octet in ends:
                self._feed({key: way}, octet, out)
            for following, further in out.items():
                if (there := found.get(following)) is None or further[0] < there[0]:
                    found[following] = _lacking(following, further, ends)
        return found

    def _fed(self, flight: _Flight, octet: int) -> _Flight:
        out: _Flight = {}
        self._feed(flight, octet, out)
        return out

    def _feed(self, flight: _Flight, octet: int, out: _Flight) -> None:
        """Goes on with one byte of the original."""
        glossed, step = self._witness.glossed, self._model.step
        for (pending, last, word, gloss), (cost, node, text, lost) in flight.items():
            if gloss == _OWED:
                cost += _UNLIKE_THE_FILE
            if not pending and octet >= 0x81:
                if octet == 0xFF:
                    continue
                across = octets(last)[1:] + bytes((octet,)) if last else b""
                owed = _OWED if gloss != _DONE and across in glossed else _FREE
                key = (octet, last, word, owed)
                if (there := out.get(key)) is None or cost < there[0]:
                    out[key] = (cost, node, text, lost)
                continue
            read = char(pending, octet) if pending else chr(octet) if octet < 0x80 else None
            if read is None:
                continue
            whole = pending and gloss != _DONE and bytes((pending, octet)) in glossed
            owed = _OWED if whole else _FREE
            # ’ is an apostrophe too.
            if read in CLOSING and not (read == "’" and last.isascii()):
                cost += unopened(
                    read, self._text[max(0, node.at - _PARAGRAPH) : node.at], self._witness
                )
            for longer, more in step(word, last, read):
                key = (0, read, longer, owed)
                total = cost + more
                if (there := out.get(key)) is None or total < there[0]:
                    out[key] = (total, node, text + read, lost)

    def _widened(self, flight: _Flight, octet: int) -> _Flight:
        """Goes on with the full-width form of an ASCII character across a border."""
        open_ = {key: way for key, way in flight.items() if key[0]}
        return self._fed(self._fed(open_, WIDE), octet + 0x80) if open_ else {}

    def _glossed(self, flight: _Flight, reading: str) -> _Flight:
        """Passes over a gloss that belongs to the last two bytes."""
        out: _Flight = {}
        for (pending, last, word, gloss), (cost, node, text, lost) in flight.items():
            if gloss == _DONE or not last:
                continue
            pair = octets(last)
            pair = pair[1:] + bytes((pending,)) if pending else pair
            if len(pair) < 2 or not _is_read(pair[0], pair[1], reading):
                continue
            if pair in self._witness.bare:
                cost += _UNLIKE_THE_FILE
            elif pair not in self._witness.glossed:
                cost += _NEW_GLOSS
            key = (pending, last, word, _DONE)
            if (there := out.get(key)) is None or cost < there[0]:
                out[key] = (cost, node, text, lost)
        return out

    def _other(self, flight: _Flight, sign: str) -> _Flight:
        """A character that GBK lacks: nothing is torn across it."""
        out: _Flight = {}
        for (pending, last, word, _), (cost, node, text, lost) in flight.items():
            if pending:
                continue
            for longer, more in self._model.step(word, last, sign):
                key = (0, sign, longer, _FREE)
                if (there := out.get(key)) is None or cost + more < there[0]:
                    out[key] = (cost + more, node, text + sign, lost)
        return out

    def _arrive(self, at: int, flight: _Flight, gloss: str = "") -> None:
        """Ends a step at `at`. A `gloss` on a whole character stays for now."""
        column = self._columns.setdefault(at, {})
        for key, (cost, node, text, lost) in flight.items():
            there = column.get(key)
            if there is None or cost < there.cost:
                in_step = not key[0]
                whole = text + gloss if in_step and node.in_step else text
                column[key] = _Node(cost, node, whole, lost, at, in_step)

    def _stretches(self, last: _Node) -> Iterator[Stretch]:
        """Where the text differs from the reading that ends in `last`."""
        steps: list[_Node] = []
        node: _Node | None = last
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


def unopened(closing: str, text: str, witness: Witness) -> float:
    """What it costs to close a quotation after `text` that may not be open. One may have begun
    in an earlier paragraph, if the file has such quotations at all and no other is open."""
    before = text[-_PARAGRAPH:]
    still_open = [
        opening
        for opening, end in zip(OPENING, CLOSING, strict=True)
        if before.count(opening) > before.count(end)
    ]
    opening = OPENING[CLOSING.index(closing)]
    if opening in still_open:
        return 0.0
    here = opening in witness.quotes and not {*still_open} - {"‘"}
    return _UNOPENED_HERE if here else UNOPENED


def _is_whole(text: str, one: _Node, other: _Node) -> bool:
    return one.in_step and other.in_step and other.text == text[one.at : other.at]


def _stretch(steps: list[_Node]) -> Stretch:
    """What the steps after the first one say."""
    said = ""
    lost: list[tuple[int, int, bytes]] = []
    for step in steps[1:]:
        lost += ((len(said) + at, half, ends) for at, half, ends in step.lost)
        said += step.text
    return Stretch(steps[0].at, steps[-1].at, said, tuple(lost))


def _lacking(key: _Key, way: _Way, ends: bytes) -> _Way:
    """The reading, whose last byte, that in `key`, was one of `ends`."""
    cost, node, text, lost = way
    place = (len(text), 0, ends) if key[0] else (len(text) - 1, 1, ends)
    return (cost, node, text, (*lost, place))


def _dearer(way: _Way, cost: float) -> _Way:
    return (way[0] + cost, *way[1:])


@cache
def _ends(lead: int, reading: str) -> bytes:
    """The second bytes with which `lead` makes a character that is read so."""
    return bytes(trail for trail in LEADS if _is_read(lead, trail, reading))


def _is_read(lead: int, trail: int, reading: str) -> bool:
    read = char(lead, trail)
    return read is not None and reading in readings(read)
