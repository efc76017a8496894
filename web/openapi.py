"""The interface for programs, described: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1).

One table of operations and one of schemas; the document at
`/api/v1/openapi.json` and the page at `/api/docs` are both made of them.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from search.concordance import Order
from search.model import Lang, Role
from search.results import MOST_COMPLETIONS, Kind, MarkKind, Sort

from .asked import COMPLETIONS, FURTHEST, HITS, LINES, LONGEST, MOST_HITS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
COUNTS: Schema = {"type": "object", "additionalProperties": NUMBER}
TEXTS: Schema = {"type": "array", "items": TEXT}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def record(description: str, **properties: Schema) -> Schema:
    """An object that has all of these; a later version may add others."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def said(schema: Schema, description: str) -> Schema:
    return schema | {"description": description}


_BILINGUAL = "In each language; `null` where the source has none."
_URL = said(TEXT, "Its place on the reading page: a path on this host.")

_PASSAGE: dict[str, Schema] = {
    "id": said(TEXT, "Made from the text: it survives edits elsewhere in the file."),
    "transcript": said(TEXT, "The id of its transcript."),
    "position": said(NUMBER, "Counts the passages of the transcript from 0."),
    "role": {"enum": [role.value for role in Role]},
    "speaker": maybe(ref("Bilingual")),
    "en": maybe(TEXT),
    "zh": maybe(TEXT),
    "alignment": maybe(ref("Alignment")),
    "line": said(NUMBER, "Where it begins in the source file, counted from 1."),
    "time": said(
        maybe({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
        "Begin and end in seconds, where the source has any.",
    ),
    "sentences": said(
        several({"type": "array", "items": NUMBER, "minItems": 4, "maxItems": 4}),
        "Which sentences answer each other: begin and end in `en`, begin and end in `zh`.",
    ),
    "mended": said(several(ref("Mended")), "Where the source has something else."),
    "url": _URL,
}

_TRANSCRIPT: dict[str, Schema] = {
    "id": TEXT,
    "file": said(TEXT, "The name of its file."),
    "title": ref("Bilingual"),
    "date": maybe(TEXT),
    "issue": maybe(TEXT),
    "source": maybe(TEXT),
    "credits": said(
        several({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}),
        "Pairs of what somebody did and who.",
    ),
    "speakers": several(ref("Bilingual")),
    "url": _URL,
}

SCHEMAS: dict[str, Schema] = {
    "Bilingual": record(_BILINGUAL, en=maybe(TEXT), zh=maybe(TEXT)),
    "Alignment": record(
        "How sure it is that two sides say the same, and by what evidence.",
        confidence={"type": "number", "minimum": 0, "maximum": 1},
        reason=TEXT,
    ),
    "Mended": record(
        "A stretch of a side, in Unicode code points, in whose place the source has `before`.",
        lang={"enum": [lang.value for lang in Lang]},
        start=NUMBER,
        end=NUMBER,
        before=TEXT,
    ),
    "Mark": record(
        "A stretch of a text, in Unicode code points: a word of the query or its translation.",
        start=NUMBER,
        end=NUMBER,
        kind={"enum": [kind.value for kind in MarkKind]},
    ),
    "Side": record("A text with its marks in order.", text=TEXT, marks=several(ref("Mark"))),
    "Passage": record("A paragraph or turn in both languages, or in one.", **_PASSAGE),
    "Hit": record(
        "A passage that answers a query, with its marks and the reasons.",
        **(
            _PASSAGE
            | {"en": maybe(ref("Side")), "zh": maybe(ref("Side")), "title": ref("Bilingual")}
            | {"score": {"type": "number"}, "why": TEXTS}
        ),
    ),
    "Results": record(
        "One page of the answer, with the totals and facets of the whole.",
        query=TEXT,
        read_as=said(TEXT, "How the query was read."),
        total=NUMBER,
        total_all_words=said(NUMBER, "How many have all the words."),
        took_ms={"type": "number"},
        index=record(
            "What was searched.",
            generation=TEXT,
            built_at={"type": "string", "format": "date-time"},
            passages=NUMBER,
        ),
        suggestion=said(maybe(TEXT), "The query that may have been meant."),
        facets={"type": "object", "additionalProperties": COUNTS},
        hits=several(ref("Hit")),
    ),
    "Completion": record(
        "What somebody may be about to type.",
        text=said(TEXT, "As the archive prints it."),
        query=said(TEXT, "The whole line with it."),
        count=NUMBER,
        kind={"enum": [kind.value for kind in Kind]},
        counterpart=said(maybe(TEXT), "The same in the other language."),
    ),
    "Completions": record(
        "The likeliest first.", query=TEXT, completions=several(ref("Completion"))
    ),
    "About": record("What is known of a transcript.", **_TRANSCRIPT),
    "Transcripts": record("In the order of their files.", transcripts=several(ref("About"))),
    "Transcript": record(
        "A transcript with its passages in order.",
        **(_TRANSCRIPT | {"passages": several(ref("Passage"))}),
    ),
    "PassageInPlace": record(
        "A passage, the title of its transcript, and the keys of its neighbours.",
        **(_PASSAGE | {"title": ref("Bilingual"), "previous": maybe(TEXT), "next": maybe(TEXT)}),
    ),
    "Rendering": record(
        "One way to say a term in the other language.",
        text=TEXT,
        count=NUMBER,
        forms=COUNTS,
        passages=NUMBER,
        transcripts=COUNTS,
        examples=TEXTS,
    ),
    "Line": record(
        "A place of a passage in its context: what stands to its left and right.",
        passage=said(TEXT, "The id of the passage."),
        title=ref("Bilingual"),
        kind={"enum": [kind.value for kind in MarkKind]},
        start=NUMBER,
        end=NUMBER,
        left=TEXT,
        match=TEXT,
        right=TEXT,
        other=said(maybe(TEXT), "What the other side says."),
        url=_URL,
    ),
    "Concordance": record(
        "One page of the places of a query, with their number in each language.",
        query=TEXT,
        read_as=said(TEXT, "How the query was read."),
        lang={"enum": [lang.value for lang in Lang]},
        sort={"enum": [order.value for order in Order]},
        total=NUMBER,
        counts=COUNTS,
        passages=said(NUMBER, "Passages that answer the query."),
        looked_at=said(NUMBER, "How many of them were gone through, the best first."),
        lines=several(ref("Line")),
    ),
    "Renderings": record(
        "How a term is rendered across the archive, the commonest way first.",
        term=TEXT,
        renderings=several(ref("Rendering")),
        without=record("Passages where none was recognised.", passages=NUMBER, examples=TEXTS),
        one_sided=said(NUMBER, "Passages with the term that have one side only."),
        looked_at=NUMBER,
        total=NUMBER,
    ),
    "Status": record(
        "Which generation of the index is searched.",
        generation=TEXT,
        built_at={"type": "string", "format": "date-time"},
        transcripts=NUMBER,
        passages=NUMBER,
        format={"type": "integer"},
        analysis=TEXT,
        versions={"type": "object", "additionalProperties": TEXT},
        dictionary=said(maybe(TEXT), "The edition of CC-CEDICT."),
    ),
    "Problem": record(
        "What cannot be answered, and what to do about it (RFC 9457).",
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
    ),
}


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
