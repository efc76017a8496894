"""Where in a passage are the words of the query?

Patterns are looked for in the tokens of the one text that is shown, by the
same rules as in the archive; a token knows its place in the text, so marks
are exact.

>>> from search.query import Term
>>> analyzer = Analyzer()
>>> found = spans("產學研協同", patterns(Term("产学研"), analyzer, lambda _: []), analyzer)
>>> marks(found)
(Mark(start=0, end=3, kind=<MarkKind.MATCH: 'match'>),)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.analysis import Analyzer
from search.matching import Beginning, Pattern, Slot, patterns
from search.model import Token
from search.results import Mark, MarkKind

__all__ = ["by_term", "marks", "patterns", "places", "spans"]

ByTerm = Mapping[tuple[str, str], Sequence[Token]]


def spans(
    text: str,
    wanted: Iterable[Pattern],
    analyzer: Analyzer,
    tokens: Sequence[Token] | None = None,
) -> list[Mark]:
    """Every place of the text that one of the patterns matches, in order of place.

    `tokens` are the text's, if the caller has them already.
    """
    return places(by_term(analyzer.tokens(text) if tokens is None else tokens), wanted)


def by_term(tokens: Iterable[Token]) -> ByTerm:
    """The tokens of a text by their terms, in order of place."""
    found: dict[tuple[str, str], list[Token]] = defaultdict(list)
    for token in tokens:
        found[token.field, token.term].append(token)
    return found


def places(tokens: ByTerm, wanted: Iterable[Pattern]) -> list[Mark]:
    """The same for several patterns, of which most stand nowhere in the text."""
    found: set[Mark] = set()
    for pattern in wanted:
        slots = []
        for slot in pattern.slots:
            if not (held := _standing(slot, tokens)):
                break
            slots.append(held)
        else:
            each = _near(slots, pattern.slop) if pattern.slop is not None else _row(slots, pattern)
            found.update(Mark(start, end, pattern.kind) for start, end in each)
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def _standing(slot: Slot, tokens: ByTerm) -> Sequence[Token]:
    """The tokens that fill a slot, in order of place if the slot is of one term."""
    if not isinstance(slot, Beginning):
        if len(slot) == 1:
            (term,) = slot
            return tokens.get(term, ())
        if len(slot) <= len(tokens):
            return [token for term in slot for token in tokens.get(term, ())]
    return [token for term, held in tokens.items() if term in slot for token in held]


def marks(found: Iterable[Mark]) -> tuple[Mark, ...]:
    """Spans as marks to show: none overlaps or touches another of its kind.

    Where a match and a counterpart overlap, the match has the place.
    """
    painted: dict[int, MarkKind] = {}
    for mark in sorted(found, key=lambda mark: mark.kind is MarkKind.MATCH):
        painted.update(dict.fromkeys(range(mark.start, mark.end), mark.kind))
    shown: list[Mark] = []
    for at in sorted(painted):
        last = shown[-1] if shown else None
        if last and last.end == at and last.kind is painted[at]:
            shown[-1] = Mark(last.start, at + 1, last.kind)
        else:
            shown.append(Mark(at, at + 1, painted[at]))
    return tuple(shown)


def _row(slots: Sequence[Sequence[Token]], pattern: Pattern) -> set[tuple[int, int]]:
    """Where the slots follow each other by the pattern's steps: from the first to the last."""
    # For each position where the row so far may end: the places where it may have begun.
    ends: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for token in slots[0]:
        ends[token.position].add((token.start, token.end))
    for slot, steps in zip(slots[1:], pattern.steps, strict=True):
        following: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for token in slot:
            for step in steps:
                for start, end in ends.get(token.position - step, ()):
                    following[token.position].add((min(start, token.start), max(end, token.end)))
        ends = following
    return {span for found in ends.values() for span in found}


def _near(slots: Sequence[Sequence[Token]], slop: int) -> set[tuple[int, int]]:
    """Each token of the slots that stands in a window with one of every other slot.

    A token counts for its slot until it falls out of the window or the next of
    its slot comes. It is in such a window if all slots counted at some time
    before the next of its slot came.
    """
    events = sorted(
        ((token.position, number, token) for number, slot in enumerate(slots) for token in slot),
        key=lambda event: event[:2],
    )
    width = len(slots) - 1 + slop
    # By event, when the next of its slot comes; and how often all slots have counted before it.
    ended = [len(events)] * len(events)
    full = [0]
    last: dict[int, int] = {}
    counting = out = 0
    for at, (position, number, _) in enumerate(events):
        while events[out][0] < position - width:
            counting -= last[events[out][1]] == out
            out += 1
        before = last.get(number, -1)
        counting += before < out
        if before >= 0:
            ended[before] = at
        last[number] = at
        full.append(full[-1] + (counting == len(slots)))
    return {
        (token.start, token.end)
        for at, (_, _, token) in enumerate(events)
        if full[ended[at]] > full[at]
    }
