"""Who speaks, in which language, and what is it in the interview?

From repaired blocks to paragraphs: the speaker's label is taken off, a
heading that stands in both languages on one line is divided, and what is no
part of the talk (issue, editor, source) is told from what is.

>>> blocks = [Block("王曉剛：得益於創新。", 1), Block("Wang Xiaogang: Thanks to it.", 2),
...           Block("王曉剛：是的。", 3), Block("Wang Xiaogang: Yes.", 4)]
>>> [(p.lang.value, p.label, p.text) for p in paragraphs(blocks)][:2]
[('zh', '王曉剛', '得益於創新。'), ('en', 'Wang Xiaogang', 'Thanks to it.')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.analysis import fold
from search.analysis.english import HAN
from search.analysis.pinyin import is_reading_of
from search.model import Block, Lang, Role

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(rf"[^\W\d_{HAN}]+(?:['’-][^\W\d_{HAN}]+)*")
_LABEL = re.compile(
    r"(《[^《》]{1,40}》|[^:：《》。，,.!?！？\n]{1,40}?(?:\.[^:：]{1,30})?)\s*[:：]\s*"
)
_EN_NAME_WORD = re.compile(r"[A-Z][\w.'’-]*")
_PARTICLES = frozenset("of de da di van von der la le bin al & and".split())
_ZH_NAME = re.compile(rf"《.+》|[{HAN}A-Z]{{1,8}}(?:[·•・][{HAN}]{{1,8}})*(?:[\s]?[{HAN}]{{1,6}})?")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_ONE_LINE = re.compile(
    rf"(?P<zh>[{HAN}][^A-Za-z]*?)\s+(?P<en>[A-Za-z][^{HAN}]*)"
    rf"|(?P<en2>[A-Za-z][^{HAN}]*?)\s+(?P<zh2>[{HAN}][^A-Za-z]*)"
)
_ISSUE = re.compile(
    r"\b(?:Issue|Vol(?:ume)?\.?|No\.)\s*\d+|第\s*[\d一二三四五六七八九十百]+\s*[期卷]"
)
_ENDS_SENTENCE = re.compile(r"[。.!！?？…;；][\s”’\"'）)」』》\]】]*$")
_QUESTION_LABELS = frozenset(
    "q question interviewer reporter journalist host moderator 问 提问 记者 主持人 采访者".split()
)
_ANSWER_LABELS = frozenset("a answer interviewee 答 回答 受访者".split())
_CREDIT_LABELS = frozenset(
    """editor editors author authors translator translators photo photos photographer source note
    notes proofreader copyright contact text words date place
    编辑 责编 责任编辑 主编 作者 译者 翻译 校对 审校 来源 原文 注 注释 备注 文 图 撰文
    摄影 图片 监制 排版 版权 联系 联系方式 日期 时间 地点""".split()
)
_SAYS = re.compile(r"(?:[^提]问|.说|道|表示|认为|指出|回答|称|写)$|\b(?:said|says|asked|wrote)$")
_COUNTS = re.compile(
    r"第|[一二三四五六七八九十\d]|首先|其次|再次|最后|另外|此外|总之|例如|比如|结果|原因|结论|特点|问题|答案|优点|缺点|"
    r"(?:step|part|chapter|section|point|phase|stage|lesson|rule|item|example|result|reason|first|"
    r"second|third|finally|next|then|one|two|three|problem|solution|conclusion|summary)s?\b"
)
"""Words that begin the points of a list, as names do not."""
_MOST_NAME_WORDS = 5
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔"
    "贺赖龚文欧司上诸"
)
"""The commonest, and the first characters of the commonest double ones."""
_HEADING_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language, without its label.

    `role` is set where it can be told before the languages are aligned;
    `credit` is the label of a line such as `Editor: …`.
    """

    text: str
    line: int
    lang: Lang
    label: str | None = None
    role: Role | None = None
    credit: str | None = None
    twin: Paragraph | None = None
    """The same heading in the other language, from the same line."""


def language(text: str) -> Lang:
    """The language of a text by its script: a Han character weighs as much as a Latin word.

    >>> language("《知產人物 IP PEOPLE》").value, language("Issue 1 of 人物 in print").value
    ('zh', 'en')
    """
    han = len(_HAN.findall(text))
    return Lang.ZH if han and han >= len(_LATIN_WORD.findall(text)) else Lang.EN


