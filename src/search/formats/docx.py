"""Word files (docx): paragraphs, headings, tables and footnotes in the order of the document.

python-docx opens the package and knows its styles; its own paragraphs lack
what was inserted while changes were tracked, and text boxes, so the text is
taken from the elements. Lines are paragraphs, counted from 1.
https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from search.formats import tables
from search.formats.document import Document, Unreadable
from search.formats.text import paragraphs
from search.model import Block, Omission, Role

_LARGEST_PART = 32 * 2**20
_LARGEST = 256 * 2**20
_MOST_PARTS = 10_000
"""Bytes of a part that is no picture, and of all parts, when they are unpacked, and how many parts
there may be: a book is a tenth of the first."""
_DEEPEST = 200
"""Tables and boxes within each other, by their elements."""

_PICTURES = tuple(".png .jpg .jpeg .gif .bmp .tif .tiff .emf .wmf .webp .mp4 .mp3 .wav".split())
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = frozenset((f"{_W}br", f"{_W}cr"))
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom"))
_TEXT_BOX = f"{_W}txbxContent"
_HEADING = re.compile(r"(?:heading \d|title|subtitle)", re.I)
_NOTES = ("footnotes", "endnotes")
_ASIDES = ("comments", "header", "footer")


def read(data: bytes) -> Document:
    """The text of a document; raises `Unreadable` for one that is none, or too large unpacked."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("locked with a password, or in the older .doc format: save it as .docx")
    _bounded(data)
    document = _opened(data)
    reader = _Reader(_headings(document))
    reader.read(document.element.body, None)
    for part in _parts(document, _NOTES):
        reader.read(part, Role.NOTE)
    blocks = list(reader.blocks)
    reader.blocks.clear()
    for part in _parts(document, _ASIDES):
        reader.read(part, None)
    # Remarks, heads and feet of pages are no part of the text.
    asides = [Omission(block.line, block.text) for block in reader.blocks]
    if not blocks:
        raise Unreadable("no text in the document")
    return Document("docx", None, tuple(blocks), omitted=(*reader.omitted, *asides))


