"""Who speaks? A label at the beginning of a paragraph, in the forms that transcripts have.

>>> lines = "王曉剛：是的。", "Ann Lee (00:12:03): Yes.", "【问】为什么？"
>>> [(found.label, found.rest, found.time) for found in map(parse, lines)]
[('王曉剛', '是的。', None), ('Ann Lee', 'Yes.', 723.0), ('问', '为什么？', None)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from search.analysis.scripts import HAN
from search.structure.language import is_sentence, language, language_named
from search.structure.names import (
    in_both,
    is_full_name,
    is_letter,
    is_name,
    is_person,
    is_short_for,
    role_of_label,
    same_name,
)

_TIME = r"[\[(（【<]?\s*(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\s*[\])）】>]?"
_LATE = r"[\[(（【](?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])）】]"
_BOLD = r"(?:\*\*|__)?"
_POINT = r"(?:[●◎○◆◇■□▲△▶►★☆◉•·]\s*)?"
_NAME = (
    r"《[^《》]{1,40}》|[^:：《》【】\[\]<>*。，,.!?！？|｜\n]{1,40}?(?:\.[^:：*\[(（|｜\n]{1,30})?"
)
_ASIDE = r"(?P<aside>[(（](?!\s*\d)[^()（）:：\n]{1,60}[)）])"
_COLON = re.compile(
    rf"{_POINT}{_BOLD}(?P<before>{_TIME}\s*)?[-–—]?\s*{_BOLD}(?P<name>{_NAME})\s*{_BOLD}{_ASIDE}?{_BOLD}"
    rf"\s*(?P<after>{_TIME})?\s*{_BOLD}\s*(?:：|(?<!\d):|:(?!\d\d(?!\d)))(?!//)\s*{_BOLD}\s*"
    rf"(?P<late>{_LATE}\s*)?"
)
_BRACKET = re.compile(rf"(?P<before>{_TIME}\s*)?【(?P<name>[^【】\n]{{1,40}})】\s*[:：]?\s*")
_BARE = re.compile(
    rf"{_POINT}{_BOLD}(?P<before>{_TIME}\s*)?{_BOLD}(?P<name>{_NAME})\s*{_BOLD}{_ASIDE}?{_BOLD}"
    rf"\s*(?P<after>{_TIME})?{_BOLD}"
)
_DOTTED = re.compile(r"(?P<name>[QA问答問]\d{0,3})\s*[.．、]\s*", re.IGNORECASE)
_STAMPED = re.compile(
    rf"(?P<name>{_NAME})\s+(?P<after>[\[(（]?\d{{1,2}}:\d\d:\d\d[\])）]?)(?!\d)\s*"
)
"""A line of its own that was joined with the next one."""
_FORMS = (_COLON, _BRACKET, _DOTTED, _STAMPED)
_LOOSE_NAME = (
    rf"{_POINT}{_BOLD}(?P<before>{_TIME}\s*)?{_BOLD}(?P<name>{_NAME})\s*{_BOLD}{_ASIDE}?{_BOLD}"
)
_LOOSE = (
    re.compile(rf"{_LOOSE_NAME}(?:\s*[|｜│]\s*|\u3000+|\t\s*|\s{{2,}}|\s+[—–-]{{1,2}}\s+)(?=\S)"),
    re.compile(r"[\[〔［<](?P<name>[^\[\]〔〕［］<>:：。，,.!?！？\n]{1,40})[\]〕］>]\s*(?=\S)"),
)
"""Between a name and what is said there may be a bar, or more space than between words."""
_STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:[.,]\d{1,3})?)")
_STAMP_ALONE = re.compile(
    rf"(?P<sure>(?=[\[(（【<]|\d+:\d+:))?(?P<before>{_TIME})(?:\s*(?:-+>?|[–—~至])\s*{_TIME})?"
)
_ONE_OF = re.compile(
    rf"([^\W\d_]+(?: [^\W\d_]+)*?)(?: ?\d{{1,2}}| [A-H]|(?<=[{HAN}])[A-H甲乙丙丁戊])"
)
_PEOPLE = re.compile(r"\s*[、，,&/;；]\s*|\s+and\s+|[和与]")
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_SHORT_STAMPS = 3
_LONGEST = 120
"""Characters within which a label ends, its times among them."""
_MOST_SPEAKERS = 100
"""Of a transcript; what comes more rarely than those is text."""


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


def parse(text: str) -> Labelled | None:
    """The label that a paragraph may begin with; whether it is one, `speakers` tells.

    >>> parse("[00:01:02] **Wang:** Yes.").time, parse("王曉剛 12:03").bare
    (62.0, True)
    >>> parse("周敏（主持人）：是的。").aside, parse("周敏（Zhou Min）｜是的。").label
    ('主持人', '周敏 Zhou Min')
    """
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
        if found and (is_person(name) or language_named(name)):
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


def _is_full(label: str, short: str) -> bool:
    return is_full_name(label) and not role_of_label(short) and is_short_for(short, label)


def _numbered(labels: Iterable[str]) -> set[str]:
    """The labels of which each names one of several: `Student A`, `Student B`."""
    stems = {label: stem[1] for label in labels if (stem := _ONE_OF.fullmatch(label))}
    times = Counter(stems.values())
    return {label for label, stem in stems.items() if times[stem] > 1}


def names_people(found: Labelled) -> bool:
    """Whether a label is followed by who has that part, as `受访者：贾诚` at the head of a text is.

    >>> [names_people(found) for line in ("Host: Ann Lee", "Host: Thank you.", "Ann: Bob Lee")
    ...  if (found := parse(line))]
    [True, False, False]
    """
    if is_letter(found.label) or not role_of_label(found.label) or is_sentence(found.rest):
        return False
    people = _PEOPLE.split(_IN_BRACKETS.sub("", found.rest).strip())
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
    seen = [(at, found) for at, found in candidates if is_name(found.label)]
    # A line without a colon is no evidence by itself: a heading may come again too.
    firm = [(at, found) for at, found in seen if not found.loose]
    plain = [(at, found.label) for at, found in firm if not found.bare or found.time is not None]
    counts = Counter(dict(Counter(label for _, label in plain).most_common(_MOST_SPEAKERS)))
    plain = [(at, label) for at, label in plain if label in counts]
    known = {label for label, times in counts.items() if times > 1 or role_of_label(label)}
    answered = -1
    said = {at: found.rest for at, found in seen}
    for (at, one), (beside, other) in pairwise(plain):
        together = beside == at + 1 and language(one) is not language(other)
        # A title may have a colon too.
        says = all(
            is_sentence(said[n]) for n, label in ((at, one), (beside, other)) if label not in known
        )
        # What is answered already is not answered by the next paragraph too.
        if (
            together
            and at != answered
            and ((known & {one, other} and says) or same_name(one, other))
        ):
            known |= {one, other}
            answered = beside
    known |= {
        label
        for label in counts
        if any(is_short_for(label, other) or _is_full(label, other) for other in known)
    }
    known |= _numbered(counts)
    known |= {label for label in counts if (both := in_both(label)) and known & {both.en, both.zh}}
    between = [label in known for _, label in plain]
    if True in between:
        after = plain[between.index(True) :]
        # A title in the middle of a file may have a colon too.
        known |= {label for at, label in after if is_full_name(label) and is_sentence(said[at])}
    weak = Counter(found.label for _, found in seen if found.bare or found.loose)
    bare = weak.most_common(_MOST_SPEAKERS)
    people = {label: times for label, times in bare if is_person(label)}
    known |= {label for label, times in people.items() if times > 1}
    # What stands on a line of its own in both languages is a name if it is the same in both.
    for one, other in combinations((label for label in people if label not in known), 2):
        if language(one) is not language(other) and same_name(one, other):
            known |= {one, other}
    return frozenset(known)


def _seconds(found: re.Match[str]) -> float | None:
    groups = found.groupdict()
    stamp = _STAMP.search(groups.get("before") or groups.get("after") or groups.get("late") or "")
    if not stamp:
        return None
    hours, minutes, seconds = stamp.groups()
    return 3600.0 * int(hours or 0) + 60 * int(minutes) + float(seconds.replace(",", "."))
