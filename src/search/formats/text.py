"""Plain text: paragraphs between blank lines.

Lines that follow each other are one paragraph that was wrapped, unless the
script changes from one to the next, or a line ends a sentence.

>>> [block.text for block in read("你好。\\nHello.\\n\\nA line\\nthat was wrapped.".encode())]
['你好。', 'Hello.', 'A line that was wrapped.']
"""

from __future__ import annotations

import re

from search.model import Block, Lang
from search.structure import language

_SENTENCE_END = tuple("。.!！?？…;；:：”’\"')）】》」』")
_LINE_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0b|\x0c|\x85")


class Unreadable(Exception):
    """Why a file cannot be read as the format its name says."""


def read(data: bytes) -> list[Block]:
    """The paragraphs of UTF-8 text, with the line on which each begins."""
    blocks: list[Block] = []
    open_block = False
    for number, line in enumerate(_LINE_BREAK.split(decode(data)), 1):
        text = line.strip()
        if not text:
            open_block = False
        elif open_block and _goes_on(blocks[-1].text, text):
            before = blocks[-1]
            glue = "" if language(before.text) is Lang.ZH else " "
            blocks[-1] = Block(before.text + glue + text, before.line)
        else:
            blocks.append(Block(text, number))
            open_block = True
    return blocks


def decode(data: bytes) -> str:
    """UTF-8 text, with or without a byte order mark; else `Unreadable`."""
    if not data.strip():
        raise Unreadable("empty")
    if b"\0" in data:
        raise Unreadable("binary: it holds a zero byte")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"not UTF-8: byte 0x{data[error.start]:02x} on line {line}; "
            "save it as UTF-8 (for example `iconv -f gb18030 -t utf-8`)"
        ) from None
    if not text.strip():
        raise Unreadable("empty")
    return text


def _goes_on(before: str, line: str) -> bool:
    return language(before) is language(line) and not before.endswith(_SENTENCE_END)
