"""What does the archive itself say: which terms for which, and which names has it?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.analysis import FORM, english
from search.index.arrays import Arrays
from search.index.keys import each_once
from search.lexicon.alignment import align
from search.lexicon.bitext import Bitext, Numbers
from search.lexicon.dictionary import Dictionary
from search.lexicon.names import LONGEST, SHORTEST, TRANSCRIBING, Names, may_be_name
from search.lexicon.phrases import LONGEST as LONGEST_PHRASE
from search.lexicon.phrases import Found, extract
from search.lexicon.table import spelt
from search.lexicon.terms import lang_of
from search.model import Lang

TWICE: Final = 2
"""How often a pair has to stand in the archive if either side is a phrase."""

_MULTIPLIER = 0x9E3779B97F4A7C15

Counts = dict[tuple[str, str], int]
"""How often each pair of terms stands in the archive, English first."""


def pairs(bitext: Bitext, dictionary: Dictionary | None) -> Counts:
    """The phrase pairs of the aligned passages."""
    bitext = bitext.aligned()
    links = align(bitext, _translations(bitext, dictionary))
    names = bitext.names
    found: Counts = defaultdict(int)
    for said, says, count in _counted(bitext, extract(bitext, links)):
        zh = spelt(tuple(names[number] for number in says))
        if lang_of((zh,)) is Lang.ZH:
            found[" ".join(names[number] for number in said), zh] += count
    return found


def forms(arrays: Arrays) -> dict[str, str]:
    """For each stem the word that it is printed as: itself if that stands, else the commonest."""
    numbers = arrays.terms(FORM)
    often = arrays.sizes(numbers).tolist()
    best: dict[str, tuple[bool, int, str]] = {}
    for form, count in zip(arrays.texts(FORM), often, strict=True):
        stemmed = english.stem(form)
        best[stemmed] = max(best.get(stemmed, (False, 0, "")), (form == stemmed, count, form))
    return {stemmed: form for stemmed, (_, _, form) in best.items()}


def _counted(bitext: Bitext, found: Found) -> Iterator[tuple[Sequence[int], Sequence[int], int]]:
    """The numbers of the words of each pair that counts, and how often it stands there."""
    en, en_length, zh, zh_length = found
    single = (en_length == 1) & (zh_length == 1)
    size = len(bitext.names)
    codes = bitext.en.term[en[single]] * size + bitext.zh.term[zh[single]]
    for code, count in zip(
        *(row.tolist() for row in np.unique(codes, return_counts=True)), strict=True
    ):
        yield (code // size,), (code % size,), count
    # Most phrases stand once: they are told by a hash, and the others counted as they are.
    en, en_length, zh, zh_length = (column[~single] for column in found)
    hashed = _hash(bitext.zh.term, zh, zh_length, _hash(bitext.en.term, en, en_length))
    _, which, often = np.unique(hashed, return_inverse=True, return_counts=True)
    more = often[which] >= TWICE
    sides = (bitext.en.term.tolist(), bitext.zh.term.tolist())
    counts = Counter(
        (tuple(sides[0][first : first + length]), tuple(sides[1][other : other + width]))
        for first, length, other, width in zip(
            *(column[more].tolist() for column in (en, en_length, zh, zh_length)), strict=True
        )
    )
    for (said, says), count in counts.items():
        if count >= TWICE:
            yield said, says, count


def _hash(
    term: Numbers, first: Numbers, length: Numbers, hashed: Any = 0
) -> npt.NDArray[np.uint64]:
    """A number for each phrase, the same for the same words."""
    found = np.full(len(first), hashed, np.uint64)
    for step in range(LONGEST_PHRASE):
        words = np.where(step < length, term.take(first + step, mode="clip") + 1, 0)
        found = found * np.uint64(_MULTIPLIER) + words.astype(np.uint64)
    return found


def _translations(bitext: Bitext, dictionary: Dictionary | None) -> Numbers:
    """The codes, ascending, of the pairs of single words that the dictionary has."""
    if dictionary is None:
        return np.zeros(0, np.int64)
    table, size = dictionary.table, len(bitext.names)
    number = table.numbers(bitext.names)
    here = np.full(len(table) + 1, -1, np.int64)
    here[number[: bitext.stems]] = np.arange(bitext.stems)
    here[-1] = -1
    words = np.flatnonzero(number[bitext.stems :] >= 0) + bitext.stems
    begin = table.row_starts[number[words]]
    length = table.row_starts[number[words] + 1] - begin
    at = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    en = here[table.targets[at + np.repeat(begin, length)]]
    codes = en * size + np.repeat(words, length)
    return each_once(codes[en >= 0])


def names(
    bitext: Bitext,
    dictionary: Dictionary | None,
    known: Container[str],
    printed: Mapping[str, str],
) -> Names:
    """What no dictionary has and is not `known`: English words, and Chinese ones in a row.

    `printed` has the word of each stem, which sounds as its name does.
    """
    terms = bitext.names
    latin = [
        name
        for at in np.unique(bitext.en.term).tolist()
        if may_be_name(name := terms[at]) and name not in known
    ]
    chinese = terms[bitext.stems :]
    pieces = [word for word in chinese if TRANSCRIBING.issuperset(word)]
    foreign = {
        word
        for word, ordinary in zip(pieces, _ordinary(pieces, dictionary), strict=True)
        if len(word) == 1 or not ordinary
    }
    han = [name for name in sorted(_runs(bitext, foreign)) if may_be_name(name)]
    is_known = (
        dictionary.table.numbers(latin) >= 0 if dictionary else np.zeros(len(latin), np.bool_)
    )
    return Names.of(
        (printed.get(name, name) for name, no in zip(latin, is_known, strict=True) if not no),
        (name for name, no in zip(han, _ordinary(han, dictionary), strict=True) if not no),
    )


def _ordinary(words: Sequence[str], dictionary: Dictionary | None) -> Sequence[bool]:
    """Which of the words are in the dictionary and no names there."""
    if dictionary is None:
        return [False] * len(words)
    number = dictionary.table.numbers(words)
    found: list[bool] = ((number >= 0) & dictionary.ordinary[number]).tolist()
    return found


def _runs(bitext: Bitext, foreign: Container[str]) -> set[str]:
    """The Chinese words of a set, and those next to each other together, up to a name's length."""
    zh, names = bitext.zh, bitext.names
    of = np.array(
        [at >= bitext.stems and name in foreign for at, name in enumerate(names)], np.bool_
    )
    here = np.append(of[zh.term], False)
    goes_on = (np.append(zh.end[:-1] == zh.key[1:], False) & here[:-1] & here[1:]).tolist()
    term = zh.term.tolist()
    found: set[str] = set()
    for first in np.flatnonzero(here).tolist():
        name, at = names[term[first]], first
        while len(name) <= LONGEST:
            if len(name) >= SHORTEST:
                found.add(name)
            if not goes_on[at]:
                break
            at += 1
            name += names[term[at]]
    return found
