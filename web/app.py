"""The parts put together: a blueprint over an archive, and an application of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from flask import Blueprint, Flask, abort, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.middleware.proxy_fix import ProxyFix

from search import open_archive
from search.errors import SearchError

from . import (
    api,
    concordance,
    conversion,
    desk,
    embed,
    feeds,
    languages,
    openapi,
    pages,
    problems,
    reading,
)
from .access import Access
from .asked import asked
from .headers import READ, called_one_of, with_headers
from .limits import Limiter, limit_time
from .log import Log, log_requests

if TYPE_CHECKING:
    from search import Archive


LARGEST = 16 * 1024
"""Bytes that anybody may send: a token, and where to go from there."""


FIRST = ("search", "page", "parts", "help", "head", "above")
"""The templates of the search page; making a program of them takes longer than all of a search."""


class Manners(TypedDict, total=False):
    """How an archive is shown to whom, if not openly and on its own pages alone."""

    access: Access | None
    """The ways in; without any, whoever reaches the pages may see them."""
    rate: int
    """Requests that one client may make in a minute; any number if none is given."""
    timeout: float
    """Seconds that a query may take; any time if none are given."""
    frame_origins: Sequence[str]
    """Whose pages may show these in a frame: `https://intranet.example`, or `self`."""
    cors_origins: Sequence[str]
    """Whose pages may read the API."""


def create_app(
    archive: Archive | str | Path = "index",
    *,
    proxies: int = 0,
    hosts: Sequence[str] = (),
    log: Log = Log.NONE,
    **as_blueprint: Unpack[Manners],
) -> Flask:
    """An application that serves one archive: an open one, or the folder of its index.

    `proxies` is how many proxies stand before it, each of which sets the
    `X-Forwarded-` headers `For`, `Proto`, `Host` and `Prefix`: they are
    believed from so many and no more, so it must not be more than there are.
    `hosts` are the names by which it may be asked for, any if there are none
    (`desk.example`, `::1`).
    `log` is what the logger `search.web.access` is told of each request. The
    rest is as `blueprint` has it.
    """
    if isinstance(archive, str | Path):
        archive = open_archive(archive)
    site = blueprint(archive, **as_blueprint)
    # Only where nothing else is served may the blueprint answer for every other address.
    for rule in ("/", "/<path:path>"):
        site.add_url_rule(rule, "nowhere", nowhere, methods=api.METHODS)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    log_requests(app, log)
    if hosts:
        app.before_request(called_one_of(hosts))
    app.register_blueprint(site)
    # A method that nobody knows belongs to no part.
    app.register_error_handler(HTTPException, problems.refused)
    app.after_request(with_headers())
    if proxies:
        forwarded = dict.fromkeys(("x_for", "x_proto", "x_host", "x_prefix"), proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **forwarded)  # type: ignore[method-assign]
    return app


def blueprint(archive: Archive, name: str = "transcripts", **manners: Unpack[Manners]) -> Blueprint:
    """The pages and the API over `archive`, to be mounted under any prefix.

    `name` tells two archives in one application apart. See `Manners` for the
    rest. Raises `ValueError` for an origin that is none.
    """
    site = Blueprint(
        name,
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/assets",
    )
    site.add_url_rule("/", "search", partial(pages.search, archive))
    site.add_url_rule("/hits.<format>", "download", partial(pages.download, archive))
    site.add_url_rule("/t/<id>", "reading", partial(reading.reading, archive))
    site.add_url_rule("/concordance", "concordance", partial(concordance.concordance, archive))
    site.add_url_rule("/terms", "terms", partial(desk.terms, archive))
    site.add_url_rule("/worklist", "worklist", partial(desk.worklist, archive))
    site.add_url_rule("/worklist.csv", "worklist_file", partial(desk.worklist_file, archive))
    site.add_url_rule("/status", "status", partial(desk.status, archive))
    site.add_url_rule("/opensearch.xml", "description", feeds.description)
    site.add_url_rule("/suggestions", "suggestions", partial(feeds.suggestions, archive))
    site.add_url_rule("/feed.atom", "feed", partial(feeds.feed, archive))
    site.add_url_rule("/api/docs", "interface", interface)
    embed.add_to(site)
    site.register_error_handler(SearchError, pages.unusable)
    site.register_error_handler(HTTPException, pages.refused)
    site.register_blueprint(api.blueprint(archive))
    site.after_request(languages.remember)
    site.after_request(conversion.remember)
    if access := manners.get("access"):
        access.add_to(site)
    if rate := manners.get("rate"):
        site.before_request(Limiter(rate).guard)
    if timeout := manners.get("timeout"):
        limit_time(site, timeout)
    site.after_request(
        with_headers(manners.get("frame_origins", ()), manners.get("cors_origins", ()))
    )
    return site


def prepare(app: Flask, archive: Archive) -> None:
    """Loads what the first page of an archive in `app` would wait for: words, templates, languages.

    For whoever starts a server of processes that live long, before it takes
    requests; without it the first one takes some 100 ms longer. Raises
    `IndexUnusable` if there is nothing to show.
    """
    archive.suggest("a 中")
    archive.search("a 中")
    for name in FIRST:
        app.jinja_env.get_template(f"transcripts/{name}.html")
    for language in languages.LANGUAGES:
        languages.catalogue(language)


def interface() -> str:
    """The interface for programs, for people to read."""
    server = url_for(".search").rstrip("/") or "/"
    return languages.render(
        "transcripts/interface.html", what=asked(), document=openapi.document(server)
    )


def nowhere(path: str = "") -> str:
    """Every other address, and every other method."""
    if request.method not in READ:
        raise MethodNotAllowed(READ, "Pages are there to be read: use GET.")
    abort(404, "There is no page at this address.")
