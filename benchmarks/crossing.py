"""A search that crosses from one language to the other by the lexicon alone.

Probabilistic structured queries (Darwish and Oard, Probabilistic Structured
Query Methods, 2003): the counterparts of a word are one term of BM25, which
stands in a passage as often as they do, each by its share, and in as many
passages. It is here to measure the lexicon by, before and beside the search
of the product.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from search.analysis import CHAR, STEM, WORD, Analyzer, chinese
from search.evaluate import Evaluator
from search.index.keys import Scores
from search.index.reader import Shelf
from search.lexicon import Counterpart, Lexicon, Source
from search.lexicon.terms import Key, key, lang_of
from search.matching import NEXT, SAME_WORD, Pattern
from search.model import Lang
from search.parser import parse
from search.query import Term, leaves

K1: Final = 0.8
B: Final = 0.75
"""A counterpart that comes again says less than a word that comes again."""

FLATTEN: Final = 0.4
"""The power that probabilities are raised to: what is likely elsewhere need not be here."""

PIECES: Final = 0.5
"""What the known pieces of an unknown word weigh."""

CHARACTERS: Final = 0.7
"""What the characters of Chinese counterparts weigh beside the words: 攻击 finds 袭击 a little."""

EACH_CHARACTER: Final = 0.05
"""What the translations of a Chinese word's characters weigh beside its own."""

COORDINATION: Final = {Lang.EN: 0.0, Lang.ZH: 0.3}
"""The power of the share of the query that a passage has, by the language that is searched."""

LONGEST_TERM: Final = 3
"""Words in a row that are looked up as one term."""

LONGEST_NAME: Final = 4
"""Pieces that an unknown Chinese name may be cut into."""

Group = list[tuple[Key, float]]
"""Terms of which any may stand, each with its share."""


