"""What says the same is found, from either language, with how likely it is and how it is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.index.arrays import Arrays
from search.lexicon import Dictionary, Lexicon, Pair, Source, learned
from search.lexicon.bitext import Bitext
from search.lexicon.build import build
from search.lexicon.cedict import Entry
from search.lexicon.lookup import COMMON, DISCOUNT, GLOSSARY, LEAST, PRIOR
from search.lexicon.regional import own
from search.lexicon.table import parts, spelt
from search.lexicon.terms import key
from search.occurrences import Occurrences
from search.widening import pattern
from tests.lexicon.conftest import TALK, MakeArrays

DICTIONARY = Dictionary.of(
    (
        Entry("专利", False, (("patent",), ("monopoly",))),
        Entry("老师", False, (("teacher",),)),
        Entry("东部", False, (("eastern part",),)),
        Entry("软件", False, (("software",),)),
    )
)


@pytest.fixture(scope="session")
def nothing_learned(make_arrays: MakeArrays) -> Arrays:
    return make_arrays([("Nothing.", "")])


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


def test_what_is_learned_is_shown_as_words_and_not_as_stems(talk: Arrays) -> None:
    (first, *_) = build(talk).counterparts("发明")
    assert (first.terms, first.text) == (("invent",), "inventions")


def test_the_dictionary_fills_in_what_the_archive_does_not_say(make_arrays: MakeArrays) -> None:
    lexicon = build(
        make_arrays([("A patent is good.", ""), ("", "有老师。")]), dictionary=DICTIONARY
    )
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
    lexicon = build(
        make_arrays([("The eastern coast, the east.", "东部。")]), dictionary=DICTIONARY
    )
    weights = {at.text: (at.weight, at.source) for at in lexicon.counterparts("东部")}
    assert weights["east"][1] is Source.FAMILY
    assert weights["east"][0] < weights["eastern"][0]


def test_an_unknown_word_says_what_its_family_says(kept: Lexicon) -> None:
    assert best(kept, "patentist") == (key("专利"), Source.FAMILY)


def test_numbers_are_counterparts_of_themselves(make_arrays: MakeArrays) -> None:
    said = "In the 1980s, on 32 and thirty-two pages, the third of Louis XIV."
    lexicon = build(make_arrays([(said, "八十年代，三十二页，第三，路易十四。")]))
    for typed, found in (
        ("三十二", {("32",), ("thirti", "two")}),
        ("32", {key("三十二"), ("thirti", "two")}),
        ("1980s", {key("八十年代")}),
        ("80年代", {("1980", "s")}),
        ("第三", {("third",)}),
        ("third", {key("第三")}),
        ("十四", {("xiv",)}),
    ):
        others = lexicon.counterparts(typed)
        assert {other.terms for other in others} == found, typed
        assert {other.source for other in others} == {Source.NUMBER}


def test_an_irregular_form_says_what_its_word_does(make_arrays: MakeArrays) -> None:
    choose = Dictionary.of((Entry("选择", False, (("choose",),)),))
    lexicon = build(make_arrays([("She chose it.", ""), ("", "她选择了它。")]), dictionary=choose)
    assert best(lexicon, "chose") == (key("选择"), Source.DICTIONARY)
    assert best(lexicon, "选择") == (("choos",), Source.DICTIONARY)


def test_a_word_of_the_same_family_stands_for_a_counterpart_that_stands_nowhere(
    make_arrays: MakeArrays,
) -> None:
    invade = Dictionary.of((Entry("入侵", False, (("invade",),)),))
    lexicon = build(make_arrays([("The invasion failed.", "")]), dictionary=invade)
    assert [other.terms for other in lexicon.counterparts("入侵")] == [("invas",)]


def test_what_an_apostrophe_leaves_of_a_verb_is_nobodys_counterpart(
    make_arrays: MakeArrays,
) -> None:
    texts = [("I don't know.", "我不知道。"), ("They don't know him.", "他们不知道他。")] * 3
    lexicon = build(make_arrays(texts))
    assert [other.terms for other in lexicon.counterparts("知道")] == [("know",)]
    assert lexicon.counterparts("don") == ()


def test_akin_is_what_else_is_said_by_those_that_say_a_term(make_arrays: MakeArrays) -> None:
    entries = (
        Entry("比例", False, (("proportion",),)),
        Entry("比率", False, (("ratio", "proportion"),)),
    )
    lexicon = build(make_arrays([("The ratio.", "")]), dictionary=Dictionary.of(entries))
    assert lexicon.counterparts("比例") == ()
    assert [(other.terms, other.weight) for other in lexicon.akin(key("比例"))] == [
        (("ratio",), 1.0)
    ]
    assert lexicon.akin(key("没有人")) == ()


def test_a_name_that_no_dictionary_has_is_found_by_its_sound(make_arrays: MakeArrays) -> None:
    lexicon = build(
        make_arrays([("Elway won.", ""), ("", "弗雷斯诺很好。")]), dictionary=DICTIONARY
    )
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


def test_the_parts_of_a_compound_are_learned_together(make_arrays: MakeArrays) -> None:
    """商汤 is SenseTime, not sense; and time before sense is another thing."""
    arrays = make_arrays(
        [
            ("SenseTime has patents.", "商汤有专利。"),
            ("Teachers like SenseTime.", "老师喜欢商汤。"),
            ("Time is money.", "时间是金钱。"),
            ("SenseTime protects money.", "商汤保护金钱。"),
        ]
    )
    lexicon = build(arrays)
    assert best(lexicon, "商湯") == (("sens", "time"), Source.ARCHIVE)
    assert best(lexicon, "SenseTime") == (key("商汤"), Source.ARCHIVE)


def test_a_speaker_has_two_names(talk: Arrays) -> None:
    speakers = [Pair("Wang Xiaogang", "王曉剛"), Pair("patent", "专利")]
    lexicon = build(talk, [Pair("patent", "专利")], speakers=speakers, dictionary=DICTIONARY)
    assert best(lexicon, "Wang Xiaogang") == (key("王晓刚"), Source.SPEAKER)
    assert best(lexicon, "王晓刚") == (key("Wang Xiaogang"), Source.SPEAKER)
    assert best(lexicon, "patent") == (key("专利"), Source.GLOSSARY)


def test_an_ordinary_word_is_no_name(make_arrays: MakeArrays) -> None:
    """软件 may sound like something; what the dictionary has as a word is never taken so."""
    arrays = make_arrays([("Elway won.", "")])
    assert build(arrays).counterparts("埃尔维")
    ordinary = Dictionary.of([Entry("埃尔维", False, (("nobody",),))])
    assert build(arrays, dictionary=ordinary).counterparts("埃尔维") == ()
    name = Dictionary.of([Entry("埃尔维", True, (("Nobody",),))])
    assert build(arrays, dictionary=name).counterparts("埃尔维")


def merged_at_once(
    arrays: Arrays, glossary: Sequence[Pair]
) -> dict[str, dict[str, tuple[float, Source]]]:
    """The counterparts of every term by what the texts of `TALK` hold, families apart."""
    texts = [spelt(key(text)) for pair in TALK for text in pair]

    def stands(term: str) -> bool:
        return any(
            f" {term} " in f" {text} " or (term in text and not term.isascii()) for text in texts
        )

    seen = learned.pairs(Bitext.of(arrays), DICTIONARY)
    given = {(spelt(key(pair.en)), spelt(key(pair.zh))) for pair in glossary}
    prior = {
        (en, zh): weight
        for zh in DICTIONARY.table
        for en, weight, _ in DICTIONARY.table.row(zh)
        if en.isascii() and not zh.isascii()
    }
    table: dict[str, dict[str, tuple[float, Source]]] = {}
    for mine, other in ((0, 1), (1, 0)):
        for term in {pair[mine] for pair in (*seen, *given, *prior)}:
            chances = {}
            for pair, weight in prior.items():
                if pair[mine] == term and stands(pair[other]):
                    common = sum(zh.count(pair[1]) for _, zh in TALK) + 1.0 if other else 1.0
                    chances[pair[other]] = weight * common**COMMON
            counts = {
                pair[other]: count - DISCOUNT
                for pair, count in seen.items()
                if pair[mine] == term and stands(pair[other])
            }
            share = PRIOR / (sum(chances.values()) or 1.0)
            whole = sum(counts.values()) + (PRIOR if chances else 0.0)
            editors = [pair[other] for pair in given if pair[mine] == term]
            left = 1.0 - GLOSSARY if editors else 1.0
            row = {}
            for target in {*chances, *counts}:
                dictionary, archive = share * chances.get(target, 0.0), counts.get(target, 0.0)
                weight = (dictionary + archive) / whole
                if weight >= LEAST:
                    source = Source.ARCHIVE if archive > dictionary else Source.DICTIONARY
                    row[target] = (left * weight, source)
            for target in editors:
                more = row.get(target, (0.0, None))[0]
                row[target] = (more + GLOSSARY / len(editors), Source.GLOSSARY)
            table[term] = row
    return table


def test_a_term_has_the_counterparts_of_everything_merged_at_once(talk: Arrays) -> None:
    glossary = [Pair("patents", "發明"), Pair("talent", "老师")]
    lexicon = build(talk, glossary, dictionary=DICTIONARY)
    wanted = merged_at_once(talk, glossary)
    assert len(wanted) > 20
    for term in {*wanted, *terms(lexicon)}:
        found = {
            spelt(at.terms): (at.weight, at.source)
            for at in (lexicon.counterparts(parts(term)) if parts(term) in lexicon else ())
            if at.source is not Source.FAMILY
        }
        assert found.keys() == wanted.get(term, {}).keys(), term
        for target, (weight, source) in wanted.get(term, {}).items():
            share, how = found[target]
            assert share == pytest.approx(weight, abs=1e-5), (term, target)
            assert how is source, (term, target)


PAIRS = st.builds(
    Pair,
    st.lists(st.sampled_from("patent talent SenseTime R&D schools x".split()), min_size=1).map(
        " ".join
    ),
    st.text("专利發明人才AI", min_size=1, max_size=6).filter(lambda text: not text.isascii()),
)


@given(glossary=st.lists(PAIRS, max_size=5))
def test_every_pair_of_the_glossary_is_known_from_both_sides(
    nothing_learned: Arrays, glossary: list[Pair]
) -> None:
    lexicon = build(nothing_learned, glossary)
    for pair in glossary:
        en, zh = key(pair.en), key(pair.zh)
        for asked, wanted in ((en, zh), (zh, en)):
            assert asked in lexicon
            found = {at.terms: at.source for at in lexicon.counterparts(asked)}
            assert found[wanted] is Source.GLOSSARY


def test_nothing_is_a_counterpart_that_does_not_stand_in_the_archive(
    archive: search.Archive,
) -> None:
    """In the project's own content, but for the names of speakers, and numbers."""
    shelf = archive._newest()
    lexicon, occurrences = shelf.lexicon, Occurrences(shelf)
    assert lexicon.dictionary
    asked = random.Random(5).sample(list(lexicon.dictionary.table), 4_000)
    found = {
        at
        for term in (*asked, *lexicon.own)
        for at in lexicon.counterparts(parts(term))
        if at.source is not Source.SPEAKER
    }
    assert len({at.lang for at in found}) == 2
    assert len({at.terms for at in found}) > 500
    for at in found:
        docs, _ = occurrences.count(pattern(at.terms, 1.0))
        assert len(docs), at


@given(
    text=st.text(max_size=40)
    | st.lists(st.sampled_from("patent 专利 学校 三 32 elway 埃尔维 \0".split(" "))).map(" ".join)
)
def test_any_text_may_be_asked_for(kept: Lexicon, text: str) -> None:
    for at in (*kept.counterparts(text), *kept.sounding_like(text)):
        assert at.terms
        assert 0 < at.weight <= 1
