"""What an address asks for: the query and its switches."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, TypedDict

from flask import request
from werkzeug.exceptions import BadRequest

from search.results import Sort

LONGEST = 1_000
"""The most characters of a query that are searched."""

HITS = 10
LINES = 40
"""Lines of a concordance, if nothing is said."""
MOST_HITS = 100
FURTHEST = 1_000_000
COMPLETIONS = 8
"""How many are given if nothing is said, and how many may be asked for and skipped."""

_DIGITS = 7
"""No archive has a page whose number is longer: what is asked for beyond the last is the last."""


API: Final = "transcripts-api"
"""The blueprint of the interface for programs, in that of the pages: a name that no application
gives to its archive."""


class Switches(TypedDict):
    exact: bool
    exact_characters: bool
    one_language: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its switches and order, as the engine takes them and as a link repeats them."""

    query: str
    switches: Switches
    sort: Sort = Sort.RELEVANCE

    def args(self, query: str | None = None) -> dict[str, str]:
        """The arguments of a link that asks the same, or `query` instead, in the same way."""
        on = {name: "1" for name, value in self.switches.items() if value}
        order = {} if self.sort is Sort.RELEVANCE else {"sort": self.sort.value}
        return {"q": self.query if query is None else query} | on | order

    def switched(self, name: str) -> dict[str, str]:
        """The arguments of a link that asks the same with one switch the other way."""
        args = self.args()
        if name in args:
            del args[name]
            return args
        return args | {name: "1"}

    def sorted(self, sort: str) -> dict[str, str]:
        """The arguments of a link that asks the same in another order."""
        return replace(self, sort=Sort(sort)).args()


def by_program() -> bool:
    """Whether the interface for programs is asked, and not a page."""
    return (request.blueprint or "").endswith(f".{API}")


def asked() -> Asked:
    """What the address at hand asks for, however long."""
    switches = Switches(
        exact=_on("exact"),
        exact_characters=_on("exact_characters"),
        one_language=_on("one_language"),
    )
    order = request.args.get("sort", "")
    sort = Sort(order) if order in set(Sort) else Sort.RELEVANCE
    return Asked(request.args.get("q", ""), switches, sort)


def bounded() -> Asked:
    """What the address at hand asks for, if it is short enough to be searched."""
    what = asked()
    if len(what.query) > LONGEST:
        raise BadRequest(
            f"This query has {len(what.query):,} characters; {LONGEST:,} is the most that can be "
            "searched for. Shorten it to one sentence or a few words."
        )
    return what


def page_number() -> int:
    """The number of the page that is asked for: the first, if it is no number."""
    given = request.args.get("page", "1")
    return max(1, int(given[:_DIGITS])) if re.fullmatch(r"[0-9]+", given) else 1


def _on(name: str) -> bool:
    return request.args.get(name, "") not in {"", "0", "false"}
