"""Transcripts are the same whoever reads them, and in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.generated import transcripts
from benchmarks.reading import lay_out

from search import readers
from search.library import Unchanged, load


def test_the_number_of_processes_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cc_cedict: str
) -> None:
    content = tmp_path / "content"
    lay_out(transcripts(120, seed=3), content)
    (content / "broken.srt").write_text("no cues")
    (content / "repairs.tsv").write_text("Hello\tGoodbye\n")
    (content / "zz.txt").write_text("Hello.")
    alone = load(content)
    monkeypatch.setattr(readers, "cores", lambda: 3)
    monkeypatch.setattr(readers, "WORTH_IT", 1)
    assert load(content) == alone
    assert alone.transcripts[-1].passages[0].en == "Goodbye."
    assert [refusal.file for refusal in alone.refusals] == ["broken.srt"]


def test_what_is_unchanged_keeps_its_place_among_what_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.")
    before = {held.about.id: held.digest for held in load(tmp_path).transcripts}
    (tmp_path / "b.txt").write_text("Another.")
    (tmp_path / "d.txt").write_text("Another.")
    monkeypatch.setattr(readers, "cores", lambda: 2)
    monkeypatch.setattr(readers, "WORTH_IT", 1)
    found = load(tmp_path, before=before).found
    ids = [held.id if isinstance(held, Unchanged) else held.about.id for held in found]
    assert ids == list("abcde")
    assert [isinstance(held, Unchanged) for held in found] == [True, False, True, False, True]


def test_few_files_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "answers", None)
    (tmp_path / "a.txt").write_text("One.")
    assert len(load(tmp_path).transcripts) == 1
