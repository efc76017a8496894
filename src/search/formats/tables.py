"""The cells of a table as blocks: those of one row answer each other.

Columns are told by their heads (`Speaker` or 说话人 who says the rest of a
row, `Time` or 时间 when, `English` and 译文 in which language), and by what
stands in them: times, or the numbers of the rows. A row of heads that tells
the columns is no part of the talk.

>>> row = lambda *cells: [[Block(cell, 1)] for cell in cells]
>>> rows = [row("Speaker", "English", "中文"), row("Knuth", "Yes.", "是。")]
>>> blocks, left_out = blocks_of(rows, 1)
>>> [(block.text, block.label, block.row) for block in blocks]
[('Yes.', 'Knuth', 2), ('是。', 'Knuth', 2)]
>>> left_out
[Omission(line=1, text='Speaker | English | 中文', file=None)]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

from search.analysis import fold
from search.model import Block, Lang, Omission
from search.structure import is_sentence, language, language_named, may_be

Cell = Sequence[Block]

_SPEAKER = frozenset(
    "speaker speakers name who role person 说话人 讲者 发言人 讲话人 人物 姓名 角色".split()
)
_TIME = frozenset("time timecode timestamp start 时间 时间码 时间轴 时间戳".split())
_NUMBER = frozenset("# no no. nr number id 序号 编号 行号 号".split())
_ONE_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?"
_CLOCK = re.compile(
    rf"\W?{_ONE_TIME}(?:\W{{1,5}}(?:\d{{1,3}}:)?\d{{1,2}}:\d\d(?:[.,]\d{{1,3}})?)?\W?"
)
_BETWEEN = re.compile(r"[\s/|()（）]+")
_LONGEST_HEAD = 40


def blocks_of(rows: Sequence[Sequence[Cell]], first: int) -> tuple[list[Block], list[Omission]]:
    """The blocks of the rows of a table, its rows numbered from `first`, and what is none of it."""
    columns = _Columns.of(rows)
    left_out: list[Omission] = []
    if columns.headed:
        heads = [block for cell in rows[0] for block in cell]
        left_out.append(Omission(heads[0].line, " | ".join(_text([block]) for block in heads)))
        first += max(1, *(len(cell) for cell in rows[0]))
        rows = rows[1:]
    if columns.number is not None:
        numbers = [block for cells in rows for block in _at(cells, columns.number)]
        left_out.append(Omission(numbers[0].line, _text(numbers)))
    blocks: list[Block] = []
    for cells in rows:
        said = {at: cell for at, cell in enumerate(cells) if cell and at != columns.number}
        like = Block("", 0)
        if len(_at(cells, columns.speaker)) == 1 and len(said) > 1:
            like = replace(like, label=_text(said.pop(columns.speaker or 0)).rstrip(":："))
        clock = _CLOCK.fullmatch(_text(_at(cells, columns.time)))
        if clock and len(said) > 1:
            hours, minutes, seconds = (int(part or 0) for part in clock.groups())
            at = float(hours * 3600 + minutes * 60 + seconds)
            like = replace(like, time=(at, at))
            said.pop(columns.time or 0)
        told = [
            [replace(block, lang=block.lang or columns.beyond_script(at, block)) for block in cell]
            for at, cell in said.items()
        ]
        for block, row in _in_rows(told, first):
            label = block.label or like.label
            blocks.append(replace(block, label=label, time=like.time, row=row))
        first += max(1, *(len(cell) for cell in cells))
    return blocks, left_out


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what, counted from 0; `headed` if the first row says so and nothing else."""

    speaker: int | None = None
    time: int | None = None
    number: int | None = None
    langs: Mapping[int, Lang] = field(default_factory=dict)
    headed: bool = False

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]]) -> _Columns:
        heads = [fold(_text(cell)).strip() for cell in rows[0]]
        speaker, time, number = (_place(heads, names) for names in (_SPEAKER, _TIME, _NUMBER))
        named = {at: lang for at, head in enumerate(heads) if (lang := language_named(head))}
        told = len(named) > 1 or len(set((speaker, time, number)) - {None}) > 0
        headed = (
            len(rows) > 1
            and told
            and all(len(head) <= _LONGEST_HEAD and not is_sentence(head) for head in heads)
        )
        if not headed:
            speaker = time = number = None
            named = {}
        body = rows[1:] if headed else rows
        columns = [[_text(cell) for cell in column] for column in zip_longest(*body, fillvalue=())]
        if len(columns) > 2 and len(body) > 1:
            for at, texts in enumerate(columns):
                if time is None and all(map(_CLOCK.fullmatch, texts)):
                    time = at
                if number is None and texts == [str(n) for n in range(1, 1 + len(texts))]:
                    number = at
        if number is not None and not any(columns[number]):
            number = None
        langs = {at: lang for at, lang in named.items() if isinstance(lang, Lang)}
        return cls(speaker, time, number, langs, headed)

    def beyond_script(self, at: int, block: Block) -> Lang | None:
        """The language that a column says, if the script of a block does not say it already."""
        said = self.langs.get(at)
        told = said and said is not language(block.text) and may_be(said, block.text)
        return said if told else None


def _text(cell: Cell) -> str:
    return " ".join(block.text for block in cell)


def _at(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else ()


def _place(heads: Sequence[str], names: frozenset[str]) -> int | None:
    # A head may say it in both languages.
    parts = [_BETWEEN.split(head) for head in heads]
    return next((at for at, held in enumerate(parts) if names.issuperset(held)), None)


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
