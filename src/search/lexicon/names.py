"""How would a name sound in the other script?

A name that no dictionary has is written by its sound: 王晓刚 as Wang Xiaogang,
letter by letter as pinyin has it; Jacksonville as 杰克逊维尔, as near as
Chinese syllables come. For the second, a name is brought down to its
*outline*, the consonants by where they are spoken, in the manner of Soundex
(Knuth, The Art of Computer Programming 3, 6.4). Which of the names whose
outlines agree is meant, `transcription` tells.

>>> outline("elway"), outline_of_characters("埃尔维"), outline("fresno")
('LF', 'LF', 'FLSN')
>>> spelt("晓刚"), sorted(pinyin_slots("xiaogang")[1] & set("刚港马"))
('xiaogang', ['刚', '港'])
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from search.analysis import pinyin
from search.lexicon.transcription import likeness

ALIKE = 0.5
"""The least share of two outlines that agrees, for a closer look at the names."""

LOOKED_AT = 32
"""Names that are looked at closer, those whose outlines agree most."""

ODDS = 3.0
"""The logarithm of the odds from which a name transcribes another. See `transcription`."""

SHORTEST, LONGEST = 2, 6
"""Characters of a name."""

LEAST_LETTERS = 4
"""Letters of a Latin name: shorter ones sound like too much."""

CLOSE = 2.0
"""Of the names that sound alike, those are given whose odds are this near to the best."""

SHOWN = 6
"""Names that are given at most."""

MOST_SYLLABLES = 4
"""Syllables of a Latin word that is read as pinyin."""

TRANSCRIBING = frozenset(
    """阿埃艾爱安昂奥澳巴拔班邦包保堡鲍北贝本比彼毕边宾波伯博勃布查茨次达大代戴丹当道德登邓狄迪蒂
    丁杜顿多厄恩尔法凡范方菲费芬丰冯佛夫弗福富盖冈高戈哥格葛根贡古瓜圭哈海汉豪赫黑亨洪侯胡华怀惠
    霍基吉季加迦贾简杰捷金津卡凯坎康考柯科克肯孔库夸奎坤拉腊莱赖兰朗劳勒雷蕾里理利莉黎丽连林琳灵
    龙隆卢鲁吕伦罗洛马玛迈麦曼芒毛茂梅门蒙米密敏明莫墨默姆慕穆那娜纳乃奈南内尼宁纽农努诺欧帕派潘
    庞佩彭皮平珀普奇恰齐契钱强乔切钦琼丘让热仁日荣茹瑞若萨塞赛桑瑟森沙莎山尚绍舍申圣施史什士舒斯
    丝思松苏孙索塔泰坦汤唐陶特滕提田廷图土托脱娃瓦万旺威韦维伟魏温文翁沃乌武西希锡席夏香肖谢辛欣
    兴雄休许逊雅亚延扬尧耶叶伊依易因英尤约云扎泽曾詹章哲真珍芝知治朱卓兹子宗佐必烈铁木坚音栋"""
) - {" ", "\n"}
"""The characters that foreign names are written with, by the usual tables of transcription."""

_VOWELS = frozenset("aeiouy")
_INITIALS = {
    **dict.fromkeys(("b", "p"), "P"),
    **dict.fromkeys(("d", "t"), "T"),
    **dict.fromkeys(("l", "r"), "L"),
    **dict.fromkeys(("g", "k"), "K"),
    **dict.fromkeys(("f", "w"), "F"),
    **dict.fromkeys(("j", "q", "x", "zh", "ch", "sh", "z", "c", "s"), "S"),
    **dict.fromkeys(("", "y"), ""),
    "m": "M",
    "n": "N",
    "h": "H",
}
_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxzcsrwy]?)(.*)")
_SPOKEN = re.compile("tch|sch|ph|gh|sh|ch|ts|tz|dg|cz|th|ck|qu|(.)\\1|.")
_CONSONANTS = {
    **dict.fromkeys(("tch", "sch", "sh", "ch", "ts", "tz", "dg", "cz", "th", "j", "s", "z"), "S"),
    **dict.fromkeys(("b", "p"), "P"),
    **dict.fromkeys(("d", "t"), "T"),
    **dict.fromkeys(("f", "v", "ph"), "F"),
    **dict.fromkeys(("ck", "gh", "k", "q", "g"), "K"),
    "m": "M",
    "n": "N",
    "l": "L",
    "qu": "KF",
    "x": "KS",
}
_BEFORE_VOWELS = {"w": "F", "r": "L", "h": "H"}
"""Heard, and written in Chinese, only where a vowel follows: Carter is 卡特."""


@cache
def _syllables() -> dict[str, str]:
    """The commonest reading of each folded character, without its tone."""
    return {char: ways[0] for char, ways in pinyin.typed().items()}


@cache
def _read_as() -> dict[str, frozenset[str]]:
    held = defaultdict(set)
    for char, syllable in _syllables().items():
        held[syllable].add(char)
    return {syllable: frozenset(chars) for syllable, chars in held.items()}


def spelt(characters: str) -> str:
    """The pinyin of folded characters as one word; empty if one of them has none."""
    known = _syllables()
    return "".join(known[char] for char in characters) if known.keys() >= set(characters) else ""


def pinyin_slots(word: str) -> tuple[frozenset[str], ...] | None:
    """The characters that may stand for each syllable of a folded Latin word, if it is pinyin.

    Two syllables to four, the longest first at each place: xian is 先 and
    never 西安, which is written xi'an.
    """
    syllables = _read(word, MOST_SYLLABLES)
    return tuple(_read_as()[part] for part in syllables) if len(syllables) > 1 else None


def _read(word: str, left: int) -> list[str]:
    for end in range(min(len(word), 6), 0, -1):
        if left and word[:end] in _read_as():
            rest = _read(word[end:], left - 1)
            if rest or end == len(word):
                return [word[:end], *rest]
    return []


@cache
def outline(name: str) -> str:
    """The consonants of a folded Latin name as they are spoken."""
    found = ""
    for match in _SPOKEN.finditer(name):
        sound, follows = match[0], name[match.end() : match.end() + 1]
        letter = sound[0] if match[1] else sound
        if letter == "c":
            found += "S" if follows and follows in "eiy" else "K"
        elif letter in _BEFORE_VOWELS:
            found += _BEFORE_VOWELS[letter] if follows in _VOWELS else ""
        else:
            found += _CONSONANTS.get(letter, "")
    return found


@cache
def outline_of_characters(characters: str) -> str:
    """The consonants of Han characters as they are read."""
    known, found = _syllables(), ""
    for char in characters:
        syllable = _SYLLABLE.fullmatch(known.get(char, ""))
        assert syllable is not None
        initial, rest = syllable[1], syllable[2]
        if not initial and rest == "er":
            found += "L"
        # Hua stands for Wa.
        elif initial == "h" and len(rest) > 1 and rest[0] == "u":
            found += "F"
        else:
            found += _INITIALS[initial]
        found += "N" if rest.endswith(("n", "ng")) else ""
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an archive that no dictionary has, each by its outline."""

    latin: Mapping[str, tuple[str, ...]]
    han: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, latin: Iterable[str], han: Iterable[str]) -> Names:
        """Of Latin stems and folded Chinese words those that may be names."""
        found = (filter(may_be_name, names) for names in (latin, han))
        return cls(_by(outline, next(found)), _by(outline_of_characters, next(found)))

    def save(self, file: Path) -> None:
        """Writes the names as lines, `outline<tab>names`."""
        tables = (
            [f"{outlined}\t{' '.join(names)}" for outlined, names in table.items()]
            for table in (self.latin, self.han)
        )
        file.write_text("\n\n".join("\n".join(lines) for lines in tables), "utf-8")

    @classmethod
    def open(cls, file: Path) -> Names:
        """What `save` wrote; raises `OSError` or `ValueError` if the file is another."""
        latin, han = file.read_text("utf-8").split("\n\n")
        return cls(_table(latin), _table(han))

    def sounding_like(self, name: str) -> list[tuple[str, float]]:
        """The names in the other script that sound like a Latin stem or folded characters.

        Each with how likely it is beside the likeliest, from 0 to 1, which comes first.
        """
        if not may_be_name(name):
            return []
        if name.isascii():
            return _alike(outline(name), self.han, lambda han: likeness(han, name))
        return _alike(outline_of_characters(name), self.latin, lambda latin: likeness(name, latin))


