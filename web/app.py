"""The parts put together: a blueprint over an archive, and an application of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, abort, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.middleware.proxy_fix import ProxyFix

from search import open_archive
from search.errors import SearchError

from . import api, languages, openapi, pages, problems
from .asked import asked
from .headers import READ, with_headers

if TYPE_CHECKING:
    from search import Archive


def create_app(
    archive: Archive | str | Path = "index",
    *,
    frame_origins: Sequence[str] = (),
    cors_origins: Sequence[str] = (),
    proxies: int = 0,
) -> Flask:
    """An application that serves one archive: an open one, or the folder of its index.

    `frame_origins` and `cors_origins` are those of `blueprint`. `proxies` is
    how many proxies stand before it, each of which sets the `X-Forwarded-`
    headers `For`, `Proto`, `Host` and `Prefix`: they are believed from so many
    and no more, so it must not be more than there are.
    """
    if isinstance(archive, str | Path):
        archive = open_archive(archive)
    site = blueprint(archive, frame_origins=frame_origins, cors_origins=cors_origins)
    # Only where nothing else is served may the blueprint answer for every other address.
    for rule in ("/", "/<path:path>"):
        site.add_url_rule(rule, "nowhere", nowhere, methods=api.METHODS)
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(site)
    # A method that nobody knows belongs to no part.
    app.register_error_handler(HTTPException, problems.refused)
    app.after_request(with_headers(frame_origins, cors_origins))
    if proxies:
        forwarded = dict.fromkeys(("x_for", "x_proto", "x_host", "x_prefix"), proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **forwarded)  # type: ignore[method-assign]
    return app


def blueprint(
    archive: Archive,
    name: str = "transcripts",
    *,
    frame_origins: Sequence[str] = (),
    cors_origins: Sequence[str] = (),
) -> Blueprint:
    """The pages and the API over `archive`, to be mounted under any prefix.

    `name` tells two archives in one application apart. Pages of
    `frame_origins` may show these in a frame (`self` is the application
    itself), pages of `cors_origins` may read the API; each looks like
    `https://intranet.example`, and `ValueError` is raised for what does not.
    """
    site = Blueprint(
        name,
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/assets",
    )
    site.add_url_rule("/", "search", partial(pages.search, archive))
    site.add_url_rule("/t/<id>", "reading", partial(pages.reading, archive))
    site.add_url_rule("/api/docs", "interface", interface)
    site.register_error_handler(SearchError, pages.unusable)
    site.register_error_handler(HTTPException, pages.refused)
    site.register_blueprint(api.blueprint(archive))
    site.after_request(languages.remember)
    site.after_request(with_headers(frame_origins, cors_origins))
    return site


def interface() -> str:
    """The interface for programs, for people to read."""
    server = url_for(".search").rstrip("/") or "/"
    return render_template(
        "transcripts/interface.html", what=asked(), document=openapi.document(server)
    )


def nowhere(path: str = "") -> str:
    """Every other address, and every other method."""
    if request.method not in READ:
        raise MethodNotAllowed(READ, "Pages are there to be read: use GET.")
    abort(404, "There is no page at this address.")
