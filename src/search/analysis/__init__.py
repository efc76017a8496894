"""What are the words, and where do they stand?

Read in this order: `normalize` (one character to one character), `scripts`
(which characters are words by themselves), `english`
(words, compounds, stems), `chinese` (jieba), then `Analyzer` here, which
walks a text once and gives its tokens. Every token is a slice of the text.

Four kinds of term share one numbering of positions. A position is a printed
Latin word or number, or one Han character:

    form   the exact form of a Latin word or number, and of the parts of a compound
    stem   the stem of each form
    char   a Han character
    word   a word that jieba found, at the position of its first character
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from search.analysis import chinese, english
from search.analysis.normalize import IGNORED, fold
from search.analysis.scripts import OTHER, is_han
from search.model import Token

__all__ = ["CHAR", "FIELDS", "FORM", "STEM", "VERSION", "WORD", "Analyzer", "Printed", "fold"]

VERSION = 3
"""Raised by every change that gives other tokens: an index of another version is stale."""

FORM, STEM, CHAR, WORD = FIELDS = ("form", "stem", "char", "word")

SEPARATOR = "\t"

T = TypeVar("T")

_PIECE = re.compile(
    rf"(?P<han> (?!{IGNORED}) [^{OTHER}]+ (?<!{IGNORED})) | (?=[^\W_]) (?:{english.WORD})",
    re.VERBOSE,
)
"""A run of Han characters or a printed Latin word."""


def named(field: str, term: str) -> str:
    """A term and its field as one string, which is hashed twice as fast as a pair.

    >>> named("char", "专").split(SEPARATOR)
    ['char', '专']
    """
    return f"{field}{SEPARATOR}{term}"


@dataclass(frozen=True, slots=True)
class Postings:
    """What is printed in a text, as columns: number `printed[i]` stands at `positions[i]`.

    `starts` has the code point at which each position begins.
    """

    printed: list[int]
    positions: list[int]
    starts: list[int]


class Printed:
    """Numbers what is printed, in the order in which it is met: a Latin word, a character, a
    Chinese word.

    `names[n]` are the tokens (see `named`) of number `n`, which share its
    position. So a text costs a look-up for each thing that is printed in it,
    and not one for each token.
    """

    def __init__(self) -> None:
        self.names: list[tuple[str, ...]] = []
        self.latin: dict[str, tuple[int, int] | None] = _Numbered(self._latin)
        self.chars: dict[str, int] = _Numbered(lambda char: self.number(named(CHAR, char)))
        self.words: dict[str, int] = _Numbered(lambda word: self.number(named(WORD, word)))

    def number(self, *names: str) -> int:
        """A new number for something of which these are the tokens."""
        self.names.append(names)
        return len(self.names) - 1

    def _latin(self, printed: str) -> tuple[int, int] | None:
        """The number of a Latin word, and where its first token begins; `None` if it has none."""
        found = (_known if len(printed) <= _SHORT else _latin_names)(printed)
        return found and (self.number(*found.names), found.start)


class _Numbered(dict[str, T]):
    """Numbers a text when it is first asked for."""

    def __init__(self, number: Callable[[str], T]) -> None:
        self._number = number

    def __missing__(self, text: str) -> T:
        found = self[text] = self._number(text)
        return found


class Analyzer:
    """Turns text into tokens, the same for what is indexed and what is asked.

    `words` are the editors' own Chinese words, in either script. Words that
    are not Han throughout do nothing here. With a `vocabulary` it knows the
    words of one archive only (see `chinese.Cutter`, as for `by`). Threads may
    share an analyzer.
    """

    def __init__(
        self,
        words: Iterable[str] = (),
        vocabulary: chinese.Vocabulary | None = None,
        by: str = chinese.JIEBA,
    ) -> None:
        folded = sorted({fold(word.strip()) for word in words})
        self.words = tuple(word for word in folded if _is_run(word))
        self.cutter = chinese.Cutter(self.words, vocabulary, by)

    @property
    def fingerprint(self) -> str:
        """Names this way to analyse: version, what cuts, and the editors' words."""
        seen = "\n".join((str(VERSION), chinese.version(self.cutter.by), *self.words))
        return hashlib.blake2b(seen.encode(), digest_size=8).hexdigest()

    def within(self, texts: Iterable[str], known: chinese.Vocabulary) -> Analyzer:
        """The same for some texts alone, without loading the dictionary: see `Cutter.standing`."""
        pieces = (piece for text in texts for piece in _PIECE.finditer(fold(text)) if piece["han"])
        runs = (piece[0].replace(IGNORED, "") for piece in pieces)
        return Analyzer(self.words, self.cutter.standing(runs, known), self.cutter.by)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of `text`, by position.

        >>> for token in Analyzer().tokens("AI專利"):
        ...     print(token.field, token.term, token.position)
        form ai 0
        stem ai 0
        char 专 1
        word 专利 1
        char 利 2
        """
        folded = fold(text)
        tokens: list[Token] = []
        position = 0
        for piece in _PIECE.finditer(folded):
            start, end = piece.span()
            if piece["han"]:
                position = self._han(folded, start, end, position, tokens)
            else:
                known = len(tokens)
                _latin(text[start:end], start, position, tokens)
                position += len(tokens) > known
        return tokens

    def postings(self, text: str, printed: Printed, begin: int = 0) -> Postings:
        """The same as columns, without an object a token. Positions count from `begin`."""
        folded = fold(text)
        latin, chars, words = printed.latin, printed.chars, printed.words
        numbers: list[int] = []
        positions: list[int] = []
        starts: list[int] = []
        for piece in _PIECE.finditer(folded):
            start, end = piece.span()
            position = begin + len(starts)
            if not piece["han"]:
                if found := latin[text[start:end]]:
                    numbers.append(found[0])
                    positions.append(position)
                    starts.append(start + found[1])
                continue
            run, places = _characters(folded, start, end)
            numbers += map(chars.__getitem__, run)
            positions += range(position, position + len(run))
            starts += places
            for word, first, _ in self.cutter.words(run):
                numbers.append(words[word])
                positions.append(position + first)
        return Postings(numbers, positions, starts)

    def tokens_at(self, text: str, places: Iterable[tuple[int, int]]) -> list[Token]:
        """Of the tokens of `text` those of some positions, without the words that jieba finds.

        `places` gives each position with the code point at which it begins.
        """
        folded = fold(text)
        tokens: list[Token] = []
        for position, start in places:
            piece = _PIECE.match(folded, start)
            assert piece is not None, f"no word begins at {start} of {text!r}"
            if piece["han"]:
                tokens.append(Token(CHAR, folded[start], position, start, start + 1))
            else:
                _latin(text[start : piece.end()], start, position, tokens)
        return tokens

    def _han(self, folded: str, start: int, end: int, position: int, tokens: list[Token]) -> int:
        """Adds the tokens of one run of Han characters; gives the position after it."""
        run, places = _characters(folded, start, end)
        words: dict[int, list[tuple[str, int]]] = {}
        for word, first, last in self.cutter.words(run):
            words.setdefault(first, []).append((word, last - first))
        for offset, at in enumerate(places):
            tokens.append(Token(CHAR, run[offset], position + offset, at, at + 1))
            for word, width in words.get(offset, ()):
                last = places[offset + width - 1] + 1
                tokens.append(Token(WORD, word, position + offset, at, last, width))
        return position + len(places)


def _characters(folded: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """A run of Han characters without what is ignored in it, and the place of each."""
    run = folded[start:end]
    if IGNORED not in run:
        return run, range(start, end)
    return run.replace(IGNORED, ""), [at for at in range(start, end) if folded[at] != IGNORED]


def _latin(printed: str, start: int, position: int, tokens: list[Token]) -> None:
    """Adds the tokens of the printed word that begins at `start`."""
    for term, a, b, part in english.compound(printed):
        tokens.append(Token(FORM, term, position, start + a, start + b, part=part))
        tokens.append(Token(STEM, english.stem(term), position, start + a, start + b, part=part))


class _Latin(NamedTuple):
    names: tuple[str, ...]
    start: int


def _latin_names(printed: str) -> _Latin | None:
    """The names of a printed word's tokens, and where the first begins in it."""
    found: list[Token] = []
    _latin(printed, 0, 0, found)
    if not found:
        return None
    return _Latin(tuple(named(token.field, token.term) for token in found), found[0].start)


_SHORT = 32
_known = lru_cache(maxsize=100_000)(_latin_names)
"""The same for words of at most so many characters, each worked out once: words come again."""


def _is_run(word: str) -> bool:
    """Whether a word is of Han characters throughout; some between them may be ignored."""
    outer = word[:1] + word[-1:]
    return bool(word) and IGNORED not in outer and all(map(is_han, word.replace(IGNORED, "")))