def may_be_name(name: str) -> bool:
    """Whether it is a Latin word, or characters that foreign names are written with."""
    if name.isascii():
        return len(name) >= LEAST_LETTERS and name.isalpha()
    return SHORTEST <= len(name) <= LONGEST and TRANSCRIBING.issuperset(name)


def _table(block: str) -> dict[str, tuple[str, ...]]:
    rows = (line.partition("\t") for line in block.split("\n") if line)
    return {outlined: tuple(names.split(" ")) for outlined, _, names in rows}


def _by(sound: Callable[[str], str], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    held: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        if len(sound(name)) > 1:
            held[sound(name)].append(name)
    return {outlined: tuple(held[outlined]) for outlined in sorted(held)}


def _alike(
    outlined: str,
    table: Mapping[str, tuple[str, ...]],
    likeness: Callable[[str], float],
) -> list[tuple[str, float]]:
    from rapidfuzz.distance import Levenshtein

    if len(outlined) < 2:
        return []
    # The outlines tell which of many names are worth a closer look.
    near = []
    for other, names in table.items():
        agree = Levenshtein.normalized_similarity(outlined, other, score_cutoff=ALIKE)
        if agree >= ALIKE:
            near += [(agree, name) for name in names]
    near.sort(key=lambda at: (-at[0], at[1]))
    found = [(name, odds) for _, name in near[:LOOKED_AT] if (odds := likeness(name)) >= ODDS]
    found.sort(key=lambda at: (-at[1], at[0]))
    best = found[0][1] if found else 0.0
    return [(name, exp(odds - best)) for name, odds in found if best - odds <= CLOSE][:SHOWN]
