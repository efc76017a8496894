"""A query as every engine can be given it: the terms to look for, as the product works them out.

A Chinese word or substring is a row of characters. That is all that decides
what the product finds too; that a word as jieba cuts the text counts for more
there has no equal in the other engines. Nor has it that two words of a phrase
may be parts of one compound, which share a position: what the queries picked
here find does not hang on it, or the numbers found would differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.matching import Beginning, Pattern
from search.query import And, Leaf, Most, Node, Or, Phrase, Term, Wildcard


@dataclass(frozen=True, slots=True)
class Row:
    """Terms of a field that follow each other; or one term."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any term of a field that begins so."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Every:
    of: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Either:
    of: tuple[Form, ...]


Form = Row | Prefix | Every | Either

Patterns = Callable[[Leaf], Sequence[Pattern]]


def form(node: Node, patterns: Patterns) -> Form:
    """The form of a query; raises `ValueError` for one that other engines cannot be asked."""
    match node:
        case Term() | Phrase() | Wildcard():
            return _either([_row(pattern) for pattern in patterns(node)])
        case And(nodes):
            return Every(tuple(form(inner, patterns) for inner in nodes))
        case Or(nodes) | Most(nodes, ()):
            # Juxtaposed words find what OR finds, in another order.
            return _either([form(inner, patterns) for inner in nodes])
    raise ValueError(f"{node} has no equal in the other engines")


def _either(forms: Sequence[Form]) -> Form:
    return forms[0] if len(forms) == 1 else Either(tuple(forms))


def _row(pattern: Pattern) -> Form:
    match pattern.slots:
        case (Beginning(field, prefix),):
            return Prefix(field, prefix)
    held = [slot for slot in pattern.slots if not isinstance(slot, Beginning) and len(slot) == 1]
    fields, terms = zip(*(next(iter(slot)) for slot in held), strict=True)
    follow = pattern.slop is None and all(1 in steps for steps in pattern.steps)
    if len(held) < len(pattern.slots) or len(set(fields)) > 1 or not follow:
        raise ValueError(f"{pattern} is no row of terms of one field")
    return Row(fields[0], terms)
