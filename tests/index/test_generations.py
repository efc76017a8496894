"""A generation is whole or refused, and the old one answers until the new one is there."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import search
from search.index import generations
from search.index.build import is_current
from search.library import load

OLD = "\n\n".join(f"Old paragraph number {n} about patents and 专利." for n in range(40))
NEW = "\n\n".join(f"New paragraph number {n} about patents and 专利." for n in range(60))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.txt").write_text(OLD, "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, content: Path) -> Path:
    search.rebuild(content, tmp_path / "index")
    return tmp_path / "index"


def folders(index: Path) -> set[str]:
    return {path.name for path in index.iterdir() if path.is_dir()}


def files(index: Path) -> list[Path]:
    generation = generations.current(index).path
    found = [index / "CURRENT", *sorted(p for p in generation.iterdir() if p.stat().st_size)]
    assert len(found) > 5
    return found


def test_a_missing_index_is_named_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(search.IndexMissing) as error:
        search.open_archive(tmp_path / "none").search("x")
    assert "transcript-search rebuild --index" in str(error.value)
    assert error.value.exit_code == 4


def test_any_file_cut_short_is_found_on_opening(index: Path) -> None:
    for file in files(index):
        whole = file.read_bytes()
        for length in {0, len(whole) // 2, len(whole) - 1}:
            file.write_bytes(whole[:length])
            with pytest.raises(search.IndexCorrupt) as error:
                search.open_archive(index).search("patents")
            assert file.name in str(error.value)
            assert "transcript-search rebuild" in str(error.value)
        file.write_bytes(whole)
    assert search.open_archive(index).search("patents").total == 40


def test_any_file_changed_in_place_is_found_on_opening(index: Path) -> None:
    for file in files(index):
        whole = file.read_bytes()
        middle = len(whole) // 2
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(search.IndexCorrupt):
            search.open_archive(index).search("patents")
        file.write_bytes(whole)


def test_any_file_gone_is_found_on_opening(index: Path) -> None:
    for file in files(index)[1:]:
        whole = file.read_bytes()
        file.unlink()
        with pytest.raises(search.IndexCorrupt):
            search.open_archive(index).search("patents")
        file.write_bytes(whole)


def test_a_pointer_out_of_the_index_is_refused(index: Path, tmp_path: Path) -> None:
    shutil.copytree(generations.current(index).path, tmp_path / "elsewhere")
    pointer = json.loads((index / "CURRENT").read_text())
    (index / "CURRENT").write_text(json.dumps({**pointer, "generation": "../elsewhere"}))
    with pytest.raises(search.IndexCorrupt):
        search.open_archive(index).search("patents")


def test_an_index_of_another_format_is_stale(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT + 1)
    with pytest.raises(search.IndexStale, match="transcript-search rebuild"):
        search.open_archive(index).search("patents")


def test_an_index_of_another_analysis_is_stale(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.analysis.VERSION", -1)
    with pytest.raises(search.IndexStale, match="transcript-search rebuild"):
        search.open_archive(index).search("patents")


def test_an_archive_that_was_found_corrupt_is_searched_once_it_is_rebuilt(
    index: Path, content: Path
) -> None:
    archive = search.open_archive(index)
    (index / "CURRENT").write_text("{")
    with pytest.raises(search.IndexCorrupt):
        archive.search("patents")
    search.rebuild(content, index)
    assert archive.search("patents").total == 40


def test_removing_all_of_an_index_is_safe(index: Path, content: Path) -> None:
    archive = search.open_archive(index)
    assert archive.search("patents").total == 40
    for path in index.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(search.IndexMissing):
        archive.search("patents")
    search.rebuild(content, index)
    assert archive.search("patents").total == 40


def test_old_generations_go_but_the_last(index: Path, content: Path) -> None:
    built = [search.rebuild(content, index).generation for _ in range(4)]
    assert folders(index) == set(built[-2:])


def test_a_build_that_fails_leaves_all_as_it_was(index: Path, content: Path) -> None:
    before = folders(index)
    (content / "a.txt").write_bytes(b"\x00")
    with pytest.raises(search.ContentError):
        search.rebuild(content, index)
    assert folders(index) == before
    assert search.open_archive(index).search("patents").total == 40


def test_a_second_build_says_who_is_building(index: Path, content: Path) -> None:
    with generations.building(index):
        pid = str(os.getpid())
        with pytest.raises(search.BuildRunning, match=pid) as error:
            _in_another_process(content, index)
    assert error.value.exit_code == 5
    search.rebuild(content, index)


def _in_another_process(content: Path, index: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(search.rebuild, (content, index))


@pytest.fixture
def warm() -> Iterator[None]:
    """All that a build loads, loaded before the processes that are killed are forked."""
    search.__getattr__("Report")
    from search.analysis import Analyzer

    Analyzer().tokens("专利 patents")
    yield


def test_a_killed_build_changes_nothing_and_the_next_sweeps_up(
    index: Path, content: Path, warm: None
) -> None:
    """Thirty builds killed at random moments, the whole length of a build covered."""
    fork = multiprocessing.get_context("fork")
    chance = random.Random(2)
    archive = search.open_archive(index)
    texts = {OLD: 40, NEW: 60}
    (content / "a.txt").write_text(NEW, "utf-8")
    began = time.monotonic()
    search.rebuild(content, index)
    length = time.monotonic() - began
    killed = 0
    for _ in range(30):
        now = archive.search("patents", limit=None)
        text = NEW if now.total == 40 else OLD
        (content / "a.txt").write_text(text, "utf-8")
        process = fork.Process(target=search.rebuild, args=(content, index))
        process.start()
        process.join(chance.uniform(0, 1.1 * length))
        if process.is_alive():
            assert process.pid
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.join()
        for reader in (archive, search.open_archive(index)):
            results = reader.search("patents", limit=None)
            assert results.total in (
                {now.total, texts[text]} if process.exitcode else {texts[text]}
            )
            assert len({(hit.passage.en or "")[:3] for hit in results.hits}) == 1
            assert results.total == results.index["passages"]
    assert killed > 5
    (content / "a.txt").write_text(NEW, "utf-8")
    report = search.rebuild(content, index)
    assert archive.search("patents").total == 60
    assert report.generation in folders(index) and len(folders(index)) == 2
    assert not list(index.glob("building-*"))


def test_the_interviews_index_is_what_its_content_says(tmp_path: Path, root: Path) -> None:
    (interview,) = load(root / "content").transcripts
    search.rebuild(root / "content", tmp_path)
    kept = search.open_archive(tmp_path).transcript(interview.about.id)
    assert kept and kept.about == interview.about
    assert kept.passages == interview.passages


@pytest.mark.parametrize(
    "pointer",
    [
        '{"generation": 1, "manifest": 2}',
        "null",
        "[" * 100_000,
        '{"generation": "\\u0000", "manifest": ""}',
        '{"generation": "..", "manifest": "00000000000000000000000000000000"}',
        "\udc80".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_any_other_text_in_the_pointer_is_mended_by_a_rebuild(
    index: Path, content: Path, pointer: str
) -> None:
    (index / "CURRENT").write_text(pointer)
    with pytest.raises(search.IndexCorrupt):
        search.open_archive(index).search("patents")
    assert not is_current(content, index)
    search.rebuild(content, index)
    assert is_current(content, index)
    assert search.open_archive(index).search("patents").total == 40


@pytest.mark.parametrize("manifest", ["[]", "{}", "1", '{"format": null}'])
def test_a_manifest_of_another_shape_is_refused(index: Path, content: Path, manifest: str) -> None:
    path = generations.current(index).path / "manifest.json"
    path.write_text(manifest)
    pointer = {"generation": path.parent.name, "manifest": generations._digest(path.read_bytes())}
    (index / "CURRENT").write_text(json.dumps(pointer))
    with pytest.raises(search.IndexUnusable):
        search.open_archive(index).search("patents")
    assert not is_current(content, index)
    search.rebuild(content, index)
    assert search.open_archive(index).search("patents").total == 40


def test_a_full_disk_is_one_sentence_and_costs_nothing(
    index: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    (content / "a.txt").write_text(NEW, "utf-8")
    monkeypatch.setattr("search.index.build.add", full)
    with pytest.raises(search.SearchError, match="No space left on device"):
        search.rebuild(content, index)
    assert search.open_archive(index).search("patents").total == 40
    assert len(folders(index)) == 1


def test_a_name_that_is_not_unicode_is_indexed(index: Path, content: Path) -> None:
    with open(os.fsencode(content) + b"/\xff.txt", "wb") as file:
        file.write(b"A whale was seen.")
    search.rebuild(content, index)
    assert search.open_archive(index).search("whale").total == 1
