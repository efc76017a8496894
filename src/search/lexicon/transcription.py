"""Is a Latin name what these characters transcribe?

A joint source-channel model (Li, Zhang and Su, A Joint Source-Channel Model
for Machine Transliteration, 2004), simplified: each character stands for some
letters in a row, 史密斯 for s|mi|th, independently of its neighbours. How
likely a character stands for which letters was learned from the names of
CC-CEDICT by expectation maximisation, and is kept in a file; characters that
are read alike help each other, and what none of them was seen for is guessed
from the consonant that the syllable begins with.

>>> likeness("史密斯", "smith") > 10, likeness("英文", "inovashun") < 0
(True, True)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase

from search.analysis import pinyin

_FILE = "transcription.tsv"

LONGEST = 5
"""Letters that one character stands for at most."""

OF_SYLLABLE, OF_CONSONANT = 3.0, 5.0
"""How many sightings the syllable of a character weighs as much as, and its first consonant."""

UNSEEN = 0.3
"""How often a letter that never followed another counts as having done so."""

ROUNDS = 6

TAUGHT = -3.5
"""The logarithm of the odds from which a name teaches: one that is translated (大富翁, Monopoly)
does not."""

_KEPT = 65_536
"""Chances that are remembered."""

_BEGINNING, _END = "^", "$"
_LENGTHS = (0.02, 0.2, 0.38, 0.25, 0.1, 0.05)
"""How often a character stands for none, one, two … letters."""
_OTHERWISE = 0.15
"""How often letters begin with none that the consonant stands for."""
_VOWEL, _ENDING, _OTHER = 0.1, 0.04, 0.012
"""The chances of a letter after the first, which is mostly a vowel or ends the syllable."""
_CONSONANTS = {
    "b": "bpv", "p": "pbf", "m": "m", "f": "fvp", "d": "dt", "t": "td", "n": "n", "l": "lr",
    "g": "gk", "k": "kcgq", "h": "hk", "j": "gjzc", "q": "cqkg", "x": "sxhc", "z": "zsc",
    "c": "cstz", "s": "s", "zh": "jzg", "ch": "ctq", "sh": "sct", "r": "rj", "w": "wvuo",
    "y": "yijeu", "": "aeiouhr",
}  # fmt: skip

Table = Mapping[str, Mapping[str, float]]
"""How often each character stands for which letters; of each letter, which follow it."""


def likeness(han: str, latin: str) -> float:
    """How much likelier letters are as a transcription of folded characters than as any name.

    The logarithm of the odds: above nothing they rather are. `latin` has letters from a to z.
    """
    return _odds(_chances(), _follows(), han, latin)


def learn(names: Iterable[tuple[str, str]]) -> Table:
    """The table of these names, each as folded characters and letters."""
    pairs = list(names)
    following: dict[str, dict[str, float]] = {}
    for _, latin in pairs:
        for one, other in zip(_BEGINNING + latin, latin + _END, strict=True):
            row = following.setdefault(one, {})
            row[other] = row.get(other, 0.0) + 1.0
    guessed, follows = _Chances({}), _logarithms(following)
    pairs = [pair for pair in pairs if _odds(guessed, follows, *pair) >= TAUGHT]
    seen: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        chances, seen = _Chances(seen), {}
        for han, latin in pairs:
            _count(chances, han, latin, seen)
    return seen | following


def written(table: Table) -> str:
    """A table as the lines of its file; what was hardly seen is left out."""
    lines = []
    for key, row in sorted(table.items()):
        kept = [f"{part or '-'} {count:.1f}" for part, count in sorted(row.items()) if count >= 0.3]
        lines.append("\t".join((key, *kept)))
    return "\n".join(lines) + "\n"


class _Chances:
    """The chance that a character stands for some letters."""

    def __init__(self, seen: Table) -> None:
        self._readings = {char: ways[0] for char, ways in pinyin.typed().items()}
        self._seen = seen
        self._of_syllable: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for char, row in seen.items():
            for letters, count in row.items():
                self._of_syllable[self._readings.get(char, "")][letters] += count
        self._totals = {char: sum(row.values()) for char, row in seen.items()}
        self._syllables = {key: sum(row.values()) for key, row in self._of_syllable.items()}
        self.of = lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, char: str, letters: str) -> float:
        syllable = self._readings.get(char, "")
        guess = OF_CONSONANT * _guess(syllable, letters)
        alike = self._of_syllable.get(syllable, {}).get(letters, 0.0)
        share = (alike + guess) / (self._syllables.get(syllable, 0.0) + OF_CONSONANT)
        own = self._seen.get(char, {}).get(letters, 0.0)
        return (own + OF_SYLLABLE * share) / (self._totals.get(char, 0.0) + OF_SYLLABLE)


def _guess(syllable: str, letters: str) -> float:
    """The chance of letters for a syllable of which nothing is known but how it begins."""
    chance = _LENGTHS[len(letters)]
    if not letters:
        return chance
    initial = next(c for c in (syllable[:2], syllable[:1], "") if c in _CONSONANTS)
    likely = _CONSONANTS[initial]
    chance *= (1 - _OTHERWISE) / len(likely) if letters[0] in likely else _OTHERWISE / 26
    for letter in letters[1:]:
        chance *= _VOWEL if letter in "aeiouy" else _ENDING if letter in "nrhlst" else _OTHER
    return chance


def _forward(chances: _Chances, han: str, latin: str) -> list[list[float]]:
    """The chance that the first characters stand for the first letters, for each number of both."""
    of, length = chances.of, len(latin)
    rows = [[1.0] + [0.0] * length]
    for left, char in zip(range(len(han) - 1, -1, -1), han, strict=True):
        row = [0.0] * (length + 1)
        # What the characters that are left cannot stand for leads nowhere.
        least = length - LONGEST * left
        for begin, before in enumerate(rows[-1]):
            if before:
                for end in range(max(begin, least), min(length, begin + LONGEST) + 1):
                    row[end] += before * of(char, latin[begin:end])
        rows.append(row)
    return rows


def _backward(chances: _Chances, han: str, latin: str) -> list[list[float]]:
    """The same of the last characters and letters."""
    rows = [[0.0] * len(latin) + [1.0]]
    for char in reversed(han):
        after = rows[0]
        rows.insert(
            0,
            [
                sum(
                    chances.of(char, latin[begin:end]) * after[end]
                    for end in range(begin, min(len(latin), begin + LONGEST) + 1)
                    if after[end]
                )
                for begin in range(len(latin) + 1)
            ],
        )
    return rows


def _count(chances: _Chances, han: str, latin: str, counts: dict[str, dict[str, float]]) -> None:
    """Adds what each character of a name stands for, as likely as it does."""
    forward, backward = _forward(chances, han, latin), _backward(chances, han, latin)
    whole = forward[-1][-1]
    for at, char in enumerate(han):
        row = counts.setdefault(char, {})
        for begin, before in enumerate(forward[at]):
            if not before:
                continue
            for end in range(begin, min(len(latin), begin + LONGEST) + 1):
                if after := backward[at + 1][end]:
                    letters = latin[begin:end]
                    share = before * chances.of(char, letters) * after / whole
                    if share > 1e-4:
                        row[letters] = row.get(letters, 0.0) + share


@cache
def _table() -> Table:
    text = files(__package__).joinpath(_FILE).read_text("utf-8")
    table: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        key, *cells = line.split("\t")
        row = (cell.split(" ") for cell in cells)
        table[key] = {letters.removeprefix("-"): float(count) for letters, count in row}
    return table


@cache
def _chances() -> _Chances:
    return _Chances({key: row for key, row in _table().items() if not _is_letter(key)})


@cache
def _follows() -> Table:
    return _logarithms({key: row for key, row in _table().items() if _is_letter(key)})


def _logarithms(following: Table) -> Table:
    """The logarithm of the chance that a letter follows another in a name."""
    found = {}
    for one in _BEGINNING + ascii_lowercase:
        row = following.get(one, {})
        total = sum(row.values()) + UNSEEN * (len(ascii_lowercase) + 1)
        found[one] = {
            other: math.log((row.get(other, 0.0) + UNSEEN) / total)
            for other in ascii_lowercase + _END
        }
    return found


def _odds(chances: _Chances, follows: Table, han: str, latin: str) -> float:
    any_name = sum(
        follows[one][other] for one, other in zip(_BEGINNING + latin, latin + _END, strict=True)
    )
    return math.log(_forward(chances, han, latin)[-1][-1] or 1e-300) - any_name


def _is_letter(key: str) -> bool:
    return key.isascii()
