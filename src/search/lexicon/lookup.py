"""What says the same as a term? The sources, merged when they are asked.

A counterpart's weight is a probability: what the archive's own passages show,
counted, with the dictionary as the prior of that count, so that the one says
what the other is too small to say. Only what stands in the archive can be a
counterpart.

The constants were set by the cross-language questions of `benchmarks.quality`;
between half and double of each the figures hardly move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from operator import add
from pathlib import Path
from typing import Final

from search.index.arrays import Arrays
from search.lexicon import amounts, numerals
from search.lexicon.cutting import fewest
from search.lexicon.dictionary import Dictionary
from search.lexicon.families import SHORTEST, are_related
from search.lexicon.inflection import lemmas
from search.lexicon.names import Names, may_be_name
from search.lexicon.standing import Standing
from search.lexicon.table import Table, parts, spelt
from search.lexicon.terms import Counterpart, Key, Source, key, lang_of
from search.model import Lang

PRIOR: Final = 10.0
"""How many sightings in the archive the dictionary weighs as much as."""

DISCOUNT: Final = 0.5
"""Taken off each count: what was aligned once is as likely as not an accident."""

COMMON: Final = 0.5
"""Of several Chinese words for an English one, each weighs its frequency to this power."""

GLOSSARY: Final = 0.8
"""The share of the editors' words, where there are some, and of the names of speakers."""

FAMILY: Final = 0.2
"""What a word of the same family weighs, as a share of the counterpart."""

STANDS_FOR: Final = 0.5
"""The same where the counterpart itself stands nowhere."""

TWICE: Final = 2
"""How often a pair has to have been seen to lead further."""

PIVOTS: Final = 10
"""Terms that each step of `akin` goes on from: the likeliest of each."""

LEAST: Final = 0.005
"""A counterpart less likely than this is left out."""

MOST: Final = 24
"""Counterparts of a term that are kept."""

_KEPT = 16_384
"""Terms whose counterparts are remembered."""

_PREFIX = "lexicon"
_NAMES = f"{_PREFIX}.names.txt"
Row = dict[str, tuple[float, Source]]
"""The counterparts of a term, each with its probability and how it is known."""