@dataclass(frozen=True)
class Crossing:
    """Questions in one language, passages in the other."""

    shelf: Shelf
    lexicon: Lexicon
    towards: Lang
    analyzer: Analyzer
    """Cuts the questions: it knows the whole dictionary, not the words of the archive alone."""
    without: frozenset[Source] = frozenset()

    def rank(self, question: str) -> list[int]:
        """The passages that are found, best first."""
        scores = np.zeros(self.shelf.count)
        met, whole = np.zeros(self.shelf.count), 0.0
        for weight, group in self._groups(question):
            counts = [(share, self._count(term)) for term, share in group]
            together = np.sum([share * count for share, count in counts], axis=0)
            documents = sum(share * np.count_nonzero(count) for share, count in counts)
            idf = weight * math.log(1 + (self.shelf.count - documents + 0.5) / (documents + 0.5))
            scores += idf * (K1 + 1) * together / (together + self._saturation)
            met += idf * (together > 0)
            whole += idf
        if whole:
            scores *= (met / whole) ** COORDINATION[self.towards]
        order = np.lexsort((np.arange(len(scores)), -scores))
        return [int(document) for document in order if scores[document] > 0]

    def _groups(self, question: str) -> Iterator[tuple[float, Group]]:
        words = [key(leaf.text) for leaf in self._words(question)]
        names, words = self._names(self._terms(words))
        yield from ((1.0, name) for name in names)
        for word in words:
            here = lang_of(word) is self.towards
            if here or (lang_of(word) is Lang.EN and self._count(word).any()):
                # Latin words and numbers are the same in either language.
                if not (here and self.towards is Lang.ZH):
                    yield 1.0, [(word, 1.0)]
            elif group := self._group(self.lexicon.counterparts(word)):
                yield 1.0, group
                yield from self._characters(word, group)
            else:
                yield from ((PIECES, piece) for piece in self._pieces(word))

    def _words(self, question: str) -> list[Term]:
        found: list[Term] = []
        for leaf in leaves(parse(question, self.analyzer).tree):
            if isinstance(leaf, Term):
                found.append(leaf)
            else:
                # What is in quotes is names and titles: its words count.
                inner = parse(str(leaf).replace('"', " "), self.analyzer).tree
                found += [word for word in leaves(inner) if isinstance(word, Term)]
        return found

    def _terms(self, words: Sequence[Key]) -> list[Key]:
        """The words, and in place of several in a row the term that the lexicon knows."""
        found, at = [], 0
        while at < len(words):
            for length in range(min(LONGEST_TERM, len(words) - at), 0, -1):
                term = tuple(part for word in words[at : at + length] for part in word)
                if length == 1 or term in self.lexicon:
                    break
            found.append(term)
            at += length
        return found

    def _names(self, words: list[Key]) -> tuple[list[Group], list[Key]]:
        """Of Chinese words in a row that are no words, the names that they sound like."""
        found: list[tuple[float, int, int, Group]] = []
        for first in range(len(words)) if self.towards is Lang.EN else ():
            name = ""
            for last in range(first, min(first + LONGEST_NAME, len(words))):
                if lang_of(words[last]) is Lang.EN:
                    break
                name += "".join(words[last])
                span = words[first : last + 1]
                if all(self._group(self.lexicon.counterparts(word)) for word in span):
                    continue
                if alike := self._group(self.lexicon.sounding_like(name), named=True):
                    best = self.lexicon.names.sounding_like(name)[0][1]
                    found.append((best + len(name) / 50, first, last, alike))
        taken = [False] * len(words)
        groups = []
        for _, first, last, group in sorted(found, key=lambda at: (-at[0], at[1])):
            if not any(taken[first : last + 1]):
                taken[first : last + 1] = [True] * (last + 1 - first)
                groups.append(group)
        return groups, [word for word, gone in zip(words, taken, strict=True) if not gone]

    def _group(self, found: Sequence[Counterpart], named: bool = False) -> Group:
        named = named or self.towards is Lang.ZH
        shares = [
            (at.terms, at.weight**FLATTEN)
            for at in found
            if at.lang is self.towards
            and at.source not in self.without
            and (named or at.source is not Source.SOUND)
        ]
        whole = sum(share for _, share in shares)
        return [(term, share / whole) for term, share in shares]

    def _characters(self, word: Key, group: Group) -> Iterator[tuple[float, Group]]:
        if self.towards is Lang.ZH:
            shares: dict[Key, float] = defaultdict(float)
            for term, share in group:
                for char in term if len(term) > 1 else ():
                    if char not in chinese.STOP_WORDS and lang_of((char,)) is Lang.ZH:
                        shares[char,] += share / len(term)
            if whole := sum(shares.values()):
                yield CHARACTERS, [(char, share / whole) for char, share in shares.items()]
        elif len(word) > 1:
            for char in word:
                each = self._group(self.lexicon.counterparts((char,)))
                if each and char not in chinese.STOP_WORDS:
                    yield EACH_CHARACTER, each

    def _pieces(self, word: Key) -> Iterator[Group]:
        """The longest pieces that the lexicon knows, from left to right."""
        at = 0
        while at < len(word):
            for end in range(len(word), at, -1):
                if group := self._group(self.lexicon.counterparts(word[at:end])):
                    yield group
                    break
            at = end if end > at and group else at + 1

    @cached_property
    def _count(self) -> Callable[[Key], Scores]:
        held: dict[Key, Scores] = {}
        evaluator = Evaluator(self.shelf)

        def count(term: Key) -> Scores:
            if term not in held:
                han = [lang_of((part,)) is Lang.ZH for part in term]
                slots = tuple(
                    frozenset({(CHAR if of else STEM, part)})
                    for part, of in zip(term, han, strict=True)
                )
                steps = tuple(
                    NEXT if han[at] or han[at + 1] or term[at] == term[at + 1] else SAME_WORD
                    for at in range(len(term) - 1)
                )
                word = (WORD, "".join(term)) if all(han) else None
                docs, counts = evaluator.occurrences.count(Pattern(slots, steps, word=word))
                held[term] = np.zeros(self.shelf.count)
                held[term][docs] = counts
            return held[term]

        return count

    @cached_property
    def _saturation(self) -> Scores:
        arrays = self.shelf.arrays
        field = CHAR if self.towards is Lang.ZH else STEM
        lengths = arrays.lengths[:, arrays.fields.index(field)].astype(np.float64)
        saturation: Scores = K1 * (1 - B + B * lengths / lengths.mean())
        return saturation
