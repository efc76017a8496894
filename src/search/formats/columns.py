"""Plain text in columns: lines that are numbered, or divided by tabs.

>>> lines = [(1, " 1  Q. Why?"), (2, " 2  A. Because"), (3, " 3     it works.")] * 4
>>> numbered = [(at, f"{at} line") for at in range(1, 13)]
>>> without_numbers(numbered)[0][:2], without_numbers(numbered)[1].text
([(1, 'line'), (2, 'line')], '1 … 12')
>>> without_numbers(lines)[0] == lines
True
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from search.formats import tables
from search.model import Block, Omission

Numbered = Sequence[tuple[int, str]]
"""Lines with their numbers in the file."""

_NUMBER = re.compile(r"\s*(\d{1,5})(?:[ \t]+|\Z)")
_FEWEST = 8
"""Lines below which their numbers may be by chance."""
_NEARLY_ALL = 0.9
_MOST_ROWS = 20_000


def without_numbers(lines: Numbered) -> tuple[Numbered, Omission | None]:
    """The lines without the numbers that they have in the margin, from one, page by page."""
    there = [(at, line) for at, line in lines if line.strip()]
    found = {at: number for at, line in there if (number := _NUMBER.match(line))}
    if len(there) < _FEWEST or len(found) < _NEARLY_ALL * len(there):
        return lines, None
    numbers = [int(number[1]) for number in found.values()]
    forward = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
    if forward < _NEARLY_ALL * (len(numbers) - 1):
        return lines, None
    first = next(iter(found))
    bare = [(at, line[found[at].end() :] if at in found else line) for at, line in lines]
    return bare, Omission(first, f"{numbers[0]} … {numbers[-1]}")


def rows(lines: Numbered) -> tuple[list[Block], list[Omission]] | None:
    """The cells of a text whose lines are rows with tabs between, if it is one."""
    there = [(at, line.split("\t")) for at, line in lines if line.strip()]
    (width, times), *_ = Counter(len(cells) for _, cells in there).most_common(1) or [(1, 0)]
    if width < 3 or times < max(_FEWEST / 2, _NEARLY_ALL * len(there)) or times > _MOST_ROWS:
        return None
    cells = [
        [[Block(cell.strip(), at)] if cell.strip() else [] for cell in cells] for at, cells in there
    ]
    return tables.blocks_of(cells, 1)
