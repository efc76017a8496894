"""The archive to measure on is the same everywhere, and like a real one where it matters."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from statistics import mean

import pytest
from benchmarks.generated import PER_TRANSCRIPT, passages, transcripts

from search.analysis import chinese, english
from search.model import Passage

COUNT = 1200


@pytest.fixture(scope="module")
def generated() -> list[Passage]:
    return list(passages(COUNT, seed=1))


def test_the_same_seed_gives_the_same_archive_on_every_machine() -> None:
    known = [passage.to_dict() for passage in passages(100, seed=1)]
    for held in known:
        # Nothing that is generated has a time, knows its sentences or was ever mended.
        assert (held.pop("time"), held.pop("sentences"), held.pop("mended")) == (None, [], [])
    text = "\n".join(json.dumps(held) for held in known)
    # Written down once: what changes it makes the figures of before and after incomparable.
    assert hashlib.blake2b(text.encode(), digest_size=8).hexdigest() == "4e792798d3e0d962"


def test_another_seed_gives_another_archive(generated: list[Passage]) -> None:
    other = list(passages(COUNT, seed=2))
    assert len(other) == COUNT
    assert not {p.en for p in other if p.en} & {p.en for p in generated if p.en}
    assert not {p.zh for p in other if p.zh} & {p.zh for p in generated if p.zh}


def test_a_longer_archive_begins_with_the_shorter_one(generated: list[Passage]) -> None:
    assert list(passages(2 * PER_TRANSCRIPT, seed=1)) == generated[: 2 * PER_TRANSCRIPT]


def test_passages_stand_in_transcripts_of_two_speakers_who_ask_and_answer() -> None:
    *full, last = transcripts(90, seed=3)
    assert [len(transcript.passages) for transcript in (*full, last)] == [40, 40, 10]
    for transcript in full:
        asking, answering = transcript.about.speakers
        assert [p.position for p in transcript.passages] == list(range(40))
        assert {(p.role.value, p.speaker) for p in transcript.passages} == {
            ("question", asking),
            ("answer", answering),
        }
        assert {p.transcript for p in transcript.passages} == {transcript.about.id}


def test_no_two_passages_have_the_same_id(generated: list[Passage]) -> None:
    assert len({passage.id for passage in generated}) == COUNT


def test_half_have_both_sides_and_a_third_is_english_only(generated: list[Passage]) -> None:
    sides = Counter(passage.sides for passage in generated)
    assert sides["both"] / COUNT == pytest.approx(1 / 2, abs=0.05)
    assert sides["en"] / COUNT == pytest.approx(1 / 3, abs=0.05)
    assert sides["zh"] / COUNT == pytest.approx(1 / 6, abs=0.05)
    assert all(bool(p.alignment) == (p.sides == "both") for p in generated)


def test_sides_are_as_long_as_paragraphs_of_an_interview(generated: list[Passage]) -> None:
    words = [len(p.en.split()) for p in generated if p.en]
    characters = [len(re.findall(r"[\u4e00-\u9fff]", p.zh)) for p in generated if p.zh]
    assert mean(words) == pytest.approx(60, rel=0.1)
    assert mean(characters) == pytest.approx(100, rel=0.1)
    assert min(words) < 25 and max(words) > 150


@pytest.mark.parametrize("side", ["en", "zh"])
def test_words_are_as_unequal_as_in_a_real_text(generated: list[Passage], side: str) -> None:
    texts = [text for passage in generated if (text := getattr(passage, side))]
    counts = Counter(_english(texts) if side == "en" else _chinese(texts))
    ordered = [count for _, count in counts.most_common()]
    assert ordered[0] > 8 * ordered[99]
    # By Zipf's law the hundredth word is ten times as frequent as the thousandth.
    assert 4 < ordered[99] / ordered[999] < 25
    assert ordered.count(1) > len(ordered) / 4


def test_english_has_inflections_that_the_stemmer_takes_off(generated: list[Passage]) -> None:
    forms = set(_english([passage.en for passage in generated if passage.en]))
    assert len(forms) > 10_000
    assert len(set(map(english.stem, forms))) < len(forms) * 0.7
    for ending in ("s", "ing", "ed", "ation"):
        # The function words are real ones: "as" is no plural of "a".
        made = [form for form in forms if len(form) > 4 and form.endswith(ending)]
        inflected = [form for form in made if form.removesuffix(ending) in forms]
        assert len(inflected) > 100
        for form in inflected:
            assert english.stem(form) == english.stem(form.removesuffix(ending))


@pytest.mark.parametrize(
    "printed",
    [
        r"\d{1,3},\d{3}",
        r"[A-Z]\d[A-Z]",
        r"[A-Z]{3}\d+",
        r"[A-Z][a-z]+[A-Z][a-z]+",
        r"[a-z]+-[a-z]+",
    ],
)
def test_numbers_and_compounds_stand_in_both_languages(
    generated: list[Passage], printed: str
) -> None:
    for texts in ([p.en for p in generated], [p.zh for p in generated]):
        assert any(re.search(printed, text) for text in texts if text)


def _english(texts: list[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"[a-z]+", text.lower())]


def _chinese(texts: list[str]) -> list[str]:
    cutter = chinese.Cutter()
    runs = (run for text in texts for run in re.findall(r"[\u4e00-\u9fff]+", text))
    return [word for run in runs for word in cutter.cut(run)]
