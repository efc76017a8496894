"""Which numeral is the same number in the other script?

>>> value("三十二"), value("一万两千"), value("二〇二一"), value("人")
(32, 12000, 2021, None)
>>> written(32), written(12000), written(10)
('三十二', '一万二千', '十')
"""

from __future__ import annotations

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

LARGEST = 10**12
"""Numbers below it are written; larger ones stand as digits in either language."""


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
