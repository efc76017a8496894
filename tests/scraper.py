"""The damage that scraped Chinese pages carry, done on purpose.

The page is held as GBK bytes. After a pair of bytes that belongs to one of
the glossed characters comes its pinyin in brackets; full-width ASCII becomes
plain ASCII; both blind to the borders of characters. Reading the bytes again,
a first byte that is followed by no second one becomes `?`, and swallows the
ASCII character that stands there unless that is a `!`.
"""

from __future__ import annotations


def damage(text: str, glosses: dict[str, str]) -> str:
    """What becomes of `text`, with `glosses` as the reading of each glossed character."""
    data = text.encode("gb18030")
    readings = {char.encode("gb18030"): f"({reading})" for char, reading in glosses.items()}
    out = bytearray()
    at = 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair in readings:
            out += pair + readings[pair].encode("gb18030")
            at += 2
        elif len(pair) == 2 and pair[0] == 0xA3 and 0xA1 <= pair[1] <= 0xFE:
            out.append(pair[1] - 0x80)
            at += 2
        else:
            out.append(data[at])
            at += 1
    return _read(bytes(out))


def _read(data: bytes) -> str:
    text = ""
    at = 0
    while at < len(data):
        if data[at] < 0x80:
            text += chr(data[at])
            at += 1
            continue
        pair = data[at : at + 2]
        try:
            text += pair.decode("gb18030")
            at += 2
        except UnicodeDecodeError:
            text += "?"
            at += 1 if pair[1:] == b"!" else 2
    return text
