"""Whoosh with its own codec: the schema of the product, the documents through `add_document`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import create_in, open_dir
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Query
from whoosh.query.terms import Prefix as Beginning
from whoosh.query.terms import Term

from benchmarks.asking import Prepare
from benchmarks.forms import Either, Every, Form, Prefix, Row
from benchmarks.queries import Question
from benchmarks.ready import Ready
from search.index.schema import schema

_MEGABYTES = 512
"""Memory before its sort pool goes to disk; Whoosh's own default is 128."""


def build(folder: Path, passages: Iterable[Ready]) -> None:
    writer = create_in(str(folder), schema()).writer(limitmb=_MEGABYTES)
    for passage in passages:
        writer.add_document(passage=passage.stored, **passage.terms, **dict(passage.facets))
    writer.commit()


@contextmanager
def best_and_count(folder: Path) -> Iterator[Prepare]:
    """The ten best by BM25F, and how many there are."""
    with open_dir(str(folder), readonly=True).searcher() as searcher:

        def prepare(question: Question) -> Callable[[], int]:
            assert question.form is not None
            asked = _query(question.form)

            def run() -> int:
                found = searcher.search(asked, limit=10)
                list(found)
                return len(found)

            return run

        yield prepare


def documents(folder: Path, questions: Sequence[Question]) -> list[set[int]]:
    """The numbers of the documents that Whoosh's own queries find, with any codec."""
    with open_dir(str(folder), readonly=True).searcher() as searcher:
        asked = [_query(question.form) for question in questions if question.form]
        return [set(searcher.docs_for_query(query)) for query in asked]


def _query(form: Form) -> Query:
    match form:
        case Row(field, (term,)):
            return Term(field, term)
        case Row(field, terms):
            return Phrase(field, list(terms))
        case Prefix(field, text):
            return Beginning(field, text)
        case Every(of):
            return And([_query(inner) for inner in of])
        case Either(of):
            return Or([_query(inner) for inner in of])
