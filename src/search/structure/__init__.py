"""Who speaks, in which language, and what is it in the interview?

From repaired blocks to paragraphs: the speaker's label is taken off, a line
that holds both languages is divided, and what is no part of the talk (issue,
editor, source) is told from what is. `language` tells the script, `labels`
the speakers, `halves` where a line changes its language.

>>> blocks = [Block("王曉剛：得益於創新。", 1), Block("Wang Xiaogang: Thanks to it.", 2),
...           Block("王曉剛：是的。", 3), Block("Wang Xiaogang: Yes.", 4)]
>>> [(p.lang.value, p.label, p.text) for p in paragraphs(blocks)][:2]
[('zh', '王曉剛', '得益於創新。'), ('en', 'Wang Xiaogang', 'Thanks to it.')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from search.analysis.scripts import HAN
from search.model import Block, Lang, Role
from search.structure.halves import Halves, divide
from search.structure.labels import (
    Labelled,
    is_bare_name,
    is_credit,
    is_letter,
    is_short_for,
    parse,
    role_of_label,
    same_name,
    speakers,
    stamp,
    without_number,
)
from search.structure.language import (
    HEADING_LENGTH,
    is_issue,
    is_question,
    is_sentence,
    language,
    language_named,
    may_be,
)

__all__ = [
    "Paragraph",
    "is_bare_name",
    "is_issue",
    "is_letter",
    "is_question",
    "is_sentence",
    "is_short_for",
    "language",
    "language_named",
    "may_be",
    "paragraphs",
    "role_of_label",
    "same_name",
]

_NEARLY_ALL = 0.8
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(f"[{HAN}]")
_BETWEEN = frozenset("/／|｜")
_HEADING = re.compile(r"[^a-z]*[A-Z].{5}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language, without its label.

    `role` is set where it can be told before the languages are aligned;
    `credit` is the label of a line such as `Editor: …`; `time` is begin and
    end in seconds, the same where only the begin is known; paragraphs of the
    same `row` answer each other.
    """

    text: str
    line: int
    lang: Lang
    label: str | None = None
    role: Role | None = None
    credit: str | None = None
    time: tuple[float, float] | None = None
    row: int | None = None


def paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs of a transcript in order, front and end matter marked as notes."""
    pieces = [piece for block in blocks for piece in _by_language(block)]
    found = [None if block.label or block.role else parse(block.text) for block in pieces]
    known = speakers([(at, label) for at, label in enumerate(found) if label])
    return _notes(_divided(_labelled(pieces, found, known), known))


def _by_language(block: Block) -> Iterator[Block]:
    """The lines of a block, those of one language that follow each other together."""
    if block.lang:
        yield block
        return
    lines = [(at, line.strip()) for at, line in enumerate(block.text.split("\n")) if line.strip()]
    held: list[tuple[int, str]] = []
    for at, line in lines:
        if held and language(line) is not language(held[-1][1]):
            yield replace(
                block, text="\n".join(text for _, text in held), line=block.line + held[0][0]
            )
            held = []
        held.append((at, line))
    if held:
        yield replace(block, text="\n".join(text for _, text in held), line=block.line + held[0][0])


def _labelled(
    blocks: Sequence[Block], found: Sequence[Labelled | None], known: frozenset[str]
) -> list[Paragraph]:
    """The paragraphs without their labels; one on a line of its own is the next one's."""
    out: list[Paragraph] = []
    # A name in each language may stand on a line of its own before what is said in either.
    waiting: dict[Lang, tuple[Block, Labelled]] = {}
    since: tuple[float, float] | None = None
    for at, (block, label) in enumerate(zip(blocks, found, strict=True), 1):
        if at < len(blocks) and not block.time and (alone := _since(stamp(block.text))):
            since = alone
            continue
        if label and label.label in known and not label.rest.strip():
            if language(label.label) in waiting:
                out += [_plain(lost) for lost, _ in waiting.values()]
                waiting = {}
            waiting[language(label.label)] = block, label
            continue
        paragraph = _paragraph(block, label, known)
        if since:
            paragraph = replace(paragraph, time=paragraph.time or since)
            since = None
        if waiting and not paragraph.label and not paragraph.credit:
            own = paragraph.lang if paragraph.lang in waiting else next(iter(waiting))
            held = waiting.pop(own)[1]
            time = paragraph.time or _since(held.time)
            paragraph = replace(paragraph, label=without_number(held.label), time=time)
        else:
            out += [_plain(lost) for lost, _ in waiting.values()]
            waiting = {}
        out.append(paragraph)
    return out + [_plain(lost) for lost, _ in waiting.values()]


