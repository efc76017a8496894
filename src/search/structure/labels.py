"""Who speaks? A label at the beginning of a paragraph, in the forms that transcripts have.

>>> [parse(line) for line in ("王曉剛：是的。", "Ann Lee (00:12:03): Yes.", "【问】为什么？")]
... # doctest: +NORMALIZE_WHITESPACE
[Labelled(label='王曉剛', rest='是的。', time=None, bare=False),
 Labelled(label='Ann Lee', rest='Yes.', time=723.0, bare=False),
 Labelled(label='问', rest='为什么？', time=None, bare=False)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from search.analysis import fold
from search.analysis.pinyin import is_reading_of
from search.analysis.scripts import HAN
from search.model import Lang, Role
from search.structure.language import is_sentence, language

_TIME = r"[\[(（【<]?\s*(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\s*[\])）】>]?"
_BOLD = r"(?:\*\*|__)?"
_NAME = r"《[^《》]{1,40}》|[^:：《》【】\[\]*。，,.!?！？\n]{1,40}?(?:\.[^:：*\[(（\n]{1,30})?"
_COLON = re.compile(
    rf"{_BOLD}(?P<before>{_TIME}\s*)?[-–—]?\s*{_BOLD}(?P<name>{_NAME}){_BOLD}"
    rf"\s*(?P<after>{_TIME})?\s*{_BOLD}\s*(?:：|(?<!\d):|:(?!\d\d(?!\d)))(?!//)\s*{_BOLD}\s*"
)
_BRACKET = re.compile(rf"(?P<before>{_TIME}\s*)?【(?P<name>[^【】\n]{{1,40}})】\s*[:：]?\s*")
_BARE = re.compile(
    rf"{_BOLD}(?P<before>{_TIME}\s*)?{_BOLD}(?P<name>{_NAME}){_BOLD}\s*(?P<after>{_TIME})?{_BOLD}"
)
_DOTTED = re.compile(r"(?P<name>[QA问答問]\d{0,3})\s*[.．、]\s*", re.IGNORECASE)
_STAMPED = re.compile(
    rf"(?P<name>{_NAME})\s+(?P<after>[\[(（]?\d{{1,2}}:\d\d:\d\d[\])）]?)(?!\d)\s*"
)
"""A line of its own that was joined with the next one."""
_FORMS = (_COLON, _BRACKET, _DOTTED, _STAMPED)
_STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:[.,]\d{1,3})?)")
_STAMP_ALONE = re.compile(
    rf"(?P<before>(?=.*:.*:|[\[(（【<]){_TIME})(?:\s*(?:-+>?|[–—~至])\s*{_TIME})?"
)
_LONGEST = 120
"""Characters within which a label ends, its times among them."""

_EN_NAME_WORD = re.compile(r"[A-Z][\w.'’-]*")
_PARTICLES = frozenset("of de da di van von der la le bin al & and".split())
_ZH_NAME = re.compile(
    rf"《.+》|[{HAN}A-Z]{{1,8}}(?:[·•・][{HAN}]{{1,8}})*(?:[\s]?[{HAN}]{{1,6}})?\s?\d{{0,2}}"
)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_QUESTION_LABELS = frozenset(
    "q question interviewer reporter journalist host moderator 问 提问 记者 主持人 采访者".split()
)
_ANSWER_LABELS = frozenset("a answer interviewee 答 回答 受访者".split())
_LETTERS = frozenset("q a question answer 问 答 提问 回答".split())
"""Labels that say what is done, not who does it."""
_CREDIT_LABELS = frozenset(
    """editor editors author authors translator translators photo photos photographer source note
    notes proofreader copyright contact text words date place
    编辑 责编 责任编辑 主编 作者 译者 翻译 译 校对 审校 采写 整理 来源 原文 原文链接 原文地址
    注 注释 备注 文 图 撰文 摄影 图片 监制 排版 版权 联系 联系方式 日期 时间 地点""".split()
)
_SAYS = re.compile(r"(?:[^提]问|说|是|道|表示|认为|指出|回答|称|写)$|\b(?:said|says|asked|wrote)$")
_COUNTS = re.compile(
    r"第|[一二三四五六七八九十\d]|首先|其次|再次|最后|另外|此外|总之|例如|比如|结果|原因|结论|特点|问题|答案|优点|缺点|"
    r"(?:step|part|chapter|section|point|phase|stage|lesson|rule|item|example|result|reason|first|"
    r"second|third|finally|next|then|one|two|three|problem|solution|conclusion|summary)s?\b"
)
"""Words that begin the points of a list, as names do not."""
_MOST_NAME_WORDS = 5
_MOST_SPEAKERS = 100
"""Of a transcript; what comes more rarely than those is text."""
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔"
    "贺赖龚文欧司上诸"
)
"""The commonest, and the first characters of the commonest double ones."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph taken apart: who may be speaking, what is said, when in seconds.

    `bare` is a label without a colon on a line of its own, which any short line could be.
    """

    label: str
    rest: str
    time: float | None = None
    bare: bool = False


def parse(text: str) -> Labelled | None:
    """The label that a paragraph may begin with; whether it is one, `speakers` tells.

    >>> parse("[00:01:02] **Wang:** Yes."), parse("王曉剛 12:03")
    ... # doctest: +NORMALIZE_WHITESPACE
    (Labelled(label='Wang', rest='Yes.', time=62.0, bare=False),
     Labelled(label='王曉剛', rest='', time=723.0, bare=True))
    """
    head = text[:_LONGEST]
    bare = _BARE.fullmatch(text) if len(text) <= _LONGEST else None
    if bare and _seconds(bare) is not None:
        return Labelled(bare["name"].strip(), "", _seconds(bare), bare=True)
    for form in _FORMS:
        if found := form.match(head):
            return Labelled(found["name"].strip(), text[found.end() :], _seconds(found))
    return Labelled(bare["name"].strip(), "", bare=True) if bare else None


def is_bare_name(line: str) -> bool:
    """Whether a line may be the name of whoever speaks after it, with or without a time.

    >>> [is_bare_name(line) for line in ("王曉剛", "Wang Xiaogang 00:12:03", "Q", "我們有專利。")]
    [True, True, True, False]
    """
    found = parse(line)
    return bool(
        found
        and found.bare
        and _is_name(found.label)
        and (found.time is not None or _is_person(found.label))
    )


def is_credit(label: str) -> bool:
    """Whether a label names a part in making the text, as `Editor` does."""
    return fold(label) in _CREDIT_LABELS


def stamp(text: str) -> float | None:
    """The seconds of a time that stands alone on a line; an hour of the day is none.

    >>> stamp("[00:12:03]"), stamp("00:12:03 --> 00:12:08"), stamp("12:03")
    (723.0, 723.0, None)
    """
    found = _STAMP_ALONE.fullmatch(text) if len(text) <= _LONGEST else None
    return _seconds(found) if found else None


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

    >>> without_number("Q12"), without_number("问 3"), without_number("Speaker 1")
    ('Q', '问', 'Speaker 1')
    """
    return label.rstrip("0123456789 .") if is_letter(label) else label


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


