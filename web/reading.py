"""A whole transcript to read: both sides beside each other, its questions as an outline.

The Chinese can be shown in other characters, what was repaired as it was
found, and which passages may not answer each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import abort, request

from search.model import Alignment, Lang, Passage, Role, Transcript
from search.results import Hit

from . import conversion, languages
from .asked import Asked, bounded
from .conversion import Characters
from .sentences import Marks, Side, sides

if TYPE_CHECKING:
    from search import Archive

SURE: Final = 0.9
"""Pairs that are less sure than this are doubts, for whoever asks for them."""

_ENTRY: Final = {Lang.EN: 70, Lang.ZH: 32}
"""The most characters of an entry of the outline: two lines or three."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a transcript is asked for: a query, and how the text is shown."""

    what: Asked
    characters: Characters
    found: bool
    doubts: bool

    @property
    def query(self) -> str:
        return self.what.query

    def args(self, **other: str | None) -> dict[str, str]:
        """The arguments of a link to the same, but for `other`; `None` asks for the usual."""
        given = {name: value for name, value in self.what.args().items() if value}
        given |= {"as": "found"} if self.found else {}
        given |= {"doubts": "1"} if self.doubts else {}
        given |= {conversion.ASKED: request.args.get(conversion.ASKED, "")}
        return {name: value for name, value in (given | other).items() if value}


@dataclass(frozen=True, slots=True)
class Row:
    """A passage; `number` counts the hits, where it is one, and `doubt` is set where it is asked.

    `turn` says that another speaker or another part begins.
    """

    passage: Passage
    sides: tuple[Side, ...]
    turn: bool
    number: int | None
    previous: str | None
    next: str | None
    doubt: Alignment | None


class Entry(NamedTuple):
    """A question or heading of the outline."""

    key: str
    role: Role
    lang: Lang
    text: str


def reading(archive: Archive, id: str) -> str:
    """A whole transcript, with the words of a query marked."""
    view = asked()
    transcript = archive.transcript(id)
    if transcript is None:
        abort(404, f"There is no transcript called “{id}”.")
    hits: tuple[Hit, ...] = ()
    if view.query.strip():
        hits = archive.search(view.query, transcript=id, limit=None, **view.what.switches).hits
    about, passages = transcript.about, transcript.passages
    # A rebuild may come between the transcript and the hits: what is on the page counts.
    marks = {hit.passage.id: hit.marks for hit in hits}
    return languages.render(
        "transcripts/reading.html",
        what=view.what,
        view=view,
        about=about,
        title=view.characters.of_name(about.title),
        credits=[tuple(map(view.characters.of, credit)) for credit in about.credits],
        rows=rows(transcript, marks, view),
        keys=[passage.key for passage in passages if passage.id in marks],
        outline=list(outline(transcript, Lang(languages.chosen()), view.characters)),
        repairs=sum(len(passage.mended) for passage in passages),
        unsure=sum(is_unsure(passage) for passage in passages),
    )


def asked() -> View:
    """What the address at hand asks for."""
    return View(
        bounded(),
        conversion.chosen(),
        found=request.args.get("as") == "found",
        doubts=request.args.get("doubts", "0") not in ("", "0", "false"),
    )


def is_unsure(passage: Passage) -> bool:
    """Whether its sides may not answer each other."""
    return passage.alignment is not None and passage.alignment.confidence < SURE


def rows(transcript: Transcript, marks: Mapping[str, Marks], view: View) -> list[Row]:
    """The passages in order, each with its neighbours among the hits."""
    keys = [passage.key for passage in transcript.passages if passage.id in marks]
    number = {key: n for n, key in enumerate(keys)}
    shown = []
    before = None
    for passage in map(view.characters.of_passage, transcript.passages):
        n = number.get(passage.key)
        shown.append(
            Row(
                passage,
                sides(
                    passage,
                    marks.get(passage.id, {}),
                    mended=passage.mended if view.found else (),
                    zh=view.characters.tag,
                ),
                turn=(passage.speaker, passage.role) != before,
                number=None if n is None else n + 1,
                previous=keys[n - 1] if n else None,
                next=keys[n + 1] if n is not None and n + 1 < len(keys) else None,
                doubt=passage.alignment if view.doubts and is_unsure(passage) else None,
            )
        )
        before = (passage.speaker, passage.role)
    return shown


def outline(transcript: Transcript, lang: Lang, characters: Characters) -> Iterator[Entry]:
    """The questions, and headings but for the title, each in a language if it has that one."""
    title = transcript.about.title
    for passage in transcript.passages:
        if passage.role not in (Role.QUESTION, Role.HEADING):
            continue
        if (passage.en and passage.en == title.en) or (passage.zh and passage.zh == title.zh):
            continue
        texts = {Lang.EN: passage.en, Lang.ZH: passage.zh and characters.of(passage.zh)}
        given = lang if texts[lang] else Lang(passage.sides)
        text = " ".join((texts[given] or "").split())
        most = _ENTRY[given]
        if len(text) > most:
            # Not within a word, where there are spaces to tell.
            cut = text[:most].rpartition(" ")[0] if given is Lang.EN else ""
            text = f"{cut or text[:most]}…"
        yield Entry(passage.key, passage.role, given, text)
