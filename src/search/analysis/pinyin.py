"""How is a Han character read?

The tables beside this file were made from pypinyin's dictionary, and a test
holds them to that: they load in a few milliseconds, where pypinyin takes two
hundred.

>>> sorted(readings("的"))
['de', 'dì', 'dí', 'dī']
>>> is_reading_of("Xiaogang", "對話王曉剛")
True
>>> spellings("重庆")
('zhongqing', 'chongqing')
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from search.analysis.normalize import fold

TONED = "a-zA-Zɑɡ\u00e0-\u01dc\u0300-\u030c"
"""The letters of pinyin with tone marks, as a class of a regular expression."""

_MOST_CHARACTERS = 4
"""A name of a person or a place has no more in one printed Latin word."""

MOST_SPELLINGS = 8
"""Ways to type a word, its characters having several readings each; rarer ones are left out."""

LONGEST_SPELT = 12
"""Characters of a word that is typed in pinyin."""


def readings(char: str) -> frozenset[str]:
    """The pinyin of a character with tone marks; empty if unknown."""
    return _readings().get(char, frozenset())


@cache
def _readings() -> Mapping[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for ways, characters in _lines("readings.tsv"):
        table.update(dict.fromkeys(characters, frozenset(ways.split(","))))
    return table


def spelt(reading: str) -> str:
    """A printed reading as the dictionary spells it.

    >>> spelt("Chǎn") in readings("產")
    True
    """
    plain = reading.lower().replace("ɑ", "a").replace("ɡ", "g")
    return unicodedata.normalize("NFC", plain)


@cache
def _letters(reading: str) -> tuple[str, ...]:
    """A reading without its tone, ü as it is printed in names (lü as lu, lv or lyu)."""
    plain = fold(reading)
    if set("üǖǘǚǜ") & set(reading):
        return plain, plain.replace("u", "v"), plain.replace("u", "yu")
    return (plain,)


@lru_cache(maxsize=20_000)
def _plain(char: str) -> frozenset[str]:
    """The readings without tones."""
    return frozenset(plain for reading in readings(char) for plain in _letters(reading))


@cache
def _characters() -> Mapping[str, frozenset[str]]:
    """The characters of each reading without its tone."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for ways, characters in _lines("readings.tsv"):
        for plain in {plain for reading in ways.split(",") for plain in _letters(reading)}:
            found[plain].update(characters)
    return {plain: frozenset(characters) for plain, characters in found.items()}


def is_reading_of(word: str, text: str) -> bool:
    """Whether two or more characters of `text` in a row are read as the Latin `word`."""
    word = fold(word)
    return any(_spells(word, text, at, 0) for at in range(len(text)))


class Sounds:
    """A text by how it is read, to look for many Latin words in.

    >>> Sounds("對話王曉剛").places("Xiaogang")
    [3]
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._present = frozenset(text)

    def places(self, word: str) -> list[int]:
        """Where two or more characters in a row that are read as the word begin."""
        known = _characters()
        found: set[int] = set()
        for readings in _ways(fold(word), known):
            each = [sorted(known[reading] & self._present) for reading in readings]
            if all(each):
                wanted = "".join(f"[{''.join(map(re.escape, chars))}]" for chars in each)
                found.update(at.start() for at in re.finditer(f"(?={wanted})", self._text))
        return sorted(found)


@lru_cache(maxsize=20_000)
def is_syllables(word: str) -> bool:
    """Whether a Latin word is spelt as two to four characters are read.

    >>> is_syllables("Xiaogang"), is_syllables("However")
    (True, False)
    """
    folded, known = fold(word), syllables()
    ends = {0}
    for used in range(1, _MOST_CHARACTERS + 1):
        ends = {
            end
            for begin in ends
            for end in range(begin + 1, len(folded) + 1)
            if folded[begin:end] in known
        }
        if used > 1 and len(folded) in ends:
            return True
    return False


def _ways(word: str, known: Container[str], used: int = 0) -> Iterator[tuple[str, ...]]:
    """The ways to spell a word by two or more known readings, as many as a name has."""
    if not word and used > 1:
        yield ()
    for end in range(1, len(word) + 1) if used < _MOST_CHARACTERS else ():
        if word[:end] in known:
            yield from ((word[:end], *rest) for rest in _ways(word[end:], known, used + 1))


def _spells(word: str, text: str, at: int, used: int) -> bool:
    if not word:
        return used > 1
    if at == len(text) or used == _MOST_CHARACTERS:
        return False
    return any(
        word.startswith(reading) and _spells(word[len(reading) :], text, at + 1, used + 1)
        for reading in _plain(text[at])
    )


def spellings(word: str) -> tuple[str, ...]:
    """How a folded Chinese word is typed in pinyin, without tones, the likeliest way first.

    At most one of its characters is read otherwise than mostly: 银行 as
    yinhang, but no 重行 as chonghang. ü is typed u, v or yu. None if the word
    is longer than anybody types, or has a character without a known reading.
    """
    table = typed()
    each = [table.get(char, ()) for char in word]
    if not each or len(each) > LONGEST_SPELT or not all(each):
        return ()
    mostly = [ways[0] for ways in each]
    spelt = ["".join(mostly)]
    for at, ways in enumerate(each):
        if len(ways) > 1:
            before, after = "".join(mostly[:at]), "".join(mostly[at + 1 :])
            spelt += [before + other + after for other in ways[1:]]
    return tuple(spelt[:MOST_SPELLINGS])


@cache
def syllables() -> frozenset[str]:
    """Every reading that a character has, without its tone."""
    return frozenset(reading for each in typed().values() for reading in each)


@cache
def typed() -> Mapping[str, tuple[str, ...]]:
    """The two commonest readings of each Simplified character as they are typed.

    An index has words in the order that the table gives them, so with another
    table goes another `index.generations.FORMAT`.
    """
    table: dict[str, tuple[str, ...]] = {}
    for ways, characters in _lines("pinyin.tsv"):
        table.update(dict.fromkeys(characters, tuple(ways.split(" "))))
    return table


def _lines(table: str) -> Iterator[tuple[str, str]]:
    """The lines of a table beside this file: readings, and the characters that are read so."""
    for line in files(__package__).joinpath(table).read_text("utf-8").splitlines():
        ways, _, characters = line.partition("\t")
        yield ways, characters
