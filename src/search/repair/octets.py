"""Which bytes was a character, in a page held as GBK?

Private-use characters are the user-defined zones of GBK, which a damaged page
reads where bytes fell out of step.

>>> octets("專").hex(), char(0x8C, 0xA3), char(0x8C, 0x28)
('8ca3', '專', None)
"""

from __future__ import annotations

from functools import cache, lru_cache

LEADS = range(0x81, 0xFF)
"""The first bytes of two-byte characters."""

WIDE = 0xA3
"""The first byte of full-width ASCII; the second is the ASCII code and 0x80."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@lru_cache(maxsize=65_536)
def octets(char: str) -> bytes:
    """The one or two GBK bytes of a character; empty if it has none."""
    try:
        found = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return found if len(found) <= 2 else b""


@cache
def char(lead: int, trail: int) -> str | None:
    """The character of two GBK bytes, if there is one."""
    if lead not in LEADS or not 0x40 <= trail <= 0xFE or trail == 0x7F:
        return None
    try:
        return bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None


def narrow(text: str) -> str:
    """Full-width ASCII as plain ASCII.

    >>> narrow("是，ＡＩ！")
    '是,AI!'
    """
    return text.translate(_NARROW)
