"""Who speaks? A label at the beginning of a paragraph, in the forms that transcripts have.

>>> lines = "王曉剛：是的。", "Ann Lee (00:12:03): Yes.", "【问】为什么？"
>>> [(found.label, found.rest, found.time) for found in map(parse, lines)]
[('王曉剛', '是的。', None), ('Ann Lee', 'Yes.', 723.0), ('问', '为什么？', None)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.structure.credits import is_credit, is_part
from search.structure.language import is_sentence, language_named
from search.structure.names import (
    in_both,
    is_letter,
    is_name,
    is_person,
    role_of_label,
)

# No two parts that follow each other may match the same space: `\s*+` gives none back.
_TIME = r"[\[(（【<]?\s*+(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:\s?[\])）】>])?"
_LATE = r"[\[(（【](?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])）】]"
_BOLD = r"(?:\*\*|__)?"
_NAME = (
    r"(?P<name>(?!\s)(?:《[^《》]{1,40}》|"
    r"[^:：《》【】\[\]<>*。，,.!?！？|｜丨\n]{1,40}?(?:\.[^:：*\[(（|｜丨\n]{1,30})?)(?<!\s))"
)
_ASIDE = r"(?:\s?(?P<aside>[(（](?!\s*\d)[^()（）:：\n]{1,60}[)）]))?"
_BEGIN = (
    rf"(?:[●◎○◆◇■□▲△▶►★☆◉•·]\s*+)?{_BOLD}(?P<before>{_TIME})?\s*+[-–—]?\s*+{_BOLD}"
    rf"{_NAME}{_BOLD}{_ASIDE}{_BOLD}"
)
_COLON = re.compile(
    rf"{_BEGIN}\s*+(?P<after>{_TIME})?\s*+{_BOLD}\s*+(?:：|(?<!\d):|:(?!\d\d(?!\d)))(?!//)"
    rf"\s*+{_BOLD}\s*+(?:(?P<late>{_LATE})\s*+)?"
)
_BRACKET = re.compile(rf"(?P<before>{_TIME})?\s*+【(?P<name>[^【】\n]{{1,40}})】\s*+[:：]?\s*+")
_BARE = re.compile(rf"{_BEGIN}\s*+(?P<after>{_TIME})?\s*+{_BOLD}")
_DOTTED = re.compile(r"(?P<name>[QA问答問]\d{0,3})\s*+[.．、]\s*+", re.IGNORECASE)
_STAMPED = re.compile(rf"{_NAME}\s++(?P<after>[\[(（]?\d{{1,2}}:\d\d:\d\d[\])）]?)(?!\d)\s*+")
"""A line of its own that was joined with the next one."""
_FORMS = (_COLON, _BRACKET, _DOTTED, _STAMPED)
_LOOSE = (
    re.compile(rf"{_BEGIN}(?:\s*+[|｜│丨]\s*+|\u3000\s*+|\t\s*+|\s{{2,}}+)(?=\S)"),
    re.compile(r"(?P<name>[^\W\d_]{1,8})\s*+[/／]\s*+(?=\S)"),
    re.compile(r"[\[〔［<](?P<name>[^\[\]〔〕［］<>:：。，,.!?！？\n]{1,40})[\]〕］>]\s*+(?=\S)"),
)
"""Between a name and what is said there may be a bar, or more space than between words."""
_STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:[.,]\d{1,3})?)")
_STAMP_ALONE = re.compile(
    rf"(?P<sure>(?=[\[(（【<]|\d+:\d+:))?(?P<before>{_TIME})(?:\s*+(?:-+>?|[–—~至])\s*+{_TIME})?"
)
_GAP = re.compile(r"[\t\u3000]+|\s{2,}")
"""Between several parts on one line."""
_PEOPLE = re.compile(r"\s?[、，,&/;；]\s*|\sand\s|[和与]")
_IN_BRACKETS = re.compile(r"\s?[(（][^()（）]*[)）]")
_SHORT_STAMPS = 3
_LONGEST = 120
"""Characters within which a label ends, its times among them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph taken apart: who may be speaking, what is said, when in seconds.

    `bare` is a label on a line of its own without a colon, which any short line
    could be, and `loose` one that only space, a bar or a bracket ends; `aside`
    is what is said of the person in brackets.
    """

    label: str
    rest: str
    time: float | None = None
    bare: bool = False
    loose: bool = False
    aside: str | None = None


@lru_cache(maxsize=1_000)
def parse(text: str) -> Labelled | None:
    """The label that a paragraph may begin with; whether it is one, `speakers` tells.

    >>> parse("[00:01:02] **Wang:** Yes.").time, parse("王曉剛 12:03").bare
    (62.0, True)
    >>> parse("周敏（主持人）：是的。").aside, parse("周敏（Zhou Min）｜是的。").label
    ('主持人', '周敏 Zhou Min')
    """
    # Asked of a text by one room after another.
    head = text[:_LONGEST]
    bare = _BARE.fullmatch(text) if len(text) <= _LONGEST else None
    if bare and _seconds(bare) is not None:
        return _labelled(bare, "", bare=True)
    for form in _FORMS:
        if found := form.match(head):
            return _labelled(found, text[found.end() :])
    for form in _LOOSE:
        found = form.match(head)
        name = found["name"].strip() if found else ""
        if found and (is_person(name) or is_credit(name) or language_named(name)):
            return _labelled(found, text[found.end() :], loose=True)
    return _labelled(bare, "", bare=True) if bare else None


def _labelled(found: re.Match[str], rest: str, bare: bool = False, loose: bool = False) -> Labelled:
    label, aside = found["name"].strip(), (found.groupdict().get("aside") or "")[1:-1].strip()
    if aside and in_both(f"{label} {aside}"):
        label, aside = f"{label} {aside}", ""
    return Labelled(label, rest, _seconds(found), bare, loose, aside or None)


def is_bare_name(line: str) -> bool:
    """Whether a line may be the name of whoever speaks after it, with or without a time.

    >>> [is_bare_name(line) for line in ("王曉剛", "Wang Xiaogang 00:12:03", "Q", "我們有專利。")]
    [True, True, True, False]
    """
    found = parse(line)
    return bool(
        found
        and found.bare
        and is_name(found.label)
        and (found.time is not None or is_person(found.label))
    )


def names_people(found: Labelled) -> bool:
    """Whether a label is followed by who has that part, as `受访者：贾诚` at the head of a text is.

    >>> [names_people(found) for line in ("Host: Ann Lee", "Host: Thank you.", "Ann: Bob Lee")
    ...  if (found := parse(line))]
    [True, False, False]
    """
    part = is_part(found.label) or (role_of_label(found.label) and not is_letter(found.label))
    if not part or is_sentence(found.rest):
        return False
    first, *others = _GAP.split(found.rest.strip())
    for other in map(parse, others):
        if other is None or not (is_credit(other.label) or names_people(other)):
            return False
    people = _PEOPLE.split(_IN_BRACKETS.sub("", first).strip())
    return all(is_name(name) and is_person(name) and not role_of_label(name) for name in people)


def stamps(texts: Iterable[str]) -> list[float | None]:
    """The seconds of each time that stands alone on a line; an hour of the day is none.

    Minutes and seconds alone are a time where several go forward from one to the next.

    >>> stamps(["[00:12:03]", "00:12:03 --> 00:12:08", "12:03", "12:03."])
    [723.0, 723.0, None, None]
    >>> stamps(["0:00", "0:05", "0:12"])
    [0.0, 5.0, 12.0]
    """
    found = [_STAMP_ALONE.fullmatch(text) if len(text) <= _LONGEST else None for text in texts]
    times = [_seconds(each) if each else None for each in found]
    short = [time for each, time in zip(found, times, strict=True) if each and each["sure"] is None]
    if len(short) >= _SHORT_STAMPS and short == sorted(short, key=lambda time: time or 0.0):
        return times
    return [
        time if each and each["sure"] is not None else None
        for each, time in zip(found, times, strict=True)
    ]


def _seconds(found: re.Match[str]) -> float | None:
    groups = found.groupdict()
    stamp = _STAMP.search(groups.get("before") or groups.get("after") or groups.get("late") or "")
    if not stamp:
        return None
    hours, minutes, seconds = stamp.groups()
    return 3600.0 * int(hours or 0) + 60 * int(minutes) + float(seconds.replace(",", "."))
