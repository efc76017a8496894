"""From tokens in the order of the text to the keys of each term: sorting, and no more.

Tokens are collected up to a set number, sorted by term with one stable sort,
and put aside as a *run*. When all are seen, every run is copied to its place
in the one file of keys. So memory holds one run, whatever the archive.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from search.index.analysed import SEPARATOR, Analysed, named
from search.index.arrays import BLOCK, BLOCK_BITS, META, Numbers

RUN = 8_000_000
"""Tokens of a run: some 300 MB while it is sorted."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A file of documents and positions, term after term, and how many each term has."""

    file: Path
    terms: Numbers
    counts: Numbers


class Inverter:
    """Takes the tokens of passages in order; gives the arrays of a segment."""

    def __init__(self, folder: Path, prefix: str, run: int = RUN) -> None:
        self._folder = folder
        self._prefix = prefix
        self._run = run
        self._aside = tempfile.TemporaryDirectory(prefix="runs-", dir=folder)
        self._numbers: dict[str, int] = {}
        self._columns: list[tuple[Numbers, Numbers, Numbers]] = []
        self._held = 0
        self._runs: list[_Run] = []
        self._farthest: list[Numbers] = []
        self._starts: list[Numbers] = []
        self._sides: list[Numbers] = []
        self.count = 0

    def terms(self, field: str) -> list[str]:
        """The terms of a field so far, in the order in which they were met."""
        begin = named(field, "")
        return [term[len(begin) :] for term in self._numbers if term.startswith(begin)]

    def add(self, analysed: Analysed) -> None:
        """Adds the passages that come next."""
        numbers = self._numbers
        known = [numbers.setdefault(term, len(numbers)) for term in analysed.terms]
        term, document, position = (
            np.frombuffer(column, np.uint32)
            for column in (analysed.term, analysed.document, analysed.position)
        )
        farthest = np.zeros(analysed.count, np.int64)
        np.maximum.at(farthest, document, position.astype(np.int64))
        self._farthest.append(farthest)
        self._columns.append(
            (np.array(known, np.uint32)[term], document + np.uint32(self.count), position)
        )
        self._starts.append(_narrow(np.frombuffer(analysed.starts, np.uint32)))
        self._sides.append(np.frombuffer(analysed.sides, np.uint32))
        self.count += analysed.count
        self._held += len(term)
        if self._held >= self._run:
            self._put_aside()

    def _put_aside(self) -> None:
        """Sorts what is held by term, each place once, and writes it as a run."""
        if not self._columns:
            return
        term, document, position = map(np.concatenate, zip(*self._columns, strict=True))
        self._columns, self._held = [], 0
        order = np.argsort(term, kind="stable")
        term, document, position = term[order], document[order], position[order]
        fresh = np.ones(len(term), np.bool_)
        # A compound and a part of it may have one stem: it stands there once.
        fresh[1:] = (
            (term[1:] != term[:-1])
            | (document[1:] != document[:-1])
            | (position[1:] != position[:-1])
        )
        term = term[fresh]
        first = np.flatnonzero(np.diff(term, prepend=np.int64(-1)))
        file = Path(self._aside.name) / f"{len(self._runs)}.npy"
        np.save(file, np.stack((document[fresh], position[fresh])), allow_pickle=False)
        self._runs.append(_Run(file, term[first], np.diff(first, append=len(term))))

    def finish(self) -> None:
        """Writes the arrays: see `arrays` for what is in each."""
        self._put_aside()
        parted = (term.partition(SEPARATOR) for term in self._numbers)
        encoded = [(field, text.encode("utf-8", "surrogatepass")) for field, _, text in parted]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        fields = sorted({field for field, _ in encoded})
        sizes = [sum(1 for name, _ in encoded if name == field) for field in fields]
        field_of = np.repeat(np.arange(len(fields)), sizes)

        taken = (_joined(self._farthest) >> BLOCK_BITS) + 1
        bases = BLOCK * (1 + np.concatenate(([0], np.cumsum(taken))))
        width = np.uint32 if bases[-1] < 2**32 else np.uint64
        bases = bases.astype(width)

        totals = np.zeros(len(order), np.int64)
        for run in self._runs:
            totals[rank[run.terms]] += run.counts
        starts = np.concatenate(([0], np.cumsum(totals)))

        keys: Any = np.lib.format.open_memmap(
            self._file("keys"), "w+", dtype=width, shape=(int(starts[-1]),)
        )
        lengths = np.zeros(self.count * len(fields), np.int64)
        filled = starts[:-1].copy()
        for run in self._runs:
            document, position = np.load(run.file, mmap_mode="r", allow_pickle=False)
            terms = rank[run.terms]
            ahead = np.cumsum(run.counts) - run.counts
            places = np.repeat(filled[terms] - ahead, run.counts) + np.arange(len(document))
            keys[places] = bases[document] + position
            filled[terms] += run.counts
            cells = document.astype(np.int64) * len(fields)
            cells += np.repeat(field_of[terms], run.counts)
            lengths += np.bincount(cells, minlength=len(lengths))
        keys.flush()
        self._aside.cleanup()

        texts = [encoded[number][1] for number in order]
        self._save("dictionary", np.frombuffer(b"".join(texts), np.uint8))
        self._save("ends", _narrow(np.cumsum([len(text) for text in texts], dtype=np.int64)))
        self._save("starts", _narrow(starts))
        self._save("bases", bases)
        self._save("lengths", _narrow(lengths.reshape(self.count, len(fields))))
        self._save("places", _joined(self._starts))
        sides = np.cumsum(_joined(self._sides), dtype=np.int64)
        self._save("sides", _narrow(np.concatenate(([0], sides))))
        bounds = [0, *np.cumsum(sizes).tolist()]
        meta = json.dumps({"fields": fields, "bounds": bounds})
        (self._folder / f"{self._prefix}.{META}").write_text(meta, "utf-8")

    def _file(self, name: str) -> Path:
        return self._folder / f"{self._prefix}.{name}.npy"

    def _save(self, name: str, numbers: Numbers) -> None:
        np.save(self._file(name), numbers, allow_pickle=False)


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint8)


def _narrow(numbers: Numbers) -> Numbers:
    """The numbers in the smallest unsigned type that holds them all."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
