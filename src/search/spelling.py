"""What was meant, if not what was typed? The query with its mistyped words as the archive has them.

A Latin word that the archive does not have becomes the likeliest word that it
has: how common that is, against how easily a finger slips so (a noisy
channel: Kernighan, Church and Gale, "A spelling correction program based on a
noisy channel model", 1990). Chinese that it does not have becomes a word that
sounds the same without its tones, as a pinyin keyboard offers them: 专力
becomes 专利. All else stays as it was typed.

>>> slips("inovation", "innovation"), slips("recieve", "receive"), slips("vodeo", "video")
(0.5, 0.7, 0.6)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby, islice
from math import log
from operator import attrgetter
from typing import Final, NamedTuple

from search.analysis import CHAR, FORM, STEM, WORD, fold
from search.analysis.english import stem
from search.analysis.pinyin import spellings
from search.index.keys import phrase
from search.index.reader import Shelf
from search.lexicon.terms import Source
from search.matching import NEXT
from search.model import Token
from search.names import Names
from search.parser import plain_words
from search.printed import Printed

SHORTEST: Final = 4
"""Letters of a word that is put right: near a shorter one are too many others."""

_LONGEST: Final = 30
"""Letters, or characters in a row, past which nothing is put right."""

_STRETCHES: Final = 8
"""Stretches between spaces that are looked at: most queries have fewer."""

_WIDEST: Final = 4
"""Characters of a word that is put right; hardly a longer one has another that sounds the same."""

_RARE: Final = 50
"""A word that stands somewhere may be a slip if one near it is so many times as common."""

_PER_SLIP: Final = log(50)
"""One slip more has to be made good by a word that is fifty times as common."""

_NEAREST: Final = 8
"""Words of which is looked closely how they differ."""

# What a slip counts, from 0 to 1.
_NEIGHBOUR: Final = 0.6
_VOWEL: Final = 0.6
_TRANSPOSED: Final = 0.7
_DOUBLED: Final = 0.5
_FIRST: Final = 0.5
"""More than the same slip elsewhere: hardly anybody mistakes the first letter."""

_FEW: Final = 4
"""Stretches of a query of which a word that stands somewhere, but seldom, may be a slip. That no
passage has all of a long question says nothing of its words, and to look at each takes longer than
the search."""

_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS: Final = frozenset("aeiouy")


class _Change(NamedTuple):
    start: int
    end: int
    text: str


class Speller:
    """Puts queries right by the words of one generation. One a thread."""

    def __init__(self, shelf: Shelf, names: Names, printed: Printed) -> None:
        self._shelf = shelf
        self._names = names
        self._printed = printed

    def did_you_mean(self, text: str) -> str | None:
        """The query that may have been meant by one of which no passage has all the words.

        `None` if nothing better is known. What is in quotes or has an operator
        on it was meant as it was typed.
        """
        pieces: list[str] = []
        at = 0
        stretches = [*islice(plain_words(text), _STRETCHES)]
        few = len(stretches) <= _FEW
        for begin, end in stretches:
            for change in sorted(self._changes(text[begin:end], few)):
                pieces += (text[at : begin + change.start], change.text)
                at = begin + change.end
        return "".join((*pieces, text[at:])) if pieces else None

    def _changes(self, typed: str, few: bool) -> Iterator[_Change]:
        """What is to be changed of a stretch without spaces; no two places overlap.

        Where there are `few` stretches, words that are rare may be slips too.
        """
        run: list[Token] = []
        for _, found in groupby(self._shelf.analyzer.tokens(typed), attrgetter("position")):
            here = list(found)
            if here[0].field == CHAR:
                run.append(here[0])
                continue
            yield from self._chinese(run)
            run = []
            yield from self._latin([token for token in here if token.field == FORM], few)
        yield from self._chinese(run)

    # Latin words.

    def _latin(self, tokens: Sequence[Token], few: bool) -> Iterator[_Change]:
        """A printed word as a whole, or else its parts."""
        parts = [token for token in tokens if token.part]
        if parts and all(self._passages(part.term) for part in parts):
            return
        whole = [self._respelt(token, few) for token in tokens if not token.part]
        found = whole if any(whole) else [self._respelt(part, few) for part in parts]
        yield from filter(None, found)

    def _respelt(self, token: Token, few: bool) -> _Change | None:
        """A word as it is likeliest to be meant, if it is likely to be mistyped."""
        typed = token.term
        if not (SHORTEST <= len(typed) <= _LONGEST and typed.isascii() and typed.isalpha()):
            return None
        known = self._passages(typed)
        if known and not few:
            return None
        if known * _RARE > self._shelf.count or (not known and self._is_said(typed)):
            return None
        near = self._near(typed)
        _, meant = max(
            ((log(count) - _PER_SLIP * slips(typed, form), form) for form, count in near),
            default=(0.0, typed),
        )
        if stem(meant) == stem(typed) or self._passages(meant) < known * _RARE:
            return None
        return _Change(token.start, token.end, self._printed(FORM, meant))

    def _near(self, typed: str) -> list[tuple[str, int]]:
        """The forms that differ least, the commoner before the rarer, and how often each stands."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        edits = 1 + (len(typed) > 5)
        counts = dict(self._shelf.completions().like(typed, edits))
        words = [form for form in counts if form.isascii() and form.isalpha()]
        found = extract_iter(typed, words, scorer=OSA.distance, score_cutoff=edits)
        order = sorted((distance, -counts[form], form) for form, distance, _ in found)
        return [(form, -count) for _, count, form in order[:_NEAREST]]

    def _passages(self, form: str) -> int:
        """How many passages have the word in some form."""
        return len(self._shelf.counted(STEM, stem(form))[0])

    # Chinese words.

    def _chinese(self, run: Sequence[Token]) -> Iterator[_Change]:
        """Parts of a run of characters that stand nowhere, and sound like a word that does.

        The longer before the shorter, each of one or more words as the run is
        cut: 人工只能, cut after 人工, is 人工智能 before 只能 is anything.
        """
        text = "".join(token.term for token in run)
        if not 1 < len(text) <= _LONGEST:
            return
        cuts = [0, *accumulate(map(len, self._shelf.analyzer.cutter.cut(text)))]
        windows = [(a, b) for a in cuts for b in cuts if 1 < b - a <= _WIDEST]
        windows.sort(key=lambda window: window[0] - window[1])
        taken: list[tuple[int, int]] = []
        for first, last in windows:
            word = text[first:last]
            apart = all(last <= a or b <= first for a, b in taken)
            if not apart or self._stands(word) or self._is_said(word):
                continue
            if meant := self._alike(word):
                taken.append((first, last))
                yield _Change(run[first].start, run[last - 1].end, meant)

    def _is_said(self, word: str) -> bool:
        """Whether the archive says in the other language what a list says of the word itself."""
        guessed = (Source.FAMILY, Source.SOUND)
        return any(at.source not in guessed for at in self._shelf.lexicon.counterparts(word))

    def _alike(self, word: str) -> str | None:
        """The word or name that is read the same: most characters the same, then the commonest."""
        found: dict[str, tuple[int, int, str]] = {}
        for letters in spellings(word):
            for meant, count in self._shelf.completions().sounding(letters, whole=True):
                found[meant] = (_shared(word, meant), count, "")
            for known, name in self._names.sounding(letters):
                meant = fold(name.text)
                if known == letters and self._stands(meant):
                    found[meant] = (_shared(word, meant), name.count, name.text)
        alike = [meant for meant in found if len(meant) == len(word)]
        if not alike:
            return None
        meant = max(alike, key=found.__getitem__)
        return found[meant][2] or self._printed(WORD, meant)

    def _stands(self, text: str) -> bool:
        """Whether some characters stand next to each other anywhere."""
        rows = [self._shelf.row(CHAR, char) for char in text]
        return len(phrase(rows, [NEXT] * (len(rows) - 1))) > 0


