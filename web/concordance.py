"""The concordance: every place of a query on a line, the words around it to its left and right."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request

from search.concordance import Concordance, Line, Order
from search.model import Lang
from search.results import Mark

from . import conversion
from .asked import LINES, Asked, bounded, page_number
from .conversion import Characters
from .languages import render
from .sentences import Side, sides

if TYPE_CHECKING:
    from search import Archive


@dataclass(frozen=True, slots=True)
class View:
    """Which lines are asked for: without `lang`, those of the language that has more."""

    what: Asked
    lang: Lang | None
    order: Order

    @property
    def query(self) -> str:
        return self.what.query

    def args(self, **other: str) -> dict[str, str]:
        """The arguments of a link to the same, but for `other`."""
        lang = {"lang": self.lang.value} if self.lang else {}
        order = {} if self.order is Order.POSITION else {"sort": self.order.value}
        return self.what.args() | lang | order | other


@dataclass(frozen=True, slots=True)
class Shown:
    """A line, and its passage on both sides with the one place marked."""

    line: Line
    sides: tuple[Side, ...]


def concordance(archive: Archive) -> str:
    """The lines of a query; without one, a box to ask."""
    view, characters = asked(), conversion.chosen()
    page, last = page_number(), 1
    found: Concordance | None = None
    if view.query.strip():
        found = _found(archive, view, page)
        last = max(1, math.ceil(found.total / LINES))
        if page > last:
            page = last
            found = _found(archive, view, page)
    return render(
        "transcripts/concordance.html",
        what=view.what,
        view=view,
        found=found,
        lines=[shown(line, characters) for line in found.lines] if found else [],
        characters=characters,
        page=page,
        last=last,
    )


def asked() -> View:
    """What the address at hand asks for."""
    lang, order = (request.args.get(name, "") for name in ("lang", "sort"))
    return View(
        bounded(),
        Lang(lang) if lang in set(Lang) else None,
        Order(order) if order in set(Order) else Order.POSITION,
    )


def shown(line: Line, characters: Characters) -> Shown:
    passage, title = characters.of_passage(line.passage), characters.of_name(line.title)
    mark = Mark(line.start, line.end, line.kind)
    return Shown(
        replace(line, passage=passage, title=title),
        sides(passage, {line.lang: (mark,)}, zh=characters.tag),
    )


def _found(archive: Archive, view: View, page: int) -> Concordance:
    return archive.concordance(
        view.query,
        lang=view.lang,
        order=view.order,
        limit=LINES,
        offset=(page - 1) * LINES,
        **view.what.switches,
    )
