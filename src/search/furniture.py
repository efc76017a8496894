"""What stands in every file? Lines that belong to the pages and not to the talks.

"Follow us", "Click the title to read on": they are left where they are,
because nothing but their coming again speaks against them, and are reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search.model import Lang, Transcript

FEWEST = 3
"""Files with a line, below which its coming again says nothing."""
_OFTEN = 0.5
"""The share of the files of a format that have a line at their head or foot."""
_EDGE = 10
"""Passages that are the head of a file, and as many the foot."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line that stands in many files: its places, one a file, among `of` of the same format."""

    text: str
    places: tuple[tuple[str, int], ...]
    of: int

    def to_dict(self) -> dict[str, Any]:
        places = [{"file": file, "line": line} for file, line in self.places]
        return {"text": self.text, "places": places, "of": self.of}


def repeated(transcripts: Iterable[Transcript]) -> tuple[Repeated, ...]:
    """The lines that stand in every file of a format, or at the edges of half of them.

    At least in three; those of most files first.
    """
    formats: defaultdict[str, list[Transcript]] = defaultdict(list)
    for transcript in transcripts:
        formats[transcript.files[0].format if transcript.files else ""].append(transcript)
    found = [each for alike in formats.values() for each in _among(alike)]
    return tuple(sorted(found, key=lambda each: (-len(each.places), each.text)))


def _among(transcripts: Sequence[Transcript]) -> Iterable[Repeated]:
    places: defaultdict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    edges: defaultdict[str, set[str]] = defaultdict(set)
    for transcript in transcripts:
        id, last = transcript.about.id, len(transcript.passages) - 1
        for passage in transcript.passages:
            for lang, text in ((Lang.EN, passage.en), (Lang.ZH, passage.zh)):
                place = transcript.file_in(lang), passage.line
                for line in (text or "").split("\n"):
                    if not any(map(str.isalnum, line)):
                        continue
                    places[line].setdefault(id, place)
                    if min(passage.position, last - passage.position) < _EDGE:
                        edges[line].add(id)
    for line, where in places.items():
        everywhere = len(where) == len(transcripts)
        often = len(edges[line]) >= max(FEWEST, _OFTEN * len(transcripts))
        if len(where) >= FEWEST and (everywhere or often):
            yield Repeated(line, tuple(where.values()), len(transcripts))
