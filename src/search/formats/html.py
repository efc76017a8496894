"""Pages: the article of a page that was saved, and nothing of what stands around it.

Menus, forms, what is hidden and whatever else is left out is kept apart for
the report.

>>> page = "<nav>Home</nav><article><h1>对话</h1><p>你好<br>Hello</p></article>"
>>> document = read(page.encode())
>>> [block.text for block in document.blocks], [omitted.text for omitted in document.omitted]
(['对话', '你好', 'Hello'], ['Home'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from search.analysis.scripts import HAN
from search.formats import tables
from search.formats.article import (
    NO_TEXT,
    Weight,
    Weights,
    article,
    is_chrome,
    is_data,
    is_no_text,
    metadata,
    title,
    weights_of,
)
from search.formats.document import Document, Unreadable
from search.formats.encoding import decode
from search.formats.text import paragraphs
from search.model import Block, Lang, Omission, Role
from search.structure import may_be

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol p pre section
    summary table tbody td tfoot th thead title tr ul""".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TITLES = frozenset("msotitle msosubtitle title subtitle".split())
"""Classes of the paragraphs that Word and Google Docs save as titles."""
_NOTES = frozenset("aside caption figcaption footer".split())

_DEEPEST = 1_000
"""Elements within each other. Those who write pages need ten, and editors of them a hundred."""

_MOST_ELEMENTS = 500_000
_MOST_ROWS = 1_000
"""Of a table that one cell may stand in."""
_MOST_COLUMNS = 50
"""From the left in which a cell may stand in several rows."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE_BREAK = re.compile(
    rf"(?<=[{HAN}\u3000-\u303f\uff00-\uffef])[ \t\r\f]*\n\s*(?=[{HAN}\u3000-\u303f\uff00-\uffef])"
)
_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)


def read(data: bytes) -> Document:
    """The article of a page; raises `Unreadable` if the page has no text."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    page = _parsed(decoded.text)
    reader = _Reader(weights_of(page))
    found, trusted = article(page, reader.weights)
    parts = [found]
    head = title(page)
    if head is not None and head not in found.iter(head.tag):
        parts.append(head)
        reader.read(head)
    reader.read(found, trusted)
    titled = any(block.role is Role.HEADING for block in reader.blocks)
    said = metadata(page, titled)
    reader.read_around(page, parts)
    if not reader.blocks:
        raise Unreadable("no text in the page but in its menus")
    return Document(
        "HTML",
        decoded.encoding,
        tuple(reader.blocks),
        said,
        decoded.doubts,
        tuple(reader.omitted),
    )


def fragment(text: str, line: int, first_row: int) -> tuple[list[Block], list[Omission]]:
    """The blocks of a piece of HTML that begins on a line of another text."""
    if not text.strip():
        return [], []
    page = _parsed(text)
    reader = _Reader({}, first_row)
    reader.read(page, trusted=True)
    return (
        [replace(block, line=block.line + line - 1) for block in reader.blocks],
        [replace(omission, line=omission.line + line - 1) for omission in reader.omitted],
    )


def _parsed(text: str) -> Any:
    """The root element of a page, without comments."""
    # Nothing is fetched and no entity but those of HTML is known. The parser stops at its own
    # bounds without a word, so those are lifted: the size of the file has one already.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        page = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable(f"no page: {problem}") from None
    if page is None:
        # A comment alone, for example.
        return etree.Element("html")
    depth = deepest = elements = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        elements += event == "start"
    if elements > _MOST_ELEMENTS:
        raise Unreadable(f"{elements:,} elements, more than {_MOST_ELEMENTS:,}")
    if deepest > _DEEPEST:
        raise Unreadable(f"elements within elements {deepest:,} deep, more than {_DEEPEST:,}")
    return page


