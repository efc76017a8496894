"""What is asked? A tree of words, phrases, patterns and conditions.

`parser` makes it from what a person typed; `str` of a tree is a query that
is read as the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.model import Role

OPERATORS = frozenset({"AND", "OR", "NOT"})
FIELDS = ("speaker", "title", "in", "role", "lang", "date")


@dataclass(frozen=True, slots=True)
class Term:
    """A printed word, a compound, or a Chinese word; matched anywhere in the text."""

    text: str
    exact: bool = False
    fuzzy: int = 0
    """How many letters may differ."""

    def __str__(self) -> str:
        word = f'"{self.text}"' if self.text in OPERATORS else self.text
        return f"{'=' * self.exact}{word}{f'~{self.fuzzy}' if self.fuzzy else ''}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, or stand within `slop` words of each other in any order."""

    text: str
    exact: bool = False
    slop: int | None = None

    def __str__(self) -> str:
        near = "" if self.slop is None else f"~{self.slop}"
        return f'{"=" * self.exact}"{self.text}"{near}'


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word with `*` for any letters: at an end of Chinese, any characters or none."""

    pattern: str

    def __str__(self) -> str:
        return self.pattern


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on what the passage is, not on what it says."""

    field: str
    value: str

    def __str__(self) -> str:
        return f'{self.field}:"{self.value}"' if " " in self.value else f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Everything:
    """A lone `*`: every passage."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Not:
    node: Node

    def __str__(self) -> str:
        return f"NOT {_within(self.node)}"


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(map(_within, self.nodes))


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(_within, self.nodes))


@dataclass(frozen=True, slots=True)
class Most:
    """Juxtaposed words: those with all of them first, then those with most.

    `required` holds the filters and negations among them, which every passage
    has to meet.
    """

    words: tuple[Node, ...]
    required: tuple[Node, ...] = ()

    def __str__(self) -> str:
        required = (
            f"-{_within(node.node)}" if isinstance(node, Not) else str(node)
            for node in self.required
        )
        return " ".join((*map(_within, self.words), *required))


Leaf = Term | Phrase | Wildcard
Node = Leaf | Filter | Everything | Not | And | Or | Most


def _within(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or | Most) else str(node)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, its tree (`None` if nothing is asked), and how it was read."""

    text: str
    tree: Node | None

    @property
    def read_as(self) -> str:
        return "" if self.tree is None else str(self.tree)


def leaves(node: Node | None) -> Iterator[Leaf]:
    """The words, phrases and patterns that a hit may hold: all but what is negated."""
    match node:
        case Term() | Phrase() | Wildcard():
            yield node
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from leaves(child)
        case Most(words, required):
            for child in (*words, *required):
                yield from leaves(child)
        case _:
            return


def is_condition(field: str, value: str) -> bool:
    """Whether a field can be meant with this value; `role:` knows five, for example."""
    if field == "role":
        return value.lower() in set(Role)
    if field == "lang":
        return value.lower() in ("en", "zh", "both")
    if field == "date":
        return date_range(value) is not None
    return bool(re.search(r"\w", value))


_DATE = r"\d{4}(?:-\d\d){0,2}"
_SPAN = re.compile(
    rf"(?P<only>{_DATE})|(?P<first>{_DATE})?\.\.(?P<last>{_DATE})?|(?P<cmp>[<>]=?)(?P<at>{_DATE})"
)


def date_range(value: str) -> tuple[str, str] | None:
    """The first and last day meant by `2021`, `2021-05..2022`, `>=2021`; `None` if no date.

    >>> date_range("2021"), date_range("<2021-05"), date_range("soon")
    (('2021-00-00', '2021-99-99'), ('0000-00-00', '2021-05-00'), None)
    """
    found = _SPAN.fullmatch(value)
    if not found or value == "..":
        return None
    first, last = "0000-00-00", "9999-99-99"
    if found["only"]:
        return _earliest(found["only"]), _latest(found["only"])
    if found["cmp"]:
        at = found["at"]
        # No day is numbered 00 or 99, so that these bounds of a month leave out what lies beyond.
        day = int(at[8:]) if len(at) == 10 else None
        before = _earliest(at) if day is None else f"{at[:8]}{day - 1:02}"
        after = _latest(at) if day is None else f"{at[:8]}{day + 1:02}"
        later = {">": (after, last), ">=": (_earliest(at), last)}
        return {**later, "<": (first, before), "<=": (first, _latest(at))}[found["cmp"]]
    return (
        _earliest(found["first"]) if found["first"] else first,
        _latest(found["last"]) if found["last"] else last,
    )


def is_within(date: str, days: tuple[str, str]) -> bool:
    """Whether a day, or all of a month or year, lies within the first and the last day.

    >>> is_within("2021", ("2021-00-00", "2021-99-99")), is_within("2021", ("2021-05-00", "2022"))
    (True, False)
    """
    return days[0] <= _earliest(date) and _latest(date) <= days[1]


def _earliest(date: str) -> str:
    return date + "-00" * (2 - date.count("-"))


def _latest(date: str) -> str:
    return date + "-99" * (2 - date.count("-"))
