"""What stands before or around a text and says only in which language it is.

>>> lines = "EN: Yes.", "中文：是。", "EN: No.", "中文：不。", "Translation: Li Ming"
>>> blocks, marks = without_marks([Block(line, at) for at, line in enumerate(lines, 1)])
>>> [block.text for block in blocks], [mark.text for mark in marks]
(['Yes.', '是。', 'No.', '不。', 'Translation: Li Ming'], ['EN', '中文'])
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.analysis import fold
from search.model import Block, Omission
from search.structure.labels import parse
from search.structure.language import language, language_named

_BRACKETED = re.compile(r"[(（\[【](?!\s*[)）\]】])([^()（）\[\]【】]{2,})[)）\]】]")
_FEWEST, _MOST_OF = 3, 0.8
"""How often a language is in brackets, and the share of its paragraphs, if brackets mark it."""


def without_marks(blocks: Sequence[Block]) -> tuple[list[Block], list[Omission]]:
    """The blocks without the names of languages that come again, and those names.

    They stand before a text, as labels do, or by themselves. Brackets around
    all that is said in one language are taken off too.
    """
    pieces = _without_brackets([piece for block in blocks for piece in in_one_language(block)])
    found = [_mark(piece) for piece in pieces]
    times = Counter(fold(mark) for mark, _ in found)
    left_out: dict[str, Omission] = {}
    out: list[Block] = []
    for piece, (mark, rest) in zip(pieces, found, strict=True):
        if not mark or times[fold(mark)] < 2:
            out.append(piece)
            continue
        left_out.setdefault(mark, Omission(piece.line, mark))
        if rest:
            out.append(replace(piece, text=rest))
    # A file of marks alone keeps them.
    return (out, list(left_out.values())) if out else (list(blocks), [])


def in_one_language(block: Block) -> Iterator[Block]:
    """The lines of a block, those of one language that follow each other together."""
    if block.lang or (block.text == block.text.strip() and "\n" not in block.text):
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


def _without_brackets(pieces: list[Block]) -> list[Block]:
    """The pieces without the brackets around nearly all that is said in one language."""
    told = [(language(piece.text), _BRACKETED.fullmatch(piece.text)) for piece in pieces]
    of_lang = Counter(lang for lang, _ in told)
    inside = Counter(lang for lang, found in told if found)
    usual = {
        lang
        for lang, times in inside.items()
        if times >= _FEWEST and times >= _MOST_OF * of_lang[lang] and len(of_lang) > 1
    }
    return [
        replace(piece, text=found[1].strip()) if found and lang in usual else piece
        for piece, (lang, found) in zip(pieces, told, strict=True)
    ]


def _mark(block: Block) -> tuple[str, str]:
    """The name of a language that a text begins with, and what follows it."""
    if language_named(block.text):
        return block.text.strip(" :："), ""
    found = None if block.label or block.role else parse(block.text)
    named = language_named(found.label) if found else None
    rest = found.rest.strip() if found else ""
    if found is None or not rest or named not in (language(rest), "either"):
        return "", ""
    return found.label, rest
