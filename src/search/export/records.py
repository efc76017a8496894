"""JSON Lines: a hit a line, as the JSON contract has it, with what is known of its transcript.

https://jsonlines.org
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from search.export.entry import Entry


def write(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The lines, one a passage."""
    for hit, about in entries:
        known = {name: getattr(about, name) for name in ("date", "issue", "source", "file")}
        line = json.dumps(hit.to_dict() | known, ensure_ascii=False)
        # Half a surrogate pair has no UTF-8; JSON can name it.
        yield line.encode("utf-8", "backslashreplace") + b"\n"
