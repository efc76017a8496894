"""Who speaks, in which language, and what is it in the interview?

From repaired blocks to paragraphs: the speaker's label is taken off, a line
that holds both languages is divided, and what is no part of the talk (issue,
editor, source) is told from what is. `language` tells the script, `labels`
and `names` the speakers, `divided` and `halves` where a line changes its
language, `marks` and `credits` what is said about the text.

>>> blocks = [Block("王曉剛：得益於創新。", 1), Block("Wang Xiaogang: Thanks to it.", 2),
...           Block("王曉剛：是的。", 3), Block("Wang Xiaogang: Yes.", 4)]
>>> [(p.lang.value, p.label, p.text) for p in paragraphs(blocks)][:2]
[('zh', '王曉剛', '得益於創新。'), ('en', 'Wang Xiaogang', 'Thanks to it.')]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from search.model import Block, Lang, Role
from search.structure.credits import is_colophon, is_credit
from search.structure.divided import divided
from search.structure.labels import (
    Labelled,
    is_bare_name,
    names_people,
    parse,
    stamps,
)
from search.structure.language import (
    is_issue,
    is_page,
    is_question,
    is_sentence,
    language,
    language_named,
    may_be,
)
from search.structure.marks import in_one_language, without_marks
from search.structure.names import (
    in_both,
    is_full_name,
    is_letter,
    is_short_for,
    role_of_label,
    same_name,
    without_number,
)
from search.structure.paragraph import Paragraph
from search.structure.speakers import bylines, speakers

__all__ = [
    "Paragraph",
    "in_both",
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
    "without_marks",
]


_BRACKETED = re.compile(r"[(（【\[]([^()（）【】\[\]]+)[)）】\]]")
_SHORT = 40
"""Characters of a name, or of several, behind a bar."""


def paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs of a transcript in order, front and end matter marked as notes."""
    pieces = [piece for block in blocks for piece in in_one_language(block)]
    found = [_parsed(block) for block in pieces]
    labels = [(at, label) for at, label in enumerate(found) if label and not names_people(label)]
    authors = bylines(labels)
    found = [None if label and label.bare and label.label in authors else label for label in found]
    known = speakers(labels)
    return _titled(_notes(divided(_labelled(pieces, found, known), known)))


def _parsed(block: Block) -> Labelled | None:
    if block.label or block.role not in (None, Role.HEADING):
        return None
    inside = _BRACKETED.fullmatch(block.text)
    if inside and (found := parse(inside[1])) and is_credit(found.label):
        return found
    found = parse(block.text)
    # A heading may be the name of who speaks below it.
    return found if found and (found.bare or block.role is None) else None


def _labelled(
    blocks: Sequence[Block], found: Sequence[Labelled | None], known: frozenset[str]
) -> list[Paragraph]:
    """The paragraphs without their labels; one on a line of its own is the next one's."""
    out: list[Paragraph] = []
    # A name in each language may stand on a line of its own before what is said in either.
    waiting: dict[Lang, tuple[Block, Labelled]] = {}
    asides: set[tuple[str, str]] = set()
    # A time too is that of what follows it in either language.
    since: dict[Lang, tuple[float, float]] = {}
    times = stamps("" if block.time else block.text for block in blocks)
    for at, (block, label) in enumerate(zip(blocks, found, strict=True)):
        if at + 1 < len(blocks) and (alone := _since(times[at])):
            since = dict.fromkeys(Lang, alone)
            continue
        if label and label.aside and label.label in known:
            if (label.label, label.aside) not in asides:
                out.append(_aside(block, label))
            asides.add((label.label, label.aside))
        if label and label.label in known and not label.rest.strip():
            langs = list(Lang) if in_both(label.label) else [language(label.label)]
            if not waiting.keys().isdisjoint(langs):
                out += _lost(waiting)
                waiting = {}
            waiting |= dict.fromkeys(langs, (block, label))
            continue
        paragraph = _paragraph(block, label, known)
        if begin := since.pop(paragraph.lang, None):
            paragraph = replace(paragraph, time=paragraph.time or begin)
        if waiting and not paragraph.label and not paragraph.credit:
            own = paragraph.lang if paragraph.lang in waiting else next(iter(waiting))
            held = waiting.pop(own)[1]
            time = paragraph.time or _since(held.time)
            paragraph = replace(paragraph, label=without_number(held.label), time=time)
        else:
            out += _lost(waiting)
            waiting = {}
        out.append(paragraph)
    return out + _lost(waiting)


