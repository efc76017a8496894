"""What are the tokens of some passages, as columns of plain numbers?

The form in which tokens pass between processes and into the inverter: no
object a token.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import Analyzer, named
from search.index.schema import facets
from search.model import Passage

BETWEEN_SIDES = 256
"""Positions between the sides of a passage: nothing that is near reaches that far."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The postings of some passages in a row, and where their positions begin in the texts.

    `term[i]` is the number of a term in `terms`, which stands at
    `position[i]` of its passage; passage after passage, `tokens` says how
    many of them each has. `starts` holds the code point at which each
    position begins, side after side; `sides` how many positions each side
    has, two a passage.
    """

    terms: tuple[str, ...]
    """Each with its field before it: see `search.analysis.named`."""
    term: array[int]
    position: array[int]
    tokens: array[int]
    starts: array[int]
    sides: array[int]

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self.tokens)


def analyse(passages: Iterable[Passage], analyzer: Analyzer) -> Analysed:
    """The tokens of passages, with what each passage is."""
    collected = _Columns()
    for passage in passages:
        names = [named(field, value) for field, value in facets(passage)]
        positions = [0] * len(names)
        begin = 0
        for text in (passage.en, passage.zh):
            starts: Sequence[int] = ()
            if text:
                found = analyzer.postings(text, begin)
                names += found.names
                positions += found.positions
                starts = found.starts
            collected.side(starts)
            begin = second_side(len(starts))
        collected.passage(names, positions)
    return collected.analysed()


def from_postings(postings: Iterable[tuple[int, int, str, str]], count: int) -> Analysed:
    """The same of `(document, position, field, term)`, without the texts."""
    names: list[list[str]] = [[] for _ in range(count)]
    positions: list[list[int]] = [[] for _ in range(count)]
    for document, position, field, term in postings:
        names[document].append(named(field, term))
        positions[document].append(position)
    collected = _Columns()
    for document in range(count):
        collected.side(())
        collected.side(())
        collected.passage(names[document], positions[document])
    return collected.analysed()


def second_side(english: int) -> int:
    """The first position of the Chinese side after so many English ones.

    >>> second_side(0), second_side(10)
    (0, 266)
    """
    return english + BETWEEN_SIDES if english else 0


class _Numbers(dict[str, int]):
    """A number for each term, in the order in which they are met."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _Columns:
    def __init__(self) -> None:
        self.numbers = _Numbers()
        self.term, self.position, self.tokens = array("I"), array("I"), array("I")
        self.starts, self.sides = array("I"), array("I")

    def passage(self, names: Sequence[str], positions: Sequence[int]) -> None:
        self.term.extend(map(self.numbers.__getitem__, names))
        self.position.extend(positions)
        self.tokens.append(len(names))

    def side(self, starts: Sequence[int]) -> None:
        self.starts.extend(starts)
        self.sides.append(len(starts))

    def analysed(self) -> Analysed:
        columns = (self.term, self.position, self.tokens, self.starts, self.sides)
        return Analysed(tuple(self.numbers), *columns)
