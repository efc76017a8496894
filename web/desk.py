"""What an editorial desk works through: how terms are rendered, what lacks the other language,
and what the last rebuild reported."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from flask import Response, url_for

from search.export.spreadsheet import BYTE_ORDER_MARK, cell
from search.model import Bilingual, Passage

from .asked import bounded, page_number
from .languages import render

if TYPE_CHECKING:
    from search import Archive

NAMED: Final = 20
"""Passages without a rendering that are named."""

TRANSCRIPTS: Final = 20
"""Transcripts of one page of the worklist."""

PARAGRAPHS: Final = 50
"""Paragraphs of a transcript that the page names; the file has all."""

DOUBTS: Final = 200
"""Doubts and refusals that the page names."""

COLUMNS: Final = ("transcript", "file", "line", "missing", "begins", "link")


@dataclass(frozen=True, slots=True)
class Work:
    """A transcript with paragraphs that lack a side: how many, and the first of them.

    `file` is the one that all of them stand in, `whole` the side that all
    paragraphs of the transcript lack; `None` if there is no such one.
    """

    id: str
    title: Bilingual
    count: int
    paragraphs: Sequence[Mapping[str, Any]]
    file: str | None
    whole: str | None


def terms(archive: Archive) -> str:
    """How a word or phrase is rendered in the other language across the archive."""
    what = bounded()
    found = archive.terms(what.query) if what.query.strip() else None
    return render(
        "transcripts/terms.html",
        what=what,
        found=found,
        without=list(_passages(archive, found.without[:NAMED])) if found else [],
        titles=_titles(archive),
    )


def worklist(archive: Archive) -> str:
    """The paragraphs without a counterpart, transcript by transcript."""
    work = _work(archive)
    last = max(1, math.ceil(len(work) / TRANSCRIPTS))
    page = min(page_number(), last)
    return render(
        "transcripts/worklist.html",
        what=bounded(),
        work=work[(page - 1) * TRANSCRIPTS : page * TRANSCRIPTS],
        most=PARAGRAPHS,
        transcripts=len(work),
        paragraphs=sum(each.count for each in work),
        page=page,
        last=last,
    )


def worklist_file(archive: Archive) -> Response:
    """The same for a spreadsheet, every paragraph of it."""
    table = _table(archive.report()["files"], url_for(".search", _external=True).rstrip("/"))
    disposition = {"Content-Disposition": 'attachment; filename="worklist.csv"'}
    return Response(table, mimetype="text/csv", headers=disposition)


def status(archive: Archive) -> str:
    """Which generation is searched, and what the rebuild that made it reported."""
    known, report = archive.status(), archive.report()
    built = datetime.fromisoformat(known["built_at"])
    return render(
        "transcripts/status.html",
        what=bounded(),
        known=known,
        built=built,
        age=datetime.now(UTC) - built,
        report=report,
        most=DOUBTS,
    )


def _work(archive: Archive) -> list[Work]:
    titles = _titles(archive)
    return [
        Work(
            file["id"],
            titles.get(file["id"], Bilingual(file["id"])),
            len(alone),
            alone,
            alone[0]["file"] if len({each["file"] for each in alone}) == 1 else None,
            _lacking(file),
        )
        for file in archive.report()["files"]
        if (alone := file["alone"])
    ]


def _lacking(file: Mapping[str, Any]) -> str | None:
    """The side that no paragraph of a transcript has."""
    sides = {each["sides"] for each in file["alone"]}
    if len(sides) > 1 or file["sides"]["both"]:
        return None
    return _missing(sides.pop())


def _missing(side: str) -> str:
    return "zh" if side == "en" else "en"


def _table(files: Sequence[Mapping[str, Any]], site: str) -> Iterator[bytes]:
    out = StringIO()
    rows = csv.writer(out)
    out.write(BYTE_ORDER_MARK)
    rows.writerow(COLUMNS)
    for file in files:
        for each in file["alone"]:
            id, _, key = each["passage"].rpartition("/")
            values = (id, each["file"], str(each["line"]), _missing(each["sides"]), each["begins"])
            rows.writerow([*map(cell, values), f"{site}/t/{id}#{key}"])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def _titles(archive: Archive) -> dict[str, Bilingual]:
    return {about.id: about.title or Bilingual(about.id) for about in archive.transcripts()}


def _passages(archive: Archive, ids: Sequence[str]) -> Iterator[Passage]:
    """The passages of these ids, each transcript read once."""
    held: dict[str, dict[str, Passage]] = {}
    for id in ids:
        name = id.rpartition("/")[0]
        if name not in held:
            transcript = archive.transcript(name)
            passages = transcript.passages if transcript else ()
            held[name] = {passage.id: passage for passage in passages}
        # A rebuild may have come between.
        if passage := held[name].get(id):
            yield passage
