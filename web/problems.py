"""What cannot be answered, said to programs: problem details for HTTP (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

from search.errors import SearchError

MEDIA_TYPE = "application/problem+json"


def unusable(error: SearchError) -> Response:
    """The index cannot be used: the words of the command line."""
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def refused(error: HTTPException) -> Response:
    """With the headers that belong to it: `Allow`, `Retry-After`, `WWW-Authenticate`."""
    answer = problem(HTTPStatus(error.code or 500), error.description or "")
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def problem(status: HTTPStatus, detail: str) -> Response:
    return as_json(
        {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail},
        status.value,
        MEDIA_TYPE,
    )


def as_json(
    data: Mapping[str, Any], status: int = 200, mimetype: str = "application/json"
) -> Response:
    """JSON with its Chinese as Chinese."""
    return Response(json.dumps(data, ensure_ascii=False) + "\n", status, mimetype=mimetype)
