"""The answers for programs: JSON, and problems as RFC 9457 has them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import BadRequest, HTTPException

from search.errors import SearchError
from search.model import MOST_COMPLETIONS

from .asked import bounded

if TYPE_CHECKING:
    from search import Archive

MOST_HITS = 100
COMPLETIONS = 8
FURTHEST = 1_000_000


def blueprint(archive: Archive) -> Blueprint:
    api = Blueprint("api", __name__)
    api.add_url_rule("/api/v1/search", "search", partial(search, archive))
    api.add_url_rule("/api/v1/terms", "terms", partial(terms, archive))
    api.add_url_rule("/api/v1/suggest", "suggest", partial(suggest, archive))
    api.add_url_rule("/health", "health", partial(health, archive))
    api.add_url_rule("/api/<path:path>", "nowhere", nowhere)
    api.register_error_handler(SearchError, unusable)
    api.register_error_handler(HTTPException, refused)
    return api


def search(archive: Archive) -> Response:
    """The same JSON as `Results.to_dict()`."""
    what = bounded()
    limit = _number("limit", default=10, most=MOST_HITS)
    offset = _number("offset", default=0, most=FURTHEST)
    results = archive.search(what.query, limit=limit, offset=offset, **what.switches)
    return _json(results.to_dict())


def terms(archive: Archive) -> Response:
    """The same JSON as `Renderings.to_dict()`."""
    return _json(archive.terms(bounded().query).to_dict())


def suggest(archive: Archive) -> Response:
    """What somebody may be about to type: for a box that is asked at every key."""
    line = bounded().query
    limit = _number("limit", default=COMPLETIONS, most=MOST_COMPLETIONS)
    completions = archive.suggest(line, limit=limit)
    return _json({"query": line, "completions": [each.to_dict() for each in completions]})


def health(archive: Archive) -> Response:
    """Whether the index can be searched, for a load balancer."""
    return _json({"status": "ok"} | dict(archive.status()))


def nowhere(path: str) -> Response:
    abort(404, "There is no such resource.")


def unusable(error: SearchError) -> Response:
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def refused(error: HTTPException) -> Response:
    return _problem(HTTPStatus(error.code or 500), error.description or "")


def _number(name: str, *, default: int, most: int) -> int:
    """A whole number from 0 to `most`; of what is longer than that, no number is made."""
    given = request.args.get(name)
    if given is None:
        return default
    if not re.fullmatch(r"[0-9]{1,7}", given) or int(given) > most:
        raise BadRequest(f"`{name}` must be a whole number from 0 to {most}, not `{given[:40]}`.")
    return int(given)


def _problem(status: HTTPStatus, detail: str) -> Response:
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    return _json(problem, status.value, "application/problem+json")


def _json(
    data: Mapping[str, Any], status: int = 200, mimetype: str = "application/json"
) -> Response:
    text = json.dumps(data, ensure_ascii=False)
    return Response(text + "\n", status, mimetype=mimetype)
