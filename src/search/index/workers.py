"""Analysis in as many processes as there are cores, with the results in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from search.analysis import Analyzer
from search.index.analysed import Analysed, analyse
from search.model import Passage
from search.processes import answers, cores, serve

WORTH_IT = 1_000
"""Passages below which a second process, which loads the dictionary too, gains nothing."""


def analyses(
    batches: Sequence[Sequence[Passage]], analyzer: Analyzer, processes: int | None = None
) -> Iterator[Analysed]:
    """The tokens of each batch, in order; the same whatever the number of processes."""
    if processes is None:
        processes = cores() if sum(map(len, batches)) >= WORTH_IT else 1
    if processes < 2:
        return (analyse(batch, analyzer) for batch in batches)
    given = analyzer.words, analyzer.cutter.by
    return answers(batches, __name__, given, lambda batch: batch[0].id, processes)


if __name__ == "__main__":
    serve(lambda given: partial(analyse, analyzer=Analyzer(given[0], by=given[1])))
