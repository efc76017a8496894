"""Pages: the article of a page that was saved, and nothing of what stands around it.

What the page says is its article is believed: WeChat's `#js_content`,
`<article>`, `<main>`. Else the article is the innermost part of the page that
holds nearly all of its text outside links. Menus, forms, what is hidden and
what else is left out is kept apart for the report. (Extractors that are made
for crawling, such as trafilatura and readability, guess what can be spared of
the article itself, and do not say what they spared.)

>>> page = "<nav>Home</nav><article><h1>对话</h1><p>你好<br>Hello</p></article>"
>>> document = read(page.encode())
>>> [block.text for block in document.blocks], [omitted.text for omitted in document.omitted]
(['对话', '你好', 'Hello'], ['Home'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from search.analysis.english import HAN
from search.formats import tables
from search.formats.document import Document, Unreadable
from search.formats.encoding import decode
from search.formats.metadata import Metadata, iso_date
from search.formats.text import paragraphs
from search.model import Bilingual, Block, Lang, Omission, Role
from search.structure import language

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol p pre section
    summary table tbody td tfoot th thead title tr ul""".split()
)
_PARTS = frozenset("article body center div form main section table tbody td tr".split())
"""Elements that may hold an article."""
_ARTICLES = frozenset("article main section".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NOTES = frozenset("aside caption figcaption footer".split())
_NO_TEXT = frozenset("script style template".split())
_CHROME = frozenset(
    "audio button canvas dialog iframe input menu nav noscript object rp rt select svg "
    "textarea video".split()
)
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|breadcrumbs?|share|sharing|social|comments?|related|"
    r"recommend(?:ed|ation|ations)?|adverts?|ads?|pagination|cookies?|toolbar|banner|footer)(?:$|[\s_-])",
    re.I,
)
_CHROME_ROLES = frozenset("navigation banner contentinfo complementary search".split())
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)

_MOST = 0.9
"""The share of a page's text outside links that its article holds at least."""
_LITTLE = 0.2
"""The greatest share that a part may have that is left out for its name."""
_LINKS = 0.8
"""The share of links in the text of a list that leads elsewhere."""

_DEEPEST = 1_000
"""Elements within each other. Those who write pages need ten, and editors of them a hundred."""

_MOST_ELEMENTS = 500_000
_SHORT = 20
"""Characters of a text that may be Chinese without a Han character: a name, a number."""

_HAN = re.compile(f"[{HAN}]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE_BREAK = re.compile(
    rf"(?<=[{HAN}\u3000-\u303f\uff00-\uffef])[ \t\r\f]*\n\s*(?=[{HAN}\u3000-\u303f\uff00-\uffef])"
)
_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)
_WECHAT_TIME = re.compile(r"""\bvar\s+ct\s*=\s*["'](\d{10})["']""")
_CHINA = timedelta(hours=8)


