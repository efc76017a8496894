"""Markdown: each passage quoted in both languages, with its citation.

https://spec.commonmark.org
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from search.export.entry import Entry, named, writable
from search.model import About, Passage

_ANYWHERE = re.compile(r"[\\`*_\[\]<>&~|$]")
_NUMBERED = re.compile(r"([0-9]{1,9})[.)]")
_LINE_END = re.compile(r"\r\n|\r|\n")


def write(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The quotations, one a passage."""
    for entry in entries:
        passage, about = entry.hit.passage, entry.about
        sides = [_quoted(text) for text in (passage.en, passage.zh) if text]
        said_by = f"— {_escaped(writable(citation(passage, about)))}"
        yield ("\n>\n".join(sides) + f"\n\n{said_by}\n\n").encode()


def citation(passage: Passage, about: About) -> str:
    """Who says it where, on one line: speaker, title, source, issue, date, file, line, id.

    >>> from search.model import Bilingual, Role
    >>> passage = Passage(
    ...     "talk/1", "talk", 0, Role.ANSWER, Bilingual("Wang", "王"), "Yes.", None, None, 7)
    >>> citation(passage, About("talk", "talk.txt", Bilingual("A Talk", "对话"), date="2021"))
    'Wang 王. A Talk / 对话. 2021. talk.txt, line 7 (talk/1). No Chinese in the source.'
    """
    published = ", ".join(filter(None, (about.source, about.issue, about.date)))
    place = f"{about.file}, line {passage.line}"
    if passage.time:
        place += f", at {_clock(passage.time[0])}"
    missing = {"en": "No Chinese in the source", "zh": "No English in the source"}
    parts = (
        named(passage.speaker),
        named(about.title, " / "),
        published,
        f"{place} ({passage.id})",
        missing.get(passage.sides),
    )
    return " ".join(f"{' '.join(part.split())}." for part in parts if part)


def _quoted(text: str) -> str:
    lines = [line.strip(" \t") for line in _LINE_END.split(writable(text))]
    # A line that ends in a backslash ends in print too.
    return "\\\n".join(f"> {_escaped(line)}" for line in lines if line.strip())


def _escaped(line: str) -> str:
    r"""A line that reads as it is written, whatever stands in it.

    >>> print(_escaped("1. *a* <b>"), _escaped("- C++"))
    1\. \*a\* \<b\> \- C++
    """
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    if found := _NUMBERED.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    return f"\\{line}" if line[:1] in tuple("#+=-") else line


def _clock(seconds: float) -> str:
    """
    >>> _clock(723.5)
    '0:12:03'
    """
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"
