"""Which labels name a part in making a text, and not who speaks in it?"""

from __future__ import annotations

import re

from search.analysis import fold

_CREDITS = frozenset(
    """editor editors author authors translator translators photo photos photographer source note
    notes proofreader copyright contact text words date place time location venue duration by
    transcriber transcribers
    编辑 责编 责任编辑 主编 作者 译者 翻译 译 校对 审校 采访 采写 撰稿 编译 策划 设计 制作 视频 供图
    图源 审核 整理 来源 原文 原文链接 原文地址 链接
    注 注释 备注 文 图 撰文 摄影 图片 监制 排版 版权 联系 联系方式""".split()
)
_FORMS = re.compile(
    r"(?:采访|访谈|录音|录制|整理|拍摄|发布|发表)?(?:时间|日期|地点|时长)|(?:文字|录音|采访)?(?:整理|记录|听写|转写)者?|"
    r"(?:interviewed|recorded|transcribed|translated|edited|photographed|written)"
    r"(?: (?:by|on|at|in))?|"
    r"(?:date|place|time|location) of (?:the )?interview|interview (?:date|place|time|location)"
)
_LONGEST = 200
"""Characters of a line that says so."""
_PARTS = frozenset(
    """narrator speaker speakers participants guests hosts moderators
    访问 访谈 受访 口述 口述者 口述人 主讲 主讲人 与谈人 被访人""".split()
)
_COLOPHON = re.compile(
    r"[(（【\[]?(?:本文|本访谈|原文|原载|©|\(c\)|copyright\b|all rights reserved|版权|著作权|"
    r"(?:originally |first )?(?:translated|published|edited|transcribed|reprinted) "
    r"(?:by|from|in)\b|"
    r"this (?:interview|article|conversation|transcript|text) (?:was|has been|is)\b)"
)


def is_part(label: str) -> bool:
    """Whether a label names a part in a talk, as a list of those who took part has it."""
    return fold(label).strip() in _PARTS


def is_colophon(text: str) -> bool:
    """Whether a line says how the text came about, and is none of it.

    >>> is_colophon("本文由王一凡翻译。"), is_colophon("(Translated by Wang Yifan)")
    (True, True)
    """
    return len(text) <= _LONGEST and _COLOPHON.match(fold(text)) is not None


def is_credit(label: str) -> bool:
    """Whether a label names a part in making the text, or when and where it was made.

    >>> is_credit("Editor"), is_credit("采访时间"), is_credit("Wang")
    (True, True, False)
    """
    folded = fold(label).strip()
    return folded in _CREDITS or _FORMS.fullmatch(folded) is not None
