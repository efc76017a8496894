"""The pages in a frame of another page: without what that page has itself, and fitting its height.

An address asks for it by `embed=1`, and every link on the page asks for it too.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request

from .asked import API

ASKED: Final = "embed"

_FILES: Final = frozenset(
    {"static", "description", "suggestions", "feed", "download", "worklist_file"}
)
"""What is shown nowhere, in a frame or out of it."""


def add_to(site: Blueprint) -> None:
    """Tells the templates whether they are in a frame (`embedded`), and the links."""
    site.context_processor(lambda: {"embedded": embedded()})
    site.url_defaults(stay)


def embedded() -> bool:
    # Asked for with every link; `get` makes an exception of what is not there.
    return ASKED in request.args and request.args[ASKED] == "1"


def stay(endpoint: str, values: dict[str, Any]) -> None:
    site, _, name = endpoint.rpartition(".")
    if embedded() and name not in _FILES and not site.endswith(f".{API}"):
        values.setdefault(ASKED, "1")
