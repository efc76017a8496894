"""What does the author say of the transcript? Front matter and sidecars.

Front matter stands at the head of a text between two lines `---` (YAML) or
`+++` (TOML); a sidecar is a TOML file beside the transcript. Both have the
same keys. What is wrong with one key costs none of the others.

>>> front = FrontMatter.of("---\\ntitle: 對話王曉剛\\ndate: 2021-3-5\\nmood: good\\n---\\n你好")
>>> front.metadata.title.zh, front.metadata.date, front.lines
('對話王曉剛', '2021-03-05', 5)
>>> front.doubts[0].line, front.doubts[0].what
(4, 'no such key: mood (there are title, date, issue, source, speakers); left out: good')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from search.formats.entries import Entry, shortened, toml, yaml
from search.model import Bilingual, Doubt, Role
from search.structure import language

LARGEST = 64 * 1024
"""Characters. Longer front matter is text, and a longer sidecar is refused."""

KEYS = ("title", "date", "issue", "source", "speakers")
_SPEAKER_KEYS = ("en", "zh", "aliases", "role")

_FRONT = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<inside>(?:.*\n)*?)(?P<end>(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)"
)
_DATE = re.compile(
    r"(?P<y>\d{4})(?:[-/.年]\s*(?P<m>\d{1,2})(?:[-/.月]\s*(?P<d>\d{1,2})日?)?月?)?年?"
    r"(?:[T\s(（].*)?"
)
_MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_ENGLISH_DATE = re.compile(
    rf"(?:[a-z]{{3,9}},\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?"
    r"(?:\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<y>\d{4})(?:[\s(].*)?",
    re.I,
)
_BETWEEN = re.compile(r"\s+[/|]\s+|\s*[／｜]\s*")
"""What stands between the same in two languages."""
_LONGEST = 1_000
"""Characters of one value."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person with a name in each language, the other labels he has, and his part."""

    name: Bilingual
    aliases: tuple[str, ...] = ()
    role: Role | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """All that he may be called before a colon."""
        return tuple(label for label in (self.name.en, self.name.zh, *self.aliases) if label)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of a transcript; what is not said is empty."""

    title: Bilingual = field(default_factory=Bilingual)
    date: str | None = None
    """ISO 8601: a day, a month (`2021-03`) or a year."""
    issue: str | None = None
    source: str | None = None
    speakers: tuple[Speaker, ...] = ()

    def over(self, other: Metadata) -> Metadata:
        """This, and from the other what this does not say."""
        return Metadata(
            title=Bilingual(self.title.en or other.title.en, self.title.zh or other.title.zh),
            date=self.date or other.date,
            issue=self.issue or other.issue,
            source=self.source or other.source,
            speakers=self.speakers or other.speakers,
        )


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a text, how many lines it takes, and what is wrong with it."""

    metadata: Metadata = field(default_factory=Metadata)
    lines: int = 0
    doubts: tuple[Doubt, ...] = ()

    @classmethod
    def of(cls, text: str) -> FrontMatter:
        """That of a text with `\\n` between its lines; none where no key is known."""
        # A rule at the head of a text is no front matter, whatever stands below it.
        found = _FRONT.match(text[: LARGEST + 16])
        if not found:
            return cls()
        read = yaml if found["mark"] == "---" else toml
        entries = list(read(found["inside"], 2))
        if not any(entry.key in KEYS for entry in entries):
            return cls()
        metadata, doubts = _metadata(entries)
        return cls(metadata, found[0].rstrip("\n").count("\n") + 1, doubts)


def sidecar(text: str) -> tuple[Metadata, tuple[Doubt, ...]]:
    """What a sidecar says, and what is wrong with it, by its lines."""
    return _metadata(toml(text, 1))


class _Wrong(Exception):
    """Why a value is none that its key can have."""


def _metadata(entries: Iterable[Entry]) -> tuple[Metadata, tuple[Doubt, ...]]:
    metadata = Metadata()
    doubts: list[Doubt] = []
    for entry in entries:
        if entry.problem:
            doubts.append(Doubt(entry.line, f"{entry.key or 'front matter'}: {entry.problem}"))
        elif entry.key not in KEYS:
            known = ", ".join(KEYS)
            what = f"no such key: {entry.key} (there are {known}); left out: "
            doubts.append(Doubt(entry.line, what + shortened(entry.value)))
        else:
            try:
                metadata = _with(metadata, entry, doubts)
            except _Wrong as wrong:
                doubts.append(Doubt(entry.line, f"{entry.key}: {wrong}"))
    return metadata, tuple(doubts)


