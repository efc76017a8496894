r"""Subtitles in Advanced SubStation Alpha (ASS) and SubStation Alpha (SSA).

A section `[Events]` has a line `Format:` that names the fields, and a line
`Dialogue:` for each cue, whose last field is its text with `\N` between lines
and `{…}` for its looks. http://www.tcax.org/docs/ass-specs.htm

>>> lines = "[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.50,Wang,你好"
>>> [(block.text, block.label, block.time) for block in read(lines.encode()).blocks]
[('你好', 'Wang', (1.0, 2.5))]
"""

from __future__ import annotations

import re

from search.formats.cues import Line, in_time, sides
from search.formats.document import Document, Unreadable
from search.formats.encoding import decoded_lines
from search.model import Block, Doubt, Omission

_FIELDS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_SECTION = re.compile(r"\[([^\[\]]+)\]\s*")
_EVENT = re.compile(r"(Dialogue|Comment|Picture|Sound|Movie|Command)\s*:\s*(.*)", re.S)
_TIME = re.compile(r"\s*(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?\s*")
_BRACES = re.compile(r"\{([^{}]*)\}")
_DRAWING = re.compile(r"\\p[1-9]")
_BINARY = ("Fonts", "Graphics")


def read(data: bytes) -> Document:
    """The dialogue in the order of its times; raises `Unreadable` if there is none."""
    lines, decoded = decoded_lines(data)
    fields = _names(_FIELDS)
    blocks: list[Block] = []
    doubts = list(decoded.doubts)
    omitted: list[Omission] = []
    section = ""
    for number, line in enumerate(lines, 1):
        event = _EVENT.match(line.strip())
        if found := _SECTION.fullmatch(line.strip()):
            section = found[1]
        elif section == "Events" and line.strip().startswith("Format:"):
            fields = _names(line.partition(":")[2])
        elif event and (section == "Events" or not section):
            kind, said = str(event[1]), str(event[2])
            cue = dict(zip(fields, said.split(",", len(fields) - 1), strict=False))
            text = cue.get("text", said)
            if kind != "Dialogue" or _DRAWING.search(text):
                omitted.append(Omission(number, text))
                continue
            start, end = _seconds(cue.get("start", "")), _seconds(cue.get("end", ""))
            parts = _lines(text, cue.get("name", cue.get("actor", "")), number)
            omitted += [Omission(number, hidden) for hidden in _remarks(text)]
            if start is None or end is None or "text" not in cue:
                doubts.append(Doubt(number, f"a cue without a time that can be read: {line}"))
                blocks += [Block(part.text.strip(), number) for part in parts if part.text.strip()]
            else:
                # A line of the file is a cue, so its number is that of the row.
                blocks += sides(parts, (start, max(start, end)), number)
        elif section not in _BINARY and line.strip():
            omitted.append(Omission(number, line))
    if not blocks:
        raise Unreadable("no cues: no line that begins with `Dialogue:` and has text")
    in_rows, _ = in_time(blocks)
    return Document("ASS", decoded.encoding, in_rows, doubts=tuple(doubts), omitted=tuple(omitted))


def _names(fields: str) -> list[str]:
    return [field.strip().lower() for field in fields.split(",")]


def _lines(text: str, name: str, number: int) -> list[Line]:
    plain = _BRACES.sub("", text).replace(r"\h", "\u00a0")
    return [Line(line, number, name.strip() or None) for line in re.split(r"\\[Nn]", plain)]


def _remarks(text: str) -> list[str]:
    """What stands in braces and is no instruction for its looks."""
    return [inside for inside in _BRACES.findall(text) if "\\" not in inside and inside.strip()]


def _seconds(time: str) -> float | None:
    found = _TIME.fullmatch(time)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return float(f"{whole}.{fraction or 0}")
