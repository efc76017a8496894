"""The archive as the rest of the world sees it: to be searched from any thread, at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from search.errors import IndexCorrupt, IndexMissing
from search.index import generations
from search.index.reader import Reader, Shelf
from search.model import About, Lang, Passage, Transcript
from search.results import Completion, Hit, Results, Sort
from search.searcher import Searcher

if TYPE_CHECKING:
    from search.concordance import Concordance, Order
    from search.renderings import Renderings

T = TypeVar("T")

_AT_ONCE = 1000
"""Hits of an export that are in memory at a time."""


class Archive:
    """An index that follows its newest generation by itself.

    Each thread has a searcher of its own, and takes up a new generation with
    its next call. Every method raises `search.errors.IndexUnusable` if the
    index is missing, stale or corrupt at that moment.
    """

    def __init__(self, index: Path) -> None:
        self.index = index
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._shelf: Shelf | None = None
        self._local = threading.local()

    def search(
        self,
        query: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        exact: bool = False,
        exact_characters: bool = False,
        one_language: bool = False,
        transcript: str | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> Results:
        """The hits of a query, best first; with `transcript`, those of that one in order of place.

        `limit` is how many (`None` for all), `offset` how many to skip.
        `exact` asks for every word in its exact form, `exact_characters` for
        every Chinese word in the characters typed (专利, but not 專利);
        `one_language` for no translations of it. Any text at all is a query.
        """
        if offset < 0 or (limit is not None and limit < 0):
            raise ValueError(f"limit and offset count hits: {limit=}, {offset=}")
        return self._with_searcher(
            lambda searcher: searcher.search(
                query,
                limit=limit,
                offset=offset,
                exact=exact,
                exact_characters=exact_characters,
                one_language=one_language,
                transcript=transcript,
                sort=sort,
            )
        )

    def terms(self, term: str) -> Renderings:
        """How a word or phrase is rendered in the other language across the archive."""
        from search.renderings import renderings

        return self._with_searcher(lambda searcher: renderings(searcher, term))

    def concordance(
        self,
        query: str,
        *,
        lang: Lang | None = None,
        order: Order | None = None,
        limit: int = 50,
        offset: int = 0,
        exact: bool = False,
        exact_characters: bool = False,
        one_language: bool = False,
    ) -> Concordance:
        """Every place of the hits of a query on one side, each between the words around it.

        Without `lang`, in the language that has more of them. `order` is that
        of the archive, or by the words to the left or to the right; `limit`
        and `offset` count lines; the switches are as in `search`.
        """
        from search.concordance import Order, concordance

        if offset < 0 or limit < 0:
            raise ValueError(f"limit and offset count lines: {limit=}, {offset=}")
        return self._with_searcher(
            lambda searcher: concordance(
                searcher,
                query,
                lang=lang,
                order=order or Order.POSITION,
                limit=limit,
                offset=offset,
                exact=exact,
                exact_characters=exact_characters,
                one_language=one_language,
            )
        )

    def suggest(self, line: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """What somebody may be about to type who has typed `line`, the likeliest first.

        At most `limit` and never more than 20. Any text at all is a line.
        """
        if limit < 0:
            raise ValueError(f"limit counts completions: {limit=}")
        return self._with_searcher(lambda searcher: searcher.complete(line, limit))

    def export(
        self,
        format: str,
        query: str = "",
        *,
        exact: bool = False,
        exact_characters: bool = False,
        one_language: bool = False,
        transcript: str | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> Iterator[bytes]:
        """A file of the hits of a query, best first, or of every passage if there is no query.

        `format` is one of `search.export.FORMATS`; `transcript` and the
        switches are as in `search`. The file comes in chunks, all of one
        generation, and takes no more memory if there is more of it.
        """
        # Who only searches need not wait for the formats.
        from search.export import FORMATS, export

        if format not in FORMATS:
            raise ValueError(f"{format=} is none of {', '.join(FORMATS)}")
        with self._readable():
            # One of its own: the thread may go on searching, in newer generations too.
            searcher = self._open(self._newest())

        def found() -> Iterator[Hit | Passage]:
            if not query.strip():
                for about in searcher.shelf.abouts:
                    if transcript in (None, about.id):
                        yield from searcher.passages(about.id)
                return
            offset = 0
            while hits := searcher.search(
                query,
                limit=_AT_ONCE,
                offset=offset,
                exact=exact,
                exact_characters=exact_characters,
                one_language=one_language,
                transcript=transcript,
                sort=sort,
            ).hits:
                yield from hits
                offset += len(hits)

        def chunks() -> Iterator[bytes]:
            with self._readable():
                try:
                    yield from export(found(), FORMATS[format], searcher.shelf.abouts)
                finally:
                    searcher.close()

        return chunks()

    def transcripts(self) -> tuple[About, ...]:
        """What is known of each transcript, in the order of their files."""
        return self._with_searcher(lambda searcher: searcher.shelf.abouts)

    def transcript(self, id: str) -> Transcript | None:
        """A transcript with its passages in order, or `None` if there is none of that id."""

        def read(searcher: Searcher) -> Transcript | None:
            about = searcher.about(id)
            return Transcript(about, searcher.passages(id)) if about else None

        return self._with_searcher(read)

    def status(self) -> Mapping[str, Any]:
        """Which generation is searched: its name, age, versions and counts.

        `dictionary` is the edition of CC-CEDICT, `None` without it.
        """
        manifest = self._with_searcher(lambda searcher: searcher.reader.generation)
        wanted = ("built_at", "transcripts", "passages", "format", "analysis", "versions")
        return {
            "generation": manifest.name,
            **{name: manifest.manifest[name] for name in wanted},
            "dictionary": manifest.manifest.get("dictionary"),
        }

    def report(self) -> Mapping[str, Any]:
        """What the last rebuild reported, as `search.rebuild(...).to_dict()` gave it."""
        report: Mapping[str, Any] = self._with_searcher(
            lambda searcher: searcher.reader.generation.read("report.json")
        )
        return report

    def close(self) -> None:
        """Closes the calling thread's searcher; the archive can be used again."""
        searcher = getattr(self._local, "searcher", None)
        if searcher:
            searcher.close()
            self._local.searcher = None

    def _with_searcher(self, use: Callable[[Searcher], T]) -> T:
        with self._readable():
            return use(self._searcher())

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            raise IndexCorrupt(self.index, str(problem.filename), "cannot be read") from problem

    def _searcher(self) -> Searcher:
        shelf = self._newest()
        searcher: Searcher | None = getattr(self._local, "searcher", None)
        if searcher is None or searcher.shelf is not shelf:
            self.close()
            searcher = self._local.searcher = self._open(shelf)
        return searcher

    def _open(self, shelf: Shelf) -> Searcher:
        """A searcher of the newest generation, which may be newer than the shelf by now."""
        while True:
            try:
                return Searcher(Reader(shelf.generation, shelf))
            except FileNotFoundError:
                self._stamp = None
                newest = self._newest()
                if newest.generation.path == shelf.generation.path:
                    raise
                shelf = newest

    def _newest(self) -> Shelf:
        stamp = generations.stamp(self.index)
        if stamp is None:
            self._shelf = None
            raise IndexMissing(self.index)
        shelf = self._shelf
        if shelf is not None and stamp == self._stamp:
            return shelf
        with self._lock:
            if self._shelf is None or stamp != self._stamp:
                self._shelf = Shelf(generations.current(self.index))
                self._stamp = stamp
            return self._shelf
