"""Does reading take less time than indexing? `python -m benchmarks.reading` measures it.

Generated transcripts of 40 passages are written as text files, paragraphs in
turn, and read (decoded, repaired, aligned); then what was read is analysed
and written as an index, without CC-CEDICT. Both use all cores. Seconds of the
processors are those of all processes; those of the clock are other programs'
too.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import generated
from search.analysis import Analyzer, chinese
from search.index.build import write
from search.library import Library, load
from search.model import Transcript


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--transcripts", type=int, default=1_000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="the best counts (3)")
    options = parser.parse_args()
    passages = options.transcripts * generated.PER_TRANSCRIPT
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        lay_out(generated.transcripts(passages, seed=1), content)
        read = load(content)
        # In turn: what else the machine does changes from minute to minute.
        reading, indexing = [], []
        for _ in range(options.runs):
            reading.append(measured(lambda: load(content)))
            indexing.append(measured(lambda: index(read)))
    size = f"{options.transcripts:,} transcripts of {generated.PER_TRANSCRIPT} passages"
    for name, seconds in (("reading", reading), ("indexing", indexing)):
        clock, processor = (min(each) for each in zip(*seconds, strict=True))
        print(f"{name:<9}{size}: {processor:.1f} s of processors, {clock:.1f} s by the clock")


def lay_out(transcripts: Iterable[Transcript], content: Path) -> None:
    """Writes transcripts as files of paragraphs in turn."""
    content.mkdir()
    for transcript in transcripts:
        text = "\n\n".join(_paragraphs(transcript))
        (content / transcript.about.file).write_text(text, "utf-8")


def _paragraphs(transcript: Transcript) -> Iterator[str]:
    for passage in transcript.passages:
        speaker = passage.speaker
        for text, name in (
            (passage.zh, speaker.zh if speaker else None),
            (passage.en, speaker.en if speaker else None),
        ):
            if text:
                yield f"{name}: {text}" if name else text


def index(read: Library) -> None:
    """Analyses what was read and writes it as a generation, with no lexicon but its own."""
    with TemporaryDirectory() as folder:
        write(Path(folder), read.found, Analyzer(by=chinese.fastest()))


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds of the clock and of all processes that it takes."""
    clock, before = perf_counter(), os.times()
    work()
    after = os.times()
    return perf_counter() - clock, sum(after[:4]) - sum(before[:4])


if __name__ == "__main__":
    main()
