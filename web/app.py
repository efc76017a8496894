"""The parts put together: a blueprint over an archive, and an application of it alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort
from werkzeug.exceptions import HTTPException

from search import open_archive
from search.errors import SearchError

from . import api, languages, pages

if TYPE_CHECKING:
    from search import Archive

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(archive: Archive | str | Path = "index") -> Flask:
    """An application that serves one archive: an open one, or the folder of its index."""
    if isinstance(archive, str | Path):
        archive = open_archive(archive)
    site = blueprint(archive)
    # Only where nothing else is served may the blueprint answer for every other address.
    site.add_url_rule("/<path:path>", "nowhere", nowhere)
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(site)
    return app


def blueprint(archive: Archive, name: str = "transcripts") -> Blueprint:
    """The pages and the API over `archive`; `name` tells two archives in one application apart."""
    site = Blueprint(
        name,
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/assets",
    )
    site.add_url_rule("/", "search", partial(pages.search, archive))
    site.add_url_rule("/t/<id>", "reading", partial(pages.reading, archive))
    site.register_error_handler(SearchError, pages.unusable)
    site.register_error_handler(HTTPException, pages.refused)
    site.register_blueprint(api.blueprint(archive))
    site.after_request(with_headers)
    site.after_request(languages.remember)
    return site


def with_headers(response: Response) -> Response:
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
    return response


def nowhere(path: str) -> str:
    abort(404, "There is no page at this address.")
