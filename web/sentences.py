"""How does a passage stand on a page? Sentence by sentence, cut at its marks, folded if long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from search.align.sentences import chinese, english
from search.model import Lang, Mended, Passage, Span
from search.results import Mark

from .runs import Run, runs

_LONG: Final = 720
"""A passage of more English characters, or as much Chinese, is folded: some eight lines."""

_SPARED: Final = 200
"""Less than that is not worth the click that shows it."""

_WIDTH: Final = 2.4
"""English characters that take as much room as a Chinese one and say as much."""

Marks = Mapping[Lang, Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one line of a passage's table: a sentence or two, or nothing.

    `pair` numbers, from 1, those that answer each other. `cut` says that
    folded ones come before or after it.
    """

    runs: tuple[Run, ...]
    pair: int | None = None
    folded: bool = False
    cut: str | None = None


class Side(NamedTuple):
    """A passage in one language; no pieces, if the source does not have it.

    `tag` is its language as `lang` has it.
    """

    lang: Lang
    pieces: tuple[Piece, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class Line:
    """Stretches of both texts that stand beside each other; `pair` as in `Piece`."""

    spans: Mapping[Lang, Span]
    pair: int | None = None


def sides(
    passage: Passage,
    marks: Marks,
    *,
    fold: bool = False,
    mended: Sequence[Mended] = (),
    zh: str = "zh",
) -> tuple[Side, ...]:
    """Both sides of a passage.

    With `fold`, a long one is folded around its marks; `mended` are the
    stretches that are shown as they were found too; `zh` is the language of
    its Chinese as `lang` has it.
    """
    texts = _texts(passage)
    table = lines(passage)
    folded = _folded(table, marks) if fold else [False] * len(table)
    cuts = [_cut(folded, at) for at in range(len(table))]

    def side(lang: Lang, text: str) -> Iterator[Piece]:
        held = marks.get(lang, ())
        found = [each for each in mended if each.lang is lang]
        for line, hidden, cut in zip(table, folded, cuts, strict=True):
            if span := line.spans.get(lang):
                yield Piece(tuple(runs(text, span, held, found)), line.pair, hidden, cut)
            else:
                yield Piece((), None, hidden)

    tags = {Lang.EN: "en", Lang.ZH: zh}
    return tuple(
        Side(lang, tuple(side(lang, texts[lang])) if lang in texts else (), tags[lang])
        for lang in Lang
    )


def lines(passage: Passage) -> list[Line]:
    """The texts of a passage as a table of sentences: every character is in one of its cells."""
    texts = _texts(passage)
    if len(texts) == 1:
        ((lang, text),) = texts.items()
        cut = english(text) if lang is Lang.EN else chinese(text)
        return _filled(texts, [({lang: span[0]}, None) for span in cut])
    begins: list[tuple[dict[Lang, int], int | None]] = []
    ends = dict.fromkeys(texts, 0)
    for number, pair in enumerate(passage.sentences, 1):
        answered = dict(zip(Lang, pair, strict=True))
        begun = {lang: start for lang, (start, _) in answered.items()}
        if alone := _alone(texts, ends, begun):
            begins.append((alone, None))
        begins.append((begun, number))
        ends = {lang: end for lang, (_, end) in answered.items()}
    left = _alone(texts, ends, {lang: len(text) for lang, text in texts.items()})
    return _filled(texts, [*begins, (left, None)] if left else begins)


def _alone(
    texts: Mapping[Lang, str], ends: Mapping[Lang, int], begun: Mapping[Lang, int]
) -> dict[Lang, int]:
    """Where what stands between two pairs begins on each side, if anything does."""
    between = {lang: text[ends[lang] : begun[lang]] for lang, text in texts.items()}
    return {
        lang: begun[lang] - len(text.lstrip()) for lang, text in between.items() if text.strip()
    }


def _filled(
    texts: Mapping[Lang, str], begins: Sequence[tuple[Mapping[Lang, int], int | None]]
) -> list[Line]:
    """Lines from where each begins: each reaches to the next on its side, the first from 0."""
    spans: dict[Lang, Iterator[Span]] = {}
    for lang, text in texts.items():
        starts = [begin[lang] for begin, _ in begins if lang in begin]
        spans[lang] = pairwise([0, *starts[1:], len(text)])
    return [Line({lang: next(spans[lang]) for lang in begin}, pair) for begin, pair in begins]


def _folded(table: Sequence[Line], marks: Marks) -> list[bool]:
    """Which lines are out of sight at first: those of a long passage far from its marks."""
    rooms = [_room(line) for line in table]
    none = [False] * len(table)
    if sum(rooms) <= _LONG:
        return none
    marked = [at for at, line in enumerate(table) if _is_marked(line, marks)] or [0]
    near = {at + step for at in marked for step in (-1, 0, 1)}
    folded = [at not in near for at in range(len(table))]
    spared = sum(room for room, hidden in zip(rooms, folded, strict=True) if hidden)
    return folded if spared > _SPARED else none


def _room(line: Line) -> float:
    return max(
        (end - start) * (_WIDTH if lang is Lang.ZH else 1.0)
        for lang, (start, end) in line.spans.items()
    )


def _is_marked(line: Line, marks: Marks) -> bool:
    return any(
        mark.start < end and start < mark.end
        for lang, (start, end) in line.spans.items()
        for mark in marks.get(lang, ())
    )


def _cut(folded: Sequence[bool], at: int) -> str | None:
    if folded[at]:
        return None
    if at + 1 < len(folded) and folded[at + 1]:
        return "after"
    return "before" if at and all(folded[:at]) else None


def _texts(passage: Passage) -> dict[Lang, str]:
    texts = {Lang.EN: passage.en, Lang.ZH: passage.zh}
    return {lang: text for lang, text in texts.items() if text}
