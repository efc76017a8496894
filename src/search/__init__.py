"""A search engine over bilingual (English and Chinese) interview transcripts.

    import search
    search.rebuild("content", "index")
    archive = search.open_archive("index")
    archive.search("专利").to_dict()

To read the code, follow the data: `model` (the nouns), `formats`, `repair`,
`structure`, `align`, `overrule`, `sources`, `reading`, `library` (from files to
passages), `analysis` (words), `index` (generations), `query` and `parser` (what
is asked), `matching`, `evaluate`, `highlight`, `searcher` (what answers it),
`suggest` and `spelling` (what may be asked instead), `export` (what is taken
away), `archive` (the face),
`cli` and `search.web` (what is shown).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from search.errors import (
    BuildRunning,
    ContentError,
    IndexCorrupt,
    IndexMissing,
    IndexStale,
    IndexUnusable,
    SearchError,
)

if TYPE_CHECKING:
    from search.archive import Archive
    from search.index.build import Progress
    from search.index.report import Report
    from search.results import Results

__all__ = [
    "Archive",
    "BuildRunning",
    "ContentError",
    "IndexCorrupt",
    "IndexMissing",
    "IndexStale",
    "IndexUnusable",
    "Report",
    "Results",
    "SearchError",
    "open_archive",
    "rebuild",
]


def rebuild(content: str | Path, index: str | Path, progress: Progress | None = None) -> Report:
    """Reads the transcripts in `content` into a new generation under `index`.

    Raises `SearchError`; the index that was there stays in place then.
    """
    from search.index.build import rebuild

    return rebuild(content, index, progress)


def open_archive(index: str | Path) -> Archive:
    """The archive in the folder `index`, to be searched from any thread.

    Nothing is read yet: a missing index is an error of the first search, and
    none once it has been built.
    """
    from search.archive import Archive

    return Archive(Path(index))


def __getattr__(name: str) -> object:
    # The types of what is returned are names of this package; the engine behind them is loaded
    # when it is first used.
    if name in ("Archive", "Report", "Results"):
        from search import archive, results
        from search.index import report

        rooms = {"Archive": archive, "Report": report, "Results": results}
        return getattr(rooms[name], name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
