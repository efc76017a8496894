"""How is the same number written otherwise, in either script?

>>> value("三十二"), value("一万两千"), value("二〇二一"), value("人")
(32, 12000, 2021, None)
>>> written(32), written(12000), written(10)
('三十二', '一万二千', '十')
>>> list(otherwise(("1980", "s"))), list(otherwise(("八", "十", "年", "代")))
(['80年代', '八十年代', '1980年代'], ['1980 s', '80 s'])
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from search.analysis import english

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

LARGEST = 10**12
"""Numbers below it are written; larger ones stand as digits in either language."""


_DIGITS_AT_MOST = 13
"""Numbers of so many digits and more are written as digits in either language."""

_ROMAN = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROMAN_BELOW = 50
_POINT = re.compile(r"(\d) (\d)")
_ENDING = re.compile(r"(\d) (s|st|nd|rd|th)\b")
_NO_ROMAN = frozenset(("v", "x", "xi", "xl"))
_ORDINAL, _REIGN = "第", "世"
_DECADE, _MONTH = "年代", "月"
_CENTURY = 100
_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_UNITS_SAID = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen""".split()
_TENS_SAID = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()
_MONTHS = """January February March April May June July August September October November
    December""".split()


def otherwise(term: tuple[str, ...]) -> Iterator[str]:
    """The same number, ordinal, month or decade in the terms of the other script.

    `term` has stems and folded characters, as the index has them; so have the terms that are
    given, with a space between two stems.
    """
    text = "".join(term)
    if not text:
        return
    if text.isascii():
        yield from _chinese(term)
    elif text.endswith(_DECADE):
        number = number_of(text.removesuffix(_DECADE))
        if number is not None and number % 10 == 0:
            if number < _CENTURY:
                yield f"19{number:02d} s"
            yield f"{number} s"
    elif text.endswith(_MONTH):
        number = number_of(text.removesuffix(_MONTH))
        if number is not None and 0 < number <= len(_MONTHS):
            yield english.stem(_MONTHS[number - 1].lower())
    elif text.startswith(_ORDINAL):
        number = number_of(text.removeprefix(_ORDINAL))
        if number is not None:
            yield from ordinals(number)
            yield str(number)
            yield from _said(number)
    elif (number := value(text)) is not None:
        yield str(number)
        yield from _said(number)


def number_of(text: str) -> int | None:
    """The number of digits, of Chinese numerals, or of a cardinal below a hundred in stems."""
    if not text.isascii():
        return value(text)
    if text.isdecimal():
        return int(text) if len(text) < _DIGITS_AT_MOST else None
    number, ordinal = _words().get(text, (None, False))
    return None if ordinal else number


def ordinal_of(text: str) -> int | None:
    """The number of an ordinal in stems: `20 th`, `twentieth`, `twenti first`.

    >>> ordinal_of("20 th"), ordinal_of("twentieth"), ordinal_of("twenti first"), ordinal_of("20")
    (20, 20, 21, None)
    """
    before, _, last = text.rpartition(" ")
    if last in _ENDINGS and before.isascii() and before.isdecimal():
        return number_of(before)
    number, ordinal = _words().get(last, (None, False))
    if number is None or not ordinal or not before:
        return number if ordinal else None
    tens = number_of(before)
    return tens + number if tens and tens % 10 == 0 and tens < _CENTURY and number < 10 else None


def _chinese(term: tuple[str, ...]) -> Iterator[str]:
    """What stems that say a number are in Chinese, and digits as words."""
    first, *rest = term
    spelt = " ".join(term)
    if first.isdecimal() and len(first) < _DIGITS_AT_MOST:
        number = int(first)
        if not rest and (numeral := written(number)):
            yield numeral
            yield from _said(number)
        elif rest == ["s"] and number % 10 == 0:
            decade = number % _CENTURY
            yield f"{decade}{_DECADE}"
            yield f"{written(decade)}{_DECADE}"
            if number >= _CENTURY:
                yield f"{number}{_DECADE}"
        elif len(rest) == 1 and rest[0] in _ENDINGS and (numeral := written(number)):
            yield f"{_ORDINAL}{numeral}"
            yield f"{_ORDINAL}{number}"
            yield numeral
    elif number := _romans().get(spelt, 0):
        numeral = written(number)
        yield f"{_ORDINAL}{numeral}"
        yield f"{_ORDINAL}{number}"
        yield f"{numeral}{_REIGN}"
    elif (known := _words().get(spelt)) is not None:
        number, ordinal = known
        numeral = written(number) or ""
        yield f"{_ORDINAL}{numeral}" if ordinal else numeral
        yield f"{_ORDINAL}{number}" if ordinal else str(number)


