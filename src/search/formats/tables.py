"""The cells of a table as blocks: those of one row answer each other.

A column headed `Speaker` or 说话人 names who says the rest of its row, one
headed `Time` or 时间 when.

>>> row = lambda *cells: [[Block(cell, 1)] for cell in cells]
>>> rows = [row("Speaker", "English", "中文"), row("Knuth", "Yes.", "是。")]
>>> [(block.text, block.label, block.row) for block in blocks_of(rows, 1)][3:]
[('Yes.', 'Knuth', 2), ('是。', 'Knuth', 2)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from search.analysis import fold
from search.model import Block, Role

Cell = Sequence[Block]

_SPEAKER = frozenset(
    "speaker speakers name who role person 说话人 讲者 发言人 讲话人 人物 姓名 角色".split()
)
_TIME = frozenset("time timecode timestamp start 时间 时间码 时间轴".split())
_CLOCK = re.compile(r"\W?(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?\W?")


def blocks_of(rows: Sequence[Sequence[Cell]], first: int) -> list[Block]:
    """The blocks of the rows of a table, its rows numbered from `first`."""
    heads = [fold(" ".join(block.text for block in cell)).strip() for cell in rows[0]]
    speaker = _place(heads, _SPEAKER)
    time = _place(heads, _TIME)
    blocks: list[Block] = []
    for number, cells in enumerate(rows):
        said = dict(enumerate(cells))
        like = Block("", 0)
        if number == 0 and (speaker is not None or time is not None):
            like = replace(like, role=Role.HEADING)
        elif number:
            if speaker is not None and len(said.get(speaker, ())) == 1 and len(said) > 1:
                like = replace(like, label=said.pop(speaker)[0].text.rstrip(":："))
            clock = " ".join(block.text for block in said.get(time if time is not None else -1, ()))
            if (found := _CLOCK.fullmatch(clock)) and len(said) > 1:
                hours, minutes, seconds = (int(part or 0) for part in found.groups())
                at = float(hours * 3600 + minutes * 60 + seconds)
                like = replace(like, time=(at, at))
                said.pop(time if time is not None else -1)
        for block, row in _in_rows([cell for cell in said.values() if cell], first):
            blocks.append(
                replace(
                    block,
                    label=block.label or like.label,
                    time=like.time,
                    role=block.role or like.role,
                    row=row,
                )
            )
        first += max(1, *(len(cell) for cell in cells))
    return blocks


def _place(heads: Sequence[str], names: frozenset[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head in names), None)


def _in_rows(cells: Sequence[Cell], row: int) -> list[tuple[Block, int | None]]:
    """The blocks of the cells of a row, and which of them answer each other.

    Cells with as many paragraphs as each other are read across, paragraph by
    paragraph. Where one has many and another many more, all that is known is
    their order.
    """
    lengths = {len(cell) for cell in cells}
    if len(cells) < 2:
        return [(block, None) for cell in cells for block in cell]
    if len(lengths) == 1:
        return [
            (block, row + number)
            for number, across in enumerate(zip(*cells, strict=True))
            for block in across
        ]
    return [(block, row if 1 in lengths else None) for block in chain(*cells)]
