"""What CC-CEDICT says is evidence for a pair, read word by word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.align.dictionary import ONE_CHARACTER, Dictionary, installed, translations
from search.index.build import is_current
from search.lexicon import cedict
from search.library import load
from tests.conftest import EDITION


def test_a_word_read_on_demand_has_the_translations_of_all_its_entries(cc_cedict: str) -> None:
    found = installed()
    wanted = {"专利", "行", "创新", "苹果"}
    senses = {
        word: [gloss for entry in cedict.entries() if entry.word == word for gloss in entry.senses]
        for word in wanted
    }
    of_entries = {word: dict(translations(senses[word])) for word in wanted}
    alone = of_entries["行"]
    of_entries["行"] = {stem: weight * ONE_CHARACTER for stem, weight in alone.items()}
    said = sorted({stem for answers in of_entries.values() for stem in answers})
    # What was read once is not read again.
    for _ in range(2):
        assert {word: answers(found, word, ["no", *said]) for word in wanted} == of_entries
    assert answers(found, "专利", said)["patent"] == 1.0
    assert len(found) > 90_000


def answers(dictionary: Dictionary, word: str, stems: list[str]) -> dict[str, float]:
    """What one word may answer of some stems."""
    _, (number,) = dictionary.places(word)
    by, answered, weights = dictionary.answers(np.array([number]), stems)
    assert not by.any()
    return {stems[at]: weight for at, weight in zip(answered, weights.tolist(), strict=True)}


@given(
    words=st.sets(st.text("天地人上下", min_size=1, max_size=7)),
    text=st.text("天地人上下，a", max_size=40),
)
def test_the_longest_word_at_each_place_is_found(words: set[str], text: str) -> None:
    expected: list[tuple[int, str]] = []
    covered = 0
    for start in range(len(text)):
        longest = max(
            (
                text[start:end]
                for end in range(start + 1, min(start + 5, len(text)) + 1)
                if text[start:end] in words
            ),
            key=len,
            default="",
        )
        if len(longest) > 1 or (longest and start >= covered):
            expected.append((start, longest))
            covered = max(covered, start + len(longest))
    known = Dictionary(dict.fromkeys(words, ""))
    places, found = known.places(text)
    assert [known.word(number) for number in found] == [word for _, word in expected]
    assert places.tolist() == [place for place, _ in expected]


def test_without_the_package_there_are_no_translations() -> None:
    assert not installed() and not installed().places("专利")[0].size


def test_a_whole_translation_after_a_whole_original_is_aligned_by_the_dictionary(
    tmp_path: Path, cc_cedict: str
) -> None:
    zh = ["我喜歡吃蘋果。", "他住在山上的小屋裡。", "今天早上下雨了。", "貓在椅子下睡覺。"]
    en = ["I like to eat apples.", "This morning it rained.", "The cat sleeps under the chair."]
    (tmp_path / "talk.txt").write_text("\n\n".join([*zh, *en]), "utf-8")
    (found,) = load(tmp_path).transcripts
    assert [(p.zh, p.en) for p in found.passages] == [
        (zh[0], en[0]),
        (zh[1], None),
        (zh[2], en[1]),
        (zh[3], en[2]),
    ]


def test_a_transcript_that_was_read_without_the_dictionary_is_read_again_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    content.mkdir()
    zh, en = ["我喜歡蘋果。", "今天下雨了。"], ["I like apples.", "It rains today."]
    (content / "talk.txt").write_text("\n\n".join([*zh, *en]), "utf-8")
    assert search.rebuild(content, index).sides["both"] < 2
    assert is_current(content, index)
    monkeypatch.setattr(cedict, "edition", EDITION)
    assert not is_current(content, index)
    assert search.rebuild(content, index).sides["both"] == 2
