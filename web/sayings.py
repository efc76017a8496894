"""What the engine says of a file, a pair or a failure, in the language of the page.

The engine speaks English: doubts, refusals, rules of repair, reasons of pairs
and errors are sentences with values in them. `translations/engine.zh.po` has
every one of them with `{0}`, `{1}`, … in the place of the values, and a
sentence is told by the words between those. What is none of them, such as a
message of the system, stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from babel.messages.pofile import read_po

_VALUE: Final = re.compile(r"(?<!\{)\{[0-9]\}(?!\})")


class Sentence(NamedTuple):
    """The words between the values of a sentence, in their order, and its translation."""

    words: tuple[str, ...]
    translation: str

    def values(self, text: str) -> list[str] | None:
        """What stands in a text in the place of the values; `None` if it is another sentence.

        >>> Sentence(("unsure pair (", ")"), "").values("unsure pair (both ask)")
        ['both ask']
        """
        first, *between, last = self.words
        end = len(text) - len(last)
        if not (text.startswith(first) and text.endswith(last) and len(first) <= end):
            return None
        at, values = len(first), []
        for words in between:
            to = text.find(words, at, end)
            if to < 0:
                return None
            values.append(text[at:to])
            at = to + len(words)
        return [*values, text[at:end]]


def translated(text: str, language: str) -> str:
    """A sentence of the engine in a language, and the sentences that are values in it.

    >>> translated("unsure pair (same speaker; number 11494)", "zh")
    '对应存疑（同一发言人；数字 11494）'
    >>> translated("date: no such day: 2021-02-30", "zh")
    'date：没有这一天：2021-02-30'
    """
    whole, others = sentences(language)
    if not whole:
        return text
    if text in whole:
        return whole[text]
    for sentence in others:
        values = sentence.values(text)
        if values is not None:
            return sentence.translation.format(*(translated(each, language) for each in values))
    # What is taken apart is taken apart once: with any text this ends soon.
    if len(parts := text.split("; ")) > 1:
        told = [translated(part, language) for part in parts]
        return "；".join(told) if told != parts else text
    about, colon, what = text.partition(": ")
    told_of_it = translated(what, language) if colon else what
    return f"{about}：{told_of_it}" if told_of_it != what else text


@cache
def sentences(language: str) -> tuple[dict[str, str], list[Sentence]]:
    """The sentences without values and those with some, the longest words first."""
    file = resources.files(__package__).joinpath(f"translations/engine.{language}.po")
    if not file.is_file():
        return {}, []
    whole: dict[str, str] = {}
    others: list[Sentence] = []
    with file.open("rb") as written:
        for entry in read_po(written, locale=language):
            if not entry.id:
                continue
            # As a value is written in a format, a brace of the text is written twice.
            words = [part.format() for part in _VALUE.split(str(entry.id))]
            if len(words) == 1:
                whole[words[0]] = str(entry.string).format()
            else:
                others.append(Sentence(tuple(words), str(entry.string)))
    return whole, sorted(others, key=lambda each: -sum(map(len, each.words)))
