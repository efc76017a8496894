"""A text in runs: cut where marks, and stretches that were mended, begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar

from search.model import Mended, Span
from search.results import Mark, MarkKind


class Run(NamedTuple):
    """A stretch of text marked in one way; `mended` if it is not as the source has it.

    `before` is what the source has, made visible, at the first run of a mended stretch.
    """

    text: str
    kind: MarkKind | None = None
    mended: bool = False
    before: str | None = None


def runs(text: str, span: Span, marks: Sequence[Mark], mended: Sequence[Mended]) -> Iterator[Run]:
    """A span of a text, cut where marks and mended stretches begin and end.

    >>> from search.model import Lang
    >>> list(runs("專利資產", (0, 4), [Mark(0, 2)], [Mended(Lang.ZH, 4, 4, "(chǎn)")]))
    ... # doctest: +NORMALIZE_WHITESPACE
    [Run(text='專利', kind=<MarkKind.MATCH: 'match'>, mended=False, before=None),
     Run(text='資產', kind=None, mended=False, before=None),
     Run(text='', kind=None, mended=True, before='(chǎn)')]
    """
    start, end = span
    last = end == len(text)
    near = mended[bisect_left(mended, start, key=_end) : bisect_right(mended, end, key=_start)]
    over = [each for each in near if each.start < end and each.end > start]
    ours = [each for each in near if start <= each.start < end or (last and each.start == end)]
    dropped = {each.start: visible(each.before) for each in ours if each.start == each.end}
    begun = {each.start: visible(each.before) for each in ours if each.start < each.end}
    held = marks[bisect_right(marks, start, key=_end) : bisect_left(marks, end, key=_start)]
    edges = {each.start for each in (*ours, *over)} | {each.end for each in over}
    edges |= {mark.start for mark in held} | {mark.end for mark in held}
    for at, stop in pairwise(sorted({start, end, *(at for at in edges if start < at < end)})):
        if at in dropped:
            yield Run("", None, True, dropped[at])
        mark = _around(held, at)
        kind = mark.kind if mark else None
        yield Run(text[at:stop], kind, _around(over, at) is not None, begun.get(at))
    if last and end in dropped:
        yield Run("", None, True, dropped[end])


_start, _end = attrgetter("start"), attrgetter("end")

Stretch = TypeVar("Stretch", Mark, Mended)


def _around(stretches: Sequence[Stretch], at: int) -> Stretch | None:
    """The one of them, in order and none over another, that a character is in."""
    before = bisect_right(stretches, at, key=_start)
    found = stretches[before - 1] if before else None
    return found if found and at < found.end else None


def visible(text: str) -> str:
    """A text of the source with what no font has named by its number.

    >>> visible("全球?qū)@\\ue386Y")
    '全球?qū)@⟨U+E386⟩Y'
    """
    return "".join(
        char if char.isprintable() or char in "\n\t" else f"⟨U+{ord(char):04X}⟩" for char in text
    )
