"""What says the same is found, from either language, with how likely it is and how it is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.arrays import Arrays
from search.lexicon import Dictionary, Lexicon, Pair, Source, build
from search.lexicon.cedict import Entry
from search.lexicon.regional import own
from search.lexicon.terms import key
from tests.lexicon.conftest import MakeArrays

DICTIONARY = Dictionary.of(
    (
        Entry("专利", False, (("patent",), ("monopoly",))),
        Entry("老师", False, (("teacher",),)),
        Entry("东部", False, (("eastern part",),)),
        Entry("软件", False, (("software",),)),
    )
)


@pytest.fixture(scope="session")
def kept(talk: Arrays, tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """A lexicon as a search opens it."""
    folder = tmp_path_factory.mktemp("lexicon")
    build(talk, [Pair("patent", "专利")], own(), dictionary=DICTIONARY).save(folder)
    return Lexicon.open(folder, talk, DICTIONARY)


def terms(lexicon: Lexicon) -> list[str]:
    """Every term that something is known of."""
    return [*lexicon.own, *DICTIONARY.table]


def best(lexicon: Lexicon, term: str) -> tuple[tuple[str, ...], Source]:
    first = lexicon.counterparts(term)[0]
    return first.terms, first.source


@pytest.mark.parametrize(
    ("en", "zh"),
    [("patent", "专利"), ("inventions", "發明"), ("school", "学校"), ("money", "金钱")],
)
def test_words_are_learned_from_what_stands_side_by_side(talk: Arrays, en: str, zh: str) -> None:
    lexicon = build(talk)
    assert best(lexicon, en) == (key(zh), Source.ARCHIVE)
    assert best(lexicon, zh) == (key(en), Source.ARCHIVE)


def test_several_words_that_say_one_are_learned_together(talk: Arrays) -> None:
    lexicon = build(talk)
    assert best(lexicon, "talent pool") == (key("人才"), Source.ARCHIVE)
    assert best(lexicon, "人才") == (("talent", "pool"), Source.ARCHIVE)


def test_the_dictionary_fills_in_what_the_archive_does_not_say(make_arrays: MakeArrays) -> None:
    lexicon = build(make_arrays([("A patent is good.", ""), ("", "有老师。")]), dictionary=DICTIONARY)
    assert best(lexicon, "专利") == (("patent",), Source.DICTIONARY)
    assert best(lexicon, "teachers") == (key("老师"), Source.DICTIONARY)


def test_only_what_stands_in_the_archive_is_a_counterpart(talk: Arrays) -> None:
    lexicon = build(talk, dictionary=DICTIONARY)
    assert "monopoly" not in {at.text for at in lexicon.counterparts("专利")}
    assert lexicon.counterparts("软件") == ()


def test_what_is_learned_elsewhere_counts_where_it_stands(
    talk: Arrays, make_arrays: MakeArrays
) -> None:
    lexicon = build(make_arrays([("A school.", "")]), learn_from=talk)
    assert best(lexicon, "学校") == (("school",), Source.ARCHIVE)
    assert lexicon.counterparts("专利") == lexicon.counterparts("patent") == ()


def test_nothing_of_the_glossary_is_lost_and_it_comes_first(talk: Arrays) -> None:
    glossary = [
        Pair("patents", "發明"),
        Pair("autonomous driving", "自動駕駛"),
        Pair("industry-university-research", "產學研"),
    ]
    lexicon = build(talk, glossary, dictionary=DICTIONARY)
    for pair in glossary:
        assert best(lexicon, pair.en) == (key(pair.zh), Source.GLOSSARY)
        assert best(lexicon, pair.zh) == (key(pair.en), Source.GLOSSARY)
    assert best(lexicon, "Patent") == (key("发明"), Source.GLOSSARY)


def test_the_words_of_another_region_say_what_their_own_says(make_arrays: MakeArrays) -> None:
    arrays = make_arrays([("The software is good.", "软件好。")])
    found = build(arrays, (), own(), dictionary=DICTIONARY).counterparts("軟體")
    assert {(at.text, at.source) for at in found} >= {
        ("software", Source.DICTIONARY),
        ("软件", Source.REGIONAL),
    }


def test_a_word_of_the_family_is_a_counterpart_of_less_weight(make_arrays: MakeArrays) -> None:
    lexicon = build(make_arrays([("The eastern coast, the east.", "东部。")]), dictionary=DICTIONARY)
    weights = {at.text: (at.weight, at.source) for at in lexicon.counterparts("东部")}
    assert weights["east"][1] is Source.FAMILY
    assert weights["east"][0] < weights["eastern"][0]


def test_an_unknown_word_says_what_its_family_says(kept: Lexicon) -> None:
    assert best(kept, "patentist") == (key("专利"), Source.FAMILY)


def test_numbers_are_counterparts_of_themselves(kept: Lexicon) -> None:
    assert best(kept, "三十二") == (("32",), Source.NUMBER)
    assert best(kept, "32") == (key("三十二"), Source.NUMBER)


def test_a_name_that_no_dictionary_has_is_found_by_its_sound(make_arrays: MakeArrays) -> None:
    lexicon = build(make_arrays([("Elway won.", ""), ("", "弗雷斯诺很好。")]), dictionary=DICTIONARY)
    assert best(lexicon, "埃爾維") == (("elway",), Source.SOUND)
    assert best(lexicon, "Fresno") == (key("弗雷斯诺"), Source.SOUND)


def test_weights_are_shares_and_the_likeliest_comes_first(kept: Lexicon) -> None:
    for term in terms(kept):
        weights = [at.weight for at in kept.counterparts(term)]
        assert weights == sorted(weights, reverse=True)
        assert all(0 < weight <= 1 for weight in weights)


def test_the_same_archive_gives_the_same_files(talk: Arrays, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        build(talk, [Pair("patent", "专利")], own(), dictionary=DICTIONARY).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_a_kept_lexicon_answers_as_before(talk: Arrays, kept: Lexicon) -> None:
    built = build(talk, [Pair("patent", "专利")], own(), dictionary=DICTIONARY)
    assert list(kept.own) == list(built.own) != []
    assert kept.names == built.names
    for term in (*terms(built), "nothing", "沒有", ""):
        assert kept.counterparts(term) == built.counterparts(term)


def test_a_folder_without_a_lexicon_cannot_be_opened(talk: Arrays, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        Lexicon.open(tmp_path, talk, None)


def test_a_lexicon_of_nothing_can_be_kept_and_asked(
    make_arrays: MakeArrays, tmp_path: Path
) -> None:
    arrays = make_arrays([("One.", "")])
    build(arrays).save(tmp_path)
    empty = Lexicon.open(tmp_path, arrays, None)
    assert list(empty.own) == []
    assert empty.counterparts("patent") == ()
    assert key("patent") not in empty


@given(
    text=st.text(max_size=40)
    | st.lists(st.sampled_from("patent 专利 学校 三 32 elway 埃尔维 \0".split(" "))).map(" ".join)
)
def test_any_text_may_be_asked_for(kept: Lexicon, text: str) -> None:
    for at in (*kept.counterparts(text), *kept.sounding_like(text)):
        assert at.terms
        assert 0 < at.weight <= 1
