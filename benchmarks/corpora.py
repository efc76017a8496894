"""What is measured on: a generated archive of any size, and a real text in both languages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.generated import transcripts
from search.model import About, Alignment, Bilingual, Passage, Role, Transcript

SCALE = Path("scale") / "bible_kjv_cuv.jsonl"
"""Where the real text lies in the folder that --data names: a verse a line."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An archive to measure on."""

    name: str
    transcripts: tuple[Transcript, ...]

    @property
    def passages(self) -> list[Passage]:
        return [passage for transcript in self.transcripts for passage in transcript.passages]

    def facts(self) -> dict[str, Any]:
        """Its name and size, as they stand in the figures."""
        passages = self.passages
        return {
            "name": self.name,
            "transcripts": len(self.transcripts),
            "passages": len(passages),
            "sides": dict(Counter(passage.sides for passage in passages).most_common()),
            "english_words": sum(len(passage.en.split()) for passage in passages if passage.en),
            "chinese_characters": sum(len(passage.zh) for passage in passages if passage.zh),
        }


def generated(passages: int, seed: int) -> Corpus:
    return Corpus(f"generated, seed {seed}", tuple(transcripts(passages, seed)))


def verses(file: Path) -> Corpus:
    """The lines of a file, each an object with `id`, `doc`, `en` and `zh`."""
    lines = file.read_text("utf-8").splitlines()
    held = (json.loads(line) for line in lines if line.strip())
    chapters = groupby(enumerate(held, 1), key=lambda verse: str(verse[1]["doc"]))
    return Corpus(
        "King James and Chinese Union versions",
        tuple(_chapter(doc, found) for doc, found in chapters),
    )


def _chapter(doc: str, found: Iterator[tuple[int, dict[str, str]]]) -> Transcript:
    about = About(id=doc.lower().replace(" ", "-"), file=f"{doc}.txt", title=Bilingual(doc, doc))
    passages = tuple(
        Passage(
            id=f"{about.id}/{line}",
            transcript=about.id,
            position=position,
            role=Role.ANSWER,
            speaker=None,
            en=verse["en"] or None,
            zh=verse["zh"] or None,
            alignment=Alignment(1.0, "verse") if verse["en"] and verse["zh"] else None,
            line=line,
        )
        for position, (line, verse) in enumerate(found)
    )
    return Transcript(about, passages)
