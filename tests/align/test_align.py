"""Passages have the sides that belong together, and say how sure that is."""

from __future__ import annotations

import json

import pytest

from search.align import DOUBTFUL, align
from search.align.dictionary import Dictionary
from search.model import Bilingual, Block, Passage, Role, Transcript
from search.structure import paragraphs


def read(*lines: str) -> Transcript:
    blocks = [Block(line, number) for number, line in enumerate(lines, 1)]
    return align(paragraphs(blocks), "talk", "talk.txt")


TALK = (
    "記者：您認為專利數量重要嗎？",
    "Reporter: Do you think that the number of patents matters?",
    "王曉剛：2021年我們有11,494件專利，但是質量更加重要。",
    "Wang Xiaogang: In 2021 we had 11,494 patents, but quality matters more.",
    "We keep that in mind. Nothing of this has been translated into Chinese at all, so far.",
    "記者：謝謝您接受我們的採訪，您還有什麼想說的嗎？",
    "Reporter: Thank you for the interview. Is there anything that you would like to add?",
    "王曉剛：沒有。",
    "Wang Xiaogang: No.",
)


def test_chinese_then_english_is_paired() -> None:
    passages = read(*TALK).passages
    assert [p.sides for p in passages] == ["both", "both", "en", "both", "both"]


def test_english_then_chinese_is_paired() -> None:
    swapped = [line for zh, en in zip(TALK[:4:2], TALK[1:4:2], strict=True) for line in (en, zh)]
    assert [p.sides for p in read(*swapped).passages] == ["both", "both"]


def test_a_speaker_has_a_name_in_each_language() -> None:
    passages = read(*TALK).passages
    assert [(p.speaker.en, p.speaker.zh) for p in passages if p.speaker] == [
        ("Reporter", "記者"),
        ("Wang Xiaogang", "王曉剛"),
        ("Wang Xiaogang", "王曉剛"),
        ("Reporter", "記者"),
        ("Wang Xiaogang", "王曉剛"),
    ]


def test_who_asks_and_who_answers() -> None:
    roles = [p.role for p in read(*TALK).passages]
    question, answer = Role.QUESTION, Role.ANSWER
    assert roles == [question, answer, answer, question, answer]


@pytest.mark.parametrize(("ask", "reply"), [("Q", "A"), ("问", "答"), ("問", "答")])
def test_labels_of_questions_and_answers_are_roles(ask: str, reply: str) -> None:
    roles = [p.role for p in read(f"{ask}: Tell us.", f"{reply}: Who, me?").passages]
    assert roles == [Role.QUESTION, Role.ANSWER]


def test_one_language_alone_stands_alone() -> None:
    assert {p.sides for p in read(*TALK[::2]).passages} == {"zh", "en"}
    assert {p.sides for p in read(*TALK[1:4:2]).passages} == {"en"}


def test_what_says_something_else_is_not_paired() -> None:
    found = read(
        "2016年，公司率先通過了ISO9001認證。",
        "A virtuous circle is formed to inject vitality into the transformation of all the "
        "industries, and researchers will be prompted to keep expanding the frontier.",
    )
    assert [p.sides for p in found.passages] == ["zh", "en"]


def test_a_pair_says_by_what_it_was_found() -> None:
    pair = read(*TALK).passages[1].alignment
    assert pair and pair.confidence > 0.95
    assert "same speaker" in pair.reason
    assert "numbers 2021, 11494" in pair.reason


def test_an_id_outlives_edits_elsewhere() -> None:
    before = read(*TALK).passages
    after = read("A new introduction.", *TALK[:-2], "王曉剛：有的，謝謝。").passages
    assert before[2].id in {p.id for p in after}


def test_the_same_text_twice_has_two_ids() -> None:
    passages = read("Ann: Yes.", "Bob: Why?", "Ann: Yes.", "Bob: Why?").passages
    assert len({p.id for p in passages}) == 4


def test_the_title_is_the_first_pair_of_the_front_matter() -> None:
    transcript = read(
        "《知產人物》期刊",
        "A Talk with Wang Xiaogang",
        "對話王曉剛",
        "《IP PEOPLE》 Issue 1",
        *TALK,
        "注:原文鏈接對話王曉剛",
    )
    about = transcript.about
    assert (about.title.en, about.title.zh) == ("A Talk with Wang Xiaogang", "對話王曉剛")
    assert about.issue == "《IP PEOPLE》 Issue 1"
    assert about.source == "對話王曉剛"


def test_without_a_title_the_id_is_the_title() -> None:
    assert read("Ann: Yes?", "Ann: No.").about.title.en == "talk"


