"""What subtitle formats have in common: cues, and which of them answer each other.

>>> blocks = [Block("你好", 2, time=(0, 2), row=1), Block("Hello", 6, time=(0, 2), row=2)]
>>> in_time(blocks)[0] == tuple(replace(block, row=1) for block in blocks)
True
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.analysis.scripts import HAN
from search.model import Block, Lang
from search.structure import language

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_DASH = re.compile(r"[-–—]\s*\w")
_OVERLAP = 0.5
"""The share of the shorter of two cues that has to be common to both."""
_AT_ONCE = 20
"""Cues of the other language that are looked at for one."""
_FITTING = 0.6
"""The least share of the cues of one language that must have one of the other at their time, if
times are to tell what answers what."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cue with its number in the file, and the speaker if the format names him."""

    text: str
    number: int
    label: str | None = None


def sides(lines: Iterable[Line], time: tuple[float, float], row: int) -> list[Block]:
    """The sides of a cue: its lines, those in one language and of one speaker as one block.

    >>> lines = [Line("你好，", 2), Line("世界", 3), Line("Hello", 4), Line("world", 5)]
    >>> [(block.text, block.line) for block in sides(lines, (0, 1), 1)]
    [('你好，世界', 2), ('Hello world', 4)]
    """
    blocks: list[Block] = []
    there = [line for line in lines if line.text.strip()]
    langs = _languages([line.text for line in there])
    for line, lang in zip(there, langs, strict=True):
        text = line.text.strip()
        last = blocks[-1] if blocks else None
        # Notes of music and dots are in the language of what stands before them.
        same = last and (lang is last.lang or not _LETTER.search(text))
        if last and same and last.label == line.label and not _DASH.match(text):
            glue = "" if lang is Lang.ZH else " "
            blocks[-1] = replace(last, text=last.text + glue + text)
        else:
            blocks.append(Block(text, line.number, line.label, time, row=row, lang=lang))
    return [replace(block, lang=_beyond_script(block)) for block in blocks]


def _languages(texts: Sequence[str]) -> list[Lang]:
    """The languages of texts that are said at once.

    Where some have Chinese characters and others none, those are Chinese and
    these are English, however many Latin words stand in the Chinese.

    >>> [lang.value for lang in _languages(["“is” 和 “Sylvain”", '"is" and "Sylvain"'])]
    ['zh', 'en']
    """
    chinese = [bool(_HAN.search(text)) for text in texts]
    english = [
        bool(_LETTER.search(text)) and not has for text, has in zip(texts, chinese, strict=True)
    ]
    if any(chinese) and any(english):
        return [Lang.ZH if has else Lang.EN for has in chinese]
    return [language(text) for text in texts]


def _beyond_script(block: Block) -> Lang | None:
    """The language of a block, if its script does not say it already."""
    return None if block.lang is language(block.text) else block.lang


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    row: int
    lang: Lang | None
    """The one language of the cue; `None` if it has both."""


def in_time(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int]:
    """The blocks of cues in the order of time, with those as one row that answer each other.

    Each block has the row of its cue, which has both languages or one. Cues of
    one language answer those of the other with which they have most of their
    time in common. Gives the number of cues besides that answer none, 0 where
    there is one language only.
    """
    blocks = _told_apart(blocks)
    by_row: defaultdict[int, list[Block]] = defaultdict(list)
    untimed = [block for block in blocks if block.time is None or block.row is None]
    for block in blocks:
        if block.time is not None and block.row is not None:
            by_row[block.row].append(block)
    cues = [_cue(row, by_row[row]) for row in by_row]
    answers = _answers(cues)
    ordered = sorted(cues, key=lambda cue: (cue.start, cue.end))
    together: defaultdict[int, list[Block]] = defaultdict(list)
    for cue in ordered:
        together[answers[cue.row]] += by_row[cue.row]
    placed: list[Block] = []
    for row, members in enumerate(together.values(), 1):
        # The cue that begins first says which language stands first.
        first = members[0].lang or language(members[0].text)
        if len({block.row for block in members}) > 1:
            members.sort(key=lambda block: (block.lang or language(block.text)) is not first)
        placed += [replace(block, row=row) for block in members]
    sizes = Counter(answers.values())
    alone = sum(cue.lang is not None and sizes[answers[cue.row]] == 1 for cue in cues)
    one_language = len({cue.lang for cue in cues}) < 2
    return (*untimed, *placed), 0 if one_language else alone


def _told_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the languages of those that have the very same time told together."""
    told = list(blocks)
    at_once: defaultdict[tuple[float, float], list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.time is not None and block.lang is None:
            at_once[block.time].append(at)
    for places in at_once.values():
        for at, lang in zip(places, _languages([blocks[at].text for at in places]), strict=True):
            told[at] = replace(blocks[at], lang=_beyond_script(replace(blocks[at], lang=lang)))
    return told


def _cue(row: int, blocks: Sequence[Block]) -> _Cue:
    time = blocks[0].time or (0.0, 0.0)
    langs = {block.lang or language(block.text) for block in blocks}
    return _Cue(time[0], time[1], row, next(iter(langs)) if len(langs) == 1 else None)


def _answers(cues: Sequence[_Cue]) -> dict[int, int]:
    """The row of each cue, and for those that answer each other one row."""
    rows = {cue.row: cue.row for cue in cues}

    def root(row: int) -> int:
        while rows[row] != row:
            rows[row] = row = rows[rows[row]]
        return row

    halves = {
        lang: sorted((cue for cue in cues if cue.lang is lang), key=lambda cue: cue.start)
        for lang in Lang
    }
    fewer, more = sorted(halves.values(), key=len)
    pairs: list[tuple[_Cue, _Cue]] = []
    begin = 0
    for cue in fewer:
        while begin < len(more) and more[begin].end < cue.start:
            begin += 1
        pairs += [(cue, other) for other in more[begin : begin + _AT_ONCE] if _overlap(cue, other)]
    if len({cue.row for cue, _ in pairs}) >= _FITTING * len(fewer):
        for cue, other in pairs:
            rows[root(other.row)] = root(cue.row)
    return {row: root(row) for row in rows}


def _overlap(one: _Cue, other: _Cue) -> bool:
    if (one.start, one.end) == (other.start, other.end):
        return True
    common = min(one.end, other.end) - max(one.start, other.start)
    return common > _OVERLAP * min(one.end - one.start, other.end - other.start)
