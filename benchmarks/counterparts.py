"""Does the mark on the other side stand on the translation? Against pairs made by hand.

Each pair is asked from both of its sides; what is looked at are the marks on
the other side of that passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from search.archive import Archive
from search.model import Lang
from search.results import MarkKind

PAIRS = Path(__file__).parent.parent / "tests" / "judged" / "counterparts.tsv"


@dataclass(frozen=True, slots=True)
class Judged:
    """A word, the passage it was asked for, its translations there, and what was marked."""

    passage: str
    asked: str
    wanted: tuple[str, ...]
    marked: tuple[str, ...]

    @property
    def right(self) -> int:
        """How many marks stand on a translation."""
        return sum(
            any(mark in wanted or wanted in mark for wanted in self.wanted) for mark in self.marked
        )


def judge(archive: Archive, pairs: Path = PAIRS) -> list[Judged]:
    """All pairs, from both sides."""
    judged = []
    for line in pairs.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, en, zh = line.split("\t")
        for asked, lang, wanted in (
            (en.split("/")[0], Lang.ZH, zh.split("/")),
            (zh.split("/")[0], Lang.EN, en.split("/")),
        ):
            found = archive.search(asked, limit=None).hits
            hits = [hit for hit in found if hit.passage.key == key]
            marked = tuple(
                ((hit.passage.zh if lang is Lang.ZH else hit.passage.en) or "")[
                    mark.start : mark.end
                ]
                for hit in hits
                for mark in hit.marks[lang]
                if mark.kind is MarkKind.COUNTERPART
            )
            judged.append(
                Judged(
                    key, asked, tuple(w.lower() for w in wanted), tuple(m.lower() for m in marked)
                )
            )
    return judged


def figures(judged: list[Judged]) -> tuple[float, float]:
    """Precision: of the marks those that are right. Recall: of the words those rightly marked."""
    marks = sum(len(at.marked) for at in judged)
    right = sum(at.right for at in judged)
    return right / max(marks, 1), sum(at.right > 0 for at in judged) / len(judged)
