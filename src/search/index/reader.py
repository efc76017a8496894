"""Where do the words lie? A generation opened for reading.

The arrays of the postings are shared by all threads; Whoosh's own reader,
which the texts come from, belongs to one.
"""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
from whoosh.index import open_dir

from search.analysis import CHAR, FORM, STEM, Analyzer, chinese
from search.errors import IndexStale
from search.index import bm25, words
from search.index.arrays import BLOCK_BITS
from search.index.cache import Cache
from search.index.codec import open_arrays
from search.index.generations import Generation
from search.index.keys import MANY, NO_SIEVE, Docs, Keys, Row, Scores, follow, per_document, sieve
from search.index.schema import TEXT, restored
from search.lexicon import Dictionary, Lexicon
from search.model import About, Passage, Token

if TYPE_CHECKING:
    from search.index.completions import Completions

TRANSCRIPTS = "transcripts.json"

_KEPT = 1 << 26
"""Bytes of what is worked out of terms, of each sort."""

Codes = npt.NDArray[np.int64]


class Shelf:
    """What all readers of one generation share: nothing here is tied to a thread."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        index, cutter = generation.path.parent, generation.manifest["cutter"]
        if not chinese.is_installed(cutter):
            raise IndexStale(
                index,
                f"The index in {index} was built with {cutter}, which is not installed here "
                "(`pip install transcript-search[fast]`).",
            )
        reader = open_dir(str(generation.path), readonly=True).reader()
        self.arrays = open_arrays(reader.storage(), reader.segment())
        reader.close()
        self.analyzer = Analyzer(*words.read(generation, self.arrays), cutter)
        if generation.manifest["analysis"] != self.analyzer.fingerprint:
            raise IndexStale(
                index, f"The index in {index} was made by another version of the analysis."
            )
        kept = generation.read(TRANSCRIPTS)
        self.abouts = tuple(About.from_dict(about) for about in kept)
        self.firsts = [about["first"] for about in kept]
        self.count = self.arrays.count
        self._passages = self.arrays.passages.astype(np.intp)
        # Rows of the mapped files: these take no memory of their own.
        self.keys = lru_cache(maxsize=65_536)(self.arrays.of)
        self.beginning = lru_cache(maxsize=4_096)(self.arrays.beginning)
        self.counted = Cache(self._counted, _KEPT)
        self.scored = Cache(self._scored, _KEPT)
        self.row = Cache(self._row, _KEPT)
        self.neighbours = Cache(self._neighbours, _KEPT)
        self._saturation = cache(self._saturations)
        self.column = cache(self._column)
        self.shown = cache(self._shown)
        self.about = {about.id: about for about in self.abouts}
        self.forms = cache(self._forms)
        self.originals = cache(self._originals)
        cedict = generation.shared("cedict-")
        dictionary = Dictionary.open(cedict) if cedict else None
        self.lexicon = Lexicon.open(generation.path, self.arrays, dictionary)
        self.completions = cache(self._completions)

    def documents(self, keys: Keys) -> Docs:
        """The passage of each key, as NumPy likes numbers of places best."""
        documents: Docs = self._passages.take(keys >> BLOCK_BITS)
        return documents

    def last(self, keys: Keys) -> Keys:
        """The last key of the passage that each key is of."""
        ends: Keys = self.arrays.bases.take(self.documents(keys) + 1) - 1
        return ends

    def bm25(
        self,
        docs: Docs,
        counts: Scores,
        field: str,
        weight: float = 1.0,
        k1: float = bm25.K1,
    ) -> Scores:
        """The score of what stands so often in these documents, of the idf `weight`.

        How long a document is, its Chinese characters say for what is of
        characters, the words of English for all else.
        """
        lengths = self._saturation(CHAR if field == CHAR else STEM)
        return bm25.score(counts, lengths.take(docs), weight, k1)

    def _counted(self, field: str, term: str) -> tuple[Docs, Scores]:
        """The documents of a term, and how often each has it."""
        return per_document(self.keys(field, term), self.documents)

    def _scored(self, field: str, term: str) -> tuple[Docs, Scores]:
        """The documents of a term, and its score in each for an idf of one."""
        docs, counts = self._counted(field, term)
        return docs, self.bm25(docs, counts, field)

    def _neighbours(self, one: str, other: str) -> tuple[Docs, Scores]:
        """The documents of two Han characters next to each other, and their score in each."""
        ends = follow(self.row(CHAR, one), self.row(CHAR, other), range(1, 2))
        docs, counts = per_document(ends, self.documents)
        return docs, self.bm25(docs, counts, CHAR)

    def _row(self, field: str, term: str) -> Row:
        """The keys of a term as a slot of phrases."""
        keys = self.keys(field, term)
        number = self.arrays.number(field, term.encode("utf-8", "surrogatepass"))
        if number is None:
            return Row(keys)
        is_part = self.arrays.parts[number, ...]
        return Row(keys, sieve(keys) if len(keys) > MANY else NO_SIEVE, is_part)

    def _saturations(self, field: str) -> Scores:
        arrays = self.arrays
        if field not in arrays.fields:
            return np.full(self.count, bm25.K1)
        return bm25.saturation(arrays.lengths[:, arrays.fields.index(field)])

    def _column(self, facet: str) -> tuple[Sequence[str], Codes]:
        """The values of a facet, and for each passage which of them it has; -1 for none."""
        arrays = self.arrays
        numbers = arrays.terms(facet)
        codes = np.full(self.count, -1, np.int64)
        held = arrays.documents(arrays.rows(numbers))
        codes[held] = np.repeat(np.arange(len(numbers)), arrays.sizes(numbers))
        return [arrays.term(number).decode() for number in numbers], codes

    def _completions(self) -> Completions:
        from search.index.completions import Completions

        return Completions.open(self.generation.path, self.arrays)

    def _originals(self) -> Docs:
        """For each passage the first of the archive that has the same texts."""
        _, codes = self.column(TEXT)
        first = np.zeros(len(codes), np.intp)
        # From the last to the first: what is written last stays.
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        return first[codes]

    def _shown(self, facet: str) -> tuple[Sequence[str], Codes]:
        """The same with the values as they are shown, in order, and those that show alike as one.

        A person may have a name in both languages in one place, and in one in
        another; of both the English one is shown.
        """
        values, codes = self.column(facet)
        parts = (value.partition("\x1f") for value in values)
        shown = [english or chinese for english, _, chinese in parts]
        names = sorted(set(shown))
        number = {name: at for at, name in enumerate(names)}
        # The last is where -1 leads.
        renumbered = np.array([*(number[name] for name in shown), -1], np.int64)
        return names, renumbered[codes]

    def _forms(self) -> list[str]:
        """Every exact form in the archive, sorted."""
        return self.arrays.texts(FORM)

    def forms_like(self, pattern: str) -> list[str]:
        """The exact forms that a pattern with `*` for any characters matches."""
        pieces = pattern.split("*")
        return [form for form in self.forms() if _is_like(form, pieces)]


class Reader:
    """One thread's view of a generation. Close it, or use it in a `with` block."""

    def __init__(self, generation: Generation, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf(generation)
        self.generation = generation
        self._reader = open_dir(str(generation.path), readonly=True).reader()
        # A thread that ends leaves its reader to the garbage collector.
        self._close = weakref.finalize(self, self._reader.close)
        if self.count:
            # Whoosh opens this file when it is first used; a sweep must not come before that.
            self.passage(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._close()

    @property
    def count(self) -> int:
        """The number of passages."""
        return int(self._reader.doc_count())

    def passage(self, document: int) -> Passage:
        stored: Mapping[str, Any] = self._reader.stored_fields(document)
        at = bisect_right(self.shelf.firsts, document) - 1
        place = self.shelf.abouts[at].id, document - self.shelf.firsts[at]
        return restored(stored["passage"], *place)

    def tokens(
        self, document: int, passage: Passage, positions: Sequence[int]
    ) -> Mapping[int, list[Token]]:
        """The tokens at ascending positions of a passage: of its English side as 0, else 1."""
        arrays = self.shelf.arrays
        held: dict[int, list[tuple[int, int]]] = {0: [], 1: []}
        for position in positions:
            side, start = arrays.place(document, position)
            held[side].append((position, start))
        texts = (passage.en, passage.zh)
        return {
            side: self.shelf.analyzer.tokens_at(text, places)
            for side, places in held.items()
            if (text := texts[side]) and places
        }


def _is_like(form: str, pieces: Sequence[str]) -> bool:
    """Whether the pieces of a pattern stand in a form in order, the outer two at its ends.

    Each at its first place: a regular expression would try all of them.

    >>> _is_like("innovation", ["in", "v", "ion"]), _is_like("ion", ["io", "on"])
    (True, False)
    """
    first, *middle, last = pieces
    at, end = len(first), len(form) - len(last)
    if at > end or not (form.startswith(first) and form.endswith(last)):
        return False
    for piece in middle:
        found = form.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
