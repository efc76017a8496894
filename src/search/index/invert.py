"""From tokens in the order of the text to the keys of each term: sorting, and no more.

A token is one integer, the number of its term before its key (see `arrays`).
Tokens are collected up to a set number, sorted, and put aside as a *run*.
When all are seen, the runs are merged, a set number of keys at a time. So
memory holds three runs at most, whatever the archive.

Passages of an older segment can be kept: their keys move with them, and
nothing is analysed again.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from search.analysis import FORM, SEPARATOR, STEM, named
from search.index.analysed import Analysed
from search.index.arrays import BLOCK, BLOCK_BITS, META, Arrays, Numbers, narrow, starts_of
from search.index.keys import Flags, contains

RUN = 8_000_000
"""Tokens of a run: some 300 MB while it is sorted."""

_BETWEEN_PASSAGES = 8
"""Positions left free at least after each passage: no step of a phrase reaches that far."""

_KEY_BITS = 36
"""Bits of a token that are its key: an archive has at most 68 billion positions."""
_KEY = (1 << _KEY_BITS) - 1

_STEM = named(STEM, "")


@dataclass(frozen=True, slots=True)
class _Run:
    """The tokens of each term together and sorted, each once: the terms' numbers, and where
    those begin."""

    tokens: Numbers
    numbers: Numbers
    begins: Numbers
    counts: Numbers

    @classmethod
    def of(cls, tokens: Numbers) -> _Run:
        numbers: Numbers = tokens >> _KEY_BITS
        begins = np.flatnonzero(np.diff(numbers, prepend=-1))
        return cls(tokens, numbers[begins], begins, np.diff(begins, append=len(tokens)))


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms in their order, field after field, and the place there of each number."""

    texts: list[bytes]
    fields: list[str]
    bounds: list[int]
    """The first term of each field; one more at the end."""
    rank: Numbers

    @classmethod
    def of(cls, numbers: Mapping[str, int]) -> _Terms:
        # In the order of code points, which is that of UTF-8 too.
        names = sorted(numbers)
        rank = np.empty(len(names), np.int64)
        rank[[numbers[name] for name in names]] = np.arange(len(names))
        parted = [name.partition(SEPARATOR) for name in names]
        sizes = Counter(field for field, _, _ in parted)
        texts = [text.encode("utf-8", "surrogatepass") for _, _, text in parted]
        return cls(texts, [*sizes], [0, *accumulate(sizes.values())], rank)

    def of_field(self, field: str) -> range:
        if field not in self.fields:
            return range(0)
        at = self.fields.index(field)
        return range(self.bounds[at], self.bounds[at + 1])


