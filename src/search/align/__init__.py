"""Which English belongs to which Chinese, and how sure is that?

Whatever the layout, both languages say the same things in the same order.
`words` names what can stand in both, `evidence` and `weights` say how much
that and the lengths, labels, times and question marks speak for a pair,
`chain`, `section`, `grid` and `layout` find the most probable alignment and
how probable each of its links is. `sentences` does the same inside a passage;
`speakers` and `matter` tell who speaks and what the title is.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np

from search.align import layout, sentences, speakers
from search.align.dictionary import Dictionary
from search.align.evidence import ONE
from search.align.matter import Turn, about, with_title
from search.align.section import Link
from search.align.weights import OF_STRETCHES, Model, Weigher
from search.model import Alignment, Bilingual, Doubt, Lang, Passage, Role, Transcript
from search.structure import Paragraph, is_issue

__all__ = ["DOUBTFUL", "align"]

DOUBTFUL = 0.5
"""A pair that is less sure than this is reported."""

_SAME_ROW = 5.0
"""What it weighs that the file itself sets two texts beside each other."""


def align(
    paragraphs: Sequence[Paragraph],
    id: str,
    file: str,
    dictionary: Callable[[], Dictionary] = Dictionary,
    as_whole: bool = False,
) -> Transcript:
    """The transcript of the paragraphs of a file: its passages in order, with all doubts.

    `dictionary` gives translations. It is asked only where stretches
    in one language may answer each other as a whole; in all else, and without
    it, the evidence is what can be told from the texts alone. `as_whole` says
    that each language has a text of its own, and that these are translations.
    """
    turns = with_title(_turns(paragraphs, dictionary, as_whole))
    names = speakers.names(turns)
    questioners = speakers.questioners(turns, names)
    passages: list[Passage] = []
    doubts: list[Doubt] = []
    seen: Counter[tuple[str | None, str | None]] = Counter()
    speaker: Bilingual | None = None
    label: str | None = None
    for position, turn in enumerate(turns):
        en, zh, role = turn.en, turn.zh, turn.role
        if said := (zh and zh.label) or (en and en.label):
            label, speaker = said, names[said]
        texts = (en.text if en else None, zh.text if zh else None)
        seen[texts] += 1
        passages.append(
            Passage(
                id=f"{id}/{_key(texts, seen[texts])}",
                transcript=id,
                position=position,
                role=role or speakers.role(label, speaker, questioners),
                speaker=speaker if said or role is None else None,
                en=texts[0],
                zh=texts[1],
                alignment=turn.alignment,
                line=turn.first.line,
                time=_time(turn),
                sentences=sentences.pairs(en.text, zh.text) if en and zh else (),
            )
        )
        if turn.alignment and turn.alignment.confidence < DOUBTFUL:
            doubts.append(Doubt(turn.first.line, f"unsure pair ({turn.alignment.reason})"))
    found = about(id, file, turns, names)
    return Transcript(found, tuple(passages), (), tuple(doubts))


def _turns(
    paragraphs: Sequence[Paragraph], dictionary: Callable[[], Dictionary], as_whole: bool
) -> list[Turn]:
    """The paragraphs as turns of one or two sides, in the order in which to read them."""
    fixed: list[tuple[int, Turn]] = []
    rows: dict[int, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        is_matter = paragraph.role is Role.NOTE and is_issue(paragraph.text)
        if paragraph.alone or is_matter:
            fixed.append((at, _one_sided(paragraph)))
        elif paragraph.row is not None:
            rows.setdefault(paragraph.row, []).append(at)
    answered = [row for row in rows.values() if len({paragraphs[at].lang for at in row}) > 1]
    fixed += _row_turns(paragraphs, answered)
    taken = {at for row in answered for at in row} | {at for at, _ in fixed}
    loose = [at for at in range(len(paragraphs)) if at not in taken]
    return _in_order(
        sorted(fixed, key=lambda held: held[0]), _loose(paragraphs, loose, dictionary, as_whole)
    )


def _loose(
    paragraphs: Sequence[Paragraph],
    places: Sequence[int],
    dictionary: Callable[[], Dictionary],
    as_whole: bool,
) -> list[tuple[int, Turn]]:
    """The turns of paragraphs that nothing but their texts sets beside each other."""
    langs = [paragraphs[at].lang for at in places]
    if len(set(langs)) < 2:
        return [(at, _one_sided(paragraphs[at])) for at in places]
    known = dictionary() if as_whole or layout.has_stretches(langs) else Dictionary()
    # What is translated by nothing does not stand between what answers each other.
    kept = [at for at, paragraph in enumerate(paragraphs) if not paragraph.alone]
    number = {at: n for n, at in enumerate(kept)}
    body = [paragraphs[at] for at in kept]
    weigher = Weigher(body, [number[at] for at in places], known)
    turns: list[tuple[int, Turn]] = []
    for link in layout.links(weigher, as_whole):
        turns.append((kept[min(link.en + link.zh)], _turn(body, link, weigher)))
    return turns


def _turn(paragraphs: Sequence[Paragraph], link: Link, weigher: Weigher, why: str = "") -> Turn:
    en, zh = (_joined([paragraphs[at] for at in side]) for side in (link.en, link.zh))
    if not (en and zh):
        return Turn(en, zh)
    reasons = [why] if why else []
    reasons += weigher.reasons(link.en, link.zh)
    return Turn(en, zh, Alignment(round(link.confidence, 2), "; ".join(reasons)))


def _row_turns(
    paragraphs: Sequence[Paragraph], rows: Sequence[Sequence[int]]
) -> list[tuple[int, Turn]]:
    """The turns of rows: the file sets their texts beside each other, and the texts may object."""
    if not rows:
        return []
    joined: list[Paragraph] = []
    for row in rows:
        for lang in Lang:
            side = _joined([paragraphs[at] for at in row if paragraphs[at].lang is lang])
            assert side is not None
            joined.append(side)
    weigher = Weigher(joined, range(len(joined)), Dictionary())
    each = np.arange(len(rows))
    gains = weigher.evidence.gains_of(each, each, ONE)
    candidates = weigher.candidates((each, each), (each, each), gains)
    weights = candidates.weights(Model.of(OF_STRETCHES)) + _SAME_ROW
    turns: list[tuple[int, Turn]] = []
    for number, (row, weight) in enumerate(zip(rows, weights.tolist(), strict=True)):
        sure = 1 / (1 + math.exp(-weight))
        link = Link((2 * number,), (2 * number + 1,), sure)
        turns.append((row[0], _turn(joined, link, weigher, "side by side")))
    return turns


def _in_order(fixed: Sequence[tuple[int, Turn]], loose: Sequence[tuple[int, Turn]]) -> list[Turn]:
    """Each fixed turn before the first loose one that lies behind it in the file.

    Turns of a section stand in the order of its first language; one that has
    only the other lies where the next one does.
    """
    behind = list(accumulate((at for at, _ in reversed(loose)), min))[::-1]
    turns: list[Turn] = []
    left = list(fixed)
    for at, (_, turn) in zip(behind, loose, strict=True):
        while left and left[0][0] < at:
            turns.append(left.pop(0)[1])
        turns.append(turn)
    return turns + [turn for _, turn in left]


def _one_sided(paragraph: Paragraph) -> Turn:
    return Turn(paragraph, None) if paragraph.lang is Lang.EN else Turn(None, paragraph)


def _joined(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Paragraphs of one side as one, with line ends between."""
    if len(paragraphs) < 2:
        return paragraphs[0] if paragraphs else None
    first, last = paragraphs[0], paragraphs[-1]
    time = (first.time[0], last.time[1]) if first.time and last.time else first.time
    return replace(first, text="\n".join(p.text for p in paragraphs), time=time)


def _time(turn: Turn) -> tuple[float, float] | None:
    times = [side.time for side in turn.sides if side.time]
    return (min(begin for begin, _ in times), max(end for _, end in times)) if times else None


def _key(texts: tuple[str | None, str | None], occurrence: int) -> str:
    """Eight hexadecimal digits made from the text, and from how often it stood before."""
    seen = "\x1f".join((texts[0] or "", texts[1] or "", str(occurrence)))
    return hashlib.blake2b(seen.encode(), digest_size=4).hexdigest()
