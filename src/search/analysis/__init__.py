"""What are the words, and where do they stand?

Read in this order: `normalize` (one character to one character), `english`
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
from collections.abc import Iterable

from search.analysis import chinese, english
from search.analysis.normalize import IGNORED, fold
from search.model import Token

__all__ = ["CHAR", "FIELDS", "FORM", "STEM", "VERSION", "WORD", "Analyzer", "fold"]

VERSION = 2
"""Raised by every change that gives other tokens: an index of another version is stale."""

FORM, STEM, CHAR, WORD = FIELDS = ("form", "stem", "char", "word")

_HAN_RUN = re.compile(f"[{english.HAN}](?:[{english.HAN}{IGNORED}]*[{english.HAN}])?")
_NEXT = re.compile(rf"[{english.HAN}]|[^\W_]")


class Analyzer:
    """Turns text into tokens, the same for what is indexed and what is asked.

    `words` are the editors' own Chinese words, in either script. Words that
    are not Han throughout do nothing here. With a `vocabulary` it knows the
    words of one archive only (see `chinese.Cutter`). Threads may share an
    analyzer.
    """

    def __init__(
        self, words: Iterable[str] = (), vocabulary: chinese.Vocabulary | None = None
    ) -> None:
        folded = sorted({fold(word.strip()) for word in words})
        self.words = tuple(word for word in folded if _HAN_RUN.fullmatch(word))
        self.cutter = chinese.Cutter(self.words, vocabulary)

    @property
    def fingerprint(self) -> str:
        """Names this way to analyse: version, jieba and the editors' words."""
        seen = "\n".join((str(VERSION), chinese.version(), *self.words))
        return hashlib.blake2b(seen.encode(), digest_size=8).hexdigest()

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
        position = at = 0
        while found := _NEXT.search(folded, at):
            start = found.start()
            if han := _HAN_RUN.match(folded, start):
                position = self._han(folded, start, han.end(), position, tokens)
                at = han.end()
                continue
            known = len(tokens)
            at = self._latin(text, folded, start, position, tokens)
            position += len(tokens) > known
        return tokens

    def tokens_at(self, text: str, places: Iterable[tuple[int, int]]) -> list[Token]:
        """Of the tokens of `text` those of some positions, without the words that jieba finds.

        `places` gives each position with the code point at which it begins.
        """
        folded = fold(text)
        tokens: list[Token] = []
        for position, start in places:
            if _HAN_RUN.match(folded, start):
                tokens.append(Token(CHAR, folded[start], position, start, start + 1))
            else:
                self._latin(text, folded, start, position, tokens)
        return tokens

    def _latin(self, text: str, folded: str, start: int, position: int, tokens: list[Token]) -> int:
        """Adds the tokens of the printed word that begins at `start`; gives its end."""
        found = english.match_word(folded, start)
        assert found is not None, f"{folded[start]!r} is a letter that begins no word"
        for term, a, b, part in english.compound(text, folded, start, found.end()):
            tokens.append(Token(FORM, term, position, a, b, part=part))
            tokens.append(Token(STEM, english.stem(term), position, a, b, part=part))
        return found.end()

    def _han(self, folded: str, start: int, end: int, position: int, tokens: list[Token]) -> int:
        """Adds the tokens of one run of Han characters; gives the position after it."""
        places = [at for at in range(start, end) if folded[at] != IGNORED]
        run = "".join(folded[at] for at in places)
        words: dict[int, list[tuple[str, int]]] = {}
        for word, first, last in self.cutter.words(run):
            words.setdefault(first, []).append((word, last - first))
        for offset, at in enumerate(places):
            tokens.append(Token(CHAR, run[offset], position + offset, at, at + 1))
            for word, width in words.get(offset, ()):
                last = places[offset + width - 1] + 1
                tokens.append(Token(WORD, word, position + offset, at, last, width))
        return position + len(places)


def is_han(char: str) -> bool:
    """Whether a folded character is a word by itself."""
    return _HAN_RUN.fullmatch(char) is not None
