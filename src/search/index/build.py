"""From `content/` to a new generation of the index."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import whoosh
from whoosh.index import create_in
from whoosh.writing import SegmentWriter

from search import library
from search.analysis import WORD, Analyzer
from search.errors import SearchError
from search.index import generations
from search.index.codec import ArrayCodec
from search.index.reader import TRANSCRIPTS, WORDS, Reader
from search.index.schema import schema, stored
from search.index.workers import analyses
from search.library import Library
from search.model import Doubt, Refusal, Repair, Transcript

REPORT = "report.json"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0 if unknown)."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one transcript."""

    id: str
    file: str
    passages: int
    sides: Mapping[str, int]
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]
    alone: tuple[tuple[int, str, str], ...]
    """Paragraphs of the talk without a counterpart: line, the language there is, how it begins."""

    @classmethod
    def of(cls, transcript: Transcript) -> FileReport:
        sides = Counter(passage.sides for passage in transcript.passages)
        return cls(
            id=transcript.about.id,
            file=transcript.about.file,
            passages=len(transcript.passages),
            sides={side: sides[side] for side in ("both", "en", "zh")},
            repairs=transcript.repairs,
            doubts=transcript.doubts,
            alone=tuple(
                (passage.line, passage.sides, (passage.en or passage.zh or "")[:60])
                for passage in transcript.passages
                if passage.sides != "both" and passage.role != "note"
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "file": self.file,
            "passages": self.passages,
            "sides": dict(self.sides),
            "repairs": [repair.to_dict() for repair in self.repairs],
            "doubts": [doubt.to_dict() for doubt in self.doubts],
            "alone": [
                {"line": line, "sides": sides, "begins": begins}
                for line, sides, begins in self.alone
            ],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What a look at `content/` found, and, after a rebuild, which generation came of it."""

    files: tuple[FileReport, ...]
    refusals: tuple[Refusal, ...]
    generation: str | None = None
    seconds: float | None = None

    @property
    def passages(self) -> int:
        return sum(file.passages for file in self.files)

    @property
    def sides(self) -> dict[str, int]:
        return {side: sum(file.sides[side] for file in self.files) for side in ("both", "en", "zh")}

    @property
    def repairs(self) -> dict[str, int]:
        """How often each rule was applied, the commonest first."""
        return dict(Counter(r.rule for file in self.files for r in file.repairs).most_common())

    @property
    def doubts(self) -> list[tuple[str, Doubt]]:
        return [(file.file, doubt) for file in self.files for doubt in file.doubts]

    def to_dict(self) -> dict[str, Any]:
        return {
            "generation": self.generation,
            "seconds": self.seconds,
            "transcripts": len(self.files),
            "passages": self.passages,
            "sides": self.sides,
            "repairs": self.repairs,
            "doubts": [{"file": file, **doubt.to_dict()} for file, doubt in self.doubts],
            "refusals": [refusal.to_dict() for refusal in self.refusals],
            "files": [file.to_dict() for file in self.files],
        }


def check(content: str | Path, progress: Progress | None = None) -> Report:
    """Reads `content/` and reports on it; nothing is written. Raises `ContentError`."""
    read, refusals = _load(Path(content), progress)
    _, misfits = library.dictionary(Path(content))
    files = tuple(FileReport.of(transcript) for transcript in read.transcripts)
    return Report(files, (*refusals, *misfits))


def rebuild(content: str | Path, index: str | Path, progress: Progress | None = None) -> Report:
    """Reads all of `content/` into a new generation under `index/` and makes it current.

    Raises `ContentError` if nothing can be read and `BuildRunning` if another
    build is under way; the index stays as it was then, as it does whenever
    this is interrupted.
    """
    try:
        return _rebuild(Path(content), Path(index), progress)
    except OSError as problem:
        raise SearchError(
            f"The index in {index} could not be written: {problem.strerror or problem}. "
            "The old one stays. Make room, or give another folder with --index."
        ) from problem


def _rebuild(content: Path, index: Path, progress: Progress | None) -> Report:
    began = time.perf_counter()
    with generations.building(index) as path:
        read, refusals = _load(content, progress)
        words, misfits = library.dictionary(content)
        files = tuple(FileReport.of(transcript) for transcript in read.transcripts)
        analyzer = Analyzer(words)
        passages = write(path, read.transcripts, analyzer, progress)
        report = Report(
            files,
            (*refusals, *misfits),
            path.name.removeprefix("building-"),
            round(time.perf_counter() - began, 3),
        )
        _write_json(path / REPORT, report.to_dict())
        built = generations.seal(
            path,
            {
                "analysis": analyzer.fingerprint,
                "reading": _reading(),
                "built_at": generations.now(),
                "versions": {
                    "whoosh": ".".join(map(str, whoosh.__version__)),
                    "jieba": version("jieba"),
                },
                "content": str(content.resolve()),
                "sources": read.checksums,
                "transcripts": len(read.transcripts),
                "passages": passages,
            },
        )
        _probe(built, passages)
        generations.publish(index, built)
    return report


def is_current(content: Path, index: Path) -> bool:
    """Whether the index was built from `content/` as it is now, by this version."""
    manifest = generations.current_manifest(index)
    if manifest is None or manifest.get("format") != generations.FORMAT:
        return False
    words, _ = library.dictionary(content)
    return bool(
        manifest.get("analysis") == Analyzer(words).fingerprint
        and manifest.get("reading") == _reading()
        and manifest.get("sources") == library.checksums(content)
    )


def _reading() -> str:
    """Names this way to make passages of files."""
    return f"{library.VERSION}, pypinyin {version('pypinyin')}"


def write(
    path: Path,
    transcripts: tuple[Transcript, ...],
    analyzer: Analyzer,
    progress: Progress | None = None,
) -> int:
    """Writes the files of a generation but its manifest; gives the number of passages."""
    total = sum(len(transcript.passages) for transcript in transcripts)
    abouts = []
    done = 0
    codec = ArrayCodec()  # type: ignore[no-untyped-call]
    writer = SegmentWriter(create_in(str(path), schema()), codec=codec)
    try:
        for transcript, analysed in zip(transcripts, analyses(transcripts, analyzer), strict=True):
            abouts.append({**transcript.about.to_dict(), "first": done})
            for passage in transcript.passages:
                writer.add_document(passage=stored(passage))
            writer.fieldwriter.add_analysed(analysed)
            done += analysed.count
            if progress:
                progress("indexing", done, total)
    except BaseException:
        # Whoosh's writer lets go of its files and its lock; what it wrote is swept with the rest.
        with suppress(OSError):
            writer.cancel()
        raise
    if progress:
        progress("writing", 0, 0)
    writer.commit()
    _write_json(path / TRANSCRIPTS, abouts)
    vocabulary = analyzer.cutter.vocabulary(writer.fieldwriter.terms(WORD))
    _write_json(path / WORDS, {"own": analyzer.words, **asdict(vocabulary)})
    return total


def _load(content: Path, progress: Progress | None) -> tuple[Library, tuple[Refusal, ...]]:
    done = 0

    def each(name: str) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("reading", done, 0)

    read = library.load(content, each)
    return read, read.refusals


def _probe(built: generations.Generation, passages: int) -> None:
    """Opens what was built as a reader would; raises if it is not all there."""
    with Reader(built) as reader:
        if reader.count != passages or (passages and reader.passage(passages - 1) is None):
            raise SearchError(
                f"The new index holds {reader.count} passages of {passages}; the old one stays. "
                "Try again, and report this if it comes back."
            )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), "utf-8")
