"""What was repaired is known where it stands in the passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.library import load
from search.mended import Hurt, with_mended
from search.model import Block, Lang, Mended, Passage, Role, Transcript
from search.repair import repair


def as_found(passage: Passage, lang: Lang) -> str:
    """A side with what the source has in the place of what was mended."""
    text = (passage.en if lang is Lang.EN else passage.zh) or ""
    out: list[str] = []
    at = 0
    for mended in passage.mended:
        if mended.lang is lang:
            out += text[at : mended.start], mended.before
            at = mended.end
    return "".join((*out, text[at:]))


def test_every_repair_of_the_interview_is_found_in_a_passage(interview: Transcript) -> None:
    mended = [each for passage in interview.passages for each in passage.mended]
    assert len(mended) == len(interview.repairs) > 50
    assert ("專利資", "?qū)@\ue386Y") in {
        (passage.zh[each.start : each.end], each.before)
        for passage in interview.passages
        if passage.zh
        for each in passage.mended
    }


def test_undoing_what_was_mended_gives_the_source(interview: Transcript, root: Path) -> None:
    source = (root / "content" / "wang-xiaogang-sensetime.txt").read_text("utf-8")
    for passage in interview.passages:
        for lang in Lang:
            for paragraph in as_found(passage, lang).split("\n"):
                assert paragraph in source


def transcript(folder: Path, text: str) -> Transcript:
    (folder / "talk.txt").write_text(text, "utf-8")
    (read,) = load(folder).transcripts
    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "王曉剛：知產(chǎn)很重要。\n\nWang Xiaogang: IP matters.\n\n"
            "王曉剛：是的。\n\nWang Xiaogang: Yes.\n",
            {"知產很重要。": [Mended(Lang.ZH, 2, 2, "(chǎn)")]},
        ),
        (
            "知產(chǎn)很重要。 / Property matters.\n\n我們保護產(chǎn)品。 / We protect it.\n",
            {
                "知產很重要。": [Mended(Lang.ZH, 2, 2, "(chǎn)")],
                "我們保護產品。": [Mended(Lang.ZH, 5, 5, "(chǎn)")],
            },
        ),
        ("知產。\n\n知產(chǎn)。\n\n知產。\n", {"知產。": [Mended(Lang.ZH, 2, 2, "(chǎn)")]}),
    ],
    ids=["after a label", "beside the other language", "of three alike the second"],
)
def test_it_is_known_in_every_layout(
    tmp_path: Path, text: str, expected: dict[str, list[Mended]]
) -> None:
    read = transcript(tmp_path, text)
    assert {p.zh: list(p.mended) for p in read.passages if p.mended} == expected
    if "of three" in text or text.startswith("知產。"):
        assert [bool(p.mended) for p in read.passages] == [False, True, False]


LINES = st.lists(
    st.lists(
        st.sampled_from(
            ["知產(chǎn)", "研發(fā)", "全球?qū)@\ue386Y產(chǎn)", "創新，", "是的。", "AI "]
        ),
        min_size=1,
        max_size=6,
    ).map("".join),
    min_size=1,
    max_size=6,
)


@given(LINES)
def test_whatever_was_damaged_can_be_shown_as_it_was_found(lines: list[str]) -> None:
    hurt, passages = [], []
    for at, line in enumerate(lines):
        text, repairs, _ = repair(line)
        hurt.append(Hurt.of(Block(line, at + 1), text, repairs))
        side = text.strip()
        passages.append(Passage(f"t/{at}", "t", at, Role.ANSWER, None, None, side, None, at + 1))
    shown = [as_found(passage, Lang.ZH) for passage in with_mended(passages, hurt)]
    assert shown == [line.strip() for line in lines]
