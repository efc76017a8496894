"""What do the editors know better? `repairs.tsv`.

A line is the text as it stands in a file, a tab, the text as it should be,
and, if they like, a tab and a note. Lines that begin with `#` are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from search.repair.change import Change

EDITORS = "editors' repair"


class EditorsRepairs:
    """The editors' own repairs: what stands there, and what is meant."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        self._meant = dict(meant)
        longest_first = sorted(self._meant, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __len__(self) -> int:
        return len(self._meant)

    def changes(self, text: str) -> Iterator[Change]:
        """Where one of them is to be made; of two that begin alike, the longer."""
        for found in self._pattern.finditer(text):
            yield Change(found.start(), found.end(), EDITORS, self._meant[found[0]])

    def changes_after(self, source: str, text: str) -> Iterator[Change]:
        """Those that are found in the repaired text alone: none is made twice."""
        for change in self.changes(text):
            if text[change.start : change.end] not in source:
                yield change


def read(text: str) -> tuple[EditorsRepairs, list[tuple[int, str]]]:
    """The repairs of a list, and the lines that are none with what is wrong with them.

    >>> repairs, wrong = read("商湯\\t商湯科技\\n商湯\\n")
    >>> len(repairs), wrong
    (1, [(2, 'no tab between what stands there and what is meant')])
    """
    meant: dict[str, str] = {}
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        before, tab, rest = line.partition("\t")
        after = rest.partition("\t")[0]
        if not tab:
            wrong.append((number, "no tab between what stands there and what is meant"))
        elif not before.strip():
            wrong.append((number, "nothing before the first tab"))
        elif before == after:
            wrong.append((number, "both sides are the same"))
        elif meant.setdefault(before, after) != after:
            wrong.append((number, f"{before!r} is already to be {meant[before]!r}"))
    return EditorsRepairs(meant), wrong