class Lexicon:
    """The counterparts of any term in one archive. Safe to share: it only remembers.

    `own` has what the archive and its editors say, each pair in both
    directions: learned ones weigh how often they were seen, those of the
    glossary, of speakers and of other regions weigh 1.
    """

    def __init__(
        self, arrays: Arrays, own: Table, names: Names | Path, dictionary: Dictionary | None
    ) -> None:
        self.arrays = arrays
        self.own = own
        self.dictionary = dictionary
        self._tables = (own, dictionary.table) if dictionary else (own,)
        self._names = names
        self._standing = Standing(arrays)
        self._merged = lru_cache(maxsize=_KEPT)(self._merge)
        self._row = lru_cache(maxsize=_KEPT)(self._with_regional)
        self._found = lru_cache(maxsize=_KEPT)(self._find)
        self.akin = lru_cache(maxsize=_KEPT)(self._akin)
        self._said = lru_cache(maxsize=_KEPT)(self._say)
        self._is_term = lru_cache(maxsize=_KEPT)(self._is_listed)

    @classmethod
    def open(cls, folder: Path, arrays: Arrays, dictionary: Dictionary | None) -> Lexicon:
        """What `save` wrote; raises `OSError` or `ValueError` if the files are others.

        `arrays` are those of the archive's index.
        """
        return cls(arrays, Table.open(folder, _PREFIX), folder / _NAMES, dictionary)

    def save(self, folder: Path) -> None:
        """Writes the files of the archive's own part: neither its index nor the dictionary."""
        self.own.save(folder, _PREFIX)
        self.names.save(folder / _NAMES)

    @cached_property
    def names(self) -> Names:
        """The names of the archive that no dictionary has."""
        return Names.open(self._names) if isinstance(self._names, Path) else self._names

    def __contains__(self, term: object) -> bool:
        """Whether a term, as `terms.key` gives it, has a counterpart in a list or a text."""
        return isinstance(term, tuple) and (
            bool(self._row(spelt(term))) or any(self._numbers(term))
        )

    def cut(self, run: str) -> list[str]:
        """A run of folded Han characters as words that are listed, whether they stand or not."""
        return fewest(run, self._is_term)

    def counterparts(self, term: str | Key) -> tuple[Counterpart, ...]:
        """What says the same as a word or phrase, the likeliest first; nothing if that is unknown.

        An English word that is unknown says what its family does; what is
        still unknown may be a name, and sound like one of the other script.
        """
        return self._found(key(term) if isinstance(term, str) else term)

    def sounding_like(self, term: str | Key) -> tuple[Counterpart, ...]:
        """The names of the other script that sound like a name, the likeliest first."""
        wanted = key(term) if isinstance(term, str) else term
        if len({lang_of((part,)) for part in wanted}) != 1 or (
            wanted[0].isascii() and len(wanted) > 1
        ):
            return ()
        name = "".join(wanted)
        if not may_be_name(name) or (self.dictionary and self.dictionary.is_ordinary(name)):
            return ()
        alike = self.names.sounding_like(name)
        total = sum(likeness for _, likeness in alike)
        return tuple(
            self._counterpart(spelt(key(name)), likeness / total, Source.SOUND, name)
            for name, likeness in alike
        )

    def _find(self, wanted: Key) -> tuple[Counterpart, ...]:
        row = dict(self._row(spelt(wanted)))
        for number in self._numbers(wanted):
            row.setdefault(number, (1.0, Source.NUMBER))
        if not row and len(wanted) == 1:
            row = self._by_family(wanted[0])
        found = sorted(row.items(), key=lambda at: (-at[1][0], at[0]))
        return tuple(
            self._counterpart(term, weight, source) for term, (weight, source) in found
        ) or self.sounding_like(wanted)

    def _numbers(self, term: Key) -> Iterator[str]:
        """The same number written otherwise, where that stands."""
        written = chain(numerals.otherwise(term), amounts.otherwise(term))
        return filter(self._standing.__contains__, written)

    def _counterpart(
        self, term: str, weight: float, source: Source, printed: str | None = None
    ) -> Counterpart:
        terms = parts(term)
        if printed is None:
            printed = numerals.printed(term) if source is Source.NUMBER else self._text(term)
        return Counterpart(printed, terms, lang_of(terms), weight, source)

    def _text(self, term: str) -> str:
        """A term as it is printed."""
        for table in self._tables:
            number = table.number(term)
            if number is not None and (text := table.text(number)):
                return text
        return term

    def _is_listed(self, term: str) -> bool:
        """Whether a list or a text has a term, with a counterpart in the archive or without."""
        return any(table.number(term) is not None for table in self._tables)

    def _by_family(self, stem: str) -> Row:
        """The counterparts of the stems of one family, as those of one of them."""
        if len(stem) < SHORTEST or not (stem.isascii() and stem.isalpha()):
            return {}
        best: dict[str, float] = {}
        beginning = {term for table in self._tables for term in table.beginning(stem[:SHORTEST])}
        for other in beginning:
            if other.isalpha() and are_related(stem, other):
                for target, (weight, _) in self._row(other).items():
                    best[target] = max(best.get(target, 0.0), weight)
        total = sum(best.values())
        return {target: (weight / total, Source.FAMILY) for target, weight in best.items()}

    def _akin(self, wanted: Key) -> tuple[Counterpart, ...]:
        """What says nearly the same as a term: what else is said by those that say it.

        Pivoting (Bannard and Callison-Burch, Paraphrasing with Bilingual Parallel Corpora, 2005):
        比例 is proportion, which is also 比率, which is ratio. These are no counterparts.
        """
        term = spelt(wanted)
        known = self._said(term)
        chances: dict[str, float] = defaultdict(float)
        for one, chance in known:
            for other, of_one in self._said(one):
                if other != term:
                    for target, of_other in self._said(other):
                        chances[target] += chance * of_one * of_other
        for target, _ in known:
            chances.pop(target, None)
        here = (at for at in chances.items() if at[0] in self._standing)
        best = sorted(here, key=lambda at: (-at[1], at[0]))[:PIVOTS]
        total = sum(chance for _, chance in best)
        return tuple(
            self._counterpart(target, chance / total, Source.DICTIONARY) for target, chance in best
        )

    def said(self, term: Key) -> tuple[tuple[Key, float], ...]:
        """What lists and texts know to say a term, each with its probability.

        Unlike a counterpart it need not stand in the archive.
        """
        name = spelt(term)
        return tuple(
            (parts(other), weight)
            for each in (name, *lemmas(name))
            for other, weight in self._said(each)
        )

    def _say(self, term: str) -> tuple[tuple[str, float], ...]:
        """The likeliest others of a term, whether they stand or not, each with its probability."""
        table = self.dictionary.table.row(term) if self.dictionary else ()
        prior = {target: weight for target, weight, _ in table}
        seen: dict[str, float] = {}
        given: dict[str, Source] = {}
        for target, weight, source in self.own.row(term):
            if source in (Source.GLOSSARY, Source.SPEAKER):
                given[target] = source
            elif source is Source.ARCHIVE and weight >= TWICE:
                seen[target] = weight - DISCOUNT
        row = sorted(_weighed(prior, seen, given).items(), key=lambda at: (-at[1][0], at[0]))
        return tuple((target, weight) for target, (weight, _) in row[:PIVOTS])

    def _merge(self, term: str) -> Row:
        """What the editors, the archive and the dictionary say, and the families of that."""
        standing, towards_chinese = self._standing, lang_of((term,)) is Lang.EN
        seen: dict[str, float] = {}
        given: dict[str, Source] = {}
        prior: dict[str, float] = {}
        for name in (term, *lemmas(term)):
            for target, weight, source in self.own.row(name):
                if source is Source.ARCHIVE:
                    if target in standing:
                        seen[target] = seen.get(target, 0.0) + weight - DISCOUNT
                elif source is not Source.REGIONAL and given.get(target) is not Source.GLOSSARY:
                    given[target] = source
            for target, weight, _ in self.dictionary.table.row(name) if self.dictionary else ():
                if target in standing:
                    common = (standing.frequency(target) + 1.0) ** COMMON
                    weight *= common if towards_chinese else 1.0
                    prior[target] = max(prior.get(target, 0.0), weight)
                elif not towards_chinese:
                    for stem in standing.family(target):
                        prior[stem] = max(prior.get(stem, 0.0), STANDS_FOR * weight)
        if not towards_chinese:
            _merge_forms(prior, max)
            _merge_forms(seen, add)
        row = _weighed(prior, seen, given)
        if not towards_chinese:
            best: dict[str, float] = {}
            for target, (weight, _) in row.items():
                for stem in standing.family(target):
                    best[stem] = max(best.get(stem, 0.0), FAMILY * weight)
            for stem, weight in best.items():
                if weight >= LEAST and stem not in row:
                    row[stem] = (weight, Source.FAMILY)
        return row

    def _with_regional(self, term: str) -> Row:
        """The same and words of another region: of a counterpart, and of the term itself.

        A word that nothing is known of says what that of the other region says.
        """
        row = dict(self._merged(term))
        others = self._regional(term)
        if row:
            for target, (weight, _) in self._merged(term).items():
                for other in self._regional(target):
                    if other in self._standing and other != term:
                        row.setdefault(other, (weight, Source.REGIONAL))
        else:
            for other in others:
                for target, (weight, source) in self._merged(other).items():
                    if target != term and weight > row.get(target, (0.0,))[0]:
                        row[target] = (weight, source)
        for other in others:
            if other in self._standing:
                row.setdefault(other, (1.0, Source.REGIONAL))
        return row

    def _regional(self, term: str) -> list[str]:
        """The words that are the same in other regions."""
        return [other for other, _, source in self.own.row(term) if source is Source.REGIONAL]


