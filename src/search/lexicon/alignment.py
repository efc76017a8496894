"""Which word of a passage says which word of its other side?

IBM Model 1 (Brown, Della Pietra, Della Pietra and Mercer, The Mathematics of
Statistical Machine Translation, 1993), once in each direction. It begins with
the words' association instead of an even chance (Moore, Improving IBM
Word-Alignment Model 1, 2004), which leaves little to iterate, and what a
dictionary says counts as if it had been seen (Brown et al., But Dictionaries
Are Data Too, 1993), without which a small archive could not tell much. Links
are what both directions agree on.

A *cell* is a word of one side beside a word of the other: where all
sentences of an archive were matrices, it would be one of their cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.lexicon.bitext import Bitext, Flags, Numbers

Weights = npt.NDArray[np.float64]

ITERATIONS = 4
"""More change nothing that a search would show."""

NULL = 0.1
"""The weight of saying nothing of the other side, as a share of a word's frequency."""

WIDTH = 8
SLOPE = 6
"""In a long passage a word is looked for near the same share of the other side: within
`WIDTH` words and a `SLOPE`-th of the side (Dyer, Chahuneau and Smith, A Simple, Fast, and
Effective Reparameterization of IBM Model 2, 2013)."""

MOST_CELLS = 1_500_000
"""Past it, passages are left out evenly: what is common has been seen often enough."""

LIKELY = 0.01
"""Of a word's association with the best in its passage, the share below which a cell is dropped."""

SEEN = 2.0
"""How many times a pair of the dictionary counts as seen."""


@dataclass(frozen=True, slots=True)
class Links:
    """Word `en[i]` of the English side and word `zh[i]` of the Chinese say the same.

    They are places in `Bitext.en` and `Bitext.zh`, in order.
    """

    en: Numbers
    zh: Numbers


def align(bitext: Bitext, known: Numbers) -> Links:
    """The links of all passages.

    `known` has the codes of the pairs that a dictionary knows, ascending: the
    number of the English stem times the number of names, and the other word's.
    """
    en, zh = _cells(bitext)
    if not len(en):
        return Links(en, zh)
    names = len(bitext.names)
    codes, pair = _numbered(bitext.en.term[en] * names + bitext.zh.term[zh])
    seen = known.take(np.searchsorted(known, codes), mode="clip") == codes if len(known) else False
    prior = np.where(seen | (codes // names == codes % names), SEEN, 0.0)

    association = _dice(codes, pair, names, bitext) + prior / (prior + 1)
    weight = association[pair]
    best = np.zeros(bitext.zh.count)
    np.maximum.at(best, zh, weight)
    likely = weight >= LIKELY * best[zh]
    en, zh, pair = en[likely], zh[likely], pair[likely]

    forward = _learn(pair, zh, codes // names, codes % names, association, prior, bitext.zh.term)
    backward = _learn(pair, en, codes % names, codes // names, association, prior, bitext.en.term)
    says, said = _best(forward[pair], zh), _best(backward[pair], en)
    either = says | said
    kept = _grown(en[either], zh[either], (says & said)[either], bitext)
    order = np.lexsort((zh[either][kept], en[either][kept]))
    return Links(en[either][kept][order], zh[either][kept][order])


def _numbered(codes: Numbers) -> tuple[Numbers, Numbers]:
    """The codes without repetition, ascending, and for each given one its place among them.

    As `numpy.unique` says it, which takes three times as long: codes and places are sorted in
    one integer.
    """
    bits = len(codes).bit_length()
    if int(codes.max()) >> (63 - bits):
        return np.unique(codes, return_inverse=True)
    packed = np.sort((codes << bits) | np.arange(len(codes)))
    ascending = packed >> bits
    first = np.concatenate(([True], ascending[1:] != ascending[:-1]))
    place = np.empty(len(codes), np.int64)
    place[packed & ((1 << bits) - 1)] = np.cumsum(first) - 1
    return ascending[first], place


def _grown(en: Numbers, zh: Numbers, agreed: Flags, bitext: Bitext) -> Flags:
    """What both directions agree on, and what one says right beside it of a word left over.

    The first step of grow-diag (Koehn, Och and Marcu, Statistical
    Phrase-Based Translation, 2003).
    """
    width = bitext.zh.count + 2
    code = en * width + zh
    sure = np.sort(code[agreed])

    def is_sure(wanted: Numbers) -> Flags:
        found: Flags = sure.take(np.searchsorted(sure, wanted), mode="clip") == wanted
        return found

    if not len(sure):
        return agreed
    free_en, free_zh = ~np.isin(en, en[agreed]), ~np.isin(zh, zh[agreed])
    beside_en = is_sure(code - width) | is_sure(code + width)
    beside_zh = is_sure(code - 1) | is_sure(code + 1)
    return agreed | (free_en & beside_en) | (free_zh & beside_zh)


def _cells(bitext: Bitext) -> tuple[Numbers, Numbers]:
    """The words that stand beside each other, by place in the Chinese side and then the English."""
    en, zh = bitext.en, bitext.zh
    passages = int(max(en.passage.max(initial=-1), zh.passage.max(initial=-1))) + 1
    en_length = np.bincount(en.passage, minlength=passages)
    zh_length = np.bincount(zh.passage, minlength=passages)
    first = np.cumsum(en_length) - en_length

    length = en_length[zh.passage]
    middle = zh.place * length // np.maximum(zh_length[zh.passage], 1)
    reach = WIDTH + length // SLOPE
    low = np.maximum(middle - reach, 0)
    width = np.maximum(np.minimum(middle + reach + 1, length) - low, 0)
    if width.sum() > MOST_CELLS:
        every = int(width.sum() // MOST_CELLS) + 1
        width[zh.passage % every != 0] = 0

    word = np.repeat(np.arange(zh.count), width)
    begins = np.repeat(np.cumsum(width) - width, width)
    return np.arange(len(word)) - begins + (first[zh.passage] + low)[word], word


def _dice(codes: Numbers, pair: Numbers, names: int, bitext: Bitext) -> Weights:
    """How much more often two words stand beside each other than apart, from 0 to 1."""
    together = np.bincount(pair, minlength=len(codes))
    en = np.bincount(bitext.en.term, minlength=names)[codes // names]
    zh = np.bincount(bitext.zh.term, minlength=names)[codes % names]
    dice: Weights = np.minimum(2.0 * together / (en + zh), 1.0)
    return dice


def _learn(
    pair: Numbers,
    said: Numbers,
    source: Numbers,
    target: Numbers,
    association: Weights,
    prior: Weights,
    words: Numbers,
) -> Weights:
    """The probability of each pair's target given its source, by expectation maximisation.

    `pair` and `said` are the cells: which pair, and which word of the target's
    side is to be explained, of those in `words`.
    """
    sources = int(source.max()) + 1
    null = NULL * np.bincount(words)[words] / len(words)

    def normalised(counts: Weights) -> Weights:
        total = np.bincount(source, counts, minlength=sources)
        share: Weights = counts / np.maximum(total, 1e-12)[source]
        return share

    chance = normalised(association)
    for _ in range(ITERATIONS):
        weight = chance[pair]
        explained = np.bincount(said, weight, minlength=len(words)) + null
        counts = np.bincount(pair, weight / explained[said], minlength=len(source))
        chance = normalised(counts + prior)
    return chance


def _best(weight: Weights, word: Numbers) -> Flags:
    """Which cells are the likeliest of their word."""
    best = np.zeros(int(word.max()) + 1)
    np.maximum.at(best, word, weight)
    likeliest: Flags = (weight >= best[word]) & (weight > 0)
    return likeliest
