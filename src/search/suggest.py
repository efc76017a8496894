"""What is somebody about to type? Terms of the archive that go on where the typing stops.

The last word, or the last few where they begin a name or a title, in either
script or in pinyin: `pat` is patent, `wang x` is Wang Xiaogang, `专` and
`zhuanl` are 專利 where the archive prints it so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from search import names
from search.analysis import FORM, WORD, chinese, english, fold
from search.analysis.english import run_together
from search.analysis.pinyin import syllables
from search.analysis.scripts import HAN
from search.index.reader import Shelf
from search.lexicon.terms import key, lang_of
from search.names import Name, Names
from search.parser import LONGEST, in_quotes
from search.printed import Printed
from search.query import FIELDS, OPERATORS
from search.results import MOST_COMPLETIONS, Completion, Kind

_SURE: Final = 0.2
"""The least probability of what is shown as the same in the other language."""

_TAIL: Final = 80
"""Code points at the end of what was typed that are looked at."""

_WORDS: Final = 6
"""Words that a name or a title is begun with."""

_RUN: Final = 8
"""Characters of a Chinese word that is begun."""

_STOP_WORDS = english.STOP_WORDS | chinese.STOP_WORDS

_LETTER = rf"[^\W_{HAN}]"
_LAST = re.compile(rf"(?P<han>[{HAN}]+)\Z|{_LETTER}(?:{_LETTER}|[-'.&,](?!\Z))*[-+\#]*\Z")
_FIELD = re.compile(rf"(?:^|(?<=[\s(（=-]))({'|'.join(FIELDS)}):(\"[^\"]+|[^\s\"]+)\Z")
_NO_PHRASE = re.compile(r'[()（）:：*~="“”„«»「」『』＂〝〞]')


@dataclass(frozen=True, slots=True)
class _Found:
    """What may be meant: a term of a field of the index, or a name."""

    is_whole: bool
    count: int
    field: str = ""
    term: str = ""
    name: Name | None = None


def _rank(found: _Found) -> tuple[bool, bool, int]:
    """What is typed in full comes first; then what the archive has most, titles after all."""
    is_title = found.name is not None and found.name.kind is Kind.TITLE
    return not found.is_whole, is_title, -found.count


class Suggester:
    """Completes what is typed from the terms of one generation. One a thread."""

    def __init__(self, shelf: Shelf, names: Names, printed: Printed) -> None:
        self._shelf = shelf
        self._names = names
        self._printed = printed

    def complete(self, line: str, limit: int = 8) -> tuple[Completion, ...]:
        """At most `limit` (and `MOST_COMPLETIONS`) completions of a line, best first.

        Any text at all is a line; one longer than a query is has none.
        """
        limit = min(limit, MOST_COMPLETIONS)
        if len(line) > LONGEST or not limit:
            return ()
        completions: dict[str, Completion] = {}
        for start, found in self._found(line, limit):
            done = self._completion(line[:start], found)
            # A name that several words begin is begun by the last of them too.
            completions.setdefault(found.name.query if found.name else done.query, done)
            if len(completions) == limit:
                break
        return tuple(completions.values())

    def _completion(self, before: str, found: _Found) -> Completion:
        if name := found.name:
            query = before + name.query
            return Completion(name.text, query, name.count, name.kind, name.counterpart)
        text = self._printed(found.field, found.term)
        return Completion(text, before + text, found.count, Kind.WORD, self._other(found.term))

    def _other(self, word: str) -> str | None:
        """What a folded word mostly is in the other language, if that is known."""
        term = key(word)
        return next(
            (
                at.text
                for at in self._shelf.lexicon.counterparts(term)
                if at.weight >= _SURE and at.lang is not lang_of(term)
            ),
            None,
        )

    def _found(self, line: str, limit: int) -> Iterator[tuple[int, _Found]]:
        """What may be meant, best first, and where in the line it begins."""
        shift = max(0, len(line) - _TAIL)
        tail = fold(line[shift:])
        if field := _FIELD.search(tail):
            for name in self._names.of(field[1], field[2].strip('"')):
                yield shift + field.start(), _Found(False, name.count, name=name)
            return
        is_open = in_quotes(line)
        if not is_open:
            for start in _phrases(line[shift:]):
                for found in sorted(self._phrase(tail[start:]), key=_rank):
                    yield shift + start, found
        if last := _LAST.search(tail):
            start = last.start()
            # A condition begins where a word does, and stands in no quotes.
            named = not is_open and (not start or tail[start - 1] in " (（-")
            if last["han"]:
                start, each = self._chinese(tail, start, named, limit)
            else:
                each = [*self._latin(last[0], named, limit)]
            for found in sorted(each, key=_rank):
                yield shift + start, found

    def _phrase(self, typed: str) -> Iterator[_Found]:
        """Names and titles that begin with several words, and Chinese words so typed in pinyin."""
        goes_on = typed.endswith(" ")
        yield from _named(names.key(typed) + " " * goes_on, self._names.beginning)
        letters = typed.replace(" ", "")
        if letters.isascii() and letters.isalpha() and not goes_on:
            yield from self._sounding(letters, True, MOST_COMPLETIONS)

    def _latin(self, typed: str, named: bool, limit: int) -> Iterator[_Found]:
        form = run_together(typed)
        if form:
            words = self._shelf.completions().english(form)
            yield from _terms(FORM, words, form, limit)
        if named:
            yield from _named(names.key(typed), self._names.beginning)
        if typed.isascii() and typed.isalpha():
            yield from self._sounding(typed, named, limit)

    def _sounding(self, letters: str, named: bool, limit: int) -> Iterator[_Found]:
        """Chinese words and names whose pinyin begins so, the first syllable being there."""
        if len(letters) < 2 or syllables().isdisjoint(letters[:end] for end in range(1, 7)):
            return
        if named:
            yield from _named(letters, self._names.sounding)
        sounding = self._shelf.completions().sounding
        for found in _terms(WORD, sounding(letters, whole=True), "", limit):
            yield _Found(True, found.count, WORD, found.term)
        yield from _terms(WORD, sounding(letters), "", limit)

    def _chinese(self, tail: str, start: int, named: bool, limit: int) -> tuple[int, list[_Found]]:
        """Words that begin with the most of the last characters, and where these begin."""
        for at in range(max(start, len(tail) - _RUN), len(tail)):
            run = tail[at:]
            words = self._shelf.completions().chinese(run)
            found = [*_terms(WORD, (each for each in words if len(each[0]) > 1), run, limit)]
            if named and at == start:
                found += _named(run, self._names.beginning)
            if found:
                return at, found
        return start, []


def _terms(
    field: str, terms: Iterable[tuple[str, int]], typed: str, limit: int
) -> Iterator[_Found]:
    """The first of the terms that say something."""
    telling = ((term, count) for term, count in terms if term not in _STOP_WORDS)
    for term, count in islice(telling, limit):
        yield _Found(term == typed, count, field, term)


def _named(typed: str, beginning: Callable[[str], Iterator[tuple[str, Name]]]) -> Iterator[_Found]:
    for begun, name in beginning(typed):
        yield _Found(begun == typed, name.count, name=name)


def _phrases(typed: str) -> Iterator[int]:
    """Where the last few words begin that may be one name, the most words first.

    >>> list(_phrases("patent AND kai fu lee")), list(_phrases("lee "))
    ([11, 15], [0])
    """
    starts: list[int] = []
    for word in reversed([*re.finditer(r"\S+", typed)][-_WORDS:]):
        if word[0] in OPERATORS or word[0][0] in "-－" or _NO_PHRASE.search(word[0]):
            break
        starts.append(word.start())
    if starts and not typed[-1].isspace():
        # The last word alone is looked for by itself.
        del starts[0]
    yield from reversed(starts)
