"""What browsers and feed readers ask for by themselves.

An OpenSearch description (https://github.com/dewitt/opensearch), by which the
address bar searches the archive and completes what is typed there, and the
hits of a query as a feed (Atom, RFC 4287).
"""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Final

from flask import Response, render_template, request, url_for

from search.results import Sort

from .asked import COMPLETIONS, bounded
from .fresh import unless_known

if TYPE_CHECKING:
    from search import Archive

ENTRIES: Final = 50

NAMES: Final = uuid.UUID("6f1d9c52-6a5e-5b0e-9d0b-2f6f0f1f7a3c")
"""The namespace of the ids of entries (RFC 9562, version 5): an id is the same wherever the
archive is served, and whatever its prefix."""

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may have, not even escaped."""


def description() -> Response:
    """The OpenSearch description of the archive at hand."""
    return Response(
        render_template("transcripts/opensearch.xml"),
        mimetype="application/opensearchdescription+xml",
    )


def suggestions(archive: Archive) -> Response:
    """Completions as an address bar wants them: what was typed, and a list of lines.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki
    """
    line = bounded().query

    def completed() -> Response:
        found = archive.suggest(line, limit=COMPLETIONS)
        lines = [each.query for each in found]
        said = [f"{each.text} {each.counterpart or ''}".strip() for each in found]
        places = [url_for(".search", q=each.query, _external=True) for each in found]
        text = json.dumps([line, lines, said, places], ensure_ascii=False)
        return Response(text, mimetype="application/x-suggestions+json")

    return unless_known(archive, completed)


def feed(archive: Archive) -> Response:
    """The hits of a query as an Atom feed, the newest first if no other order is asked for.

    The feed is as new as the generation. A passage has its text in its id and
    never changes under it, so an entry is as new as its transcript: of its
    date, or, where that is not known to the day, of the generation.
    """
    what = bounded()

    def entries() -> Response:
        sort = what.sort if "sort" in request.args else Sort.DATE
        results = archive.search(what.query, limit=ENTRIES, sort=sort, **what.switches)
        page = render_template(
            "transcripts/feed.xml",
            what=what,
            id=urn("query", json.dumps(what.args(), sort_keys=True)),
            results=results,
            dates={about.id: about.date for about in archive.transcripts()},
            urn=urn,
            legal=legal,
            moment=moment,
        )
        return Response(page, mimetype="application/atom+xml")

    return unless_known(archive, entries)


def urn(*parts: str) -> str:
    """A name for a feed or an entry, made from what it is.

    >>> urn("talk/3f9a2c71") == urn("talk/3f9a2c71") != urn("talk/3f9a2c72")
    True
    """
    return uuid.uuid5(NAMES, "\n".join(parts)).urn


def legal(text: str | None) -> str:
    r"""The text without what XML cannot say.

    >>> legal("a\x00b\ud800 专利")
    'ab 专利'
    """
    return _NOT_XML.sub("", text or "")


def moment(date: str | None, otherwise: str) -> str:
    """A date of a transcript as Atom writes moments, if it is a whole one.

    >>> moment("2022-05-01", "2026-11-22T07:48:46Z"), moment("2022-05", "2026-11-22T07:48:46Z")
    ('2022-05-01T00:00:00Z', '2026-11-22T07:48:46Z')
    """
    whole = date and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date)
    return f"{date}T00:00:00Z" if whole else otherwise
