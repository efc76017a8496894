"""The nouns: frozen values that pass from room to room.

All offsets and lengths count Unicode code points, all lines count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Lang(StrEnum):
    """A language of the archive."""

    EN = "en"
    ZH = "zh"


class Role(StrEnum):
    """What a passage is in its interview."""

    HEADING = "heading"
    QUESTION = "question"
    ANSWER = "answer"
    NARRATION = "narration"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A short text in each language: a title, a speaker's name. `None` where there is none."""

    en: str | None = None
    zh: str | None = None

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def to_dict(self) -> dict[str, str | None]:
        return {"en": self.en, "zh": self.zh}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a source file that stands by itself: a paragraph, a cell, a side of a cue.

    What its format says of it stands beside the text: `label` the speaker,
    `time` when it is said (start and end in seconds), `role` heading or note,
    `lang` its language. Blocks of one `row` answer each other: cells of a row
    of a table, sides of a cue, cues of the same time.
    """

    text: str
    line: int
    label: str | None = None
    time: tuple[float, float] | None = None
    role: Role | None = None
    row: int | None = None
    lang: Lang | None = None


Span = tuple[int, int]
"""A stretch `[start, end)` of a text, in code points."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One place where the scraper's damage was undone.

    `place` is where it stands in the repaired text of its block; a report has no room for that.
    """

    rule: str
    line: int
    column: int
    before: str
    after: str
    file: str | None = None
    """As in `Doubt`."""
    place: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        where = {"file": self.file} if self.file else {}
        return {
            "rule": self.rule,
            "line": self.line,
            "column": self.column,
            "before": self.before,
            "after": self.after,
        } | where


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an editor should look at, because the program is not sure of it.

    `file` is its name where it is not the one file of the transcript: one of two, a sidecar.
    """

    line: int
    what: str
    file: str | None = None

    def to_dict(self) -> dict[str, Any]:
        where = {"file": self.file} if self.file else {}
        return {"line": self.line, "what": self.what} | where


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of a file that is no part of its transcript: the menu of a page, a remark."""

    line: int
    text: str
    file: str | None = None
    """As in `Doubt`."""

    def to_dict(self) -> dict[str, Any]:
        where = {"file": self.file} if self.file else {}
        return {"line": self.line, "text": self.text} | where


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file of `content/` that was not read, and why."""

    file: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        return {"file": self.file, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Alignment:
    """How sure it is that two sides say the same, from 0 to 1, and by what evidence."""

    confidence: float
    reason: str

    def to_dict(self) -> dict[str, Any]:
        return {"confidence": self.confidence, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Mended:
    """A stretch `[start, end)` of a side's text in whose place the source has `before`.

    Where something was dropped the stretch is empty.
    """

    lang: Lang
    start: int
    end: int
    before: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "lang": self.lang.value,
            "start": self.start,
            "end": self.end,
            "before": self.before,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed, linked to and shown.

    `id` is made from the text, so that a link survives edits elsewhere in the
    file; `position` counts the passages of the transcript from 0; `line` is
    where the passage begins in the source file. A side made of several
    paragraphs of the file has a line end between them.

    `time` is begin and end in seconds, where the source has any. `sentences`
    says which sentences answer each other: pairs of a stretch of `en` and one
    of `zh`, in order; a sentence without an answer is in none. `mended` says
    where the source has something else.
    """

    id: str
    transcript: str
    position: int
    role: Role
    speaker: Bilingual | None
    en: str | None
    zh: str | None
    alignment: Alignment | None
    line: int
    time: tuple[float, float] | None = None
    sentences: tuple[tuple[Span, Span], ...] = ()
    mended: tuple[Mended, ...] = ()

    @property
    def key(self) -> str:
        """The part of the id that is the passage's own: the anchor in a page."""
        return self.id.rpartition("/")[2]

    @property
    def url(self) -> str:
        return f"/t/{self.transcript}#{self.key}"

    @property
    def sides(self) -> str:
        """Which sides the source has: `both`, `en` or `zh`.

        >>> Passage("t/1", "t", 0, Role.NOTE, None, "Hello", None, None, 1).sides
        'en'
        """
        return "both" if self.en and self.zh else "en" if self.en else "zh"

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "transcript": self.transcript,
            "position": self.position,
            "role": self.role.value,
            "speaker": self.speaker.to_dict() if self.speaker else None,
            "en": self.en,
            "zh": self.zh,
            "alignment": self.alignment.to_dict() if self.alignment else None,
            "line": self.line,
            "time": list(self.time) if self.time else None,
            "sentences": [[*en, *zh] for en, zh in self.sentences],
            "mended": [each.to_dict() for each in self.mended],
            "url": self.url,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Passage:
        """The passage that `to_dict` gave."""
        return cls(
            id=data["id"],
            transcript=data["transcript"],
            position=data["position"],
            role=Role(data["role"]),
            speaker=Bilingual(**data["speaker"]) if data["speaker"] else None,
            en=data["en"],
            zh=data["zh"],
            alignment=Alignment(**data["alignment"]) if data["alignment"] else None,
            line=data["line"],
            time=tuple(data["time"]) if data["time"] else None,
            sentences=tuple(((a, b), (c, d)) for a, b, c, d in data["sentences"]),
            mended=tuple(
                Mended(**(each | {"lang": Lang(each["lang"])})) for each in data["mended"]
            ),
        )


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a transcript besides its passages."""

    id: str
    file: str
    title: Bilingual
    date: str | None = None
    issue: str | None = None
    source: str | None = None
    credits: tuple[tuple[str, str], ...] = ()
    speakers: tuple[Bilingual, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "file": self.file,
            "title": self.title.to_dict(),
            "date": self.date,
            "issue": self.issue,
            "source": self.source,
            "credits": [list(credit) for credit in self.credits],
            "speakers": [speaker.to_dict() for speaker in self.speakers],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> About:
        """What `to_dict` gave; keys it does not know are passed over."""
        return cls(
            id=data["id"],
            file=data["file"],
            title=Bilingual(**data["title"]),
            date=data["date"],
            issue=data["issue"],
            source=data["source"],
            credits=tuple((label, text) for label, text in data["credits"]),
            speakers=tuple(Bilingual(**name) for name in data["speakers"]),
        )


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a transcript, and as what it was read.

    `encoding` is `None` where the format has one of its own; `lang` is that
    of the whole file where a transcript has one file a language.
    """

    name: str
    format: str
    encoding: str | None = None
    lang: Lang | None = None

    def to_dict(self) -> dict[str, str | None]:
        lang = self.lang.value if self.lang else None
        return {"name": self.name, "format": self.format, "encoding": self.encoding, "lang": lang}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> SourceFile:
        """What `to_dict` gave."""
        lang = Lang(data["lang"]) if data["lang"] else None
        return cls(data["name"], data["format"], data["encoding"], lang)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview, read, repaired and aligned. `digest` names what it was read from."""

    about: About
    passages: tuple[Passage, ...]
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    digest: str = ""
    files: tuple[SourceFile, ...] = ()
    omitted: tuple[Omission, ...] = ()

    def file_in(self, lang: Lang) -> str:
        """The name of the file that has a language."""
        return next((file.name for file in self.files if file.lang is lang), self.about.file)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and the place it takes.

    `text[start:end]` of the analysed text is what was read; `term` is what it
    is looked up by; `field` says which kind of term it is (see
    `search.analysis`); `position` counts the printed words and Han characters
    before it, and a word of several characters ends `width` positions later.
    `part` tells the parts of a printed compound from the whole.
    """

    field: str
    term: str
    position: int
    start: int
    end: int
    width: int = 1
    part: bool = False
