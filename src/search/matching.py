"""What in the index answers a word of the query?

A leaf of the query tree becomes one or more *patterns*: rows of slots, each
slot a set of terms of which one has to stand there. The searcher looks for
patterns in the postings of the archive, the highlighter in the tokens of one
passage, so that what is found and what is marked cannot differ.

>>> for pattern in patterns(Term("ISO9001"), Analyzer(), lambda leaf: []):
...     print([sorted(slot) for slot in pattern.slots])
[[('stem', 'iso9001')]]
[[('stem', 'iso')], [('stem', '9001')]]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from math import prod
from typing import assert_never, cast

from search.analysis import CHAR, FORM, STEM, WORD, Analyzer, fold
from search.analysis.english import run_together
from search.model import Token
from search.query import Leaf, Phrase, Term, Wildcard
from search.results import MarkKind


@dataclass(frozen=True, slots=True)
class Beginning:
    """All terms of a field that begin with a prefix."""

    field: str
    prefix: str

    def __contains__(self, term: object) -> bool:
        field, text = cast(tuple[str, str], term)
        return field == self.field and text.startswith(self.prefix)


Slot = frozenset[tuple[str, str]] | Beginning
"""Terms, as (field, term), any one of which fills the slot."""

SAME_WORD = range(2)
"""Steps between two parts of a compound, which share a position where they are printed as one."""
NEXT = range(1, 2)
WITHIN_RUN = range(1, 6)
"""Steps over a `*` inside Chinese: up to four characters."""

_MOST_SPELLINGS = 16
"""Ways to read a phrase of many compounds, each whole or in parts; past it all are read alike."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Slots in a row; `steps[i]` are the distances allowed from slot i to slot i + 1.

    With `slop`, the slots may stand in any order within that many words more
    than they take themselves. `word` is the same as a jieba word, if it is
    one: a match that it confirms counts for more than a substring.
    """

    slots: tuple[Slot, ...]
    steps: tuple[range, ...] = ()
    slop: int | None = None
    word: tuple[str, str] | None = None
    kind: MarkKind = MarkKind.MATCH
    weight: float = 1.0

    @property
    def term(self) -> tuple[str, str] | None:
        """The one term of the index that the pattern is, if it is no more than that."""
        if len(self.slots) > 1 or self.word or self.weight != 1.0:
            return None
        (slot,) = self.slots
        if isinstance(slot, Beginning) or len(slot) > 1:
            return None
        return next(iter(slot), None)


FormsLike = Callable[[Term | Wildcard], Sequence[str]]
"""Gives the exact forms of the archive that a wildcard or a fuzzy word stands for."""


def patterns(leaf: Leaf, analyzer: Analyzer, forms_like: FormsLike) -> tuple[Pattern, ...]:
    """The patterns of a leaf: a passage with any of them has the leaf."""
    match leaf:
        case Term(fuzzy=fuzzy) if fuzzy:
            return (_any_of(forms_like(leaf)),)
        case Term(text, exact):
            found = _spelt(analyzer.tokens(text), exact)
            word = fold(text)
            return tuple(
                Pattern(p.slots, p.steps, word=(WORD, word)) if is_han(p) else p for p in found
            )
        case Phrase(text, exact, slop):
            found = _spelt(analyzer.tokens(text), exact)
            return tuple(Pattern(p.slots, p.steps, slop) for p in found)
        case Wildcard(pattern):
            return _wildcard(leaf, pattern, analyzer, forms_like)
    assert_never(leaf)


def _spelt(tokens: Sequence[Token], exact: bool) -> list[Pattern]:
    """A row of words, each compound among them whole or in its parts."""
    latin = FORM if exact else STEM
    choices: list[list[tuple[Token, ...]]] = []
    for _, found in groupby(tokens, key=lambda token: token.position):
        here = [token for token in found if token.field in (CHAR, latin)]
        whole = tuple(token for token in here if not token.part)
        parts = tuple(token for token in here if token.part)
        # `AI+` has one part, AI, and is more than it; `4-1` has two and is not the number 41.
        choices.append([row for row in (whole, parts) if row and (len(row) > 1 or row is whole)])
    if prod(map(len, choices)) <= _MOST_SPELLINGS:
        spellings = list(product(*choices))
    else:
        spellings = [tuple(c[0] for c in choices), tuple(c[-1] for c in choices)]
    return [_row([token for word in spelling for token in word]) for spelling in spellings]


def _row(tokens: Sequence[Token]) -> Pattern:
    steps: list[range] = []
    for one, other in pairwise(tokens):
        both_latin = one.field != CHAR and other.field != CHAR
        steps.append(SAME_WORD if both_latin and one.term != other.term else NEXT)
    return Pattern(tuple(frozenset({(t.field, t.term)}) for t in tokens), tuple(steps))


def _wildcard(
    leaf: Wildcard, pattern: str, analyzer: Analyzer, forms_like: FormsLike
) -> tuple[Pattern, ...]:
    pieces = [analyzer.tokens(piece) for piece in pattern.split("*") if piece]
    chars = [[token for token in piece if token.field == CHAR] for piece in pieces]
    if not any(chars):
        prefix, _, rest = normal_pattern(leaf).partition("*")
        if prefix and not rest:
            return (Pattern((Beginning(FORM, prefix),)),)
        return (_any_of(forms_like(leaf)),)
    slots: list[Slot] = []
    steps: list[range] = []
    for piece in filter(None, chars):
        steps += [WITHIN_RUN] * bool(slots) + [NEXT] * (len(piece) - 1)
        slots += [frozenset({(CHAR, token.term)}) for token in piece]
    return (Pattern(tuple(slots), tuple(steps)),)


def _any_of(forms: Sequence[str]) -> Pattern:
    return Pattern((frozenset((FORM, form) for form in forms),))


def is_han(pattern: Pattern) -> bool:
    """Whether all of its terms are Han characters."""
    return all(
        not isinstance(slot, Beginning) and all(field == CHAR for field, _ in slot)
        for slot in pattern.slots
    )


def normal_pattern(wildcard: Wildcard) -> str:
    """A Latin pattern as the forms it is compared with are written."""
    return run_together(fold(wildcard.pattern))
