"""What does each piece of evidence weigh? The constants of ranking, in one place.

Set on 1,190 questions in two languages with one right passage each, by
`benchmarks.quality`; each holds on either half of them. Figures are shares of
questions whose passage comes first, unless it is said otherwise.
"""

from __future__ import annotations

from typing import Final

from search.model import Role

SUBSTRING: Final = 0.5
"""What a run of characters counts that is no word as jieba cuts the text: 觉领 in 视觉领域."""

COUNTERPART: Final = 0.45
"""What a counterpart counts. A word that stands once in a passage as long as most scores 0.45 of
what one can score at all: what is said in other words stays below what is there itself."""

COUNTERPART_AMONG: Final = 1.0

COUNTERPART_K1: Final = 0.8
"""The k1 of counterparts: a translation that comes again says less than a word that does."""

FLATTEN: Final = 0.4
"""The power that probabilities of counterparts are raised to: what is likely elsewhere need not be
here."""

COORDINATION: Final = 0.3
"""The power of the share of the query's words, each by its rarity, that a passage has."""

ADJACENT: Final = 1.0
"""What the whole query as one phrase adds, as a share of what a term with its count would score."""

NEAR: Final = 0.3
WITHIN: Final = 8
"""What the words of the query add in any order, with as many others between them: less than what
one more word does, more than a difference in length."""

ROLES: Final = {Role.NOTE.value: 0.4, Role.HEADING.value: 0.8}
"""What the score of a passage weighs. A note says a few words in no others, which BM25 takes for
much: `intellectual property` would be a credit before an answer. Who searches wants the talk."""

HINTS: Final = 0.6
EXACT: Final = 0.15
FAMILY: Final = 0.2
PAIR: Final = 0.3
CHARACTER: Final = 0.15
CHARACTERS: Final = 0.7
PIECES: Final = 0.5
