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
from itertools import chain, groupby, pairwise

import numpy as np

from search.analysis import chinese, fold
from search.analysis.scripts import is_han
from search.evaluate import AMONG, Evaluator
from search.found import Found
from search.index import bm25
from search.index.keys import Docs, Scores
from search.lexicon.terms import Key, key, lang_of
from search.model import Lang
from search.parser import parse, plain_words
from search.query import Most, Phrase, Query, Term
from search.weights import AKIN, CHARACTERS, EXACT, FLATTEN, HINTS, PAIR, PAIRS, PIECES, WORDS
from search.widening import Widened, group, pattern, widened

Hint = tuple[float, Docs, Scores]
"""What a hint weighs, the documents that it stands in, and how much in each."""

MOST_PIECES = 8
"""Characters, and pairs of them, that hint for a word."""

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
    others = chain(_translated(words, evaluator), _quoted(tree, evaluator))
    for weight, docs, scores in others if evaluator.widened else ():
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
        stands = len(evaluator.direct(word).docs) > 0
        if lang_of(term) is Lang.EN:
            yield from _of_characters(term, stands, evaluator)
        if stands:
            continue
        if lang_of(term) is Lang.ZH:
            yield from _of_pieces(term, bool(said), evaluator)
        if alike := group(term, evaluator.shelf.lexicon.akin(term)):
            yield _of_group(AKIN, alike, evaluator)


def _quoted(tree: Most, evaluator: Evaluator) -> Iterator[Hint]:
    """What the words of a quotation say that is no term together."""
    shelf = evaluator.shelf
    for word in tree.words:
        if isinstance(word, Phrase) and not word.exact and word.slop is None:
            if word in evaluator.widened or len(evaluator.direct(word).docs):
                continue
            inner = parse(word.text, shelf.analyzer, cut=shelf.lexicon.cut).tree
            for said in widened(inner, shelf.lexicon).values():
                yield _of_group(1.0, said, evaluator)


def _of_group(weight: float, said: Sequence[Widened], evaluator: Evaluator) -> Hint:
    found, _ = evaluator.counterparts([other.pattern for other in said], 0, AMONG)
    return weight, found.docs, found.scores


def _of_characters(term: Key, stands: bool, evaluator: Evaluator) -> Iterator[Hint]:
    """The characters of what says a word in Chinese; of one that stands nowhere, pairs of them.

    攻击 speaks for 袭击 a little, 赞美诗 for 赞美 more. What says it need not stand somewhere.
    """
    chars: dict[Key, float] = defaultdict(float)
    pairs: dict[Key, float] = defaultdict(float)
    for said, weight in evaluator.shelf.lexicon.said(term):
        for size, shares in ((1, chars), (2, pairs)):
            for at in range(len(said) - size + 1 if len(said) > size else 0):
                piece = said[at : at + size]
                alone = size == 1 and piece[0] in chinese.STOP_WORDS
                if all(is_han(char[0]) for char in piece) and not alone:
                    shares[piece] += weight**FLATTEN / (len(said) - size + 1)
    for weight, shares in ((CHARACTERS, chars), (PAIRS, {} if stands else pairs)):
        best = sorted(shares.items(), key=lambda at: (-at[1], at[0]))[:MOST_PIECES]
        whole = sum(share for _, share in best)
        patterns = [pattern(piece, share / whole) for piece, share in best]
        if patterns:
            found, _ = evaluator.counterparts(patterns, 0, AMONG)
            yield weight, found.docs, found.scores


def _of_pieces(term: Key, known: bool, evaluator: Evaluator) -> Iterator[Hint]:
    """What the longest known pieces of a Chinese word say, from left to right.

    Of a word that is known itself its words, of another its characters too.
    """
    lexicon = evaluator.shelf.lexicon
    weight, shortest = (WORDS, 2) if known else (PIECES, 1)
    at = 0
    while at < len(term):
        for end in range(len(term), at + shortest - 1, -1):
            if end - at == len(term):
                continue
            if said := group(term[at:end], lexicon.counterparts(term[at:end])):
                yield _of_group(weight, said, evaluator)
                at = end
                break
        else:
            at += 1
