"""What editors ask of the interview, and what they must get."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive
from search.analysis.scripts import HAN
from search.model import Lang
from search.results import Hit, Results
from tests.conftest import CONTENT


def keys(results: Results) -> set[str]:
    return {hit.passage.key for hit in results.hits}


def ask(archive: Archive, query: str) -> Results:
    return archive.search(query, limit=None, one_language=True)


def marked(hit: Hit, lang: Lang) -> list[str]:
    text = getattr(hit.passage, lang.value) or ""
    return [text[mark.start : mark.end] for mark in hit.marks[lang]]


def all_marked(results: Results) -> set[str]:
    return {word for hit in results.hits for lang in Lang for word in marked(hit, lang)}


def test_simplified_and_traditional_find_the_same(archive: Archive) -> None:
    simplified, traditional = ask(archive, "产学研"), ask(archive, "產學研")
    assert keys(simplified) == keys(traditional) != set()
    assert all_marked(simplified) == all_marked(traditional) == {"產學研"}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("校企联合实验室", "校企聯合實驗室"),
        ("质量体系", "質量體系"),
        ("专利资产", "專利資產"),
        ('"全球专利资产累计"', "全球專利資產累計"),
    ],
)
def test_what_glosses_and_torn_bytes_hid_is_found(archive: Archive, query: str, shown: str) -> None:
    best = ask(archive, query).hits[0]
    assert shown in marked(best, Lang.ZH)


def test_a_word_finds_its_other_forms(archive: Archive) -> None:
    found = {word.lower() for word in all_marked(ask(archive, "innovate"))}
    assert {"innovate", "innovation", "innovations"} <= found


def test_an_exact_word_finds_itself_alone(archive: Archive) -> None:
    assert all_marked(ask(archive, "=innovate")) == {"innovate"}
    assert all_marked(archive.search("innovate", exact=True)) == {"innovate"}


def test_run_would_find_running(make_archive: object) -> None:
    archive = make_archive("We kept running the tests.\n\nNothing else.")  # type: ignore[operator]
    assert all_marked(ask(archive, "run")) == {"running"}


def test_a_number_is_one_number_with_and_without_its_comma(archive: Archive) -> None:
    plain, comma = ask(archive, "11494"), ask(archive, "11,494")
    assert keys(plain) == keys(comma)
    for results in (plain, comma):
        sides = {lang for hit in results.hits for lang in Lang if hit.marks[lang]}
        assert sides == {Lang.EN, Lang.ZH}
        assert all_marked(results) == {"11,494", "11494"}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("R&D", "R&D"),
        ("V2X", "V2X"),
        ("L4", "L4"),
        ("AI+", "AI+"),
        ("ISO9001", "ISO9001"),
        ("ISO9001", "ISO 9001"),
        ("ISO 9001", "ISO9001"),
        ("iso 9001", "9001"),
        ("SenseTime’s", "SenseTime"),
        ("SenseTime's", "SenseTime"),
        ("sense time", "SenseTime"),
        ("sensetime", "SenseTime"),
        ("vehicle-to-everything", "vehicle-to-everything"),
        ("vehicle to everything", "vehicle"),
        ("ASPICE", "ASPICE"),
        ("ＡＳＰＩＣＥ", "ASPICE"),
        ("Top10", "Top10"),
        ('"top 10"', "Top10"),
    ],
)
def test_names_and_numbers_are_found_as_people_type_them(
    archive: Archive, query: str, shown: str
) -> None:
    assert shown in all_marked(ask(archive, query))


def test_ai_plus_is_not_ai(archive: Archive) -> None:
    assert all_marked(ask(archive, "AI+")) == {"AI+"}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ('"智能驾驶"', "智能駕駛"),
        ('"计算机视觉"', "計算機視覺"),
        ("觉领", "覺領"),
        ('"觉领"', "覺領"),
    ],
)
def test_chinese_is_found_whatever_words_it_is_cut_into(
    archive: Archive, query: str, shown: str
) -> None:
    results = ask(archive, query)
    assert results.hits and all_marked(results) == {shown}


@pytest.mark.parametrize(
    ("query", "like"),
    [("*汽车", "汽車"), ("专利*", "專利"), ("innov*", "innov"), ("*novation*", "novation")],
)
def test_a_star_stands_for_any_letters(archive: Archive, query: str, like: str) -> None:
    found = all_marked(ask(archive, query))
    assert found and all(like in word.lower() for word in found)


def test_a_star_finds_no_less_than_a_search_by_eye(archive: Archive) -> None:
    seen = {
        passage.key
        for passage in (archive.transcript("wang-xiaogang-sensetime") or pytest.fail()).passages
        if re.search(r"\binnov", f"{passage.en}", re.I)
    }
    assert keys(ask(archive, "innov*")) == seen


@pytest.mark.parametrize(
    "query", ["patent -utility", "patent NOT utility", "patent AND NOT utility"]
)
def test_what_is_negated_is_in_no_hit(archive: Archive, query: str) -> None:
    without = ask(archive, query)
    assert without.total and keys(without) == keys(ask(archive, "patent")) - keys(
        ask(archive, "utility")
    )


def test_brackets_alternatives_and_a_speaker_hold_together(archive: Archive) -> None:
    either = keys(ask(archive, "patent")) | keys(ask(archive, "专利"))
    results = ask(archive, "(patent OR 专利) speaker:王晓刚")
    assert results.total
    assert keys(results) == either & keys(ask(archive, "speaker:王晓刚"))
    assert {hit.passage.speaker.en for hit in results.hits if hit.passage.speaker} == {
        "Wang Xiaogang"
    }


@pytest.mark.parametrize(
    "name", ["王晓刚", "王曉剛", '"Wang Xiaogang"', "wangxiaogang", "Xiaogang"]
)
def test_a_speaker_is_found_by_either_name(archive: Archive, name: str) -> None:
    assert ask(archive, f"speaker:{name}").total == 23


def test_all_words_come_before_most_words(archive: Archive) -> None:
    results = ask(archive, "talent pool patents")
    with_all = [
        all(stem in (hit.passage.en or "").lower() for stem in ("talent", "pool", "patent"))
        for hit in results.hits
    ]
    assert with_all == sorted(with_all, reverse=True)
    assert results.total_all_words == sum(with_all) < results.total


def test_the_words_next_to_each_other_rank_first(archive: Archive) -> None:
    assert "talent pool" in marked(ask(archive, "talent pool").hits[0], Lang.EN) or (
        "talent pool" in (ask(archive, "talent pool").hits[0].passage.en or "")
    )


def test_facets_count_the_whole_answer(archive: Archive) -> None:
    results = archive.search("专利", limit=1)
    assert sum(results.facets["sides"].values()) == results.total > 1
    assert set(results.facets["sides"]) == {"both", "en", "zh"}
    assert results.facets["transcript"] == {"wang-xiaogang-sensetime": results.total}


def test_the_json_has_all_that_the_contract_names(archive: Archive) -> None:
    answer = archive.search("专利资产").to_dict()
    assert set(answer) == {
        *("query", "read_as", "total", "total_all_words", "took_ms", "index", "suggestion"),
        *("facets", "hits"),
    }
    hit = answer["hits"][0]
    assert set(hit) >= {
        *("id", "transcript", "position", "title", "speaker", "role", "score", "alignment"),
        *("en", "zh", "why", "url"),
    }
    assert hit["url"] == f"/t/wang-xiaogang-sensetime#{hit['id'].split('/')[1]}"
    assert hit["zh"]["marks"][0] == {"start": 14, "end": 18, "kind": "match"}
    assert hit["zh"]["text"][14:18] == "專利資產"


def test_a_side_that_the_source_lacks_is_none(archive: Archive) -> None:
    hits = [hit.to_dict() for hit in ask(archive, "talent pool").hits]
    assert any(hit["zh"] is None and hit["en"] for hit in hits)


def _passages() -> list[tuple[str, str]]:
    from search.library import load

    (transcript,) = load(CONTENT).transcripts
    return [
        (passage.key, run)
        for passage in transcript.passages
        for text in (passage.en, passage.zh)
        for run in re.findall(f"[{HAN}]+", text or "")
    ]


RUNS = _passages()


@given(st.data())
def test_every_run_of_characters_is_found_in_its_passage(
    archive: Archive, data: st.DataObject
) -> None:
    _, run = data.draw(st.sampled_from(RUNS))
    begin = data.draw(st.integers(0, len(run) - 1))
    length = data.draw(st.integers(1, 8))
    piece = run[begin : begin + length]
    results = ask(archive, f'"{piece}"')
    # A text that stands twice is shown once.
    assert any(run in f"{hit.passage.en}\n{hit.passage.zh}" for hit in results.hits)
    assert piece in "".join(all_marked(results))


TRAPS = [
    *("", " ", "(", ")", "((((", "))))", '"', '""', "“", "*", "**", "* *", "?", "-", "--", "- "),
    *("=", "~", "=*", "-*", "()", "(-)", "-(a", "=(", '"a', "'a", "a~9", "~1", '"a b"~'),
    *("AND", "OR", "NOT", "AND OR NOT", "NOT NOT", "the", "的", "a b OR", "x AND", "OR x"),
    *("Q: what", "https://example.com/a?b=c&d=e#f", "speaker:", "role:x", "date:x", "in:"),
    *("title:*", "speaker:*", "lang:both lang:en", '"a b"~999999', "\x00", "\ud800", "🎉"),
    *("a" * 10_000, "(" * 5_000, "-" * 3_000, "NOT " * 900, "* " * 500, '"' * 999),
    " ".join(f"w{number}" for number in range(200)),
    '"' + " ".join(f"B{number}C" for number in range(150)) + '"~100',
    *("人" * 3_000, "a*" * 400, "汽*" * 90, "../../etc/passwd", "<script>alert(1)</script>"),
]


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_that_is_typed_is_an_error(archive: Archive, text: str) -> None:
    results = archive.search(text)
    assert results.total >= len(results.hits)


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_has_an_answer(archive: Archive, text: str) -> None:
    assert archive.search(text, limit=3).total >= 0


_PIECES = st.sampled_from(
    [
        *'()"*~=-',
        "AND",
        "OR",
        "NOT",
        "speaker:",
        "role:answer",
        "lang:zh",
        "专利",
        "innov",
        "AI+",
        " ",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_any_jumble_of_operators_has_an_answer_and_is_read_alike_twice(
    archive: Archive, text: str
) -> None:
    once = archive.search(text, limit=0)
    again = archive.search(once.read_as, limit=0)
    assert (again.total, again.read_as) == (once.total, once.read_as)
