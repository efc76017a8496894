"""Which language is this, and what kind of line? Told from the text alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

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
_LANGUAGE = re.compile(
    r"(?:(?P<en>english|eng?(?![a-z])|英[文语]?)|"
    r"(?P<zh>chinese|mandarin|zh(?![a-z])|cn(?![a-z])|中文?|汉语|国语|普通话|华语)|"
    r"(?P<either>原文|译文?|翻译|original|translation)|"
    r"simplified|traditional|hans|hant|[简繁]体|us|tw|version|transcript|text|source|target|版本?|部分|稿)"
    r"[\s/()\[\]【】<>:：、—-]*"
)
_PAGE = re.compile(
    r"(?:.{1,60}\s{2,})?(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|第\s*\d+\s*页[\s,/]*(?:共\s*\d+\s*页)?|-\s*\d{1,4}\s*-"
)
_LONGEST_LANGUAGE = 40
_SHORT = 20
"""Characters of a text that may be Chinese without a Han character: a name, a number."""
_ENDS_SENTENCE = re.compile(r"[。.!！?？…;；][\s”’\"'）)」』》\]】]*$")


@lru_cache(maxsize=1_000)
def language(text: str) -> Lang:
    """The language of a text by its script: a Han character weighs as much as a Latin word.

    >>> language("《知產人物 IP PEOPLE》").value, language("Issue 1 of 人物 in print").value
    ('zh', 'en')
    """
    if text.isascii():
        return Lang.EN
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


def is_page(text: str) -> bool:
    """Whether a line is the number of a page.

    >>> is_page("Page 3 of 40"), is_page("第3页"), is_page("Page after page.")
    (True, True, False)
    """
    return len(text) <= HEADING_LENGTH and _PAGE.fullmatch(fold(text).strip()) is not None


def language_named(text: str) -> Lang | Literal["either"] | None:
    """The language that a head or a mark names; `"either"` for an original or a translation.

    >>> [language_named(text) for text in ("English", "【中文版】", "译文", "English is easy")]
    [<Lang.EN: 'en'>, <Lang.ZH: 'zh'>, 'either', None]
    """
    if len(text) > _LONGEST_LANGUAGE:
        return None
    folded = fold(text).strip(" \t*_#()[]【】<>")
    named: str | None = None
    at = 0
    while at < len(folded):
        found = _LANGUAGE.match(folded, at)
        if not found:
            return None
        at = found.end()
        # `English translation` is English.
        named = found.lastgroup if named in (None, "either") and found.lastgroup else named
    return Lang(named) if named in (Lang.EN, Lang.ZH) else "either" if named else None


def may_be(said: Lang, text: str) -> bool:
    """Whether a text may be in the language that its page or its column says: they say much."""
    if said is Lang.EN:
        return language(text) is said
    return _HAN_RUN.search(text) is not None or len(text) <= _SHORT
