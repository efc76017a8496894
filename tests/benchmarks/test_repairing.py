"""The measure of repairs works on any Chinese text, and says what it could not find."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_places_are_counted_by_what_is_left_of_their_bytes(root: Path, tmp_path: Path) -> None:
    (tmp_path / "scale").mkdir()
    line = json.dumps({"doc": "a", "zh": "人們在研究新的技術，因為它能夠改變生活。"})
    (tmp_path / "scale" / "bible_kjv_cuv.jsonl").write_text(f"{line}\n" * 60, "utf-8")
    command = [sys.executable, "-m", "benchmarks.repairing", "--data", str(tmp_path), "--files=1"]
    done = subprocess.run(
        [*command, "--glosses=3"], cwd=root, capture_output=True, encoding="utf-8", check=True
    )
    assert "paragraphs: skipped" in done.stderr
    *rows, total = done.stdout.splitlines()
    assert len(rows) == 4 and total.startswith("all")
    assert "whole 1.0000 of" in total
