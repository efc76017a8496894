"""What may the original have been, one byte further?

A *flight* is the readings that are on their way through one character of the
damaged text. Each has a last byte that may still be open, the beginning of a
word, and a cost; of those that agree in all that decides how they go on, the
likeliest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from search.analysis.pinyin import readings
from search.repair.octets import LEADS, WIDE, char, octets
from search.repair.quotes import CLOSING, unopened
from search.repair.witness import Witness

# Costs in nats, beside those of the text itself.
_UNLIKE_THE_FILE = 9.0
"""A character that is glossed elsewhere is bare here, or the other way round."""
_NEW_GLOSS = 2.0
_OTHER_READING = 6.0
"""A character that is glossed with another reading elsewhere."""

Key = tuple[int, str, str, int]
"""The byte that is open (0 for none), the character before it, the beginning of a word, and
what the last pair of bytes has to do with a gloss: `FREE`, `DONE` or `OWED`."""
FREE, DONE, OWED = range(3)


Lost = tuple[tuple[int, int, bytes], ...]
"""Which characters lack a byte, which of their two, and what that may be."""
ANY = bytes(LEADS)


@dataclass(slots=True, eq=False)
class Node:
    """The likeliest reading up to `at`: the cost, the node before, what was read since, the
    bytes of that which were lost, and whether characters of text and original end here together."""

    cost: float
    before: Node | None
    text: str
    lost: Lost
    at: int
    in_step: bool


Way = tuple[float, Node, str, Lost]
Flight = dict[Key, Way]
"""Readings on their way through one character of the text: as in a node."""


class Feeder:
    """Leads readings of one paragraph on, byte by byte."""

    def __init__(self, text: str, witness: Witness) -> None:
        self._text = text
        self._witness = witness
        self._model = witness.model

    def best(self, flight: Flight, most: int) -> Flight:
        """The likeliest so many of the readings."""
        rest = self._model.rest
        by_cost = sorted((way[0] + rest(key[2]), key) for key, way in flight.items())
        return {key: flight[key] for _, key in by_cost[:most]}

    def guessed(self, flight: Flight) -> Flight:
        """The readings with one byte more that nobody knows."""
        out: Flight = {}
        for octet in LEADS:
            self._feed(flight, octet, out)
        return {key: lacking(key, way, ANY) for key, way in out.items()}

    def any_byte(self, flight: Flight, reading: str) -> Flight:
        """The readings with one byte more, if that makes a pair that is read so."""
        found: Flight = {}
        for key, way in flight.items():
            first = key[0] or (octets(key[1])[-1:] or b"\0")[0] if key[1] else key[0]
            ends = _ends(first, reading)
            # One that stands bare elsewhere is not glossed here, if any other will do.
            bare = self._witness.bare
            ends = bytes(octet for octet in ends if bytes((first, octet)) not in bare) or ends
            out: Flight = {}
            for octet in ends:
                self._feed({key: way}, octet, out)
            for following, further in out.items():
                if (there := found.get(following)) is None or further[0] < there[0]:
                    found[following] = lacking(following, further, ends)
        return found

    def fed(self, flight: Flight, octet: int) -> Flight:
        """The readings with this byte more."""
        out: Flight = {}
        self._feed(flight, octet, out)
        return out

    def _feed(self, flight: Flight, octet: int, out: Flight) -> None:
        """Goes on with one byte of the original."""
        glossed, step = self._witness.glossed, self._model.step
        for (pending, last, word, gloss), (cost, node, text, lost) in flight.items():
            if gloss == OWED:
                cost += _UNLIKE_THE_FILE
            if not pending and octet >= 0x81:
                if octet == 0xFF:
                    continue
                across = octets(last)[1:] + bytes((octet,)) if last else b""
                owed = OWED if gloss != DONE and across in glossed else FREE
                key = (octet, last, word, owed)
                if (there := out.get(key)) is None or cost < there[0]:
                    out[key] = (cost, node, text, lost)
                continue
            read = char(pending, octet) if pending else chr(octet) if octet < 0x80 else None
            if read is None:
                continue
            whole = pending and gloss != DONE and bytes((pending, octet)) in glossed
            owed = OWED if whole else FREE
            # ’ is an apostrophe too.
            if read in CLOSING and not (read == "’" and last.isascii()):
                cost += unopened(read, self._text, node.at, self._witness)
            for longer, more in step(word, last, read):
                key = (0, read, longer, owed)
                total = cost + more
                if (there := out.get(key)) is None or total < there[0]:
                    out[key] = (total, node, text + read, lost)

    def widened(self, flight: Flight, octet: int) -> Flight:
        """Goes on with the full-width form of an ASCII character across a border."""
        open_ = {key: way for key, way in flight.items() if key[0]}
        return self.fed(self.fed(open_, WIDE), octet + 0x80) if open_ else {}

    def glossed(self, flight: Flight, reading: str) -> Flight:
        """Passes over a gloss that belongs to the last two bytes."""
        out: Flight = {}
        for (pending, last, word, gloss), (cost, node, text, lost) in flight.items():
            if gloss == DONE or not last:
                continue
            pair = octets(last)
            pair = pair[1:] + bytes((pending,)) if pending else pair
            if len(pair) < 2 or not _is_read(pair[0], pair[1], reading):
                continue
            if pair in self._witness.bare:
                cost += _UNLIKE_THE_FILE
            elif (seen := self._witness.glossed.get(pair)) is None:
                cost += _NEW_GLOSS
            elif reading not in seen:
                cost += _OTHER_READING
            key = (pending, last, word, DONE)
            if (there := out.get(key)) is None or cost < there[0]:
                out[key] = (cost, node, text, lost)
        return out

    def other(self, flight: Flight, sign: str) -> Flight:
        """A character that GBK lacks: nothing is torn across it."""
        out: Flight = {}
        for (pending, last, word, _), (cost, node, text, lost) in flight.items():
            if pending:
                continue
            for longer, more in self._model.step(word, last, sign):
                key = (0, sign, longer, FREE)
                if (there := out.get(key)) is None or cost + more < there[0]:
                    out[key] = (cost + more, node, text + sign, lost)
        return out


def lacking(key: Key, way: Way, ends: bytes) -> Way:
    """The reading, whose last byte, that in `key`, was one of `ends`."""
    cost, node, text, lost = way
    place = (len(text), 0, ends) if key[0] else (len(text) - 1, 1, ends)
    return (cost, node, text, (*lost, place))


def dearer(way: Way, cost: float) -> Way:
    """The reading, at so much more."""
    return (way[0] + cost, *way[1:])


@cache
def _ends(lead: int, reading: str) -> bytes:
    """The second bytes with which `lead` makes a character that is read so."""
    return bytes(trail for trail in range(0x80, 0xFF) if _is_read(lead, trail, reading))


def _is_read(lead: int, trail: int, reading: str) -> bool:
    read = char(lead, trail)
    return read is not None and reading in readings(read)
