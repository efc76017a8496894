"""Whoosh works on our codec as it works on its own."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from benchmarks.generated import passages
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser.default import QueryParser
from whoosh.searching import Searcher
from whoosh.writing import SegmentWriter

from search.analysis import Analyzer
from search.index import generations
from search.index.analysed import analyse
from search.index.codec import ArrayCodec, add
from search.index.schema import schema, stored
from search.model import Transcript

TYPED = [
    *("time", "the", "nothingofthekind", "a* OR b*", "*ing", "t*e", '"of the"', '"the of"~3'),
    *("and the of", "time NOT the", "(time OR the) AND NOT of", "tme~1", "time^2 the", "*"),
    "[a TO b]",
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    found = [p.en for p in passages(300, seed=9) if p.en]
    return [*found, "The time of the whale.", "A whale, a time; of the the the.", ""]


@pytest.fixture(scope="module")
def searchers(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Searcher]]:
    """The same documents under Whoosh's own codec and under ours."""
    fields = Schema(id=ID(stored=True), text=TEXT, note=STORED)
    found = []
    with ExitStack() as stack:
        for codec in (None, ArrayCodec()):  # type: ignore[no-untyped-call]
            folder = str(tmp_path_factory.mktemp("whoosh"))
            writer = SegmentWriter(create_in(folder, fields), codec=codec)
            for number, text in enumerate(texts):
                writer.add_document(id=str(number), text=text, note=f"note {number}")
            writer.commit()
            found.append(stack.enter_context(open_dir(folder).searcher()))
        yield found[0], found[1]


@pytest.mark.parametrize("typed", TYPED)
def test_whooshs_own_queries_find_the_same(
    searchers: tuple[Searcher, Searcher], texts: list[str], typed: str
) -> None:
    stock, ours = searchers
    words = {word for text in texts for word in text.lower().split() if word.isalpha()}
    common = sorted(words, key=lambda word: (len(word), word))[5:60:9]
    for query in (typed, f"{typed} {' OR '.join(common)}"):
        parsed = QueryParser("text", stock.schema).parse(query)
        expected = {hit["id"]: hit.score for hit in stock.search(parsed, limit=None)}
        found = {hit["id"]: hit.score for hit in ours.search(parsed, limit=None)}
        assert found.keys() == expected.keys()
        # The stock codec rounds the lengths of fields to a byte.
        assert all(abs(found[id] / expected[id] - 1) < 0.1 for id in found if expected[id])


def test_terms_lengths_and_stored_fields_are_the_same(
    searchers: tuple[Searcher, Searcher],
) -> None:
    stock, ours = (searcher.reader() for searcher in searchers)
    assert list(ours.all_terms()) == list(stock.all_terms())
    assert ours.doc_count() == stock.doc_count()
    assert list(ours.all_stored_fields()) == list(stock.all_stored_fields())
    assert ours.field_length("text") == stock.field_length("text")
    assert ours.doc_frequency("text", "nosuchterm") == stock.doc_frequency("text", "nosuchterm")
    assert ours.frequency("text", "nosuchterm") == stock.frequency("text", "nosuchterm")
    for field, term in list(stock.all_terms())[::17]:
        assert ours.doc_frequency(field, term) == stock.doc_frequency(field, term)
        assert ours.frequency(field, term) == stock.frequency(field, term)
    assert list(ours.terms_from("text", b"t")) == list(stock.terms_from("text", b"t"))
    assert list(ours.expand_prefix("text", b"wh")) == list(stock.expand_prefix("text", b"wh"))


def test_positions_are_the_same(searchers: tuple[Searcher, Searcher]) -> None:
    stock, ours = (searcher.postings("text", "whale") for searcher in searchers)
    while stock.is_active():
        assert (ours.id(), ours.weight()) == (stock.id(), stock.weight())
        assert ours.value_as("positions") == list(stock.value_as("positions"))
        stock.next()
        ours.next()
    assert not ours.is_active()


def test_a_generation_is_an_index_of_whooshs(index_dir: Path) -> None:
    path = str(generations.current(index_dir).path)
    with open_dir(path, readonly=True).searcher() as searcher:
        parsed = QueryParser("stem", searcher.schema).parse("patent")
        assert len(searcher.search(parsed, limit=None)) == 9


def test_a_segment_of_ours_is_named_by_a_stable_path() -> None:
    codec = ArrayCodec()  # type: ignore[no-untyped-call]
    segment = codec.new_segment(None, "MAIN")
    assert b"search.index.codec" in pickle.dumps(segment)
    assert isinstance(pickle.loads(pickle.dumps(segment)).codec(), ArrayCodec)


def test_what_is_packed_where_it_is_analysed_is_what_whoosh_would_have_packed(
    tmp_path: Path, interview: Transcript, analyzer: Analyzer
) -> None:
    columns = []
    for ours in (True, False):
        folder = tmp_path / str(ours)
        folder.mkdir()
        writer = SegmentWriter(create_in(str(folder), schema()), codec=ArrayCodec())  # type: ignore[no-untyped-call]
        if ours:
            add(writer, analyse(interview.passages, analyzer))
        else:
            for passage in interview.passages:
                writer.add_document(passage=stored(passage))
        writer.commit()
        (column,) = folder.glob("*._stored.col")
        columns.append(column.read_bytes())
    assert columns[0] == columns[1]
