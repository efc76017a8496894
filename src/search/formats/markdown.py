r"""Markdown as CommonMark has it, with tables, footnotes and notes (`:::`).

What authors of transcripts do not mean is not read: an indented line is no
code, `[Wang]: yes` no address of a link, and a long line above `---` no
heading. Bold that CommonMark does not see between Chinese characters is seen.

>>> document = read("# 对话\n\n**高德纳：**是的。\n\n- Yes.\n  - 是。\n".encode())
>>> [(block.text, block.role and block.role.value, block.row) for block in document.blocks]
[('对话', 'heading', None), ('高德纳：是的。', None, None), ('Yes.', None, 1), ('是。', None, 1)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from search.analysis.scripts import HAN
from search.formats import tables
from search.formats.document import Document, Unreadable
from search.formats.encoding import decoded_lines
from search.formats.metadata import FrontMatter
from search.formats.text import paragraphs
from search.model import Block, Doubt, Omission, Role
from search.structure import is_sentence, language

_DEEPEST = 100
"""Lists and quotations within each other."""
_LONGEST = 20_000
_MOST_BRACKETS = 300
"""Characters and brackets of a paragraph in which marks are looked for: brackets that never close
cost the square of their number."""
_LONGEST_HEADING = 120

_INLINE = re.compile(r"[*_`\[\]<>&\\~]")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.S)
_HAN = re.compile(f"[{HAN}]")
_BOLD = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*\\])\1(?!\*)")
_ALERT = re.compile(r"\[!(\w+)\]\s*")
_PICTURE = re.compile(r"\s*!\[[^\[\]\n]*\]\([^()\n]*\)\s*")
_SHORTCODE = re.compile(r"\s*(?:\{\{[<%][^\n]*[>%]\}\}|\{%[^\n]*%\})\s*")
"""What Hugo, Jekyll and Hexo put a picture or a program in the place of."""
_QUOTE_MARKS = re.compile(r"[\s>]*(?:[-*+]\s+|\d{1,9}[.)]\s+)?[\s>]*")
_PIPE = re.compile(r"(?<!\\)\|")
_KIND = re.compile(r"\s*(?:\{?\.?[A-Za-z][A-Za-z0-9+#-]*\}?)?(?:\s+|\Z)")
"""The word after a fence that says what is in it; what follows is text."""


def read(data: bytes) -> Document:
    """The blocks of a Markdown text, with the line on which each begins."""
    lines, decoded = decoded_lines(data)
    front = FrontMatter.of("\n".join(lines))
    body = ["", *[""] * (front.lines - 1), *lines[front.lines :]] if front.lines else lines
    reader = _Reader(body)
    reader.read()
    if not reader.blocks:
        raise Unreadable("no text but marks and front matter")
    return Document(
        "Markdown",
        decoded.encoding,
        tuple(reader.blocks),
        front.metadata,
        (*decoded.doubts, *front.doubts, *reader.doubts),
        tuple(sorted(reader.omitted, key=lambda omission: omission.line)),
    )


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    markdown.use(footnote_plugin, inline=False)
    # Any word after `:::` may say what the note is.
    markdown.use(container_plugin, "note", validate=lambda *_: True)
    # Footnotes stay where they stand, read or not, and text is read when it is asked for.
    return markdown.disable(["code", "reference", "footnote_tail", "inline"])


@dataclass(slots=True)
class _Item:
    """A point of a list: where its own paragraphs are among the blocks."""

    own: list[int] = field(default_factory=list)
    marker: str = ""


@dataclass(slots=True)
class _Reader:
    """The blocks of a text, which is given as its lines."""

    lines: Sequence[str]
    blocks: list[Block] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    row: int = 1
    _env: dict[str, Any] = field(default_factory=dict)
    _read: set[int] = field(default_factory=set)
    """The numbers of the lines whose text is accounted for."""

    def read(self) -> None:
        roles: list[Role | None] = [None]
        lists: list[list[_Item]] = []
        try:
            tokens = _markdown().parse("\n".join(self.lines), self._env)
        except (IndexError, KeyError, TypeError, ValueError, RecursionError) as problem:
            what = f"{type(problem).__name__}: {problem}"
            raise Unreadable(f"markdown-it fails on it ({what}); name it .txt") from problem
        table = False
        for at, token in enumerate(tokens):
            first, end = token.map or (0, 0)
            match token.type:
                case "heading_open":
                    self._heading(token, tokens[at + 1].content, roles[-1])
                case "inline" if at and tokens[at - 1].type == "paragraph_open" and not table:
                    self._paragraph(token, roles, lists)
                case "fence" | "html_block" | "code_block":
                    self._verbatim(token, roles[-1])
                case "table_open":
                    table = True
                    self._table(first, end, roles[-1])
                case "table_close":
                    table = False
                case "blockquote_open":
                    roles.append(roles[-1])
                case "container_note_open":
                    roles.append(Role.NOTE)
                    self._verbatim(token, Role.NOTE)
                case "footnote_reference_open":
                    roles.append(Role.NOTE)
                case "blockquote_close" | "container_note_close" | "footnote_reference_close":
                    roles.pop()
                case "bullet_list_open" | "ordered_list_open":
                    lists.append([])
                case "list_item_open":
                    ordered = f"{token.info}{token.markup} " if token.info else ""
                    lists[-1].append(_Item(marker=ordered))
                case "bullet_list_close" | "ordered_list_close":
                    self._answer(lists)
                case "hr":
                    self._read.update(range(first, end))
        self._unread()

    def _heading(self, token: Token, content: str, role: Role | None) -> None:
        first, end = token.map or (0, 0)
        self._read.update(range(first, end))
        # The underline of a heading is no text of it.
        inside = end - 1 if token.markup in ("=", "-") else end
        lines = self._inline(content, first)
        text = " ".join(line for _, line in lines)
        underlined = token.markup in ("=", "-")
        if underlined and (inside - first > 1 or is_sentence(text) or len(text) > _LONGEST_HEADING):
            self.blocks += paragraphs(lines, Block("", 0, role=role))
        elif text.strip():
            self.blocks.append(Block(text.strip(), first + 1, role=role or Role.HEADING))

    def _paragraph(
        self, token: Token, roles: list[Role | None], lists: Sequence[list[_Item]]
    ) -> None:
        first, end = token.map or (0, 0)
        self._read.update(range(first, end))
        content = token.content
        if _SHORTCODE.fullmatch(content):
            self.omitted.append(Omission(first + 1, content))
            return
        if (alert := _ALERT.match(content)) and len(roles) > 1:
            roles[-1] = Role.NOTE
            content = content[alert.end() :]
        item = lists[-1][-1] if lists and lists[-1] else None
        if item and item.marker:
            content, item.marker = item.marker + content, ""
        # A picture has a caption.
        role = roles[-1] or (Role.NOTE if _PICTURE.fullmatch(content) else None)
        found = paragraphs(self._inline(content, first), Block("", 0, role=role))
        if item:
            item.own += range(len(self.blocks), len(self.blocks) + len(found))
        self.blocks += found

    def _verbatim(self, token: Token, role: Role | None) -> None:
        """What stands between fences, after `:::`, or as HTML."""
        first, end = token.map or (0, 0)
        if token.type == "container_note_open":
            self._read.update((first, end - 1))
            self._kind(token.info, first)
            return
        self._read.update(range(first, end))
        if token.type == "html_block":
            from search.formats import html

            blocks, omitted = html.fragment(token.content, first + 1, self.row)
            self.blocks += [replace(block, role=block.role or role) for block in blocks]
            self.omitted += omitted
            self.row = 1 + max((block.row for block in blocks if block.row), default=self.row - 1)
            self.omitted += [
                Omission(first + 1, " ".join(comment.split()))
                for comment in _COMMENT.findall(token.content)
            ]
            return
        self._kind(token.info, first)
        inside = enumerate(token.content.split("\n"), first + 2)
        self.blocks += paragraphs(inside, Block("", 0, role=Role.NOTE))

    def _kind(self, info: str, first: int) -> None:
        kind = _KIND.match(info)
        if title := info[kind.end() if kind else 0 :].strip():
            self.blocks.append(Block(title, first + 1, role=Role.NOTE))

    def _table(self, first: int, end: int, role: Role | None) -> None:
        # Cells that have no head would be dropped, so the lines are divided here.
        self._read.update(range(first, end))
        rows = []
        for number in (first, *range(first + 2, end)):
            line = self.lines[number][_marks(self.lines[number]) :].strip()
            cells = _PIPE.split(line.removeprefix("|"))
            if len(cells) > 1 and not cells[-1].strip():
                cells.pop()
            like = Block("", 0, role=role or (Role.HEADING if number == first else None))
            rows.append(
                [
                    paragraphs(self._inline(cell.replace("\\|", "|").strip(), number), like)
                    for cell in cells
                ]
            )
        found, left_out = tables.blocks_of(rows, self.row)
        self.omitted += left_out
        self.row = 1 + max((block.row for block in found if block.row), default=self.row)
        self.blocks += found

    def _answer(self, lists: list[list[_Item]]) -> None:
        """Makes the one point under another a row with it, if it is in the other language."""
        items = lists.pop()
        above = lists[-1][-1] if lists and lists[-1] else None
        if above is None or len(above.own) != 1 or len(items) != 1 or len(items[0].own) != 1:
            return
        pair = (above.own[0], items[0].own[0])
        if len({language(self.blocks[at].text) for at in pair}) == 2:
            for at in pair:
                self.blocks[at] = replace(self.blocks[at], row=self.row)
            self.row += 1

    def _inline(self, content: str, first: int) -> list[tuple[int, str]]:
        """The lines of a text without its marks, with their numbers."""
        if "*" in content and _HAN.search(content):
            # CommonMark tells where bold ends by the space around it, which Chinese has not.
            content = _BOLD.sub(r"\2", content)
        if (
            not _INLINE.search(content)
            or len(content) > _LONGEST
            or content.count("[") > _MOST_BRACKETS
        ):
            shown = content
        else:
            inline = _markdown_inline().parseInline(content, self._env)[0].children or []
            inline, deleted = _undeleted(inline)
            shown = "".join(_shown(inline))
            left_out = [child.content for child in inline if child.content.startswith("<!--")]
            self.omitted += [Omission(first + 1, text) for text in (*left_out, *deleted) if text]
        return list(enumerate(shown.split("\n"), first + 1))

    def _unread(self) -> None:
        """Whatever line no token has is text all the same."""
        # Front matter is given as blank lines. Marks alone are no text.
        lost = [
            (number, line)
            for number, line in enumerate(self.lines)
            if number not in self._read and re.search(r"\w", line)
        ]
        for number, line in lost:
            self.doubts.append(Doubt(number + 1, "marks that cannot be read: taken as plain text"))
            self.blocks.append(Block(line.strip(), number + 1))
        if lost:
            self.blocks.sort(key=lambda block: block.line)


@cache
def _markdown_inline() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("strikethrough")
    return markdown.use(footnote_plugin, inline=False)


def _marks(line: str) -> int:
    found = _QUOTE_MARKS.match(line)
    return found.end() if found else 0


def _undeleted(tokens: Sequence[Token]) -> tuple[list[Token], list[str]]:
    """Inline tokens without those that are struck through, and the text of those."""
    kept: list[Token] = []
    deleted: list[str] = []
    depth = 0
    for token in tokens:
        depth += token.type == "s_open"
        if depth:
            deleted += _shown([token])
        else:
            kept.append(token)
        depth -= token.type == "s_close"
    return kept, deleted


def _shown(tokens: Sequence[Token]) -> Iterator[str]:
    """What is shown of inline tokens: their text, without marks, addresses and tags."""
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                yield "\n"
            case "image":
                yield "".join(_shown(token.children or []))
            case "html_inline":
                if re.match(r"<br\b", token.content, re.I):
                    yield "\n"
            case "text" | "text_special" | "code_inline":
                yield token.content