class Inverter:
    """Takes the tokens of passages in order; gives the arrays of a segment."""

    def __init__(self, folder: Path, prefix: str, run: int = RUN) -> None:
        self._folder = folder
        self._prefix = prefix
        self._run = run
        self._old: Arrays | None = None
        self._aside = tempfile.TemporaryDirectory(prefix="runs-", dir=folder)
        self._numbers: dict[str, int] = {}
        self._tokens: list[Numbers] = []
        self._held = 0
        self._runs: list[_Run] = []
        self._next_base = BLOCK
        self._bases: list[Numbers] = []
        self._kept: list[tuple[int, int, int]] = []
        self._compounds: list[Numbers] = []
        self._gaps: list[Numbers] = []
        self._sides: list[Numbers] = []
        self.count = 0

    def add(self, analysed: Analysed) -> None:
        """Adds the passages that come next."""
        printed, position, counts, tokens, sizes = (
            np.frombuffer(column, np.uint32).astype(np.int64)
            for column in (
                analysed.printed,
                analysed.position,
                analysed.counts,
                analysed.tokens,
                analysed.sizes,
            )
        )
        some = np.flatnonzero(counts)
        farthest = np.zeros(analysed.count, np.int64)
        if len(some):
            farthest[some] = np.maximum.reduceat(position, (np.cumsum(counts) - counts)[some])
        blocks = (farthest + _BETWEEN_PASSAGES) // BLOCK + 1
        keys = np.repeat(self._follow(blocks), counts) + position
        # Each printed thing gives way to its tokens.
        widths = sizes[printed]
        begins = (np.cumsum(sizes) - sizes)[printed] - (np.cumsum(widths) - widths)
        token = tokens[np.repeat(begins, widths) + np.arange(widths.sum())]
        self._compounds.append(keys[_compound(analysed.terms, tokens, sizes)[printed]])
        self._collect(self._numbered(analysed.terms)[token], np.repeat(keys, widths))
        sides = np.frombuffer(analysed.sides, np.uint32)
        self._gaps.append(narrow(_gaps(np.frombuffer(analysed.starts, np.uint32), sides)))
        self._sides.append(sides)

    def keep(self, old: Arrays, documents: range) -> None:
        """Adds some passages of an older segment, always the same, as those that come next."""
        assert self._old is None or self._old is old, "passages are kept of one segment only"
        self._old = old
        first, last = documents.start, documents.stop
        self._kept.append((first, last, self.count))
        self._follow(np.diff(old.bases[first : last + 1].astype(np.int64)) // BLOCK)
        begin, end = old.sides[[2 * first, 2 * last]].tolist()
        self._gaps.append(old.gaps[begin:end])
        self._sides.append(np.diff(old.sides[2 * first : 2 * last + 1]))

    def _follow(self, blocks: Numbers) -> Numbers:
        """Gives each of the next passages its blocks, and their first keys."""
        ends = self._next_base + BLOCK * np.cumsum(blocks)
        bases: Numbers = ends - BLOCK * blocks
        self._bases.append(bases)
        self.count += len(blocks)
        self._next_base = int(ends[-1]) if len(ends) else self._next_base
        return bases

    def _numbered(self, names: tuple[str, ...]) -> Numbers:
        numbers = self._numbers
        return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)

    def _collect(self, numbers: Numbers, keys: Numbers) -> None:
        self._tokens.append((numbers << _KEY_BITS) | keys)
        self._held += len(keys)
        if self._held >= self._run:
            self._put_aside(self._sorted())

    def _put_aside(self, tokens: Numbers) -> None:
        file = Path(self._aside.name) / f"{len(self._runs)}.npy"
        np.save(file, tokens, allow_pickle=False)
        mapped = np.load(file, mmap_mode="r", allow_pickle=False)
        self._runs.append(replace(_Run.of(tokens), tokens=mapped))

    def _sorted(self) -> Numbers:
        """What is held, sorted. A compound and a part of it may have one stem: it counts once."""
        tokens = np.sort(np.concatenate([np.zeros(0, np.int64), *self._tokens]))
        self._tokens, self._held = [], 0
        fresh = np.ones(len(tokens), np.bool_)
        np.not_equal(tokens[1:], tokens[:-1], out=fresh[1:])
        return tokens[fresh]

    def _collect_kept(self, bases: Numbers) -> None:
        """Adds the tokens of what was kept of the old segment, moved to where it is now.

        They are in order but where the passages have another one.
        """
        if self._old is None or not self._kept:
            return
        old = self._old
        in_order = all(before[1] <= after[0] for before, after in pairwise(self._kept))
        moved = np.zeros(old.count, np.int64)
        stays = np.zeros(old.count, np.bool_)
        for first, last, at in self._kept:
            moved[first:last] = bases[at : at + last - first] - old.bases[first:last]
            stays[first:last] = True
        moved, stays = moved[old.passages], stays[old.passages]
        blocks = old.compounds >> BLOCK_BITS
        self._compounds.append((old.compounds + moved[blocks])[stays[blocks]])
        names = [named(field, text) for field in old.fields for text in old.texts(field)]
        sizes = old.sizes(range(len(names)))
        starts = starts_of(sizes)
        for first, last in _slices(starts, self._run):
            keys = old.rows(range(first, last))
            blocks = keys >> BLOCK_BITS
            there = stays[blocks]
            used = np.flatnonzero(np.logical_or.reduceat(there, starts[first:last] - starts[first]))
            used += first
            number = np.zeros(last - first, np.int64)
            number[used - first] = self._numbered(tuple(names[term] for term in used.tolist()))
            tokens = np.repeat(number << _KEY_BITS, sizes[first:last])
            tokens += moved[blocks]
            tokens += keys.astype(np.int64)
            tokens = tokens[there]
            tokens = tokens if in_order else np.sort(tokens)
            if last - first < len(names):
                self._put_aside(tokens)
            else:
                self._runs.append(_Run.of(tokens))

    def finish(self) -> None:
        """Writes the arrays: see `arrays` for what is in each."""
        bases = np.concatenate([*self._bases, [self._next_base]])
        self._collect_kept(bases)
        runs = [run for run in (*self._runs, _Run.of(self._sorted())) if len(run.tokens)]
        terms = _Terms.of(self._numbers)
        totals = np.zeros(len(terms.texts), np.int64)
        for run in runs:
            totals[terms.rank[run.numbers]] += run.counts
        starts = starts_of(totals)
        keys = self._created(Path(self._aside.name) / "keys.npy", int(starts[-1]))
        lengths = np.zeros((len(terms.fields), self.count), np.int64)
        compounds = np.sort(_joined(self._compounds).astype(np.int64))
        parts = np.zeros(len(totals), np.bool_)
        passages = np.repeat(np.arange(self.count), np.diff(bases) >> BLOCK_BITS)
        for first, last in _slices(starts, self._run):
            found = _merged(runs, terms.rank, first, last)
            keys[starts[first] : starts[last]] = found
            documents = passages[(found >> BLOCK_BITS) - 1]
            shared = np.zeros(len(found), np.bool_)
            edges = np.clip(starts[terms.bounds], starts[first], starts[last]) - starts[first]
            for field, (begin, end) in enumerate(pairwise(edges.tolist())):
                lengths[field] += np.bincount(documents[begin:end], minlength=self.count)
                if terms.fields[field] in (FORM, STEM):
                    shared[begin:end] = contains(compounds, found[begin:end])
            # No term is without a key.
            begins = starts[first:last] - starts[first]
            parts[first:last] = np.logical_or.reduceat(shared, begins)

        same = _same(keys, starts, terms.of_field(STEM), terms.of_field(FORM))
        self._save("dictionary", np.frombuffer(b"".join(terms.texts), np.uint8))
        self._save("ends", narrow(np.cumsum([*map(len, terms.texts)], dtype=np.int64)))
        self._save("starts", narrow(self._save_keys(keys, starts, same[:, 0])))
        self._save("same", same)
        self._save("bases", bases.astype(keys.dtype))
        self._save("compounds", compounds.astype(keys.dtype))
        self._save("parts", parts)
        self._save("lengths", narrow(np.ascontiguousarray(lengths.T)))
        self._save("gaps", narrow(_joined(self._gaps)))
        self._save("sides", narrow(starts_of(_joined(self._sides))))
        meta = json.dumps({"fields": terms.fields, "bounds": terms.bounds})
        (self._folder / f"{self._prefix}.{META}").write_text(meta, "utf-8")
        del keys, runs
        self._runs.clear()
        self._aside.cleanup()

    def _save_keys(self, keys: Numbers, starts: Numbers, without: Numbers) -> Numbers:
        """Writes the rows of all terms but some; gives where each begins."""
        sizes = np.diff(starts)
        stays = np.ones(len(sizes), np.bool_)
        stays[without] = False
        kept = starts_of(sizes * stays)
        file = self._created(self._file("keys"), int(kept[-1]))
        for first, last in _slices(starts, self._run):
            found = keys[starts[first] : starts[last]]
            file[kept[first] : kept[last]] = found[np.repeat(stays[first:last], sizes[first:last])]
        file.flush()
        return kept

    def _created(self, file: Path, size: int) -> Any:
        """An array for so many keys in a new file."""
        width = np.uint32 if self._next_base < 2**32 else np.uint64
        return np.lib.format.open_memmap(file, "w+", dtype=width, shape=(size,))

    def _file(self, name: str) -> Path:
        return self._folder / f"{self._prefix}.{name}.npy"

    def _save(self, name: str, numbers: Numbers) -> None:
        np.save(self._file(name), numbers, allow_pickle=False)


