"""Subtitles in SubRip (SRT) and WebVTT, with times and the lines of their text.

Both are rows of a time, `00:00:01,000 --> 00:00:02,500`, and lines of text.
https://www.w3.org/TR/webvtt1/ adds names of cues, notes, and who speaks
(`<v Name>`). Read here and not by a library, because those that are kept read
both as one format, in which notes and names are lost or become text, and keep
no lines.

>>> for block in read("1\\n00:00:01,000 --> 00:00:02,500\\n你好\\nHello\\n".encode()).blocks:
...     print(block.text, block.line, block.time, block.row)
你好 3 (1.0, 2.5) 1
Hello 4 (1.0, 2.5) 1
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from search.formats.cues import Line, in_time, sides
from search.formats.document import Document, Unreadable
from search.formats.encoding import decoded_lines
from search.model import Block, Omission, Role

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-+>\s*{_TIME}(?:\s.*)?")
_NUMBER = re.compile(r"\s*(\d{1,9})\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]+)>|(</v>)")
_TAG = re.compile(
    r"</?(?:b|i|u|s|c|em|strong|font|lang|ruby|rt|v)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}",
    re.I,
)
_BREAK = re.compile(r"\\N|<br\s*/?>", re.I)
_MOST_ROLLED = 10
"""Lines of a caption that may have been in the one before: two or three are shown at once."""
_WORD_TIME = re.compile(r"<\d[\d:]*\.\d{3}>")
"""When a word is spoken, in captions that machines make."""
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(?:\s|\Z)")


def read(data: bytes) -> Document:
    """The cues of a file in the order of their times; raises `Unreadable` if it has none."""
    lines, decoded = decoded_lines(data)
    timings = [(at, found) for at, line in enumerate(lines) if (found := _TIMING.fullmatch(line))]
    if not timings:
        raise Unreadable("no cues: no line such as 00:00:01,000 --> 00:00:02,500")
    vtt = lines[0].startswith("WEBVTT")
    blocks: list[Block] = []
    omitted: list[Omission] = []
    head = _without_name(lines[: timings[0][0]], vtt, 0, 0, omitted)
    if vtt:
        omitted += [Omission(n, line) for n, line in enumerate(head, 1) if line.strip() != "WEBVTT"]
    else:
        blocks += [Block(line.strip(), n, role=Role.NOTE) for n, line in enumerate(head, 1)]
    rolling = vtt and any(map(_WORD_TIME.search, lines))
    before: list[Line] = []
    ends = [at for at, _ in timings[1:]] + [len(lines)]
    for row, ((at, found), end) in enumerate(zip(timings, ends, strict=True), 1):
        body = lines[at + 1 : end]
        if end < len(lines):
            body = _without_name(body, vtt, at + 1, row, omitted)
        start, stop = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        text = list(_text(body, at + 2, vtt, omitted))
        if rolling:
            text = [line for line in text if line.text.strip()]
            text, before = _new(text, before), text
        blocks += sides(text, (start, max(start, stop)), row)
    blocks = [block for block in blocks if block.text]
    if not blocks:
        raise Unreadable("no text in its cues")
    in_rows, _ = in_time(blocks)
    omitted = [omission for omission in omitted if omission.text.strip()]
    return Document(
        "WebVTT" if vtt else "SubRip",
        decoded.encoding,
        in_rows,
        doubts=decoded.doubts,
        omitted=tuple(sorted(omitted, key=lambda omission: omission.line)),
    )


def _without_name(
    body: list[str], vtt: bool, first: int, row: int, omitted: list[Omission]
) -> list[str]:
    """The lines before a timing without the number or the name of the cue that it begins."""
    last = len(body) - 1
    while last >= 0 and not body[last].strip():
        last -= 1
    if last < 0:
        return body
    after_blank = last == 0 or not body[last - 1].strip()
    number = _NUMBER.fullmatch(body[last])
    if number and (after_blank or int(number[1]) == row + 1):
        return body[:last]
    # WebVTT names a cue on the line before its time, after a blank one.
    if vtt and after_blank and last == len(body) - 1 and row + last and first + last:
        omitted.append(Omission(first + last + 1, body[last]))
        return body[:last]
    return body


def _text(body: list[str], first: int, vtt: bool, omitted: list[Omission]) -> Iterator[Line]:
    """The lines of a cue without tags; what WebVTT has between cues is left out."""
    label: str | None = None
    aside = False
    for number, line in enumerate(body, first):
        begins_block = number > first and not body[number - first - 1].strip()
        if vtt and (not line.strip() or begins_block):
            aside = bool(_ASIDE.match(line))
        if aside:
            omitted.append(Omission(number, line))
            continue
        at = 0
        for voice in _VOICE.finditer(line):
            yield from _lines(line[at : voice.start()], number, label, vtt)
            label = " ".join(_plain(voice[1], vtt).split()) if voice[1] else None
            at = voice.end()
        yield from _lines(line[at:], number, label, vtt)


def _lines(line: str, number: int, label: str | None, vtt: bool) -> Iterator[Line]:
    """A line of a file as those of a cue: what was ASS once has `\\N` between them."""
    for part in _BREAK.split(line):
        yield Line(_plain(part, vtt), number, label)


def _new(text: list[Line], before: list[Line]) -> list[Line]:
    """The lines of a cue that do not stand in the cue before: words as they are spoken roll up."""
    now, then = ([line.text.strip() for line in held] for held in (text, before))
    most = min(len(now), len(then), _MOST_ROLLED)
    same = max(n for n in range(most + 1) if now[:n] == then[len(then) - n :])
    return text[same:]


def _plain(line: str, vtt: bool) -> str:
    text = _TAG.sub("", line)
    return unescape(text) if vtt else text


def _seconds(parts: tuple[str | None, ...]) -> float:
    """Hours, minutes, seconds and the digits after the point as seconds.

    >>> _seconds((None, "01", "02", "5"))
    62.5
    """
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return float(f"{whole}.{fraction or 0}")
