"""What are the tokens of some passages, as columns of plain numbers?

The form in which tokens pass between processes and into the inverter: no
object a token.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from search.analysis import Analyzer, Printed, named
from search.index.schema import facets, packed
from search.model import Passage

BETWEEN_SIDES = 256
"""Positions between the sides of a passage: nothing that is near reaches that far."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The postings of some passages in a row, and where their positions begin in the texts.

    `printed[i]` is the number of something printed, which stands at
    `position[i]` of its passage; passage after passage, `counts` says how
    many of them each has. The tokens of number n are the next `sizes[n]` of
    `tokens`, which are places in `terms`. `starts` holds the code point at
    which each position begins, side after side; `sides` how many positions
    each side has, two a passage.
    """

    terms: tuple[str, ...]
    """Each with its field before it: see `search.analysis.named`."""
    tokens: array[int]
    sizes: array[int]
    printed: array[int]
    position: array[int]
    counts: array[int]
    starts: array[int]
    sides: array[int]
    packed: tuple[bytes, ...]
    """What is stored of each passage, if it is known here: see `schema.packed`."""

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self.counts)


def analyse(passages: Iterable[Passage], analyzer: Analyzer) -> Analysed:
    """The tokens of passages, with what each passage is."""
    collected = _Columns()
    kept: list[bytes] = []
    for passage in passages:
        kept.append(packed(passage))
        printed = [collected.single(named(field, value)) for field, value in facets(passage)]
        positions = [0] * len(printed)
        begin = 0
        for text in (passage.en, passage.zh):
            starts: Sequence[int] = ()
            if text:
                found = analyzer.postings(text, collected.numbers, begin)
                printed += found.printed
                positions += found.positions
                starts = found.starts
            collected.side(starts)
            begin = second_side(len(starts))
        collected.passage(printed, positions)
    return collected.analysed(tuple(kept))


def from_postings(postings: Iterable[tuple[int, int, str, str]], count: int) -> Analysed:
    """The same of `(document, position, field, term)`, without the texts."""
    collected = _Columns()
    printed: list[list[int]] = [[] for _ in range(count)]
    positions: list[list[int]] = [[] for _ in range(count)]
    together: dict[tuple[int, int], list[str]] = defaultdict(list)
    for document, position, field, term in postings:
        together[document, position].append(named(field, term))
    for (document, position), names in together.items():
        printed[document].append(collected.numbers.number(*names))
        positions[document].append(position)
    for document in range(count):
        collected.side(())
        collected.side(())
        collected.passage(printed[document], positions[document])
    return collected.analysed()


def second_side(english: int) -> int:
    """The first position of the Chinese side after so many English ones.

    >>> second_side(0), second_side(10)
    (0, 266)
    """
    return english + BETWEEN_SIDES if english else 0


class _Columns:
    def __init__(self) -> None:
        self.numbers = Printed()
        self.single = cache(self.numbers.number)
        """The number of a token that stands by itself."""
        self.printed, self.position, self.counts = array("I"), array("I"), array("I")
        self.starts, self.sides = array("I"), array("I")

    def passage(self, printed: Sequence[int], positions: Sequence[int]) -> None:
        self.printed.extend(printed)
        self.position.extend(positions)
        self.counts.append(len(printed))

    def side(self, starts: Sequence[int]) -> None:
        self.starts.extend(starts)
        self.sides.append(len(starts))

    def analysed(self, packed: tuple[bytes, ...] = ()) -> Analysed:
        names = self.numbers.names
        terms = {term: at for at, term in enumerate(dict.fromkeys(chain.from_iterable(names)))}
        tokens = array("I", map(terms.__getitem__, chain.from_iterable(names)))
        columns = (self.printed, self.position, self.counts, self.starts, self.sides)
        return Analysed(tuple(terms), tokens, array("I", map(len, names)), *columns, packed)
