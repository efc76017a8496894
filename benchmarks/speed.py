"""How many passages a second are indexed, and how soon is a query answered?

An archive is generated, indexed by the functions that `search.rebuild` uses
once the files are read, and asked forty queries, in two ways: the evaluator
alone, and a whole search. Every figure is what was measured: times are only
ever rounded up, rates down.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import IO, Any

import click

from benchmarks.asking import WAYS, ask
from benchmarks.generated import transcripts
from benchmarks.machine import machine, peak_memory, versions
from benchmarks.queries import pick
from benchmarks.table import show
from search.analysis import Analyzer
from search.index import generations
from search.index.build import REPORT, FileReport, Report, write
from search.index.reader import Reader
from search.model import Transcript

SMALL = {"passages": 400, "runs": 2}
"""Enough to see that everything works, too little to say how fast."""

FEWEST = 100
"""Passages, to have forty different queries."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--passages", type=click.IntRange(FEWEST), default=20_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another text.")
@click.option("--runs", type=click.IntRange(1), default=20, show_default=True, help="Warm runs.")
@click.option(
    "--json",
    "file",
    type=click.File("w", "utf-8", lazy=False),
    metavar="FILE",
    help="Write the figures as JSON too; - for standard output, without the table.",
)
@click.option("--small", is_flag=True, help="400 passages and 2 runs: does it work?")
def main(passages: int, seed: int, runs: int, file: IO[str] | None, small: bool) -> None:
    """Measure how fast a generated bilingual archive is indexed and searched.

    \b
    build    passages a second from the transcripts in memory to a published
             generation: analysis, indexing, writing, checksums, fsync.
             Reading and aligning files is not in it.
    size     bytes of the generation on disk, and bytes a passage
    memory   the most that the process had in use at a time
    queries  p50, p99 (nearest rank) and the longest of forty, five of each kind
      engine only   the evaluator on a parsed query: all documents, all scores
      whole search  open_archive(...).search(...) with ten highlighted hits
      cold   each query for the first time on a freshly opened index; the
             process has its modules and jieba's dictionary loaded, the
             system has the files in its cache
      warm   after a warm-up, all queries in turn, as often as --runs says
    """
    if small:
        passages, runs = SMALL["passages"], SMALL["runs"]
    figures = measure(passages, seed, runs, partial(click.echo, err=True))
    if file:
        json.dump(figures, file, ensure_ascii=False, indent=2)
        file.write("\n")
    if not file or file.name != "<stdout>":
        show(figures)


def measure(passages: int, seed: int, runs: int, say: Callable[[str], object]) -> dict[str, Any]:
    """All figures, as they stand in the JSON; `say` is told what is being done."""
    figures: dict[str, Any] = {
        "date": generations.now(),
        "machine": machine(),
        "versions": versions(),
        "runs": runs,
    }
    say(f"generating {passages:,} passages")
    archive = tuple(transcripts(passages, seed))
    held = [passage for transcript in archive for passage in transcript.passages]
    memory = {"before_build_bytes": peak_memory()}
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        index = Path(folder)
        figures["archive"] = {"seed": seed, **_counts(archive)}
        figures["build"] = _built(archive, index, say)
        memory["after_build_bytes"] = peak_memory()
        questions = pick(held)
        figures["queries"] = [{"kind": q.kind, "text": q.text} for q in questions]
        figures["speed"] = {}
        for name, way in WAYS.items():
            say(f"asking {len(questions)} queries, {name}")
            hits, asked = ask(way(index), questions, runs)
            figures["speed"][name] = asked
            for query, found in zip(figures["queries"], hits, strict=True):
                if not found or query.setdefault("hits", found) != found:
                    raise RuntimeError(f"{query['text']} finds {found} passages, {name}: {query}")
    memory["after_queries_bytes"] = peak_memory()
    return {**figures, "memory": memory}


def _built(
    archive: tuple[Transcript, ...], index: Path, say: Callable[[str], object]
) -> dict[str, Any]:
    """Builds the index as `search.index.rebuild` does, but from transcripts that are there."""
    reached: dict[str, float] = {}

    def progress(what: str, done: int, total: int) -> None:
        reached.setdefault(what, perf_counter())
        if done % 5000 == 0 or done == total:
            say(f"{what} {done:,} of {total:,}")

    began = perf_counter()
    with generations.building(index) as path:
        files = tuple(FileReport.of(transcript) for transcript in archive)
        analyzer = Analyzer()
        passages = write(path, archive, analyzer, progress)
        written = perf_counter()
        report = json.dumps(Report(files, ()).to_dict(), ensure_ascii=False)
        (path / REPORT).write_text(report, "utf-8")
        manifest = {
            "analysis": analyzer.fingerprint,
            "built_at": generations.now(),
            "versions": {name: version(name) for name in ("whoosh3", "jieba")},
            "content": "generated",
            "sources": {},
            "transcripts": len(archive),
            "passages": passages,
        }
        built = generations.seal(path, manifest)
        with Reader(built) as reader:
            assert reader.count == passages, f"{reader.count} passages of {passages} were indexed"
        built = generations.publish(index, built)
    ended = perf_counter()
    size = sum(file.stat().st_size for file in built.path.rglob("*"))
    return {
        "seconds": ended - began,
        "passages_per_second": passages / (ended - began),
        "indexing_seconds": reached["writing"] - began,
        "writing_seconds": written - reached["writing"],
        "publishing_seconds": ended - written,
        "index_bytes": size,
        "bytes_per_passage": size / passages,
    }


def _counts(archive: Sequence[Transcript]) -> dict[str, Any]:
    passages = [passage for transcript in archive for passage in transcript.passages]
    return {
        "transcripts": len(archive),
        "passages": len(passages),
        "sides": dict(Counter(passage.sides for passage in passages).most_common()),
        "english_words": sum(len(passage.en.split()) for passage in passages if passage.en),
        "chinese_characters": sum(len(passage.zh) for passage in passages if passage.zh),
    }


if __name__ == "__main__":
    main()
