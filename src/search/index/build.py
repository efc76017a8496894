"""From `content/` to a new generation of the index."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import whoosh
from whoosh.index import create_in, open_dir
from whoosh.writing import SegmentWriter

from search import library
from search.analysis import WORD, Analyzer, chinese
from search.analysis.chinese import Vocabulary
from search.errors import SearchError
from search.furniture import repeated
from search.index import completions, generations, words
from search.index.arrays import Arrays
from search.index.codec import ArrayCodec, add, keep, open_arrays
from search.index.previous import Previous
from search.index.reader import TRANSCRIPTS, Reader
from search.index.report import REPORT, FileReport, Report
from search.index.schema import schema
from search.index.workers import analyses
from search.lexicon import Dictionary, Pair, cedict, dictionary, glossary, regional
from search.lexicon import build as lexicon
from search.lexicon.terms import Key, key
from search.library import Library, Unchanged
from search.model import Passage, Refusal, Transcript
from search.processes import cores

BATCH = range(500, 2_000)
"""Passages that are analysed at a time: the more, the fewer terms are numbered again, but all
processes need some."""

FEW = 50_000
"""Code points of text, not counting what is plain English, for which the dictionary is not loaded:
every stretch that may be a word is looked for in it."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the editors say of words: the same in the other language, the same in another region."""

    glossary: tuple[Pair, ...] = ()
    regional: tuple[tuple[Key, ...], ...] = ()
    refusals: tuple[Refusal, ...] = ()


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0 if unknown)."""


def check(content: str | Path, progress: Progress | None = None) -> Report:
    """Reads `content/` and reports on it; nothing is written. Raises `ContentError`."""
    read, refusals = _load(Path(content), progress, None)
    _, misfits = library.dictionary(Path(content))
    lists = _lists(Path(content))
    return Report(
        _files(read, None),
        (*refusals, *misfits, *lists.refusals),
        repeated=repeated(read.transcripts),
    )


def rebuild(content: str | Path, index: str | Path, progress: Progress | None = None) -> Report:
    """Reads all of `content/` into a new generation under `index/` and makes it current.

    Transcripts that are as the current generation has them are taken from
    there; the result is the same. Raises `ContentError` if nothing can be
    read and `BuildRunning` if another build is under way; the index stays as
    it was then, as it does whenever this is interrupted.
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
    with ExitStack() as stack:
        path = stack.enter_context(generations.building(index))
        own, misfits = library.dictionary(content)
        analyzer = Analyzer(own, by=chinese.fastest())
        lists = _lists(content)
        previous = Previous.open(index, analyzer.fingerprint, _reading())
        if previous:
            stack.enter_context(previous)
        read, refusals = _load(content, progress, previous)
        shares, prepared = prepare(index, progress)
        passages = write(path, read.found, analyzer, progress, previous, lists, prepared)
        report = Report(
            _files(read, previous),
            (*refusals, *misfits, *lists.refusals),
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
                "cutter": analyzer.cutter.by,
                "content": str(content.resolve()),
                "sources": read.checksums,
                "transcripts": len(read.found),
                "passages": passages,
                "shares": shares,
                "dictionary": cedict.edition() if shares else None,
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
    own, _ = library.dictionary(content)
    return bool(
        manifest.get("analysis") == Analyzer(own, by=chinese.fastest()).fingerprint
        and manifest.get("reading") == _reading()
        and manifest.get("sources") == library.checksums(content)
        and list(manifest.get("shares") or ()) == list(filter(None, (dictionary.name(),)))
    )


def prepare(
    index: Path, progress: Progress | None = None
) -> tuple[Mapping[str, Any], Dictionary | None]:
    """CC-CEDICT as a folder beside the generations: what a manifest says of it, and itself.

    Nothing and `None` if it is not installed. Only within `generations.building`.
    """
    name = dictionary.name()
    if name is None:
        return {}, None

    def make(folder: Path) -> None:
        if progress:
            progress("preparing the dictionary", 0, 0)
        dictionary.prepared().save(folder)

    return generations.share(index, name, make), Dictionary.open(index / name)


def _reading() -> str:
    """Names this way to make passages of files."""
    return f"{library.VERSION}, CC-CEDICT {cedict.edition()}"


def write(
    path: Path,
    transcripts: Sequence[Transcript | Unchanged],
    analyzer: Analyzer,
    progress: Progress | None = None,
    previous: Previous | None = None,
    lists: Lists = Lists(),
    prepared: Dictionary | None = None,
) -> int:
    """Writes the files of a generation but its manifest; gives the number of passages."""
    abouts: list[dict[str, Any]] = []
    parts: list[Sequence[Passage] | range] = []
    total = 0
    for transcript in transcripts:
        if isinstance(transcript, Unchanged):
            assert previous is not None, f"{transcript.id} is as it was nowhere"
            parts.append(previous.documents[transcript.id])
            about = previous.abouts[transcript.id]
        else:
            parts.append(transcript.passages)
            about = {**transcript.about.to_dict(), "digest": transcript.digest}
        abouts.append({**about, "first": total})
        total += len(parts[-1])
    batches = list(_batches(parts))
    fresh = [batch for batch in batches if not isinstance(batch, range)]
    if previous:
        analyzer = _quickest(analyzer, fresh, previous.vocabulary)
    analysed = analyses(fresh, analyzer)
    done = 0
    writer = SegmentWriter(create_in(str(path), schema()), codec=ArrayCodec())  # type: ignore[no-untyped-call]
    try:
        for batch in batches:
            if isinstance(batch, range):
                assert previous is not None
                keep(writer, previous.segment, batch)
            else:
                add(writer, next(analysed))
            done += len(batch)
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
    if progress:
        progress("learning", 0, 0)
    with open_dir(str(path), readonly=True).reader() as reader:
        arrays = open_arrays(reader.storage(), reader.segment())
        known = previous.vocabulary if previous else None
        vocabulary = analyzer.cutter.vocabulary(arrays.texts(WORD), known)
        words.write(path, arrays, analyzer.words, vocabulary)
        _learn(path, arrays, [transcript["speakers"] for transcript in abouts], lists, prepared)
        completions.write(path, arrays)
    return total


def _quickest(
    analyzer: Analyzer, batches: Iterable[Sequence[Passage]], known: Vocabulary
) -> Analyzer:
    """An analyzer that gives the same for these passages: of a few, only their words are read."""
    texts = [text for batch in batches for passage in batch for text in (passage.en, passage.zh)]
    few = sum(len(text) for text in texts if text and not text.isascii()) <= FEW
    has_own = known.counts.keys() >= set(analyzer.words)
    return analyzer.within(filter(None, texts), known) if few and has_own else analyzer


def _lists(content: Path) -> Lists:
    pairs, bad_pairs = glossary.read(content)
    rows, bad_rows = regional.read(content)
    return Lists(tuple(pairs), tuple(rows), (*bad_pairs, *bad_rows))


def _learn(
    path: Path,
    arrays: Arrays,
    casts: Iterable[Iterable[Mapping[str, str | None]]],
    lists: Lists,
    prepared: Dictionary | None,
) -> None:
    """Writes the lexicon of some postings; `casts` are the speakers of each transcript."""
    names = {(name["en"], name["zh"]) for cast in casts for name in cast}
    speakers: list[Pair] = []
    spellings: list[tuple[Key, ...]] = []
    for en, zh in sorted(names, key=str):
        if en and zh:
            # Wang Xiaogang is typed as wangxiaogang too.
            joined = "".join(en.lower().split())
            speakers += [Pair(en, zh), Pair(joined, zh)]
            spellings.append((key(joined), key(en)))
    rows = (*regional.own(), *lists.regional, *spellings)
    built = lexicon.build(arrays, lists.glossary, rows, speakers=speakers, dictionary=prepared)
    built.save(path)


def _batches(parts: Sequence[Sequence[Passage] | range]) -> Iterator[Sequence[Passage] | range]:
    """Passages that are analysed together, and between them those that are kept."""
    fresh = sum(len(part) for part in parts if not isinstance(part, range))
    size = min(max(BATCH.start, fresh // (4 * cores())), BATCH.stop)
    batch: list[Passage] = []
    for part in parts:
        if batch and (isinstance(part, range) or len(batch) >= size):
            yield batch
            batch = []
        if isinstance(part, range):
            yield part
        else:
            batch += part
    if batch:
        yield batch


def _load(
    content: Path, progress: Progress | None, previous: Previous | None
) -> tuple[Library, tuple[Refusal, ...]]:
    done = 0

    def each(name: str) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("reading", done, 0)

    read = library.load(content, each, previous.digests if previous else {})
    return read, read.refusals


def _files(read: Library, previous: Previous | None) -> tuple[FileReport, ...]:
    reports = previous.reports if previous else {}
    return tuple(
        reports[transcript.id] if isinstance(transcript, Unchanged) else FileReport.of(transcript)
        for transcript in read.found
    )


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
