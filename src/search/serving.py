"""The pages served by themselves: who may see them, and the server that shows them."""

from __future__ import annotations

import logging
import socket
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.errors import SearchError
from search.settings import Settings

if TYPE_CHECKING:
    from search.archive import Archive
    from search.web.access import Access

THREADS = 8
CONNECTIONS = 500
LONGEST_HEADER = 32 * 1024
"""Bytes of all headers of a request; a query of the longest length takes 9,000."""
IDLE = 60
"""Seconds after which a connection without a request is closed."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ServingError(SearchError):
    """The pages cannot be served so."""

    exit_code = 2


def server(archive: Archive, settings: Settings) -> tuple[Any, str]:
    """A waitress server that listens already, and its address.

    Raises `ServingError`, and `IndexUnusable` if there is nothing to show.
    """
    from waitress.server import create_server

    from search.web import create_app, prepare
    from search.web.app import LARGEST
    from search.web.log import LOGGER, Log

    access = ways_in(settings)
    local = loopback(settings.host)
    if access is None and not settings.open and (settings.proxies or not local):
        where = f"At {settings.host}" if not local else "Through a proxy"
        raise ServingError(
            f"{where} other machines can reach the archive. Say who may see it: "
            "`transcript-search token NAME` makes a token, --trust-header and --trust-from name a "
            "proxy that vouches for people, --open lets everybody in."
        )
    try:
        app = create_app(
            archive,
            proxies=settings.proxies,
            # A page from elsewhere that calls itself by another name for this machine is not shown
            # what is open here (DNS rebinding).
            hosts=(*LOOPBACK, settings.host)
            if local and access is None and not settings.proxies
            else (),
            log=Log(settings.log),
            access=access,
            rate=settings.rate,
            timeout=settings.timeout,
            frame_origins=settings.frame_origins,
            cors_origins=settings.cors_origins,
        )
    except ValueError as problem:
        raise ServingError(f"{problem}") from None
    listening = _listening(settings.host, settings.port)
    prepare(app, archive)
    # That a request waits for a thread is nothing to be told of each time.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if not LOGGER.handlers:
        LOGGER.addHandler(logging.StreamHandler(sys.stderr))
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE,
        max_request_header_size=LONGEST_HEADER,
        max_request_body_size=LARGEST,
        # waitress takes forwarded headers away unless it believes them itself.
        clear_untrusted_proxy_headers=not settings.proxies,
    ), f"http://{host}:{listening.getsockname()[1]}"


def ways_in(settings: Settings) -> Access | None:
    """How one may be let in; `None` if nothing is asked. Raises `ServingError`."""
    from search.web.access import Access, Trusted
    from search.web.tokens import Tokens

    if bool(settings.trust_header) != bool(settings.trust_from):
        raise ServingError(
            "A header is trusted from somewhere: give both --trust-header NAME and --trust-from "
            "ADDRESS."
        )
    try:
        trusted = Trusted.at(settings.trust_header, settings.trust_from)
    except ValueError as problem:
        raise ServingError(
            f"--trust-from: {problem}. An address is 10.1.2.3, a network 10.0.0.0/8."
        ) from None
    tokens = Tokens(Path(settings.tokens))
    access = Access(
        tokens=tokens if tokens.all() else None, trusted=trusted if settings.trust_header else None
    )
    if not access.tokens and not access.trusted:
        return None
    if settings.open:
        raise ServingError(
            "--open lets everybody in, but there are tokens or a trusted header too: leave one out."
        )
    return access


def loopback(host: str) -> bool:
    """Whether only this machine reaches what is served there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as problem:
        raise ServingError(
            f"Cannot serve at {host}:{port}: {problem.strerror}. Give another --host or --port."
        ) from None
