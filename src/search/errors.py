"""The one root of what can go wrong, and what to do about each.

    SearchError
    ├── ContentError      content/ cannot be read                  exit code 3
    ├── IndexUnusable     the index is missing, stale or corrupt   exit code 4
    │   ├── IndexMissing
    │   ├── IndexStale
    │   └── IndexCorrupt
    ├── BuildRunning      another rebuild holds the lock           exit code 5
    └── QueryTooSlow      a query takes longer than it may

A message is one sentence on what happened and where, and one on what to do
next. The exit code stands on the exception, so that every command agrees.
"""

from __future__ import annotations

from pathlib import Path


class SearchError(Exception):
    """Anything this package raises on purpose."""

    exit_code = 1


class ContentError(SearchError):
    """`content/` holds nothing that can be read."""

    exit_code = 3


class IndexUnusable(SearchError):
    """No index to search: see the three cases below."""

    exit_code = 4

    def __init__(self, index: Path, problem: str, *, mend: str | None = None) -> None:
        self.index = index
        self.problem = problem
        command = mend or f"transcript-search rebuild --index {index}"
        super().__init__(f"{problem} Run `{command}` to build it anew.")


class IndexMissing(IndexUnusable):
    """There is no generation to read."""

    def __init__(self, index: Path) -> None:
        super().__init__(index, f"There is no index in {index}.")


class IndexStale(IndexUnusable):
    """The index was written by another version of the format or the analysis."""


class IndexCorrupt(IndexUnusable):
    """A file of the index is cut short, altered or gone."""

    def __init__(self, index: Path, file: str, what: str) -> None:
        super().__init__(index, f"The index in {index} is damaged: {file} {what}.")


class BuildRunning(SearchError):
    """Another rebuild of the same index is under way."""

    exit_code = 5


class QueryTooSlow(SearchError):
    """A query takes longer than it may: see `search.patience`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"This query takes longer than {seconds:g} seconds. Ask for fewer words, and put more "
            "letters before a *."
        )
