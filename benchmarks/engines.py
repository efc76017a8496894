"""The engines that are measured, each in processes of its own: memory and caches do not mix."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import product
from benchmarks.asking import Way, ask, both_languages, engine_only, whole_search, with_forms
from benchmarks.machine import peak_memory, peak_of_helpers
from benchmarks.queries import Question
from benchmarks.ready import Ready, Spooled

PRODUCT = "transcript-search"
ENGINE, WHOLE, BOTH = "engine only", "whole search", "bilingual"
WAYS: Mapping[str, Way] = {ENGINE: engine_only, WHOLE: whole_search, BOTH: both_languages}
"""How the product is asked."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another engine: the module that has its `build`, and the ways in which it is asked."""

    name: str
    module: str
    ways: Mapping[str, str]

    def build(self, folder: Path, passages: Iterable[Ready]) -> None:
        build: Callable[[Path, Iterable[Ready]], None] = self._of("build")
        build(folder, passages)

    def way(self, name: str) -> Way:
        way: Way = self._of(self.ways[name])
        return way

    def _of(self, name: str) -> Any:
        # An engine is only imported in the process that measures it.
        return getattr(import_module(f"benchmarks.{self.module}"), name)


WHOOSH, FTS5, TANTIVY = "stock Whoosh", "SQLite FTS5", "tantivy"
TEN_BEST = ", ten best"
PEERS = (
    Peer(WHOOSH, "stock_whoosh", {WHOOSH: "best_and_count"}),
    Peer(FTS5, "sqlite_fts5", {FTS5: "best_and_count", f"FTS5{TEN_BEST}": "best"}),
    Peer(TANTIVY, "tantivy_py", {TANTIVY: "best_and_count", f"{TANTIVY}{TEN_BEST}": "best"}),
)


def in_child(measure: Callable[..., Any], *args: Any) -> Any:
    """What a function gives, called in a process that does nothing else."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(measure, *args).result()


def build_product(archive: Path, index: Path, known: Path, one_core: bool) -> dict[str, Any]:
    """The figures of the product's build; `archive` is a file with the pickled transcripts.

    CC-CEDICT is taken from `known`, an index that has it prepared.

    On one core, where the system can keep a process there, nothing is left to
    helpers, and what each part takes can be told apart.
    """
    if one_core and sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    transcripts = pickle.loads(archive.read_bytes())
    passages = sum(len(transcript.passages) for transcript in transcripts)
    before = peak_memory()
    figures = product.build(transcripts, index, known)
    return {**figures, **_built(index, passages, before)}


def build_peer(peer: Peer, folder: Path, spooled: Path, count: int) -> dict[str, Any]:
    """The figures of a peer's build, without the time it took to read what it was given."""
    passages = Spooled(spooled, count)
    import_module(f"benchmarks.{peer.module}")
    folder.mkdir()
    before = peak_memory()
    began = perf_counter()
    peer.build(folder, passages)
    seconds = perf_counter() - began - passages.seconds
    return {"seconds": seconds, **_built(folder, count, before)}


def ask_product(
    index: Path, questions: Sequence[Question], runs: int, forms: bool
) -> tuple[list[Question], dict[str, dict[str, Any]], int]:
    """The questions in every engine's form, if asked for, the figures of each way, the memory."""
    ways = {name: ask(way(index), questions, runs) for name, way in WAYS.items()}
    peak = peak_memory()
    return with_forms(index, questions) if forms else list(questions), ways, peak


def ask_peer(
    peer: Peer, folder: Path, questions: Sequence[Question], runs: int
) -> tuple[dict[str, dict[str, Any]], int]:
    """The figures of each way, and the memory."""
    ways = {name: ask(peer.way(name)(folder), questions, runs) for name in peer.ways}
    return ways, peak_memory()


def _built(folder: Path, passages: int, before: int) -> dict[str, Any]:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {
        "index_bytes": size,
        "bytes_per_passage": size / passages,
        "before_build_bytes": before,
        "after_build_bytes": peak_memory(),
        "helper_bytes": peak_of_helpers(),
    }
