"""The answers for people: the search page, and what cannot be answered."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, abort
from werkzeug.exceptions import BadRequest, HTTPException

from search.errors import SearchError
from search.export import FORMATS
from search.model import About, Bilingual
from search.results import Results

from . import conversion
from .asked import Asked, asked, bounded, page_number
from .languages import render
from .shown import SIDES, cards, facets

if TYPE_CHECKING:
    from search import Archive

HITS = 10
"""The hits of one page."""

LONGEST_NAME = 60
"""Characters of the name of a file; its ending is not counted."""


def search(archive: Archive) -> str:
    """The hits of a query; without one, what there is to search."""
    what = bounded()
    if not what.query.strip():
        return welcome(archive, what)
    page = page_number()
    results = _results(archive, what, page)
    last = max(1, math.ceil(results.total / HITS))
    if page > last:
        page = last
        results = _results(archive, what, page)
    abouts = {about.id: about for about in archive.transcripts()}
    characters = conversion.chosen()
    return render(
        "transcripts/search.html",
        what=what,
        results=results,
        cards=cards(results.hits, abouts, characters),
        characters=characters,
        facets=facets(results),
        names=_names(results, abouts),
        page=page,
        last=last,
    )


def welcome(archive: Archive, what: Asked) -> str:
    """Every transcript, with how many passages of it have which sides."""
    counts = {
        side: archive.search(term, limit=0).facets["transcript"] for side, term in SIDES.items()
    }
    return render(
        "transcripts/welcome.html",
        what=what,
        transcripts=archive.transcripts(),
        counts=counts,
    )


def download(archive: Archive, format: str) -> Response:
    """All hits of a query as a file, as they come."""
    what = bounded()
    if format not in FORMATS:
        abort(404, f"There is no file of that kind. There are: {', '.join(FORMATS)}.")
    if not what.query.strip():
        raise BadRequest("A file is of the hits of a query: ask for something with `q`.")
    # Whether it can be answered in time is to be known before the file begins.
    archive.search(what.query, limit=0, sort=what.sort, **what.switches)
    chunks = archive.export(format, what.query, sort=what.sort, **what.switches)
    response = Response(chunks, content_type=FORMATS[format].media_type)
    name = "-".join(re.findall(r"\w+", what.query))[:LONGEST_NAME] or "hits"
    # The second is for browsers, the first for what knows no more than ASCII (RFC 6266).
    names = {"filename": f"hits.{format}", "filename*": f"UTF-8''{quote(name)}.{format}"}
    response.headers.set("Content-Disposition", "attachment", **names)
    return response


def unusable(error: SearchError) -> tuple[str, int]:
    """The index cannot be used: the words of the command line, in the page."""
    return render("transcripts/error.html", what=asked(), code=503, message=str(error)), 503


def refused(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    """What cannot be answered, in the page, with the headers that belong to it."""
    code = error.code or 500
    page = render(
        "transcripts/error.html", what=asked(), code=code, message=error.description or ""
    )
    headers = [header for header in error.get_headers() if header[0] != "Content-Type"]
    return page, code, headers


def _names(results: Results, abouts: Mapping[str, About]) -> dict[str, dict[str, Bilingual]]:
    """What the values of facets are called in both languages, where that is known."""
    found = [abouts[id] for id in results.facets["transcript"] if id in abouts]
    speakers = [speaker for about in found for speaker in about.speakers]
    return {
        "transcript": {about.id: about.title for about in found if about.title},
        "speaker": {name: each for each in speakers for name in (each.en, each.zh) if name},
    }


def _results(archive: Archive, what: Asked, page: int) -> Results:
    offset = (page - 1) * HITS
    return archive.search(what.query, limit=HITS, offset=offset, sort=what.sort, **what.switches)
