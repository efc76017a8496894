"""Where do the words lie? A generation opened for reading.

Postings come out of Whoosh once and are kept as arrays (see `keys`), which
all threads share; Whoosh's own reader belongs to one thread.
"""

from __future__ import annotations

import json
import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from whoosh.index import open_dir

from search.analysis import FIELDS, FORM, Analyzer
from search.errors import IndexStale
from search.index.generations import Generation
from search.index.keys import NONE, STRIDE_BITS, Keys
from search.index.schema import FACETS
from search.model import About, Passage

LENGTHS, TRANSCRIPTS, WORDS = "lengths.npy", "transcripts.json", "words.json"
Codes = npt.NDArray[np.int64]

_KEPT_KEYS = 32_000_000
"""Postings kept in memory for a generation (256 MB); past that they are read again."""


class Shelf:
    """What all readers of one generation share: nothing here is tied to a thread."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.analyzer = Analyzer(generation.read(WORDS))
        if generation.manifest["analysis"] != self.analyzer.fingerprint:
            index = generation.path.parent
            raise IndexStale(
                index, f"The index in {index} was made by another version of the analysis."
            )
        kept = generation.read(TRANSCRIPTS)
        self.abouts = tuple(About.from_dict(about) for about in kept)
        self.firsts = [about["first"] for about in kept]
        self.count: int = generation.manifest["passages"]
        lengths = np.load(generation.path / LENGTHS, allow_pickle=False)
        self.lengths = {field: lengths[:, at].astype(np.float64) for at, field in enumerate(FIELDS)}
        self.mean_lengths = {
            field: float(of.mean()) or 1.0 if len(of) else 1.0 for field, of in self.lengths.items()
        }
        self.columns: dict[str, tuple[Sequence[str], Codes]] = {}
        self.forms: list[str] | None = None
        self._lock = threading.Lock()
        self._keys: dict[tuple[str, str], Keys] = {}
        self._held = 0

    def keys(self, field: str, term: str, load: Callable[[], Keys]) -> Keys:
        """The keys of a term, from `load` if they are not kept here."""
        found = self._keys.get((field, term))
        if found is None:
            found = load()
            with self._lock:
                if self._held + len(found) > _KEPT_KEYS:
                    self._keys, self._held = {}, 0
                self._keys[field, term] = found
                self._held += len(found)
        return found


class Reader:
    """One thread's view of a generation. Close it, or use it in a `with` block."""

    def __init__(self, generation: Generation, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf(generation)
        self.generation = generation
        self._reader = open_dir(str(generation.path), readonly=True).reader()  # type: ignore[no-untyped-call]
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
        self._reader.close()

    @property
    def count(self) -> int:
        """The number of passages."""
        return int(self._reader.doc_count())

    def passage(self, document: int) -> Passage:
        stored: Mapping[str, Any] = self._reader.stored_fields(document)
        return Passage.from_dict(json.loads(stored["passage"]))

    def keys(self, field: str, term: str) -> Keys:
        """Where a term stands, as sorted keys; empty if it stands nowhere."""
        return self.shelf.keys(field, term, lambda: self._load(field, term))

    def column(self, facet: str) -> tuple[Sequence[str], Codes]:
        """The values of a facet, and for each passage which of them it has; -1 for none."""
        found = self.shelf.columns.get(facet)
        if found is None:
            values = sorted(term.decode() for term in self._reader.lexicon(facet))
            codes = np.full(self.shelf.count, -1, np.int64)
            for code, value in enumerate(values):
                codes[self.keys(facet, value) >> STRIDE_BITS] = code
            found = self.shelf.columns[facet] = values, codes
        return found

    @property
    def forms(self) -> list[str]:
        """Every exact form in the archive, sorted."""
        if self.shelf.forms is None:
            self.shelf.forms = sorted(term.decode() for term in self._reader.lexicon(FORM))
        return self.shelf.forms

    def forms_like(self, pattern: str) -> list[str]:
        """The exact forms that a pattern with `*` for any characters matches.

        Takes a binary search where the pattern ends with its only `*`.
        """
        prefix, star, rest = pattern.partition("*")
        if not star:
            return [pattern]
        begin = bisect_left(self.forms, prefix)
        end = bisect_left(self.forms, prefix + chr(0x10FFFF)) if prefix else len(self.forms)
        if not rest:
            return self.forms[begin:end]
        like = re.compile(".*".join(re.escape(piece) for piece in re.split(r"\*+", pattern)))
        return [form for form in self.forms[begin:end] if like.fullmatch(form)]

    def _load(self, field: str, term: str) -> Keys:
        if (field, term) not in self._reader:
            return NONE
        matcher = self._reader.postings(field, term)
        keys: list[int] = []
        if field in FACETS:
            keys = [document << STRIDE_BITS for document in matcher.all_ids()]
        else:
            while matcher.is_active():
                base = matcher.id() << STRIDE_BITS
                keys += [base + position for position in matcher.value_as("positions")]
                matcher.next()
        return np.array(keys, np.int64)
