"""An answer is worth as long as its generation: whoever has it already is told so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from flask import Response, request

if TYPE_CHECKING:
    from search import Archive


def unless_known(archive: Archive, answer: Callable[[], Response]) -> Response:
    """An answer, or 304 to whoever has that of this generation and this version of the product.

    The generation is asked first: should another come in between, the answer
    is newer than its tag, and is asked for once more.
    """
    tag = f"{archive.status()['generation']}-{_version()}"
    known = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if known else answer()
    response.set_etag(tag, weak=True)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response


@cache
def _version() -> str:
    return version("transcript-search")
