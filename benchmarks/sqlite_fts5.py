"""SQLite FTS5: the terms as text with spaces between, beside a plain table of the passages.

The text is not kept (`content=''`), since it is none: the passages stand in a
table of their own, with the facets. The index is optimised into one tree, and
has 256 MiB of cache and a memory map, where SQLite's own default is 2 MiB and
none. There are no prefix indexes, as by default.

FTS5 numbers the terms of a column through. Where the product's positions have
a gap, a word that nobody asks for stands in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.asking import Prepare
from benchmarks.forms import Either, Every, Form, Prefix, Row
from benchmarks.queries import Question
from benchmarks.ready import Ready
from search.analysis import FIELDS
from search.index.schema import FACETS

_FILE = "fts5.sqlite"
_GAP = "\ue000"

_TABLES = f"""
    CREATE TABLE passages (id TEXT, passage TEXT, {", ".join(f"{f} TEXT" for f in FACETS)});
    CREATE VIRTUAL TABLE terms USING fts5({", ".join(FIELDS)}, content='',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Z* C*' separators ' '"
    );
"""
_ROOM = ("PRAGMA cache_size = -262144", "PRAGMA mmap_size = 8589934592")
_TEN_BEST = "SELECT rowid, rank FROM terms WHERE terms MATCH ? ORDER BY rank LIMIT 10"
_COUNT = "SELECT count(*) FROM terms WHERE terms MATCH ?"


def build(folder: Path, passages: Iterable[Ready]) -> None:
    columns = ("id", "passage", *FACETS)
    add_passage = (
        f"INSERT INTO passages (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    )
    add_terms = f"INSERT INTO terms (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"
    with closing(sqlite3.connect(folder / _FILE)) as base:
        base.executescript(_TABLES)
        for setting in _ROOM:
            base.execute(setting)
        for number, passage in enumerate(passages, 1):
            held = {**dict(passage.facets), "passage": passage.stored}
            base.execute(add_passage, (number, *(held.get(column) for column in columns)))
            texts = (_text(passage.terms.get(field, ())) for field in FIELDS)
            base.execute(add_terms, (number, *texts))
        base.execute("INSERT INTO terms (terms) VALUES ('optimize')")
        base.commit()


@contextmanager
def best_and_count(folder: Path) -> Iterator[Prepare]:
    """The ten best by bm25, and in a second statement how many there are."""
    with closing(_opened(folder)) as base:

        def prepare(question: Question) -> Callable[[], int]:
            asked = _asked(question)

            def run() -> int:
                base.execute(_TEN_BEST, asked).fetchall()
                count: int = base.execute(_COUNT, asked).fetchone()[0]
                return count

            return run

        yield prepare


@contextmanager
def best(folder: Path) -> Iterator[Prepare]:
    """The ten best by bm25 alone."""
    with closing(_opened(folder)) as base:

        def prepare(question: Question) -> Callable[[], None]:
            asked = _asked(question)

            def run() -> None:
                base.execute(_TEN_BEST, asked).fetchall()

            return run

        yield prepare


def _opened(folder: Path) -> sqlite3.Connection:
    base = sqlite3.connect(folder / _FILE)
    for setting in _ROOM:
        base.execute(setting)
    return base


def _asked(question: Question) -> tuple[str]:
    assert question.form is not None
    return (_query(question.form),)


def _text(terms: Sequence[tuple[str, int]]) -> str:
    """The terms in order, with one gap where positions are left out."""
    words: list[str] = []
    last = -1
    for term, position in terms:
        if position > last + 1:
            words.append(_GAP)
        words.append(term)
        last = position
    return " ".join(words)


def _query(form: Form) -> str:
    match form:
        case Row(field, terms):
            return f"{field} : {_quoted(' '.join(terms))}"
        case Prefix(field, text):
            return f"{field} : {_quoted(text)} *"
        case Every(of):
            return " AND ".join(f"({_query(inner)})" for inner in of)
        case Either(of):
            return " OR ".join(f"({_query(inner)})" for inner in of)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
