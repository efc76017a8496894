"""Which language is this, and what kind of line? Told from the text alone."""

from __future__ import annotations

import re
from functools import lru_cache

from search.analysis import fold
from search.analysis.scripts import HAN
from search.model import Lang

HEADING_LENGTH = 80
"""Characters that a heading or the line of an issue has at most."""

_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(rf"[^\W\d_{HAN}]+(?:['’-][^\W\d_{HAN}]+)*")
_ISSUE = re.compile(
    r"\b(?:Issue|Vol(?:ume)?\.?|No\.)\s*\d+|第\s*[\d一二三四五六七八九十百]+\s*[期卷]"
)
_ENDS_SENTENCE = re.compile(r"[。.!！?？…;；][\s”’\"'）)」』》\]】]*$")


@lru_cache(maxsize=1_000)
def language(text: str) -> Lang:
    """The language of a text by its script: a Han character weighs as much as a Latin word.

    >>> language("《知產人物 IP PEOPLE》").value, language("Issue 1 of 人物 in print").value
    ('zh', 'en')
    """
    han = sum(map(len, _HAN_RUN.findall(text)))
    # Asked again and again, room after room.
    return Lang.ZH if han and han >= len(_LATIN_WORD.findall(text)) else Lang.EN


def is_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does.

    >>> is_sentence("“我同意。”"), is_sentence("Interview excerpts")
    (True, False)
    """
    return _ENDS_SENTENCE.search(text) is not None


def is_question(text: str) -> bool:
    """Whether the text ends with a question mark."""
    return fold(text[-20:]).rstrip("\"')」』》 ").endswith("?")


def is_issue(text: str) -> bool:
    """Whether a note names the issue of a magazine.

    >>> is_issue("《IP PEOPLE》 Issue 1"), is_issue("2021年第3期"), is_issue("The issue at hand")
    (True, True, False)
    """
    return len(text) <= HEADING_LENGTH and _ISSUE.search(text) is not None
