"""Which labels name a speaker?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, permutations

from search.analysis import fold
from search.analysis.scripts import HAN
from search.structure.labels import Labelled
from search.structure.language import is_sentence, language
from search.structure.names import (
    in_both,
    is_full_name,
    is_name,
    is_person,
    is_short_for,
    role_of_label,
    same_name,
)

_MOST = 100
"""Of a transcript; what comes more rarely than those is text."""
_ONE_OF = re.compile(
    rf"(?P<who>[^\W\d_]+(?: [^\W\d_]+)*?)(?: ?\d{{1,2}}| [a-h]|(?<=[{HAN}])[a-h甲乙丙丁戊])"
)
_PEOPLE = frozenset(
    """speaker student guest panelist participant respondent interviewee interviewer reporter caller
    listener reader resident worker teacher parent audience member man woman voice
    男 女 学生 同学 观众 听众 读者 网友 嘉宾 记者 与会者 参会者 发言人 说话人 受访者 提问者
    居民 村民 工人 老师 家长 员工""".split()
)
"""Who is told from others of the kind by a number or a letter."""

Placed = Sequence[tuple[int, Labelled]]
"""Labels found by `parse`, each with the place of its paragraph."""


def speakers(candidates: Placed) -> frozenset[str]:
    """The labels that name a speaker: they look like a name, and come again.

    One that comes once in each language, in paragraphs that follow each other,
    comes again too, as does one beside the label of a known speaker, and a
    name with a shorter form of it. Any other that comes once is a speaker's
    only between turns of others, if it is a full name and a sentence follows:
    `Result: …` in an answer is not one. A label without a colon has to stand
    with a time, or come again before something said, in either language.
    """
    names = {label for label in {found.label for _, found in candidates} if is_name(label)}
    seen = [(at, found) for at, found in candidates if found.label in names]
    # A line without a colon is no evidence by itself: a heading may come again too.
    plain = [(at, found) for at, found in seen if _is_firm(found)]
    counts = Counter(dict(Counter(found.label for _, found in plain).most_common(_MOST)))
    plain = [(at, found) for at, found in plain if found.label in counts]
    known = {label for label, times in counts.items() if times > 1 or role_of_label(label)}
    known |= _numbered(counts)
    known |= _beside(plain, known)
    known |= _one_name(label for label in counts if label not in known)
    known |= _shortened(counts, known)
    known |= {label for label in counts if (both := in_both(label)) and known & {both.en, both.zh}}
    between = [found.label in known for _, found in plain]
    if True in between:
        after = [found for _, found in plain[between.index(True) :]]
        # A title in the middle of a file may have a colon too.
        known |= {f.label for f in after if is_full_name(f.label) and is_sentence(f.rest)}
    return frozenset(known | _alone(seen))


def bylines(candidates: Placed) -> frozenset[str]:
    """The names that stand once on a line of their own where those who speak have a colon."""
    firm = {found.label for _, found in candidates if _is_firm(found)}
    alone = Counter(found.label for _, found in candidates if found.bare and found.time is None)
    return frozenset(label for label, times in alone.items() if times == 1 and label in firm)


def _is_firm(found: Labelled) -> bool:
    return not found.loose and (not found.bare or found.time is not None)


def _beside(plain: Placed, known: set[str]) -> set[str]:
    """Labels that follow each other in both languages, if one is known or they are one name."""
    out: set[str] = set()
    answered = -1
    for (at, one), (beside, other) in pairwise(plain):
        # What is answered already is not answered by the next paragraph too.
        if beside != at + 1 or at == answered or language(one.label) is language(other.label):
            continue
        lone = [found for found in (one, other) if found.label not in known | out]
        # A title may have a colon too; and what is known by neither may be a pair of its own.
        says = len(lone) < 2 and all(is_sentence(found.rest) for found in lone)
        if says or same_name(one.label, other.label):
            out |= {one.label, other.label}
            answered = beside
        elif len(lone) == 2:
            answered = beside
    return out


def _one_name(labels: Iterable[str]) -> set[str]:
    """The labels of people that are one name in two languages, wherever they stand."""
    pairs = combinations(filter(is_person, labels), 2)
    return {
        label
        for pair in pairs
        if language(pair[0]) is not language(pair[1]) and same_name(*pair)
        for label in pair
    }


def _shortened(counts: Iterable[str], known: set[str]) -> set[str]:
    """Shorter forms of names that are known, and names of which a shorter form comes too."""
    out: set[str] = set()
    for label, other in permutations(counts, 2):
        if not role_of_label(label) and is_short_for(label, other):
            if other in known:
                out.add(label)
            elif is_full_name(other):
                out |= {label, other}
    return out


def _numbered(labels: Iterable[str]) -> set[str]:
    """The labels of which each names one of several: `Student A`, `Student B`."""
    found = {label: _ONE_OF.fullmatch(fold(label)) for label in labels}
    return {label for label, one in found.items() if one and one["who"].split()[-1] in _PEOPLE}


def _alone(seen: Placed) -> set[str]:
    """The people who are named without a colon again and again, and who takes turns with them."""
    bare = Counter(found.label for _, found in seen if found.bare or found.loose).most_common(_MOST)
    people = {label: times for label, times in bare if is_person(label)}
    known = {label for label, times in people.items() if times > 1}
    # What stands on a line of its own in both languages is a name if it is the same in both.
    known |= _one_name(label for label in people if label not in known)
    often = max((people[label] for label in known), default=0)
    if often > 1:
        lines = Counter(found.label for _, found in seen if found.bare)
        known |= {label for label, times in lines.items() if times > 1 and 2 * times >= often}
    return known
