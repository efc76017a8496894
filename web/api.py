"""The answers for programs: the JSON of `to_dict()`, at addresses that do not change their meaning.

Every answer carries the generation of the index as its ETag, so that whoever
has it already is told so (304) without a search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed

from search.concordance import Order
from search.errors import SearchError
from search.model import Lang, Passage, Transcript
from search.results import MOST_COMPLETIONS, Sort

from . import openapi
from .asked import API, COMPLETIONS, FURTHEST, HITS, LINES, MOST_HITS, Asked, bounded
from .fresh import unless_known
from .headers import READ
from .problems import as_json, refused, unusable

if TYPE_CHECKING:
    from search import Archive

Choice = TypeVar("Choice", bound=StrEnum)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")


def blueprint(archive: Archive) -> Blueprint:
    api = Blueprint(API, __name__)
    for rule, view in (
        ("search", search),
        ("suggest", suggest),
        ("transcripts", transcripts),
        ("transcripts/<id>", transcript),
        ("transcripts/<id>/passages/<key>", passage),
        ("concordance", concordance),
        ("terms", terms),
        ("status", status),
    ):
        api.add_url_rule(f"/api/v1/{rule}", view.__name__, partial(view, archive))
    api.add_url_rule("/api/v1/openapi.json", "document", document)
    api.add_url_rule("/health", "health", partial(health, archive))
    api.add_url_rule("/api/", "root", nowhere, methods=METHODS)
    api.add_url_rule("/api/<path:path>", "nowhere", nowhere, methods=METHODS)
    api.register_error_handler(SearchError, unusable)
    api.register_error_handler(HTTPException, refused)
    return api


def search(archive: Archive) -> Response:
    """The same JSON as `Results.to_dict()`."""
    what = _strict()
    limit = _number("limit", default=HITS, most=MOST_HITS)
    offset = _number("offset", default=0, most=FURTHEST)
    within = request.args.get("transcript")

    def found() -> dict[str, Any]:
        results = archive.search(
            what.query,
            limit=limit,
            offset=offset,
            transcript=within,
            sort=what.sort,
            **what.switches,
        )
        data = results.to_dict()
        for hit, shown in zip(results.hits, data["hits"], strict=True):
            shown |= _link(hit.passage)
        return data

    return _current(archive, found)


def suggest(archive: Archive) -> Response:
    """What somebody may be about to type: for a box that is asked at every key."""
    line = bounded().query
    limit = _number("limit", default=COMPLETIONS, most=MOST_COMPLETIONS)

    def completed() -> dict[str, Any]:
        completions = archive.suggest(line, limit=limit)
        return {"query": line, "completions": [each.to_dict() for each in completions]}

    return _current(archive, completed)


def transcripts(archive: Archive) -> Response:
    """What is known of each transcript, in the order of their files."""
    return _current(
        archive,
        lambda: {
            "transcripts": [
                about.to_dict() | {"url": _page("reading", id=about.id)}
                for about in archive.transcripts()
            ]
        },
    )


def transcript(archive: Archive, id: str) -> Response:
    """A transcript with its passages in order."""
    found = _transcript(archive, id)
    return _current(
        archive,
        lambda: (
            found.about.to_dict()
            | {"url": _page("reading", id=id)}
            | {"passages": [each.to_dict() | _link(each) for each in found.passages]}
        ),
    )


def passage(archive: Archive, id: str, key: str) -> Response:
    """One passage, and the keys of those before and after it."""
    found = _transcript(archive, id)
    at = next((at for at, each in enumerate(found.passages) if each.key == key), None)
    if at is None:
        abort(404, f"The transcript “{id}” has no passage “{key}”.")
    each = found.passages[at]

    def keyed(at: int) -> str | None:
        return found.passages[at].key if 0 <= at < len(found.passages) else None

    return _current(
        archive,
        lambda: (
            each.to_dict()
            | _link(each)
            | {"title": found.about.title.to_dict()}
            | {"previous": keyed(at - 1), "next": keyed(at + 1)}
        ),
    )


def concordance(archive: Archive) -> Response:
    """The same JSON as `Concordance.to_dict()`."""
    what = _switched()
    lang, order = _one_of("lang", Lang), _one_of("sort", Order)
    limit = _number("limit", default=LINES, most=MOST_HITS)
    offset = _number("offset", default=0, most=FURTHEST)

    def found() -> dict[str, Any]:
        lines = archive.concordance(
            what.query, lang=lang, order=order, limit=limit, offset=offset, **what.switches
        )
        data = lines.to_dict()
        for line, shown in zip(lines.lines, data["lines"], strict=True):
            shown |= _link(line.passage)
        return data

    return _current(archive, found)


def terms(archive: Archive) -> Response:
    """The same JSON as `Renderings.to_dict()`."""
    what = bounded()
    return _current(archive, lambda: archive.terms(what.query).to_dict())


def status(archive: Archive) -> Response:
    """Which generation is searched: its name, age, versions and counts."""
    return _current(archive, lambda: dict(archive.status()))


def document() -> Response:
    """This interface, described (OpenAPI 3.1)."""
    return as_json(openapi.document(server=_page("search").rstrip("/") or "/"))


def health(archive: Archive) -> Response:
    """Whether the index can be searched, for a load balancer."""
    return as_json({"status": "ok", "generation": archive.status()["generation"]})


def nowhere(path: str = "") -> Response:
    """Every other address, and every other method: all that is here can be read only."""
    if request.method not in READ:
        raise MethodNotAllowed(READ, "This interface is read only: use GET.")
    abort(404, "There is no such resource.")


def _current(archive: Archive, answer: Callable[[], Mapping[str, Any]]) -> Response:
    return unless_known(archive, lambda: as_json(answer()))


def _transcript(archive: Archive, id: str) -> Transcript:
    found = archive.transcript(id)
    if found is None:
        abort(404, f"There is no transcript called “{id}”.")
    return found


def _page(endpoint: str, **values: Any) -> str:
    """The address of a page of the same archive, wherever it is mounted."""
    site = (request.blueprint or "").rpartition(".")[0]
    return url_for(f"{site}.{endpoint}", **values)


def _link(passage: Passage) -> dict[str, str]:
    return {"url": _page("reading", id=passage.transcript, _anchor=passage.key)}


def _strict() -> Asked:
    """What is asked, with switches that are on or off and an order that there is."""
    _one_of("sort", Sort)
    return _switched()


def _switched() -> Asked:
    """What is asked, with switches that are on or off and nothing else."""
    what = bounded()
    for name in what.switches:
        given = request.args.get(name, "0")
        if given not in ("0", "1", "false", "true"):
            raise BadRequest(f"`{name}` must be `true` or `false`, `1` or `0`, not `{given[:40]}`.")
    return what


def _one_of(name: str, choices: type[Choice]) -> Choice | None:
    """One of the values that a parameter may have, if it is given."""
    given = request.args.get(name)
    if given is None:
        return None
    if given not in set(choices):
        known = ", ".join(f"`{each}`" for each in choices)
        raise BadRequest(f"`{name}` must be one of {known}, not `{given[:40]}`.")
    return choices(given)


def _number(name: str, *, default: int, most: int) -> int:
    """A whole number from 0 to `most`; of what is longer than that, no number is made."""
    given = request.args.get(name)
    if given is None:
        return default
    if not re.fullmatch(r"[0-9]{1,7}", given) or int(given) > most:
        raise BadRequest(f"`{name}` must be a whole number from 0 to {most}, not `{given[:40]}`.")
    return int(given)
