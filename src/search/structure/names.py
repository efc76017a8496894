"""Is this a name, and are two names one person's? Told from the names alone."""

from __future__ import annotations

import re

from search.analysis import fold
from search.analysis.pinyin import is_reading_of
from search.analysis.scripts import HAN
from search.model import Bilingual, Lang, Role
from search.structure.credits import is_credit
from search.structure.language import language

_EN_NAME_WORD = re.compile(r"[A-Z][\w.'’-]*")
_TITLE_WORDS = frozenset("of and &".split())
_PARTICLES = frozenset("of de da di van von der la le bin al & and".split())
_ZH_NAME = re.compile(
    rf"《.+》|[{HAN}A-Z]{{1,8}}(?:[·•・][{HAN}]{{1,8}})*(?:[\s]?[{HAN}]{{1,6}})?\s?\d{{0,2}}"
)
_EN_PART = r"[A-Z][a-z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}"
_ZH_PART = rf"[{HAN}·•]{{1,8}}"
_OR = r"(?:\s*[/／|｜,，]\s*|\s+)"
_IN_BOTH = re.compile(
    rf"(?P<zh>{_ZH_PART}){_OR}(?P<en>{_EN_PART})|(?P<first>{_EN_PART}){_OR}(?P<second>{_ZH_PART})"
)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_QUESTION_LABELS = frozenset(
    """q question interviewer reporter journalist host moderator 问 提问 记者 主持人 主持
    采访者 采访人 访问者 访谈者 提问者""".split()
)
_ANSWER_LABELS = frozenset(
    """a answer interviewee respondent guest 答 回答 受访者 受访人 被采访者 被采访人 被访者
    嘉宾""".split()
)
_LETTERS = frozenset("q a question answer 问 答 提问 回答".split())
"""Labels that say what is done, not who does it."""
_SAYS = re.compile(r"(?:[^提]问|说|是|道|表示|认为|指出|回答|称|写)$|\b(?:said|says|asked|wrote)$")
_COUNTS = re.compile(
    r"第|[一二三四五六七八九十\d]|导语|引言|前言|摘要|关键词|编者按|[图表]\s?\d|附件|方案|案例|"
    r"首先|其次|再次|最后|另外|此外|总之|例如|比如|结果|原因|结论|特点|问题|答案|优点|缺点|"
    r"(?:step|part|chapter|section|point|phase|stage|lesson|rule|item|example|result|reason|first|"
    r"second|third|finally|next|then|one|two|three|problem|solution|conclusion|summary|"
    r"introduction|abstract|keyword|foreword|preface)s?\b|"
    r"(?:figure|fig\.?|table|tape|side|track|session|reel|day|option|plan|case|tip|note) "
    r"(?:\d|[a-h]\b|one\b|two\b)"
)
"""Words that begin the points of a list, as names do not."""
_STAGE = re.compile(
    r"laugh|applau|music|silence|pause|cross-? ?talk|audible|笑|掌声|音乐|鼓掌|沉默|停顿|听不清"
)
"""What is heard, and who is not: notes in brackets that come again."""
_SOMEBODY = re.compile(
    r"(?:audience|unidentified|unknown|male|female)(?: (?:member|speaker|voice|man|woman))?"
    r"(?: \d{1,2})?"
)
_TITLE = re.compile(r"(?:先生|女士|小姐|老师|教授|博士|医生|律师|总|董|院士|主任|老|导|工)$")
_EN_TITLES = frozenset("mr mrs ms miss dr prof professor sir madam".split())
_MOST_NAME_WORDS = 5
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔"
    "贺赖龚文欧司上诸饶符詹骆阮倪聂焦柳邢岳梅颜翟耿樊鲍兰褚霍柯涂卓屈凌庄苗喻冉窦佟裴席卜滕艾"
)
"""The commonest, and the first characters of the commonest double ones."""


def role_of_label(label: str) -> Role | None:
    """What `Q:` and its like say of the role; `None` for a name.

    >>> role_of_label("Q1").value, role_of_label("答").value, role_of_label("Wang")
    ('question', 'answer', None)
    """
    key = _unnumbered(label)
    if key in _QUESTION_LABELS:
        return Role.QUESTION
    return Role.ANSWER if key in _ANSWER_LABELS else None


def is_letter(label: str) -> bool:
    """Whether a label is the letter of a question or an answer, and names nobody."""
    return _unnumbered(label) in _LETTERS


def without_number(label: str) -> str:
    """The letter of a numbered question or answer; any other label as it is.

    >>> [without_number(label) for label in ("Q12", "问 3", "Ｑ１", "Speaker 1")]
    ['Q', '问', 'Ｑ', 'Speaker 1']
    """
    return label[: len(_unnumbered(label))] if is_letter(label) else label