def _with(metadata: Metadata, entry: Entry, doubts: list[Doubt]) -> Metadata:
    """The metadata with one entry more; raises `_Wrong`."""
    value = entry.value
    if value is None or value == "":
        return metadata
    match entry.key:
        case "title":
            return replace(metadata, title=_bilingual(value))
        case "date":
            return replace(metadata, date=_date(value))
        case "issue":
            return replace(metadata, issue=_text(value))
        case "source":
            return replace(metadata, source=_text(value))
        case _:
            return replace(metadata, speakers=_speakers(value, entry.line, doubts))


def _speakers(value: Any, line: int, doubts: list[Doubt]) -> tuple[Speaker, ...]:
    """People as a list, or as a table from a label to the person."""
    if isinstance(value, Mapping):
        people: list[tuple[Any, tuple[str, ...]]] = [(p, (str(n),)) for n, p in value.items()]
    elif isinstance(value, list):
        people = [(person, ()) for person in value]
    else:
        raise _Wrong(f"not a list: {shortened(value)}")
    speakers: list[Speaker] = []
    for person, labels in people:
        try:
            speakers.append(_speaker(person, labels, line, doubts))
        except _Wrong as wrong:
            doubts.append(Doubt(line, f"speakers: {wrong}"))
    return tuple(speakers)


def _speaker(person: Any, labels: tuple[str, ...], line: int, doubts: list[Doubt]) -> Speaker:
    if not isinstance(person, Mapping):
        return Speaker(_bilingual(person), labels)
    name = _bilingual({key: person[key] for key in ("en", "zh") if key in person})
    aliases = person.get("aliases", [])
    also = [_text(alias) for alias in (aliases if isinstance(aliases, list) else [aliases])]
    role = person.get("role")
    if role not in (None, Role.QUESTION, Role.ANSWER):
        doubts.append(Doubt(line, f"speakers: no such role: {shortened(role)} (question, answer)"))
        role = None
    for key in person:
        if key not in _SPEAKER_KEYS:
            known = ", ".join(_SPEAKER_KEYS)
            what = f"speakers: no such key: {key} (there are {known}); left out: "
            doubts.append(Doubt(line, what + shortened(person[key])))
    return Speaker(name, (*labels, *also), Role(role) if role else None)


def _bilingual(value: Any) -> Bilingual:
    """A text for the language it is in, both with a stroke between, or a table of both.

    >>> _bilingual("對話王曉剛 / A Talk with Wang").en, _bilingual("AI / V2X").en
    ('A Talk with Wang', 'AI / V2X')
    """
    if not isinstance(value, Mapping):
        halves = _BETWEEN.split(_text(value))
        by_lang = {language(text).value: text for text in halves}
        if len(by_lang) < len(halves):
            return Bilingual(**{language(_text(value)).value: _text(value)})
        return Bilingual(**by_lang)
    unknown = set(value) - {"en", "zh"}
    if unknown or not value:
        raise _Wrong(f"a text, or a table of `en` and `zh`, but not {shortened(value)}")
    return Bilingual(**{lang: _text(text) for lang, text in value.items()})


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise _Wrong(f"not a text: {shortened(value)}")
    text = " ".join(str(value).split())
    if not text or len(text) > _LONGEST:
        raise _Wrong(f"a text of 1 to {_LONGEST:,} characters, but not {shortened(text)}")
    return text


def iso_date(text: str) -> str | None:
    """The day, month or year that a text names; `None` if it names none."""
    try:
        return _date(text)
    except _Wrong:
        return None


def _date(value: Any) -> str:
    """A day, month or year as ISO 8601 writes it.

    >>> _date("2021年3月5日"), _date("2021-3"), _date(2021), _date("March 5, 2021")
    ('2021-03-05', '2021-03', '2021', '2021-03-05')
    """
    if isinstance(value, datetime):
        value = value.date()
    text = str(value).strip()[:_LONGEST]
    found = _DATE.fullmatch(text) or _ENGLISH_DATE.fullmatch(text)
    if isinstance(value, bool) or not found:
        raise _Wrong(f"not a date such as 2021-03-05: {shortened(value)}")
    year, month, day = found["y"], found["m"], found["d"]
    if found.re is _ENGLISH_DATE:
        month, day = str(1 + _MONTHS.index(month[:3].lower())), day or found["day"]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _Wrong(f"no such day: {shortened(value)}") from None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
