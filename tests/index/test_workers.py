"""Tokens are the same whoever finds them."""

from __future__ import annotations

import pytest
from benchmarks.generated import transcripts

from search import processes
from search.analysis import Analyzer, named
from search.errors import SearchError
from search.index import workers
from search.index.analysed import analyse
from search.model import Transcript


@pytest.fixture(scope="module")
def archive() -> tuple[Transcript, ...]:
    return tuple(transcripts(400, seed=3))


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(
    archive: tuple[Transcript, ...], analyzer: Analyzer, processes: int
) -> None:
    batches = [transcript.passages for transcript in archive]
    found = list(workers.analyses(batches, analyzer, processes))
    assert found == [analyse(batch, analyzer) for batch in batches]


def test_the_editors_words_are_known_in_every_process(interview: Transcript) -> None:
    own = Analyzer(["绝影智能"])
    (found,) = workers.analyses([interview.passages], own, 2)
    assert named("word", "绝影智能") in found.terms


def test_a_process_that_ends_is_named_with_what_it_was_doing(
    archive: tuple[Transcript, ...], analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = processes.start

    def start_and_kill(module: str, given: object) -> object:
        worker = start(module, given)
        worker.kill()
        return worker

    monkeypatch.setattr(processes, "start", start_and_kill)
    with pytest.raises(SearchError, match="ended before it was done"):
        list(workers.analyses([t.passages for t in archive], analyzer, 2))
