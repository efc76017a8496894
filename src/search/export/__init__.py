"""How does one take it away? As a translation memory, a table, records, or quotations.

Nothing is held but a piece at a time, so that a large archive takes no more
memory than a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from search.export.entry import Entry
from search.model import About, Bilingual, Passage
from search.results import Hit

__all__ = ["FORMATS", "Format", "export"]

_CHUNK = 1 << 16
"""Bytes that are handed out together, or somewhat more."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, which is its ending too, and what a browser is told of it.

    `module` writes it, and is imported when there is something to write.
    """

    name: str
    media_type: str
    module: str

    @property
    def suffix(self) -> str:
        return f".{self.name}"


FORMATS: Mapping[str, Format] = {
    held.name: held
    for held in (
        Format("tmx", "application/x-tmx+xml", "tmx"),
        Format("csv", "text/csv; charset=utf-8", "spreadsheet"),
        Format("jsonl", "application/jsonl; charset=utf-8", "records"),
        Format("md", "text/markdown; charset=utf-8", "quotation"),
    )
}
"""What can be written, by name."""


def export(
    found: Iterable[Hit | Passage], format: Format, abouts: Iterable[About] = ()
) -> Iterator[bytes]:
    """A file of the hits or passages, in their order, in chunks.

    `abouts` is what is known of their transcripts; without it a citation says
    no more than what stands on the hit.
    """
    known = {about.id: about for about in abouts}
    write: Callable[[Iterable[Entry]], Iterator[bytes]]
    write = import_module(f"search.export.{format.module}").write
    return _joined(write(_entry(each, known) for each in found))


def _entry(found: Hit | Passage, abouts: Mapping[str, About]) -> Entry:
    passage = found.passage if isinstance(found, Hit) else found
    about = abouts.get(passage.transcript)
    title = about.title if about else found.title if isinstance(found, Hit) else Bilingual()
    hit = found if isinstance(found, Hit) else Hit(passage, title, 0.0, {})
    return Entry(hit, about or About(passage.transcript, passage.transcript, title))


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