def is_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does.

    >>> is_sentence("“我同意。”"), is_sentence("Interview excerpts")
    (True, False)
    """
    return _ENDS_SENTENCE.search(text) is not None


def is_question(text: str) -> bool:
    """Whether the text ends with a question mark."""
    return fold(text).rstrip("\"')」』》 ").endswith("?")


def paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs of a transcript in order, front and end matter marked as notes."""
    labels = _speakers(blocks)
    body = [_paragraph(block, labels) for block in blocks]
    talk = [at for at, p in enumerate(body) if p.label]
    first = talk[0] if talk else len(body)
    for at, paragraph in enumerate(body[:first]):
        if not paragraph.role and not is_sentence(paragraph.text):
            body[at] = replace(paragraph, role=Role.NOTE)
    for at in range(len(body) - 1, max(first, 0), -1):
        if body[at].label or (not body[at].credit and is_sentence(body[at].text)):
            break
        body[at] = replace(body[at], role=Role.NOTE)
    return body


def is_issue(text: str) -> bool:
    """Whether a note names the issue of a magazine.

    >>> is_issue("《IP PEOPLE》 Issue 1"), is_issue("2021年第3期"), is_issue("The issue at hand")
    (True, True, False)
    """
    return len(text) <= _HEADING_LENGTH and _ISSUE.search(text) is not None


def role_of_label(label: str) -> Role | None:
    """What `Q:` and its like say of the role; `None` for a name."""
    key = fold(label)
    if key in _QUESTION_LABELS:
        return Role.QUESTION
    return Role.ANSWER if key in _ANSWER_LABELS else None


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


def _paragraph(block: Block, labels: frozenset[str]) -> Paragraph:
    text, line = block.text, block.line
    lang = block.lang or language(text)
    if block.label or block.role:
        return Paragraph(text, line, lang, block.label, block.role)
    found = _LABEL.match(text)
    if found and found.end() < len(text):
        label, rest = found[1].strip(), text[found.end() :]
        if label in labels:
            return Paragraph(rest, line, block.lang or language(rest), label=label)
        if fold(label) in _CREDIT_LABELS:
            return Paragraph(text, line, lang, role=Role.NOTE, credit=label)
    if len(text) <= _HEADING_LENGTH and (both := _ONE_LINE.fullmatch(text)):
        en, zh = both["en"] or both["en2"], both["zh"] or both["zh2"]
        if not is_issue(text) and not is_sentence(text):
            twin = Paragraph(zh, line, Lang.ZH, role=Role.HEADING)
            return Paragraph(en, line, Lang.EN, role=Role.HEADING, twin=twin)
    return Paragraph(text, line, lang)


def _speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """The labels that name a speaker: they look like a name, and come again.

    One that comes once in each language, in paragraphs that follow each other,
    comes again too, as does one beside the label of a known speaker. Any other
    that comes once is a speaker's only between turns of others, and only if it
    is a full name: `Result: …` in an answer is not one.
    """
    seen: list[tuple[int, str]] = []
    for at, block in enumerate(blocks):
        found = _LABEL.match(block.text)
        if found and found.end() < len(block.text) and _is_name(found[1].strip()):
            seen.append((at, found[1].strip()))
    counts = Counter(label for _, label in seen)
    known = {label for label, times in counts.items() if times > 1 or role_of_label(label)}
    for (at, one), (beside, other) in pairwise(seen):
        together = beside == at + 1 and language(one) is not language(other)
        if together and (known & {one, other} or same_name(one, other)):
            known |= {one, other}
    between = [label in known for _, label in seen]
    if True not in between:
        return frozenset()
    after = seen[between.index(True) :]
    return frozenset(known | {label for _, label in after if _is_full_name(label)})


def _is_name(label: str) -> bool:
    key = fold(label)
    if key in _CREDIT_LABELS or _SAYS.search(key) or _COUNTS.match(key):
        return False
    if role_of_label(label):
        return True
    if language(label) is Lang.ZH or label.startswith("《"):
        return _ZH_NAME.fullmatch(label) is not None
    words = label.split()
    return (
        len(words) <= _MOST_NAME_WORDS
        and bool(_EN_NAME_WORD.fullmatch(words[0]))
        and all(word in _PARTICLES or _EN_NAME_WORD.fullmatch(word) for word in words)
    )


def _is_full_name(label: str) -> bool:
    if language(label) is Lang.ZH:
        return 2 <= len(label) <= 4 and fold(label)[0] in _SURNAMES
    return len(label.split()) > 1
