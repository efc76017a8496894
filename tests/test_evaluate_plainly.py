"""The evaluator finds and scores what a plain reading of each passage does, a passage at a time."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.analysis import CHAR, STEM, Analyzer
from search.evaluate import Evaluator
from search.found import ALL, AS_TYPED, SOME, Found
from search.index import generations
from search.index.bm25 import K1, B
from search.index.reader import Reader
from search.matching import Beginning, Pattern, is_han
from search.model import Token
from search.occurrences import Occurrences
from search.query import And, Filter, Leaf, Most, Node, Not, Or, Phrase, Term, Wildcard
from search.ranking import ranked
from search.weights import (
    ADJACENT,
    COORDINATION,
    COUNTERPART,
    COUNTERPART_AMONG,
    COUNTERPART_K1,
    LIKELY,
    NEAR,
    SUBSTRING,
    WITHIN,
)
from search.widening import Widened, widened

WORDS = ["sense", "time", "SenseTime", "R&D", "AI+", "AI", "timely", "专利", "专", "利", "资产"]

GLOSSARY = "sense\t专利\ntime\t资产\nAI\t专\nsense time\t专利资产\n"


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
    (folder / "content" / "glossary.tsv").write_text(GLOSSARY, "utf-8")
    search.rebuild(folder / "content", folder / "index")
    with Reader(generations.current(folder / "index")) as reader:
        yield reader


@pytest.fixture(scope="module")
def plain(reader: Reader, analyzer: Analyzer) -> Plain:
    return Plain(reader, analyzer)


class Plain:
    """An evaluator that knows no arrays: it looks at one passage after the other."""

    def __init__(self, reader: Reader, analyzer: Analyzer) -> None:
        self.occurrences = Occurrences(reader.shelf)
        self.passages = [reader.passage(document) for document in range(reader.count)]
        self.sides = [
            [analyzer.tokens(text) for text in (p.en, p.zh) if text] for p in self.passages
        ]
        self.forms = {token.term for sides in self.sides for side in sides for token in side}
        # A compound and a part of it may have one stem: it counts once.
        self.lengths = {
            field: [
                sum(len({(t.position, t.term) for t in side if t.field == field}) for side in sides)
                for sides in self.sides
            ]
            for field in (CHAR, STEM)
        }
        self.widened: Mapping[Leaf, Sequence[Widened]] = {}

    def evaluate(self, node: Node) -> dict[int, tuple[float, int]]:
        """For each document its score, and how much of the query it has."""
        every = range(len(self.passages))
        match node:
            case Term() | Phrase() | Wildcard():
                return self.leaf(node, among=False)[0]
            case Filter(_, value):
                return {
                    doc: (0.0, AS_TYPED)
                    for doc in every
                    if self.passages[doc].sides in ("both", value)
                }
            case Not(inner):
                without = self.evaluate(inner)
                return {doc: (0.0, AS_TYPED) for doc in every if doc not in without}
            case And(nodes):
                found = [self.evaluate(inner) for inner in nodes]
                met = set.intersection(*map(set, found))
                return {
                    doc: (sum(each[doc][0] for each in found), min(each[doc][1] for each in found))
                    for doc in met
                }
            case Or(nodes):
                found = [self.evaluate(inner) for inner in nodes]
                return {
                    doc: (
                        sum(each[doc][0] for each in found if doc in each),
                        max(each[doc][1] for each in found if doc in each),
                    )
                    for doc in set().union(*found)
                }
            case Most(words, required):
                return self.most(words, required)
        raise AssertionError(node)

    def most(
        self, words: tuple[Node, ...], required: tuple[Node, ...]
    ) -> dict[int, tuple[float, int]]:
        conditions = [self.evaluate(node) for node in required]
        found = []
        weights = []
        for word in words:
            if isinstance(word, Leaf):
                each, having = self.leaf(word, among=True)
            else:
                each = self.evaluate(word)
                having = len(each)
            found.append(each)
            weights.append(self.rarity(having))
        together: list[tuple[float, dict[int, float]]] = []
        if len(words) > 1 and all(isinstance(word, Term) and not word.fuzzy for word in words):
            text = " ".join(map(str, words))
            together = [
                (ADJACENT, self.direct(Phrase(text), self.rarity)),
                (NEAR, self.direct(Phrase(text, slop=WITHIN), self.rarity)),
            ]
        answer = {}
        for doc in set().union(*found):
            if all(doc in condition for condition in conditions):
                held = [at for at, each in enumerate(found) if doc in each]
                share = sum(weights[at] for at in held) / sum(weights)
                score = share**COORDINATION * sum(found[at][doc][0] for at in held)
                score += sum(weight * each.get(doc, 0.0) for weight, each in together)
                levels = [found[at][doc][1] for at in held]
                answer[doc] = score, min(levels) if len(held) == len(words) else SOME
        return answer

    def leaf(self, leaf: Leaf, *, among: bool) -> tuple[dict[int, tuple[float, int]], float]:
        """A word with what says the same, and how many documents it counts as standing in."""
        idf = self.rarity if among else self.idf
        direct = self.direct(leaf, idf)
        said = [other.pattern for other in self.widened.get(leaf, ())]
        having = float(len(direct))
        counts: dict[int, float] = defaultdict(float)
        greatest: dict[int, float] = defaultdict(float)
        likeliest = max((pattern.weight for pattern in said), default=0.0)
        for pattern in said:
            for doc, sides in enumerate(self.sides):
                if count := sum(self.count(pattern, side) for side in sides):
                    counts[doc] += pattern.weight * count
                    greatest[doc] = max(greatest[doc], pattern.weight * count)
                    having += pattern.weight
        if counts:
            having = min(having, len(self.passages))
        field = CHAR if any(map(is_han, said)) else STEM
        weight = idf(having) * (COUNTERPART_AMONG if among else COUNTERPART)
        others = {
            doc: weight * self.saturated(count, doc, field, COUNTERPART_K1)
            for doc, count in counts.items()
        }
        return {
            doc: (
                direct.get(doc, 0.0) + others.get(doc, 0.0),
                AS_TYPED
                if doc in direct
                else ALL
                if not among or greatest[doc] >= LIKELY * likeliest
                else SOME,
            )
            for doc in direct.keys() | others.keys()
        }, having

    def direct(self, leaf: Leaf, idf: Callable[[float], float]) -> dict[int, float]:
        wanted = self.occurrences.patterns(leaf)
        counts = {
            doc: max(sum(self.count(pattern, side) for side in sides) for pattern in wanted)
            for doc, sides in enumerate(self.sides)
        }
        counts = {doc: count for doc, count in counts.items() if count}
        field = CHAR if any(map(is_han, wanted)) else STEM
        return {
            doc: idf(len(counts)) * self.saturated(count, doc, field, K1)
            for doc, count in counts.items()
        }

    def saturated(self, count: float, document: int, field: str, k1: float) -> float:
        lengths = self.lengths[field]
        mean = sum(lengths) / len(lengths)
        return count * (k1 + 1) / (count + k1 * (1 - B + B * lengths[document] / mean))

    def idf(self, documents: float) -> float:
        return math.log(len(self.passages) / (documents + 1)) + 1

    def rarity(self, documents: float) -> float:
        return math.log(1 + (len(self.passages) - documents + 0.5) / (documents + 0.5))

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


@given(NODES, st.booleans())
def test_what_is_found_and_how_it_scores_is_what_a_plain_reading_gives(
    reader: Reader, plain: Plain, node: Node, wide: bool
) -> None:
    plain.widened = widened(node, reader.shelf.lexicon) if wide else {}
    found = Evaluator(reader.shelf, plain.widened).evaluate(node)
    expected = dict(sorted(plain.evaluate(node).items()))
    assert found.docs.tolist() == list(expected)
    assert found.scores.tolist() == pytest.approx([score for score, _ in expected.values()])
    levels = [AS_TYPED] * len(expected) if found.levels is None else found.levels.tolist()
    assert levels == [level for _, level in expected.values()]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=400), st.integers(0, 12))
def test_the_best_are_the_first_of_all_in_order(scored: list[tuple[int, int]], wanted: int) -> None:
    import numpy as np

    scores = np.array([score for score, _ in scored], np.float64)
    levels = np.array([level for _, level in scored], np.int8)
    found = Found(np.arange(len(scored)), scores, levels)
    order = sorted(range(len(scored)), key=lambda at: (-levels[at], -scores[at], at))
    assert ranked(found, wanted) == order[:wanted]
    assert ranked(found, len(scored)) == order
