"""In which characters is Chinese shown? As the source has it, Simplified, or Traditional.

OpenCC converts by words, which tells 头发 (頭髮) from 出发 (出發). What is kept
of it has one character for each: marks and sentences stay where they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from flask import Response, request

from search.model import Bilingual, Passage

from .languages import keep

if TYPE_CHECKING:
    from opencc import OpenCC

ASKED: Final = "zh"
"""The argument of an address that asks for characters, and the cookie that keeps it."""


class Characters(StrEnum):
    """The characters that Chinese is shown in."""

    SOURCE = "source"
    SIMPLIFIED = "hans"
    TRADITIONAL = "hant"

    @property
    def tag(self) -> str:
        """The language of a text in these characters, for its `lang`."""
        return {"source": "zh", "hans": "zh-Hans", "hant": "zh-Hant"}[self.value]

    def of(self, text: str) -> str:
        """The text in these characters, as long as it is.

        >>> Characters.TRADITIONAL.of("头发，出发"), Characters.SIMPLIFIED.of("皇后，頭髮，乾隆")
        ('頭髮，出發', '皇后，头发，乾隆')
        >>> Characters.TRADITIONAL.of("聯合的產業于此")
        '聯合的產業于此'
        """
        match self:
            case Characters.SIMPLIFIED:
                return _converted(text, "t2s")
            case Characters.TRADITIONAL if not _is_traditional(text):
                return _converted(text, "s2t")
        return text

    def of_name(self, name: Bilingual) -> Bilingual:
        """A name or title with its Chinese in these characters."""
        return Bilingual(name.en, name.zh and self.of(name.zh))

    def of_passage(self, passage: Passage) -> Passage:
        """A passage with its Chinese in these characters, each in the place of the source's own."""
        if self is Characters.SOURCE:
            return passage
        speaker = passage.speaker and self.of_name(passage.speaker)
        return replace(passage, zh=passage.zh and self.of(passage.zh), speaker=speaker)


def chosen() -> Characters:
    """The characters that the request at hand asks for, or asked for before."""
    for given in (request.args.get(ASKED), request.cookies.get(ASKED)):
        if given in set(Characters):
            return Characters(given)
    return Characters.SOURCE


def remember(response: Response) -> Response:
    """Keeps the characters that were asked for."""
    asked = request.args.get(ASKED)
    if asked in set(Characters):
        keep(response, ASKED, asked)
    return response


def _converted(text: str, how: str) -> str:
    converter = _converter(how)
    whole: str = converter.convert(text)
    if len(whole) == len(text):
        return whole
    # Only a run whose length changes stays as it is.
    runs = [(run, converter.convert(run)) for run in re.split(r"(\W)", text)]
    return "".join(changed if len(changed) == len(run) else run for run, changed in runs)


def _is_traditional(text: str) -> bool:
    """Whether more of it is Traditional only than Simplified only: then it is left as it is."""
    traditional, simplified = (_converted(text, how) for how in ("t2s", "s2t"))
    return _differ(text, traditional) > _differ(text, simplified)


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@cache
def _converter(how: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(how)
