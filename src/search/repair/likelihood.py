"""How likely is this row of characters as Chinese?

A unigram model of the words of jieba's dictionary, walked one character at a
time: the state is the beginning of a word, and each character either goes on
with it or ends it and begins the next. What single characters and signs cost
depends on the script of the file and on the character before.

All costs are negative logarithms of probabilities, in nats.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from search.analysis import fold
from search.analysis.chinese import frequencies

IMPOSSIBLE = 30.0
_UNUSUAL = 16.0
_OTHER_SCRIPT = 9.0
_MISPLACED = 12.0
_MOST_REMEMBERED = 200_000

_SIGNS = {
    **dict.fromkeys("，,", 2.5),
    "。": 3.5,
    **dict.fromkeys("、；：;:", 4.5),
    **dict.fromkeys("“”《》「」『』‘’", 4.5),
    **dict.fromkeys("！!（）()", 5.5),
    **dict.fromkeys("？?—…·", 6.0),
}
_ENDS = frozenset("。、，；：？！,;:?!")
_OPENS = frozenset("“‘《「『（(")
_CLOSES = frozenset("”’》」』）)")
_GOES_ON = frozenset("、，,：:；;")
_NOT_AFTER_AN_END = frozenset("·…—")
_LEADS_ON = frozenset("在和被把与與从從将將向于於对對而或但因给給就都")
"""Prepositions and conjunctions: no sentence ends with them."""
_ASKS = frozenset("吗呢么嗎麼")


class Script(StrEnum):
    """The characters that a file is written in."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"


def script_of(text: str) -> Script:
    """The script that more of the characters of `text` are common in.

    >>> script_of("专利资产").value, script_of("專利資產").value
    ('simplified', 'traditional')
    """
    more = sum(
        (_rarity(char, Script.TRADITIONAL) == 0) - (_rarity(char, Script.SIMPLIFIED) == 0)
        for char in text
        if is_han(char)
    )
    return Script.TRADITIONAL if more > 0 else Script.SIMPLIFIED


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


@lru_cache(maxsize=32_768)
def _rarity(char: str, script: Script) -> float:
    """What a Han character costs beyond its word.

    GB 2312 and Big5 each divide their characters into a level of common ones
    and one of rare ones.
    """
    simplified = script is Script.SIMPLIFIED
    try:
        lead = char.encode("gb2312" if simplified else "big5")[0]
    except (UnicodeEncodeError, IndexError):
        return _OTHER_SCRIPT
    if simplified:
        return 0.0 if lead < 0xD8 else 2.0
    return 0.0 if lead < 0xC9 else 3.0


def is_common(char: str) -> bool:
    """Whether a Han character is common in one of the scripts."""
    return any(_rarity(char, script) == 0 for script in Script)


class Model:
    """The likelihood of text in one script.

    `familiar` counts pairs of Han characters that stand elsewhere in the same
    file: each makes its second character likelier.
    """

    def __init__(self, script: Script, familiar: Mapping[str, int] | None = None) -> None:
        self._script = script
        self._familiar = familiar or {}
        self._counts, total = frequencies()
        self._total = math.log(total)
        self._words: dict[str, float] = {}
        self._steps: dict[tuple[str, str, str], tuple[tuple[str, float], ...]] = {}

    def step(self, word: str, before: str, char: str) -> tuple[tuple[str, float], ...]:
        """The ways to go on with `char` after the character `before`, the beginning of a word
        being `word`: pairs of the new beginning and the cost."""
        key = (word, before, char)
        found = self._steps.get(key)
        if found is None:
            if len(self._steps) > _MOST_REMEMBERED:
                self._steps.clear()
            found = self._steps[key] = tuple(self._ways(word, before, char))
        return found

    def _ways(self, word: str, before: str, char: str) -> list[tuple[str, float]]:
        ended = self._word(word) if word else 0.0
        if not is_han(char):
            return [("", ended + _sign(char, before))]
        cost = _rarity(char, self._script)
        if times := self._familiar.get(before + char):
            cost -= min(5.0, 2.5 * math.log1p(times))
        folded = fold(char)
        ways = [(folded, ended + cost)]
        if word and word + folded in self._counts:
            ways.append((word + folded, cost))
        return ways

    def rest(self, word: str) -> float:
        """What the beginning of a word will cost at least to be ended."""
        return self._word(word) if word else 0.0

    def cost(self, text: str) -> float:
        """The cost of the likeliest way to read the text."""
        states = {"": 0.0}
        before = ""
        for char in text:
            following: dict[str, float] = {}
            for word, so_far in states.items():
                for longer, cost in self.step(word, before, char):
                    total = so_far + cost
                    if total < following.get(longer, math.inf):
                        following[longer] = total
            states = following
            before = char
        return min(so_far + self.rest(word) for word, so_far in states.items())

    def _word(self, word: str) -> float:
        cost = self._words.get(word)
        if cost is None:
            # A beginning that is no word itself, or a character that the dictionary lacks.
            cost = self._words[word] = self._total + (
                -math.log(count) if (count := self._counts.get(word)) else 1.0
            )
        return cost


def _sign(char: str, before: str) -> float:
    """What a character costs that is not Han."""
    if char in _SIGNS:
        cost = 2.5 if char in "?？" and before in _ASKS else _SIGNS[char]
        if before in _OPENS:
            misplaced = char in _ENDS | _CLOSES
        else:
            misplaced = not before and char in _ENDS
            misplaced |= before in _ENDS and char in _ENDS | _NOT_AFTER_AN_END
        if misplaced:
            cost += _MISPLACED
        elif before in _ENDS and char in _CLOSES:
            cost -= 3.0
        elif before in _LEADS_ON and char in _ENDS:
            cost += 4.0
        elif before in _GOES_ON and char in _CLOSES:
            cost += 4.0
        return cost
    if char == " ":
        return 10.0 if before and is_han(before) else 4.0
    if char.isascii():
        if char.isalnum():
            return 5.0 if char.isdigit() else 6.0
        return 8.0 + (_MISPLACED if before in _OPENS else 0.0)
    if "\ue000" <= char <= "\uf8ff" or char == "\ufffd":
        return IMPOSSIBLE
    return _UNUSUAL