def speakers(candidates: Sequence[tuple[int, Labelled]]) -> frozenset[str]:
    """The labels that name a speaker: they look like a name, and come again.

    `candidates` are the labels found by `parse`, each with the place of its
    paragraph. One that comes once in each language, in paragraphs that follow
    each other, comes again too, as does one beside the label of a known
    speaker. A shorter form of a known name is known. Any other that comes
    once is a speaker's only between turns of others, and only if it is a full
    name: `Result: …` in an answer is not one. A label without a colon has to
    stand with a time, or come again before something said, in either language.
    """
    seen = [(at, found) for at, found in candidates if _is_name(found.label)]
    # A line without a colon is no evidence by itself: a heading may come again too.
    plain = [(at, found.label) for at, found in seen if not found.bare or found.time is not None]
    counts = Counter(dict(Counter(label for _, label in plain).most_common(_MOST_SPEAKERS)))
    plain = [(at, label) for at, label in plain if label in counts]
    known = {label for label, times in counts.items() if times > 1 or role_of_label(label)}
    answered = -1
    said = {at: found.rest for at, found in seen}
    first = next((at for at, label in plain if label in known), 0)
    for (at, one), (beside, other) in pairwise(plain):
        together = beside == at + 1 and language(one) is not language(other)
        # Before the first speaker stands a title, perhaps with a colon in it.
        together &= at >= first or is_sentence(said[at])
        # What is answered already is not answered by the next paragraph too.
        if together and at != answered and (known & {one, other} or same_name(one, other)):
            known |= {one, other}
            answered = beside
    known |= {label for label in counts if any(is_short_for(label, full) for full in known)}
    between = [label in known for _, label in plain]
    if True in between:
        after = plain[between.index(True) :]
        known |= {label for _, label in after if _is_full_name(label)}
    bare = Counter(found.label for _, found in seen if found.bare).most_common(_MOST_SPEAKERS)
    people = {label: times for label, times in bare if _is_person(label)}
    known |= {label for label, times in people.items() if times > 1}
    # What stands on a line of its own in both languages is a name if it is the same in both.
    for one, other in combinations((label for label in people if label not in known), 2):
        if language(one) is not language(other) and same_name(one, other):
            known |= {one, other}
    return frozenset(known)


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


_TITLE = re.compile(r"(?:先生|女士|小姐|老师|教授|博士|医生|律师|总|董|院士|主任|老|导|工)$")
_EN_TITLES = frozenset("mr mrs ms miss dr prof professor sir madam".split())


def _unnumbered(label: str) -> str:
    return fold(label).rstrip("0123456789 .")


def _seconds(found: re.Match[str]) -> float | None:
    groups = found.groupdict()
    stamp = _STAMP.search(groups.get("before") or groups.get("after") or "")
    if not stamp:
        return None
    hours, minutes, seconds = stamp.groups()
    return 3600.0 * int(hours or 0) + 60 * int(minutes) + float(seconds.replace(",", "."))


def _is_name(label: str) -> bool:
    if role_of_label(label):
        return True
    key = fold(label)
    if not key or key in _CREDIT_LABELS or _SAYS.search(key) or _COUNTS.match(key):
        return False
    if language(label) is Lang.ZH or label.startswith("《"):
        return _ZH_NAME.fullmatch(label) is not None
    words = re.sub(r"\s\d{1,2}$", "", label).split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and bool(_EN_NAME_WORD.fullmatch(words[0]))
        and all(word in _PARTICLES or _EN_NAME_WORD.fullmatch(word) for word in words)
    )


def _is_full_name(label: str) -> bool:
    if language(label) is Lang.ZH:
        return 2 <= len(label) <= 4 and fold(label)[0] in _SURNAMES
    return len(label.split()) > 1


def _is_person(label: str) -> bool:
    """Whether a line of its own may be a person's name: stricter than before a colon."""
    if role_of_label(label):
        return True
    if language(label) is Lang.ZH:
        return _is_full_name(label) or "·" in label
    return 2 <= len(re.findall(r"\w+", label)) <= 4 or bool(re.fullmatch(r"[A-Z]{2,3}", label))