def in_both(label: str) -> Bilingual | None:
    """The name in each language, where a label has both.

    >>> in_both("周敏 Zhou Min"), in_both("Zhou Min / 周敏").zh, in_both("AI 公司")
    (Bilingual(en='Zhou Min', zh='周敏'), '周敏', None)
    """
    found = _IN_BOTH.fullmatch(label)
    return (
        Bilingual(found["en"] or found["first"], found["zh"] or found["second"]) if found else None
    )


def same_name(one: str, other: str) -> bool:
    """Whether two labels in different languages are one name: the same, or its pinyin.

    >>> same_name("Wang Xiaogang", "王曉剛"), same_name("《IP PEOPLE》", "IP PEOPLE")
    (True, True)
    """
    en, zh = (one, other) if language(other) is Lang.ZH else (other, one)
    words = [re.sub(r"[\W_]", "", word) for word in fold(en).split()]
    # The family name comes first in Chinese, and last in much English.
    spelt = {"".join(words), "".join(words[-1:] + words[:-1])}
    letters = re.sub(r"[\W_]", "", fold(zh))
    return letters in spelt or any(
        is_reading_of(word, zh) for word in (*spelt, *_CAPITALISED.findall(en)) if word
    )


def is_short_for(short: str, full: str) -> bool:
    """Whether a label is a shorter form of a name in the same language.

    >>> [is_short_for(short, "Wang Xiaogang") for short in ("Wang", "Xiaogang", "WX", "Dr. Wang")]
    [True, True, True, True]
    >>> [is_short_for(short, "王曉剛") for short in ("王", "曉剛", "王总", "李")]
    [True, True, True, False]
    """
    a, b = fold(short), fold(full)
    if a == b or (language(short) is not language(full) and not short.isascii()):
        return False
    if language(full) is Lang.ZH:
        b = re.sub(r"[\W_]", "", b)
        titled = len(a) > 1 and _TITLE.sub("", a)
        return (len(a) < len(b) and (b.startswith(a) or b.endswith(a))) or titled == b[:1]
    words = re.findall(r"\w+", b)
    parts = [part for part in re.findall(r"\w+", a) if part not in _EN_TITLES]
    letters = "".join(parts)
    initials = "".join(word[0] for word in words)
    if 1 < len(letters) == len(words) and letters in (initials, initials[-1] + initials[:-1]):
        return len(parts) == 1 or all(len(part) == 1 for part in parts)
    return 0 < len(parts) < len(words) + (a != letters) and set(parts) <= set(words)


def is_name(label: str) -> bool:
    """Whether a label before a colon may be a name, or the part of who speaks.

    >>> [is_name(label) for label in ("王曉剛", "Wang Xiaogang", "Q1", "第一点", "Editor")]
    [True, True, True, False, False]
    """
    if role_of_label(label):
        return True
    if both := in_both(label):
        return is_name(both.en or "") and is_name(both.zh or "")
    key = fold(label)
    if not key or is_credit(key) or _STAGE.search(key) or _SAYS.search(key) or _COUNTS.match(key):
        return False
    if language(label) is Lang.ZH or label.startswith("《"):
        return _ZH_NAME.fullmatch(label) is not None
    if _SOMEBODY.fullmatch(key):
        return True
    words = re.sub(r"\s\d{1,2}$", "", label).split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and bool(_EN_NAME_WORD.fullmatch(words[0]))
        and all(word in _PARTICLES or _EN_NAME_WORD.fullmatch(word) for word in words)
    )


def is_full_name(label: str) -> bool:
    """Whether a name has a family name and a given one.

    >>> is_full_name("Wang Xiaogang"), is_full_name("王曉剛"), is_full_name("Wang")
    (True, True, False)
    """
    if language(label) is Lang.ZH:
        return "·" in label or (2 <= len(label) <= 4 and fold(label)[0] in _SURNAMES)
    return 1 < len(label.split()) and _TITLE_WORDS.isdisjoint(label.split())


def is_person(label: str) -> bool:
    """Whether a line of its own may be a person's name: stricter than before a colon."""
    if both := in_both(label):
        return is_person(both.en or "") or is_person(both.zh or "")
    if role_of_label(label):
        return True
    if language(label) is Lang.ZH:
        return is_full_name(label) or fold(label) in _SURNAMES
    return 2 <= len(re.findall(r"\w+", label)) <= 4 or bool(re.fullmatch(r"[A-Z]{2,15}", label))


def _unnumbered(label: str) -> str:
    return fold(label).rstrip("0123456789 .")
