"""Which lines hold both languages? Their halves become paragraphs of one row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from search.analysis.scripts import HAN
from search.model import Lang, Role
from search.structure.credits import is_colophon, is_credit
from search.structure.halves import Halves, alternating, divide
from search.structure.labels import parse
from search.structure.language import HEADING_LENGTH, is_issue, is_sentence, language
from search.structure.names import same_name, without_number
from search.structure.paragraph import Paragraph
from search.structure.speakers import speakers

_NEARLY_ALL = 0.8
_AROUND = 2
"""Paragraphs before and after one that tell what it is a part of."""
_OF_CHINESE = 4
"""Latin words a Han character of a Chinese line that names them."""
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(f"[{HAN}]")
_CAPTION = tuple("▲△▼▽↑↓")
"""What points at a picture."""
_BETWEEN = frozenset("/／|｜")
_HEADING = re.compile(r"[^a-z]*[A-Z].{5}")


def divided(body: Sequence[Paragraph], known: frozenset[str]) -> list[Paragraph]:
    """The paragraphs with lines of both languages divided; the halves share a row."""
    body = _among_chinese(body)
    rows = count(1 + max((p.row for p in body if p.row is not None), default=0))
    in_row = Counter(p.row for p in body)
    in_row[None] = 1
    whole = [not p.credit and in_row[p.row] < 2 for p in body]
    halves = [divide(p.text) if may else None for p, may in zip(body, whole, strict=True)]
    known |= _second_labels(body, halves)
    # A line that could be divided is, where most of those with both scripts are in this layout.
    mixed = sum(1 for p in body if _HAN.search(p.text) and _LATIN.search(p.text))
    usual = sum(1 for found in halves if found and found.sure)
    layout = usual > 1 and 2 * usual >= mixed
    # Subtitles have no full stops: there nearly every line has to be of this kind.
    could = sum(1 for found in halves if found)
    layout |= could > 2 and could >= _NEARLY_ALL * len(body)
    out: list[Paragraph] = []
    for at, (paragraph, found, may) in enumerate(zip(body, halves, whole, strict=True)):
        if may and (turns := alternating(paragraph.text)):
            for each in turns:
                out += _halves(paragraph, each, next(rows), known)
        elif found and (found.sure or layout):
            out += _halves(paragraph, found, next(rows), known)
        elif found and _is_heading(paragraph, found) and not _is_cut(body, at):
            caption = paragraph.text.startswith(_CAPTION)
            role = paragraph.role or (Role.NOTE if caption else Role.HEADING)
            out += _halves(replace(paragraph, role=role), found, next(rows), known)
        else:
            out.append(paragraph)
    return out


def _among_chinese(body: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines of Latin names with a few Han characters are Chinese where all around is Chinese."""
    out = list(body)
    for at, paragraph in enumerate(body):
        text = paragraph.text
        if paragraph.lang is Lang.EN and (han := len(_HAN.findall(text))):
            words = len(_LATIN_WORD.findall(text))
            if words <= _OF_CHINESE * han and _around(body, at) == {Lang.ZH}:
                out[at] = replace(paragraph, lang=Lang.ZH)
    return out


def _around(body: Sequence[Paragraph], at: int) -> set[Lang]:
    """The languages of the paragraphs right before and after one; both at either end."""
    near = [*range(at - _AROUND, at), *range(at + 1, at + 1 + _AROUND)]
    return {body[n].lang for n in near} if 0 <= near[0] and near[-1] < len(body) else set(Lang)


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


def _is_matter(text: str) -> bool:
    """Whether a half says who had which part in the text, or how it came about."""
    found = parse(text)
    return is_colophon(text) or (found is not None and is_credit(found.label))


def _is_heading(paragraph: Paragraph, found: Halves) -> bool:
    """Whether a divided line is a heading: short, no sentence, each half in one script."""
    text = paragraph.text
    between = text[len(found.first) : len(text) - len(found.second)]
    marked = bool(between) and between.strip() in _BETWEEN
    chinese_first = language(found.first) is Lang.ZH
    zh, en = (found.first, found.second) if chinese_first else (found.second, found.first)
    return (
        # A word such as `API` at the end of a Chinese line is no heading in English.
        _HEADING.match(en) is not None
        and 1.5 * len(zh) <= len(en)
        and not paragraph.label
        and not paragraph.is_cue
        and len(text) <= HEADING_LENGTH
        and not is_issue(text)
        and not any(_is_matter(half) for half in (zh, en))
        and not is_sentence(text)
        # The halves of a title in a page may be set apart by their looks alone.
        and (marked or (not _LATIN.search(zh) and (between.isspace() or bool(paragraph.role))))
    )


def _is_cut(body: Sequence[Paragraph], at: int) -> bool:
    """Whether a line stands amid lines of one language that are parts of sentences, as it is.

    A Chinese cue of which a Latin name is the half has the looks of a heading.
    """
    if len(_around(body, at)) > 1:
        return False
    return not all(
        is_sentence(p.text) for p in body[at - _AROUND : at + 1 + _AROUND] if p is not body[at]
    )
