"""How is the same amount written otherwise: a large number, a share, a century?

English counts by thousands and Chinese by ten thousands; a number that takes a
word in the one takes another in the other.

>>> list(otherwise(("66", "million"))), list(otherwise(("1", "5", "billion")))
(['6600万', '六千六百万', '66000000'], ['15亿', '十五亿', '1500000000'])
>>> list(otherwise(("3", "亿"))), list(otherwise(("百", "分", "之", "四", "十")))
(['300 million', '300000000'], ['40 percent', '40 per cent', 'forti percent', '40'])
>>> list(otherwise(("20", "th", "centuri"))), list(otherwise(("二", "十", "世", "纪")))
(['20世纪', '二十世纪'], ['20 th centuri', 'twentieth centuri'])
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from search.lexicon.numerals import LARGEST, number_of, ordinal_of, ordinals, said, value, written
from search.lexicon.table import spelt
from search.lexicon.terms import Key

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_CENTURY, _CENTURIES = "centuri", "世纪"
_PERCENT = (("percent",), ("per", "cent"))
_SHARE = "百分之"

_COUNTED = re.compile(r"(\d{1,12})(?: (\d{1,3}))?([百千万亿]{1,3})")
"""Digits, as `table.spelt` has them, before a unit of Chinese: 5 05亿 is 5.05 times 亿."""
_WITHIN = 1_000
_PLACES = 2
"""Digits behind the point with which an amount is printed: 5.05亿, 1.25 million."""


def otherwise(term: Key) -> Iterator[str]:
    """The same amount in the terms of the other script, as `numerals.otherwise` gives them."""
    text = spelt(term)
    if text.isascii():
        yield from _chinese(term)
    elif text.endswith(_CENTURIES):
        number = number_of(text.removesuffix(_CENTURIES))
        if number is not None:
            yield from (f"{ordinal} {_CENTURY}" for ordinal in ordinals(number))
    elif text.startswith(_SHARE):
        number = number_of(text.removeprefix(_SHARE))
        if number is not None:
            yield from (f"{number} {' '.join(percent)}" for percent in _PERCENT)
            yield from (f"{words} percent" for words in said(number))
            yield str(number)
    elif (amount := _amount(text)) is not None:
        yield from _english(amount)


def _chinese(term: Key) -> Iterator[str]:
    for percent in _PERCENT:
        if len(term) > len(percent) and term[-len(percent) :] == percent:
            share = _counted(term[: -len(percent)])
            if share is not None and share == int(share) < LARGEST:
                yield f"{_SHARE}{written(int(share))}"
                yield f"{_SHARE}{int(share)}"
            return
    *before, last = term or ("",)
    if last == _CENTURY:
        number = ordinal_of(" ".join(before))
        if number is not None:
            yield f"{number}{_CENTURIES}"
            yield f"{written(number)}{_CENTURIES}"
    elif last in _SCALES and (counted := _counted(tuple(before))) is not None:
        amount = counted * _SCALES[last]
        if amount == int(amount) and amount < LARGEST:
            for unit in ("亿", "万"):
                if amount >= _UNITS[unit]:
                    if (digits := _digits(amount / _UNITS[unit])) is not None:
                        yield f"{digits}{unit}"
                    break
            if (numeral := written(int(amount))) is not None:
                yield numeral
            yield str(int(amount))


def _english(amount: Decimal) -> Iterator[str]:
    for name, scale in _SCALES.items():
        of_scale = amount / scale
        if 1 <= of_scale < _WITHIN and (digits := _digits(of_scale)) is not None:
            yield f"{digits} {name}"
            yield from (f"{words} {name}" for words in said(of_scale))
    if amount == int(amount):
        yield str(int(amount))


def _counted(parts: Key) -> Decimal | None:
    """The number before a scale: digits, with others behind a point, or words."""
    if parts and all(part.isdecimal() and part.isascii() and len(part) < 13 for part in parts):
        # Three digits that follow are thousands: 1,500 million.
        if len(parts) == 2 and len(parts[1]) != 3:
            return Decimal(f"{parts[0]}.{parts[1]}")
        return Decimal("".join(parts))
    number = number_of(" ".join(parts))
    return None if number is None else Decimal(number)


def _amount(text: str) -> Decimal | None:
    """The amount that a term of Chinese says: 5.05亿, 六千万."""
    if found := _COUNTED.fullmatch(text):
        amount = Decimal(f"{found[1]}.{found[2] or 0}")
        for unit in found[3]:
            amount *= _UNITS[unit]
        return amount
    number = value(text)
    return None if number is None or number < _SCALES["thousand"] else Decimal(number)


def _digits(number: Decimal) -> str | None:
    """A number in digits, those behind the point as a term of their own; `None` of too many."""
    whole, _, rest = f"{number:f}".partition(".")
    rest = rest.rstrip("0")
    if len(rest) > _PLACES:
        return None
    return f"{whole} {rest}" if rest else whole
