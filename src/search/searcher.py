"""What is shown of the answer: a page of hits, totals and facets."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from search import characters, marking, ranking
from search.evaluate import Evaluator
from search.facets import facets
from search.fitting import Candidate
from search.found import Found
from search.hints import hinted
from search.index.keys import NONE, Docs
from search.index.reader import Reader
from search.marking import Wanted
from search.model import About, Lang, Passage
from search.nearness import raised
from search.parser import parse
from search.query import Phrase, Term, leaves
from search.results import Completion, Results, Sort
from search.widening import widened

if TYPE_CHECKING:
    from search.names import Names
    from search.printed import Printed


class Searcher:
    """Answers queries from one generation. One a thread; close it when done."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.shelf = reader.shelf

    def close(self) -> None:
        self.reader.close()

    # Most searches need neither of these, and a search from the command line waits for them.

    @cached_property
    def complete(self) -> Callable[[str, int], tuple[Completion, ...]]:
        """See `search.suggest`."""
        from search.suggest import Suggester

        return Suggester(self.shelf, *self._names).complete

    @cached_property
    def did_you_mean(self) -> Callable[[str], str | None]:
        """See `search.spelling`."""
        from search.spelling import Speller

        return Speller(self.shelf, *self._names).did_you_mean

    @cached_property
    def _names(self) -> tuple[Names, Printed]:
        from search.names import Names
        from search.printed import Printed

        return Names(self.shelf), Printed(self.reader)

    def search(
        self,
        text: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        exact: bool = False,
        exact_characters: bool = False,
        one_language: bool = False,
        transcript: str | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> Results:
        """The hits of one page, and the totals and facets of the whole answer.

        With `transcript`, only that one's hits, in order of place.
        """
        began = time.perf_counter()
        query = parse(text, self.shelf.analyzer, exact, self.shelf.lexicon.cut)
        others = {} if one_language else widened(query.tree, self.shelf.lexicon)
        if exact_characters:
            # What is said otherwise finds nothing then; it is marked all the same.
            finding = {leaf: held for leaf, held in others.items() if not characters.typed(leaf)}
            as_typed = partial(characters.standing, self.reader)
            evaluator = Evaluator(self.shelf, finding, as_typed)
        else:
            evaluator = Evaluator(self.shelf, others)
        found = Found.of(NONE)
        if query.tree:
            found = hinted(evaluator.evaluate(query.tree), query, evaluator)
            found = raised(found, query.tree, evaluator)
        if transcript is not None:
            found = found.among(self._documents(transcript))
            order = list(range(len(found.docs)))
        else:
            if any(leaves(query.tree)):
                found = ranking.by_role(self.shelf, ranking.once(self.shelf, found))
            last = len(found.docs) if limit is None else offset + limit
            order = ranking.order(self.shelf, found, sort, last)
        page = order[offset:] if limit is None else order[offset : offset + limit]
        wanted = {
            leaf: Wanted(
                evaluator.occurrences.patterns(leaf),
                others.get(leaf, ()),
                leaf if exact_characters else None,
            )
            for leaf in leaves(query.tree)
        }
        shown = found.docs[page]
        standing = marking.positions(evaluator.occurrences, shown, wanted.values())
        scores = found.scores[page].tolist()
        hits = tuple(
            marking.hit(self.reader, document, score, wanted, places)
            for document, score, places in zip(shown.tolist(), scores, standing, strict=True)
        )
        counted = facets(self.shelf, found.docs)
        manifest = self.reader.generation.manifest
        # Within one transcript a word may well be missing.
        suggestion = None if found.whole or transcript else self.did_you_mean(text)
        return Results(
            query=text,
            read_as=query.read_as,
            total=len(found.docs),
            total_all_words=found.whole,
            took_ms=round(1000 * (time.perf_counter() - began), 3),
            index={
                "generation": self.reader.generation.name,
                "built_at": manifest["built_at"],
                "passages": manifest["passages"],
            },
            facets=counted,
            hits=hits,
            suggestion=suggestion,
        )

    def translated(self, text: str, most: int) -> Translated:
        """The first `most` passages with a word or phrase, and its counterparts in each."""
        parsed = parse(text, self.shelf.analyzer, cut=self.shelf.lexicon.cut).tree
        leaf = parsed if isinstance(parsed, Term) else Phrase(text)
        evaluator = Evaluator(self.shelf, widened(leaf, self.shelf.lexicon))
        sought = Wanted(evaluator.occurrences.patterns(leaf), evaluator.widened.get(leaf, ()))
        if not any(pattern.slots for pattern in sought.direct):
            return Translated(0, ())
        docs = evaluator.direct(leaf).docs
        shown = docs[:most]
        standing = marking.positions(evaluator.occurrences, shown, [sought])
        found = (
            marking.renderings(self.reader, document, sought, places)
            for document, places in zip(shown.tolist(), standing, strict=True)
        )
        return Translated(len(docs), tuple(found))

    def about(self, transcript: str) -> About | None:
        """What is known of a transcript, if there is one of that id."""
        return self.shelf.about.get(transcript)

    def passages(self, transcript: str) -> tuple[Passage, ...]:
        """The passages of a transcript in order."""
        return tuple(self.reader.passage(int(at)) for at in self._documents(transcript))

    def _documents(self, transcript: str) -> Docs:
        return Evaluator(self.shelf).of_transcripts(lambda about: about.id == transcript)


@dataclass(frozen=True, slots=True)
class Translated:
    """Passages with a term, each with the counterparts of it that were chosen, by language.

    `total` is how many passages have the term.
    """

    total: int
    passages: tuple[tuple[Passage, Mapping[Lang, Sequence[Candidate]]], ...]
