"""Plain text: paragraphs between blank lines.

Lines that follow each other are one paragraph that was wrapped, unless the
script changes from one to the next, a line ends a sentence, the next one
begins a turn or a point of a list, or a line is a speaker's name.

>>> document = read("你好。\\nHello.\\n\\nA line\\nthat was wrapped.".encode())
>>> [block.text for block in document.blocks]
['你好。', 'Hello.', 'A line that was wrapped.']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from search.analysis.scripts import HAN
from search.formats.columns import rows, without_numbers
from search.formats.document import Document
from search.formats.encoding import decoded_lines
from search.formats.metadata import FrontMatter
from search.model import Block, Lang
from search.structure import is_bare_name, language

_LONGEST_NAME = 60
"""Characters of a line that may be a name."""
_WIDEST, _FULL = 100, 0.6
"""Characters of the longest lines that are wrapped, and the share of them that a line fills."""
_LETTER = re.compile(r"\w")
_CLOCK = re.compile(r"[\d:.,\[\]()（）【】<>\s–—~-]*\d:\d\d[\d:.,\[\]()（）【】<>\s–—~-]*")
_SENTENCE_END = tuple("。.!！?？…;；:：”’\"')）】》」』")
_BEGINS = re.compile(
    r"(?:[-–—*+•·●▪◦]\s|\(?\d{1,3}[.)、．]\s?\D|（\d{1,3}）|[\[(（【]?\d{1,2}:\d\d\b|"
    r"\d{4}(?:-\d\d?-\d\d?|年\d\d?月\d\d?日)(?:[\s(（|]|\Z))"
    rf"|\W{{0,3}}(?:[A-Z][\w.'’-]*(?: [\w.'’-]+){{0,4}}|[{HAN}·•]{{1,8}}(?<![说說道问問]))"
    r"(?:\s?[\[(（][^()（）\[\]\n]{1,40}[\])）])?\W{0,3}[:：]"
)
"""How a line begins that does not go on with the one before it: a point, a time, a label."""


def read(data: bytes) -> Document:
    """The paragraphs of a text, with the line on which each begins."""
    lines, decoded = decoded_lines(data)
    front = FrontMatter.of("\n".join(lines))
    body, numbers = without_numbers(list(enumerate(lines[front.lines :], front.lines + 1)))
    blocks, left_out = rows(body) or (paragraphs(body), [])
    return Document(
        "text",
        decoded.encoding,
        tuple(blocks),
        front.metadata,
        (*decoded.doubts, *front.doubts),
        tuple([numbers, *left_out] if numbers else left_out),
    )


def paragraphs(lines: Iterable[tuple[int, str]], like: Block | None = None) -> list[Block]:
    """The paragraphs of numbered lines, which are otherwise as the block `like`.

    >>> [block.text for block in paragraphs([(1, "一句話被"), (2, "斷開了。"), (3, "Cut.")])]
    ['一句話被斷開了。', 'Cut.']
    """
    lines = [(number, line.strip()) for number, line in lines]
    widths = _widths(lines)
    names = Counter(text for _, text in lines if len(text) <= _LONGEST_NAME and is_bare_name(text))
    blocks: list[Block] = []
    wrapped: list[str] = []
    lang = Lang.EN
    begins = 0

    def close() -> None:
        if wrapped:
            text = ("" if lang is Lang.ZH else " ").join(wrapped)
            block = replace(like, text=text, line=begins) if like else Block(text, begins)
            blocks.append(block)
            wrapped.clear()

    for number, text in lines:
        # A full stop or dots alone are of the line before.
        here = language(text) if _LETTER.search(text) or not wrapped else lang
        goes_on = (
            here is lang
            and wrapped
            and not wrapped[-1].endswith(_SENTENCE_END)
            and len(wrapped[-1]) + 1 + len(text.partition(" ")[0]) > widths[lang]
        )
        if not text or not goes_on or _BEGINS.match(text) or names[text] > 1:
            close()
            lang, begins = here, number
        if text:
            wrapped.append(text)
        # Whoever wraps a paragraph does not end its first line with a name of two words.
        if len(wrapped) == 1 and (text in names or _is_clock(text)):
            close()
    close()
    return blocks


def _is_clock(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and _CLOCK.fullmatch(text) is not None


def _widths(lines: Iterable[tuple[int, str]]) -> dict[Lang, float]:
    """The characters in each language above which a line may have been wrapped."""
    lengths: dict[Lang, list[int]] = {lang: [] for lang in Lang}
    for _, text in lines:
        if text:
            lengths[language(text)].append(len(text))
    return {
        lang: _FULL * min(_WIDEST, sorted(held)[len(held) * 9 // 10] if held else 0)
        for lang, held in lengths.items()
    }
