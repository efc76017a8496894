"""tantivy by its Python binding: terms with the product's positions, one segment.

One thread writes, with memory for all: of several segments each query would
be a little slower. For a prefix tantivy has no scored query that finds all:
it is asked as a regular expression, for which every passage scores the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.asking import Prepare
from benchmarks.forms import Either, Every, Form, Prefix, Row
from benchmarks.queries import Question
from benchmarks.ready import Ready
from search.analysis import FIELDS
from search.index.schema import FACETS

_HEAP = 2_000_000_000


def build(folder: Path, passages: Iterable[Ready]) -> None:
    writer = tantivy.Index(_schema(), str(folder)).writer(_HEAP, 1)
    for passage in passages:
        document = tantivy.Document()
        document.add_bytes("passage", passage.stored.encode())
        for field, value in passage.facets:
            document.add_text(field, value)
        for field, terms in passage.terms.items():
            tokens = [tantivy.Token(term, position, 0, 0) for term, position in terms]
            document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", tokens))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


@contextmanager
def best_and_count(folder: Path) -> Iterator[Prepare]:
    """The ten best by BM25, and how many there are."""
    index = tantivy.Index.open(str(folder))
    schema, searcher = index.schema, index.searcher()

    def prepare(question: Question) -> Callable[[], int]:
        assert question.form is not None
        asked = _query(schema, question.form)

        def run() -> int:
            found: Any = searcher.search(asked, 10, count=True)
            return int(found.count)

        return run

    yield prepare


@contextmanager
def best(folder: Path) -> Iterator[Prepare]:
    """The ten best by BM25 alone: whatever cannot be among them is left out early."""
    index = tantivy.Index.open(str(folder))
    schema, searcher = index.schema, index.searcher()

    def prepare(question: Question) -> Callable[[], None]:
        assert question.form is not None
        asked = _query(schema, question.form)

        def run() -> None:
            searcher.search(asked, 10, count=False)

        return run

    yield prepare


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for facet in ("id", *FACETS):
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("passage", stored=True)
    return builder.build()


def _query(schema: tantivy.Schema, form: Form) -> tantivy.Query:
    match form:
        case Row(field, (term,)):
            return tantivy.Query.term_query(schema, field, term, "freq")
        case Row(field, terms):
            return tantivy.Query.phrase_query(schema, field, list(terms))
        case Prefix(field, text):
            return tantivy.Query.regex_query(schema, field, f"{re.escape(text)}.*")
        case Every(of):
            return _boolean(schema, tantivy.Occur.Must, of)
        case Either(of):
            return _boolean(schema, tantivy.Occur.Should, of)


def _boolean(schema: tantivy.Schema, occur: tantivy.Occur, of: Iterable[Form]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(occur, _query(schema, inner)) for inner in of])
