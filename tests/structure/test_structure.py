"""Paragraphs know their speaker, their language and their part in the interview."""

from __future__ import annotations

import pytest

from search.model import Block, Lang, Role
from search.structure import Paragraph, language, paragraphs


def read(*lines: str) -> list[Paragraph]:
    return paragraphs([Block(line, number) for number, line in enumerate(lines, 1)])


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("你好", Lang.ZH),
        ("Hello", Lang.EN),
        ("AI 技術正加速融合", Lang.ZH),
        ("The word 專利 means patent here", Lang.EN),
        ("2021", Lang.EN),
        ("", Lang.EN),
    ],
)
def test_the_language_is_told_by_script(text: str, lang: Lang) -> None:
    assert language(text) is lang


@pytest.mark.parametrize(
    ("label", "colon"),
    [
        ("Wang Xiaogang", ":"),
        ("王曉剛", "："),
        ("《IP PEOPLE》", ":"),
        ("Dr. Wang", ": "),
        ("Q", ":"),
    ],
)
def test_a_label_that_comes_again_is_taken_off(label: str, colon: str) -> None:
    found = read(f"{label}{colon}First words.", "Other.", f"{label}{colon}Second words.")
    assert [(p.label, p.text) for p in found] == [
        (label, "First words."),
        (None, "Other."),
        (label, "Second words."),
    ]


def test_labels_that_follow_each_other_in_both_languages_are_labels() -> None:
    found = read("王曉剛：是的。", "Wang Xiaogang: Yes.")
    assert [p.label for p in found] == ["王曉剛", "Wang Xiaogang"]


@pytest.mark.parametrize(
    "line",
    [
        "A Talk with Wang Xiaogang at SenseTime: Leverage leading AI for good",
        "There is one thing to say: patents matter.",
        "Result: it works.",
        "At 10:30 we met.",
        "See https://example.com for more.",
        "他說:“我同意。”然後走了。",
    ],
)
def test_a_colon_alone_makes_no_label(line: str) -> None:
    assert read("Ann: Yes?", line, "Ann: No.")[1] == Paragraph(line, 2, language(line))


def test_a_heading_in_both_languages_is_divided() -> None:
    for line in ("訪談摘錄 Interview excerpts", "Interview excerpts 訪談摘錄"):
        halves = read(line)
        assert {half.text for half in halves} == {"訪談摘錄", "Interview excerpts"}
        assert {half.role for half in halves} == {Role.HEADING}
        assert halves[0].row == halves[1].row is not None


def test_a_latin_name_in_a_cut_up_chinese_sentence_is_no_heading() -> None:
    cut = (
        "现在我们来看看。",
        "为了训练它",
        "我们定义 PyTorch DataLoaders",
        "并且把它们",
        "传给模型。",
    )
    assert [(p.text, p.role) for p in read(*cut)] == [(text, None) for text in cut]
    between = ("是的。", "没错。", "訪談摘錄 Interview excerpts", "你好。", "再见。")
    assert {p.text for p in read(*between) if p.role is Role.HEADING} == {
        "訪談摘錄",
        "Interview excerpts",
    }


@pytest.mark.parametrize(
    "line", ["Hugging Face Datasets 库", "CPU、GPU、多个 GPU、TPUs", "和 end logits。"]
)
def test_a_line_of_latin_names_amid_chinese_is_chinese(line: str) -> None:
    zh, en = ("现在我们来看看，", "如何处理数据。"), ("Now let us see", "how to process data.")
    assert read(*zh, line, *zh)[2].lang is Lang.ZH
    for around in (en + zh, zh + en, (zh[0], en[0], zh[0], en[0])):
        assert read(*around[:2], line, *around[2:])[2].lang is language(line)
    told = "Wang (王) told us of the years in which the company began to sell its products."
    assert read(*zh, told, *zh)[2].lang is Lang.EN


def test_credits_and_what_is_no_sentence_around_the_talk_are_notes() -> None:
    found = read(
        "A Title",
        "An introduction.",
        "Editor: Wei Lyu",
        "Ann: Why?",
        "Because.",
        "編輯:王穎",
        "The End",
    )
    assert [p.role for p in found] == [Role.NOTE, None, Role.NOTE, None, None, Role.NOTE, Role.NOTE]
    assert [p.credit for p in found if p.credit] == ["Editor", "編輯"]


@pytest.mark.parametrize("label", ["第二", "Step One", "Result", "首先", "一", "他說", "She said"])
def test_the_points_of_a_list_are_no_speakers(label: str) -> None:
    found = read("Ann: Why?", f"{label}: innovation.", f"{label}: talent.", "Ann: I see.")
    assert [p.label for p in found] == ["Ann", None, None, "Ann"]
    assert found[1].text == f"{label}: innovation."


