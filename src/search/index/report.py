"""What was found in `content/`: what an editor should know of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.model import Doubt, Omission, Refusal, Repair, SourceFile, Transcript

REPORT = "report.json"


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
    alone: tuple[tuple[int, str, str], ...]
    """Paragraphs of the talk without a counterpart: line, the language there is, how it begins."""
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
                (passage.line, passage.sides, (passage.en or passage.zh or "")[:60])
                for passage in transcript.passages
                if passage.sides != "both" and passage.role != "note"
            ),
            omitted=transcript.omitted,
        )

    def file_in(self, lang: str) -> str:
        """The name of the file that has a language."""
        return next((file.name for file in self.files if file.lang == lang), self.file)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "file": self.file,
            "files": [file.to_dict() for file in self.files],
            "passages": self.passages,
            "sides": dict(self.sides),
            "repairs": [repair.to_dict() for repair in self.repairs],
            "doubts": [doubt.to_dict() for doubt in self.doubts],
            "alone": [
                {"line": line, "sides": sides, "begins": begins}
                for line, sides, begins in self.alone
            ],
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
            alone=tuple((at["line"], at["sides"], at["begins"]) for at in data["alone"]),
            omitted=tuple(Omission(**omission) for omission in data["omitted"]),
        )


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
            "refusals": [refusal.to_dict() for refusal in self.refusals],
            "files": [file.to_dict() for file in self.files],
        }
