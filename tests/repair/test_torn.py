"""The damage is computed back, on the interview's own Chinese in both scripts.

The simulator tells each damaged place. Where every byte of it is still there,
in one form or another, the original is known but for what is read alike;
where a byte is lost, it is a guess, and doubted.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normalize import simplified
from search.analysis.pinyin import readings
from search.model import Transcript
from search.repair import Witness, repair
from search.repair.octets import octets
from tests.scraper import Reader, damage, narrow, places

_WIDE = str.maketrans({",": "，", "?": "？", ":": "：", "!": "！", "\u00a0": " "})


@pytest.fixture(scope="module")
def traditional(interview: Transcript) -> list[str]:
    """The Chinese paragraphs as they were printed: with full-width signs."""
    paragraphs = [p.zh.translate(_WIDE) for p in interview.passages if p.zh]
    return [text for text in paragraphs if all(map(octets, text))]


@pytest.fixture(scope="module")
def both_scripts(traditional: list[str]) -> dict[str, list[str]]:
    table = str.maketrans(simplified())
    return {
        "traditional": traditional,
        "simplified": [text.translate(table) for text in traditional],
    }


def _glosses(paragraphs: list[str], how_many: int, seed: int) -> dict[str, str]:
    chance = random.Random(seed)
    han = sorted({char for text in paragraphs for char in text if readings(char)})
    return {char: min(readings(char)) for char in chance.sample(han, how_many)}


def _outcomes(
    paragraphs: list[str], glosses: dict[str, str], reader: Reader, blind: bool
) -> Iterator[tuple[str, bool, bool]]:
    """For each damaged place its kind, whether it came back, and whether it is doubted."""
    damaged = [damage(text, glosses, reader, blind) for text in paragraphs]
    witness = Witness(damaged)
    for text, hurt in zip(paragraphs, damaged, strict=True):
        mended, _, doubts = repair(hurt, 1, witness)
        same: set[int] = set()
        for _, begin, size in SequenceMatcher(
            None, mended, narrow(text), autojunk=False
        ).get_matching_blocks():
            same.update(range(begin, begin + size))
        for place in places(text, glosses, reader, blind):
            kind = "whole" if place.begin == place.stop else "lost" if place.lost else "torn"
            back = same.issuperset(range(place.begin, place.stop))
            yield kind, back, bool(doubts)


@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("script", ["traditional", "simplified"])
def test_damaged_places_come_back_exactly(
    both_scripts: dict[str, list[str]], script: str, blind: bool
) -> None:
    """At least 99.5 of 100 whose bytes are there, and nearly all that does not is doubted."""
    paragraphs = both_scripts[script]
    found: Counter[tuple[str, bool, bool]] = Counter()
    for seed in range(4):
        for how_many in (10, 60, 200):
            glosses = _glosses(paragraphs, how_many, seed)
            found.update(_outcomes(paragraphs, glosses, Reader.SWALLOWS, blind))
    back = sum(n for (kind, good, _), n in found.items() if kind != "lost" and good)
    not_back = sum(n for (kind, good, _), n in found.items() if kind != "lost" and not good)
    silent = sum(
        n for (kind, good, doubted), n in found.items() if kind != "lost" and not (good or doubted)
    )
    assert back > 1_000
    assert back >= 0.995 * (back + not_back)
    assert silent <= 0.001 * (back + not_back)
    torn = sum(n for (kind, _, _), n in found.items() if kind == "torn")
    torn_back = found["torn", True, True] + found["torn", True, False]
    assert torn_back >= 0.985 * torn


@pytest.mark.parametrize("reader", Reader)
def test_most_lost_bytes_are_guessed_and_the_rest_is_doubted(
    both_scripts: dict[str, list[str]], reader: Reader
) -> None:
    for paragraphs in both_scripts.values():
        outcomes = Counter(_outcomes(paragraphs, _glosses(paragraphs, 60, 1), reader, blind=True))
        lost = {key: n for key, n in outcomes.items() if key[0] == "lost"}
        right = sum(n for (_, good, _), n in lost.items() if good)
        silent = lost.get(("lost", False, False), 0)
        assert right >= 0.5 * sum(lost.values())
        assert silent <= 0.15 * sum(lost.values())


@given(st.data())
def test_undamaged_text_is_never_changed(
    both_scripts: dict[str, list[str]], data: st.DataObject
) -> None:
    """Neither as it was printed, nor with signs that somebody made half-width, nor cut anywhere."""
    script = data.draw(st.sampled_from(sorted(both_scripts)))
    text = data.draw(st.sampled_from(both_scripts[script]))
    start = data.draw(st.integers(0, len(text)))
    text = text[start : data.draw(st.integers(start, len(text)))]
    if data.draw(st.booleans()):
        text = narrow(text)
    assert repair(text) == (text, [], [])


@given(st.lists(st.sampled_from("產業發創內經數質轉續聯協現優執據驅"), unique=True))
def test_each_repair_says_what_it_changed(traditional: list[str], glossed: list[str]) -> None:
    """The repairs, made on the damaged text, give the mended one."""
    glosses = {char: min(readings(char)) for char in glossed}
    for text in traditional[:2]:
        hurt = damage(text, glosses)
        mended, repairs, _ = repair(hurt)
        out, at = "", 0
        for made in repairs:
            begin = made.column - 1
            assert hurt.startswith(made.before, begin)
            out += hurt[at:begin] + made.after
            at = begin + len(made.before)
        assert out + hurt[at:] == mended


def test_a_file_says_more_than_a_paragraph() -> None:
    """Both 直 and 植 are read zhí: 种|被 holds the one, 种|不 the other."""
    torn = damage("这里有三种被确认了", {"直": "zhí", "认": "rèn"})
    alone, _, doubts = repair(torn)
    assert "不确认" in alone and doubts
    text, _, doubts = repair(torn, 1, Witness([torn, "植物生长"]))
    assert (text, doubts) == ("这里有三种被确认了", [])


def test_a_character_is_glossed_with_one_reading_in_a_file() -> None:
    """的 and 地 are both read dì, but here 的 is glossed de."""
    torn = "项目正义性。头两条公路成功地打开了雨林，导致定居。", "我的书是他的。", "天地"
    hurt = [damage(text, {"的": "de", "地": "dì"}) for text in torn]
    assert "的(de)" in hurt[1] and "地" not in hurt[0]
    assert repair(hurt[0], 1, Witness(hurt))[0] == narrow(torn[0])
    assert "成功的打开" in repair(hurt[0])[0]


@pytest.mark.parametrize(
    ("text", "glosses"),
    [
        # The second byte of 個 is 80, which begins no character.
        ("他說「一個人替百姓死。", {"敢": "gǎn", "個": "gě"}),
        # Neither of 篤 and 虚 is rare in both scripts; the sign and its gloss tell.
        ("耶和華在滄海中開道，在大水中開路。", {"開": "qiān"}),
    ],
)
def test_what_is_left_of_a_second_byte_is_told(text: str, glosses: dict[str, str]) -> None:
    torn = damage(text, glosses)
    assert torn != narrow(text)
    assert repair(torn)[0] == narrow(text)


def test_no_digit_is_guessed() -> None:
    """The last byte of 在 swallowed the 2."""
    torn = damage("这里有三种被用在20世纪", {"直": "zhí"})
    assert torn.endswith("?0世纪")
    text, _, doubts = repair(torn)
    assert text.endswith("?0世纪") and text.startswith("这里有三种")
    assert doubts


def test_browsers_put_back_what_others_swallow() -> None:
    hurt = damage("商湯的全球專利資產", {"驅": "qū"}, Reader.PUTS_BACK)
    assert hurt == "商湯的全球\ufffd(qū)@\ue386Y產"
    assert repair(hurt)[0] == "商湯的全球專利資產"


@pytest.mark.parametrize(
    "text", ["全球?qū)" * 300, "?!" * 500 + "專利", "\ue386" * 20_000, "專?" * 500]
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    repaired, repairs, _ = repair(text)
    assert bool(repairs) == (repaired != text)


def test_a_file_that_asks_for_too_much_is_left_and_doubted() -> None:
    torn = "全球?qū)@\ue386Y產"
    witness = Witness([torn])
    witness.effort = 3
    text, repairs, doubts = repair(torn, 5, witness)
    assert (text, repairs) == (torn, [])
    assert any("too many" in doubt.what for doubt in doubts)