def _paragraph(block: Block, found: Labelled | None, known: frozenset[str]) -> Paragraph:
    if found and not found.bare and found.rest.strip():
        if found.label in known:
            lang = block.lang or language(found.rest)
            time = block.time or _since(found.time)
            return Paragraph(
                found.rest.strip(),
                block.line,
                lang,
                without_number(found.label),
                time=time,
                row=block.row,
            )
        if is_credit(found.label):
            return replace(_plain(block), role=Role.NOTE, credit=found.label)
    return _plain(block)


def _plain(block: Block) -> Paragraph:
    lang = block.lang or language(block.text)
    return Paragraph(
        block.text, block.line, lang, block.label, block.role, time=block.time, row=block.row
    )


def _since(seconds: float | None) -> tuple[float, float] | None:
    return None if seconds is None else (seconds, seconds)


def _divided(body: Sequence[Paragraph], known: frozenset[str]) -> list[Paragraph]:
    """The paragraphs with lines of both languages divided; the halves share a row."""
    rows = count(1 + max((p.row for p in body if p.row is not None), default=0))
    in_row = Counter(p.row for p in body)
    in_row[None] = 1
    halves = [None if p.credit or in_row[p.row] > 1 else divide(p.text) for p in body]
    known |= _second_labels(body, halves)
    # A line that could be divided is, where most of those with both scripts are in this layout.
    mixed = sum(1 for p in body if _HAN.search(p.text) and _LATIN.search(p.text))
    usual = sum(1 for found in halves if found and found.sure)
    layout = usual > 1 and 2 * usual >= mixed
    # Subtitles have no full stops: there nearly every line has to be of this kind.
    could = sum(1 for found in halves if found)
    layout |= could > 2 and could >= _NEARLY_ALL * len(body)
    out: list[Paragraph] = []
    for paragraph, found in zip(body, halves, strict=True):
        if found and (found.sure or layout):
            out += _halves(paragraph, found, next(rows), known)
        elif found and _is_heading(paragraph, found):
            out += _halves(replace(paragraph, role=Role.HEADING), found, next(rows), known)
        else:
            out.append(paragraph)
    return out


def _second_labels(body: Sequence[Paragraph], halves: Sequence[Halves | None]) -> frozenset[str]:
    """The labels before second halves, which `speakers` could not see at the begin of a line."""
    found = [
        (at, own, label)
        for at, (paragraph, half) in enumerate(zip(body, halves, strict=True))
        if half and (own := paragraph.label) and (label := parse(half.second))
    ]
    same = {label.label for _, own, label in found if same_name(own, label.label)}
    return speakers([(at, label) for at, _, label in found]) | same


def _halves(
    paragraph: Paragraph, found: Halves, row: int, known: frozenset[str]
) -> Iterator[Paragraph]:
    for text in (found.first, found.second):
        label = parse(text) if text is found.second else None
        if label and label.label in known and label.rest.strip():
            said = without_number(label.label)
            yield replace(paragraph, text=label.rest, lang=language(text), label=said, row=row)
        else:
            yield replace(paragraph, text=text, lang=language(text), row=row)


def _is_heading(paragraph: Paragraph, found: Halves) -> bool:
    """Whether a divided line is a heading: short, no sentence, each half in one script."""
    text = paragraph.text
    between = text[len(found.first) : len(text) - len(found.second)]
    marked = between.strip() in _BETWEEN
    chinese_first = language(found.first) is Lang.ZH
    zh, en = (found.first, found.second) if chinese_first else (found.second, found.first)
    return (
        # A word such as `API` at the end of a Chinese line is no heading in English.
        _HEADING.match(en) is not None
        and 1.5 * len(zh) <= len(en)
        and not paragraph.label
        and not _is_cue(paragraph)
        and len(text) <= HEADING_LENGTH
        and not is_issue(text)
        and not is_sentence(text)
        and (marked or (not _LATIN.search(zh) and between.isspace()))
    )


def _notes(body: list[Paragraph]) -> list[Paragraph]:
    """Marks as notes what is no sentence before the talk, and after it."""
    talk = [at for at, p in enumerate(body) if p.label]
    first = talk[0] if talk else len(body)
    if not talk and any(is_sentence(p.text) for p in body):
        # Without labels the talk begins with its first sentence.
        first = next(at for at, p in enumerate(body) if is_sentence(p.text))
    for at, paragraph in enumerate(body[:first]):
        if not (paragraph.role or is_sentence(paragraph.text) or _is_cue(paragraph)):
            body[at] = replace(paragraph, role=Role.NOTE)
    for at in range(len(body) - 1, max(first, 0), -1):
        if body[at].label or _is_cue(body[at]):
            break
        if not body[at].credit and is_sentence(body[at].text):
            break
        body[at] = replace(body[at], role=body[at].role or Role.NOTE)
    return body


def _is_cue(paragraph: Paragraph) -> bool:
    """Whether it is a subtitle, whose end is known. They often have no full stops."""
    return paragraph.time is not None and paragraph.time[0] < paragraph.time[1]
