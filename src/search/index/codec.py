"""Whoosh's own way to our arrays: a codec, by which its readers and queries work on them.

Schema, segment list, table of contents, stored fields and lock are Whoosh's,
as are the files of its stored fields; terms, postings and lengths come from
`arrays`. A writer may be given documents as always, or, in bulk, by
`add`, or those of an older segment by `keep`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from whoosh.codec import base
from whoosh.codec.whoosh3 import (
    STORED_COLUMN,
    W3Codec,
    W3PerDocReader,
    W3PerDocWriter,
    W3Segment,
)
from whoosh.columns import VarBytesColumn
from whoosh.formats import Positions
from whoosh.matching.mcore import ListMatcher, Matcher
from whoosh.reading import TermInfo, TermNotFound

from search.index.analysed import Analysed, from_postings
from search.index.arrays import Arrays
from search.index.keys import per_document

POSITIONS = Positions()
STORED = "_stored"
"""Whoosh's name for the column of stored fields."""


class ArrayCodec(W3Codec):
    """Keeps postings as arrays."""

    # Lengths are counted when all postings are known, not before.
    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> StoredWriter:
        return StoredWriter(self, storage, segment)  # type: ignore[no-untyped-call]

    def field_writer(self, storage: Any, segment: Any) -> ArrayWriter:
        return ArrayWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTerms:
        return ArrayTerms(open_arrays(storage, segment))

    def per_document_reader(self, storage: Any, segment: Any) -> ArrayPerDocument:
        return ArrayPerDocument(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(self, indexname)  # type: ignore[no-untyped-call]


class ArraySegment(W3Segment):
    """A segment whose files stay apart, to be mapped one by one."""

    def should_assemble(self) -> bool:
        return False


_opened: WeakValueDictionary[tuple[str, str], Arrays] = WeakValueDictionary()
_opening = threading.Lock()


def open_arrays(storage: Any, segment: Any) -> Arrays:
    """The arrays of a segment, the same for all who have it open."""
    at = str(storage.folder), segment.segment_id()
    with _opening:
        arrays = _opened.get(at)
        if arrays is None:
            arrays = _opened[at] = Arrays.open(Path(at[0]), at[1])
    return arrays


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of this codec: its arrays, and what it has stored."""

    arrays: Arrays
    documents: ArrayPerDocument

    @classmethod
    def of(cls, reader: Any) -> Segment:
        """The segment that a reader of Whoosh's reads."""
        at = reader.storage(), reader.segment()
        return cls(open_arrays(*at), ArrayPerDocument(*at))

    def close(self) -> None:
        self.documents.close()  # type: ignore[no-untyped-call]


def add(writer: Any, analysed: Analysed) -> None:
    """Adds the passages that come next, in bulk."""
    _store(writer, analysed.packed)
    writer.fieldwriter.add_analysed(analysed)


def keep(writer: Any, segment: Segment, documents: range) -> None:
    """Adds some documents of an older segment as they are; always of the same segment."""
    _store(writer, map(segment.documents.packed, documents))
    writer.fieldwriter.keep(segment.arrays, documents)


def _store(writer: Any, packed: Iterable[bytes]) -> None:
    """Adds what is stored of the documents that come next."""
    for each in packed:
        writer.perdocwriter.add_packed(writer.docnum, each)
        writer.docnum += 1
    # What Whoosh's writer notes in `add_document`: that there is something to commit.
    writer._added = True


class StoredWriter(W3PerDocWriter):
    """Whoosh's stored fields, which may be given as they are written."""

    def add_packed(self, document: int, packed: bytes) -> None:
        self.start_doc(document)  # type: ignore[no-untyped-call]
        column = self._get_column(STORED)  # type: ignore[no-untyped-call]
        # Past the two writers that pickle and compress.
        VarBytesColumn.Writer.add(column._child, document, packed)
        self.finish_doc()  # type: ignore[no-untyped-call]


class ArrayWriter(base.FieldWriter):
    """Hands postings to an inverter, which writes the arrays when this is closed."""

    def __init__(self, storage: Any, segment: Any) -> None:
        # Who only reads need not wait for it.
        from search.index.invert import Inverter

        self._inverter = Inverter(Path(storage.folder), segment.segment_id())
        self._given: list[tuple[int, int, str, str]] = []
        self.is_closed = False

    def add_analysed(self, analysed: Analysed) -> None:
        """Adds the passages that come next, in bulk."""
        self._inverter.add(analysed)

    def keep(self, arrays: Arrays, documents: range) -> None:
        """Adds passages of an older segment."""
        self._inverter.keep(arrays, documents)

    # What Whoosh's own writer hands over, for documents that were given to it.

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        self._field, self._format = fieldname, fieldobj.format

    def start_term(self, text: bytes) -> None:
        self._term = text.decode()

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        format = self._format
        positions = format.decode_positions(vbytes) if format.supports("positions") else (0,)
        self._given += [(docnum, position, self._field, self._term) for position in positions]

    def finish_term(self) -> None:
        """Terms end where the next one starts."""

    def close(self) -> None:
        if self._given:
            given = sorted(self._given)
            self._inverter.add(from_postings(given, given[-1][0] + 1))
        self._inverter.finish()
        self.is_closed = True


class ArrayTerms(base.TermsReader):
    """Terms and postings as Whoosh asks for them."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.arrays.number(*term) is not None

    def indexed_field_names(self) -> tuple[str, ...]:
        return self.arrays.fields

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self.arrays.fields:
            yield from self.terms_from(field, b"")

    def terms_from(self, field: str, least: bytes) -> Iterator[tuple[str, bytes]]:
        arrays = self.arrays
        for number in range(arrays.first(field, least), arrays.terms(field).stop):
            yield field, arrays.term(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, least: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(field, least))

    def term_info(self, field: str, term: bytes) -> TermInfo:
        documents, counts = self._counted(field, term)
        lengths = self.arrays.lengths[documents, self.arrays.fields.index(field)]
        return TermInfo(
            weight=float(counts.sum()),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, field: str, term: bytes) -> float:
        return float(self._counted(field, term)[1].sum()) if (field, term) in self else 0.0

    def doc_frequency(self, field: str, term: bytes) -> int:
        return len(self._counted(field, term)[0]) if (field, term) in self else 0

    def matcher(self, field: str, term: bytes, format: Any, scorer: Any = None) -> Matcher:
        documents, counts = self._counted(field, term)
        number = self.arrays.number(field, term)
        assert number is not None
        row = self.arrays.row(number)
        values = None
        if format.supports("positions"):
            values = [
                POSITIONS.encode(self.arrays.within(row, document))
                for document in documents.tolist()
            ]
        return ListMatcher(
            documents.tolist(),
            counts.tolist(),
            values,
            format,
            scorer=scorer,
            term=(field, term),
            terminfo=self.term_info(field, term),
        )

    def cursor(self, field: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self.arrays, field, fieldobj)

    def close(self) -> None:
        """Nothing is held that a garbage collector does not let go."""

    def _counted(self, field: str, term: bytes) -> Any:
        number = self.arrays.number(field, term)
        if number is None:
            raise TermNotFound(f"No term {field}:{term!r}")
        return per_document(self.arrays.row(number), self.arrays.documents)


class ArrayCursor(base.FieldCursor):
    """Steps through the terms of a field, as Whoosh's automata do."""

    def __init__(self, arrays: Arrays, field: str, fieldobj: Any) -> None:
        self._arrays = arrays
        self._field = field
        self._fieldobj = fieldobj
        self._at = arrays.terms(field).start

    def first(self) -> Any:
        self._at = self._arrays.terms(self._field).start
        return self.text()

    def find(self, term: str | bytes) -> Any:
        least = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._at = self._arrays.first(self._field, least)
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._arrays.term(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at in self._arrays.terms(self._field)


class ArrayPerDocument(W3PerDocReader):
    """Whoosh's stored fields, with exact lengths beside them."""

    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage, segment)  # type: ignore[no-untyped-call]
        self._arrays = open_arrays(storage, segment)

    def packed(self, document: int) -> bytes:
        """What is stored of a document, as it was written."""
        column = self._cached_reader(STORED, STORED_COLUMN)  # type: ignore[no-untyped-call]
        packed = VarBytesColumn.Reader.__getitem__(column._child, document)
        return bytes(packed)

    def _lengths(self, field: str) -> Any:
        arrays = self._arrays
        if field not in arrays.fields:
            return arrays.lengths[:0, 0]
        return arrays.lengths[:, arrays.fields.index(field)]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths(fieldname)
        return int(lengths[docnum]) if len(lengths) else default

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return int(lengths.min()) if len(lengths) else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))