def test_two_people_who_take_turns_in_two_languages_are_not_one() -> None:
    turns = [
        "张伟：我们去年在北京开了三家新的店，卖得很好。",
        "John Brown: The weather in Boston was bad, and nobody came to the opening of the show.",
        "李娜：我不喝咖啡。",
        "Mary Smith: My grandmother wrote four hundred letters to the newspaper about trains.",
    ]
    speakers = {(p.speaker.en, p.speaker.zh) for p in read(*turns, *turns).passages if p.speaker}
    assert ("John Brown", "张伟") not in speakers and ("Mary Smith", "张伟") not in speakers


def test_a_whole_book_in_one_paragraph_each_is_weighed_at_once() -> None:
    en = "Then Zhang Xiaoming and Wang Xiaogang met Peter Brown in Beijing. " * 3_000
    zh = "然後張小明和王曉剛在北京見到了彼得。" * 3_000
    assert read(zh, en).passages[0].sides == "both"


def test_a_passage_is_kept_with_all_that_is_known_of_it() -> None:
    lines = [f"[00:0{at}:00] {line}" for at, line in enumerate(TALK) if "：" in line or ":" in line]
    passages = read(*lines).passages
    assert any(p.time and p.sentences for p in passages)
    for passage in passages:
        assert Passage.from_dict(json.loads(json.dumps(passage.to_dict()))) == passage


def test_translations_tell_what_nothing_else_does() -> None:
    zh = ["我喜歡蘋果。", "他住在山上。", "今天下雨了。", "貓在睡覺。"]
    en = ["It rains today.", "The cat sleeps."]
    dictionary = Dictionary(
        {
            "苹果": "apple",
            "山": "mountain; hill",
            "下雨": "to rain",
            "今天": "today",
            "猫": "cat",
            "睡觉": "to sleep",
        }
    )
    blocks = [Block(line, number) for number, line in enumerate([*zh, *en], 1)]
    found = align(paragraphs(blocks), "talk", "talk.txt", lambda: dictionary).passages
    assert [(p.zh, p.en) for p in found] == [
        (zh[0], None),
        (zh[1], None),
        (zh[2], en[0]),
        (zh[3], en[1]),
    ]
    reason = found[2].alignment and found[2].alignment.reason
    assert reason and "translations 今天, 下雨" in reason


def test_a_pair_that_is_doubtful_is_kept_and_reported() -> None:
    found = read(
        "第一天的天氣非常好。", "The committee published three long reports on the harbour."
    )
    transcript = read(
        "记者：你好吗？",
        "Reporter: How are you?",
        "王明：很好，我在2014年去过那里，还带了12个朋友。",
        "Wang Ming: I was there in 2014 with 12 friends.",
        "李四：不。",
        "Wang Ming: Over the years there have been very many things to say of that.",
    )
    for read_ in (found, transcript):
        unsure = [
            p.line for p in read_.passages if p.alignment and p.alignment.confidence < DOUBTFUL
        ]
        assert [doubt.line for doubt in read_.doubts] == unsure


def test_a_dictionary_is_asked_only_where_stretches_may_answer_each_other() -> None:
    asked: list[str] = []

    def dictionary() -> Dictionary:
        asked.append("asked")
        return Dictionary()

    def reads(*lines: str) -> list[str]:
        asked.clear()
        blocks = [Block(line, number) for number, line in enumerate(lines, 1)]
        align(paragraphs(blocks), "talk", "talk.txt", dictionary)
        return asked

    zh, en = "我喜歡蘋果。", "I like apples."
    assert reads(zh, en, zh, en) == reads(zh, zh, en, zh, en) == reads(en, en) == []
    assert reads(zh, zh, en, en) == ["asked"]


def test_a_chinese_label_before_both_languages_is_a_name_in_chinese() -> None:
    found = read("问：哪座城市？（Which city?）", "答：成都。（Chengdu.）")
    assert [(p.speaker, p.en) for p in found.passages] == [
        (Bilingual(None, "问"), "Which city?"),
        (Bilingual(None, "答"), "Chengdu."),
    ]


def test_what_is_heard_at_the_end_of_a_talk_is_no_title() -> None:
    lines = [
        "[00:00:04]",
        "我谈谈写作。",
        "I talk about writing.",
        "[00:00:35]",
        "(掌声)",
        "(Applause)",
    ]
    blocks = [Block(text, line) for line, text in enumerate(lines, 1)]
    transcript = align(paragraphs(blocks), "talk", "talk.txt")
    assert transcript.about.title == Bilingual("talk")
    assert [p.role for p in transcript.passages] == [Role.NARRATION, Role.NARRATION]
