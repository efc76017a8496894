"""A text that is changed in several stages and remembers where its characters stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.model import Repair


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
        return sorted(self._repairs, key=lambda repair: repair.column)

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
