"""What of the current generation can be kept when the next one is built?

A transcript whose files are as they were, read and analysed as they would be
now, has the same passages and the same tokens: they are copied.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh.index import open_dir

from search.analysis.chinese import Vocabulary
from search.errors import IndexUnusable
from search.index import generations, words
from search.index.codec import Segment
from search.index.generations import Generation
from search.index.reader import TRANSCRIPTS
from search.index.report import REPORT, FileReport


class Previous:
    """The current generation, for the build of the next. Close it, or use it in a `with` block."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._reader = open_dir(str(generation.path), readonly=True).reader()
        self.segment = Segment.of(self._reader)
        abouts: list[dict[str, Any]] = generation.read(TRANSCRIPTS)
        ends = [*(about["first"] for about in abouts[1:]), self.segment.arrays.count]
        self.abouts = {about["id"]: about for about in abouts}
        self.documents = {
            about["id"]: range(about["first"], end) for about, end in zip(abouts, ends, strict=True)
        }
        self.digests: dict[str, str] = {about["id"]: about["digest"] for about in abouts}

    @classmethod
    def open(cls, index: Path, analysis: str, reading: str) -> Previous | None:
        """The current generation, if there is a whole one that was made in just this way."""
        try:
            generation = generations.current(index)
            made = generation.manifest
            alike = made.get("analysis") == analysis and made.get("reading") == reading
            return cls(generation) if alike else None
        except (IndexUnusable, OSError, ValueError):
            # Whatever is wrong with it, building anew is what mends it.
            return None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The Chinese words that it knows."""
        return words.read(self._generation, self.segment.arrays)[1]

    @cached_property
    def reports(self) -> dict[str, FileReport]:
        """What was found in each transcript's file."""
        files = self._generation.read(REPORT)["files"]
        return {file["id"]: FileReport.from_dict(file) for file in files}

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
        self.segment.close()
        self._reader.close()
