"""Characters are known by their readings."""

from __future__ import annotations

import pytest

from search.analysis.pinyin import is_reading_of, readings


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
