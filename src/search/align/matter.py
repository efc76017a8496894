"""What front and end matter tell: the title, the issue, who had a part in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis import fold
from search.formats.metadata import iso_date
from search.model import About, Alignment, Bilingual, Role
from search.structure import Paragraph, is_issue

_SURE = 0.7
_BRACKETED = re.compile(r"[(（【\[]([^()（）【】\[\]]+)[)）】\]]")
_AFTER_LABEL = re.compile(r"[:：|｜│丨/／]")
_SAYS_SOURCE = re.compile(
    r"[(（]?(?:本文)?(?:原文|原载|来源|出处)(?:链接|地址|网址|标题|出处|来源)?[于自]?(?:见|为|是)?\s*[:：]?\s*"
)
_SAYS_CLICK = re.compile(
    r"\s*[(（【]?(?:请?(?:点击|点选|长按|扫码|戳))[^()（）]{0,12}(?:原文|查看|阅读|链接)[^()（）]{0,4}[)）】]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The sides of a passage to be; one of them may be `None`."""

    en: Paragraph | None
    zh: Paragraph | None
    alignment: Alignment | None = None

    @property
    def sides(self) -> tuple[Paragraph, ...]:
        if self.en and self.zh:
            return self.en, self.zh
        return tuple(filter(None, (self.en or self.zh,)))

    @property
    def sure(self) -> bool:
        """Whether its sides are paired beyond reasonable doubt."""
        return self.alignment is not None and self.alignment.confidence > _SURE

    @property
    def first(self) -> Paragraph:
        """The side that comes first in the file."""
        return min(self.sides, key=lambda side: side.line)

    @property
    def is_one_line(self) -> bool:
        """Whether it was a line with both languages, if it is no row of a table."""
        return len({side.line for side in self.sides}) < len(self.sides)

    @property
    def role(self) -> Role | None:
        """What can be told of the role from either side."""
        return next((side.role for side in self.sides if side.role), None)


def with_title(turns: list[Turn]) -> list[Turn]:
    """Makes the title a heading: the first pair of the front matter, else its first line."""
    front: list[int] = []
    for at, turn in enumerate(turns):
        if any(side.label or side.time for side in turn.sides):
            break
        # Its other side may stand where the text in the other language begins.
        if turn.first.role is Role.NOTE and not any(
            side.alone or is_issue(side.text) for side in turn.sides
        ):
            front.append(at)
    headings = [at for at, turn in enumerate(turns) if turn.role is Role.HEADING]
    if headings[:1] == [0] or any(turns[at].first.row is None for at in headings):
        return turns
    if headings and turns[headings[0]].is_one_line and (not front or headings[0] < front[0]):
        return turns
    paired = [at for at in front if turns[at].alignment]
    for at in (paired or front)[:1]:
        en, zh = (
            replace(side, role=Role.HEADING) if side else None
            for side in (turns[at].en, turns[at].zh)
        )
        turns[at] = replace(turns[at], en=en, zh=zh)
    return turns


def about(id: str, file: str, turns: Sequence[Turn], names: Mapping[str, Bilingual]) -> About:
    """What the front and end matter tells."""
    title: Bilingual | None = None
    issue = source = date = None
    spoken = False
    credits: list[tuple[str, str]] = []
    for turn in turns:
        first = turn.en or turn.zh
        assert first is not None
        spoken = spoken or any(side.label for side in turn.sides)
        is_line = first.row is None or (not spoken and (turn.is_one_line or turn is turns[0]))
        if turn.role is Role.HEADING and title is None and is_line:
            title = Bilingual(turn.en.text if turn.en else None, turn.zh.text if turn.zh else None)
        elif first.role is Role.NOTE:
            if first.credit:
                found = _credits(first.text)
                credits += found
                sources = (_source(text) for name, text in found if _is_source(name, text))
                source = next(sources, source)
                days = (iso_date(text) for name, text in found if _is_date(name))
                date = next((day for day in days if day), date)
            elif issue is None and is_issue(first.text):
                issue = first.text
    return About(
        id=id,
        file=file,
        title=title or Bilingual(en=id),
        date=date,
        issue=issue,
        source=source,
        credits=tuple(credits),
        speakers=tuple(dict.fromkeys(names.values())),
    )


def _is_date(label: str) -> bool:
    folded = fold(label)
    return folded.endswith(("时间", "日期", "date")) or folded.startswith(("date", "recorded"))


def _is_source(label: str, text: str) -> bool:
    return fold(label).startswith(("来源", "source", "原文")) or "原文" in text


def _source(text: str) -> str:
    """The name or address of a source, without what says that it is one.

    >>> _source("原文鏈接《知產人物》對話王曉剛：科技領航點擊標題查看原文)")
    '《知產人物》對話王曉剛：科技領航'
    """
    folded = fold(text)
    begins, ends = _SAYS_SOURCE.match(folded), _SAYS_CLICK.search(folded)
    named = text[begins.end() if begins else 0 : ends.start() if ends else len(text)].strip()
    return named or text


def _credits(text: str) -> list[tuple[str, str]]:
    """`編輯:甲   校對:乙` as pairs of label and text."""
    pairs: list[tuple[str, str]] = []
    if bracketed := _BRACKETED.fullmatch(text):
        text = bracketed[1]
    for piece in re.split(r"\s{2,}|[\t\u3000]", text):
        label, *rest = _AFTER_LABEL.split(piece, maxsplit=1)
        if rest:
            pairs.append((label.strip(), rest[0].strip()))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {piece}".strip())
    return pairs