def _same(keys: Numbers, starts: Numbers, terms: range, others: range) -> Numbers:
    """Of some terms those whose row another one has too, each with that: two columns."""
    # Rows of one length with the same ends are mostly the same: few are compared.
    known = dict(zip(_shapes(keys, starts, others), others, strict=True))
    found = [
        (term, other)
        for term, shape in zip(terms, _shapes(keys, starts, terms), strict=True)
        if (other := known.get(shape)) is not None
        and np.array_equal(
            keys[starts[term] : starts[term + 1]], keys[starts[other] : starts[other + 1]]
        )
    ]
    return np.array(found, np.uint32).reshape(-1, 2)


def _shapes(keys: Numbers, starts: Numbers, terms: range) -> Iterator[tuple[int, int, int]]:
    """The first and last key of each term, and how many it has."""
    edges = starts[terms.start : terms.stop + 1]
    columns = keys[edges[:-1]], keys[edges[1:] - 1], np.diff(edges)
    return zip(*(column.tolist() for column in columns), strict=True)


def _slices(starts: Numbers, size: int) -> Iterator[tuple[int, int]]:
    """The terms, whose rows begin at `starts`, in slices of about `size` keys."""
    first, count = 0, len(starts) - 1
    while first < count:
        last = int(np.searchsorted(starts, starts[first] + size, side="right")) - 1
        last = min(max(last, first + 1), count)
        yield first, last
        first = last


