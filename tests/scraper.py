"""The damage that scraped Chinese pages carry, done on purpose.

The page is held as GBK bytes. After a pair of bytes that belongs to one of
the glossed characters comes its pinyin in brackets; full-width ASCII becomes
plain ASCII; both blind to the borders of characters. Then the bytes are read
again, and a first byte that is followed by no second one is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Reader(Enum):
    """What a reader makes of a first byte without a second."""

    SWALLOWS = "?"
    """`?`, and the ASCII character that stands there is gone, unless it is a `!`."""
    PUTS_BACK = "\ufffd"
    """U+FFFD, and the ASCII character is read: browsers, by the Encoding Standard."""


@dataclass(frozen=True, slots=True)
class Place:
    """`damaged[start:end]` was `original[begin:stop]`. Nothing there is in step but its ends.

    `lost` tells whether a byte of it can be known from nothing but the context.
    """

    start: int
    end: int
    begin: int
    stop: int
    lost: bool


def damage(
    text: str,
    glosses: dict[str, str],
    reader: Reader = Reader.SWALLOWS,
    blind: bool = True,
) -> str:
    """What becomes of `text`, with `glosses` as the reading of each glossed character.

    Where `blind` is false, full-width ASCII but for `！` is replaced by characters.
    """
    return "".join(char for char, _, _ in _read(_replaced(text, glosses, blind), reader))


def narrow(text: str) -> str:
    """What can come back of `text`: plain ASCII cannot be told from what was full-width."""
    return text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


def places(
    text: str,
    glosses: dict[str, str],
    reader: Reader = Reader.SWALLOWS,
    blind: bool = True,
) -> Iterator[Place]:
    """The damaged places of `damage(text, …)`, in order."""
    borders: dict[int, int] = {}
    at = 0
    for number, char in enumerate(text):
        borders[at] = number
        at += len(char.encode("gb18030"))
    read = list(_read(_replaced(text, glosses, blind), reader))
    plain = narrow(text)

    def stands(index: int) -> int | None:
        char, source, _ = read[index]
        number = borders.get(source)
        return number if number is not None and plain[number] == char else None

    index = number = 0
    while index < len(read):
        if stands(index) == number:
            index, number = index + 1, number + 1
            continue
        start = index
        while index < len(read) and stands(index) is None:
            index += 1
        following = stands(index) if index < len(read) else None
        stop = len(text) if following is None else following
        lost = any(lost for _, _, lost in read[start:index])
        yield Place(start, index, number, stop, lost)
        number = stop


_INSERTED = -1


def _replaced(text: str, glosses: dict[str, str], blind: bool) -> list[tuple[int, int]]:
    """The damaged bytes, each with its place among the bytes of the text."""
    data = text.encode("gb18030")
    borders = {0}
    for char in text:
        borders.add(max(borders) + len(char.encode("gb18030")))
    readings = {char.encode("gb18030"): f"({reading})" for char, reading in glosses.items()}
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair in readings:
            out += (pair[0], at), (pair[1], at + 1)
            out += ((octet, _INSERTED) for octet in readings[pair].encode("gb18030"))
            at += 2
        elif (
            len(pair) == 2
            and pair[0] == 0xA3
            and 0xA1 <= pair[1] <= 0xFE
            and (blind or at in borders or pair[1] == 0xA1)
        ):
            out.append((pair[1] - 0x80, at))
            at += 2
        else:
            out.append((data[at], at))
            at += 1
    return out


def _read(data: list[tuple[int, int]], reader: Reader) -> Iterator[tuple[str, int, bool]]:
    """The characters of the bytes, their places, and whether more than a gloss was lost there."""
    at = 0
    while at < len(data):
        octet, source = data[at]
        at += 1
        if octet < 0x80:
            yield chr(octet), source, False
            continue
        second = bytes(octet for octet, _ in data[at : at + 1])
        try:
            yield (bytes((octet,)) + second).decode("gb18030"), source, False
            at += 1
        except UnicodeDecodeError:
            yield reader.value, source, data[at : at + 1] != [(0x28, _INSERTED)]
            put_back = reader is Reader.PUTS_BACK and second < b"\x80"
            at += not (put_back or second == b"!")
