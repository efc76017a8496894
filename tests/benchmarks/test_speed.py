"""The benchmark works and shows every figure; how fast it all is, no test says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from benchmarks.asking import nearest_rank
from benchmarks.compare import growth
from benchmarks.corpora import verses

PEERS = {"stock Whoosh", "SQLite FTS5", "tantivy"}
TEN_BEST = {"FTS5, ten best", "tantivy, ten best"}
KINDS = {
    "common word",
    "rare word",
    "AND",
    "OR of four",
    "phrase",
    "Chinese word",
    "Chinese substring",
    "prefix",
}


def speed(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs the benchmark as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", *options],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def measured(small: tuple[dict[str, Any], str, str]) -> dict[str, Any]:
    """The figures of the one archive of a small run."""
    (figures,) = small[0]["corpora"]
    held: dict[str, Any] = figures
    return held


@pytest.fixture(scope="module")
def small(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, str]:
    """A small run: the JSON, the table, and what was said meanwhile."""
    file = tmp_path_factory.mktemp("speed") / "figures.json"
    done = speed(root, "--small", "--json", str(file))
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text("utf-8")), done.stdout, done.stderr


def test_five_queries_of_each_of_eight_kinds_are_asked_and_all_find_something(
    small: tuple[dict[str, Any], str, str],
) -> None:
    queries = measured(small)["queries"]
    assert Counter(query["kind"] for query in queries) == dict.fromkeys(KINDS, 5)
    assert len({query["text"] for query in queries}) == 40
    assert all(query["hits"] > 0 for query in queries)


def test_every_kind_is_timed_cold_and_warm_in_every_way(
    small: tuple[dict[str, Any], str, str],
) -> None:
    ways = measured(small)["speed"]
    assert set(ways) == {"engine only", "whole search", "bilingual"} | PEERS | TEN_BEST
    for way in ways.values():
        assert way["opening_ms"] > 0
        assert way["runs"] == 2
        for state in ("cold", "warm"):
            assert set(way[state]) == KINDS | {"all"}
            for times in way[state].values():
                assert 0 < times["p50_ms"] <= times["p99_ms"] <= times["max_ms"]


def test_build_size_and_memory_are_measured_for_every_engine(
    small: tuple[dict[str, Any], str, str],
) -> None:
    corpus, builds = measured(small)["corpus"], measured(small)["build"]
    assert corpus["passages"] == 200 == sum(corpus["sides"].values())
    assert set(builds) == {"transcript-search", "on one core"} | PEERS
    for build in builds.values():
        assert build["seconds"] > 0
        assert build["bytes_per_passage"] == build["index_bytes"] / 200
        # Peaks never fall.
        assert 0 < build["before_build_bytes"] <= build["after_build_bytes"]
    parts = builds["on one core"]
    stages = ("analysis", "inverting", "writing", "learning", "publishing")
    assert all(parts[f"{stage}_seconds"] > 0 for stage in stages)
    assert sum(parts[f"{stage}_seconds"] for stage in stages) == pytest.approx(parts["seconds"])


def test_the_product_is_set_against_every_peer(small: tuple[dict[str, Any], str, str]) -> None:
    figures = measured(small)
    assert set(figures["ratios"]) == PEERS | TEN_BEST
    ours, theirs = (figures["speed"][way]["warm"] for way in ("engine only", "tantivy"))
    for kind, ratio in figures["ratios"]["tantivy"]["p50_ms"].items():
        assert ratio == pytest.approx(ours[kind]["p50_ms"] / theirs[kind]["p50_ms"])
    assert all(
        row["reached"] == (row["measured"] <= row["reach"] and row["measured"] > 0)
        for row in figures["reach"]
    )


def test_figures_say_where_and_with_what_they_were_measured(
    small: tuple[dict[str, Any], str, str],
) -> None:
    figures = small[0]
    assert figures["date"].endswith("Z")
    assert figures["machine"]["processor"] and figures["machine"]["cores"]
    assert figures["machine"]["memory_bytes"] > 2**20
    named = {"python", "transcript-search", "whoosh3", "jieba", "numpy", "sqlite", "tantivy"}
    assert named <= set(figures["versions"])


def test_the_table_is_plain_text_in_a_pipe_and_progress_goes_elsewhere(
    small: tuple[dict[str, Any], str, str],
) -> None:
    figures, table, said = small
    assert "\x1b" not in table
    # p50 and p99, cold and warm, and both as ratios.
    assert all(table.count(f"\n{kind} ") == 6 for kind in KINDS - {"common word"})
    assert max(map(len, table.partition("terms ready")[2].splitlines())) <= 130
    assert figures["machine"]["processor"] in table
    assert "indexing 200 of 200" in said and "indexing 200" not in table


@pytest.fixture(scope="module")
def alone(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """A run without peers, and a folder without data: the JSON, and what was said meanwhile."""
    empty = tmp_path_factory.mktemp("data")
    size = ("--passages", "100", "--seed", "2", "--runs", "1")
    done = speed(root, *size, "--no-peers", "--data", str(empty), "--json", "-")
    assert done.returncode == 0, done.stderr
    # JSON alone goes to standard output.
    return json.loads(done.stdout), done.stderr


def test_growth_is_from_the_smallest_to_the_largest_archive(
    small: tuple[dict[str, Any], str, str], alone: tuple[dict[str, Any], str]
) -> None:
    (least,) = alone[0]["corpora"]
    assert alone[0]["growth"] == growth([least]) == []
    found = growth([measured(small), least])
    assert {(grown["from"], grown["to"]) for grown in found} == {(100, 200)}
    assert [grown["way"] for grown in found] == ["engine only", "whole search", "bilingual"]
    for grown in found:
        for kind, ratio in grown["p50_ratio"].items():
            one, other = (
                each["speed"][grown["way"]]["warm"][kind]["p50_ms"]
                for each in (measured(small), least)
            )
            assert ratio == pytest.approx(one / other)


def test_without_peers_only_the_product_is_measured(alone: tuple[dict[str, Any], str]) -> None:
    for held in alone[0]["corpora"]:
        assert set(held["speed"]) == {"engine only", "whole search", "bilingual"}
        assert held["ratios"] == {}
        assert set(held["build"]) == {"transcript-search", "on one core"}


def test_data_that_is_not_there_is_left_out_with_a_clear_word(
    alone: tuple[dict[str, Any], str],
) -> None:
    assert "left out: there is no scale/bible_kjv_cuv.jsonl in" in alone[1]


def test_verses_become_transcripts_by_chapter(tmp_path: Path) -> None:
    file = tmp_path / "verses.jsonl"
    held = [
        {"id": "Ruth 1:1", "doc": "Ruth 1", "en": "Now it came to pass", "zh": "當士師秉政的時候"},
        {"id": "Ruth 1:2", "doc": "Ruth 1", "en": "And the name of the man", "zh": ""},
        {"id": "Ruth 2:1", "doc": "Ruth 2", "en": "", "zh": "拿俄米的丈夫"},
    ]
    file.write_text("\n".join(map(json.dumps, held)) + "\n", "utf-8")
    corpus = verses(file)
    assert [len(transcript.passages) for transcript in corpus.transcripts] == [2, 1]
    assert [passage.sides for passage in corpus.passages] == ["both", "en", "zh"]
    assert [passage.line for passage in corpus.passages] == [1, 2, 3]
    assert corpus.facts()["passages"] == 3


def test_help_says_what_is_measured(root: Path) -> None:
    said = speed(root, "--help").stdout
    for what in (
        "passages a second",
        "bytes",
        "memory",
        "p50",
        "cold",
        "engine only",
        "King James",
    ):
        assert what in said


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 101)]
    assert nearest_rank(values, 0.5) == 50.0
    assert nearest_rank(values, 0.99) == 99.0
    assert nearest_rank([7.0], 0.99) == 7.0
