"""One line for each request, as the Common Log Format has it, with the milliseconds it took."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote

from flask import Flask, Response, g, request

LOGGER = logging.getLogger("search.web.access")


class Log(StrEnum):
    """What the log says of a request."""

    FULL = "full"
    PATHS = "paths"
    """Everything but what was searched for."""
    NONE = "none"


def log_requests(app: Flask, how: Log) -> None:
    """Writes to the logger `search.web.access`, at level INFO."""
    if how is Log.NONE:
        return

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        LOGGER.info("%s", _line(response, how))
        return response

    app.before_request(begin)
    app.after_request(end)


def _line(response: Response, how: Log) -> str:
    # Quoted, nothing that a client sends can end the line, or command a terminal.
    target = quote(request.script_root + request.path)
    if request.query_string and how is Log.FULL:
        target += "?" + quote(request.query_string, safe="%&=+/:;,!*()")
    who = quote(g.get("who") or "-", safe="@")
    when = datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    protocol = request.environ.get("SERVER_PROTOCOL", "HTTP/1.1")
    took = 1000 * (time.perf_counter() - g.began)
    return (
        f'{request.remote_addr or "-"} - {who} [{when}] "{quote(request.method)} {target} '
        f'{protocol}" {response.status_code} {response.content_length or "-"} {took:.1f}ms'
    )
