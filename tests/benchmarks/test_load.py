"""The load that is measured is one that people make."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import search
from benchmarks import load


def test_every_kind_of_request_is_answered(index_dir: Path, archive: search.Archive) -> None:
    words, transcripts = load.material(archive)
    assert any(word.isascii() for word in words) and not all(word.isascii() for word in words)
    with load.serving(index_dir) as host:
        answers = load.load(host, words, transcripts, clients=3, seconds=1.5, pause=0)
    assert all(answer.answered for answer in answers)
    kinds = {"completions", "search page", "search, JSON", "reading page"}
    assert {answer.kind for answer in answers} <= kinds
    asked = {kind for kind, _ in islice(load.requests(words, transcripts, Random(1)), 100)}
    assert asked == kinds


def test_what_is_not_answered_is_counted(archive: search.Archive) -> None:
    words, transcripts = load.material(archive)
    answers = load.load("127.0.0.1:9", words, transcripts, clients=1, seconds=0.1, pause=0.01)
    assert answers and not any(answer.answered for answer in answers)
