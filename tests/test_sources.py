"""Files are put together that are one transcript."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.model import Lang
from search.sources import sources


def laid_out(folder: Path, *names: str) -> dict[str, str]:
    """The id of each source by the names of its files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return {source.name: source.id for source in sources(folder)}


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("talk.en.srt", "talk.zh.srt"),
        ("talk.en.md", "talk.zh-CN.md"),
        ("talk.eng.txt", "talk.chs.docx"),
        ("talk_EN.srt", "talk_zh-Hant.vtt"),
        ("talk.English.ass", "talk.中文.ass"),
        ("talk-en-US.txt", "talk-cht.txt"),
    ],
)
def test_two_files_that_differ_in_their_language_are_one_transcript(
    tmp_path: Path, en: str, zh: str
) -> None:
    laid_out(tmp_path, en, zh)
    (source,) = sources(tmp_path)
    assert source.id == "talk"
    assert [(file.name, file.lang) for file in source.files] == [(en, Lang.EN), (zh, Lang.ZH)]


def test_of_two_chinese_versions_the_plainer_is_the_other_side(tmp_path: Path) -> None:
    names = ("talk.en.srt", "talk.zh-TW.srt", "talk.zh.srt")
    assert laid_out(tmp_path, *names) == {
        "talk.en.srt + talk.zh.srt": "talk",
        "talk.zh-TW.srt": "talk-zh-tw",
    }


def test_one_file_alone_is_what_it_is(tmp_path: Path) -> None:
    names = ("talk.en.txt", "a/other.zh.txt", "other.en.txt", "dozen.txt", "x.en.srt", "x.zh.txt")
    assert len(laid_out(tmp_path, *names)) == 6
    assert {file.lang for source in sources(tmp_path) for file in source.files} == {None}


def test_a_sidecar_goes_with_the_file_of_its_name(tmp_path: Path) -> None:
    names = ("talk.txt", "talk.toml", "b/two.en.md", "b/two.zh.md", "b/two.TOML", "alone.toml")
    laid_out(tmp_path, *names)
    found = {s.name: s.sidecar.name if s.sidecar else None for s in sources(tmp_path)}
    assert found == {
        "b/two.en.md + b/two.zh.md": "b/two.TOML",
        "talk.txt": "talk.toml",
        "alone.toml": None,
    }


def test_what_browsers_save_beside_a_page_is_part_of_it(tmp_path: Path) -> None:
    names = ("Talk.html", "Talk_files/a.js", "Talk_files/b/c.html", "Other_files/d.txt")
    assert set(laid_out(tmp_path, *names)) == {"Talk.html", "Other_files/d.txt"}
