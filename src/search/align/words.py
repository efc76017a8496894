"""Which English words would this Chinese paragraph lead one to expect?

What stands in both languages is told from the texts alone: numbers, Latin
words, names by their pinyin. A `dictionary`, where one is given, adds
translations. Each such *clue* stands in some Chinese paragraphs and answers
some English words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from search.analysis import fold
from search.analysis.english import STOP_WORDS, stem
from search.analysis.pinyin import Sounds, is_syllables
from search.analysis.scripts import HAN

NUMBER, WORD, NAME, TRANSLATION = "number", "word", "name", "translation"

_NAMES_WITHIN = 1_000
"""Chinese characters of a paragraph among which names are told by sound."""

_HAN_RUN = re.compile(f"[{HAN}]+")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_EN_WORD = re.compile(r"[a-z]+\d*")
_LATIN = re.compile(r"[a-z]{2,}|[a-z]\d+")
_NUMBER = re.compile(r"\d\d*(?:,\d{3})*(?:\.\d+)?")
"""A pattern that begins with one sign of a class is looked for four times as quickly as `+`."""
_EN_NUMBER = re.compile(
    rf"(?P<digits>{_NUMBER.pattern})(?:[\s-]?(?P<times>hundred|thousand|million|billion|trillion)\b)?"
)
_ZH_NUMBER = re.compile(rf"(?P<digits>{_NUMBER.pattern})\s?(?P<times>[百千万亿]{{1,2}})?")
_ZH_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百千万亿两]{2,}|[三四五六七八九十]")
_TIMES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8,
}  # fmt: skip
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = {word: str(at) for at, word in enumerate(_UNITS) if at > 2} | {
    word: str(10 * at) for at, word in enumerate(_TENS, 2)
}
"""One and two say too little: they are articles and measure words as well."""
_SPELT_WORDS = frozenset(_SPELT)
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Clue:
    """What may answer English words: its kind, what it is, the words with their weights."""

    kind: str
    text: str
    answers: Mapping[str, float]


def english_words(text: str) -> set[str]:
    """The stems of a text that can answer a clue, and its numbers.

    >>> sorted(english_words("Of the 11,494 patents, 8 billion"))
    ['11494', '8', '8000000000', 'billion', 'of', 'patent', 'the']
    """
    folded = fold(text)
    words = set(_EN_WORD.findall(folded))
    found = set(map(stem, words))
    found.update(map(_SPELT.__getitem__, words & _SPELT_WORDS))
    found.update(_numbers(_EN_NUMBER.finditer(folded)))
    return found


def printed(text: str) -> list[str]:
    """The English words of a text, folded."""
    return _EN_WORD.findall(fold(text))


def clues(folded: str) -> Iterator[Clue]:
    """The clues that a Chinese text, folded, has by itself: numbers and Latin words.

    >>> [clue.text for clue in clues(fold("2021年底，商湯有80億AI"))]
    ['2021', '80', '8000000000', 'ai']
    """
    for number in dict.fromkeys(_numbers(_ZH_NUMBER.finditer(folded))):
        yield Clue(NUMBER, number, {number: 1.0})
    for found in _ZH_NUMERAL.findall(folded):
        if (value := _numeral(found)) and value > 2:
            yield Clue(NUMBER, found, {str(value): 0.8})
    for word in dict.fromkeys(_LATIN.findall(folded)):
        if word not in STOP_WORDS:
            yield Clue(WORD, word, {stem(word): 1.0})


def names(english: Sequence[str], chinese: Sequence[str]) -> list[tuple[Clue, list[int]]]:
    """The names of the English texts that are read somewhere in the Chinese, and where.

    >>> names(["Wang Xiaogang of SenseTime"], ["您好。", "王曉剛：您好。"])
    [(Clue(kind='name', text='Xiaogang', answers={'xiaogang': 1.0}), [1])]
    """
    known = dict.fromkeys(name for text in english for name in _CAPITALISED.findall(text))
    if not (spelt := [name for name in known if is_syllables(name)]):
        return []
    han = ["\n".join(_HAN_RUN.findall(text[:_NAMES_WITHIN])) for text in chinese]
    ends = list(accumulate(len(text) + 1 for text in han))
    sounds = Sounds("\n".join(han))
    found: list[tuple[Clue, list[int]]] = []
    for name in spelt:
        if places := sounds.places(name):
            texts = sorted({bisect_right(ends, place) for place in places})
            found.append((Clue(NAME, name, {stem(fold(name)): 1.0}), texts))
    return found


def _numbers(found: Iterable[re.Match[str]]) -> Iterator[str]:
    for number in found:
        digits = number["digits"].replace(",", "")
        yield digits
        if number["times"]:
            times = 1
            for one in [number["times"]] if number["times"] in _TIMES else number["times"]:
                times *= _TIMES[one]
            yield f"{float(digits) * times:.0f}"


def _numeral(text: str) -> int:
    """The value of a Chinese numeral.

    >>> _numeral("一千二百零五"), _numeral("三十"), _numeral("二〇二一")
    (1205, 30, 2021)
    """
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = part = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _TIMES[char] >= 10**4:
            total = (total + part + digit) * _TIMES[char]
            part = digit = 0
        else:
            part += (digit or 1) * _TIMES[char]
            digit = 0
    return total + part + digit
