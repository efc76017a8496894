"""A whole transcript to read: both sides beside each other, its questions as an outline.

The Chinese can be shown in other characters, what was repaired as it was
found, and which passages may not answer each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from flask import Response, abort, make_response, request

from search.model import Alignment, Bilingual, Lang, Mended, Passage, Role, Span, Transcript
from search.results import Hit, Mark, MarkKind

from . import conversion, languages
from .asked import Asked, bounded
from .conversion import Characters

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


class Run(NamedTuple):
    """A stretch of text marked in one way; `mended` if it is not as the source has it.

    `before` is what the source has, at the first run of a mended stretch.
    """

    text: str
    kind: MarkKind | None = None
    mended: bool = False
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, with the number that it shares with the one that answers it, or what is left."""

    runs: tuple[Run, ...]
    pair: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A passage; `number` counts the hits, where it is one, and `doubt` is set where it is asked.

    `turn` says that another speaker or another part begins.
    """

    passage: Passage
    speaker: Bilingual | None
    sides: Mapping[str, tuple[Piece, ...]]
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


def reading(archive: Archive, id: str) -> Response:
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
    page = languages.render(
        "transcripts/reading.html",
        what=view.what,
        view=view,
        Characters=Characters,
        visible=visible,
        about=about,
        title=view.characters.of_name(about.title),
        credits=[tuple(map(view.characters.of, credit)) for credit in about.credits],
        rows=rows(transcript, marks, view),
        keys=[passage.key for passage in passages if passage.id in marks],
        outline=list(outline(transcript, Lang(languages.chosen()), view.characters)),
        repairs=sum(len(passage.mended) for passage in passages),
        unsure=sum(is_unsure(passage) for passage in passages),
    )
    return conversion.remember(make_response(page))


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


def rows(
    transcript: Transcript, marks: Mapping[str, Mapping[Lang, Sequence[Mark]]], view: View
) -> list[Row]:
    """The passages in order, each with its neighbours among the hits."""
    keys = [passage.key for passage in transcript.passages if passage.id in marks]
    number = {key: n for n, key in enumerate(keys)}
    shown = []
    before = None
    for passage in transcript.passages:
        n = number.get(passage.key)
        shown.append(
            Row(
                passage,
                passage.speaker and view.characters.of_name(passage.speaker),
                {
                    lang.value: tuple(pieces(passage, lang, marks.get(passage.id, {}), view))
                    for lang in Lang
                },
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


def pieces(
    passage: Passage, lang: Lang, marks: Mapping[Lang, Sequence[Mark]], view: View
) -> Iterator[Piece]:
    """A side of a passage, sentence by sentence: every character of it is in one of them."""
    text = (passage.en if lang is Lang.EN else passage.zh) or ""
    if lang is Lang.ZH:
        text = view.characters.of(text)
    mended = [each for each in passage.mended if each.lang is lang] if view.found else []
    for span, pair in _sentences(passage, lang, len(text)):
        yield Piece(tuple(runs(text, span, marks.get(lang, ()), mended)), pair)


def _sentences(passage: Passage, lang: Lang, length: int) -> Iterator[tuple[Span, int | None]]:
    """The sentences that have an answer, and what stands between them."""
    at = 0
    for number, (en, zh) in enumerate(passage.sentences, 1):
        start, end = en if lang is Lang.EN else zh
        if at < start:
            yield (at, start), None
        yield (start, end), number
        at = end
    if at < length:
        yield (at, length), None


def runs(text: str, span: Span, marks: Sequence[Mark], mended: Sequence[Mended]) -> Iterator[Run]:
    """A span of a text, cut where marks and mended stretches begin and end.

    >>> list(runs("專利資產", (0, 4), [Mark(0, 2)], [Mended(Lang.ZH, 4, 4, "(chǎn)")]))
    ... # doctest: +NORMALIZE_WHITESPACE
    [Run(text='專利', kind=<MarkKind.MATCH: 'match'>, mended=False, before=None),
     Run(text='資產', kind=None, mended=False, before=None),
     Run(text='', kind=None, mended=True, before='(chǎn)')]
    """
    start, end = span
    last = end == len(text)
    near = mended[bisect_left(mended, start, key=_end) : bisect_right(mended, end, key=_start)]
    over = [each for each in near if each.start < end and each.end > start]
    ours = [each for each in near if start <= each.start < end or (last and each.start == end)]
    dropped = {each.start: each.before for each in ours if each.start == each.end}
    begun = {each.start: each.before for each in ours if each.start < each.end}
    held = marks[bisect_right(marks, start, key=_end) : bisect_left(marks, end, key=_start)]
    edges = {each.start for each in (*ours, *over)} | {each.end for each in over}
    edges |= {mark.start for mark in held} | {mark.end for mark in held}
    for at, stop in pairwise(sorted({start, end, *(at for at in edges if start < at < end)})):
        if at in dropped:
            yield Run("", None, True, dropped[at])
        mark = _around(held, at)
        kind = mark.kind if mark else None
        yield Run(text[at:stop], kind, _around(over, at) is not None, begun.get(at))
    if last and end in dropped:
        yield Run("", None, True, dropped[end])


_start, _end = attrgetter("start"), attrgetter("end")

Stretch = TypeVar("Stretch", Mark, Mended)


def _around(stretches: Sequence[Stretch], at: int) -> Stretch | None:
    """The one of them, in order and none over another, that a character is in."""
    before = bisect_right(stretches, at, key=_start)
    found = stretches[before - 1] if before else None
    return found if found and at < found.end else None


def visible(text: str) -> str:
    """A text of the source with what no font has named by its number.

    >>> visible("全球?qū)@\\ue386Y")
    '全球?qū)@⟨U+E386⟩Y'
    """
    return "".join(
        char if char.isprintable() or char in "\n\t" else f"⟨U+{ord(char):04X}⟩" for char in text
    )
