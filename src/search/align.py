"""Which English belongs to which Chinese, and how sure is that?

The layout read here has the two languages of a paragraph next to each other,
or only one of them. Each pair of neighbours in different languages is
weighed, and the best set of pairs in which nobody stands twice is taken
(dynamic programming along the file, as Gale and Church 1993 do for sentences
with 1-1, 1-0 and 0-1 steps). A weight is the sum of what each piece of
evidence says for or against, in natural logarithms of odds; the confidence is
the probability that belongs to it.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis import fold
from search.analysis.english import HAN
from search.analysis.pinyin import is_reading_of
from search.model import About, Alignment, Bilingual, Doubt, Lang, Passage, Role, Transcript
from search.structure import Paragraph, is_issue, is_question, role_of_label, same_name

LOG_LENGTH_RATIO, LOG_LENGTH_SPREAD, ONE_CHARACTER_SPREAD = 1.0, 0.3, 0.7
"""Mean and deviation of log(English characters / Chinese characters), spaces aside, over
aligned subtitles, prose and sentence pairs. The shorter a text, the more one character changes:
the last is what a text of one Chinese character deviates besides."""
_ANY_SPREAD = 1.0
"""The deviation among texts that have nothing to do with each other."""

DOUBTFUL = 0.5
"""A pair that is less sure than this is reported."""

_NAMES_WITHIN = 1_000
_MOST_NAMES = 30
"""Chinese characters, and names, that are looked at to tell names by their sound."""

_NUMBER = re.compile(r"\d+(?:,\d{3})+|\d+")
_LATIN = re.compile(r"[a-z][a-z0-9+&-]*[a-z0-9+]|[a-z]\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_HAN_TEXT = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class _Pair:
    weight: float
    reason: str

    @property
    def alignment(self) -> Alignment:
        return Alignment(round(1 / (1 + math.exp(-self.weight)), 2), self.reason)


_Turn = tuple[Paragraph | None, Paragraph | None, Alignment | None]


def align(paragraphs: Sequence[Paragraph], id: str, file: str) -> Transcript:
    """The transcript of the paragraphs of a file: its passages in order, with all doubts."""
    turns = _turns(paragraphs)
    names = _names(turns)
    turns = _with_title(turns)
    about = _about(id, file, turns, names)
    questioners = _questioners(turns, names)
    passages: list[Passage] = []
    doubts: list[Doubt] = []
    seen: Counter[tuple[str | None, str | None]] = Counter()
    speaker: Bilingual | None = None
    label: str | None = None
    for position, (en, zh, alignment) in enumerate(turns):
        first = min((p for p in (en, zh) if p), key=lambda p: p.line)
        role = first.role
        if said := (zh and zh.label) or (en and en.label):
            label, speaker = said, names[said]
        talks = role is None and speaker is not None
        if role is None:
            role = _role(label, speaker, questioners)
        texts = (en.text if en else None, zh.text if zh else None)
        seen[texts] += 1
        passages.append(
            Passage(
                id=f"{id}/{_key(texts, seen[texts])}",
                transcript=id,
                position=position,
                role=role,
                speaker=speaker if talks else None,
                en=texts[0],
                zh=texts[1],
                alignment=alignment,
                line=first.line,
            )
        )
        if alignment and alignment.confidence < DOUBTFUL:
            doubts.append(Doubt(first.line, f"unsure pair ({alignment.reason})"))
    return Transcript(about, tuple(passages), (), tuple(doubts))


def weigh(en: Paragraph, zh: Paragraph) -> _Pair:
    """The evidence that two paragraphs say the same, as log odds with its reasons."""
    evidence = [
        ("", -0.5),
        _by_length(en.text, zh.text),
        _by_label(en.label, zh.label),
        _by_common("number", _numbers(en.text), _numbers(zh.text), 1.5, -0.7),
        _by_words(en.text, zh.text),
        _by_names(en.text, zh.text),
    ]
    if is_question(en.text) or is_question(zh.text):
        both = is_question(en.text) and is_question(zh.text)
        evidence.append(("both ask", 1.0) if both else ("only one asks", -1.5))
    reasons = [reason for reason, _ in evidence if reason]
    return _Pair(sum(weight for _, weight in evidence), "; ".join(reasons))


def _by_length(en: str, zh: str) -> tuple[str, float]:
    a, b = (max(1, sum(not char.isspace() for char in text)) for text in (en, zh))
    off = math.log(a / b) - LOG_LENGTH_RATIO
    spread = math.hypot(LOG_LENGTH_SPREAD, ONE_CHARACTER_SPREAD / math.sqrt(b))
    pair = -((off / spread) ** 2) / 2 - math.log(spread)
    chance = -((off / _ANY_SPREAD) ** 2) / 2 - math.log(_ANY_SPREAD)
    return f"length ratio {a / b:.1f}", max(pair - chance, -6.0)


def _by_label(en: str | None, zh: str | None) -> tuple[str, float]:
    if en is None and zh is None:
        return "", 0.0
    if en is None or zh is None:
        return "only one is labelled", -4.0
    if same_name(en, zh):
        return "same speaker", 4.0
    if role_of_label(en) and role_of_label(en) is role_of_label(zh):
        return "the same part", 2.0
    # Two names for one person, or two people: the rest has to tell.
    return "two names", -1.0


def _by_common(
    what: str, en: frozenset[str], zh: frozenset[str], each: float, lost: float
) -> tuple[str, float]:
    common = sorted(en & zh, key=lambda item: (-len(item), item))
    weight = min(each * len(common), 4.0) + max(lost * len(en ^ zh), -3.0)
    plural = "s" if len(common) > 1 else ""
    return f"{what}{plural} {', '.join(common[:3])}" if common else "", weight


def _numbers(text: str) -> frozenset[str]:
    return frozenset(found.replace(",", "") for found in _NUMBER.findall(fold(text)))


def _by_words(en: str, zh: str) -> tuple[str, float]:
    """Latin words of the Chinese text should stand in the English one, not the reverse."""
    foreign = frozenset(_LATIN.findall(fold(zh)))
    return _by_common("word", foreign & frozenset(_LATIN.findall(fold(en))), foreign, 1.0, -1.0)


def _by_names(en: str, zh: str) -> tuple[str, float]:
    # Names stand at the beginning of a paragraph as well; all of a long one would take minutes.
    han = " ".join(_HAN_TEXT.findall(zh[:_NAMES_WITHIN]))
    names = sorted(set(_CAPITALISED.findall(en[: 3 * _NAMES_WITHIN])))[:_MOST_NAMES]
    found = [name for name in names if is_reading_of(name, han)]
    return f"name {', '.join(found[:2])}" if found else "", min(3.0 * len(found), 4.0)


def _turns(paragraphs: Sequence[Paragraph]) -> list[_Turn]:
    """The paragraphs as turns of one or two sides, by the best set of neighbouring pairs."""
    # best[n]: the greatest weight of the first n paragraphs; pairs[n]: the pair it ends with.
    best = [0.0]
    pairs: list[_Pair | None] = [None]
    for at, here in enumerate(paragraphs):
        weight, pair = best[at], None
        if at and _may_pair(paragraphs[at - 1], here):
            found = weigh(*_by_language(paragraphs[at - 1], here))
            if found.weight > 0 and best[at - 1] + found.weight > weight:
                weight, pair = best[at - 1] + found.weight, found
        best.append(weight)
        pairs.append(pair)
    turns: list[_Turn] = []
    at = len(paragraphs)
    while at:
        here = paragraphs[at - 1]
        if pair := pairs[at]:
            en, zh = _by_language(paragraphs[at - 2], here)
            turns.append((en, zh, pair.alignment))
            at -= 2
            continue
        if here.twin:
            turns.append((here, here.twin, Alignment(1.0, "on one line")))
        else:
            turns.append((here, None, None) if here.lang is Lang.EN else (None, here, None))
        at -= 1
    return turns[::-1]


def _may_pair(a: Paragraph, b: Paragraph) -> bool:
    return a.lang is not b.lang and not (a.twin or b.twin or a.credit or b.credit)


def _by_language(a: Paragraph, b: Paragraph) -> tuple[Paragraph, Paragraph]:
    return (a, b) if a.lang is Lang.EN else (b, a)


def _names(turns: Iterable[_Turn]) -> Mapping[str, Bilingual]:
    """The person behind each label: labels of two languages that stand in one turn are one."""
    together: Counter[tuple[str, str]] = Counter()
    labels: dict[str, Lang] = {}
    for en, zh, _ in turns:
        for side in (en, zh):
            if side and side.label:
                labels.setdefault(side.label, side.lang)
        if en and zh and en.label and zh.label:
            together[en.label, zh.label] += 1
    names: dict[str, Bilingual] = {}
    for (en_label, zh_label), _ in together.most_common():
        if en_label not in names and zh_label not in names:
            names[en_label] = names[zh_label] = Bilingual(en_label, zh_label)
    for label, lang in labels.items():
        names.setdefault(label, Bilingual(label) if lang is Lang.EN else Bilingual(None, label))
    return names


def _questioners(turns: Iterable[_Turn], names: Mapping[str, Bilingual]) -> frozenset[Bilingual]:
    """Who asks: those whose labelled turns are questions as often as not."""
    asks: defaultdict[Bilingual, list[bool]] = defaultdict(list)
    for en, zh, _ in turns:
        side = next((side for side in (en, zh) if side and side.label), None)
        if side and side.label:
            asks[names[side.label]].append(is_question(side.text))
    return frozenset(name for name, turns_ in asks.items() if 2 * sum(turns_) >= len(turns_))


def _role(label: str | None, speaker: Bilingual | None, questioners: frozenset[Bilingual]) -> Role:
    if speaker is None or label is None:
        return Role.NARRATION
    if role := role_of_label(label):
        return role
    return Role.QUESTION if speaker in questioners else Role.ANSWER


def _with_title(turns: list[_Turn]) -> list[_Turn]:
    """Makes the title a heading: the first pair of the front matter, else its first line."""
    front: list[int] = []
    for at, (en, zh, _) in enumerate(turns):
        sides = [side for side in (en, zh) if side]
        if any(side.label for side in sides):
            break
        if all(side.role is Role.NOTE and not side.credit for side in sides) and not any(
            is_issue(side.text) for side in sides
        ):
            front.append(at)
    paired = [at for at in front if turns[at][2]]
    for at in (paired or front)[:1]:
        en, zh, alignment = turns[at]
        turns[at] = (
            replace(en, role=Role.HEADING) if en else None,
            replace(zh, role=Role.HEADING) if zh else None,
            alignment,
        )
    return turns


def _about(id: str, file: str, turns: Iterable[_Turn], names: Mapping[str, Bilingual]) -> About:
    """What the front and end matter tells."""
    title: Bilingual | None = None
    issue = source = None
    credits: list[tuple[str, str]] = []
    for en, zh, _ in turns:
        first = en or zh
        assert first is not None
        if first.role is Role.HEADING and title is None and not first.twin:
            title = Bilingual(en.text if en else None, zh.text if zh else None)
        elif first.role is Role.NOTE:
            if first.credit:
                found = _credits(first.text)
                credits += found
                source = next((text for name, text in found if _is_source(name, text)), source)
            elif issue is None and is_issue(first.text):
                issue = first.text
    speakers = tuple(dict.fromkeys(names.values()))
    return About(
        id=id,
        file=file,
        title=title or Bilingual(en=id),
        issue=issue,
        source=source,
        credits=tuple(credits),
        speakers=speakers,
    )


def _is_source(label: str, text: str) -> bool:
    return fold(label) in ("来源", "source", "原文") or "原文" in text


def _credits(text: str) -> list[tuple[str, str]]:
    """`編輯:甲   校對:乙` as pairs of label and text."""
    pairs: list[tuple[str, str]] = []
    for piece in re.split(r"\s{2,}|\t", text):
        label, colon, rest = re.sub("：", ":", piece, count=1).partition(":")
        if colon:
            pairs.append((label.strip(), rest.strip()))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {piece}".strip())
    return pairs


def _key(texts: tuple[str | None, str | None], occurrence: int) -> str:
    """Eight hexadecimal digits made from the text, and from how often it stood before."""
    seen = "\x1f".join((texts[0] or "", texts[1] or "", str(occurrence)))
    return hashlib.blake2b(seen.encode(), digest_size=4).hexdigest()
