r"""What did the scraper break?

Scraped Chinese pages were held as GBK bytes, and two replacements were made
on the bytes, blind to the borders of characters: a gloss was put after some
characters (產 became 產(chǎn)), and full-width ASCII (A3 A1 to A3 FE) became
plain ASCII. Where the two bytes that matched belonged to two characters, the
text fell apart. The damage is a function, so it can be undone.

Read in this order: `octets` (bytes and characters), `likelihood` (what is
Chinese), `witness` (what a file says of its own damage), `decode` (the search
for what the bytes were), `torn` (what is to be believed of it), `plain` (what
a pattern can tell), `editors` (`repairs.tsv`), then `repair` here.

>>> repair("商湯的全球?qū)@\ue386Y產(chǎn)累計")[0]
'商湯的全球專利資產累計'
>>> repair("“AI (V2X) 的成長?!?/strong>")[0]
'“AI (V2X) 的成長。”'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.analysis.pinyin import TONED
from search.model import Doubt, Repair
from search.repair.change import Change, Changing
from search.repair.editors import EDITORS, EditorsRepairs
from search.repair.editors import read as read_repairs
from search.repair.plain import (
    ENTITY,
    GLOSS,
    HAN,
    INVISIBLE,
    SPACE,
    TAG,
    by_pattern,
    tag_length,
)
from search.repair.torn import Mend, mends
from search.repair.witness import BROKEN, Witness, may_be_torn

__all__ = [
    "EDITORS",
    "ENTITY",
    "GLOSS",
    "INVISIBLE",
    "SPACE",
    "TAG",
    "TORN",
    "EditorsRepairs",
    "Witness",
    "read_repairs",
    "repair",
]

TORN = "torn bytes"

_LEFT = re.compile(
    rf"{BROKEN}+|\?[!-~]?\?(?=/[a-z][a-z0-9]{{0,9}}>)"
    rf"|\?(?=[{TONED}]*[^\x00-\x7f])[{TONED}]{{1,7}}\)"
)
"""What still looks broken after all repairs."""
_MAY_BE_LEFT = re.compile(rf"\?|{BROKEN}")
_ASKED = re.compile(rf"{_LEFT.pattern}|\?(?![\s”」』’\"')）<]|$)")
"""And in a file where such a sign has often been half a character."""
_HAN = re.compile("[\u3400-\u9fff]")
_ASCII_SIGN = re.compile(r"[?<&](?:(?<!\?)|(?=\S))")
_SIGN = re.compile(
    r"[?<&\u00ad\u200b\u2060\ufeff\ue000-\uf8ff\ufffd(（ \u00a0]"
    rf"(?:(?<![?(（ \u00a0])|(?<=\?)(?=\S)|(?<=[{HAN}].)|(?<=[{HAN}][@-~].))"
)
"""Where anything may be that is to be repaired: brackets and spaces only after Han, question marks
before anything. A pattern that begins with a class is looked for four times as quickly as one that
begins with a choice."""


def repair(
    text: str,
    line: int = 1,
    witness: Witness | None = None,
    editors: EditorsRepairs | None = None,
) -> tuple[str, list[Repair], list[Doubt]]:
    """The text as it was before the damage, what was changed, and what still looks broken.

    Columns count code points of `text` from 1. Undamaged text comes back as it is.
    The `witness` is what the whole file says; without one the text has to speak for itself.
    """
    if not editors and _is_plain(text, witness):
        return text, [], []
    now = Changing(text, line)
    if editors:
        now.make(editors.changes(now.text))
    doubts: list[Doubt] = []
    witness = witness or Witness([now.text])
    # What is torn comes first: the character before a gloss may be one that was mended.
    if may_be_torn(now.text, witness):
        found = list(mends(now.text, witness))
        doubts += (doubt for mend in found for doubt in _doubts(now.text, mend, line))
        now.make([_change(now.text, mend, mend.after) for mend in found if mend.after is not None])
        if witness.effort <= 0:
            doubts.append(Doubt(line, "torn bytes, in a file with too many of them to be read"))
    now.make(by_pattern(now.text))
    if editors and now.text != text:
        now.make(editors.changes_after(text, now.text))
    if not _MAY_BE_LEFT.search(now.text):
        return now.text, now.repairs, doubts
    suspect = _ASKED if witness.blind and witness.torn and _HAN.search(now.text) else _LEFT
    for broken in suspect.finditer(now.text):
        around = now.text[max(0, broken.start() - 6) : broken.end() + 6]
        doubts.append(Doubt(line, f"broken characters in “{around}”"))
    return now.text, now.repairs, doubts


def _is_plain(text: str, witness: Witness | None) -> bool:
    """Whether nothing can be repaired in the text. Nearly all undamaged text is told here."""
    if text.isascii():
        return _ASCII_SIGN.search(text) is None
    return _SIGN.search(text) is None and not (witness or Witness([text])).blind


def _change(text: str, mend: Mend, after: str) -> Change:
    """The change that mends a tear. A tag that lost its `<` to the tear goes with it."""
    if (begin := after.find("<")) >= 0:
        length = tag_length(after[begin:] + text[mend.end : mend.end + 500], 0)
        if length >= len(after) - begin:
            return Change(mend.start, mend.end + length - len(after) + begin, TORN, after[:begin])
    return Change(mend.start, mend.end, TORN, after)


def _doubts(text: str, mend: Mend, line: int) -> Iterator[Doubt]:
    torn = text[mend.start : mend.end]
    if mend.after is None:
        # What looks broken in itself is found when all is done.
        left = _LEFT.search(text, mend.start)
        if left is None or left.start() >= mend.end:
            yield Doubt(line, f"broken characters in “{torn}”")
    elif mend.others:
        before = text[max(0, mend.start - 4) : mend.start]
        others = ", ".join(f"“{before}{other}”" for other in mend.others[:3])
        what = f"a byte is lost in “{torn}”"
        yield Doubt(line, f"{what}: “{before}{mend.after}” may be {others} too")
