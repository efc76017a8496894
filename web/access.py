"""Who may see an archive? Whoever brings a token, or whom a trusted proxy names.

A program sends its token as `Authorization: Bearer …` (RFC 6750). A person
gives it once, in a form, and has a signed cookie for it from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    redirect,
    request,
    url_for,
)
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as AnyResponse

from .asked import asked, by_program
from .languages import render
from .tokens import SESSION, Tokens, TokensError

COOKIE: Final = "transcripts"

UNGUARDED: Final = frozenset({"static", "health", "description", "sign_in", "sign_out"})
"""What gives nothing of the archive away: files of the product, what it is, and the way in."""

_LOCAL: Final = re.compile(r"/(?![/\\])[!-~]*")
"""A path of this host. A browser takes `//` and `/\\` for the beginning of another one."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """The header in which a proxy names who is asking, believed from its addresses alone."""

    header: str
    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def at(cls, header: str, networks: Iterable[str]) -> Trusted:
        """Raises `ValueError` for what is no network: `10.1.2.3`, `10.0.0.0/8`, `fd00::/8`."""
        return cls(header, tuple(ip_network(network) for network in networks))

    def name(self) -> str | None:
        """Whom the proxy names in the request at hand, if it comes from the proxy."""
        given = request.headers.get(self.header, "").strip()
        # The address at the other end of the line, whatever a forwarded header says.
        environ = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
        try:
            peer = ip_address(environ.get("REMOTE_ADDR") or "")
        except ValueError:
            return None
        peer = getattr(peer, "ipv4_mapped", None) or peer
        if not given or not any(peer in network for network in self.networks):
            return None
        return given.encode("latin-1", "replace").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Access:
    """The ways in; whichever is met lets in."""

    tokens: Tokens | None = None
    trusted: Trusted | None = None

    def add_to(self, site: Blueprint) -> None:
        """The form on the blueprint, and the guard before all that it serves."""
        if self.tokens:
            site.add_url_rule("/sign-in", "sign_in", self.sign_in, methods=["GET", "POST"])
            site.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])
        site.before_request(self.guard)

    def guard(self) -> AnyResponse | None:
        """Names who is asking in `g.who`, or answers in the place of the page.

        `g.signed_in` tells templates that there is a cookie to be rid of.
        """
        try:
            g.who = self._who()
        except TokensError as error:
            # Where the file is and what is wrong with it is not for everybody to read.
            current_app.logger.error("%s", error)
            abort(503, "Nobody can be let in now; the log says why.")
        unguarded = (request.endpoint or "").rpartition(".")[2] in UNGUARDED
        if g.who or unguarded or request.method == "OPTIONS":
            return None
        if not self.tokens:
            abort(403, "This archive is shown to those only who come through its proxy.")
        if by_program():
            raise Unauthorized("A token is needed.", www_authenticate=WWWAuthenticate("bearer"))
        return _form(iri_to_uri(request.script_root + request.full_path.removesuffix("?")))

    def sign_in(self) -> AnyResponse:
        """The form, and what becomes of it."""
        back = request.values.get("next", "")
        if not _LOCAL.fullmatch(back):
            back = url_for(".search")
        if request.method != "POST":
            return _form(back)
        cookie = self.tokens.cookie(request.form.get("token", "").strip()) if self.tokens else None
        if cookie is None:
            return _form(back, wrong=True)
        response = redirect(back, 303)
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=SESSION,
            path=url_for(".search"),
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
        return response

    def _who(self) -> str | None:
        if self.trusted and (name := self.trusted.name()):
            return name
        if not self.tokens:
            return None
        given = request.authorization
        if given and given.type == "bearer":
            return self.tokens.holder(given.token or "")
        who = self.tokens.signed_in(request.cookies.get(COOKIE, ""))
        g.signed_in = who is not None
        return who


def sign_out() -> AnyResponse:
    response = redirect(url_for(".search"), 303)
    response.delete_cookie(COOKIE, path=url_for(".search"), httponly=True, samesite="Lax")
    return response


def _form(back: str, wrong: bool = False) -> Response:
    """The sign-in form, in the place of what is not shown yet: `back` is where it was."""
    page = render("transcripts/sign_in.html", what=asked(), back=back, wrong=wrong)
    response = Response(page, 401)
    response.www_authenticate = WWWAuthenticate("bearer")
    response.cache_control.no_store = True
    return response
