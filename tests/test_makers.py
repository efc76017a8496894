"""Files as other makers make them: every pair is right, and every word is told of.

One talk, as transcription services, magazines, oral historians, subtitlers and
those who write in Markdown or Word set it down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from search.library import load
from search.model import Role, Transcript
from tests.test_nothing_lost import all_texts

TALK = (
    (True, "您是什么时候开始做开源软件的？", "When did you start working on open-source software?"),
    (
        False,
        "大概是2003年，我还在清华读书的时候。那时候实验室里只有三台电脑。",
        "Around 2003, when I was still a student at Tsinghua. The lab had only three computers.",
    ),
    (True, "后来为什么决定创业？", "Why did you later decide to start a company?"),
    (
        False,
        "2011年我们拿到了500万元的投资，团队从4个人变成了30个人。",
        "In 2011 we received 5 million yuan, and the team grew from four people to thirty.",
    ),
    (True, "您对年轻人有什么建议？", "What advice do you have for young people?"),
    (False, "不要怕失败。把代码写好。", "Don't be afraid to fail. Write good code."),
)
PAIRS = [(en, zh) for _, zh, en in TALK]
ZH, EN = {True: "周敏", False: "贾诚"}, {True: "Zhou Min", False: "Jia Cheng"}

Turn = Callable[[int, bool, str, str], str]


def laid(turn: Turn, head: str = "", foot: str = "") -> str:
    """The talk as `turn` sets down its number, whether it asks, the Chinese and the English."""
    turns = "".join(turn(n, asks, zh, en) for n, (asks, zh, en) in enumerate(TALK))
    return head + turns + foot


def labelled(zh: str, en: str) -> Turn:
    """A line a language, with labels as the forms of `周敏` and `Zhou Min` are."""

    def turn(_: int, asks: bool, said: str, put: str) -> str:
        own, other = zh.replace("周敏", ZH[asks]), en.replace("Zhou Min", EN[asks])
        return f"{own}{said}\n{other}{put}\n\n"

    return turn


def clock(n: int) -> str:
    return f"00:{n:02}:{2 * n:02}"


def whole(zh: str = "", en: str = "", foot: str = "") -> str:
    """The whole in Chinese under one head, then the whole in English under another."""
    said = "\n\n".join(f"{ZH[asks]}：{text}" for asks, text, _ in TALK)
    put = "\n\n".join(f"{EN[asks]}: {text}" for asks, _, text in TALK)
    return f"{zh}{said}\n\n{en}{put}\n{foot}"


Names = list[tuple[str | None, str | None]]
BOTH: Names = [("Zhou Min", "周敏"), ("Jia Cheng", "贾诚")]
NOBODY: Names = []

TEXTS: dict[str, tuple[Names, str]] = {
    # Transcription services.
    "time after the label.md": (
        BOTH,
        laid(
            lambda n, a, zh, en: (
                f"**{EN[a]}:** [{clock(n)}] {en}\n\n**{ZH[a]}：**[{clock(n)}] {zh}\n\n"
            ),
            "# A Talk\n\n",
        ),
    ),
    "numbered speakers.txt": (
        [(None, "说话人1"), (None, "说话人2")],
        laid(
            lambda n, a, zh, en: f"说话人{2 - a} {clock(n)}\n{zh}\n{en}\n\n",
            "贾诚访谈录音\n2023-05-06 14:02|时长 00:45:10\n关键词：开源、创业\n\n",
        ),
    ),
    "ranges of time.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"{clock(n)} - {clock(n + 1)}\n{ZH[a]}：{zh}\n{EN[a]}: {en}\n\n"),
    ),
    "short times.txt": (
        NOBODY,
        laid(lambda n, a, zh, en: f"{n}:{10 + n}\n{zh}\n{en}\n"),
    ),
    "rows with tabs.txt": (
        [(None, "周敏"), (None, "贾诚")],
        laid(
            lambda n, a, zh, en: f"{clock(n)}\t{ZH[a]}\t{zh}\t{en}\n",
            "时间\t说话人\t中文\tEnglish\n",
        ),
    ),
    # Labels.
    "a bar.txt": (BOTH, laid(labelled("周敏｜", "Zhou Min | "))),
    "more space.txt": (BOTH, laid(labelled("周敏\u3000", "Zhou Min  "))),
    "square brackets.txt": (BOTH, laid(labelled("[周敏] ", "[Zhou Min] "))),
    "angle brackets.txt": (BOTH, laid(labelled("<周敏> ", "<Zhou Min> "))),
    "points.txt": (BOTH, laid(labelled("●周敏：", "● Zhou Min: "))),
    "what they are.txt": (BOTH, laid(labelled("周敏（学者）：", "Zhou Min (scholar): "))),
    "what they are, once.txt": (
        BOTH,
        laid(labelled("周敏：", "Zhou Min: "))
        .replace("敏：", "敏（记者）：", 1)
        .replace("Cheng:", "Cheng (Professor, Peking University):", 1),
    ),
    "both names.txt": (BOTH, laid(lambda n, a, zh, en: f"{ZH[a]} {EN[a]}：{zh}\n{en}\n\n")),
    "both names, a stroke.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"{EN[a]}/{ZH[a]}: {en}\n{zh}\n\n"),
    ),
    "both names, brackets.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"{ZH[a]}{f'（{EN[a]}）' if n < 2 else ''}：{zh}\n{en}\n\n"),
    ),
    "both names above.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"{ZH[a]} {EN[a]}\n{zh}\n{en}\n\n"),
    ),
    "both names, a heading.md": (
        BOTH,
        laid(lambda n, a, zh, en: f"### {EN[a]} / {ZH[a]}\n\n{en}\n\n{zh}\n\n"),
    ),
    "both names, a list of terms.html": (
        BOTH,
        laid(
            lambda n, a, zh, en: f"<dt>{ZH[a]} {EN[a]}</dt><dd><p>{zh}</p><p>{en}</p></dd>",
            "<article><dl>",
            "</dl></article>",
        ),
    ),
    "a foreign name, shortened.txt": (
        [("Zhou Min", "周敏"), ("Donald E. Knuth", "唐纳德·克努斯")],
        laid(
            lambda n, a, zh, en: (
                f"{ZH[a] if a else '克努斯' if n > 1 else '唐纳德·克努斯'}：{zh}\n"
                f"{EN[a] if a else 'Knuth' if n > 1 else 'Donald E. Knuth'}: {en}\n\n"
            )
        ),
    ),
    "one of several.txt": (
        [
            ("Student A", "学生A"),
            ("Jia Cheng", "贾诚"),
            ("Student B", "学生B"),
            ("Student C", "学生C"),
        ],
        laid(
            lambda n, a, zh, en: (
                f"{'学生' + 'ABC'[n // 2] if a else ZH[a]}：{zh}\n"
                f"{'Student ' + 'ABC'[n // 2] if a else EN[a]}: {en}\n\n"
            )
        ),
    ),
    "capitals above.txt": (
        [("INTERVIEWER", "采访者"), ("LIN", "林")],
        laid(
            lambda n, a, zh, en: (
                f"{'INTERVIEWER' if a else 'LIN'}\n\n{en}\n\n{'采访者' if a else '林'}\n\n{zh}\n\n"
            ),
            "THE ART OF CODE NO. 12\n\nInterviewed by Carl Weber\nIssue 88, Spring 2015\n\n",
        ),
    ),
    "a magazine above.html": (
        [(None, "书与人"), (None, "贾诚")],
        laid(
            lambda n, a, zh, en: (
                f"<section><p><strong>{'书与人' if a else '贾诚'}</strong></p>"
                f"<p>{zh}</p><p>{en}</p></section>"
            ),
            "<div id=js_content><p><img data-src=x></p><p>▲ 贾诚在北京 Jia Cheng in Beijing</p>",
            "<p>采访 / 张原</p><p>编辑丨王小鱼</p><p>- END -</p></div>",
        ),
    ),
    "called after that.txt": (
        BOTH,
        "贾诚谈写代码\n\n周敏\n\n【摘要】程序员贾诚谈写代码。\n\n"
        + "\n\n".join(
            f"{ZH[a]}（以下简称“{ZH[a][0]}”）：{zh}" if n < 2 else f"{ZH[a][0]}：{zh}"
            for n, (a, zh, _) in enumerate(TALK)
        )
        + "\n\n（责任编辑：陈宜）\n\nJia Cheng on Code\n\nZhou Min\n\n"
        + "Abstract: The programmer Jia Cheng talks of code.\n\n"
        + "\n\n".join(
            f"{EN[a]} (hereafter {EN[a].split()[0]}): {en}"
            if n < 2
            else f"{EN[a].split()[0]}: {en}"
            for n, (a, _, en) in enumerate(TALK)
        )
        + "\n\n(Translated by Wang Yifan)\n",
    ),
    "brackets around one language.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"{ZH[a]}：{zh}\n（{EN[a]}: {en}）\n\n"),
    ),
    # Who had which part, at the head.
    "parts at the head.txt": (
        BOTH,
        laid(
            labelled("周敏：", "Zhou Min: "),
            "访谈：开源二十年\nInterview: Twenty Years of Open Source\n\n"
            "采访者：周敏\n受访者：贾诚（教授）\n采访时间：2023年5月6日\n\n"
            "Interviewer: Zhou Min\nInterviewee: Jia Cheng\n\n",
        ),
    ),
    "parts on one line.txt": (
        BOTH,
        laid(labelled("周敏：", "Zhou Min: "), "访问：周敏\u3000受访：贾诚\n日期：2023/5/6\n\n"),
    ),
    "parts that are labels too.txt": (
        [("Interviewer", "采访者"), ("Interviewee", "受访者")],
        laid(
            lambda n, a, zh, en: (
                f"{'采访者' if a else '受访者'}：{zh}\nInterview{'er' if a else 'ee'}: {en}\n\n"
            ),
            "采访者：周敏\n受访者：贾诚\n\nInterviewer: Zhou Min\nInterviewee: Jia Cheng\n\n",
        ),
    ),
    "translator.txt": (
        BOTH,
        whole(
            "开源二十年：对话贾诚\n\n文：周敏\n\n",
            "译：林小曼\n\nTwenty Years of Open Source: A Talk with Jia Cheng\n\nBy Zhou Min\n\n",
            "\nTranslated by Lin Xiaoman\n",
        ),
    ),
    # Names of languages.
    "languages before.txt": (NOBODY, laid(lambda n, a, zh, en: f"EN: {en}\nZH: {zh}\n\n")),
    "languages in brackets.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"[EN] {EN[a]}: {en}\n[中] {ZH[a]}：{zh}\n\n"),
    ),
    "languages in bold.md": (
        [("Zhou Min", None), ("Jia Cheng", None)],
        laid(lambda n, a, zh, en: f"**{EN[a]}**\n\n**English:** {en}\n\n**中文：**{zh}\n\n"),
    ),
    "translation before.txt": (
        [("Zhou Min", None), ("Jia Cheng", None)],
        laid(lambda n, a, zh, en: f"{EN[a]}: {en}\n\n译：{zh}\n\n"),
    ),
    "original and translation.txt": (
        NOBODY,
        laid(lambda n, a, zh, en: f"原文：{en}\n\n译文：{zh}\n\n"),
    ),
    "languages above.txt": (BOTH, whole("【中文】\n\n", "【English】\n\n")),
    "versions.md": (BOTH, whole("# 开源二十年\n\n## 中文版\n\n", "## English Version\n\n")),
    "a part that unfolds.md": (
        NOBODY,
        laid(
            lambda n, a, zh, en: (
                f"{zh}\n\n<details><summary>English</summary>\n\n{en}\n\n</details>\n\n"
            )
        ),
    ),
    # Tables.
    "a table.md": (
        BOTH,
        laid(
            lambda n, a, zh, en: f"| {n + 1} | {ZH[a]}：{zh} | {EN[a]}: {en} |\n",
            "# 对话贾诚 / A Talk with Jia Cheng\n\n| # | 原文 | 译文 |\n|---|---|---|\n",
        ),
    ),
    "a table.html": (
        BOTH,
        laid(
            lambda n, a, zh, en: f"<tr><td>{EN[a]}: {en}<td>{ZH[a]}：{zh}",
            "<p class=title>A Talk</p><table><tr><td>English<td>中文",
            "</table>",
        ),
    ),
    # Print.
    "numbered lines.txt": (
        [("Q", "问"), ("A", "答")],
        laid(
            lambda n, a, zh, en: (
                f"{2 * n + 1:>3}  {'Q' if a else 'A'}. {en}\n"
                f"{2 * n + 2:>3}  {'问' if a else '答'}：{zh}\n"
            )
        ),
    ),
    "numbered pages.txt": (
        BOTH,
        laid(lambda n, a, zh, en: f"{ZH[a]}：{zh}\n\nPage {n} of 40\n\n{EN[a].upper()}: {en}\n\n")
        .replace("ZHOU MIN", "Zhou Min")
        .replace("JIA CHENG", "Jia Cheng"),
    ),
    # Subtitles.
    "once ASS.srt": (
        NOBODY,
        laid(
            lambda n, a, zh, en: f"{n}\n00:00:{10 + n},000 --> 00:00:{11 + n},000\n{zh}\\N{en}\n\n"
        ),
    ),
    # Pages.
    "Word, filtered.htm": (
        BOTH,
        laid(
            lambda n, a, zh, en: (
                f"<p class=MsoNormal><b><span lang=ZH-CN>{ZH[a]}：</span></b>{zh}</p>\n"
                f"<p class=MsoNormal><b><span lang=EN-US>{EN[a]}: </span></b>{en}<o:p></o:p></p>\n"
            ),
            "<title>开源二十年</title><body lang=ZH-CN><div class=WordSection1>"
            "<p class=MsoTitle><b>开源二十年：对话贾诚</b></p>"
            "<p class=MsoTitle><b>Twenty Years: A Talk with Jia Cheng</b><o:p></o:p></p>"
            "<p class=MsoNormal>&nbsp;<o:p></o:p></p>",
        ),
    ),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Transcript]:
    content = tmp_path_factory.mktemp("content")
    for name, (_, text) in TEXTS.items():
        (content / name).write_text(text, "utf-8")
    library = load(content)
    assert not library.refusals
    return {transcript.about.file: transcript for transcript in library.transcripts}


@pytest.mark.parametrize("name", TEXTS)
def test_every_pair_is_right_and_every_speaker_known(
    name: str, read: dict[str, Transcript]
) -> None:
    transcript = read[name]
    talk = [p for p in transcript.passages if p.role not in (Role.HEADING, Role.NOTE)]
    # A summary is told before who speaks is known.
    assert [(p.en, p.zh) for p in talk if "摘要" not in (p.zh or "")] == PAIRS
    assert [(name.en, name.zh) for name in transcript.about.speakers] == TEXTS[name][0]
    # A short line of the head may be paired with doubt.
    assert all(doubt.line < 5 for doubt in transcript.doubts)


@pytest.mark.parametrize("name", TEXTS)
def test_times_are_those_of_the_turns(name: str, read: dict[str, Transcript]) -> None:
    times = [p.time and p.time[0] for p in read[name].passages if p.en and p.zh]
    if re.search(r"\d:\d\d", TEXTS[name][1]):
        assert None not in times and times == sorted(times, key=lambda time: time or 0)
    else:
        assert set(times) == {None}


def test_the_day_of_an_interview_is_told_from_who_had_which_part(
    read: dict[str, Transcript],
) -> None:
    for name in ("parts at the head.txt", "parts on one line.txt"):
        assert read[name].about.date == "2023-05-06"


def test_who_had_which_part_is_told_in_every_form(read: dict[str, Transcript]) -> None:
    assert read["a magazine above.html"].about.credits == (("采访", "张原"), ("编辑", "王小鱼"))
    assert read["called after that.txt"].about.credits == (("责任编辑", "陈宜"),)
    parts = (("访问", "周敏"), ("受访", "贾诚"), ("日期", "2023/5/6"))
    assert read["parts on one line.txt"].about.credits == parts
    assert ("受访者", "贾诚（教授）") in read["parts at the head.txt"].about.credits


def words(text: str) -> Iterator[str]:
    plain = re.sub(r"<[^\W\d][^<>]*>|</[^<>]*>", " ", text.replace("&nbsp;", " "))
    # Clocks are told as times.
    yield from re.findall(r"[^\W\d_]+", re.sub(r"[\d:]*:\d\d|\\N", " ", plain))


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_is_in_a_passage_or_is_told_of(name: str, read: dict[str, Transcript]) -> None:
    told = "\n".join(filter(None, all_texts(read[name])))
    wanted = list(words(TEXTS[name][1]))
    assert wanted and [word for word in wanted if word not in told] == []
