"""The product's build: what its parts take, and how much memory it needs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

import click
import numpy as np

from search.analysis import Analyzer, Postings, Printed
from search.index import build as index_build
from search.index import completions, generations
from search.index.build import prepare, write
from search.index.reader import Reader
from search.index.report import REPORT, FileReport, Report
from search.model import Transcript

_FIRST = "专利 patent"
"""Makes the analyzer load its dictionary before anything is timed."""


class Timed(Analyzer):
    """An analyzer that knows how long it was at work, as long as that is in this process."""

    seconds = 0.0
    texts = 0

    def postings(self, text: str, printed: Printed, begin: int = 0) -> Postings:
        began = perf_counter()
        found = super().postings(text, printed, begin)
        self.seconds += perf_counter() - began
        self.texts += 1
        return found


def build(
    archive: tuple[Transcript, ...], index: Path, known: Path | None = None
) -> dict[str, Any]:
    """Builds the index as `search.index.build.rebuild` does, but from transcripts that are there.

    With `known`, CC-CEDICT is not prepared, but taken from that index.

    Where helpers did the analysis, which this process cannot see, the parts
    are left out.
    """
    analyzer = Timed()
    analyzer.postings(_FIRST, Printed())
    analyzer.seconds, analyzer.texts = 0.0, 0
    texts = sum(bool(p.en) + bool(p.zh) for transcript in archive for p in transcript.passages)
    with generations.building(index) as path:
        for dictionary in known.glob("cedict-*") if known else ():
            shutil.copytree(dictionary, index / dictionary.name)
        began = perf_counter()
        files = tuple(FileReport.of(transcript) for transcript in archive)
        shares, prepared = prepare(index)
        with (
            _timing(np, "save") as saved,
            _timing(index_build, "_learn", saved) as learned,
            _timing(completions, "write", saved) as completed,
        ):
            started = perf_counter()
            passages = write(path, archive, analyzer, _progress, prepared=prepared)
            written = perf_counter()
        report = json.dumps(Report(files, ()).to_dict(), ensure_ascii=False)
        (path / REPORT).write_text(report, "utf-8")
        manifest = {
            "analysis": analyzer.fingerprint,
            "built_at": generations.now(),
            "versions": {"jieba": version("jieba")},
            "cutter": analyzer.cutter.by,
            "content": "generated",
            "sources": {},
            "transcripts": len(archive),
            "passages": passages,
            "shares": shares,
        }
        built = generations.seal(path, manifest)
        with Reader(built) as reader:
            assert reader.count == passages, f"{reader.count} passages of {passages} were indexed"
        generations.publish(index, built)
    ended = perf_counter()
    if analyzer.texts < texts:
        return {"seconds": ended - began}
    learning = learned.pop() + completed.pop()
    writing = sum(saved)
    return {
        "seconds": ended - began,
        "analysis_seconds": analyzer.seconds,
        "inverting_seconds": written - started - analyzer.seconds - learning - writing,
        "writing_seconds": writing,
        "learning_seconds": learning,
        "publishing_seconds": ended - began - (written - started),
    }


@contextmanager
def _timing(module: ModuleType, name: str, apart: Sequence[float] = ()) -> Iterator[list[float]]:
    """Meanwhile, the seconds that each call of a function takes, without what goes to `apart`."""
    function = getattr(module, name)
    took: list[float] = []

    def timed(*args: Any, **kwargs: Any) -> Any:
        known, began = len(apart), perf_counter()
        result = function(*args, **kwargs)
        took.append(perf_counter() - began - sum(apart[known:]))
        return result

    setattr(module, name, timed)
    try:
        yield took
    finally:
        setattr(module, name, function)


def _progress(what: str, done: int, total: int) -> None:
    if done % 5000 == 0 or done == total:
        click.echo(f"{what} {done:,} of {total:,}", err=True)
