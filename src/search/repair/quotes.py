"""Is a quotation open where it is closed?

A reading of torn bytes that closes what nobody opened is an unlikely one.
"""

from __future__ import annotations

from search.repair.witness import Witness

OPENING = ("“", "《", "「", "『", "‘")
CLOSING = "”》」』’"
UNOPENED = 12.0
"""What it costs to close a quotation that is not open, in nats."""
_UNOPENED_HERE = 2.0
_PARAGRAPH = 2_000
"""Characters before a sign that are looked through for what it may close."""


def unopened(closing: str, text: str, at: int, witness: Witness) -> float:
    """What it costs to close a quotation at a place of a text where it may not be open.

    One may have begun in an earlier paragraph, if the file has such quotations
    at all and no other is open.
    """
    before = text[max(0, at - _PARAGRAPH) : at]
    still_open = [
        opening
        for opening, end in zip(OPENING, CLOSING, strict=True)
        if before.count(opening) > before.count(end)
    ]
    opening = OPENING[CLOSING.index(closing)]
    if opening in still_open:
        return 0.0
    here = opening in witness.quotes and not {*still_open} - {"‘"}
    return _UNOPENED_HERE if here else UNOPENED