@dataclass(slots=True)
class _Reader:
    """Blocks and omissions of a page, in order."""

    weights: Weights
    row: int = 1
    blocks: list[Block] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)
    _pieces: list[tuple[int, str] | None] = field(default_factory=list)
    """What was read of a paragraph; `None` for the end of a line."""
    _line: int = 1

    def read(self, root: Any, trusted: bool = False) -> None:
        """Adds the blocks of an element; `trusted` says that no name in it is one of chrome."""
        whole = self.weights.get(root, Weight()).text
        around: list[Block] = [Block("", 0)]
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            tag = element.tag
            if event == "end":
                if tag in _BLOCKS and element is not skipped:
                    self._flush(around.pop())
                if element is skipped:
                    skipped = None
                if element is not root:
                    self._add(element.tail, around)
                continue
            self._line = max(self._line, element.sourceline or 0)
            if element is not root and (
                is_no_text(element) or (not trusted and is_chrome(element, self.weights, whole))
            ):
                self._omit(element)
            elif tag == "table" and is_data(element):
                self._flush(around[-1])
                self._table(element)
            else:
                if tag in _BLOCKS:
                    self._flush(around[-1])
                    around.append(_like(element, around[-1], root))
                if tag in ("br", "hr"):
                    self._pieces.append(None)
                self._add(element.text, around, pre=tag == "pre")
                continue
            skipped = element
            walk.skip_subtree()
        self._flush(around[-1])

    def read_around(self, page: Any, parts: list[Any]) -> None:
        """Adds everything outside some parts of the page to what is omitted."""
        path = {ancestor for part in parts for ancestor in part.iterancestors()}
        shown = {block.text for block in self.blocks}
        for element in page.iter():
            if element not in path:
                continue
            self._omit_text(element.text, element.sourceline)
            for child in element:
                if child not in path and child not in parts and child.tag != "head":
                    self._omit(child)
                self._omit_text(child.tail, child.sourceline)
        title = page.findtext("head/title")
        if title and _SPACE.sub(" ", title).strip() not in shown:
            self._omit_text(title, 1)
        self.omitted.sort(key=lambda omission: omission.line)

    def _add(self, text: str | None, around: list[Block], pre: bool = False) -> None:
        if not text:
            return
        for number, part in enumerate(text.split("\n") if pre else [text]):
            if number:
                self._pieces.append(None)
                self._line += 1
            self._pieces.append((self._line, part))
            self._line += part.count("\n")

    def _flush(self, like: Block) -> None:
        if not self._pieces:
            return
        lines: list[tuple[int, str]] = []
        pieces: list[tuple[int, str]] = []
        for piece in (*self._pieces, None):
            if piece is None:
                lines.append(_line_of(pieces))
                pieces = []
            else:
                pieces.append(piece)
        self._pieces.clear()
        for block in paragraphs(lines, like):
            believed = block.lang is None or may_be(block.lang, block.text)
            self.blocks.append(block if believed else replace(block, lang=None))

    def _table(self, table: Any) -> None:
        rows: list[list[list[Block]]] = []
        # Columns that a cell above reaches down into, and how far.
        below: dict[int, int] = {}
        for row in table.iter("tr"):
            cells: list[list[Block]] = []
            reached = below
            below = {column: more - 1 for column, more in reached.items() if more > 1}
            for cell in row.iter("td", "th"):
                while len(cells) in reached:
                    cells.append([])
                if (more := _span(cell) - 1) and len(cells) < _MOST_COLUMNS:
                    below[len(cells)] = more
                inside = _Reader(self.weights, _line=self._line)
                inside.read(cell, trusted=True)
                self.omitted += inside.omitted
                self._line = inside._line
                role = Role.HEADING if cell.tag == "th" else None
                cells.append([replace(block, role=block.role or role) for block in inside.blocks])
            rows.append(cells)
        for caption in table.iter("caption"):
            self.read(caption)
        found, left_out = tables.blocks_of(rows, self.row)
        self.omitted += left_out
        self.row = 1 + max((block.row for block in found if block.row), default=self.row)
        self.blocks += found

    def _omit(self, element: Any) -> None:
        pieces: list[str] = []
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, inner in walk:
            if event == "start" and inner.tag in NO_TEXT:
                walk.skip_subtree()
            elif event == "start":
                pieces.append(inner.text or "")
            elif inner is not element:
                pieces.append(f" {inner.tail or ''}")
        self._omit_text(" ".join(pieces), element.sourceline)

    def _omit_text(self, text: str | None, line: int | None) -> None:
        if text and (plain := " ".join(text.split())):
            self.omitted.append(Omission(line or 1, plain))


def _span(cell: Any) -> int:
    """The rows that a cell stands in."""
    said = cell.get("rowspan", "1")
    return min(int(said), _MOST_ROWS) if re.fullmatch(r"[1-9]\d{0,4}", said) else 1


def _line_of(pieces: list[tuple[int, str]]) -> tuple[int, str]:
    """The pieces of a line as a browser shows them, and where the first stands."""
    text = "".join(text for _, text in pieces)
    shown = _SPACE.sub(" ", _WIDE_BREAK.sub("", text)).strip(" ")
    for line, piece in pieces:
        if piece.strip():
            return line + piece[: len(piece) - len(piece.lstrip())].count("\n"), shown
    return 0, shown


def _like(element: Any, outer: Block, root: Any) -> Block:
    """What an element says of the blocks in it."""
    role = outer.role
    titled = element.tag == "p" and _TITLES & set(element.get("class", "").lower().split())
    if element.tag in _HEADINGS or titled:
        role = role or Role.HEADING
    elif element.tag in _NOTES and element is not root:
        role = Role.NOTE
    said = element.get("lang", "").lower() if element is not root else ""
    lang = next((lang for lang in Lang if said.startswith(lang.value)), outer.lang)
    return outer if (role, lang) == (outer.role, outer.lang) else Block("", 0, role=role, lang=lang)
