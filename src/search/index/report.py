"""What was found in `content/`: what an editor should know of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.furniture import Repeated
from search.model import (
    Doubt,
    Lang,
    Omission,
    Passage,
    Refusal,
    Repair,
    Role,
    SourceFile,
    Transcript,
)

REPORT = "report.json"

_BEGINNING = 60
"""Characters by which an editor knows a paragraph again."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A paragraph of the talk without a counterpart: work for an editor.

    `sides` is the language there is, `passage` the id of the passage.
    """

    file: str
    line: int
    sides: str
    begins: str
    passage: str

    @classmethod
    def of(cls, passage: Passage, transcript: Transcript) -> Unanswered:
        text = passage.en or passage.zh or ""
        return cls(
            file=transcript.file_in(Lang(passage.sides)),
            line=passage.line,
            sides=passage.sides,
            begins=text[:_BEGINNING] + "…" * (len(text) > _BEGINNING),
            passage=passage.id,
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "line": self.line,
            "sides": self.sides,
            "begins": self.begins,
            "passage": self.passage,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one transcript."""

    id: str
    file: str
    files: tuple[SourceFile, ...]
    passages: int
    sides: Mapping[str, int]
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]
    alone: tuple[Unanswered, ...]
    omitted: tuple[Omission, ...]

    @classmethod
    def of(cls, transcript: Transcript) -> FileReport:
        sides = Counter(passage.sides for passage in transcript.passages)
        return cls(
            id=transcript.about.id,
            file=transcript.about.file,
            files=transcript.files,
            passages=len(transcript.passages),
            sides={side: sides[side] for side in ("both", "en", "zh")},
            repairs=transcript.repairs,
            doubts=transcript.doubts,
            alone=tuple(
                Unanswered.of(passage, transcript)
                for passage in transcript.passages
                if passage.sides != "both" and passage.role is not Role.NOTE
            ),
            omitted=transcript.omitted,
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "file": self.file,
            "files": [file.to_dict() for file in self.files],
            "passages": self.passages,
            "sides": dict(self.sides),
            "repairs": [repair.to_dict() for repair in self.repairs],
            "doubts": [doubt.to_dict() for doubt in self.doubts],
            "alone": [each.to_dict() for each in self.alone],
            "omitted": [omission.to_dict() for omission in self.omitted],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FileReport:
        """What `to_dict` gave."""
        return cls(
            id=data["id"],
            file=data["file"],
            files=tuple(SourceFile.from_dict(file) for file in data["files"]),
            passages=data["passages"],
            sides=data["sides"],
            repairs=tuple(Repair(**repair) for repair in data["repairs"]),
            doubts=tuple(Doubt(**doubt) for doubt in data["doubts"]),
            alone=tuple(Unanswered(**each) for each in data["alone"]),
            omitted=tuple(Omission(**omission) for omission in data["omitted"]),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a look at `content/` found, and, after a rebuild, which generation came of it.

    `repeated` are lines that stand in many files, `None` where nobody looked
    for them: a rebuild does not read all files.
    """

    files: tuple[FileReport, ...]
    refusals: tuple[Refusal, ...]
    generation: str | None = None
    seconds: float | None = None
    repeated: tuple[Repeated, ...] | None = None

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
        """Each with the name of its file."""
        return [(doubt.file or file.file, doubt) for file in self.files for doubt in file.doubts]

    def to_dict(self) -> dict[str, Any]:
        return {
            "generation": self.generation,
            "seconds": self.seconds,
            "transcripts": len(self.files),
            "passages": self.passages,
            "sides": self.sides,
            "repairs": self.repairs,
            "doubts": [doubt.to_dict() | {"file": file} for file, doubt in self.doubts],
            "repeated": [each.to_dict() for each in self.repeated]
            if self.repeated is not None
            else None,
            "refusals": [refusal.to_dict() for refusal in self.refusals],
            "files": [file.to_dict() for file in self.files],
        }
