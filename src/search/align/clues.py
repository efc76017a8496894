"""Which clues stand in a file, and which of its English words do they answer?

Everything is numbered and kept in arrays: a file has some thousand words of
the dictionary, and most of them answer nothing in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

import numpy as np

from search.align.dictionary import Dictionary
from search.align.sparse import Floats, Ints, Sparse
from search.align.words import NUMBER, TRANSLATION, WORD, Clue, clues, english_words, names
from search.analysis import fold


class Clues:
    """The clues of the Chinese paragraphs of a file, and the English words that they answer.

    `held` has a row a Chinese paragraph and a column a clue, `words` a row an
    English paragraph and a column an answered word. `offered` says how well a
    word is answered in a Chinese paragraph, `found` how well an English one
    answers a clue. `printed` tells the clues that are written alike in both
    languages, `alike` those that are written or read so, and `answers_alike`
    the words that answer one of these.
    """

    def __init__(self, en: Sequence[str], zh: Sequence[str], dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        in_en = [english_words(text) for text in en]
        said = {word: at for at, word in enumerate(set[str]().union(*in_en))}
        self._own: list[Clue] = []
        folded = list(map(fold, zh))
        own = self._own_clues(en, zh, folded, said)
        foreign = self._translations(folded, said)
        texts, numbers, by, words, weights = (
            np.concatenate(parts) for parts in zip(own, foreign, strict=True)
        )
        count = len(self._own) + len(self._foreign)
        self.printed = np.zeros(count, dtype=bool)
        self.printed[: len(self._own)] = [clue.kind in (NUMBER, WORD) for clue in self._own]
        spelt = list(said)
        answered = sorted(np.unique(words).tolist(), key=spelt.__getitem__)
        places = np.full(len(spelt), -1)
        places[answered] = np.arange(len(answered))
        words = places[words]
        row = np.repeat(np.arange(len(en)), [len(found) for found in in_en])
        column = places[[said[word] for found in in_en for word in found]]
        row, column = row[column >= 0], column[column >= 0]
        self.alike = np.arange(count) < len(self._own)
        self.answers_alike = np.zeros(len(answered), dtype=bool)
        self.answers_alike[places[own[3]]] = True
        self.held = Sparse.ones(len(zh), count, texts, numbers)
        self.words = Sparse.ones(len(en), len(answered), row, column)
        in_zh = Sparse.ones(count, len(zh), numbers, texts)
        self.offered = in_zh.times(len(answered), by, words, weights)
        self.found = Sparse.ones(len(answered), len(en), column, row).times(
            count, words, by, weights
        )

    def __len__(self) -> int:
        return len(self.printed)

    def kind_and_text(self, number: int) -> tuple[str, str]:
        """What kind of clue it is, and what stands in the Chinese."""
        if number < len(self._own):
            return self._own[number].kind, self._own[number].text
        return TRANSLATION, self._dictionary.word(self._foreign[number - len(self._own)])

    def _own_clues(
        self, en: Sequence[str], zh: Sequence[str], folded: Sequence[str], said: dict[str, int]
    ) -> tuple[Ints, Ints, Ints, Ints, Floats]:
        """Of the clues that the texts have by themselves: in which text which stands, and which
        of them answers which word of those said, at what weight."""
        places: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        found = ((clue, [at]) for at, text in enumerate(folded) for clue in clues(text))
        for clue, texts in chain(found, names(en, zh)):
            held = places[clue.kind, clue.text]
            if not held:
                self._own.append(clue)
            held.update(dict.fromkeys(texts))
        stands = [(at, number) for number, texts in enumerate(places.values()) for at in texts]
        answers = [
            (number, said[word], weight)
            for number, clue in enumerate(self._own)
            for word, weight in clue.answers.items()
            if word in said
        ]
        at, number = np.array(stands, dtype=np.int64).reshape(-1, 2).T
        by, word = np.array([pair[:2] for pair in answers], dtype=np.int64).reshape(-1, 2).T
        return at, number, by, word, np.array([weight for _, _, weight in answers])

    def _translations(
        self, folded: Sequence[str], said: dict[str, int]
    ) -> tuple[Ints, Ints, Ints, Ints, Floats]:
        """The same of the words of the dictionary. One that answers nothing in the file says
        nothing, and is no clue."""
        place, word = self._dictionary.places("\n".join(folded))
        words, first, number = np.unique(word, return_index=True, return_inverse=True)
        by, answered, weights = self._dictionary.answers(words, list(said))
        speaks = np.unique(by)
        speaks = speaks[np.argsort(first[speaks])]
        self._foreign: list[int] = words[speaks].tolist()
        numbers = np.full(len(words), -1)
        numbers[speaks] = len(self._own) + np.arange(len(speaks))
        ends = np.cumsum([len(text) + 1 for text in folded])
        text = np.searchsorted(ends, place, "right")
        clue = numbers[number]
        return text[clue >= 0], clue[clue >= 0], numbers[by], answered, weights
