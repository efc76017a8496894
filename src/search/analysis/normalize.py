"""What is the same character? One character in, one character out.

Width, case, accents, quotes, dashes and Traditional forms are folded so that
a search finds what a reader would call the same. No character is added,
dropped or moved: offsets in the folded text are offsets in the text itself.

>>> fold("ＡＩ 產學研 “Café”")
'ai 产学研 "cafe"'
"""

from __future__ import annotations

import unicodedata
from importlib.resources import files

IGNORED = "\0"
"""Stands for a character that takes part in no word: zero-width, combining, soft hyphen."""

_ALIKE = {
    **dict.fromkeys("‘’‚‛′＇`´ʼ", "'"),
    **dict.fromkeys("“”„‟″〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－﹣", "-"),
    # These two stand in dictionaries of readings for plain a and g.
    "ɑ": "a",
    "ɡ": "g",
}


_SPACES = bytes(code for code in range(0x80) if chr(code).isspace())
_ASCII = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ`" + _SPACES, b"abcdefghijklmnopqrstuvwxyz'" + b" " * len(_SPACES)
)
"""The same of ASCII: half of all that is read, and bytes take half the time."""

_END_OF_ALPHABETS = "\u0530"
"""Latin, Greek and Cyrillic lie before it."""


def fold(text: str) -> str:
    """The text with each character replaced by what it is searched as."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII).decode("ascii")
    return text.translate(_FOLDED)


def simplified() -> dict[str, str]:
    """Traditional characters and variants with the Simplified form of each.

    The table beside this file was made with OpenCC (t2s, else tw2s, else
    hk2s, a character at a time) and a test holds it to that.
    """
    table = files(__package__).joinpath("simplified.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in table.splitlines())


class _Folded(dict[int, str]):
    """Folds a character when it is first met and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified: dict[str, str] = {}

    def __missing__(self, code: int) -> str:
        if not self._simplified:
            self._simplified = simplified()
        folded = self[code] = self._fold(chr(code))
        return folded

    def _fold(self, char: str) -> str:
        compatible = unicodedata.normalize("NFKC", char)
        if len(compatible) == 1:
            char = compatible
        if unicodedata.category(char) in ("Mn", "Me", "Cf") or char == IGNORED:
            return IGNORED
        if char.isspace():
            return " "
        base = unicodedata.normalize("NFD", char)[0]
        # Accents are marks on a letter; what ガ and 한 are made of makes other letters of them.
        if base.isalpha() and base < _END_OF_ALPHABETS:
            char = base
        lower = char.lower()
        if len(lower) == 1:
            char = lower
        char = _ALIKE.get(char, char)
        return self._simplified.get(char, char)


_FOLDED = _Folded()
