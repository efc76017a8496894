"""Every layout of a bilingual transcript gives the same pairs, and loses no text."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.align import align
from search.model import Bilingual, Block, Lang, Role, Transcript
from search.structure import paragraphs

TALK = (
    (
        "您好，能否先介紹一下貴公司2021年的專利情況？",
        "Hello. Could you begin with the patents that your company had in 2021?",
    ),
    (
        "2021年我們有11,494件專利，比2020年增長了96%。其中發明專利佔78%。",
        "In 2021 we had 11,494 patents, 96% more than in 2020. Of these 78% are inventions.",
    ),
    ("增長的原因是什麼？", "What is the reason for this growth?"),
    (
        "主要是因為SenseTime過去4年累計研發投入超過80億元，並建立了IP團隊。",
        "Mainly because SenseTime has put more than 8 billion yuan into R&D in the past 4 years "
        "and has built an IP team.",
    ),
    (
        "質量更加重要。",
        "Quality matters more.",
    ),
    ("您如何看待GPT-4這樣的大模型？", "What do you think of large models such as GPT-4?"),
    (
        "它們會改變我們的行業，但是需要10年時間，需要Microsoft和OpenAI這樣的公司。",
        "They will change our industry, but it takes 10 years and companies such as Microsoft "
        "and OpenAI.",
    ),
    ("非常感謝您的時間！", "Thank you very much for your time!"),
)
ASKED = (True, False, True, False, False, True, False, True)
PAIRS = [(en, zh) for zh, en in TALK]


def read(blocks: Iterable[Block | str]) -> Transcript:
    made = [
        Block(block, line) if isinstance(block, str) else block
        for line, block in enumerate(blocks, 1)
    ]
    return align(paragraphs(made), "talk", "talk.txt")


def pairs(transcript: Transcript) -> list[tuple[str, str]]:
    return [(p.en or "", p.zh or "") for p in transcript.passages]


def rows(*, times: bool) -> list[Block]:
    blocks: list[Block] = []
    for number, (zh, en) in enumerate(TALK):
        time = (float(number), number + 1.0) if times else None
        blocks += [
            Block(zh, len(blocks) + 1, row=number, time=time),
            Block(en, len(blocks) + 2, row=number, time=time),
        ]
    return blocks


LAYOUTS: dict[str, list[Block | str]] = {
    "Chinese then English": [side for pair in TALK for side in pair],
    "English then Chinese": [side for pair in TALK for side in pair[::-1]],
    "both on one line": [f"{zh} {en}" for zh, en in TALK],
    "both on one line, English first": [f"{en} {zh}" for zh, en in TALK],
    "with a slash between": [f"{zh} / {en}" for zh, en in TALK],
    "with a bar between": [f"{en} | {zh}" for zh, en in TALK],
    "in brackets": [f"{zh}（{en}）" for zh, en in TALK],
    "lines of a paragraph": [f"{zh}\n{en}" for zh, en in TALK],
    "lines of one cue, or cells of a row": [*rows(times=False)],
    "cues of the same times": [*rows(times=True)],
    "a sentence of each language in turn, two turns a paragraph": [
        "\n".join(side for pair in TALK[at : at + 2] for side in pair)
        for at in range(0, len(TALK), 2)
    ],
    "the whole in Chinese, then in English": [
        *(zh for zh, _ in TALK),
        *(en for _, en in TALK),
    ],
    "the whole in English, then in Chinese": [
        *(en for _, en in TALK),
        *(zh for zh, _ in TALK),
    ],
    "by sections": [
        side
        for at in range(0, len(TALK), 4)
        for side in (*(zh for zh, _ in TALK[at : at + 4]), *(en for _, en in TALK[at : at + 4]))
    ],
    "one file a language": [
        *(Block(en, at, lang=Lang.EN) for at, (_, en) in enumerate(TALK, 1)),
        *(Block(zh, at, lang=Lang.ZH) for at, (zh, _) in enumerate(TALK, 1)),
    ],
    "two files of cues cut alike": [
        *(Block(en, at, time=(at, at + 0.9)) for at, (_, en) in enumerate(TALK, 1)),
        *(Block(zh, at, time=(at + 0.1, at + 1.0)) for at, (zh, _) in enumerate(TALK, 1)),
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_pairs(layout: str) -> None:
    transcript = read(LAYOUTS[layout])
    assert pairs(transcript) == PAIRS
    assert not transcript.doubts


NAMES = {
    (True, "en"): "Ann Lee",
    (True, "zh"): "李安",
    (False, "en"): "Donald",
    (False, "zh"): "高德納",
}
LABELS: dict[str, Callable[[bool, str, str], str]] = {
    "Name: text": lambda asks, lang, text: f"{NAMES[asks, lang]}: {text}",
    "full-width colon": lambda asks, lang, text: f"{NAMES[asks, lang]}：{text}",
    "Name (00:12:03): text": lambda asks, lang, text: f"{NAMES[asks, lang]} (00:12:03): {text}",
    "[00:12:03] Name: text": lambda asks, lang, text: f"[00:12:03] {NAMES[asks, lang]}: {text}",
    "a line of its own": lambda asks, lang, text: f"{NAMES[asks, lang]}:\n{text}",
    "a line of its own with a time": lambda asks, lang, text: (
        f"{NAMES[asks, lang]} 00:12:03\n{text}"
    ),
    "Name 00:12:03 text": lambda asks, lang, text: f"{NAMES[asks, lang]} 00:12:03 {text}",
    "【Name】text": lambda asks, lang, text: f"【{NAMES[asks, lang]}】{text}",
    "**Name:** text": lambda asks, lang, text: f"**{NAMES[asks, lang]}:** {text}",
    "**Name**: text": lambda asks, lang, text: f"**{NAMES[asks, lang]}**: {text}",
}


@pytest.mark.parametrize("form", LABELS)
@pytest.mark.parametrize("whole", [False, True])
def test_every_form_of_label_names_the_speaker(form: str, whole: bool) -> None:
    label = LABELS[form]
    zh = [label(asks, "zh", zh) for asks, (zh, _) in zip(ASKED, TALK, strict=True)]
    en = [label(asks, "en", en) for asks, (_, en) in zip(ASKED, TALK, strict=True)]
    laid = zh + en if whole else [side for pair in zip(zh, en, strict=True) for side in pair]
    blocks = [part for side in laid for part in side.split("\n")]
    transcript = read(blocks)
    assert pairs(transcript) == PAIRS
    ann, donald = Bilingual("Ann Lee", "李安"), Bilingual("Donald", "高德納")
    assert [p.speaker for p in transcript.passages] == [ann if asks else donald for asks in ASKED]
    assert transcript.about.speakers == (ann, donald)
    if "00:12" in form:
        assert {p.time for p in transcript.passages} == {(723.0, 723.0)}


@pytest.mark.parametrize(
    "forms",
    [
        ("Q: ", "A: ", "问：", "答："),
        ("Q1: ", "A1: ", "問1：", "答1："),
        ("Q. ", "A. ", "问、", "答、"),
    ],
)
def test_letters_of_questions_and_answers_are_roles(forms: tuple[str, str, str, str]) -> None:
    ask_en, reply_en, ask_zh, reply_zh = forms
    laid = [
        line
        for asks, (zh, en) in zip(ASKED, TALK, strict=True)
        for line in ((ask_zh if asks else reply_zh) + zh, (ask_en if asks else reply_en) + en)
    ]
    transcript = read(laid)
    assert pairs(transcript) == PAIRS
    roles = [Role.QUESTION if asks else Role.ANSWER for asks in ASKED]
    assert [p.role for p in transcript.passages] == roles


def test_a_name_may_be_shortened_after_the_first_time() -> None:
    short_en = iter(["Wang Xiaogang", "Wang", "Xiaogang", "WX"])
    short_zh = iter(["王曉剛", "王", "曉剛", "王總"])
    laid = []
    for asks, (zh, en) in zip(ASKED, TALK, strict=True):
        name_zh, name_en = ("記者", "Reporter") if asks else (next(short_zh), next(short_en))
        laid += [f"{name_zh}：{zh}", f"{name_en}: {en}"]
    transcript = read(laid)
    assert pairs(transcript) == PAIRS
    assert transcript.about.speakers == (
        Bilingual("Reporter", "記者"),
        Bilingual("Wang Xiaogang", "王曉剛"),
    )


@pytest.mark.parametrize("labelled", ["en", "zh"])
def test_one_side_may_be_labelled_and_the_other_not(labelled: str) -> None:
    laid = []
    for asks, (zh, en) in zip(ASKED, TALK, strict=True):
        name = NAMES[asks, labelled]
        laid += [zh if labelled == "en" else f"{name}：{zh}"]
        laid += [en if labelled == "zh" else f"{name}: {en}"]
    transcript = read(laid)
    assert pairs(transcript) == PAIRS
    assert all(p.speaker for p in transcript.passages)


def test_a_summary_between_the_two_versions_belongs_to_neither() -> None:
    summary = "本文根據錄音整理，未經受訪者審閱，僅代表個人觀點，與任職機構無關。"
    transcript = read([*(zh for zh, _ in TALK), summary, *(en for _, en in TALK)])
    assert [pair for pair in pairs(transcript) if all(pair)] == PAIRS
    assert ("", summary) in pairs(transcript)


def test_a_title_in_both_languages_may_stand_before_the_whole_in_each() -> None:
    title = ["A Talk on Patents with SenseTime", "對話SenseTime：談談專利"]
    transcript = read([*title, *(zh for zh, _ in TALK), *(en for _, en in TALK)])
    assert (transcript.about.title.en, transcript.about.title.zh) == tuple(title)
    assert pairs(transcript)[1:] == PAIRS


@pytest.mark.parametrize(
    "head",
    [
        ["盐路", "The Salt Road"],
        ["The Salt Road", "盐路", "By Carl Weber"],
        [Block("雨", 1, role=Role.HEADING), Block("The Salt Road", 2, role=Role.HEADING)],
    ],
)
def test_a_title_in_both_languages_is_one_however_freely_it_is_translated(
    head: list[Block | str],
) -> None:
    transcript = read([*head, *(side for pair in TALK for side in pair)])
    texts = [block if isinstance(block, str) else block.text for block in head]
    assert {transcript.about.title.en, transcript.about.title.zh} == set(texts[:2])
    assert not transcript.doubts and [pair for pair in pairs(transcript) if all(pair)][1:] == PAIRS


def test_two_lines_at_the_head_that_cannot_be_one_title_are_doubted() -> None:
    transcript = read(
        ["Rain", "十九本笔记本：对话林小满", *(side for pair in TALK for side in pair)]
    )
    assert [doubt.line for doubt in transcript.doubts] == [1]


@pytest.mark.parametrize("beside", ["By Carl Weber", "Issue 12", "Translated by Wang Yifan"])
def test_what_stands_below_a_title_is_not_its_translation(beside: str) -> None:
    transcript = read(["盐路", beside, *(side for pair in TALK for side in pair)])
    assert transcript.about.title == Bilingual(None, "盐路")


def test_turns_and_a_section_may_stand_in_one_file() -> None:
    turns = [side for pair in TALK[:4] for side in pair]
    section = [*(zh for zh, _ in TALK[4:]), *(en for _, en in TALK[4:])]
    assert pairs(read([*turns, *section])) == PAIRS


def test_a_paragraph_that_was_cut_in_two_in_one_language_stays_one_passage() -> None:
    laid = [side for pair in TALK for side in pair]
    first, second = TALK[1][1].split(". ")
    at = laid.index(TALK[1][1])
    laid[at : at + 1] = [first + ".", second]
    joined = [(en.replace("2020. Of", "2020.\nOf"), zh) for en, zh in PAIRS]
    assert pairs(read(laid)) == joined


def test_a_table_may_name_the_speaker_in_a_cell() -> None:
    blocks = []
    for row, (asks, (zh, en)) in enumerate(zip(ASKED, TALK, strict=True)):
        cells = [NAMES[asks, "en"] if asks else "Donald Knuth", zh, en]
        blocks += [Block(cell, row + 1, row=row) for cell in cells]
    transcript = read(blocks)
    assert pairs(transcript) == PAIRS
    assert [p.speaker and p.speaker.en for p in transcript.passages] == [
        "Ann Lee" if asks else "Donald Knuth" for asks in ASKED
    ]


def test_what_a_format_says_is_kept() -> None:
    blocks = [
        Block("Growth", 1, role=Role.HEADING),
        Block("Well, it grew.", 2, label="Ann", time=(1.0, 2.5)),
        Block("A remark.", 3, role=Role.NOTE),
    ]
    heading, said, note = read(blocks).passages
    assert (heading.role, note.role) == (Role.HEADING, Role.NOTE)
    assert said.speaker == Bilingual("Ann") and said.time == (1.0, 2.5)


def test_a_row_whose_texts_disagree_is_doubted_and_shown() -> None:
    blocks = [
        Block("2016年，公司率先通過了ISO9001認證。", 1, row=1),
        Block(
            "A virtuous circle is formed to inject vitality into all of the industries in 1998 and "
            "1999, and researchers will be prompted to keep expanding the frontier, will they not?",
            2,
            row=1,
        ),
    ]
    transcript = read(blocks)
    assert [p.sides for p in transcript.passages] == ["both"]
    assert [doubt.line for doubt in transcript.doubts] == [1]


LINES = st.lists(
    st.sampled_from(
        [
            *(side for pair in TALK for side in pair),
            "Ann: Yes.",
            "王曉剛：是的。",
            "Ann",
            "王曉剛 00:01",
            "Q1: 為什麼？",
            "編輯：甲   校對：乙",
            "訪談摘錄 Interview excerpts",
            "第1期",
            "是的。 Yes.",
            "兩行\nTwo lines",
            "【問】",
            ":",
            "**",
            "2021",
        ]
    ),
    min_size=1,
    max_size=24,
)


@given(lines=LINES, seed=st.integers(0, 9))
def test_no_text_is_lost_whatever_stands_in_what_order(lines: list[str], seed: int) -> None:
    """Every character is in a passage or in a speaker's label."""
    rng = random.Random(seed)
    blocks = [
        Block(text, line, row=rng.choice([None, None, 1, 2]) if seed % 2 else None)
        for line, text in enumerate(lines, 1)
    ]
    transcript = read(blocks)
    kept = Counter[str]()
    for passage in transcript.passages:
        for text in (passage.en, passage.zh):
            kept.update(text or "")
    for label in ("Ann", "王曉剛 00:01", "Q1:：【問】（）()|/*王Q1", "答A"):
        kept.update(label * len(lines))
    lost = Counter("".join(lines)) - kept
    assert not [char for char in lost if not char.isspace() and char not in ":："]
    assert [p.position for p in transcript.passages] == list(range(len(transcript.passages)))
    for passage in transcript.passages:
        for (a, b), (c, d) in passage.sentences:
            assert 0 <= a < b <= len(passage.en or "") and 0 <= c < d <= len(passage.zh or "")


def test_a_name_after_which_nothing_is_said_is_text() -> None:
    laid = ["Ann:", "Yes.", "王明：", "是的。", "Ann:", "No.", "王明：", "Ann:", "Ann:"]
    transcript = read(laid)
    lone = [p.en or p.zh for p in transcript.passages if (p.en or p.zh or "").endswith((":", "："))]
    assert lone == ["王明：", "Ann:", "Ann:"]
