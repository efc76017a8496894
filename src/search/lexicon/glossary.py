"""Which words do the editors say are the same? The lines of `glossary.tsv`.

    autonomous driving <tab> 自动驾驶 <tab> a note, which is for people

A line that cannot be meant so is named with its reason and costs no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from search.lexicon.terms import Pair, key, lang_of
from search.model import Lang, Refusal

GLOSSARY = "glossary.tsv"

LONGEST = 12
"""Stems and characters of a term; a longer one is a sentence, which no query asks for."""


def read(content: Path) -> tuple[list[Pair], list[Refusal]]:
    """The pairs of the glossary in a folder, and the lines that are none."""
    path = content / GLOSSARY
    if not path.is_file():
        return [], []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as problem:
        return [], [Refusal(GLOSSARY, f"not UTF-8 at byte {problem.start}")]
    except OSError as problem:
        return [], [Refusal(GLOSSARY, problem.strerror or str(problem))]
    return parse(lines)


def parse(lines: Sequence[str]) -> tuple[list[Pair], list[Refusal]]:
    """The pairs among the lines, and the others with their reasons.

    A line that begins with `#`, and one with nothing on it, is a remark.

    >>> parse(["patent\\t专利\\tnot 专利权", "patent"])[1][0].reason
    'a tab and the Chinese term are missing'
    """
    pairs: dict[Pair, None] = {}
    refusals: list[Refusal] = []
    for number, line in enumerate(lines, 1):
        if not line.strip(" \r") or line.startswith("#"):
            continue
        en, tab, rest = line.strip("\r").partition("\t")
        pair = Pair(en.strip(), rest.partition("\t")[0].strip())
        if problem := _problem(pair, bool(tab)):
            refusals.append(Refusal(f"{GLOSSARY}, line {number}", problem))
        else:
            pairs[pair] = None
    return list(pairs), refusals


def _problem(pair: Pair, tab: bool) -> str | None:
    """Why a line is no pair."""
    if not tab:
        return "a tab and the Chinese term are missing"
    en, zh = key(pair.en), key(pair.zh)
    if not en:
        return "the English term is missing"
    if not zh:
        return "the Chinese term is missing"
    if lang_of(en) is Lang.ZH:
        return f"{pair.en!r} is in the English column and has Chinese characters"
    if lang_of(zh) is Lang.EN:
        return f"{pair.zh!r} is in the Chinese column and has no Chinese character"
    if max(len(en), len(zh)) > LONGEST:
        return f"more than {LONGEST} words or characters, which is no term"
    return None
