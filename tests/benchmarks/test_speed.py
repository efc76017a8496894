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
    queries = small[0]["queries"]
    assert Counter(query["kind"] for query in queries) == dict.fromkeys(KINDS, 5)
    assert len({query["text"] for query in queries}) == 40
    assert all(query["hits"] > 0 for query in queries)


def test_every_kind_is_timed_cold_and_warm_in_both_ways(
    small: tuple[dict[str, Any], str, str],
) -> None:
    ways = small[0]["speed"]
    assert set(ways) == {"engine only", "whole search"}
    for way in ways.values():
        assert way["opening_ms"] > 0
        for state in ("cold", "warm"):
            assert set(way[state]) == KINDS | {"all"}
            for times in way[state].values():
                assert 0 < times["p50_ms"] <= times["p99_ms"] <= times["max_ms"]


def test_build_size_and_memory_are_measured(small: tuple[dict[str, Any], str, str]) -> None:
    figures = small[0]
    build, memory = figures["build"], figures["memory"]
    assert figures["runs"] == 2
    assert figures["archive"]["passages"] == 400 == sum(figures["archive"]["sides"].values())
    assert build["passages_per_second"] == pytest.approx(400 / build["seconds"])
    assert build["bytes_per_passage"] == build["index_bytes"] / 400
    stages = ("indexing_seconds", "writing_seconds", "publishing_seconds")
    assert sum(build[stage] for stage in stages) == pytest.approx(build["seconds"])
    # Peaks never fall.
    peaks = [memory[f"{when}_bytes"] for when in ("before_build", "after_build", "after_queries")]
    assert 0 < peaks[0] <= peaks[1] <= peaks[2]


def test_figures_say_where_and_with_what_they_were_measured(
    small: tuple[dict[str, Any], str, str],
) -> None:
    figures = small[0]
    assert figures["date"].endswith("Z")
    assert figures["machine"]["processor"] and figures["machine"]["cores"]
    assert figures["machine"]["memory_bytes"] > 2**20
    assert {"python", "transcript-search", "whoosh3", "jieba", "numpy"} <= set(figures["versions"])


def test_the_table_is_plain_text_in_a_pipe_and_progress_goes_elsewhere(
    small: tuple[dict[str, Any], str, str],
) -> None:
    figures, table, said = small
    assert "\x1b" not in table
    assert all(table.count(f"\n{kind} ") == 2 for kind in KINDS)
    assert figures["machine"]["processor"] in table
    assert "indexing 400 of 400" in said and "indexing 400" not in table


def test_json_alone_goes_to_standard_output_when_asked(root: Path) -> None:
    done = speed(root, "--passages", "100", "--runs", "1", "--seed", "2", "--json", "-")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["archive"]["seed"] == 2


def test_help_says_what_is_measured(root: Path) -> None:
    said = speed(root, "--help").stdout
    for what in ("passages a second", "bytes", "memory", "p50", "cold", "warm", "engine only"):
        assert what in said


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 101)]
    assert nearest_rank(values, 0.5) == 50.0
    assert nearest_rank(values, 0.99) == 99.0
    assert nearest_rank([7.0], 0.99) == 7.0
