"""How do the sources become one table?

A counterpart's weight is a probability: what the archive's own passages show,
counted, with the dictionary as the prior of that count, so that the one says
what the other is too small to say. Only what stands in the archive can be a
counterpart: the rest would take its share and find nothing.

The constants were set by the cross-language questions of `benchmarks.quality`;
between half and double of each the figures hardly move.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from search.index.arrays import Arrays
from search.lexicon import cedict, dictionary
from search.lexicon.alignment import align
from search.lexicon.bitext import Bitext, Numbers, Vocabulary
from search.lexicon.dictionary import Chances
from search.lexicon.families import related
from search.lexicon.names import LONGEST, SHORTEST, Names
from search.lexicon.phrases import extract
from search.lexicon.table import Lexicon, Row
from search.lexicon.terms import Key, Pair, Source, key, lang_of
from search.model import Lang

PRIOR: Final = 10.0
"""How many sightings in the archive the dictionary weighs as much as."""

DISCOUNT: Final = 0.5
"""Taken off each count: what was aligned once is as likely as not an accident."""

COMMON: Final = 0.5
"""Of several Chinese words for an English one, each weighs its frequency to this power."""

GLOSSARY: Final = 0.8
"""The share of the editors' words, where there are some."""

FAMILY: Final = 0.2
"""What a word of the same family weighs, as a share of the counterpart."""

TWICE: Final = 2
"""How often a pair has to stand in the archive if either side is a phrase."""

LEAST: Final = 0.005
"""A counterpart less likely than this is left out."""

MOST: Final = 24
"""Counterparts of a term that are kept."""


def build(
    arrays: Arrays,
    glossary: Sequence[Pair] = (),
    regional: Sequence[Sequence[Key]] = (),
    learn_from: Arrays | None = None,
    entries: Iterable[cedict.Entry] | None = None,
) -> Lexicon:
    """The lexicon of an archive's index: the same for the same index, lists and dictionary.

    `glossary` has the editors' pairs, `regional` rows of Chinese words that
    say the same. Alignments are learned from `arrays`, or from another index
    `learn_from`; `entries` are used instead of CC-CEDICT's.
    """
    archive, vocabulary = Bitext.of(arrays), Vocabulary(arrays)
    read = dictionary.read(cedict.entries() if entries is None else entries, vocabulary.numbers)
    known = read.chances
    texts = archive if learn_from is None else Bitext.of(learn_from)
    learned = _learned(texts.aligned(), known)
    own = [(key(pair.en), key(pair.zh)) for pair in glossary]
    for pair, terms in zip(glossary, own, strict=True):
        read.printed.update(zip(terms, (pair.en, pair.zh), strict=True))
    common = Counter(_terms(archive.zh.term, archive))
    stands = _standing(
        vocabulary,
        (
            *known,
            *(en for row in known.values() for en in row),
            *(term for pair in learned for term in pair),
            *(word for row in regional for word in row),
        ),
    )

    families = cache(lambda stem: related(stem, vocabulary.stems))
    table: dict[Key, Row] = {}
    for towards in Lang:
        prior: Chances = defaultdict(dict)
        for zh, row in known.items():
            weight = (common["".join(zh)] + 1.0) ** COMMON
            for en, chance in row.items():
                if towards is Lang.EN and en in stands:
                    prior[zh][en] = chance
                elif towards is Lang.ZH and zh in stands:
                    prior[en][zh] = chance * weight
        seen: Chances = defaultdict(dict)
        for (en, zh), count in learned.items():
            source, target = (zh, en) if towards is Lang.EN else (en, zh)
            if target in stands:
                seen[source][target] = count - DISCOUNT
        editors: dict[Key, list[Key]] = defaultdict(list)
        for en, zh in own:
            source, target = (zh, en) if towards is Lang.EN else (en, zh)
            editors[source].append(target)
        for source in sorted({*prior, *seen, *editors}):
            merged = _row(prior.get(source, {}), seen.get(source, {}), editors.get(source, ()))
            table[source] = _with_family(merged, families)
    _add_regional(table, regional, stands)
    return Lexicon.of(table, read.printed, _names(archive, read.ordinary, table))


def _row(prior: Mapping[Key, float], seen: Mapping[Key, float], editors: Sequence[Key]) -> Row:
    """The counterparts of one term."""
    weights: dict[Key, float] = defaultdict(float)
    share = PRIOR / (sum(prior.values()) or 1.0)
    for target, chance in prior.items():
        weights[target] += share * chance
    for target, count in seen.items():
        weights[target] += count
    total = sum(weights.values()) or 1.0
    kept = sorted(weights.items(), key=lambda at: (-at[1], at[0]))[:MOST]
    row: dict[Key, tuple[float, Source]] = {}
    left = 1.0 - GLOSSARY if editors else 1.0
    for target, weight in kept:
        if weight / total >= LEAST:
            learned = seen.get(target, 0.0) > share * prior.get(target, 0.0)
            row[target] = (left * weight / total, Source.ARCHIVE if learned else Source.DICTIONARY)
    for target in editors:
        more = row.get(target, (0.0, Source.GLOSSARY))[0]
        row[target] = (more + GLOSSARY / len(editors), Source.GLOSSARY)
    return [(target, weight, source) for target, (weight, source) in row.items()]