def _shared(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))


def slips(typed: str, meant: str) -> float:
    """How much has to go wrong to type one word for another.

    The optimal string alignment distance (Damerau 1964, of which each letter
    is changed once), where what happens easily counts less: a key beside the
    right one, a vowel for a vowel, a letter once for twice, two the wrong way
    round.
    """
    before: list[float] = []
    row = [0.0, *accumulate(_added(meant, at) for at in range(len(meant)))]
    for i, letter in enumerate(typed):
        above, row = row, [row[0] + _added(typed, i)]
        for j, wanted in enumerate(meant):
            cost = above[j] + _changed(letter, wanted) + _FIRST * (i == j == 0 and letter != wanted)
            cost = min(cost, above[j + 1] + _added(typed, i), row[j] + _added(meant, j))
            if i and j and (letter, typed[i - 1]) == (meant[j - 1], wanted):
                cost = min(cost, before[j - 1] + _TRANSPOSED)
            row.append(cost)
        before = above
    return row[-1]


def _added(word: str, at: int) -> float:
    """What a letter of a word counts that the other word does not have."""
    return (_DOUBLED if word[at] == word[at - 1] else 1.0) if at else 1.0 + _FIRST


def _changed(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if other in _beside().get(one, ""):
        return _NEIGHBOUR
    return _VOWEL if one in _VOWELS and other in _VOWELS else 1.0


@cache
def _beside() -> dict[str, frozenset[str]]:
    """The keys that touch each key of a QWERTY keyboard, whose rows are half a key apart."""
    place = {
        key: (row, at + row / 2) for row, keys in enumerate(_KEYS) for at, key in enumerate(keys)
    }
    return {
        key: frozenset(
            other
            for other, (y, x) in place.items()
            if other != key and abs(y - row) <= 1 and abs(x - at) <= 1
        )
        for key, (row, at) in place.items()
    }
