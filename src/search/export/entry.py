"""A passage as it is taken away: with what is known of its transcript."""

from __future__ import annotations

import re
from typing import NamedTuple

from search.model import About, Bilingual
from search.results import Hit

REPLACEMENT = "\ufffd"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""https://www.w3.org/TR/xml/#charsets"""


class Entry(NamedTuple):
    """A hit and its transcript; a passage that nobody asked for is a hit without marks."""

    hit: Hit
    about: About


def writable(text: str) -> str:
    """The text with U+FFFD for each control character that XML and spreadsheets cannot hold.

    >>> writable("one\\x00two\\n")
    'one\ufffdtwo\\n'
    """
    return _NOT_IN_XML.sub(REPLACEMENT, text)


def unwritable(text: str) -> list[str]:
    """Which characters `writable` replaces, each once, in order.

    >>> unwritable("\\x0b one\\x00two\\x0b")
    ['U+0000', 'U+000B']
    """
    return [f"U+{ord(char):04X}" for char in sorted(set(_NOT_IN_XML.findall(text)))]


def named(name: Bilingual | None, between: str = " ") -> str:
    """A name as it reads in both languages.

    >>> named(Bilingual("Wang Xiaogang", "王曉剛"))
    'Wang Xiaogang 王曉剛'
    """
    return between.join(part for part in (name.en, name.zh) if part) if name else ""
