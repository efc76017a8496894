"""What was broken in a way that a pattern can tell?

Glosses after whole characters, tags and entities that the scraper left, marks
that nobody sees, spaces within Chinese words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from search.analysis import fold
from search.analysis.chinese import frequencies
from search.analysis.pinyin import TONED, readings, spelt
from search.repair.change import Change
from search.repair.likelihood import Model, script_of

GLOSS = "pinyin gloss"
TAG = "stray tag"
ENTITY = "HTML entity"
INVISIBLE = "invisible mark"
SPACE = "space in a word"

HAN = "\u3400-\u9fff\uf900-\ufaff"
_GLOSS = re.compile(rf"([{HAN}])[(（]([{TONED}]{{1,7}})[)）]")
_NAMES = "a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|section|span|strong|sub|sup|table|td|tr|u|ul"
_ATTRIBUTE = r"""\s+[\w:-]{1,40}\s*=\s*(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s<>"']{1,500})"""
_TAG = re.compile(rf"</?(?:{_NAMES})(?:{_ATTRIBUTE}){{0,20}}\s*/?>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]+")
"""Zero-width space, word joiner, byte order mark, soft hyphen. Joiners of emoji and of other
scripts mean something and stay."""
_SPACED = re.compile(rf"(?<=[{HAN}])[ \u00a0](?=[{HAN}])")
_ANY = re.compile(rf"[<&\u200b\u2060\ufeff\u00ad]|(?<=[{HAN}])[(（ \u00a0]")
"""Where any of these may begin."""
_RUN = re.compile(rf"[{HAN}]+")
_LONGEST_WORD = 8
_PROSE = 8
"""Han characters for each space between two of them: a spaced heading or list has fewer."""
_CLEARLY = 4.0
"""Nats by which the text has to be likelier without a space."""


def by_pattern(text: str) -> Iterator[Change]:
    """Everything here that is to be changed; some of it may overlap."""
    if not _ANY.search(text):
        return
    for gloss in _GLOSS.finditer(text):
        if spelt(gloss[2]) in readings(gloss[1]):
            yield Change(gloss.start() + 1, gloss.end(), GLOSS, "")
    for tag in _TAG.finditer(text):
        yield Change(tag.start(), tag.end(), TAG, "")
    for entity in _ENTITY.finditer(text):
        if (meant := unescape(entity[0])) != entity[0]:
            yield Change(entity.start(), entity.end(), ENTITY, meant)
    for mark in _INVISIBLE.finditer(text):
        yield Change(mark.start(), mark.end(), INVISIBLE, "")
    yield from _spaces(text)


def tag_length(text: str, at: int) -> int:
    """How long the tag is that begins there; 0 if none does."""
    tag = _TAG.match(text, at)
    return len(tag[0]) if tag else 0


def _spaces(text: str) -> Iterator[Change]:
    spaces = list(_SPACED.finditer(text))
    if not spaces:
        return
    han = sum(len(run[0]) for run in _RUN.finditer(text))
    if han < _PROSE * len(spaces):
        return
    for space in spaces:
        before = text[max(0, space.start() - _LONGEST_WORD) : space.start()]
        after = text[space.end() : space.end() + _LONGEST_WORD]
        left = re.findall(rf"[{HAN}]+$", before)[0]
        right = re.findall(rf"^[{HAN}]+", after)[0]
        if _splits_a_word(left, right):
            yield Change(space.start(), space.end(), SPACE, "")


def _splits_a_word(left: str, right: str) -> bool:
    """Whether a word is cut in two by a space, one of its halves being no word by itself."""
    words, _ = frequencies()
    model = _model()
    apart = model.cost(left) + model.cost(right)
    if apart - model.cost(left + right) < _CLEARLY:
        return False
    return any(
        words.get(fold(left[-one:] + right[:other]))
        for one in range(1, len(left) + 1)
        for other in range(1, len(right) + 1)
        if 1 in (one, other) and len(left) + len(right) > one + other
    )


@cache
def _model() -> Model:
    return Model(script_of(""))
