"""Comma-separated values (RFC 4180) that spreadsheets open as text.

UTF-8 with a byte order mark, without which Excel takes Chinese for another
encoding. A cell that a spreadsheet would compute is kept from it by a single
quotation mark: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from search.export.entry import Entry, named, writable

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "id",
    "title",
    "speaker",
    "role",
    "en",
    "zh",
    "confidence",
    "date",
    "issue",
    "source",
    "file",
    "line",
    "begin",
    "end",
)
_COMPUTED = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
"""With the quotation marks before it, so that one mark taken away gives every cell back."""


def write(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The table in pieces: the names of the columns, then one passage each."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    yield (BYTE_ORDER_MARK + out.getvalue()).encode()
    for entry in entries:
        out.seek(0)
        out.truncate()
        rows.writerow([cell(value) for value in _row(entry)])
        yield out.getvalue().encode()


def cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("- Yes."), cell("Yes - no.")
    ("'=1+1", "'- Yes.", 'Yes - no.')
    """
    text = writable(text)
    return f"'{text}" if _COMPUTED.match(text) else text


def _row(entry: Entry) -> tuple[str, ...]:
    passage, about = entry.hit.passage, entry.about
    begin, end = passage.time or ("", "")
    return (
        passage.id,
        named(about.title, " / "),
        named(passage.speaker),
        passage.role.value,
        passage.en or "",
        passage.zh or "",
        str(passage.alignment.confidence) if passage.alignment else "",
        about.date or "",
        about.issue or "",
        about.source or "",
        about.file,
        str(passage.line),
        str(begin),
        str(end),
    )