def _with_family(row: Row, families: Callable[[str], Sequence[str]]) -> Row:
    """The row and, at less weight, the English words of the same families in the archive."""
    best: dict[Key, float] = {}
    for target, weight, _ in row:
        if len(target) == 1:
            for stem in families(target[0]):
                best[stem,] = max(best.get((stem,), 0.0), FAMILY * weight)
    for target, _, _ in row:
        best.pop(target, None)
    return [*row, *((t, w, Source.FAMILY) for t, w in best.items() if w >= LEAST)]


def _add_regional(
    table: dict[Key, Row], regional: Sequence[Sequence[Key]], stands: set[Key]
) -> None:
    """Words of another region: found for each other, and by what the other region's word says."""
    towards: dict[Key, list[Key]] = defaultdict(list)
    for words in regional:
        for word in words:
            towards[word] += [other for other in words if other != word and other in stands]
    shared = {
        word: [at for other in words for at in table.get(other, ()) if other != word]
        for words in regional
        for word in words
        if word not in table
    }
    for source, row in table.items():
        have = {target for target, _, _ in row}
        row += [
            (other, weight, Source.REGIONAL)
            for target, weight, _ in tuple(row)
            for other in dict.fromkeys(towards.get(target, ()))
            if other not in have and other != source
        ]
    for word, row in shared.items():
        best = {target: (target, weight, source) for target, weight, source in reversed(row)}
        table[word] = list(best.values())
    for word, others in towards.items():
        have = {target for target, _, _ in table.get(word, ())}
        more = [
            (other, 1.0, Source.REGIONAL) for other in dict.fromkeys(others) if other not in have
        ]
        if more:
            table[word] = [*table.get(word, ()), *more]


def _standing(vocabulary: Vocabulary, terms: Iterable[Key]) -> set[Key]:
    """Those of the terms that stand in the archive."""
    wanted = list(dict.fromkeys(terms))
    found = vocabulary.occurring(wanted)
    return {term for term, stands in zip(wanted, found, strict=True) if stands}


def _learned(bitext: Bitext, known: Chances) -> dict[tuple[Key, Key], int]:
    """The phrase pairs of the archive, English first, and how often each stands there."""
    number = {name: at for at, name in enumerate(bitext.names[: bitext.stems])}
    words = {name: at for at, name in enumerate(bitext.names[bitext.stems :], bitext.stems)}
    codes = [
        number[en[0]] * len(bitext.names) + words[word]
        for zh, row in known.items()
        if (word := "".join(zh)) in words
        for en in row
        if len(en) == 1 and en[0] in number
    ]
    links = align(bitext, np.unique(np.array(codes, np.int64)))
    counts: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = defaultdict(int)
    en_terms, zh_terms = _terms(bitext.en.term, bitext), _terms(bitext.zh.term, bitext)
    columns = (column.tolist() for column in extract(bitext, links))
    for en, en_length, zh, zh_length in zip(*columns, strict=True):
        said = tuple(zh_terms[zh : zh + zh_length])
        counts[tuple(en_terms[en : en + en_length]), said] += 1
    pairs: dict[tuple[Key, Key], int] = defaultdict(int)
    for (en_key, said), count in counts.items():
        if count < TWICE and (len(en_key) > 1 or len(said) > 1):
            continue
        zh_key = tuple(
            part for word in said for part in (word if lang_of((word,)) is Lang.ZH else (word,))
        )
        if lang_of(zh_key) is Lang.ZH:
            pairs[en_key, zh_key] += count
    return pairs


def _terms(numbers: Numbers, bitext: Bitext) -> list[str]:
    return [bitext.names[number] for number in numbers.tolist()]


def _names(bitext: Bitext, ordinary: set[str], table: Mapping[Key, Row]) -> Names:
    """What no dictionary has: unknown English words, and unknown Chinese ones in a row."""
    known = {source[0] for source in table if len(source) == 1} | ordinary
    known |= {target[0] for row in table.values() for target, _, _ in row if len(target) == 1}
    latin = [bitext.names[at] for at in np.unique(bitext.en.term).tolist()]
    foreign = [
        at >= bitext.stems and (len(name) == 1 or name not in ordinary)
        for at, name in enumerate(bitext.names)
    ]
    zh = bitext.zh
    term, key_, end = zh.term.tolist(), zh.key.tolist(), zh.end.tolist()
    found: set[str] = set()
    for first in np.flatnonzero(np.array(foreign, np.bool_)[zh.term]).tolist():
        name, at = "", first
        while at < len(term) and foreign[term[at]] and (at == first or key_[at] == end[at - 1]):
            name += bitext.names[term[at]]
            if len(name) > LONGEST:
                break
            if len(name) >= SHORTEST:
                found.add(name)
            at += 1
    return Names.of((name for name in latin if name not in known), found, ordinary)
