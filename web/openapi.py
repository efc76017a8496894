"""The interface for programs, described: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1).

A table of operations, each with what it takes; `schemas` is what they give. The
document at `/api/v1/openapi.json` and the page at `/api/docs` are made of both.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from search.concordance import Order
from search.model import Lang
from search.results import MOST_COMPLETIONS, Sort

from .asked import COMPLETIONS, FURTHEST, HITS, LINES, LONGEST, MOST_HITS
from .schemas import NUMBER, SCHEMAS, TEXT, Schema, ref


def parameter(name: str, schema: Schema, description: str, place: str = "query") -> Schema:
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "description": description, "schema": schema} | required


_Q = parameter("q", TEXT | {"maxLength": LONGEST, "default": ""}, "Any text is a query.")
_ID = parameter("id", TEXT, "The id of a transcript.", "path")
_OFFSET = parameter("offset", NUMBER | {"maximum": FURTHEST, "default": 0}, "How many to skip.")
_SWITCH: Schema = {"type": "boolean", "default": False}
_SWITCHES = (
    parameter("exact", _SWITCH, "Every word in its exact form; `1` and `0` will do too."),
    parameter("exact_characters", _SWITCH, "Chinese words in the very characters typed."),
    parameter("one_language", _SWITCH, "No translations of the words."),
)


def limit(most: int, default: int) -> Schema:
    return parameter("limit", NUMBER | {"maximum": most, "default": default}, "How many, at most.")


OPERATIONS: dict[str, tuple[str, str, list[Schema], str]] = {
    "/api/v1/search": (
        "search",
        "Passages that answer a query in either language, best first, with marks on both sides.",
        [
            _Q,
            limit(MOST_HITS, HITS),
            _OFFSET,
            *_SWITCHES,
            parameter(
                "sort",
                {"enum": [order.value for order in Sort], "default": Sort.RELEVANCE.value},
                "The order; passages with all the words come first in each.",
            ),
            parameter("transcript", TEXT, "Only in this one, in the order of its passages."),
        ],
        "Results",
    ),
    "/api/v1/suggest": (
        "suggest",
        "What somebody may be about to type, for a box that asks at every key.",
        [_Q, limit(MOST_COMPLETIONS, COMPLETIONS)],
        "Completions",
    ),
    "/api/v1/transcripts": ("transcripts", "Every transcript.", [], "Transcripts"),
    "/api/v1/transcripts/{id}": (
        "transcript",
        "A transcript with its passages in order.",
        [_ID],
        "Transcript",
    ),
    "/api/v1/transcripts/{id}/passages/{key}": (
        "passage",
        "One passage.",
        [_ID, parameter("key", TEXT, "The part of its id behind the stroke.", "path")],
        "PassageInPlace",
    ),
    "/api/v1/concordance": (
        "concordance",
        "Every place of a query on one side, in its context.",
        [
            _Q,
            parameter(
                "lang",
                {"enum": [lang.value for lang in Lang]},
                "The side; without it, the one with more places.",
            ),
            parameter(
                "sort",
                {"enum": [order.value for order in Order], "default": Order.POSITION.value},
                "By place in the archive, or by the words to the left or to the right.",
            ),
            limit(MOST_HITS, LINES),
            _OFFSET,
            *_SWITCHES,
        ],
        "Concordance",
    ),
    "/api/v1/terms": (
        "terms",
        "How a word or phrase is rendered in the other language across the archive.",
        [_Q],
        "Renderings",
    ),
    "/api/v1/status": ("status", "Which generation of the index is searched.", [], "Status"),
}
"""Of each path: the operation, what it gives in a sentence, its parameters and its schema."""

_REFUSALS = {
    "400": "A parameter is not as described.",
    "401": "A token is needed, where the archive asks for one.",
    "403": "The archive is not shown to whoever asks.",
    "404": "There is no such transcript or passage.",
    "429": "Too many requests; `Retry-After` says for how many seconds.",
    "503": "The index cannot be used, or the query takes too long.",
}


def document(server: str = "/") -> dict[str, Any]:
    """The OpenAPI document of an archive mounted at the path `server`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "transcript-search",
            "version": version("transcript-search"),
            "description": (
                "Search bilingual (English and Chinese) interview transcripts. Read only. Within "
                "`v1` fields may be added; none is taken away or changes its meaning. Offsets "
                "count Unicode code points."
            ),
        },
        "servers": [{"url": server}],
        "security": [{}, {"token": []}],
        "paths": {path: {"get": _operation(path)} for path in OPERATIONS},
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token made with `transcript-search token`.",
                }
            },
        },
    }


def _operation(path: str) -> Schema:
    name, summary, parameters, schema = OPERATIONS[path]
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    tag = {"schema": TEXT, "description": "Changes with the generation of the index."}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": SCHEMAS[schema]["description"],
                "headers": {"ETag": tag},
                "content": {"application/json": {"schema": ref(schema)}},
            },
            "304": {"description": "As when it was last asked for (`If-None-Match`)."},
            **{
                code: {"description": text, "content": problem}
                for code, text in _REFUSALS.items()
                if code != "400" or parameters
            },
        },
    }
