"""What a reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.formats.metadata import Metadata
from search.model import Block, Doubt, Omission

LONGEST = 8 * 2**20
LONGEST_PARAGRAPH = 2**20
MOST_BLOCKS = 200_000
"""Characters of text in a file and in a paragraph, and paragraphs in a file: a month of speech. A
page or a document may be larger by its pictures."""


class Unreadable(Exception):
    """Why a file cannot be read as the format its name says."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its format says it is.

    Every stretch of its text is in `blocks`, in `metadata`, in what is
    doubted, or in `omitted`: what is no part of the transcript, such as the
    menu of a page. `encoding` is `None` where the format has one of its own.
    """

    format: str
    encoding: str | None
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    doubts: tuple[Doubt, ...] = ()
    omitted: tuple[Omission, ...] = ()
