"""Which labels name a part in making a text, and not who speaks in it?"""

from __future__ import annotations

import re

from search.analysis import fold

_CREDITS = frozenset(
    """editor editors author authors translator translators photo photos photographer source note
    notes proofreader copyright contact text words date place time location venue duration by
    编辑 责编 责任编辑 主编 作者 译者 翻译 译 校对 审校 采写 整理 来源 原文 原文链接 原文地址 链接
    注 注释 备注 文 图 撰文 摄影 图片 监制 排版 版权 联系 联系方式""".split()
)
_FORMS = re.compile(
    r"(?:采访|访谈|录音|录制|整理|拍摄|发布|发表)?(?:时间|日期|地点|时长)|(?:文字|录音|采访)?(?:整理|记录|听写|转写)者?|"
    r"(?:interviewed|recorded|transcribed|translated|edited|photographed|written)"
    r"(?: (?:by|on|at|in))?|"
    r"(?:date|place|time|location) of (?:the )?interview|interview (?:date|place|time|location)"
)


def is_credit(label: str) -> bool:
    """Whether a label names a part in making the text, or when and where it was made.

    >>> is_credit("Editor"), is_credit("采访时间"), is_credit("Wang")
    (True, True, False)
    """
    folded = fold(label).strip()
    return folded in _CREDITS or _FORMS.fullmatch(folded) is not None
