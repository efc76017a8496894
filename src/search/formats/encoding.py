"""In which encoding is this text?

A byte order mark says it; so do bytes that are strictly UTF-8, which other
text is by chance only when it is very short. Everything else is read in each
encoding that it may be, and the reading that is likeliest as Chinese and
English is taken: the measure that tells words tells encodings too. (Statistics
of bytes, as the usual detectors use, need more text than a title has.)

>>> found = decode("對話王曉剛\\nA talk".encode("big5"))
>>> found.text, found.encoding, found.doubts
('對話王曉剛\\nA talk', 'Big5', ())
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from search.analysis import fold
from search.analysis.chinese import Cutter
from search.formats.document import LONGEST, Unreadable
from search.model import Doubt

_MARKS = (
    # That of UTF-32 begins as that of UTF-16 does, so it comes first.
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 LE with BOM"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 BE with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE with BOM"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE with BOM"),
)
_WIDE = {"utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
_NARROW = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5",
    "cp1252": "Windows-1252",
}
"""The codec of each encoding that is tried, the likelier first."""
_DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
}
"""What pages call their encodings; the names for parts of one are read as the whole (WHATWG)."""

_SAMPLE = 4_096
"""Bytes that are judged; all are decoded."""
_SHORT = 64
"""Bytes below which text may be all Han, without a line end."""
_SURE = 20.0
"""Natural logarithm of how much likelier the first reading has to be than the second."""
_MOST_BROKEN = 0.02
"""The share of bytes beyond ASCII that may be broken in a text that is read all the same."""

_LINE_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0b|\x0c|\x85")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_OF_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
_OF_TWO_BYTES = re.compile("[\u0250-\u07ff]")
_HAN_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_ORDINARY = re.compile(
    "[\u2010-\u2027\u2030-\u203b\u20ac\u2190-\u2193\u2460-\u2473\u25a0-\u25cf\u2605\u2606"
    "\u3000-\u3017\uff01-\uff5e\u00a0\u00a9\u00ae\u00ab\u00bb\u00b0\u00b7\u00d7]"
)
_LATIN = re.compile("[\u00c0-\u024f]")
_ORDINARY_COST, _LATIN_COST, _STRANGE_COST, _IMPOSSIBLE_COST = 5.0, 8.0, 14.0, 40.0
"""Natural logarithms of how rare a character of each kind is: signs of print, Latin letters
with accents, other letters, and what stands in no text. Those of Han are measured."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the name of its encoding, and what is not sure of that."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file, in the encoding that it is in.

    `declared` is what the file itself says, and is taken at its word where
    the bytes are neither UTF-8 nor against it. Bytes that no character has
    become U+FFFD and are doubted. Raises `Unreadable` if there is no text.
    """
    if not data.strip():
        raise Unreadable("empty")
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec, name)
    if b"\0" in data:
        return _wide(data)
    with suppress(UnicodeDecodeError):
        found = _decoded(data, "utf-8", "UTF-8", errors="strict")
        # GB18030 text may be UTF-8 by chance, if all that it makes are letters of two bytes.
        if _OF_THREE_BYTES.search(found.text) or not _OF_TWO_BYTES.search(found.text):
            return found
    if said := _DECLARED.get((declared or "").lower()):
        with suppress(UnicodeDecodeError):
            return _decoded(data, said, _NARROW[said], errors="strict")
    return _likeliest(data)


def decoded_lines(data: bytes) -> tuple[list[str], Decoded]:
    """The lines of a text, whatever ends them, and how it was decoded.

    Raises `Unreadable` if there is no text, or more than a transcript has.
    """
    decoded = decode(data)
    if len(decoded.text) > LONGEST:
        raise Unreadable(f"{len(decoded.text):,} characters of text, more than {LONGEST:,}")
    return _LINE_BREAK.split(decoded.text), decoded


def _decoded(data: bytes, codec: str, name: str, errors: str = "replace") -> Decoded:
    text = data.decode(codec, errors)
    if not text.strip():
        raise Unreadable("empty")
    return Decoded(text, name, _broken(data, text, codec, name))


def _broken(data: bytes, text: str, codec: str, name: str) -> tuple[Doubt, ...]:
    """What of the text could not be decoded; raises if that is too much of it to be this."""
    if "\ufffd" not in text:
        return ()
    meant = "\ufffd".encode(codec, "ignore")
    broken = text.count("\ufffd") - (data.count(meant) if meant else 0)
    if broken <= 0:
        return ()
    if broken > 1 + _MOST_BROKEN * sum(byte > 0x7F for byte in data):
        try:
            data.decode(codec)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise Unreadable(
                f"in no encoding that is known (the likeliest, {name}, has no byte "
                f"0x{data[error.start]:02x} as on line {line}); save it as UTF-8"
            ) from None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    many = "1 byte" if broken == 1 else f"{broken:,} bytes"
    return (Doubt(line, f"{many} in no {name} character, read as \ufffd; this is the first"),)


def _wide(data: bytes) -> Decoded:
    """Text with zero bytes: UTF-16, if its characters are ones that texts have."""
    sample = data[:_SAMPLE]
    costs = {codec: _cost(sample.decode(codec, "replace")) for codec in _WIDE}
    best = min(costs, key=costs.__getitem__)
    if len(data) % 2 or costs[best] > _LATIN_COST * len(sample) / 2:
        raise Unreadable("binary: it holds a zero byte")
    found = _decoded(data, best, _WIDE[best])
    if abs(costs["utf-16-le"] - costs["utf-16-be"]) < _SURE:
        return _doubted(found, min(set(_WIDE) - {best}))
    return found


def _likeliest(data: bytes) -> Decoded:
    # UTF-16 without a zero byte has neither space nor line end: a few Chinese characters.
    short = len(data) <= _SHORT and len(data) % 2 == 0
    sample = data if short else _sample(data)
    names = _NARROW | _WIDE if short else _NARROW
    readings = {codec: sample.decode(codec, "replace") for codec in names}
    costs = {codec: _cost(reading) for codec, reading in readings.items()}
    # Of those that read the same the first is taken.
    best, *others = sorted(costs, key=costs.__getitem__)
    found = _decoded(data, best, names[best])
    rival = next((codec for codec in others if readings[codec] != readings[best]), None)
    if best == "cp1252" or (rival and costs[rival] - costs[best] < _SURE):
        return _doubted(found, rival)
    return found


def _doubted(found: Decoded, rival: str | None) -> Decoded:
    text = found.text
    at = next((place for place, char in enumerate(text) if not char.isascii()), 0)
    line = text.count("\n", 0, at) + 1
    around = " ".join(text[max(0, at - 8) : at + 12].split())
    other = (_NARROW | _WIDE).get(rival or "")
    against = f" rather than {other}" if other and other != found.encoding else ""
    what = f"read as {found.encoding}{against}, which is not sure: “{around}”"
    return Decoded(text, found.encoding, (Doubt(line, what), *found.doubts))


def _sample(data: bytes) -> bytes:
    """Lines that are not plain ASCII, as many as are judged."""
    first = _BEYOND_ASCII.search(data)
    if first is None:
        return b""
    lines = data[first.start() : first.start() + 64 * _SAMPLE].splitlines(keepends=True)
    return b"".join(line for line in lines if not line.isascii())[:_SAMPLE]


def _cost(text: str) -> float:
    """How unlikely the text is: the negative natural logarithm of its probability.

    Only what is not ASCII is counted, for ASCII is the same in most encodings.
    """
    cost = 0.0
    at = 0
    for run in _HAN_RUN.finditer(text):
        cost += sum(map(_cost_of, text[at : run.start()]))
        cost -= _words().likelihood(fold(run[0]))
        at = run.end()
    return cost + sum(map(_cost_of, text[at:]))


@cache
def _cost_of(char: str) -> float:
    if char.isascii():
        return 0.0 if char >= " " or char in "\t\n\r\f" else _IMPOSSIBLE_COST
    if _ORDINARY.match(char):
        return _ORDINARY_COST
    if _LATIN.match(char):
        return _LATIN_COST
    impossible = unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") or char == "\ufffd"
    return _IMPOSSIBLE_COST if impossible else _STRANGE_COST


@cache
def _words() -> Cutter:
    return Cutter()
