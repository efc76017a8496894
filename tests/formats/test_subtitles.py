"""Subtitles are read with their times, their lines, and which of them answer each other."""

from __future__ import annotations

import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.formats import Document, Unreadable, read
from search.model import Lang

SRT = """1
00:00:01,000 --> 00:00:02,500
你好，
世界
Hello,
world

2
00:00:03,000 --> 00:00:04,000
<i>再见</i>{\\an8}
Bye
"""


def shown(document: Document) -> list[tuple[str, int | None]]:
    return [(block.text, block.row) for block in document.blocks]


def test_the_lines_of_a_cue_are_its_two_sides() -> None:
    document = read("a.srt", SRT.encode())
    assert shown(document) == [("你好，世界", 1), ("Hello, world", 1), ("再见", 2), ("Bye", 2)]
    assert [block.time for block in document.blocks] == [(1, 2.5)] * 2 + [(3, 4)] * 2
    assert [block.line for block in document.blocks] == [3, 5, 10, 11]
    assert (document.format, document.encoding) == ("SubRip", "UTF-8")


def test_a_cue_that_is_repeated_in_each_language_is_one_row() -> None:
    text = SRT.replace("世界\nHello,", "世界\n\n1\n00:00:01,000 --> 00:00:02,500\nHello,")
    assert shown(read("a.srt", text.encode()))[:2] == [("你好，世界", 1), ("Hello, world", 1)]


def test_cues_of_one_language_after_those_of_the_other_are_matched_by_time() -> None:
    """The end of the one may differ from that of the other, and one may answer two."""
    cues = [("0,000", "4,000", "一二"), ("5,000", "6,000", "三")]
    cues += [("0,100", "2,000", "One"), ("2,000", "3,900", "two"), ("5,000", "6,100", "Three")]
    text = "\n\n".join(f"00:00:0{a} --> 00:00:0{b}\n{line}" for a, b, line in cues)
    rows = [("一二", 1), ("One", 1), ("two", 1), ("三", 2), ("Three", 2)]
    assert shown(read("a.srt", text.encode())) == rows


def test_times_that_do_not_fit_make_no_rows() -> None:
    cues = [(f"00:00:{10 + n},000 --> 00:00:{11 + n},000", "一二三") for n in range(9)]
    cues += [(f"00:05:{10 + n},000 --> 00:05:{11 + n},000", "One two") for n in range(9)]
    text = "\n\n".join("\n".join(cue) for cue in cues)
    assert len({block.row for block in read("a.srt", text.encode()).blocks}) == len(cues)


def test_a_chinese_line_with_more_latin_words_than_characters_is_chinese_beside_english() -> None:
    text = '1\n00:00:01,000 --> 00:00:02,000\n“is” 和 “Sylvain”\n"is" and "Sylvain"\n'
    chinese, english = read("a.srt", text.encode()).blocks
    assert (chinese.lang, english.lang, chinese.row) == (Lang.ZH, None, english.row)


def test_a_number_that_is_said_is_no_number_of_a_cue() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nHow many?\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n2021"
    )
    assert [text for text, _ in shown(read("a.srt", text.encode()))] == ["How many? 42", "2021"]


VTT = """WEBVTT - A talk
Kind: captions

STYLE
::cue { color: red }

NOTE
a remark
of two lines

intro
00:01.000 --> 00:02.500 align:start
<v.loud Wang Xiaogang>We have <c.big>patents</c> &amp; more.</v>
<v 高德纳>是

NOTE another

2
00:00:03.000 --> 00:00:04.000
Yes <00:00:03.500>indeed
"""


def test_webvtt_has_voices_and_what_is_no_cue_is_left_out() -> None:
    document = read("a.VTT", VTT.encode())
    assert [(block.label, block.text, block.line) for block in document.blocks] == [
        ("Wang Xiaogang", "We have patents & more.", 13),
        ("高德纳", "是", 14),
        (None, "Yes indeed", 20),
    ]
    assert document.format == "WebVTT"
    left = " ".join(omission.text for omission in document.omitted)
    for text in (
        "A talk",
        "Kind: captions",
        "color: red",
        "a remark",
        "of two",
        "intro",
        "another",
    ):
        assert text in left


