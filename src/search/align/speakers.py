"""Which labels are one person, and who asks?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.align.matter import Turn
from search.model import Bilingual, Lang, Role
from search.structure import (
    in_both,
    is_question,
    is_short_for,
    language,
    role_of_label,
    same_name,
)

_SAID = 1_000
"""Turns that it weighs that two names are read alike, or are one label."""
_MOST = 300
"""Labels of a language among which short forms are told."""


def names(turns: Iterable[Turn]) -> Mapping[str, Bilingual]:
    """The person behind each label.

    A label that is short for just one other is that one's. Labels of two
    languages are one person's if they are one name, or stand together in
    sure turns more often than with any other. A person's name in each language is
    the longest label.
    """
    languages: dict[str, Lang] = {}
    parts: dict[str, Bilingual | None] = {}
    together: Counter[tuple[str, str]] = Counter()
    for turn in turns:
        for side in turn.sides:
            if side.label:
                both = parts.setdefault(side.label, in_both(side.label))
                if both and both.en and both.zh:
                    languages |= {both.en: Lang.EN, both.zh: Lang.ZH}
                    together[both.en, both.zh] += _SAID
                else:
                    languages.setdefault(side.label, side.lang)
        if turn.sure and turn.en and turn.zh and turn.en.label and turn.zh.label:
            one, other = parts[turn.en.label], parts[turn.zh.label]
            said = (one and one.en) or turn.en.label, (other and other.zh) or turn.zh.label
            together[said] += 1
    labels = {lang: [label for label in languages if languages[label] is lang] for lang in Lang}
    full = {label: label for label in languages}
    for own in labels.values():
        full |= {label: _full(label, own) for label in own}
    of_full: Counter[tuple[str, str]] = Counter()
    for (en, zh), times in together.items():
        # Names that are read alike belong together whatever stands beside them.
        of_full[full[en], full[zh]] += times + (_SAID if same_name(full[en], full[zh]) else 0)
    people: dict[str, Bilingual] = {}
    for (en, zh), _ in of_full.most_common():
        if en not in people and zh not in people and en != zh:
            people[en] = people[zh] = Bilingual(en, zh)
    for label in languages:
        if full[label] == label:
            # A Latin name may stand before Chinese text.
            english = language(label) is Lang.EN
            people.setdefault(label, Bilingual(label) if english else Bilingual(None, label))
    known = {label: people[full[label]] for label in languages}
    return known | {label: known[both.en] for label, both in parts.items() if both and both.en}


def questioners(turns: Iterable[Turn], names: Mapping[str, Bilingual]) -> frozenset[Bilingual]:
    """Who asks: those whose labelled turns are questions as often as not."""
    asks: defaultdict[Bilingual, list[bool]] = defaultdict(list)
    for turn in turns:
        if side := next((side for side in turn.sides if side.label), None):
            asks[names[side.label or ""]].append(is_question(side.text))
    return frozenset(name for name, turns_ in asks.items() if 2 * sum(turns_) >= len(turns_))


def role(label: str | None, speaker: Bilingual | None, questioners: frozenset[Bilingual]) -> Role:
    """The role of a turn by who speaks it."""
    if speaker is None or label is None:
        return Role.NARRATION
    if found := role_of_label(label):
        return found
    return Role.QUESTION if speaker in questioners else Role.ANSWER


def _full(label: str, own: Sequence[str]) -> str:
    """The name that a label is short for, if it is for one only."""
    if len(own) > _MOST:
        return label
    found = [other for other in own if other != label and is_short_for(label, other)]
    # Short for a short form is short for the full one.
    longest = [name for name in found if not any(is_short_for(name, other) for other in found)]
    return longest[0] if len(longest) == 1 else label
