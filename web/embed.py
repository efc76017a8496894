"""The pages in a frame of another page: without what that page has itself, and fitting its height.

An address asks for it by `embed=1`, and every link on the page asks for it too.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request

ASKED: Final = "embed"

_PAGES: Final = frozenset({"search", "reading"})


def add_to(site: Blueprint) -> None:
    """Tells the templates whether they are in a frame (`embedded`), and the links."""
    site.context_processor(lambda: {"embedded": embedded()})
    site.url_defaults(stay)


def embedded() -> bool:
    return request.args.get(ASKED) == "1"


def stay(endpoint: str, values: dict[str, Any]) -> None:
    if embedded() and endpoint.rpartition(".")[2] in _PAGES:
        values.setdefault(ASKED, "1")