def read(data: bytes) -> Document:
    """The article of a page; raises `Unreadable` if the page has no text."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    page = _parsed(decoded.text)
    reader = _Reader(_weights(page))
    article, trusted = _article(page, reader.weights)
    parts = [article]
    title = _title(page)
    if title is not None and title not in article.iter(title.tag):
        parts.append(title)
        reader.read(title)
    reader.read(article, trusted)
    titled = any(block.role is Role.HEADING for block in reader.blocks)
    metadata = _metadata(page, titled)
    reader.read_around(page, parts)
    if not reader.blocks:
        raise Unreadable("no text in the page but in its menus")
    return Document(
        "HTML",
        decoded.encoding,
        tuple(reader.blocks),
        metadata,
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
        raise Unreadable("no page: nothing in it")
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


# Which part of the page is the article?


@dataclass(frozen=True, slots=True)
class _Weight:
    """Characters of text in an element, and how many of them in links."""

    text: int = 0
    links: int = 0

    @property
    def own(self) -> int:
        return self.text - self.links


_Weights = dict[Any, _Weight]


def _weights(page: Any) -> _Weights:
    """The weight of each element; what is chrome by its tag weighs nothing."""
    weights: _Weights = {}
    inside: list[list[int]] = [[0, 0]]
    links = 0
    walk = etree.iterwalk(page, events=("start", "end"))
    skipped = None
    for event, element in walk:
        if event == "start":
            inside.append([0, 0])
            links += element.tag == "a"
            if _never_text(element):
                skipped = element
                walk.skip_subtree()
            else:
                _count(inside[-1], element.text, links)
            continue
        links -= element.tag == "a"
        text, linked = inside.pop()
        if element is skipped:
            skipped = None
        else:
            weights[element] = _Weight(text, linked)
            inside[-1][0] += text
            inside[-1][1] += linked
        _count(inside[-1], element.tail, links)
    return weights


def _count(weight: list[int], text: str | None, links: int) -> None:
    length = len("".join(text.split())) if text else 0
    weight[0] += length
    weight[1] += length * (links > 0)


def _article(page: Any, weights: _Weights) -> tuple[Any, bool]:
    """The article, and whether it is one by the word of the page's maker."""
    wechat = page.find(".//*[@id='js_content']")
    if wechat is not None:
        return wechat, True
    body = page.find("body")
    node = page if body is None else body
    named = sum(
        weights[element].own
        for element in node.iterdescendants()
        if element in weights and _CHROME_NAME.search(_names(element))
    )
    whole = weights.get(node, _Weight()).own
    said = [
        element
        for element in node.iterdescendants()
        if element in weights and _is_article(element) and weights[element].own > 0
    ]
    # Of several the innermost; but two articles on a page may be two languages.
    said = [element for element in said if weights[element].own >= 0.7 * max(1, whole - named)]
    if said:
        return min(said, key=lambda element: weights[element].own), False
    while True:
        parts = [child for child in node if child.tag in _PARTS and child in weights]
        inner = max(parts, key=lambda part: weights[part].own, default=None)
        if inner is None or weights[inner].own < _MOST * whole or not whole:
            return node, False
        node = inner


def _is_article(element: Any) -> bool:
    return (
        element.tag in ("article", "main")
        or element.get("role") == "main"
        or element.get("itemprop") == "articleBody"
    )


