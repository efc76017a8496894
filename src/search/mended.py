"""Where in the passages did repairs end up?

A paragraph of a passage is a stretch of a line of a repaired block, without
its label and the other language. So it is looked for there, and what was
mended in that stretch was mended in the passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.model import Block, Lang, Mended, Passage, Repair, Span

_BETWEEN = " \t/／|｜‖–—-()（）[]【】"
"""What may stand between the halves of a line, and after the second."""


@dataclass(frozen=True, slots=True)
class Hurt:
    """The repaired text of a block, and each stretch of it with what the source has there."""

    text: str
    places: tuple[tuple[Span, str], ...]

    @classmethod
    def of(cls, source: Block, repaired: str, repairs: Sequence[Repair]) -> Hurt:
        """Repairs that went over the same characters, one after the other, are one stretch."""
        held: list[tuple[Span, Span]] = []
        for repair in repairs:
            assert repair.place is not None
            begin = repair.column - 1
            there, here = (begin, begin + len(repair.before)), repair.place
            if held and there[0] < held[-1][0][1]:
                before, after = held.pop()
                there = before[0], max(before[1], there[1])
                here = after[0], max(after[1], here[1])
            held.append((there, here))
        return cls(
            repaired,
            tuple((here, source.text[slice(*there)]) for there, here in held),
        )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A line of a side of a passage, which is the passage numbered `at`."""

    at: int
    lang: Lang
    start: int
    text: str


def with_mended(passages: Sequence[Passage], blocks: Iterable[Hurt]) -> tuple[Passage, ...]:
    """The passages, with the places of those repairs that went over their texts.

    `blocks` are all of the source, in its order: of passages that say the same
    the first is of the first block that does.
    """
    waiting: dict[str, deque[_Paragraph]] = defaultdict(deque)
    for paragraph in _paragraphs(passages):
        waiting[paragraph.text].append(paragraph)
    lengths = sorted({len(text) for text in waiting})
    found: dict[int, list[Mended]] = defaultdict(list)
    for block in blocks:
        for start, text in _within(block.text, waiting, lengths):
            held = waiting[text]
            paragraph = held.popleft() if len(held) > 1 else held[0]
            found[paragraph.at] += _moved(block, start, paragraph)
    return tuple(
        replace(passage, mended=tuple(sorted(found[at], key=_order))) if at in found else passage
        for at, passage in enumerate(passages)
    )


def _paragraphs(passages: Sequence[Passage]) -> Iterator[_Paragraph]:
    for at, passage in enumerate(passages):
        for lang, side in ((Lang.EN, passage.en), (Lang.ZH, passage.zh)):
            for start, line in _lines(side or ""):
                yield _Paragraph(at, lang, start, line)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, without the space around it, and where it begins."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start + len(line) - len(line.lstrip()), line.strip()
        start += len(line) + 1


def _within(text: str, known: Container[str], lengths: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Which paragraphs stand in the lines of a text, and where.

    The last of a line ends where the line does, and begins after a label or
    after what the other language says; that ends where there is a separator.
    """
    for start, line in _lines(text):
        left = line
        for _ in Lang:
            for length in reversed(lengths[: bisect_right(lengths, len(left))]):
                if left[-length:] in known:
                    yield start + len(left) - length, left[-length:]
                    left = left[:-length].rstrip(_BETWEEN)
                    break
            else:
                left = left.rstrip(_BETWEEN)


def _moved(block: Hurt, start: int, paragraph: _Paragraph) -> Iterator[Mended]:
    """What was mended within a paragraph that stands in the block from `start` on."""
    end = start + len(paragraph.text)
    step = paragraph.start - start
    for (begin, stop), before in block.places:
        if start <= begin and stop <= end:
            yield Mended(paragraph.lang, begin + step, stop + step, before)


def _order(mended: Mended) -> tuple[bool, int, int]:
    return mended.lang is Lang.ZH, mended.start, mended.end
