"""The measure of alignment works on any aligned text, and says what it could not find."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def measured(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.alignment", "--no-dictionary", *options],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


def test_turns_of_numbered_lines_are_all_found(root: Path, tmp_path: Path) -> None:
    lines = [
        {"doc": f"text {at // 20}", "en": f"This is line {at} of it.", "zh": f"這是第{at}行文字。"}
        for at in range(100, 160)
    ]
    (tmp_path / "scale").mkdir()
    data = "\n".join(json.dumps(line) for line in lines)
    (tmp_path / "scale" / "bible_kjv_cuv.jsonl").write_text(data, "utf-8")
    done = measured(root, "--data", str(tmp_path), "--layout", "turns", "--layout", "whole")
    rows = [line.split() for line in done.stdout.splitlines() if line.strip().startswith("verses")]
    assert [row[1] for row in rows] == ["turns", "whole"]
    assert {row[4] for row in rows} == {"1.0000"}
    assert "sentences: skipped" in done.stderr and "cues: skipped" in done.stderr