def _bounded(data: bytes) -> None:
    """Raises unless what is packed has a bearable size, by its table of contents.

    What unpacks to more than the table says is an error of the unpacking.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as problem:
        raise Unreadable(f"no docx: {problem}") from None
    size = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or size > _LARGEST:
        raise Unreadable(f"{len(parts):,} parts of {size:,} bytes unpacked, more than {_LARGEST:,}")
    for part in parts:
        if part.file_size > _LARGEST_PART and not part.filename.lower().endswith(_PICTURES):
            what = f"{part.filename} has {part.file_size:,} bytes unpacked"
            raise Unreadable(f"{what}, more than {_LARGEST_PART:,}")
        if part.flag_bits & 1:
            raise Unreadable("locked with a password")


def _opened(data: bytes) -> Any:
    import docx

    try:
        document = docx.Document(BytesIO(data))
        _without_entities(document.element)
        return document
    except Unreadable:
        raise
    # A broken package fails in whichever layer meets it first: zip, XML, relations, the model.
    except Exception as problem:
        raise Unreadable(f"no docx: {type(problem).__name__}: {problem}") from None


def _without_entities(element: Any) -> None:
    """Raises if the XML of an element declares what may stand for anything. Word never does."""
    if element.getroottree().docinfo.doctype:
        raise Unreadable("its XML declares a document type, which may hide entities")


def _headings(document: Any) -> frozenset[str]:
    """The ids of the styles that are headings, or are based on one."""
    named: set[str] = set()
    based: dict[str, str] = {}
    for style in document.styles.element.iter(f"{_W}style"):
        id = style.get(f"{_W}styleId", "")
        name = style.find(f"{_W}name")
        if name is not None and _HEADING.fullmatch(name.get(f"{_W}val", "")):
            named.add(id)
        if style.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            named.add(id)
        base = style.find(f"{_W}basedOn")
        if base is not None:
            based[id] = base.get(f"{_W}val", "")
    for id in based:
        seen = {id}
        above = based[id]
        while above in based and above not in named and above not in seen:
            seen.add(above)
            above = based[above]
        if above in named:
            named |= seen
    return frozenset(named)


def _parts(document: Any, kinds: tuple[str, ...]) -> Iterator[Any]:
    """The root elements of the parts of some kinds, as far as they can be read."""
    from docx.oxml import parse_xml
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype.rpartition("/")[2] not in kinds:
            continue
        part = relation.target_part
        element = getattr(part, "element", None)
        try:
            root = parse_xml(part.blob) if element is None else element
            _without_entities(root)
            yield root
        except etree.XMLSyntaxError as problem:
            raise Unreadable(f"{part.partname} is no XML: {problem}") from None


@dataclass(slots=True)
class _Reader:
    """Blocks and omissions of a document, in order."""

    headings: frozenset[str]
    row: int = 1
    line: int = 0
    blocks: list[Block] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)

    def read(self, element: Any, role: Role | None, depth: int = 0) -> None:
        """Adds the paragraphs of an element and the tables in it."""
        if depth > _DEEPEST:
            raise Unreadable(f"elements within elements more than {_DEEPEST} deep")
        for child in element:
            if child.tag == f"{_W}p":
                self._paragraph(child, role, depth)
            elif child.tag == f"{_W}tbl":
                self._table(child, role, depth)
            elif child.tag in _GONE:
                self._gone(child)
            elif isinstance(child.tag, str) and child.tag != _FALLBACK:
                # Content controls, sections of their own, insertions that hold whole paragraphs.
                self.read(child, role, depth + 1)

    def _paragraph(self, paragraph: Any, role: Role | None, depth: int) -> None:
        self.line += 1
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        heading = outline is not None and outline.get(f"{_W}val") != "9"
        if heading or (style is not None and style.get(f"{_W}val") in self.headings):
            role = role or Role.HEADING
        boxes: list[Any] = []
        text = "".join(self._text(paragraph, boxes, depth))
        lines = ((self.line, line) for line in text.split("\n"))
        self.blocks += paragraphs(lines, Block("", 0, role=role))
        for box in boxes:
            self.read(box, role, depth + 1)

    def _text(self, element: Any, boxes: list[Any], depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise Unreadable(f"elements within elements more than {_DEEPEST} deep")
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag == f"{_W}tab":
                yield "\t"
            elif tag in _BREAKS:
                yield "\n"
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag in _GONE:
                self._gone(child)
            elif tag == _TEXT_BOX:
                boxes.append(child)
            elif isinstance(tag, str) and tag not in (_FALLBACK, f"{_W}pPr", f"{_W}rPr"):
                yield from self._text(child, boxes, depth + 1)

    def _gone(self, element: Any) -> None:
        """What was deleted while changes were tracked."""
        parts = element.iter(f"{_W}t", f"{_W}delText")
        if text := "".join(part.text or "" for part in parts).strip():
            self.omitted.append(Omission(self.line, text))

    def _table(self, table: Any, role: Role | None, depth: int) -> None:
        rows: list[list[list[Block]]] = []
        for row in _within(table, f"{_W}tr"):
            cells: list[list[Block]] = []
            for cell in _within(row, f"{_W}tc"):
                inside = replace(self, blocks=[])
                inside.read(cell, role, depth + 1)
                self.line, self.row = inside.line, inside.row
                cells.append(inside.blocks)
            rows.append(cells)
        if not rows:
            return
        found, left_out = tables.blocks_of(rows, self.row)
        self.omitted += left_out
        self.row = 1 + max((block.row for block in found if block.row), default=self.row)
        self.blocks += found


def _within(element: Any, tag: str) -> Iterator[Any]:
    """The elements of a kind in another, but those of tables within it."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{_W}tbl", f"{_W}tc") and isinstance(child.tag, str):
            yield from _within(child, tag)