def _merged(runs: Sequence[_Run], rank: Numbers, first: int, last: int) -> Numbers:
    """The keys of the terms that rank from `first` up to `last`, term after term."""
    ranked = [_ranked(run, rank, first, last) for run in runs]
    merged = ranked[0] if len(ranked) == 1 else np.sort(np.concatenate(ranked), kind="stable")
    keys: Numbers = merged & _KEY
    return keys


def _ranked(run: _Run, rank: Numbers, first: int, last: int) -> Numbers:
    """The tokens of a run whose terms rank from `first` up to `last`, sorted by that."""
    ranks = rank[run.numbers]
    chosen = np.flatnonzero((ranks >= first) & (ranks < last))
    chosen = chosen[np.argsort(ranks[chosen])]
    counts = run.counts[chosen]
    ahead = np.cumsum(counts) - counts
    places = np.repeat(run.begins[chosen] - ahead, counts) + np.arange(counts.sum())
    numbers = np.repeat(ranks[chosen] - first, counts) << _KEY_BITS
    tokens: Numbers = numbers | (run.tokens[places] & _KEY)
    return tokens


def _compound(terms: Sequence[str], tokens: Numbers, sizes: Numbers) -> Flags:
    """Which of what is printed is a compound: it has a stem, and so has each of its parts."""
    is_stem = np.fromiter((term.startswith(_STEM) for term in terms), np.bool_, len(terms))
    if not len(sizes):
        return np.zeros(0, np.bool_)
    compound: Flags = np.add.reduceat(is_stem[tokens], np.cumsum(sizes) - sizes, dtype=np.intp) > 1
    return compound


def _gaps(starts: Numbers, sides: Numbers) -> Numbers:
    """How far each start is from the one before, where each side has so many of them."""
    gaps = starts.copy()
    gaps[1:] -= starts[:-1]
    firsts = (np.cumsum(sides) - sides)[sides > 0]
    gaps[firsts] = starts[firsts]
    return gaps


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint8)
