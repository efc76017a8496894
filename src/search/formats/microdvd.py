"""Subtitles in MicroDVD: `{first frame}{last frame}one line|another`.

The frames of a second are the text of a first cue `{1}{1}25` or `{0}{0}25`;
without it they are taken as on film.

>>> read("{1}{1}25\\n{25}{75}你好|Hello".encode()).blocks[1].time
(1.0, 3.0)
"""

from __future__ import annotations

import re

from search.formats.cues import Line, in_time, sides
from search.formats.document import Document, Unreadable
from search.formats.encoding import decoded_lines
from search.model import Block, Doubt, Omission

_CUE = re.compile(r"\s*\{\s*(\d{1,9})\s*\}\s*\{\s*(\d{0,9})\s*\}(.*)")
_RATE = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*(?:fps)?\s*", re.I)
_LOOKS = re.compile(r"\{[a-zA-Z]:[^{}]*\}|^\s*/", re.M)
_FILM = 23.976


def read(data: bytes) -> Document:
    """The cues in the order of their times; raises `Unreadable` if there are none."""
    lines, decoded = decoded_lines(data)
    cues = [(n, found) for n, line in enumerate(lines, 1) if (found := _CUE.fullmatch(line))]
    if not cues:
        raise Unreadable("no cues: no line such as {25}{75}text, as MicroDVD has them")
    doubts = list(decoded.doubts)
    omitted: list[Omission] = []
    rate = _FILM
    number, first = cues[0]
    said = _RATE.fullmatch(first[3])
    if said and first[1] == first[2] in ("0", "1") and float(said[1].replace(",", ".")):
        rate = float(said[1].replace(",", "."))
        omitted.append(Omission(number, lines[number - 1]))
        cues = cues[1:]
    else:
        what = f"no {{1}}{{1}} says how many frames a second has: times are as at {_FILM}"
        doubts.append(Doubt(number, what))
    blocks: list[Block] = []
    for number, cue in cues:
        start = int(cue[1]) / rate
        end = int(cue[2]) / rate if cue[2] else start
        text = [Line(_LOOKS.sub("", part), number) for part in cue[3].split("|")]
        blocks += sides(text, (round(start, 3), round(max(start, end), 3)), number)
    known = {number for number, _ in cues} | {omission.line for omission in omitted}
    for number, line in enumerate(lines, 1):
        if line.strip() and number not in known:
            doubts.append(Doubt(number, "no cue: text without frames"))
            blocks.append(Block(line.strip(), number))
    if not blocks:
        raise Unreadable("no text in its cues")
    in_rows, _ = in_time(blocks)
    return Document(
        "MicroDVD", decoded.encoding, in_rows, doubts=tuple(doubts), omitted=tuple(omitted)
    )
