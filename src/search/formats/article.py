"""Which part of a page is its article, and what does the page say of itself?

What the page says is its article is believed: WeChat's `#js_content`,
`<article>`, `<main>`. Else the article is the innermost part of the page that
holds nearly all of its text outside links. (Extractors that are made for
crawling, such as trafilatura and readability, are there to leave out what
looks spare, and do not say what they left.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from search.formats.metadata import Metadata, iso_date
from search.model import Bilingual
from search.structure import language

NO_TEXT = frozenset("script style template".split())
"""Elements whose text is for programs."""

_PARTS = frozenset("article body center div form main section table tbody td tr".split())
"""Elements that may hold an article."""
_ARTICLES = frozenset("article main section".split())
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

_WECHAT_TIME = re.compile(r"""\bvar\s+ct\s*=\s*["'](\d{10})["']""")
_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Weight:
    """Characters of text in an element, and how many of them in links."""

    text: int = 0
    links: int = 0

    @property
    def own(self) -> int:
        return self.text - self.links


Weights = dict[Any, Weight]


def weights_of(page: Any) -> Weights:
    """The weight of each element; what is chrome by its tag weighs nothing."""
    weights: Weights = {}
    inside: list[list[int]] = [[0, 0]]
    links = 0
    walk = etree.iterwalk(page, events=("start", "end"))
    skipped = None
    for event, element in walk:
        if event == "start":
            inside.append([0, 0])
            links += element.tag == "a"
            if is_no_text(element):
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
            weights[element] = Weight(text, linked)
            inside[-1][0] += text
            inside[-1][1] += linked
        _count(inside[-1], element.tail, links)
    return weights


def _count(weight: list[int], text: str | None, links: int) -> None:
    length = len("".join(text.split())) if text else 0
    weight[0] += length
    weight[1] += length * (links > 0)


def article(page: Any, weights: Weights) -> tuple[Any, bool]:
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
    whole = weights.get(node, Weight()).own
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
        if inner is None or weights[inner].own < _MOST * whole or not whole or is_data(inner):
            return node, False
        node = inner


def is_chrome(element: Any, weights: Weights, whole: int) -> bool:
    """Whether a part of an article of a weight is none of its text, by its name or its links."""
    weight = weights.get(element, Weight())
    if _CHROME_NAME.search(_names(element)) and weight.text <= _LITTLE * whole:
        return True
    lists = element.tag in ("ul", "ol") and len(element) > 1
    return lists and weight.links >= _LINKS * max(1, weight.text)


def is_data(table: Any) -> bool:
    """Whether a table is one of rows and columns, and not there to place things on a page."""
    if table.tag != "table" or next(table.iterdescendants("table"), None) is not None:
        return False
    return any(
        sum(1 for cell in row if cell.tag in ("td", "th") and "".join(cell.itertext()).strip()) > 1
        for row in table.iter("tr")
    )


def _is_article(element: Any) -> bool:
    return (
        element.tag in ("article", "main")
        or element.get("role") == "main"
        or element.get("itemprop") == "articleBody"
    )


def _names(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def is_no_text(element: Any) -> bool:
    """Whether an element is a menu, a form, hidden or the like, wherever it stands."""
    return (
        element.tag in NO_TEXT
        or element.tag in _CHROME
        # What stands beside an article may be its own; what stands beside the page is not.
        or (element.tag in ("header", "footer", "aside") and not _is_inside(element, _ARTICLES))
        or element.get("role", "") in _CHROME_ROLES
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _is_inside(element: Any, tags: frozenset[str]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def title(page: Any) -> Any:
    """The element that has the title, if one does."""
    wechat = page.find(".//*[@id='activity-name']")
    titles = page.findall(".//h1")
    return wechat if wechat is not None else titles[0] if len(titles) == 1 else None


def metadata(page: Any, titled: bool) -> Metadata:
    """What a page says of its article; its title only if no heading does."""
    said = {
        str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): str(
            meta.get("content") or ""
        ).strip()
        for meta in page.iter("meta")
    }
    name = "" if titled else said.get("og:title") or (page.findtext("head/title") or "")
    name = " ".join(name.split())
    source = _text_of(page, "js_name") or said.get("og:site_name")
    return Metadata(
        title=Bilingual(**{language(name).value: name}) if name else Bilingual(),
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
