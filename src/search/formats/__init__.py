"""How do I read this file? One file a format.

A reader takes the bytes of a file and gives its blocks of text in order, each
with the line it begins on. It raises `Unreadable` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from search.formats import text
from search.formats.text import Unreadable
from search.model import Block

__all__ = ["LARGEST", "READERS", "Unreadable", "read"]

LARGEST = 64 * 2**20
"""Bytes. A longer file is no transcript: a day of speech is a hundredth of it."""

READERS: Mapping[str, Callable[[bytes], list[Block]]] = {".txt": text.read}
"""The reader of each kind of file, by the ending of its name."""


def read(name: str, data: bytes) -> list[Block]:
    """The blocks of a file, by the ending of its name."""
    ending = PurePosixPath(name).suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        raise Unreadable(
            f"no reader for {repr(ending) if ending else 'unnamed'} files "
            f"(readable: {', '.join(READERS)})"
        )
    return reader(data)
