"""Characters are known by their readings."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.pinyin_dict import pinyin_dict

from search.analysis import fold
from search.analysis.pinyin import (
    LONGEST_SPELT,
    MOST_SPELLINGS,
    Sounds,
    is_reading_of,
    is_syllables,
    readings,
    spellings,
    syllables,
)


def test_all_readings_of_a_character_are_known() -> None:
    assert readings("產") == {"chǎn"}
    assert {"háng", "xíng"} <= readings("行")
    assert readings("x") == frozenset()


@pytest.mark.parametrize(
    ("word", "text", "reads"),
    [
        ("Xiaogang", "王曉剛", True),
        ("wangxiaogang", "王晓刚", True),
        ("Lyu", "吕", False),
        ("Lyuwei", "吕伟", True),
        ("Beijing", "在北京", True),
        ("Peking", "在北京", False),
        ("SenseTime", "商湯", False),
    ],
)
def test_names_are_told_by_their_sound(word: str, text: str, reads: bool) -> None:
    assert is_reading_of(word, text) is reads


@given(
    word=st.lists(st.sampled_from("wang xiao gang xi an lyu lv zh ng Se".split()), max_size=5).map(
        "".join
    ),
    text=st.text("王晓刚西安仙吕，a", max_size=12),
)
def test_looking_for_many_names_finds_what_looking_for_one_finds(word: str, text: str) -> None:
    found = Sounds(text).places(word)
    assert found == [at for at in range(len(text)) if text[at] and is_read_at(word, text, at)]
    assert is_syllables(word) or not found


def is_read_at(word: str, text: str, at: int) -> bool:
    """Whether two to four characters from there on are read as the word."""
    ways = [text[at : at + length] for length in (2, 3, 4) if at + length <= len(text)]
    return any(is_reading_of(word, way) and not is_reading_of(word, way[1:]) for way in ways)


def test_the_readings_are_those_of_pypinyin() -> None:
    assert {chr(code): readings(chr(code)) for code in pinyin_dict} == {
        chr(code): set(unicodedata.normalize("NFC", known).split(","))
        for code, known in pinyin_dict.items()
    }


def test_the_table_of_typing_is_that_of_pypinyin() -> None:
    """Two readings of each character that is folded to itself, in pypinyin's order."""

    def typed(code: int) -> str:
        plain: dict[str, list[str]] = {}
        for reading in pinyin_dict[code].split(","):
            letters = fold(unicodedata.normalize("NFC", reading))
            if letters.isascii() and letters.isalpha() and letters not in plain:
                plain[letters] = [letters]
                if set("üǖǘǚǜ") & set(unicodedata.normalize("NFC", reading)):
                    plain[letters] += [letters.replace("u", "v"), letters.replace("u", "yu")]
        return " ".join(dict.fromkeys(way for ways in [*plain.values()][:2] for way in ways))

    alike: dict[str, list[str]] = {}
    for code in sorted(pinyin_dict):
        if 0x4E00 <= code <= 0x9FFF and fold(chr(code)) == chr(code) and typed(code):
            alike.setdefault(typed(code), []).append(chr(code))
    expected = [f"{ways}\t{''.join(chars)}" for ways, chars in sorted(alike.items())]
    table = files("search.analysis").joinpath("pinyin.tsv").read_text("utf-8")
    assert table.splitlines() == expected


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("专利", ("zhuanli",)),
        ("重庆", ("zhongqing", "chongqing")),
        ("女", ("nu", "nv", "nyu")),
        ("专x", ()),
        ("", ()),
        ("一" * (LONGEST_SPELT + 1), ()),
    ],
)
def test_a_word_is_typed_by_its_readings_the_likeliest_first(
    word: str, typed: tuple[str, ...]
) -> None:
    assert spellings(word)[: len(typed) or None] == typed


def test_a_word_has_a_bounded_number_of_spellings() -> None:
    assert len(spellings("行长重乐" * 3)) == MOST_SPELLINGS


def test_syllables_are_letters() -> None:
    assert {"zhuan", "li", "a"} <= syllables()
    assert all(syllable.isascii() and syllable.isalpha() for syllable in syllables())
