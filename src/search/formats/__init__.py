"""How do I read this file? One file a format.

A reader takes the bytes of a file and gives a `Document`: its blocks of text
in order, each with the line it begins on, and what the file says of itself.
It raises `Unreadable` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath

from search.formats.document import (
    LONGEST,
    LONGEST_PARAGRAPH,
    MOST_BLOCKS,
    Document,
    Unreadable,
)

__all__ = ["LARGEST", "READERS", "SUBTITLES", "Document", "Unreadable", "read"]

LARGEST = 64 * 2**20
"""Bytes. A longer file is no transcript: a day of speech is a hundredth of it."""


READERS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".ass": "substation",
    ".ssa": "substation",
    ".sub": "microdvd",
}
"""The module that reads each kind of file, by the ending of its name. It is imported when there
is such a file."""

SUBTITLES = frozenset({".srt", ".vtt", ".ass", ".ssa", ".sub"})
"""The endings of files with times."""


def read(name: str, data: bytes) -> Document:
    """A file as the ending of its name says it is to be read."""
    ending = PurePosixPath(name).suffix.lower()
    module = READERS.get(ending)
    if module is None:
        raise Unreadable(
            f"no reader for {repr(ending) if ending else 'unnamed'} files "
            f"(readable: {', '.join(READERS)})"
        )
    reader: Callable[[bytes], Document] = import_module(f"search.formats.{module}").read
    document = reader(data)
    length = sum(len(block.text) for block in document.blocks)
    if length > LONGEST:
        raise Unreadable(f"{length:,} characters of text, more than {LONGEST:,}")
    for block in document.blocks:
        if len(block.text) > LONGEST_PARAGRAPH:
            what = f"a paragraph of {len(block.text):,} characters on line {block.line}"
            raise Unreadable(f"{what}, more than {LONGEST_PARAGRAPH:,}")
    if len(document.blocks) > MOST_BLOCKS:
        raise Unreadable(f"{len(document.blocks):,} paragraphs, more than {MOST_BLOCKS:,}")
    return document