def test_a_name_without_a_colon_is_a_label_if_it_comes_again_in_either_language() -> None:
    found = read("王曉剛", "有。", "Wang Xiaogang", "Yes.", "李明", "好。", "Li Ming", "Good.")
    assert [(p.label, p.text) for p in found] == [
        ("王曉剛", "有。"),
        ("Wang Xiaogang", "Yes."),
        ("李明", "好。"),
        ("Li Ming", "Good."),
    ]
    assert [p.text for p in read("李明", "好。", "Ann Lee", "Good.")] == [
        "李明",
        "好。",
        "Ann Lee",
        "Good.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "X" * 36 + "." + "X" * 30 + "; : hello",
        *(
            start + space * 118 + "x"
            for start in ("", "A", "王敏", "【", "[00:")
            for space in " \t\u3000"
        ),
        "【" + " " * 20_000 + "】",
        "A " * 60 + ":",
        "12:34 " * 20,
        "（a" * 10_000,
    ],
)
def test_what_may_be_a_label_in_many_ways_is_read_at_once(text: str) -> None:
    """Each of these takes minutes where two parts of a form may match the same space."""
    assert read(text)[0].label is None


def test_the_label_of_the_second_half_of_a_line_is_taken_off() -> None:
    found = read(
        "张三：我们用开源软件。\tZhang San: We use open-source software.",
        "李四：有风险吗？\tLi Si: Is there a risk?",
        "张三：风险总是有的。\tZhang San: There is always a risk. Note: always.",
    )
    assert [(p.label, p.text) for p in found if p.lang is Lang.EN] == [
        ("Zhang San", "We use open-source software."),
        ("Li Si", "Is there a risk?"),
        ("Zhang San", "There is always a risk. Note: always."),
    ]


def test_questions_that_are_numbered_are_one_persons() -> None:
    found = read("Q1：为什么？", "A1：因为难。", "Q2：多难？", "A2：很难。")
    assert [p.label for p in found] == ["Q", "A", "Q", "A"]


def test_a_term_that_is_explained_after_an_answer_is_no_speaker() -> None:
    found = read(
        "李明：十年。",
        "Li Ming: Ten years.",
        "李明：四十人。",
        "Li Ming: Forty.",
        "术语：位。",
    )
    assert (found[-1].label, found[-1].text) == (None, "术语：位。")


def test_cues_are_of_the_talk_whether_they_end_as_sentences_or_not() -> None:
    cues = ["我们从零开始", "真的吗？", "后来有了三百人"]
    timed = [Block(text, at, time=(at, at + 1.0)) for at, text in enumerate(cues, 1)]
    assert [p.role for p in paragraphs(timed)] == [None, None, None]
    assert [p.role for p in read(*cues)] == [Role.NOTE, None, Role.NOTE]


def test_a_time_on_a_line_of_its_own_is_when_the_next_paragraph_begins() -> None:
    found = read("[00:00:05]", "Ann: Yes?", "00:01:40", "Bo Li", "No.", "Ann: Why?", "Bo Li", "So.")
    assert [(p.label, p.text, p.time) for p in found] == [
        ("Ann", "Yes?", (5.0, 5.0)),
        ("Bo Li", "No.", (100.0, 100.0)),
        ("Ann", "Why?", None),
        ("Bo Li", "So.", None),
    ]
    assert [p.text for p in read("It was late.", "[00:00:05]")] == ["It was late.", "[00:00:05]"]


def test_both_languages_on_the_one_line_of_each_cue_are_divided() -> None:
    cues = ["我们从零开始 We started from scratch", "那时没有钱 There was no money then",
            "后来有人打来电话 Then someone called"]  # fmt: skip
    timed = [Block(text, at, time=(at, at + 1.0), row=at) for at, text in enumerate(cues, 1)]
    found = paragraphs(timed)
    assert [p.text for p in found[:2]] == ["我们从零开始", "We started from scratch"]
    assert [p.lang for p in found] == 3 * [Lang.ZH, Lang.EN]
    assert [a.row == b.row for a, b in zip(found[::2], found[1::2], strict=True)] == 3 * [True]
    terms = ["我们来看 Transformer", "它有两个部分", "都叫做模型", "第一个是 encoder"]
    timed = [Block(text, at, time=(at, at + 1.0), row=at) for at, text in enumerate(terms, 1)]
    assert [p.text for p in paragraphs(timed)] == terms


def test_sentences_of_either_language_in_turn_are_a_row_each() -> None:
    text = "我叫贾诚。My name is Jia Cheng. 我在北京长大。I grew up in Beijing."
    found = read("周敏：您是谁？", "Zhou Min: Who are you?", text, "周敏：好。", "Zhou Min: I see.")
    assert [(p.text, p.row) for p in found[2:6]] == [
        ("我叫贾诚。", 1),
        ("My name is Jia Cheng.", 1),
        ("我在北京长大。", 2),
        ("I grew up in Beijing.", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "他说：“Stay hungry.”我记住了。Then came Jobs. 他说：“Stay foolish.”",
        "我们用GPT-4. It works. 很好。",
        "第一句。Only one sentence is translated. 第二句。第三句很长，没有人把它译成英文。Yes.",
    ],
)
def test_a_paragraph_that_only_quotes_the_other_language_stays_whole(text: str) -> None:
    assert [p.text for p in read("周敏：您是谁？", text)][1:] == [text]


