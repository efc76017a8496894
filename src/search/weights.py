"""What does each piece of evidence weigh? The constants of ranking, in one place.

Those with figures were set on 1,190 questions in two languages with one right
passage each (`benchmarks.quality`). A figure is the share of them whose
passage comes first, without the weight and with it, or with one and another;
what gains on the whole had to lose on neither half of the questions (halves of the passages, with
theirs). `zh → en`
are questions in Chinese, passages in English alone. `mixed` are passages of
which half are in English alone, a quarter in Chinese alone and a quarter in
both. The others keep a promise, and say which.
"""

from __future__ import annotations

from typing import Final

from search.model import Role

# A word.

SUBSTRING: Final = 0.5
"""What a run of characters counts that is no word as jieba cuts the text: 觉领 in 视觉领域. A word
comes before an accident, and twice the accident is as much as once the word."""

COUNTERPART: Final = 0.45
"""What a counterpart of a single word counts. A word that stands once in a passage as long as most
scores 0.45 of what one can score at all: what is said in other words stays below what is there."""

COUNTERPART_AMONG: Final = 1.0
"""The same of one of several words: the order of levels (see `found`) holds the promise there.
mixed, 0.45 and 1: zh .699 .765, en .783 .805; 1.2 gains in Chinese and loses in English."""

COUNTERPART_K1: Final = 0.8
"""The k1 of counterparts: a translation that comes again says less than a word that does.
1.2 and 0.8: en → zh .776 .779."""

LIKELY: Final = 0.9
"""The share of a word's likeliest counterpart from which a passage has the word among all: every
other one only may be what is meant. 0 and 0.9: zh → en .836 .843, en → zh .804 .808."""

FLATTEN: Final = 0.4
"""The power that probabilities of counterparts are raised to: what is likely elsewhere need not be
here. Between 0.3 and 0.6 the figures hardly move."""

# Several words.

COORDINATION: Final = 0.3
"""The power of the share of the query's words, each by its rarity, that a passage has: "most of
the words". 0 and 0.3: en → zh .768 .779, zh → en .820 .819; 1 and 0.3: zh → zh .938 .939."""

ADJACENT: Final = 1.0
"""What the whole query as one phrase adds, as a share of what a term with its count would score:
it comes before the same words near each other."""

NEAR: Final = 0.3
WITHIN: Final = 8
"""What the words of the query add in any order, with as many others between them: less than what
one more word does, more than a difference in length."""

TOGETHER: Final = 0.5
WINDOW: Final = 16
WINDOW_HAN: Final = 25
"""What most of the query adds that stands within so many words, or characters of Chinese, as a
share of the rarity of its words: see `nearness`. 0 and 0.5: zh → en .843 .850, en → zh .818 .821;
between 12 and 20 words, 0.4 and 0.6, the figures hardly move."""

# Hints: see `hints`.

HINTS: Final = 0.6
"""What all that hints at a passage in the language of the query raises its score by, at most.
zh → zh .934 .939, en → en .940 .943. As a sum beside the score they gain as much there and lose
in mixed passages, where what is in the other language has none: zh .738 and .647."""

EXACT: Final = 0.15
"""The exact form of an English word, beside what follows. en → en .940 .943."""

PAIR: Final = 0.3
"""Two characters of Chinese as it was typed, whatever they are cut into. zh → zh .936 .939."""

CHARACTERS: Final = 0.7
PAIRS: Final = 0.4
"""The characters of what says a word in Chinese, and two of them in a row, beside the word.
en → zh with those of counterparts that stand .808, characters .813, both .816."""

PIECES: Final = 0.5
"""The pieces of a Chinese word without a counterpart, beside a word. zh → en .807 .819."""

WORDS: Final = 0.4
"""The words in a Chinese word that is one itself, beside it: 公立 and 学校 in 公立学校.
zh → en .825 .828."""

AKIN: Final = 0.4
"""What says nearly the same, by way of what its counterparts say too, beside a word.
zh → en .829 .839, en → zh .797 .800."""

# A passage.

ROLES: Final = {Role.NOTE.value: 0.4, Role.HEADING.value: 0.8}
"""What the score of a passage weighs. A note says a few words in no others, which BM25 takes for
much: `intellectual property` would be a credit before an answer. Who searches wants the talk."""
