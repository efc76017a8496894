"""What speaks for a passage beside the words of the query?

What is here finds nothing and is not marked: it orders what is found by the
words themselves, where there are several. Of what is in the language of the
query (exact forms, pairs of characters of Chinese as it was typed) each passage
has a share, which raises its score; what is in the other language (characters
of counterparts, pieces of words without one) adds to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from search.analysis import CHAR, chinese, fold
from search.analysis.scripts import is_han
from search.evaluate import AMONG, Evaluator
from search.found import Found
from search.index import bm25
from search.index.keys import Docs, Scores
from search.lexicon.terms import Key, key, lang_of
from search.matching import Pattern
from search.model import Lang
from search.parser import plain_words
from search.query import Most, Query, Term
from search.weights import CHARACTERS, EXACT, HINTS, PAIR, PIECES
from search.widening import Widened, group

Hint = tuple[float, Docs, Scores]
"""What a hint weighs, the documents that it stands in, and how much in each."""

LONGEST = 100
"""Characters of Chinese in a row that hint; a longer run is a text, of which a part is enough."""


def hinted(found: Found, query: Query, evaluator: Evaluator) -> Found:
    """The same documents, their scores raised by what hints at each."""
    tree = query.tree
    if not isinstance(tree, Most) or len(tree.words) < 2 or not len(found.docs):
        return found
    words = [
        (word, term)
        for word in tree.words
        if isinstance(word, Term) and not word.exact and not word.fuzzy and (term := key(word.text))
    ]
    shares, whole = np.zeros(evaluator.shelf.count), 0.0
    for weight, docs, scores in _typed(query.text, words, evaluator):
        if len(docs):
            shares[docs] += weight * scores
            whole += weight * float(scores.max())
    added = np.zeros(evaluator.shelf.count)
    for weight, docs, scores in _translated(words, evaluator) if evaluator.widened else ():
        added[docs] += weight * scores
    raised = 1.0 + (HINTS / whole if whole else 0.0) * shares.take(found.docs)
    return found._replace(scores=found.scores * raised + added.take(found.docs))


# In the language of the query.


def _typed(text: str, words: Sequence[tuple[Term, Key]], evaluator: Evaluator) -> Iterator[Hint]:
    for word, term in words:
        if lang_of(term) is Lang.EN:
            # The exact form: of patents and patented the one that was typed.
            exact = evaluator.direct(Term(word.text, exact=True), AMONG)
            yield EXACT, exact.docs, exact.scores
    for begin, end in plain_words(text):
        for han, chars in groupby(fold(text[begin:end]), is_han):
            if han:
                yield from _pairs("".join(chars)[:LONGEST], evaluator)


def _pairs(run: str, evaluator: Evaluator) -> Iterator[Hint]:
    """The characters of a run by twos, however it is cut into words."""
    for one, other in pairwise(run):
        docs, scores = evaluator.shelf.neighbours(one, other)
        yield PAIR * bm25.rarity(len(docs), evaluator.shelf.count), docs, scores


# In the other language.


def _translated(words: Sequence[tuple[Term, Key]], evaluator: Evaluator) -> Iterator[Hint]:
    for word, term in words:
        said = evaluator.widened.get(word, ())
        if lang_of(term) is Lang.EN:
            yield from _of_counterparts(said, evaluator)
        elif not said and not len(evaluator.direct(word).docs):
            yield from _of_pieces(term, evaluator)


def _of_counterparts(said: Sequence[Widened], evaluator: Evaluator) -> Iterator[Hint]:
    """The characters of the Chinese counterparts of a word: 攻击 speaks for 袭击 a little."""
    shares: dict[str, float] = defaultdict(float)
    for other in said:
        terms = other.counterpart.terms
        for char in terms if len(terms) > 1 else ():
            if is_han(char[0]) and char not in chinese.STOP_WORDS:
                shares[char] += other.pattern.weight / len(terms)
    if whole := sum(shares.values()):
        patterns = [
            Pattern((frozenset({(CHAR, char)}),), weight=share / whole)
            for char, share in shares.items()
        ]
        found, _ = evaluator.counterparts(patterns, 0, AMONG)
        yield CHARACTERS, found.docs, found.scores


def _of_pieces(term: Key, evaluator: Evaluator) -> Iterator[Hint]:
    """What the longest known pieces of an unknown Chinese word say, from left to right."""
    lexicon = evaluator.shelf.lexicon
    at = 0
    while at < len(term):
        for end in range(len(term), at, -1):
            if said := group(term[at:end], lexicon.counterparts(term[at:end])):
                found, _ = evaluator.counterparts([o.pattern for o in said], 0, AMONG)
                yield PIECES, found.docs, found.scores
                break
        at = end if said else at + 1
