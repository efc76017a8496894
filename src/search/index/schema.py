"""What a passage is to Whoosh: its fields, and the terms in each.

The analysis happens before Whoosh, once; Whoosh is given terms with their
positions.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import zlib
from collections import defaultdict
from collections.abc import Generator, Iterable
from typing import Any

from whoosh.analysis.tokenizers import IDTokenizer
from whoosh.fields import ID, STORED, Schema
from whoosh.fields import TEXT as WhooshText
from whoosh.formats import Positions

from search.analysis import FIELDS
from search.model import Bilingual, Passage

ROLE, SIDES, SPEAKER, TRANSCRIPT, TEXT = FACETS = ("role", "sides", "speaker", "transcript", "text")
"""Fields that hold one value a passage, to narrow down by and to count; the last names its text."""


class Terms(WhooshText):
    """A field that is given its terms ready, as `(term, position)` pairs in order."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDTokenizer(), phrase=True)

    def index(
        self, value: Iterable[tuple[str, int]], **options: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for term, position in value:
            positions[term].append(position)
        encode = Positions().encode
        for term, found in positions.items():
            yield term.encode(), len(found), float(len(found)), encode(found)


def schema() -> Schema:
    """The schema that every generation is written with."""
    fields = {field: Terms() for field in FIELDS}
    values = {facet: ID() for facet in FACETS}
    return Schema(id=ID(unique=True), passage=STORED(), **fields, **values)


def facets(passage: Passage) -> list[tuple[str, str]]:
    """What a passage is, as fields with one value each; its id among them."""
    held = [
        (ROLE, passage.role.value),
        (SIDES, passage.sides),
        (TRANSCRIPT, passage.transcript),
        (TEXT, _named(passage)),
        ("id", passage.id),
    ]
    return [*held, (SPEAKER, speaker_key(passage.speaker))] if passage.speaker else held


def _named(passage: Passage) -> str:
    """Sixteen hexadecimal digits that passages with the same texts share."""
    texts = f"{passage.en or ''}\x1f{passage.zh or ''}"
    return hashlib.blake2b(texts.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


_STORED = ("role", "speaker", "en", "zh", "alignment", "line", "time", "sentences", "mended")


def stored(passage: Passage) -> str:
    """What the index keeps of a passage to show it: all that its place does not tell."""
    held = passage.to_dict()
    values = [passage.key, *(held[name] for name in _STORED)]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def packed(passage: Passage) -> bytes:
    """The same as the bytes in which Whoosh keeps stored fields (`whoosh3.STORED_COLUMN`).

    Whoever analyses a passage packs it too, in whatever process that is.
    """
    return zlib.compress(pickle.dumps({"passage": stored(passage)}, 2), 3)


def restored(kept: str, transcript: str, position: int) -> Passage:
    """The passage of which `stored` kept this, at its place."""
    key, *values = json.loads(kept)
    place = {"id": f"{transcript}/{key}", "transcript": transcript, "position": position}
    return Passage.from_dict({**place, **dict(zip(_STORED, values, strict=True))})


def speaker_key(name: Bilingual) -> str:
    """One string for a person with a name in each language."""
    return f"{name.en or ''}\x1f{name.zh or ''}"
