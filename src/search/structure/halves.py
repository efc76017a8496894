"""Does a line hold both languages? Where one ends and the other begins.

>>> divide("你好，世界。 Hello, world."), divide("是的。/ Yes."), divide("谢谢（Thank you）")
... # doctest: +NORMALIZE_WHITESPACE
(Halves(first='你好，世界。', second='Hello, world.', sure=True),
 Halves(first='是的。', second='Yes.', sure=True),
 Halves(first='谢谢', second='Thank you', sure=False))
>>> divide("他最喜欢的一句话是：Stay hungry.")
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import islice

from search.analysis.scripts import HAN
from search.model import Lang
from search.structure.language import is_sentence, language

_HAN = re.compile(f"[{HAN}]")
_TO_LAST_HAN = re.compile(f".*[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]")
_BRACKETED = re.compile(
    r"(?P<first>[^()（）\[\]【】]+?)\s*[(（\[【](?P<second>[^()（）\[\]【】]+)[)）\]】]"
)
_MARKS = re.compile(r"[^A-Za-z0-9\s“‘\"'(（\[【]*[”’\"'」』》]*")
_ZH_END = re.compile(r".*[。！？][”’\"'」』》）)]*")
"""Latin words may end the Chinese half before its full stop."""
_SENTENCE = re.compile(
    rf".*?[。．！？!?.…；;]+[”’\"'」』》）)\]]*(?:\s+|(?=[A-Z{HAN}])|(?<=[。！？])|\Z)|.+\Z", re.S
)
_OPENING = "“‘\"'《「『（([—-"
_SEPARATORS = re.compile(r"\s*(?:[/／|｜‖]|\t|\s[–—-]\s|\s{2,})\s*")
_LONGEST, _MOST_SEPARATORS = 20_000, 40
"""Characters of a line that may be divided, and signs that are tried."""
_PLAUSIBLE = 1.1
"""How far log(English characters / Chinese characters) may be from the usual 1.0."""


@dataclass(frozen=True, slots=True)
class Halves:
    """The two halves of a line in its order.

    `sure` says that the form alone shows them to answer each other: both end
    as sentences do. A short line without an end is a heading, or a phrase with
    a word in the other language: which, its neighbours have to tell.
    """

    first: str
    second: str
    sure: bool


def alternating(text: str) -> list[Halves]:
    """The halves, pair by pair, of a text whose sentences are in turn in either language.

    >>> [(each.first, each.second) for each in alternating("我是李明。I am Li Ming. 好。Good.")]
    [('我是李明。', 'I am Li Ming.'), ('好。', 'Good.')]
    """
    if not _may_hold_both(text):
        return []
    runs: list[str] = []
    for found in _SENTENCE.finditer(text):
        sentence = found[0]
        if runs and language(sentence) is language(runs[-1]):
            runs[-1] += sentence
        else:
            runs.append(sentence)
    if len(runs) < 4 or len(runs) % 2:
        return []
    halves = [_halves(one, other) for one, other in zip(runs[::2], runs[1::2], strict=True)]
    sure = [each for each in halves if each and each.sure]
    return sure if len(sure) == len(halves) else []


def _may_hold_both(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and not text.isascii()
        and "\n" not in text
        and _LATIN.search(text) is not None
        and _HAN.search(text) is not None
    )


def divide(text: str) -> Halves | None:
    """The halves of a text that says the same in each language, `None` if it does not."""
    if not _may_hold_both(text):
        return None
    if found := _BRACKETED.fullmatch(text):
        return _halves(found["first"], found["second"])
    for found in islice(_SEPARATORS.finditer(text), _MOST_SEPARATORS):
        if found.start() and (
            halves := _halves(text[: found.start()], text[found.end() :], marked=True)
        ):
            return halves
    if language(text[: 1 + len(text) // 8].lstrip(_OPENING)) is Lang.ZH:
        # The last Han character ends the Chinese, with the marks that follow it.
        found = _TO_LAST_HAN.match(text)
        assert found
        last = found.end()
        marks = _ZH_END.match(text, last) or _MARKS.match(text, last)
        end = marks.end() if marks else last
        return _halves(text[:end], text[end:])
    start = next(found.start() for found in _HAN.finditer(text))
    while start and text[start - 1] in _OPENING:
        start -= 1
    # Latin words and numbers may begin the Chinese half: it begins after a sentence's end.
    ends = [found.end() for found in re.finditer(r"[.!?…][”’\"')\]]*\s+", text[:start])]
    return (
        _halves(text[: ends[-1]], text[ends[-1] :]) if ends else _halves(text[:start], text[start:])
    )


def _halves(first: str, second: str, marked: bool = False) -> Halves | None:
    first, second = first.strip(), second.strip()
    if not first or not second or language(first) is language(second):
        return None
    zh, en = (first, second) if language(first) is Lang.ZH else (second, first)
    if _HAN.search(en) or not _LATIN.search(en):
        return None
    han = len(_HAN.findall(zh))
    ratio = math.log(len("".join(en.split())) / len("".join(zh.split())))
    # One word answers one or two characters: short texts differ more.
    if abs(ratio - 1.0) > _PLAUSIBLE + 1 / math.sqrt(han):
        return None
    ended = is_sentence(zh) and is_sentence(en)
    if not marked and is_sentence(first) != is_sentence(second) and is_sentence(second):
        return None
    if not ended and not marked and zh is first and first[-1] in "：:，,、；;":
        return None
    return Halves(first, second, ended)
