"""From an archive's index and its editors' lists to its own part of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from search.index.arrays import Arrays
from search.lexicon import learned
from search.lexicon.bitext import Bitext
from search.lexicon.dictionary import Dictionary
from search.lexicon.lookup import Lexicon
from search.lexicon.table import Pairs, Table, spelt
from search.lexicon.terms import Key, Pair, Source, key


def build(
    arrays: Arrays,
    glossary: Sequence[Pair] = (),
    regional: Sequence[Sequence[Key]] = (),
    *,
    speakers: Sequence[Pair] = (),
    dictionary: Dictionary | None = None,
    learn_from: Arrays | None = None,
) -> Lexicon:
    """The lexicon of an archive's index: the same for the same index, lists and dictionary.

    `glossary` has the editors' pairs, `speakers` the names of people in both
    languages, `regional` rows of Chinese words that say the same. Alignments
    are learned from `arrays`, or from another index `learn_from`.
    """
    archive = Bitext.of(arrays)
    said = Pairs()
    printed: dict[str, str] = {}
    for pairs, source in ((speakers, Source.SPEAKER), (glossary, Source.GLOSSARY)):
        for pair in dict.fromkeys(pairs):
            en, zh = spelt(key(pair.en)), spelt(key(pair.zh))
            if en and zh:
                said.add(en, zh, 1.0, source)
                printed[en], printed[zh] = pair.en, pair.zh
    texts = archive if learn_from is None else Bitext.of(learn_from)
    forms = learned.forms(arrays)
    for (en, zh), count in learned.pairs(texts, dictionary).items():
        said.add(en, zh, count, Source.ARCHIVE)
        printed.setdefault(en, " ".join(forms.get(stem, stem) for stem in en.split(" ")))
    names = learned.names(archive, dictionary, {*said.ones, *said.others}, forms)
    for words in regional:
        for one, other in combinations(dict.fromkeys(map(spelt, words)), 2):
            said.add(one, other, 1.0, Source.REGIONAL)
    return Lexicon(arrays, Table.of(said, printed), names, dictionary)
