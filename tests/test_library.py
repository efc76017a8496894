"""`content/` is read in a stable order, and what is no transcript is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.errors import ContentError
from search.library import checksums, dictionary, load
from search.sources import sources


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "a.txt", "C.TXT", "README.md", "dictionary.txt", ".hidden.txt"):
        (tmp_path / name).write_text("專利\n\nPatents.", "utf-8")
    return tmp_path


def test_files_are_taken_by_name_and_the_editors_lists_are_none(content: Path) -> None:
    assert [s.name for s in sources(content)] == ["C.TXT", "a.txt", "b/two.txt"]
    assert [t.about.id for t in load(content).transcripts] == ["c", "a", "b-two"]


def test_ids_differ_though_names_fold_alike(tmp_path: Path) -> None:
    for name in ("A b.txt", "a-b.txt", "專利.txt", "专利.txt", "!.txt"):
        (tmp_path / name).write_text("x")
    ids = [s.id for s in sources(tmp_path)]
    assert sorted(ids) == ["a-b", "a-b-2", "transcript", "专利", "专利-2"]


def test_a_name_that_is_not_unicode_is_no_trouble(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.txt", "wb") as file:
        file.write(b"Text.")
    (tmp_path / "new\nline.txt").write_text("Text.")
    library = load(tmp_path)
    assert {t.about.id for t in library.transcripts} == {"new-line", "transcript"}


def test_checksums_follow_the_content(content: Path) -> None:
    before = checksums(content)
    assert set(before) == {"C.TXT", "a.txt", "b/two.txt", "dictionary.txt"}
    (content / "dictionary.txt").write_text("绝影")
    (content / "README.md").write_text("Other words.")
    after = checksums(content)
    assert {name for name in after if after[name] != before[name]} == {"dictionary.txt"}


def test_the_dictionary_is_a_word_a_line(content: Path) -> None:
    (content / "dictionary.txt").write_text("# ours\n絕影 10 nz\n\nAI平台\n", "utf-8")
    words, refusals = dictionary(content)
    assert words == ["絕影"]
    assert [(r.file, "AI平台" in r.reason) for r in refusals] == [("dictionary.txt, line 4", True)]


def test_nothing_is_written_to_the_content(content: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in content.rglob("*")}
    load(content)
    assert {path: path.stat().st_mtime_ns for path in content.rglob("*")} == before


def test_where_nothing_can_be_read_every_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    with pytest.raises(ContentError, match=r"a\.txt: binary.*b\.pdf: no reader") as error:
        load(tmp_path)
    assert error.value.exit_code == 3 and str(tmp_path) in str(error.value)


def test_a_pipe_is_refused_and_never_waited_for(content: Path) -> None:
    os.mkfifo(content / "pipe.txt")
    (content / "zero.txt").symlink_to("/dev/zero")
    (content / "loop.txt").symlink_to(content / "loop.txt")
    reasons = {refusal.file: refusal.reason for refusal in load(content).refusals}
    assert reasons["pipe.txt"] == "not a file"
    assert "out of the folder" in reasons["zero.txt"]
    assert "loop.txt" in reasons
    assert set(checksums(content)) >= {"pipe.txt", "zero.txt", "loop.txt"}


def test_what_is_remembered_of_a_file_is_what_was_read(content: Path) -> None:
    """A file that changes while others are read is found to have changed."""

    def edit(name: str) -> None:
        (content / "a.txt").write_text("Other words altogether.")

    before = (content / "a.txt").read_text("utf-8")
    read = load(content, lambda name: edit(name) if name == "b/two.txt" else None)
    assert read.checksums != checksums(content)
    (content / "a.txt").write_text(before, "utf-8")
    assert read.checksums == checksums(content)


def test_a_file_that_is_all_tags_is_refused(content: Path) -> None:
    (content / "tags.txt").write_text("<p></p>")
    (refusal,) = load(content).refusals
    assert (refusal.file, refusal.reason) == ("tags.txt", "no text is left when it is repaired")


def test_the_editors_repairs_are_made_and_their_broken_lines_named(content: Path) -> None:
    (content / "repairs.tsv").write_text("專利\t专利\n\nbroken\n", "utf-8")
    library = load(content)
    assert all(t.passages[0].zh == "专利" for t in library.transcripts)
    assert all(r.rule == "editors' repair" for t in library.transcripts for r in t.repairs)
    assert [refusal.file for refusal in library.refusals] == ["repairs.tsv, line 3"]


def test_a_change_of_the_editors_repairs_is_a_change_of_every_transcript(content: Path) -> None:
    (content / "repairs.tsv").write_text("專利\t专利\n", "utf-8")
    before = {t.about.id: t.digest for t in load(content).transcripts}
    (content / "repairs.tsv").write_text("專利\t專利權\n", "utf-8")
    assert len(load(content, before=before).transcripts) == len(before)
    assert checksums(content).keys() >= {"repairs.tsv"}
