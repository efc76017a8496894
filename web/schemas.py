"""What the interface for programs gives, described: JSON Schema as OpenAPI 3.1 has it
(https://json-schema.org/draft/2020-12)."""

from __future__ import annotations

from typing import Any

from search.concordance import Order
from search.model import Lang, Role
from search.results import Kind, MarkKind

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
