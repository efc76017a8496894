"""The array evaluator finds what Whoosh's own queries find, and scores as its BM25F does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import qcore
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.terms import Prefix, Term
from whoosh.query.wrappers import Not
from whoosh.searching import Searcher as WhooshSearcher

from search import query
from search.analysis import CHAR, FORM, STEM, Analyzer, fold
from search.evaluate import Evaluator
from search.found import ALL, SOME
from search.index import generations
from search.index.reader import Reader
from search.lexicon.terms import Counterpart, Source, key
from search.model import Lang
from search.parser import parse
from search.widening import Widened, group
from tests.conftest import MakeArchive


@pytest.fixture(scope="module")
def evaluator(index_dir: Path) -> Iterator[Evaluator]:
    with Reader(generations.current(index_dir)) as reader:
        yield Evaluator(reader.shelf)


@pytest.fixture(scope="module")
def whoosh(index_dir: Path) -> Iterator[WhooshSearcher]:
    path = str(generations.current(index_dir).path)
    with open_dir(path, readonly=True).searcher() as searcher:
        yield searcher


def found(evaluator: Evaluator, analyzer: Analyzer, text: str) -> list[int]:
    tree = parse(text, analyzer).tree
    assert tree
    docs: list[int] = evaluator.evaluate(tree).docs.tolist()
    return docs


def of_whoosh(searcher: WhooshSearcher, asked: qcore.Query) -> list[int]:
    return sorted(hit.docnum for hit in searcher.search(asked, limit=None))


def test_a_passage_has_a_word_among_all_by_its_likeliest_counterpart_alone(
    make_archive: MakeArchive, tmp_path: Path
) -> None:
    """Another may be meant: what has it comes among what has most of the words."""
    make_archive("A patent pool.", "A monopoli pool.")
    said = {"专利": (("patent", 0.8), ("monopoli", 0.2)), "池子": (("pool", 1.0),)}
    others: dict[query.Leaf, Sequence[Widened]] = {
        query.Term(word): group(
            key(word),
            [Counterpart(at, (at,), Lang.EN, share, Source.GLOSSARY) for at, share in row],
        )
        for word, row in said.items()
    }
    with Reader(generations.current(tmp_path / "index")) as reader:
        answer = Evaluator(reader.shelf, others).evaluate(query.Most(tuple(others)))
    assert answer.levels is not None
    assert answer.levels.tolist() == [ALL, SOME]


QUERIES = {"patent": "patent", "innov": "innovate", "ai": "AI", "util": "utility"}


@pytest.mark.parametrize(("stem", "typed"), QUERIES.items())
def test_a_word_finds_what_whoosh_finds(
    evaluator: Evaluator, whoosh: WhooshSearcher, analyzer: Analyzer, stem: str, typed: str
) -> None:
    assert found(evaluator, analyzer, typed) == of_whoosh(whoosh, Term(STEM, stem))


@pytest.mark.parametrize(
    "run", ["专利", "人工智能", "觉领", "全球专利资产累计", "产学研", "人", "利专"]
)
def test_a_run_of_characters_finds_what_whooshs_phrase_finds(
    evaluator: Evaluator, whoosh: WhooshSearcher, analyzer: Analyzer, run: str
) -> None:
    chars = list(fold(run))
    asked = Phrase(CHAR, chars) if len(chars) > 1 else Term(CHAR, run)
    assert found(evaluator, analyzer, f'"{run}"') == of_whoosh(whoosh, asked)


@pytest.mark.parametrize("prefix", ["innov", "p", "sense", "20", "zzz"])
def test_a_prefix_finds_what_whooshs_prefix_finds(
    evaluator: Evaluator, whoosh: WhooshSearcher, analyzer: Analyzer, prefix: str
) -> None:
    expected = of_whoosh(whoosh, Prefix(FORM, prefix))
    assert found(evaluator, analyzer, f"{prefix}*") == expected


@given(
    st.recursive(
        st.sampled_from(list(QUERIES.items())),
        lambda inner: st.tuples(st.sampled_from(["AND", "OR", "NOT"]), inner, inner),
        max_leaves=6,
    )
)
def test_boolean_queries_find_what_whooshs_find(
    evaluator: Evaluator, whoosh: WhooshSearcher, analyzer: Analyzer, tree: tuple[object, ...]
) -> None:
    def typed(node: tuple[object, ...]) -> str:
        match node:
            case ("AND" | "OR" | "NOT" as operator, tuple() as left, tuple() as right):
                return f"({typed(left)} {operator} {typed(right)})"
        return str(node[1])

    def native(node: tuple[object, ...]) -> qcore.Query:
        match node:
            case ("AND", tuple() as left, tuple() as right):
                return And([native(left), native(right)])
            case ("OR", tuple() as left, tuple() as right):
                return Or([native(left), native(right)])
            case ("NOT", tuple() as left, tuple() as right):
                # Whoosh's AndNot lets the first document through; And and Not do not.
                return And([native(left), Not(native(right))])
        return Term(STEM, str(node[0]))

    assert found(evaluator, analyzer, typed(tree)) == of_whoosh(whoosh, native(tree))


def test_a_score_is_that_of_whooshs_bm25f(
    evaluator: Evaluator, whoosh: WhooshSearcher, analyzer: Analyzer
) -> None:
    """Whoosh rounds the lengths of fields to a byte: the scores are as near as that allows."""
    tree = parse("patent", analyzer).tree
    assert tree
    ours = evaluator.evaluate(tree)
    theirs = {hit.docnum: hit.score for hit in whoosh.search(Term(STEM, "patent"), limit=None)}
    expected = np.array([theirs[doc] for doc in ours.docs.tolist()])
    assert np.abs(ours.scores / expected - 1).max() < 0.05
    assert (np.argsort(-ours.scores)[:3] == np.argsort(-expected)[:3]).all()
