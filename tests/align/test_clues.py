"""The arrays of clues say what the texts and the dictionary say one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.align.clues import Clues
from search.align.dictionary import ONE_CHARACTER, Dictionary
from search.align.sparse import Sparse
from search.align.words import NUMBER, TRANSLATION, WORD, Clue, clues, english_words, names

KNOWN = {"天地": "world", "天": "sky; day", "上天": "heaven", "下": "down/to fall", "人": "(bound)"}
ANSWERS = {
    "天地": {"world": 1.0},
    "天": {"sky": ONE_CHARACTER, "day": ONE_CHARACTER},
    "上天": {"heaven": 1.0},
    "下": {"down": ONE_CHARACTER, "fall": ONE_CHARACTER},
    "人": {},
}

english = st.lists(
    st.sampled_from("the world sky falls down 12 3 million day Wang AI".split()), max_size=6
).map(" ".join)
chinese = st.text("天地人上下王12，A I万", min_size=1, max_size=10)


def laid(sparse: Sparse) -> np.ndarray:
    """A sparse matrix in full."""
    full = np.zeros((sparse.height, sparse.width))
    rows, columns = sparse.places(np.arange(sparse.height))
    full[rows, columns] = sparse.values
    return full


def words(text: str) -> list[str]:
    """The words of the dictionary in a text, told one after the other."""
    known = Dictionary(KNOWN)
    return [known.word(number) for number in dict.fromkeys(known.places(text)[1].tolist())]


@given(st.lists(english, min_size=1, max_size=4), st.lists(chinese, min_size=1, max_size=4))
def test_a_clue_is_what_a_text_has_that_may_answer_a_word_of_the_file(
    en: list[str], zh: list[str]
) -> None:
    said = [english_words(text) for text in en]
    expected: dict[tuple[str, str], tuple[dict[str, float], set[int]]] = {}

    def hold(clue: Clue, at: int) -> None:
        expected.setdefault((clue.kind, clue.text), (dict(clue.answers), set()))[1].add(at)

    for at, text in enumerate(zh):
        for clue in clues(text.lower()):
            hold(clue, at)
    for clue, places in names(en, zh):
        for at in places:
            hold(clue, at)
    for at, text in enumerate(zh):
        for word in words(text.lower()):
            if not set().union(*said).isdisjoint(ANSWERS[word]):
                hold(Clue(TRANSLATION, word, ANSWERS[word]), at)

    found = Clues(en, zh, Dictionary(KNOWN))
    kinds = [found.kind_and_text(number) for number in range(len(found))]
    assert kinds == list(expected)
    assert found.printed.tolist() == [kind in (NUMBER, WORD) for kind, _ in kinds]
    answered = sorted(
        set().union(*said) & set().union(*(answers for answers, _ in expected.values()))
    )
    held = np.array([[at in places for _, places in expected.values()] for at in range(len(zh))])
    assert np.array_equal(laid(found.held), held.reshape(len(zh), len(expected)))
    spoken = np.array([[word in words for word in answered] for words in said])
    assert np.array_equal(laid(found.words), spoken.reshape(len(en), len(answered)))
    for at in range(len(zh)):
        for column, word in enumerate(answered):
            offered = [a.get(word, 0.0) for a, places in expected.values() if at in places]
            assert laid(found.offered)[at, column] == max(offered, default=0.0)
    for at in range(len(en)):
        for column, (answers, _) in enumerate(expected.values()):
            weights = [weight for word, weight in answers.items() if word in said[at]]
            assert laid(found.found)[at, column] == max(weights, default=0.0)
