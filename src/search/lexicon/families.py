"""Which English words are of one family?

Snowball takes off endings of grammar and few of those that make new words:
religion and religious, east and eastern, alumnus and alumni have stems of
their own. Two stems are related if each is the same beginning with an ending
of derivation, or with none, and if the beginning turns before it as that of a
Latin verb does.

>>> are_related("religion", "religi"), are_related("scot", "scottish"), are_related("port", "part")
(True, True, False)
>>> are_related("invad", "invas"), are_related("describ", "descript")
(True, True)
>>> related("eastern", ["ease", "east", "eastern", "eastward", "eastwood"])
['east', 'eastward']
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

SHORTEST = 4
"""Letters of the beginning that two stems share: with three, care would be of the family of car."""

_ENDINGS = frozenset(
    """a abl al an anc ant ar ari at ation ativ dom enc ent er ern ess est ful hood i ial ian ibl ic
    ical ifi ion is ish ism ist ition iti iv iz less ment n ness or ori ous ship um us
    ward y ionari ionist izat alist aliti ali istic ifica iviti ator atori""".split()
) | {"", "tish"}

_TURNS = frozenset(
    frozenset(turn.split("/"))
    for turn in """d/s t/s c/ct b/pt ib/ipt m/mpt v/ut oy/uct mit/miss iv/ept el/uls t/ss d/ss
    ifi/ific y/ic ey/edi ain/an ain/en aim/am eiv/ept""".split()
)
"""How the ends of Latin verbs turn before an ending: invade and invasion."""


def are_related(one: str, other: str) -> bool:
    """Whether two stems are of one family."""
    if one == other:
        return False
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return any(
        one[end:] in _ENDINGS and other[end:] in _ENDINGS for end in range(common, SHORTEST - 1, -1)
    ) or any(
        _turned(one[end:], other[end:]) for end in range(common, max(common - 3, SHORTEST - 1), -1)
    )


def _turned(one: str, other: str) -> bool:
    return any(
        frozenset((one[:end], other[:to])) in _TURNS
        and one[end:] in _ENDINGS
        and other[to:] in _ENDINGS
        for end in range(1, min(len(one), 3) + 1)
        for to in range(1, min(len(other), 4) + 1)
    )


def related(stem: str, stems: Sequence[str]) -> list[str]:
    """The stems of the same family among sorted ones."""
    if len(stem) < SHORTEST or not stem.isalpha():
        return []
    beginning = stem[:SHORTEST]
    found = []
    for at in range(bisect_left(stems, beginning), len(stems)):
        if not stems[at].startswith(beginning):
            break
        if are_related(stem, stems[at]):
            found.append(stems[at])
    return found
