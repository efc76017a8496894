r"""What did the scraper break?

Scraped Chinese pages were held as GBK bytes, and two replacements were made
on the bytes, blind to the borders of characters: a gloss was put after some
characters (產 became 產(chǎn)), and full-width ASCII (A3 A1 to A3 FE) became
plain ASCII. Where the two bytes that matched belonged to two characters, the
text fell apart. The damage is a function, so it can be undone: take the bytes
back, let each one be what it may have been, and keep the reading that makes
words.

>>> repair("商湯的全球?qū)@\ue386Y產(chǎn)累計")[0]
'商湯的全球專利資產累計'
>>> repair("“AI (V2X) 的成長?!?/strong>")[0]
'“AI (V2X) 的成長。”'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

from search.analysis import Analyzer, fold
from search.analysis.pinyin import readings
from search.model import Doubt, Repair

GLOSS = "pinyin gloss"
TORN = "torn bytes"
TAG = "stray tag"
ENTITY = "HTML entity"

_TONED = "a-zA-Zɑɡ\u00e0-\u01dc\u0300-\u030c"
_GLOSS = re.compile(rf"([\u3400-\u9fff\uf900-\ufaff])[(（]([{_TONED}]{{1,7}})[)）]")
_TORN_GLOSS = re.compile(rf"\?([{_TONED}]{{1,7}})\)")
_TORN_BEFORE_TAG = re.compile(r"\?[!-~]?\?(?=/[a-z][a-z0-9]{0,9}>)")
_NAMES = "a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|section|span|strong|sub|sup|table|td|tr|u|ul"
_ATTRIBUTE = r"""\s+[\w:-]{1,40}\s*=\s*(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s<>"']{1,500})"""
_TAG = re.compile(rf"</?(?:{_NAMES})(?:{_ATTRIBUTE}){{0,20}}\s*/?>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});")
_BROKEN = re.compile("[\ue000-\uf8ff\ufffd]+")
_LEFT = re.compile(
    rf"{_BROKEN.pattern}|{_TORN_BEFORE_TAG.pattern}|\?(?=[{_TONED}]*[^\x00-\x7f])[{_TONED}]{{1,7}}\)"
)
"""What still looks broken after all repairs."""

_HAN_BEGIN = re.compile("[\u3400-\u9fff]+")
_HAN_END = re.compile("[\u3400-\u9fff]+$")

_PARAGRAPH = 2_000
"""Characters before a tear that are looked through for what it may close."""
_REACH = 24
"""Characters read past a tear. Two-byte text falls into step at the next ASCII."""
_BEAM = 400
"""Readings kept at each step."""


def repair(text: str, line: int = 1) -> tuple[str, list[Repair], list[Doubt]]:
    """The text as it was before the damage, what was changed, and what still looks broken.

    Columns count code points of `text` from 1. Undamaged text comes back as it is.
    """
    repairs: list[Repair] = []
    # What is torn comes first: the character before a gloss may be one that was mended.
    whole, origins = _changed(text, _torn(text), range(len(text)), repairs, text, line)
    repaired, _ = _changed(whole, _plain(whole), origins, repairs, text, line)
    doubts: list[Doubt] = []
    for broken in _LEFT.finditer(repaired):
        around = repaired[max(0, broken.start() - 6) : broken.end() + 6]
        doubts.append(Doubt(line, f"broken characters in “{around}”"))
    return repaired, sorted(repairs, key=lambda repair: repair.column), doubts


def _changed(
    text: str,
    changes: Iterable[_Change],
    origins: Sequence[int],
    repairs: list[Repair],
    source: str,
    line: int,
) -> tuple[str, list[int]]:
    """The text with the changes made, and where in the source each of its characters stood.

    `origins` says that of `text`. Of two changes that overlap the first holds.
    """
    out: list[str] = []
    stood: list[int] = []
    at = 0
    for change in sorted(changes, key=lambda change: change.start):
        if change.start < at:
            continue
        begin = origins[change.start]
        end = origins[change.end - 1] + 1
        repairs.append(Repair(change.rule, line, begin + 1, source[begin:end], change.after))
        out += text[at : change.start], change.after
        stood += [*origins[at : change.start], *[begin] * len(change.after)]
        at = change.end
    return "".join((*out, text[at:])), [*stood, *origins[at:]]


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    rule: str
    after: str


def _plain(text: str) -> Iterator[_Change]:
    """Glosses after whole characters, tags and entities."""
    for gloss in _GLOSS.finditer(text):
        if _spelt(gloss[2]) in readings(gloss[1]):
            yield _Change(gloss.start() + 1, gloss.end(), GLOSS, "")
    for tag in _TAG.finditer(text):
        yield _Change(tag.start(), tag.end(), TAG, "")
    for entity in _ENTITY.finditer(text):
        if (plain := unescape(entity[0])) != entity[0]:
            yield _Change(entity.start(), entity.end(), ENTITY, plain)


def _spelt(gloss: str) -> str:
    """A gloss as the dictionary of readings spells it."""
    plain = gloss.lower().replace("ɑ", "a").replace("ɡ", "g")
    return unicodedata.normalize("NFC", plain)


def _torn(text: str) -> Iterator[_Change]:
    for gloss in _TORN_GLOSS.finditer(text):
        before = text[: gloss.start()]
        firsts = _bytes(before[-1:])
        if len(firsts) == 2:
            leads = _gloss_ends(firsts[1], _spelt(gloss[1]))
            yield from _mend(text, gloss.start(), gloss.end(), leads)
    for tear in _TORN_BEFORE_TAG.finditer(text):
        tag = _TAG.match("<" + text[tear.end() :])
        end = tear.end() + (tag.end() - 1 if tag else 0)
        middle = text[tear.start() + 1 : tear.end() - 1]
        yield from _mend_before_tag(text, tear.start(), end, middle)


# A tear inside a gloss: the gloss was put after the second byte of one character and the
# first byte of the next. That first byte was left alone before the bracket and read as `?`.


def _gloss_ends(lead: int, reading: str) -> bytes:
    """The second bytes with which `lead` makes a character that is read so."""
    return bytes(
        trail
        for trail in range(0x40, 0xFF)
        if (char := _char(lead, trail)) and reading in readings(char)
    )


def _mend(text: str, start: int, resume: int, leads: bytes) -> Iterator[_Change]:
    """Reads on from `resume` with each of `leads` as the first byte of a character."""
    best: tuple[float, int, str] | None = None
    # What comes next may be torn itself, or glossed: never read past its sign.
    window = re.split(r"[?()（）]", text[resume : resume + _REACH], maxsplit=1)[0]
    for lead in leads:
        for length, chars in _readings_in_step(lead, window):
            after = window[length : length + 3]
            # Every reading is judged on the same stretch of source, with what stands around it.
            whole = text[max(0, start - 3) : start] + chars + window[length:]
            score = _likelihood(whole)
            fits = not _BROKEN.search(chars + after) and _makes_words(text[:start], chars, after)
            if fits and (best is None or score > best[0]):
                best = (score, resume + length, chars)
    if best:
        yield _Change(start, best[1], TORN, best[2])


def _readings_in_step(lead: int, window: str) -> list[tuple[int, str]]:
    """What `window` may have been if `lead` stood before it, up to where it is in step again.

    Gives pairs of how much of the window was read and what it reads.
    """
    finished: list[tuple[int, str]] = []
    states: list[tuple[str, int]] = [("", lead)]
    for length, char in enumerate(window, 1):
        following: list[tuple[str, int]] = []
        for chars, pending in states:
            for octets in _sources(char):
                first = _char(pending, octets[0])
                if first is None:
                    continue
                if len(octets) == 1:
                    finished.append((length, chars + first))
                else:
                    following.append((chars + first, octets[1]))
        states = sorted(following, key=lambda state: -_likelihood(state[0]))[:_BEAM]
        if not states:
            break
    return finished


def _sources(char: str) -> list[bytes]:
    """The bytes that a character of the damaged text may have been."""
    octets = _bytes(char)
    if char.isascii() and char > " ":
        return [octets, bytes((0xA3, ord(char) + 0x80))]
    return [octets] if octets else []


# A tear at the end of a bold or linked stretch: `X”</strong>` where the second byte of X and
# the first of ” made a full-width sign. That became ASCII, what was left of ” took the `<`.


def _mend_before_tag(text: str, start: int, end: int, middle: str) -> Iterator[_Change]:
    if not middle:
        return
    before = text[max(0, start - _PARAGRAPH) : start]
    closing = [
        close
        for open, close in ("“”", "《》", "「」", "‘’")
        if before.count(open) > before.count(close)
    ]
    for pair in _endings(middle):
        if pair[1] in closing:
            yield _Change(start, end, TORN, pair)
            return


@cache
def _endings(middle: str) -> tuple[str, ...]:
    """The pairs of a sign that ends a sentence and one that closes a quotation, with `middle`
    as what was made of the second byte of the one and the first of the other."""
    sign = bytes((0xA3, ord(middle) + 0x80))
    firsts = [char for lead in range(0x81, 0xFF) if (char := _char(lead, sign[0]))]
    seconds = [char for trail in range(0x40, 0xFF) if (char := _char(sign[1], trail))]
    return tuple(
        first + second
        for first in firsts
        if first in "。！？；，、…"
        for second in seconds
        if second in "”》」’"
    )


def _bytes(char: str) -> bytes:
    """The GBK bytes of a character, private-use characters included; empty if it has none."""
    try:
        octets = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return octets if len(octets) <= 2 else b""


@cache
def _char(lead: int, trail: int) -> str | None:
    """The character of two GBK bytes, if they are one that is in use."""
    if not 0x81 <= lead <= 0xFE or not 0x40 <= trail <= 0xFE or trail == 0x7F:
        return None
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None
    return None if _BROKEN.match(char) else char


def _makes_words(before: str, chars: str, after: str) -> bool:
    """Whether most of the mended characters are in words of two or more."""
    around = _HAN_END.search(before[-4:]), _HAN_BEGIN.match(after)
    first = around[0][0] if around[0] else ""
    run = first + chars + (around[1][0] if around[1] else "")
    if not _HAN_BEGIN.fullmatch(run):
        return False
    in_words = 0
    at = 0
    for word in _words().cutter.cut(fold(run)):
        if len(word) > 1:
            here = range(max(at, len(first)), min(at + len(word), len(first) + len(chars)))
            in_words += len(here)
        at += len(word)
    return 3 * in_words >= 2 * len(chars)


@cache
def _words() -> Analyzer:
    return Analyzer()


def _likelihood(text: str) -> float:
    """How likely the text is as a row of Chinese words."""
    return _words().cutter.likelihood(fold(text)) if text else 0.0
