"""The interview in `content/` is read as a careful reader would read it."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from search.model import Lang, Role, Transcript

TALK = (Role.QUESTION, Role.ANSWER, Role.NARRATION)


def test_the_transcript_is_kept_byte_for_byte(root: Path) -> None:
    data = (root / "content" / "wang-xiaogang-sensetime.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == (
        "0246db9ff52e19cbe6eb742d87371490d3c8a47ec22932d9273e2554f3c9eb62"
    )


def test_sixteen_passages_of_the_talk_stand_in_both_languages(interview: Transcript) -> None:
    both = [p for p in interview.passages if p.sides == "both" and p.role in TALK]
    assert Counter(p.role for p in both) == {Role.NARRATION: 1, Role.QUESTION: 11, Role.ANSWER: 4}


def test_twenty_three_english_paragraphs_of_the_talk_stand_alone(interview: Transcript) -> None:
    alone = [p for p in interview.passages if p.sides == "en" and p.role in TALK]
    assert Counter(p.role for p in alone) == {Role.NARRATION: 4, Role.ANSWER: 19}


def test_every_question_is_the_magazines_and_every_answer_wang_xiaogangs(
    interview: Transcript,
) -> None:
    names = {
        Role.QUESTION: ("IP PEOPLE", "《IP PEOPLE》"),
        Role.ANSWER: ("Wang Xiaogang", "王曉剛"),
    }
    for passage in interview.passages:
        speaker = passage.speaker and (passage.speaker.en, passage.speaker.zh)
        assert speaker == names.get(passage.role)


def test_both_sides_of_a_passage_say_the_same(interview: Transcript) -> None:
    begins = {
        (p.en or "")[:28]: (p.zh or "")[:9]
        for p in interview.passages
        if p.sides == "both" and p.role is Role.ANSWER
    }
    assert begins == {
        "Thanks to China’s big effort": "得益于中國大力促進",
        "The development of AI, from ": "人工智能從原創研究",
        "In the smart auto industry, ": "在智能汽車領域,健",
        "Although a latecomer in AI d": "從整個人工智能發展",
    }


def test_the_title_stands_in_both_languages(interview: Transcript) -> None:
    title = interview.about.title
    assert title.en == "A Talk with Wang Xiaogang at SenseTime: Leverage leading AI for good"
    assert title.zh == "《知產人物 IP PEOPLE》對話商湯絕影王曉剛:科技領航,AI普惠生活"


def test_the_heading_on_one_line_is_divided(interview: Transcript) -> None:
    headings = [(p.en, p.zh) for p in interview.passages if p.role is Role.HEADING]
    assert ("Interview excerpts", "訪談摘錄") in headings


def test_front_and_end_matter_is_told_from_the_talk(interview: Transcript) -> None:
    about = interview.about
    assert about.issue == "《IP PEOPLE》 Issue 1"
    assert dict(about.credits)["Editor"] == "Wei Lyu"
    assert dict(about.credits)["編輯"] == "IPRdaily王穎"
    assert dict(about.credits)["校對"] == "IPRdaily縱橫君"
    assert about.source == "《知產人物 IP PEOPLE》對話商湯絕影王曉剛:科技領航,AI普惠生活"
    notes = [p.en or p.zh or "" for p in interview.passages if p.role is Role.NOTE]
    assert len(notes) == 7
    assert notes[3].startswith('"Record those who')


def test_no_damage_is_left_and_none_is_suspected(interview: Transcript) -> None:
    text = "\n".join(p.zh or "" for p in interview.passages)
    assert "?qū" not in text and "(chǎn)" not in text and "strong" not in text
    assert "商湯的全球專利資產累計11,494件" in text
    assert "創新成果轉變為實際應用的過程" in text
    assert "國內人工智能的成長。”" in text
    assert not interview.doubts


def test_repairs_are_counted_by_rule(interview: Transcript) -> None:
    assert Counter(r.rule for r in interview.repairs) == {"pinyin gloss": 95, "torn bytes": 4}


def test_a_repair_tells_its_place_in_the_file(interview: Transcript, root: Path) -> None:
    lines = (root / "content" / interview.about.file).read_text("utf-8").splitlines()
    for repair in interview.repairs:
        found = lines[repair.line - 1].strip()[repair.column - 1 :]
        assert found.startswith(repair.before)


def test_nothing_of_the_file_is_lost(interview: Transcript, root: Path) -> None:
    """What is read and what was repaired away make up the file again, labels aside."""
    kept = Counter[str]()
    for passage in interview.passages:
        for lang in Lang:
            kept.update(getattr(passage, lang.value) or "")
    for name in interview.about.speakers:
        for label in (name.en, name.zh):
            kept.update((label or "") * 40)
    for repair in interview.repairs:
        kept.update(repair.before)
        kept.subtract(repair.after)
    source = Counter((root / "content" / interview.about.file).read_text("utf-8"))
    lost = {char: n for char, n in (source - kept).items() if not char.isspace() and char != ":"}
    assert lost == {}


def test_ids_come_from_the_text_and_differ(interview: Transcript) -> None:
    assert len({p.id for p in interview.passages}) == len(interview.passages)
    assert all(p.id == f"wang-xiaogang-sensetime/{p.key}" for p in interview.passages)