def _weighed(
    prior: Mapping[str, float], seen: Mapping[str, float], given: Mapping[str, Source]
) -> Row:
    """The probabilities of the counterparts of one term."""
    weights: dict[str, float] = defaultdict(float)
    share = PRIOR / (sum(prior.values()) or 1.0)
    for target, chance in prior.items():
        weights[target] += share * chance
    for target, count in seen.items():
        weights[target] += count
    total = sum(weights.values()) or 1.0
    left = 1.0 - GLOSSARY if given else 1.0
    row: Row = {}
    for target, weight in sorted(weights.items(), key=lambda at: (-at[1], at[0]))[:MOST]:
        if weight / total >= LEAST:
            learned = seen.get(target, 0.0) > share * prior.get(target, 0.0)
            source = Source.ARCHIVE if learned else Source.DICTIONARY
            row[target] = (left * weight / total, source)
    for target, source in given.items():
        more = row.get(target, (0.0, source))[0]
        row[target] = (more + GLOSSARY / len(given), source)
    return row


def _merge_forms(row: dict[str, float], together: Callable[[float, float], float]) -> None:
    """Counts the irregular forms of a word among the others as that word."""
    for form in list(row):
        for lemma in lemmas(form):
            if lemma in row:
                row[lemma] = together(row[lemma], row.pop(form))
                break