def _names(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _never_text(element: Any) -> bool:
    return (
        element.tag in _NO_TEXT
        or element.tag in _CHROME
        # What stands beside an article may be its own; what stands beside the page is not.
        or (element.tag in ("header", "footer", "aside") and not _is_inside(element, _ARTICLES))
        or element.get("role", "") in _CHROME_ROLES
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _is_inside(element: Any, tags: frozenset[str]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


# From elements to blocks.


@dataclass(slots=True)
class _Reader:
    """Blocks and omissions of a page, in order."""

    weights: _Weights
    row: int = 1
    blocks: list[Block] = field(default_factory=list)
    omitted: list[Omission] = field(default_factory=list)
    _pieces: list[tuple[int, str] | None] = field(default_factory=list)
    """What was read of a paragraph; `None` for the end of a line."""
    _line: int = 1

    def read(self, root: Any, trusted: bool = False) -> None:
        """Adds the blocks of an element; `trusted` says that no name in it is one of chrome."""
        whole = self.weights.get(root, _Weight()).text
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
                _never_text(element) or (not trusted and self._is_chrome(element, whole))
            ):
                self._omit(element)
            elif tag == "table" and _is_data(element):
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

    def _is_chrome(self, element: Any, whole: int) -> bool:
        weight = self.weights.get(element, _Weight())
        if _CHROME_NAME.search(_names(element)) and weight.text <= _LITTLE * whole:
            return True
        lists = element.tag in ("ul", "ol") and len(element) > 1
        return lists and weight.links >= _LINKS * max(1, weight.text)

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
            believed = block.lang is None or _may_be(block.lang, block.text)
            self.blocks.append(block if believed else replace(block, lang=None))

    def _table(self, table: Any) -> None:
        rows: list[list[list[Block]]] = []
        for row in table.iter("tr"):
            cells = []
            for cell in row.iter("td", "th"):
                inside = _Reader(self.weights, _line=self._line)
                inside.read(cell, trusted=True)
                self.omitted += inside.omitted
                self._line = inside._line
                role = Role.HEADING if cell.tag == "th" else None
                cells.append([replace(block, role=block.role or role) for block in inside.blocks])
            rows.append(cells)
        for caption in table.iter("caption"):
            self.read(caption)
        found = tables.blocks_of(rows, self.row)
        self.row = 1 + max((block.row for block in found if block.row), default=self.row)
        self.blocks += found

    def _omit(self, element: Any) -> None:
        pieces: list[str] = []
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, inner in walk:
            if event == "start" and inner.tag in _NO_TEXT:
                walk.skip_subtree()
            elif event == "start":
                pieces.append(inner.text or "")
            elif inner is not element:
                pieces.append(f" {inner.tail or ''}")
        self._omit_text(" ".join(pieces), element.sourceline)

    def _omit_text(self, text: str | None, line: int | None) -> None:
        if text and (plain := " ".join(text.split())):
            self.omitted.append(Omission(line or 1, plain))


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
    if element.tag in _HEADINGS:
        role = role or Role.HEADING
    elif element.tag in _NOTES and element is not root:
        role = Role.NOTE
    said = element.get("lang", "").lower() if element is not root else ""
    lang = next((lang for lang in Lang if said.startswith(lang.value)), outer.lang)
    return outer if (role, lang) == (outer.role, outer.lang) else Block("", 0, role=role, lang=lang)


def _may_be(said: Lang, text: str) -> bool:
    """Whether a text may be in the language that the page says it is in: pages say much."""
    return (language(text) if said is Lang.EN else said) is said and (
        said is Lang.EN or _HAN.search(text) is not None or len(text) <= _SHORT
    )


def _is_data(table: Any) -> bool:
    """Whether a table is one of rows and columns, and not there to place things on a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    return any(
        sum(1 for cell in row if cell.tag in ("td", "th") and "".join(cell.itertext()).strip()) > 1
        for row in table.iter("tr")
    )


# What the page says of itself.


def _title(page: Any) -> Any:
    """The element that has the title, if one does."""
    wechat = page.find(".//*[@id='activity-name']")
    titles = page.findall(".//h1")
    return wechat if wechat is not None else titles[0] if len(titles) == 1 else None


def _metadata(page: Any, titled: bool) -> Metadata:
    said = {
        str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): str(
            meta.get("content") or ""
        ).strip()
        for meta in page.iter("meta")
    }
    title = "" if titled else said.get("og:title") or (page.findtext("head/title") or "")
    title = " ".join(title.split())
    source = _text_of(page, "js_name") or said.get("og:site_name")
    return Metadata(
        title=Bilingual(**{language(title).value: title}) if title else Bilingual(),
        date=_published(page, said),
        source=source or None,
    )


def _published(page: Any, said: dict[str, str]) -> str | None:
    times = [
        *(said.get(name, "") for name in ("article:published_time", "datepublished", "pubdate")),
        *(said.get(name, "") for name in ("publishdate", "date", "dc.date", "dcterms.date")),
        _text_of(page, "publish_time"),
        *(str(time.get("datetime", "")) for time in page.iter("time")),
    ]
    for time in times:
        if time and (day := iso_date(time)):
            return day
    if page.find(".//*[@id='js_content']") is not None:
        for script in page.iter("script"):
            if found := _WECHAT_TIME.search(script.text or ""):
                return (datetime.fromtimestamp(int(found[1]), UTC) + _CHINA).date().isoformat()
    return None


def _text_of(page: Any, id: str) -> str:
    element = page.find(f".//*[@id='{id}']")
    return "" if element is None else " ".join("".join(element.itertext()).split())
