"""How do the words of a query read in the other language?

Each leaf of the tree is given the patterns of its counterparts, so that a
negated word is negated in both languages. Words in a row that are one term of
the lexicon (talent pool, 自动 驾驶) are widened as that term: what says all of
it stands for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.analysis import CHAR, STEM, WORD
from search.lexicon.inflection import forms
from search.lexicon.lookup import Lexicon
from search.lexicon.terms import Counterpart, Key, Source, key, lang_of
from search.matching import NEXT, SAME_WORD, Pattern
from search.model import Lang
from search.query import And, Leaf, Most, Node, Not, Or, Phrase, Term
from search.results import MarkKind
from search.weights import FLATTEN

LONGEST: Final = 3
"""Words in a row that are looked up as one term."""

MOST: Final = 8
"""Counterparts of a term that are searched: the ninth is a hundredth of the first."""

LEAST: Final = 0.02
"""A counterpart less likely than this is not searched: what it would find is an accident."""

LONGEST_NAME: Final = 4
"""Pieces that a name is put together of."""


@dataclass(frozen=True, slots=True)
class Widened:
    """A pattern that says what a leaf says, and the counterpart that it is made of."""

    pattern: Pattern
    counterpart: Counterpart


def widened(tree: Node | None, lexicon: Lexicon) -> Mapping[Leaf, tuple[Widened, ...]]:
    """The counterparts of each leaf that has some, the likeliest first."""
    found: dict[Leaf, tuple[Widened, ...]] = {}
    for row in _rows(tree):
        for leaves, term, counterparts in _said(row, lexicon):
            if isinstance(leaves[0], Phrase) and term not in lexicon:
                continue
            said = group(term, counterparts)
            for leaf in leaves:
                known = {other.pattern for other in found.get(leaf, ())}
                more = tuple(other for other in said if other.pattern not in known)
                found[leaf] = (*found.get(leaf, ()), *more)
    return {leaf: said for leaf, said in found.items() if said}


def _rows(node: Node | None) -> Iterator[Sequence[Term | Phrase]]:
    """The leaves that can be widened, those together that were typed next to each other."""
    match node:
        case Term(exact=False, fuzzy=0) | Phrase(exact=False, slop=None):
            yield [node]
        case Not(inner):
            yield from _rows(inner)
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _rows(child)
        case Most(words, required):
            row: list[Term | Phrase] = []
            for word in words:
                if isinstance(word, Term) and not word.exact and not word.fuzzy:
                    row.append(word)
                    continue
                if row:
                    yield row
                    row = []
                yield from _rows(word)
            if row:
                yield row
            for child in required:
                yield from _rows(child)


class _Said(NamedTuple):
    """Leaves that are one term together, and what says the same."""

    leaves: Sequence[Term | Phrase]
    term: Key
    counterparts: Sequence[Counterpart]

    @property
    def is_known(self) -> bool:
        """Whether more is known of it than how it sounds."""
        return any(at.source is not Source.SOUND for at in self.counterparts)


def _said(row: Sequence[Term | Phrase], lexicon: Lexicon) -> Iterator[_Said]:
    """The row in pieces: the longest that the lexicon knows as one term, from left to right.

    Of Chinese pieces that it does not know, the longest that sound like a
    name: the dictionary cuts 普契尼 into words that it is not made of.
    """
    pieces = list(_terms(row, lexicon))
    at = 0
    while at < len(pieces):
        for end in range(min(at + LONGEST_NAME, len(pieces)), at + 1, -1):
            span = pieces[at:end]
            name = tuple(part for piece in span for part in piece.term)
            if all(piece.is_known for piece in span) or not all(map(_is_han, span)):
                continue
            if alike := lexicon.sounding_like(name):
                yield _Said([leaf for piece in span for leaf in piece.leaves], name, alike)
                break
        else:
            end = at + 1
            yield pieces[at]
        at = end


def _is_han(piece: _Said) -> bool:
    return lang_of(piece.term) is Lang.ZH and isinstance(piece.leaves[0], Term)


def _terms(row: Sequence[Term | Phrase], lexicon: Lexicon) -> Iterator[_Said]:
    at = 0
    while at < len(row):
        for length in range(min(LONGEST, len(row) - at), 0, -1):
            leaves = row[at : at + length]
            term = tuple(part for leaf in leaves for part in key(leaf.text))
            if length == 1 or term in lexicon:
                yield _Said(leaves, term, lexicon.counterparts(term))
                break
        at += length


def group(term: Key, counterparts: Sequence[Counterpart]) -> tuple[Widened, ...]:
    """Those of the counterparts that are searched, each with its share."""
    if not term:
        return ()
    kept = [at for at in counterparts if at.weight >= LEAST and at.terms != term][:MOST]
    whole = sum(at.weight**FLATTEN for at in kept)
    return tuple(Widened(pattern(at.terms, at.weight**FLATTEN / whole), at) for at in kept)


def pattern(terms: Key, share: float) -> Pattern:
    """The terms of a counterpart in a row."""
    han = [lang_of((part,)) is Lang.ZH for part in terms]
    slots = tuple(
        frozenset({(CHAR, part)}) if of else frozenset((STEM, form) for form in forms(part))
        for part, of in zip(terms, han, strict=True)
    )
    steps = tuple(
        NEXT if han[at] or han[at + 1] or terms[at] == terms[at + 1] else SAME_WORD
        for at in range(len(terms) - 1)
    )
    word = (WORD, "".join(terms)) if all(han) else None
    return Pattern(slots, steps, word=word, kind=MarkKind.COUNTERPART, weight=share)