def _lost(waiting: Mapping[Lang, tuple[Block, Labelled]]) -> list[Paragraph]:
    """The names after which nothing was said; one in both languages was used if one is left."""
    lost = {block.line: _plain(block) for block, _ in waiting.values()}
    one = len(waiting) == 1 and any(in_both(label.label) for _, label in waiting.values())
    return [] if one else list(lost.values())


def _aside(block: Block, label: Labelled) -> Paragraph:
    """What is said of a speaker beside his name, as a note."""
    text = f"{label.label}（{label.aside}）"
    if language(text) is Lang.EN:
        text = f"{label.label} ({label.aside})"
    return Paragraph(text, block.line, language(text), role=Role.NOTE, alone=True)


def _paragraph(block: Block, found: Labelled | None, known: frozenset[str]) -> Paragraph:
    if found and not found.bare and found.rest.strip():
        named = not found.loose or (len(found.rest) <= _SHORT and not is_sentence(found.rest))
        if (named and is_credit(found.label)) or (names_people(found) and not block.time):
            return replace(_plain(block), role=Role.NOTE, credit=found.label, alone=True)
        if found.label in known:
            lang = block.lang or language(found.rest)
            time = block.time or _since(found.time)
            label = without_number(found.label)
            return Paragraph(found.rest.strip(), block.line, lang, label, time=time, row=block.row)
    return _plain(block)


def _plain(block: Block) -> Paragraph:
    lang = block.lang or language(block.text)
    alone = is_page(block.text) or language_named(block.text) is not None
    role = block.role or (Role.NOTE if alone else None)
    return Paragraph(
        block.text, block.line, lang, block.label, role, time=block.time, row=block.row, alone=alone
    )


def _since(seconds: float | None) -> tuple[float, float] | None:
    return None if seconds is None else (seconds, seconds)


def _goes_on(text: str) -> bool:
    return is_sentence(text) or text.endswith(tuple("，,、；;"))


def _notes(body: list[Paragraph]) -> list[Paragraph]:
    """Marks as notes what is no sentence before the talk in each language, and after it."""
    for lang in Lang:
        head = [at for at, p in enumerate(body) if p.lang is lang]
        talk = [at for at in head if body[at].label]
        # Without labels the talk begins with its first sentence or verse, or the first time.
        talk = talk or [at for at in head if body[at].time or _goes_on(body[at].text)]
        for at in head[: head.index(talk[0])] if talk else head:
            says = is_sentence(body[at].text) and not is_colophon(body[at].text)
            if not (body[at].role or says or body[at].is_cue):
                body[at] = replace(body[at], role=Role.NOTE)
    spoken = [at for at, p in enumerate(body) if p.label or is_sentence(p.text)]
    for at in range(len(body) - 1, spoken[0] if spoken else len(body), -1):
        if body[at].label or body[at].time:
            break
        if not body[at].credit and is_sentence(body[at].text) and not is_colophon(body[at].text):
            break
        body[at] = replace(body[at], role=body[at].role or Role.NOTE)
    return body


def _titled(body: list[Paragraph]) -> list[Paragraph]:
    """Sets the title in each language beside the other, where two lines are all that is above.

    Titles are translated more freely than anything else: their texts tell little.
    """
    head = list(takewhile(_may_be_title, body))
    kinds = [(paragraph.lang, paragraph.role) for paragraph in head]
    alike = len(kinds) > 1 and kinds[0][1] is kinds[1][1] and kinds[0][0] is not kinds[1][0]
    # More headings are those of sections, and come in twos too.
    twos = len(kinds) == 2 or (
        all(role is Role.HEADING for _, role in kinds)
        and len(kinds) % 2 == 0
        and all(one[0] is not other[0] for one, other in zip(kinds[::2], kinds[1::2], strict=True))
    )
    if alike and twos:
        row = 1 + max((p.row for p in body if p.row is not None), default=0)
        body[:2] = [replace(paragraph, row=row) for paragraph in body[:2]]
    return body


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        paragraph.role in (Role.HEADING, Role.NOTE)
        and paragraph.row is None
        and not paragraph.alone
        and not is_issue(text)
        and not is_colophon(text)
        and not text.lower().startswith("by ")
        and not (paragraph.lang is Lang.ZH and is_full_name(text))
    )
