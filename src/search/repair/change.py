"""A text that is changed in several stages and remembers where its characters stood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.model import Repair, Span


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]` is to be `after`."""

    start: int
    end: int
    rule: str
    after: str


class Changing:
    """`text` as it is now, and the repairs that made it so, with their places in the source."""

    def __init__(self, source: str, line: int) -> None:
        self.text = source
        self._source = source
        self._line = line
        self._origins: Sequence[int] = range(len(source))
        self._repairs: list[Repair] = []

    @property
    def repairs(self) -> list[Repair]:
        return [
            replace(repair, place=self._place(repair))
            for repair in sorted(self._repairs, key=lambda repair: repair.column)
        ]

    def _place(self, repair: Repair) -> Span:
        """Where in the text as it is now stands what stood there in the source."""
        begin = repair.column - 1
        ends = begin, begin + len(repair.before)
        start, end = (bisect_left(self._origins, at) for at in ends)
        return start, end

    def make(self, changes: Iterable[Change]) -> None:
        """Makes the changes; of two that overlap the first holds."""
        text, origins = self.text, self._origins
        out: list[str] = []
        stood: list[int] = []
        at = 0
        for change in sorted(changes, key=lambda change: change.start):
            if change.start < at:
                continue
            begin = origins[change.start]
            end = origins[change.end - 1] + 1
            before = self._source[begin:end]
            self._repairs.append(Repair(change.rule, self._line, begin + 1, before, change.after))
            out += text[at : change.start], change.after
            stood += [*origins[at : change.start], *[begin] * len(change.after)]
            at = change.end
        if at:
            self.text = "".join((*out, text[at:]))
            self._origins = [*stood, *origins[at:]]
