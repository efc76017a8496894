"""The evaluator finds and scores what a plain reading of each passage does, a passage at a time."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.analysis import CHAR, STEM, Analyzer
from search.evaluate import ADJACENT, NEAR, SUBSTRING, WITHIN, Evaluator, Found
from search.index import generations
from search.index.bm25 import K1, B
from search.index.reader import Reader
from search.matching import Beginning, Pattern, is_han
from search.model import Token
from search.query import And, Filter, Leaf, Most, Node, Not, Or, Phrase, Term, Wildcard
from search.searcher import ranked

WORDS = ["sense", "time", "SenseTime", "R&D", "AI+", "AI", "timely", "专利", "专", "利", "资产"]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Passages of the same few words, some common and some rare, in one language or both."""
    chance = random.Random(7)
    weights = [2.0 ** -(at % 7) for at in range(len(WORDS))]
    folder = tmp_path_factory.mktemp("plainly")
    lines = [
        " ".join(chance.choices(WORDS, weights, k=chance.randint(1, 40))) + "." for _ in range(120)
    ]
    (folder / "content").mkdir()
    (folder / "content" / "a.txt").write_text("\n\n".join(dict.fromkeys(lines)), "utf-8")
    search.rebuild(folder / "content", folder / "index")
    with Reader(generations.current(folder / "index")) as reader:
        yield reader


@pytest.fixture(scope="module")
def plain(reader: Reader, analyzer: Analyzer) -> Plain:
    return Plain(reader, analyzer)


class Plain:
    """An evaluator that knows no arrays: it looks at one passage after the other."""

    def __init__(self, reader: Reader, analyzer: Analyzer) -> None:
        self.evaluator = Evaluator(reader.shelf)
        self.passages = [reader.passage(document) for document in range(reader.count)]
        self.sides = [
            [analyzer.tokens(text) for text in (p.en, p.zh) if text] for p in self.passages
        ]
        self.forms = {token.term for sides in self.sides for side in sides for token in side}

    def evaluate(self, node: Node) -> dict[int, tuple[float, bool]]:
        """For each document its score, and whether it has all the words."""
        every = range(len(self.passages))
        match node:
            case Term() | Phrase() | Wildcard():
                return {doc: (score, True) for doc, score in self.leaf(node).items()}
            case Filter(_, value):
                return {
                    doc: (0.0, True) for doc in every if self.passages[doc].sides in ("both", value)
                }
            case Not(inner):
                without = self.evaluate(inner)
                return {doc: (0.0, True) for doc in every if doc not in without}
            case And(nodes):
                found = [self.evaluate(inner) for inner in nodes]
                met = set.intersection(*map(set, found))
                return {
                    doc: (sum(each[doc][0] for each in found), all(each[doc][1] for each in found))
                    for doc in met
                }
            case Or(nodes):
                found = [self.evaluate(inner) for inner in nodes]
                return {
                    doc: (
                        sum(each[doc][0] for each in found if doc in each),
                        any(each[doc][1] for each in found if doc in each),
                    )
                    for doc in set().union(*found)
                }
            case Most(words, required):
                return self.most(words, required)
        raise AssertionError(node)

    def most(
        self, words: tuple[Node, ...], required: tuple[Node, ...]
    ) -> dict[int, tuple[float, bool]]:
        conditions = [self.evaluate(node) for node in required]
        found = [self.evaluate(word) for word in words]
        weights = [self.idf(len(each)) for each in found]
        together: list[tuple[float, dict[int, float]]] = []
        if len(words) > 1 and all(isinstance(word, Term) and not word.fuzzy for word in words):
            text = " ".join(map(str, words))
            together = [
                (ADJACENT, self.leaf(Phrase(text))),
                (NEAR, self.leaf(Phrase(text, slop=WITHIN))),
            ]
        answer = {}
        for doc in set().union(*found):
            if all(doc in condition for condition in conditions):
                held = [at for at, each in enumerate(found) if doc in each]
                share = sum(weights[at] for at in held) / sum(weights)
                score = share * sum(found[at][doc][0] for at in held)
                score += sum(weight * each.get(doc, 0.0) for weight, each in together)
                answer[doc] = score, len(held) == len(words)
        return answer

    def leaf(self, leaf: Leaf) -> dict[int, float]:
        wanted = self.evaluator.patterns(leaf)
        counts = {
            doc: max(sum(self.count(pattern, side) for side in sides) for pattern in wanted)
            for doc, sides in enumerate(self.sides)
        }
        counts = {doc: count for doc, count in counts.items() if count}
        field = CHAR if any(map(is_han, wanted)) else STEM
        # A compound and a part of it may have one stem: it counts once.
        lengths = [
            sum(len({(t.position, t.term) for t in side if t.field == field}) for side in sides)
            for sides in self.sides
        ]
        mean = sum(lengths) / len(lengths)
        return {
            doc: self.idf(len(counts))
            * (count * (K1 + 1))
            / (count + K1 * (1 - B + B * lengths[doc] / mean))
            for doc, count in counts.items()
        }

    def idf(self, documents: int) -> float:
        return math.log(len(self.passages) / (documents + 1)) + 1

    def count(self, pattern: Pattern, tokens: list[Token]) -> float:
        """How often a pattern stands in a text; a Chinese run that is no word counts less."""
        slots = [
            {token.position for token in tokens if (token.field, token.term) in slot}
            for slot in pattern.slots
        ]
        if isinstance(pattern.slots[0], Beginning) or (
            len(slots) == 1 and len(pattern.slots[0]) > 1
        ):
            # Of several terms at one place each counts.
            return sum((token.field, token.term) in pattern.slots[0] for token in tokens)
        if pattern.slop is not None:
            width = len(slots) - 1 + pattern.slop
            ends = {
                end
                for end in set().union(*slots)
                if all(any(end - width <= at <= end for at in slot) for slot in slots)
            }
        else:
            ends = slots[0]
            for (_, slot), steps in zip(pairwise(slots), pattern.steps, strict=True):
                ends = {at for at in slot if any(at - step in ends for step in steps)}
        words = sum((token.field, token.term) == pattern.word for token in tokens)
        return words + SUBSTRING * (len(ends) - words) if pattern.word else len(ends)


