"""Names are found by their sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.pinyin_dict import pinyin_dict

from search.analysis import fold
from search.lexicon.names import Names, outline, outline_of_characters, pinyin_slots, spelt

NAMES = Names.of(
    ["elway", "jacksonvill", "fresno", "matlin", "wilson"],
    ["埃尔维", "索夫特韦尔", "杰克逊维尔", "弗雷斯诺", "麦特琳"],
)


@pytest.mark.parametrize(
    ("latin", "han"),
    [
        ("elway", "埃尔维"),
        ("jacksonvill", "杰克逊维尔"),
        ("fresno", "弗雷斯诺"),
        ("matlin", "麦特琳"),
    ],
)
def test_a_transcribed_name_is_found_from_either_side(latin: str, han: str) -> None:
    assert NAMES.sounding_like(latin)[0][0] == han
    assert NAMES.sounding_like(han)[0][0] == latin


def test_a_word_that_only_has_its_consonants_sounds_like_no_name() -> None:
    assert Names.of([], ["英文"]).sounding_like("inovashun") == []


def test_names_are_the_same_after_they_were_kept(tmp_path: Path) -> None:
    NAMES.save(tmp_path / "names")
    assert Names.open(tmp_path / "names") == NAMES
    nobody = Names.of([], [])
    nobody.save(tmp_path / "nobody")
    assert Names.open(tmp_path / "nobody") == nobody
    assert nobody.sounding_like("elway") == []


@pytest.mark.parametrize(("word", "chars"), [("xiaogang", "晓刚"), ("wangxiaogang", "王晓刚")])
def test_pinyin_stands_for_all_characters_that_are_read_so(word: str, chars: str) -> None:
    slots = pinyin_slots(word)
    assert slots is not None
    assert [char in slot for char, slot in zip(chars, slots, strict=True)] == [True] * len(chars)
    assert spelt(chars) == word


@pytest.mark.parametrize("word", ["patent", "wang", "", "x"])
def test_what_is_no_pinyin_of_several_syllables_stands_for_nothing(word: str) -> None:
    assert pinyin_slots(word) is None


@given(st.text(max_size=12) | st.text("abcdehilnorstwxy", max_size=40) | st.text("埃尔维斯"))
def test_no_text_breaks_the_search_for_a_name(text: str) -> None:
    folded = fold(text)
    assert outline(folded).isupper() or not outline(folded)
    assert outline_of_characters(folded).isupper() or not outline_of_characters(folded)
    assert spelt(folded).isascii()
    assert pinyin_slots(folded) is None or folded.isascii()
    assert all(0 < likeness <= 1 for _, likeness in NAMES.sounding_like(folded))


def test_the_table_of_syllables_is_what_pypinyin_says() -> None:
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        if fold(char) == char and code in pinyin_dict:
            assert spelt(char) == fold(pinyin_dict[code].partition(",")[0]), char