def _said(number: int) -> Iterator[str]:
    """The stems of a number below a hundred in words and in Roman numerals."""
    yield from said(number)
    if 1 < number < _ROMAN_BELOW and number not in (5, 10):
        yield roman(number)


def said(number: int | Decimal) -> Iterator[str]:
    """The stems of a number below a hundred in words; nothing of another."""
    if number == int(number) and 0 <= number < _CENTURY:
        yield _in_words(int(number))


def ordinals(number: int) -> Iterator[str]:
    """The stems of an ordinal: in digits, and in words up to the twentieth."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    yield f"{number} {ending or 'th'}"
    if 0 < number <= len(_ORDINALS):
        yield english.stem(_ORDINALS[number - 1])


def printed(term: str) -> str:
    """A number in stems as it is printed.

    >>> printed("5 05亿"), printed("1980 s"), printed("20 th centuri"), printed("forti nine")
    ('5.05亿', '1980s', '20th century', 'forty nine')
    """
    term = _ENDING.sub(r"\1\2", _POINT.sub(r"\1.\2", term))
    return " ".join(_spellings().get(stem, stem) for stem in term.split(" "))


@cache
def _spellings() -> dict[str, str]:
    """The words of numbers, months and centuries whose stems are no words."""
    words = [*_UNITS_SAID, *_TENS_SAID, *_ORDINALS, *map(str.lower, _MONTHS), "century"]
    return {english.stem(word): word for word in words}


def roman(number: int) -> str:
    """The number in small Roman numerals, up to 49.

    >>> roman(33), roman(14)
    ('xxxiii', 'xiv')
    """
    text = ""
    for size, letters in _ROMAN:
        times, number = divmod(number, size)
        text += letters * times
    return text


def _in_words(number: int) -> str:
    tens, unit = divmod(number, 10)
    if number < len(_UNITS_SAID):
        words = [_UNITS_SAID[number]]
    else:
        words = [_TENS_SAID[tens - 2], *([_UNITS_SAID[unit]] if unit else [])]
    return " ".join(map(english.stem, words))


@cache
def _words() -> dict[str, tuple[int, bool]]:
    """The number of each English numeral, in stems, and whether it is an ordinal."""
    cardinals = {_in_words(number): (number, False) for number in range(_CENTURY)}
    ordinals = {english.stem(word): (at, True) for at, word in enumerate(_ORDINALS, 1)}
    return cardinals | ordinals


@cache
def _romans() -> dict[str, int]:
    """The Roman numerals that are no names or sizes: 习 is Xi, and XL extra large."""
    numbers = {roman(number): number for number in range(2, _ROMAN_BELOW)}
    return {text: number for text, number in numbers.items() if text not in _NO_ROMAN}


def value(numeral: str) -> int | None:
    """The number that folded Chinese numerals say, in places or digit by digit; else `None`."""
    if not numeral or len(numeral) > 24:
        return None
    if all(char in _DIGITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = group = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            group += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _GROUPS:
            # What came before is of this size too in 一万亿, and apart from it in 一亿零一万.
            size, ahead = _GROUPS[char], group + digit
            higher, lower = (0, total) if total < size else (total, 0)
            total = higher + (lower + ahead or 1) * size
            group = digit = 0
        else:
            return None
    return total + group + digit


def written(number: int) -> str | None:
    """The number in Chinese numerals by places; `None` if it is too large for them."""
    if not 0 <= number < LARGEST:
        return None
    if number == 0:
        return "零"
    text = ""
    for group, size in (("亿", 100_000_000), ("万", 10_000), ("", 1)):
        part, number = divmod(number, size)
        if part:
            text += ("零" if text and part < 1_000 else "") + _places(part) + group
    return text.removeprefix("一") if text.startswith("一十") else text


def _places(number: int) -> str:
    """A number below ten thousand."""
    text, gap = "", False
    for unit, size in (("千", 1_000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += "零" * (gap and bool(text)) + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return text