def test_verses_are_of_the_talk_and_what_stands_above_them_is_not() -> None:
    found = read("静夜思", "李白", "床前明月光，", "疑是地上霜。")
    assert [p.role for p in found] == [Role.NOTE, Role.NOTE, None, None]


def test_a_title_with_a_colon_is_no_speaker_wherever_it_stands() -> None:
    found = read(
        "Open Source: A Talk",
        "周敏：好。",
        "Zhou Min: Good.",
        "Twenty Years of It: A Talk",
        "周敏：谢谢。",
        "Zhou Min: Thank you.",
    )
    assert [p.label for p in found if p.lang is Lang.EN] == [None, "Zhou Min", None, "Zhou Min"]


@pytest.mark.parametrize(
    "note",
    ["[Laughter]", "[Figure 1]", "[Tape 1]", "【笑声】", "[Audience Applause]", "(inaudible)"],
)
def test_what_is_heard_is_no_speaker(note: str) -> None:
    found = read(f"{note} Yes.", "Ann: No.", f"{note} Yes.", "Ann: No.")
    assert [p.label for p in found] == [None, "Ann", None, "Ann"]


def test_a_byline_is_no_speaker_where_speakers_have_colons() -> None:
    found = read("A Talk", "Ann Lee", "It rained.", "Ann Lee: Why?", "Bo: So.", "Ann Lee: I see.")
    assert [p.label for p in found][1:4] == [None, None, "Ann Lee"]


def test_an_introduction_in_both_languages_is_no_speaker() -> None:
    found = read(
        "导语：雨停了。", "Introduction: The rain had stopped.", "张原：好。", "Zhang Yuan: Good."
    )
    assert [p.label for p in found] == [None, None, "张原", "Zhang Yuan"]


@pytest.mark.parametrize(
    "line",
    [
        "本文由王一凡翻译。",
        "© 2019 Zhou Min. All rights reserved.",
        "(Translated by Wang Yifan.)",
        "This interview has been edited and condensed.",
        "Originally published in Reading in 2019.",
    ],
)
def test_how_a_text_came_about_is_a_note_after_the_talk(line: str) -> None:
    assert [p.role for p in read("Ann: Why?", "Bo: Because.", "Ann: I see.", line)][3] is Role.NOTE


@pytest.mark.parametrize(
    "line",
    [
        "Page 3 of 40",
        "第3页 共40页",
        "- 3 -",
        "A HISTORY OF IT      Page 3 of 40",
        "English version",
    ],
)
def test_what_only_numbers_a_page_or_names_a_language_is_translated_by_nothing(line: str) -> None:
    found = read("Ann: Why?", line, "安：为什么？")[1]
    assert (found.role, found.alone) == (Role.NOTE, True)


def test_a_caption_in_both_languages_is_a_note() -> None:
    found = read("周敏：好。", "▲ 林小满在台北 Lin Xiaoman in Taipei", "周敏：好。")
    assert [(p.text, p.role) for p in found[1:3]] == [
        ("▲ 林小满在台北", Role.NOTE),
        ("Lin Xiaoman in Taipei", Role.NOTE),
    ]


def test_a_heading_whose_halves_only_its_looks_set_apart_is_divided() -> None:
    block = Block("盐路之后：对话林小满After the Salt Road", 1, role=Role.HEADING)
    halves = paragraphs([block])
    assert [p.text for p in halves] == ["盐路之后：对话林小满", "After the Salt Road"]


@pytest.mark.parametrize("kind", ["图{}", "Figure {}", "Option {}", "方案{}", "Tape {}", "Idea {}"])
def test_what_is_numbered_and_nobody_is_no_speaker(kind: str) -> None:
    found = read(*(f"{kind.format(n)}: It grows. " for n in (1, 2, 3)), "Ann: Yes.", "Ann: No.")
    assert [p.label for p in found] == [None, None, None, "Ann", "Ann"]


@pytest.mark.parametrize("kind", ["Student {}", "Audience member {}", "观众{}", "同学 {}"])
def test_one_of_several_is_a_speaker_who_speaks_once(kind: str) -> None:
    found = read("Ann: Yes?", f"{kind.format(1)}: It grows.", "Ann: I see.")
    assert [p.label for p in found] == ["Ann", kind.format(1), "Ann"]


def test_the_place_of_news_before_a_dash_is_no_speaker() -> None:
    found = read("New York — It was dry.", "Ann: Why?", "New York — It rained.", "Ann: I see.")
    assert [p.label for p in found] == [None, "Ann", None, "Ann"]


def test_one_name_in_both_languages_is_a_speaker_wherever_it_stands() -> None:
    found = read("張原：為什麼？", "林小滿：早晨。", "Zhang Yuan: Why?", "Lin Xiaoman: Morning.")
    assert [p.label for p in found] == ["張原", "林小滿", "Zhang Yuan", "Lin Xiaoman"]


def test_who_had_which_part_is_no_heading_in_both_languages() -> None:
    found = read("Ann: Why?", "安：为什么？", "摄影：陈宜 Photo by Chen Yi", "Ann: I see.")
    assert found[2].role is not Role.HEADING
