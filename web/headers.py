"""What a browser is told to allow: nothing from elsewhere, and nobody but those who are listed.

Who may show a page in a frame stands in its Content-Security-Policy
(`frame-ancestors`, https://www.w3.org/TR/CSP3/); who may read the API from
another origin is answered as https://fetch.spec.whatwg.org/#http-cors-protocol
has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final
from urllib.parse import urlsplit

from flask import Response, request
from werkzeug.exceptions import BadRequest

from .asked import by_program

POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"

HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

WIDGET: Final = "widget.js"
"""The one file that pages of other origins load."""

READ: Final = ("GET", "HEAD", "OPTIONS")
"""All that anybody may do here."""

_ORIGIN: Final = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "600",
}


def with_headers(
    frame_origins: Sequence[str] = (), cors_origins: Sequence[str] = ()
) -> Callable[[Response], Response]:
    """Puts the headers on a response of the pages and the API.

    Pages of `frame_origins` (`self` is the pages' own) may show these pages in
    a frame; pages of `cors_origins` may read the API, as whoever is signed in
    in that browser. Raises `ValueError` for what is no origin.
    """
    framing = ["'self'" if each == "self" else origin(each) for each in frame_origins]
    policy = f"{POLICY}; frame-ancestors " + " ".join(framing or ["'none'"])
    calling = frozenset(map(origin, cors_origins))

    def finished(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.method == "OPTIONS":
            response.headers["Allow"] = ", ".join(READ)
        if (request.view_args or {}).get("filename") == WIDGET:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if calling and by_program():
            _shared(response)
        return response

    def _shared(response: Response) -> None:
        response.vary.add("Origin")
        if (caller := request.headers.get("Origin")) not in calling:
            return
        response.headers["Access-Control-Allow-Origin"] = caller
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if request.method == "OPTIONS":
            response.headers.extend(_PREFLIGHT)

    return finished


def origin(text: str) -> str:
    """An origin as a browser sends it: scheme, host, and port if it is not the scheme's own.

    >>> origin("https://Intranet.example:8443")
    'https://intranet.example:8443'
    """
    lowered = text.lower().removesuffix("/")
    if not _ORIGIN.fullmatch(lowered):
        raise ValueError(f"{text!r} is no origin. One looks like https://intranet.example.")
    scheme, _, rest = lowered.partition("://")
    return f"{scheme}://{rest.removesuffix(':443' if scheme == 'https' else ':80')}"


def called_one_of(hosts: Collection[str]) -> Callable[[], None]:
    """Refuses (400) a request that calls this machine by another name.

    Else a page from elsewhere, whose name its owner lets point to this
    machine, reads what is open here to the browser (DNS rebinding).
    """
    known = {host.lower() for host in hosts}

    def checked() -> None:
        try:
            name = urlsplit(f"//{request.host}").hostname
        except ValueError:
            name = None
        if name not in known:
            raise BadRequest("This archive is not served under the name it was asked for by.")

    return checked
