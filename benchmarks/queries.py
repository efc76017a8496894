"""What is asked of an archive to see how fast it answers: five queries of each of eight kinds.

They are picked from the passages themselves, without chance: each has a hit,
and the same archive is always asked the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.forms import Form
from search.analysis import chinese, english
from search.model import Passage

EACH = 5
"""Queries of a kind."""

_SAMPLED = 2000
"""Passages that phrases and Chinese words are picked from; single words are counted in all."""

_PLAIN = re.compile(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A query as a person would type it, and of which kind it is."""

    kind: str
    text: str
    form: Form | None = None
    """The same for engines that do not read queries as the product does."""


def pick(passages: Sequence[Passage]) -> tuple[Question, ...]:
    """The queries, a kind after the other in turn, so that no two of a kind are neighbours."""
    english_texts = [passage.en for passage in passages if passage.en]
    chinese_texts = [passage.zh for passage in passages[:_SAMPLED] if passage.zh]
    counts = Counter(word for text in english_texts for word in _telling(text))
    by_count = _by_count(counts)
    kinds = {
        "common word": by_count[:EACH],
        "rare word": by_count[-EACH:],
        "AND": _spread(list(_pairs(english_texts, counts))),
        "OR of four": [
            " OR ".join(by_count[at + first] for first in (5, 20, 80, 320)) for at in range(EACH)
        ],
        "phrase": [*_phrases(english_texts, 2, 3), *_phrases(english_texts, 3, 2)],
        "Chinese word": _words(chinese_texts),
        "Chinese substring": _spread(list(dict.fromkeys(_crossings(chinese_texts)))),
        "prefix": [f"{by_count[7 * at][:letters]}*" for at, letters in enumerate((2, 2, 3, 3, 4))],
    }
    return tuple(Question(kind, texts[at]) for at in range(EACH) for kind, texts in kinds.items())


def _tells(word: str) -> bool:
    return word not in english.STOP_WORDS


def _telling(text: str) -> set[str]:
    return {word for word in _PLAIN.findall(text) if _tells(word)}


def _by_count(counts: Counter[str]) -> list[str]:
    """The commonest form of each word with its inflections, from the commonest word to the rarest.

    Counts that are equal stand in the order of the alphabet: a set's own order changes
    from one run to the next.
    """
    families: dict[str, list[str]] = {}
    for form in sorted(counts, key=lambda form: (-counts[form], form)):
        families.setdefault(english.stem(form), []).append(form)
    ordered = sorted(families.values(), key=lambda forms: (-sum(counts[f] for f in forms), forms))
    return [forms[0] for forms in ordered]


def _spread(values: Sequence[str]) -> list[str]:
    """As many as are wanted, from all over the values."""
    return [values[at * len(values) // EACH] for at in range(EACH)]


def _pairs(texts: Sequence[str], counts: Counter[str]) -> Iterator[str]:
    """The commonest word of a passage and one of middling commonness."""
    for text in texts[:_SAMPLED]:
        words = sorted(_telling(text), key=lambda word: (-counts[word], word))
        if len(words) > 2:
            yield f"{words[0]} AND {words[len(words) // 2]}"


def _phrases(texts: Sequence[str], size: int, wanted: int) -> list[str]:
    """The commonest rows of words that begin and end with one that tells something."""
    counts: Counter[str] = Counter()
    for text in texts[:_SAMPLED]:
        counts.update(_rows(text, size))
    ordered = sorted(counts, key=lambda row: (-counts[row], row))
    return [f'"{row}"' for row in ordered[:wanted]]


def _rows(text: str, size: int) -> Iterator[str]:
    found = list(_PLAIN.finditer(text))
    for first, last in zip(found, found[size - 1 :], strict=False):
        row = text[first.start() : last.end()]
        # Nothing but spaces between them: neither a stop nor a word that is not plain.
        if row.count(" ") == size - 1 and re.fullmatch("[a-z ]+", row):
            if _tells(first[0]) and _tells(last[0]):
                yield row


def _words(texts: Sequence[str]) -> list[str]:
    """Chinese words of two characters and more, from the commonest to rare ones."""
    cutter = chinese.Cutter()
    counts = Counter(
        word
        for text in texts
        for run in _HAN_RUN.findall(text)
        for word in cutter.cut(run)
        if len(word) > 1 and word not in chinese.STOP_WORDS
    )
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return [ordered[int(len(ordered) ** (at / EACH))] for at in range(EACH)]


def _crossings(texts: Sequence[str]) -> Iterator[str]:
    """What reaches from within one Chinese word into the next, in quotes: 觉领 of 视觉 领域."""
    cutter = chinese.Cutter()
    for text in texts:
        for run in _HAN_RUN.findall(text):
            for one, other in pairwise(cutter.cut(run)):
                across = one[1:] + other[:-1]
                if len(one) > 1 and len(other) > 1 and len(cutter.cut(across)) > 1:
                    yield f'"{across}"'
