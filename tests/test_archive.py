"""One archive serves all threads, and takes up new generations by itself."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest

import search

QUERIES = {"patents": 30, "专利": 30, '"paragraph number"': 30, "patent*": 30, "common -seldom": 29}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    paragraphs = [f"Paragraph number {n} on common patents and 专利." for n in range(29)]
    (folder / "a.txt").write_text(
        "\n\n".join([*paragraphs, "Paragraph number 30: seldom patents, 专利."])
    )
    return folder


def test_threads_miss_nothing_while_the_index_is_rebuilt(content: Path, tmp_path: Path) -> None:
    """Eight threads search five hundred times each at least, all through three rebuilds."""
    index = tmp_path / "index"
    search.rebuild(content, index)
    archive = search.open_archive(index)
    wrong: list[object] = []
    seen: dict[int, set[str]] = {}
    last: dict[int, str] = {}
    rebuilt = threading.Event()

    def ask(number: int) -> None:
        seen[number] = set()
        queries = list(QUERIES.items())
        turn = 0
        while turn < 500 or not rebuilt.is_set():
            turn += 1
            query, total = queries[turn % len(queries)]
            try:
                results = archive.search(query, limit=1)
            except Exception as error:
                wrong.append(error)
                return
            if results.total != total:
                wrong.append((query, results.total))
            seen[number].add(results.index["generation"])
        last[number] = archive.search("patents", limit=1).index["generation"]
        archive.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            newest = pool.apply(search.rebuild, (content, index)).generation
    rebuilt.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert set(last.values()) == {newest}
    assert len(set.union(*seen.values())) > 1


def test_a_new_generation_is_taken_up_by_the_next_search(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    search.rebuild(content, index)
    archive = search.open_archive(index)
    assert archive.search("whale").total == 0
    (content / "b.txt").write_text("A whale was seen.")
    search.rebuild(content, index)
    assert archive.search("whale").total == 1


def test_an_archive_can_be_opened_before_its_index_is_built(content: Path, tmp_path: Path) -> None:
    archive = search.open_archive(tmp_path / "index")
    with pytest.raises(search.IndexMissing):
        archive.transcripts()
    search.rebuild(content, tmp_path / "index")
    assert [about.id for about in archive.transcripts()] == ["a"]


def test_a_transcript_is_read_in_order(archive: search.Archive) -> None:
    transcript = archive.transcript("wang-xiaogang-sensetime")
    assert transcript and [p.position for p in transcript.passages] == list(range(49))
    assert archive.transcript("no-such") is None


def test_hits_of_one_transcript_come_in_order_of_place(archive: search.Archive) -> None:
    results = archive.search("patents", limit=None, transcript="wang-xiaogang-sensetime")
    places = [hit.passage.position for hit in results.hits]
    assert places == sorted(places) and results.total == archive.search("patents").total
    assert archive.search("patents", transcript="no-such").total == 0


def test_pages_of_hits_make_up_the_whole(archive: search.Archive) -> None:
    whole = archive.search("SenseTime", limit=None).hits
    paged = [
        hit
        for at in range(0, 30, 4)
        for hit in archive.search("SenseTime", limit=4, offset=at).hits
    ]
    assert [hit.passage.id for hit in paged] == [hit.passage.id for hit in whole]


def test_a_negative_limit_is_a_mistake_of_the_caller(archive: search.Archive) -> None:
    with pytest.raises(ValueError, match="limit=-1"):
        archive.search("x", limit=-1)


def test_the_status_names_the_generation(archive: search.Archive) -> None:
    status = archive.status()
    assert status["generation"] == archive.search("x").index["generation"]
    assert (status["transcripts"], status["passages"]) == (1, 49)
    assert archive.report()["generation"] == status["generation"]


def test_one_name_has_one_count(tmp_path: Path) -> None:
    """A person may have a name in both languages in one file, and in one in another."""
    (tmp_path / "content").mkdir()
    both = "李娜：我們有專利。\n\nLi Na: We have patents.\n\n"
    (tmp_path / "content" / "a.txt").write_text(both * 2, "utf-8")
    (tmp_path / "content" / "b.txt").write_text("Li Na: Patents?\n\nLi Na: Yes.\n", "utf-8")
    search.rebuild(tmp_path / "content", tmp_path / "index")
    results = search.open_archive(tmp_path / "index").search("*")
    assert results.facets["speaker"] == {"Li Na": results.total} == {"Li Na": 4}
