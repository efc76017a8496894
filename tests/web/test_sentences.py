"""A passage on a page: all of it, once, sentence beside sentence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.align.sentences import pairs
from search.model import Lang, Passage, Role
from search.results import Mark, MarkKind
from search.web.sentences import Side, lines, sides

EN = st.lists(st.sampled_from(["Yes. ", "It has 3 parts:\n", "No?", " ", "A B c. "])).map("".join)
ZH = st.lists(st.sampled_from(["是的。", "它有3部分:\n", "吗？", " ", "甲乙"])).map("".join)


def passage(en: str | None, zh: str | None) -> Passage:
    found = pairs(en, zh) if en and zh else ()
    return Passage("t/1", "t", 0, Role.ANSWER, None, en, zh, None, 1, None, found)


def texts(side: Side) -> list[str]:
    return ["".join(run.text for run in piece.runs) for piece in side.pieces]


@given(
    EN.filter(str.strip) | st.none(),
    ZH.filter(str.strip) | st.none(),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))),
)
def test_every_character_stands_in_its_place_once_and_every_mark_is_kept(
    en: str | None, zh: str | None, fold: bool, places: list[tuple[int, int]]
) -> None:
    shown = passage(en, zh) if en or zh else passage("x", None)
    wanted = {Lang.EN: shown.en, Lang.ZH: shown.zh}
    marks = {}
    for lang, text in wanted.items():
        found, end = [], 0
        for gap, length in places:
            if text and end + gap + length <= len(text):
                found.append(Mark(end + gap, end + gap + length, MarkKind.MATCH))
                end += gap + length
        marks[lang] = tuple(found)
    both = sides(shown, marks, fold=fold)
    assert [side.lang for side in both] == list(Lang)
    for lang, pieces, tag in both:
        assert "".join(texts(Side(lang, pieces, tag))) == (wanted[lang] or "")
        marked = [s.text for piece in pieces for s in piece.runs if s.kind]
        expected = [(wanted[lang] or "")[mark.start : mark.end] for mark in marks[lang]]
        assert "".join(marked) == "".join(expected)
    if en and zh:
        one, other = (side.pieces for side in both)
        assert [piece.folded for piece in one] == [piece.folded for piece in other]


def test_sentences_that_answer_each_other_stand_in_one_line_with_one_number() -> None:
    shown = passage("Yes. It has 3 parts: A. And an end.", "是的。它有3部分:A。")
    english, chinese = sides(shown, {})
    assert [piece.pair for piece in english.pieces] == [1, 2]
    assert [piece.pair for piece in chinese.pieces] == [1, 2]
    assert texts(chinese) == ["是的。", "它有3部分:A。"]


def test_what_has_no_answer_stands_alone_in_its_line() -> None:
    en, zh = "First. Alone. Last.", "首先。最后。"
    table = lines(
        Passage(
            *("t/1", "t", 0, Role.ANSWER, None, en, zh, None, 1, None),
            (((0, 6), (0, 3)), ((14, 19), (3, 6))),
        )
    )
    assert [(line.pair, [line.spans.get(lang) for lang in Lang]) for line in table] == [
        (1, [(0, 7), (0, 3)]),
        (None, [(7, 14), None]),
        (2, [(14, 19), (3, 6)]),
    ]


def test_a_passage_that_was_not_taken_apart_is_one_line() -> None:
    en, zh = "One. Two.", "一。二。"
    whole = Passage("t/1", "t", 0, Role.ANSWER, None, en, zh, None, 1)
    assert [texts(side) for side in sides(whole, {})] == [[en], [zh]]


@given(st.integers(0, 90), st.integers(0, 90))
def test_what_is_folded_is_never_marked_and_its_neighbours_say_so(one: int, other: int) -> None:
    en = "".join(f"Number {n:02} here. " for n in range(90))
    marks = {Lang.EN: tuple(Mark(16 * n, 16 * n + 6) for n in sorted({one, other}) if n < 90)}
    (pieces, _) = (side.pieces for side in sides(passage(en, None), marks, fold=True))
    assert any(piece.folded for piece in pieces)
    assert not any(run.kind for piece in pieces if piece.folded for run in piece.runs)
    for before, after in pairwise(pieces):
        if after.folded and not before.folded:
            assert before.cut == "after"
    if pieces[0].folded:
        assert next(piece for piece in pieces if not piece.folded).cut