ASS = r"""[Script Info]
Title: A talk
[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,check this
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\i1}再见{\i0}{看这里}\NBye, all
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Wang,0,0,0,,你好\hWang\NHello
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\p1}m 0 0 l 1 1
Dialogue: 0,soon,0:00:07.00,Default,,0,0,0,,Late
"""


def test_ass_has_actors_and_its_dialogue_comes_in_the_order_of_time() -> None:
    document = read("a.ass", ASS.encode("utf-16"))
    assert [(b.text, b.label, b.time) for b in document.blocks] == [
        ("Late", None, None),
        ("你好\u00a0Wang", "Wang", (1.0, 2.5)),
        ("Hello", "Wang", (1.0, 2.5)),
        ("再见", None, (3.0, 4.0)),
        ("Bye, all", None, (3.0, 4.0)),
    ]
    assert (document.format, document.encoding) == ("ASS", "UTF-16 LE with BOM")
    assert [(d.line, "soon" in d.what) for d in document.doubts] == [(12, True)]
    left = [omission.text for omission in document.omitted]
    assert {"check this", "看这里", r"{\p1}m 0 0 l 1 1", "Title: A talk"} <= set(left)


def test_microdvd_has_frames() -> None:
    document = read("a.sub", "{1}{1}25\n{25}{75}{y:i}你好|Hello\n{100}{}/Bye\nlost".encode())
    assert [(b.text, b.time) for b in document.blocks] == [
        ("lost", None),
        ("你好", (1.0, 3.0)),
        ("Hello", (1.0, 3.0)),
        ("Bye", (4.0, 4.0)),
    ]
    assert [doubt.line for doubt in document.doubts] == [4]


def test_microdvd_without_a_rate_is_doubted() -> None:
    (doubt,) = read("a.sub", b"{24}{48}Hello").doubts
    assert "how many frames" in doubt.what


@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "a.ass", "a.sub"])
def test_subtitles_without_cues_are_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="no cues"):
        read(name, b"Just text.\n")


@given(
    pairs=st.lists(
        st.tuples(
            st.text("我们有专利汽车", min_size=1, max_size=12),
            st.text("abc de", min_size=1, max_size=12).filter(str.strip),
        ),
        min_size=1,
        max_size=8,
    ),
    kind=st.sampled_from(["srt", "vtt", "ass", "microdvd"]),
)
def test_what_another_program_writes_is_read_back(pairs: list[tuple[str, str]], kind: str) -> None:
    subtitles = pysubs2.SSAFile()
    for number, (zh, en) in enumerate(pairs):
        event = pysubs2.SSAEvent(start=number * 2000, end=number * 2000 + 1000)
        event.plaintext = f"{zh}\n{en}"
        subtitles.append(event)
    name = "a.sub" if kind == "microdvd" else f"a.{kind}"
    document = read(name, subtitles.to_string(kind, fps=25).encode())
    found = [(block.text, block.time, block.row) for block in document.blocks]
    # A text of no letters stands with that before it.
    expected = [
        (text, (number * 2.0, number * 2.0 + 1), number)
        for number, (zh, en) in enumerate(pairs)
        for text in (zh, en.strip())
    ]
    assert [(text, time) for text, time, _ in found] == [(t, time) for t, time, _ in expected]
    rows = [row for _, _, row in found]
    assert all(one == other for one, other in zip(rows[::2], rows[1::2], strict=True))


def test_captions_that_roll_up_are_read_once() -> None:
    """As the captions of YouTube do: each line stands in three cues, two of which are moments."""
    document = read(
        "talk.vtt",
        """WEBVTT

00:00:00.160 --> 00:00:02.389 align:start position:0%
\u0020
welcome<00:00:00.480><c> back</c><00:00:00.880><c> to</c><00:00:01.120><c> it</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
welcome back to it
\u0020

00:00:02.399 --> 00:00:05.110 align:start position:0%
welcome back to it
no<00:00:02.639><c> no</c><00:00:02.879><c> no</c>

00:00:05.110 --> 00:00:05.120 align:start position:0%
no no no
\u0020
""".encode(),
    )
    assert [(block.text, block.time) for block in document.blocks] == [
        ("welcome back to it", (0.16, 2.389)),
        ("no no no", (2.399, 5.11)),
    ]


def test_whoever_says_the_same_twice_says_it_twice() -> None:
    twice = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n"
    assert [text for text, _ in shown(read("talk.vtt", twice.encode()))] == ["No.", "No."]
