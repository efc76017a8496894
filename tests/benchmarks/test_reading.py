"""The measure of reading works on any number of transcripts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_reading_and_indexing_are_both_measured(root: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.reading", "--transcripts", "2", "--runs", "1"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    reading, indexing = done.stdout.splitlines()
    assert reading.startswith("reading  2 transcripts of 40 passages: ")
    assert indexing.startswith("indexing 2 transcripts of 40 passages: ")
