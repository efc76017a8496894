"""From files to a transcript, whatever their format, and nothing on the way is lost."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search.index import build
from search.library import checksums, load
from search.model import Bilingual, Role, Transcript


def read(folder: Path, **files: str | bytes) -> Transcript:
    for name, data in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (transcript,) = load(folder).transcripts
    return transcript


def sides(transcript: Transcript) -> list[tuple[str | None, str | None]]:
    return [(passage.en, passage.zh) for passage in transcript.passages]


TALK = """Donald Knuth: Programming is an art, and beauty is what we look for in it.

高德纳：编程是一门艺术，我们在其中寻找的是美。

DK: I finished in 1968.

高德纳：我在1968年完成。
"""

SIDECAR = """title = { en = "The art", zh = "艺术" }
date = 2021-03-05
mood = "good"
[[speakers]]
en = "Donald Knuth"
zh = "高德纳"
aliases = ["DK"]
role = "answer"
"""


def test_a_sidecar_overrules_what_was_found(tmp_path: Path) -> None:
    transcript = read(tmp_path, talk__txt=TALK, talk__toml=SIDECAR)
    about = transcript.about
    assert (about.title, about.date) == (Bilingual("The art", "艺术"), "2021-03-05")
    assert about.speakers == (Bilingual("Donald Knuth", "高德纳"),)
    assert {p.speaker for p in transcript.passages} == {Bilingual("Donald Knuth", "高德纳")}
    assert {p.role for p in transcript.passages} == {Role.ANSWER}
    assert sides(transcript)[1] == ("I finished in 1968.", "我在1968年完成。")
    (doubt,) = transcript.doubts
    assert (doubt.file, doubt.line) == ("talk.toml", 3)


def test_a_broken_sidecar_costs_the_transcript_nothing(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_bytes(b"\0")
    (tmp_path / "other.toml").write_text('title = "A"')
    (tmp_path / "talk.txt").write_text(TALK)
    library = load(tmp_path)
    assert len(library.transcripts) == 1
    assert [refusal.file for refusal in library.refusals] == ["talk.toml", "other.toml"]


def test_dates_of_front_matter_can_be_asked_for(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("---\ndate: 2021-03-05\n---\nPatents.\n", "utf-8")
    (content / "b.txt").write_text("Patents.", "utf-8")
    search.rebuild(content, tmp_path / "index")
    archive = search.open_archive(tmp_path / "index")
    assert [hit.passage.transcript for hit in archive.search("patents date:2021").hits] == ["a"]


@pytest.mark.parametrize(
    ("date", "asked", "never"),
    [
        (
            "2021",
            "2021 2020..2022 >=2021 <2022 ..2021 2021..",
            "2021-05 2021-05-01 <2021 >2021 2020",
        ),
        ("2021-05", "2021 2021-05 2021-05..2021-06 >2021-04 <=2021", "2021-05-07 2021-06 >2021-05"),
        ("2021-05-07", "2021 2021-05 2021-05-07 >=2021-05-07", "2021-05-08 <2021-05-07 202"),
    ],
)
def test_a_day_a_month_and_a_year_are_found_by_any_span_that_holds_them(
    tmp_path: Path, date: str, asked: str, never: str
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.txt").write_text("Patents.", "utf-8")
    (content / "a.toml").write_text(f'date = "{date}"', "utf-8")
    search.rebuild(content, tmp_path / "index")
    archive = search.open_archive(tmp_path / "index")
    for span in (*asked.split(), *never.split()):
        found = archive.search(f"date:{span}").total
        assert found == (span in asked.split()), span


def test_a_changed_sidecar_makes_the_index_stale(tmp_path: Path) -> None:
    read(tmp_path, talk__txt=TALK, talk__toml=SIDECAR)
    before = checksums(tmp_path)
    assert before == load(tmp_path).checksums
    (tmp_path / "talk.toml").write_text('title = "Another"')
    assert {n for n, sum in checksums(tmp_path).items() if sum != before[n]} == {"talk.toml"}


def test_two_files_of_subtitles_answer_each_other_by_time(tmp_path: Path) -> None:
    cue = "{}\n00:00:0{},{} --> 00:00:0{},000\n{}\n\n"
    english = ["So this is art.", "And I finished in 1968.", "Thank you."]
    chinese = ["这就是艺术。", "我在1968年完成。", "谢谢。"]
    transcript = read(
        tmp_path,
        talk__en__srt="".join(cue.format(n, n, "000", n + 1, t) for n, t in enumerate(english)),
        talk__zh__srt="".join(cue.format(n, n, "100", n + 1, t) for n, t in enumerate(chinese)),
    )
    assert transcript.about.id == "talk"
    # In the order of time, and not one file after the other.
    texts = [text for both in sides(transcript) for text in both if text]
    assert texts == [text for pair in zip(english, chinese, strict=True) for text in pair]
    assert [(f.name, f.format, f.encoding, f.lang) for f in transcript.files] == [
        ("talk.en.srt", "SubRip", "UTF-8", "en"),
        ("talk.zh.srt", "SubRip", "UTF-8", "zh"),
    ]


@pytest.mark.parametrize("form", ["txt", "md"])
def test_the_texts_of_two_files_answer_each_other_as_a_whole(tmp_path: Path, form: str) -> None:
    en = "Hello.\n\nWhat did you see?\n\nThank you."
    zh = "您好。\n\n您看到了什麼？\n\n謝謝。"
    transcript = read(tmp_path, **{f"talk__en__{form}": en, f"talk__zh__{form}": zh})
    assert sides(transcript) == list(zip(en.split("\n\n"), zh.split("\n\n"), strict=True))


def test_in_two_files_what_has_no_counterpart_stays_alone(tmp_path: Path) -> None:
    en = "In 2021 we had 80.\n\nIn 2022 we had 90.\n\nA word of thanks."
    zh = "2021年我們有80項。\n\n2022年我們有90項。"
    transcript = read(tmp_path, talk__en__txt=en, talk__zh__txt=zh)
    assert [passage.sides for passage in transcript.passages] == ["both", "both", "en"]


def test_a_file_that_is_not_in_the_language_of_its_name_is_doubted(tmp_path: Path) -> None:
    text = "你好吗。\n\n我很好。\n\n谢谢你。\n"
    transcript = read(tmp_path, talk__en__txt=text, talk__zh__txt=text)
    (doubt,) = [doubt for doubt in transcript.doubts if "language of its name" in doubt.what]
    assert doubt.file == "talk.en.txt"
    assert all(passage.en is None for passage in transcript.passages)


def test_one_of_two_files_that_cannot_be_read_costs_the_other_nothing(tmp_path: Path) -> None:
    (tmp_path / "talk.en.txt").write_text("Hello there.")
    (tmp_path / "talk.zh.txt").write_bytes(b"\0")
    library = load(tmp_path)
    assert sides(library.transcripts[0]) == [("Hello there.", None)]
    assert [refusal.file for refusal in library.refusals] == ["talk.zh.txt"]


def test_the_report_names_format_and_encoding_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("你好，我们有专利。".encode("gb18030"))
    (tmp_path / "b.html").write_text("<nav>Menu</nav><p>Hello.</p>")
    report = json.loads(json.dumps(build.check(tmp_path).to_dict()))
    files = [file for each in report["files"] for file in each["files"]]
    assert [(file["format"], file["encoding"]) for file in files] == [
        ("Markdown", "GB18030"),
        ("HTML", "UTF-8"),
    ]
    assert report["files"][1]["omitted"] == [{"line": 1, "text": "Menu"}]


# The sum: what stands in a file is in a passage, a label, the metadata or the report.

WORDS = st.lists(st.integers(0, 999), min_size=1, max_size=6, unique=True)


def word(number: int) -> tuple[str, str]:
    """An English and a Chinese text that stand nowhere else."""
    digits = [int(digit) for digit in f"{number:03}"]
    return "w" + "".join("abcdefghij"[d] for d in digits), "".join(
        "甲乙丙丁戊己庚辛壬癸"[d] for d in digits
    )


def docx_of(pairs: list[tuple[str, str]]) -> bytes:
    document = docx.Document()
    for en, zh in pairs:
        document.add_paragraph(zh)
        document.add_paragraph(en)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def cues(pairs: list[tuple[str, str]], form: str, between: str = "\n") -> str:
    return between.join(form.format(n, n + 1, zh, en) for n, (en, zh) in enumerate(pairs, 10))


FORMATS: dict[str, Callable[[list[tuple[str, str]]], str | bytes]] = {
    "a.txt": lambda pairs: "\n\n".join(f"{zh}。\n{en}." for en, zh in pairs),
    "a.md": lambda pairs: "".join(f"- **{zh}**\n  - {en}\n" for en, zh in pairs),
    "a.html": lambda pairs: "<nav>menu</nav>" + "".join(f"<p>{zh}<br>{en}</p>" for en, zh in pairs),
    "a.srt": lambda pairs: cues(pairs, "1\n00:00:{} --> 00:00:{}\n{}\n{}\n"),
    "a.vtt": lambda pairs: "WEBVTT\n\n" + cues(pairs, "00:{}.000 --> 00:{}.000\n{}\n{}\n"),
    "a.ass": lambda pairs: (
        "[Events]\n" + cues(pairs, "Dialogue: 0,0:00:{}.00,0:00:{}.00,D,,0,0,0,,{}\\N{}")
    ),
    "a.sub": lambda pairs: "{1}{1}25\n" + cues(pairs, "{{{}}}{{{}}}{}|{}"),
    "a.docx": docx_of,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25)
@given(numbers=WORDS, codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
def test_no_word_of_a_file_is_lost(
    name: str, tmp_path_factory: pytest.TempPathFactory, numbers: list[int], codec: str
) -> None:
    pairs = [word(number) for number in numbers]
    made = FORMATS[name](pairs)
    content = tmp_path_factory.mktemp("content")
    (content / name).write_bytes(made.encode(codec) if isinstance(made, str) else made)
    (transcript,) = load(content).transcripts
    # A short line of its own may be taken for the name of who speaks next.
    names = [(name.en, name.zh) for name in transcript.about.speakers]
    found = " ".join(text for both in [*sides(transcript), *names] for text in both if text)
    assert [text for number in numbers for text in word(number) if text not in found] == []


def test_hostile_files_are_refused_by_name_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TALK)
    with (tmp_path / "line.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    (tmp_path / "long.txt").write_bytes((b"word " * 200_000 + b"\n\n") * 9)
    (tmp_path / "deep.html").write_text("<div>" * 50_000)
    (tmp_path / "new\nline.xyz").write_text("x")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    os.mkfifo(tmp_path / "pipe.srt")
    (tmp_path / "pipe.toml").symlink_to(tmp_path / "pipe.srt")
    (tmp_path / "out.toml").symlink_to("/etc/hostname")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    library = load(tmp_path)
    assert [transcript.about.id for transcript in library.transcripts] == ["good"]
    reasons = {refusal.file: refusal.reason for refusal in library.refusals}
    expected = {
        "line.txt": "bytes, more than",
        "long.txt": "characters of text, more than",
        "deep.html": "deep, more than",
        "new\nline.xyz": "no reader",
        "bad.docx": "no docx",
        "pipe.srt": "not a file",
        "pipe.toml": "not a file",
        "out.toml": "out of the folder",
        "out.txt": "out of the folder",
    }
    assert set(reasons) == set(expected)
    assert all(expected[name] in reason for name, reason in reasons.items())
