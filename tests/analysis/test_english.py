"""Latin words are found as they are printed, stemmed, and in their parts."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.english import stem, words


def terms(text: str) -> list[str]:
    return [word.term for word in words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SenseTime’s", ["sensetime", "sense", "time"]),
        ("R&D", ["r&d", "r", "d"]),
        ("V2X", ["v2x", "v", "2", "x"]),
        ("L4", ["l4", "l", "4"]),
        ("ISO9001", ["iso9001", "iso", "9001"]),
        ("AI+", ["ai+", "ai"]),
        ("C++ C#", ["c++", "c", "c#", "c"]),
        ("U.S.", ["u.s", "u", "s"]),
        ("e-mail", ["email", "e", "mail"]),
        ("GPT-4o", ["gpt4o", "gpt", "4", "o"]),
        ("11,494", ["11494", "11", "494"]),
        ("1,2345", ["1", "2345"]),
        ("2016-2017", ["2016", "2017"]),
        ("3.5", ["3.5", "3", "5"]),
        ("IP PEOPLE", ["ip", "people"]),
        ("IPRdaily", ["iprdaily", "ip", "rdaily"]),
        ("RoboX", ["robox", "robo", "x"]),
        ("don’t", ["dont", "don", "t"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("end.Start", ["end.start", "end", "start"]),
        ("x_y", ["x", "y"]),
        ("1 + 1", ["1", "1"]),
        ("ﬁne", ["fine"]),
        ("cafe\u0301s", ["cafes"]),
        ("", []),
        ("...", []),
    ],
)
def test_printed_words_and_their_parts(text: str, found: list[str]) -> None:
    assert terms(text) == found


@given(st.text())
def test_words_are_slices_in_order(text: str) -> None:
    found = list(words(text))
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    wholes = [word for word in found if not word.part]
    assert [w.start for w in wholes] == sorted(w.start for w in wholes)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("innovation", "innov"),
        ("innovations", "innov"),
        ("innovate", "innov"),
        ("running", "run"),
        ("runs", "run"),
        ("patentable", "patent"),
        ("companies", "compani"),
        ("skies", "sky"),
        ("generously", "generous"),
        ("news", "news"),
        ("11494", "11494"),
    ],
)
def test_stems_are_porter2s(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_threads_may_stem_together() -> None:
    forms = [f"{base}{n}s" for n in range(400) for base in ("innovation", "patent", "running")]
    expected = [stem.__wrapped__(form) for form in forms]
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(f for f, e in zip(forms, expected, strict=True) if stem.__wrapped__(f) != e)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
