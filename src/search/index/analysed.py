"""What are the tokens of a transcript, as columns of plain numbers?

The form in which tokens pass between processes and into the inverter: no
object a token.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis import Analyzer
from search.index.schema import facets
from search.model import Token, Transcript

BETWEEN_SIDES = 256
"""Positions between the sides of a passage: nothing that is near reaches that far."""

SEPARATOR = "\t"


@dataclass(frozen=True, slots=True)
class Analysed:
    """The postings of some passages in a row, and where their positions begin in the texts.

    `term[i]` is the number of a term in `terms`, which stands in passage
    `document[i]` (counted from 0) at `position[i]`; documents ascend, and in
    each the positions. `starts` holds the code point at which each position
    begins, side after side; `sides` how many positions each side has, two a
    passage.
    """

    count: int
    terms: tuple[str, ...]
    """Each with its field before it: see `named`."""
    term: array[int]
    document: array[int]
    position: array[int]
    starts: array[int]
    sides: array[int]


def analyse(transcript: Transcript, analyzer: Analyzer) -> Analysed:
    """The tokens of a transcript's passages, with what each passage is."""
    collected = _Columns()
    for number, passage in enumerate(transcript.passages):
        for field, value in facets(passage):
            collected.add(field, value, number, 0)
        begin = 0
        for text in (passage.en, passage.zh):
            tokens = analyzer.tokens(text) if text else ()
            for token in tokens:
                collected.add(token.field, token.term, number, begin + token.position)
            begin = second_side(collected.side(tokens))
    return collected.analysed(len(transcript.passages))


def from_postings(postings: Iterable[tuple[int, int, str, str]], count: int) -> Analysed:
    """The same of `(document, position, field, term)`, in order, without the texts."""
    collected = _Columns()
    for document, position, field, term in postings:
        collected.add(field, term, document, position)
    for _ in range(2 * count):
        collected.side(())
    return collected.analysed(count)


def second_side(english: int) -> int:
    """The first position of the Chinese side after so many English ones.

    >>> second_side(0), second_side(10)
    (0, 266)
    """
    return english + BETWEEN_SIDES if english else 0


def named(field: str, text: str) -> str:
    """A term and its field as one string, which is hashed twice as fast as a pair.

    >>> named("char", "专").split(SEPARATOR)
    ['char', '专']
    """
    return f"{field}{SEPARATOR}{text}"


class _Columns:
    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.term, self.document, self.position = array("I"), array("I"), array("I")
        self.starts, self.sides = array("I"), array("I")

    def add(self, field: str, text: str, document: int, position: int) -> None:
        self.term.append(self.numbers.setdefault(named(field, text), len(self.numbers)))
        self.document.append(document)
        self.position.append(position)

    def side(self, tokens: Iterable[Token]) -> int:
        """Adds the places of a side; gives the number of its positions."""
        starts = list(_starts(tokens))
        self.starts.extend(starts)
        self.sides.append(len(starts))
        return len(starts)

    def analysed(self, count: int) -> Analysed:
        columns = (self.term, self.document, self.position, self.starts, self.sides)
        return Analysed(count, tuple(self.numbers), *columns)


def _starts(tokens: Iterable[Token]) -> Iterator[int]:
    """Where each position begins: its first token is the whole of what stands there."""
    expected = 0
    for token in tokens:
        if token.position == expected:
            yield token.start
            expected += 1