ANY = st.sampled_from(WORDS)
SEVERAL = st.lists(ANY, min_size=2, max_size=4).map(" ".join)
LEAVES = st.one_of(
    ANY.map(Term),
    SEVERAL.map(Phrase),
    st.builds(Phrase, SEVERAL, slop=st.integers(0, 8)),
    st.sampled_from(["ti*", "s*", "*time", "专*", "专*资"]).map(Wildcard),
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: Most(tuple(nodes))),
        st.builds(
            lambda word, out, side: Most((word,), (Not(out), Filter("lang", side))),
            inner,
            inner,
            st.sampled_from(["en", "zh"]),
        ),
        st.builds(lambda word, out: Or((word, Not(out))), inner, inner),
    ),
    max_leaves=5,
)


@given(NODES)
def test_what_is_found_and_how_it_scores_is_what_a_plain_reading_gives(
    reader: Reader, plain: Plain, node: Node
) -> None:
    found = Evaluator(reader.shelf).evaluate(node)
    expected = dict(sorted(plain.evaluate(node).items()))
    assert found.docs.tolist() == list(expected)
    assert found.scores.tolist() == pytest.approx([score for score, _ in expected.values()])
    whole = [True] * len(expected) if found.whole is None else found.whole.tolist()
    assert whole == [whole for _, whole in expected.values()]


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=400), st.integers(0, 12))
def test_the_best_are_the_first_of_all_in_order(
    scored: list[tuple[int, bool]], wanted: int
) -> None:
    import numpy as np

    scores = np.array([score for score, _ in scored], np.float64)
    whole = np.array([whole for _, whole in scored], np.bool_)
    found = Found(np.arange(len(scored)), scores, whole)
    order = sorted(range(len(scored)), key=lambda at: (not whole[at], -scores[at], at))
    assert ranked(found, wanted) == order[:wanted]
    assert ranked(found, len(scored)) == order
