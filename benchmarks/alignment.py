"""How well are paragraphs aligned? `python -m benchmarks.alignment --data DIR` measures it.

Aligned texts are thinned (two paragraphs in five of one side are taken away
at random, the same ones in every run), laid out as editors lay them out, read
back, and compared with what is known. F1 counts pairs; the last columns say
how many of the pairs with a low, a middling and a high confidence are wrong.

DIR holds JSON lines with `doc`, `en` and `zh`, as far as they are there: cues of
course subtitles in `pairs/hf_course.jsonl` (github.com/huggingface/course,
Apache-2.0), verses in `scale/bible_kjv_cuv.jsonl` (King James and Chinese Union
versions, public domain), paragraphs, cut into sentences here, in
`xquad/passages.jsonl` (github.com/google-deepmind/xquad, CC BY-SA 4.0).
Translations are CC-CEDICT's.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from search.align import align
from search.align.dictionary import Dictionary, installed
from search.align.sentences import chinese, english
from search.model import Block, Transcript
from search.structure import paragraphs

CORPORA = {
    "verses": "scale/bible_kjv_cuv.jsonl",
    "sentences": "xquad/passages.jsonl",
    "cues": "pairs/hf_course.jsonl",
}
EITHER_FIRST, SECTIONS, JOINED = "turns, either first", "sections", "whole, some joined"
SUMMARY = "whole, summary between"
LAYOUTS = ("turns", EITHER_FIRST, SECTIONS, "whole", SUMMARY, JOINED)
_THINNED = 0.4
_JOINED = 0.1
_SECTION = 8
"""Pairs of a section before thinning."""
_BORDERS = (0.5, 0.9)

Pair = tuple[str, str]
Numbers = tuple[int, ...]
Laid = list[tuple[str, Numbers]]
"""Paragraphs with the numbers of the pairs each is a side of."""


@dataclass(slots=True)
class Score:
    """What was found of what is known."""

    right: int = 0
    found: int = 0
    known: int = 0
    passages: int = 0
    seconds: float = 0.0
    by_confidence: Counter[tuple[int, bool]] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.found + self.known)

    def wrong(self, level: int) -> str:
        """The pairs of a level of confidence, and the share of wrong ones."""
        right, wrong = (self.by_confidence[level, known] for known in (True, False))
        if not right + wrong:
            return "none"
        return f"{wrong / (right + wrong):.3f} of {right + wrong:,}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.alignment",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--files", type=int, default=60, metavar="N", help="of a corpus (60)")
    parser.add_argument("--corpus", choices=CORPORA, action="append")
    parser.add_argument("--layout", choices=LAYOUTS, action="append")
    parser.add_argument("--no-dictionary", action="store_true")
    options = parser.parse_args()
    known: Callable[[], Dictionary] = Dictionary if options.no_dictionary else installed
    console = Console(highlight=False, soft_wrap=True, width=160)
    table = Table("corpus", "layout", "files", "pairs", "F1", "P", "R", box=None, padding=(0, 1))
    for heading in ("wrong < 0.5", "0.5 to 0.9", "> 0.9", "passages/s"):
        table.add_column(heading)
    for corpus in options.corpus or CORPORA:
        file = options.data / CORPORA[corpus]
        if not file.is_file():
            print(f"{corpus}: skipped, {file} is not there (see --help)", file=sys.stderr)
            continue
        docs = list(documents(file))
        random.Random(corpus).shuffle(docs)
        for layout in options.layout or LAYOUTS:
            score = Score()
            for number, pairs in enumerate(docs[: options.files]):
                measure(pairs, layout, random.Random(f"{corpus} {number}"), known, score)
            table.add_row(
                corpus,
                layout,
                str(min(len(docs), options.files)),
                f"{score.known:,}",
                f"{score.f1:.4f}",
                f"{score.right / max(1, score.found):.4f}",
                f"{score.right / max(1, score.known):.4f}",
                *(score.wrong(level) for level in range(3)),
                f"{score.passages / score.seconds:,.0f}" if score.seconds else "",
            )
    words = len(known())
    console.print(f"a dictionary of {words:,} words" if words else "no dictionary")
    console.print(table)


def measure(
    pairs: Sequence[Pair],
    layout: str,
    rng: random.Random,
    known: Callable[[], Dictionary],
    score: Score,
) -> None:
    """Thins, lays out and aligns one text, and adds what was found to the score."""
    laid = lay_out(thinned(pairs, rng), layout, rng)
    blocks = [Block(text, line) for line, (text, _) in enumerate(laid, 1)]
    start = time.process_time()
    transcript = align(paragraphs(blocks), "text", "text.txt", known)
    score.seconds += time.process_time() - start
    score.passages += len(transcript.passages)
    said = Counter(number for _, numbers in laid for number in numbers)
    score.known += sum(1 for count in said.values() if count == 2)
    for en, zh, confidence in _found(transcript, laid):
        right = len(en & zh)
        score.right += right
        score.found += max(1, right)
        score.by_confidence[sum(confidence > border for border in _BORDERS), right > 0] += 1


def _found(
    transcript: Transcript, laid: Laid
) -> Iterator[tuple[frozenset[int], frozenset[int], float]]:
    """What the two paragraphs of every link say, and its confidence."""
    numbers: defaultdict[str, deque[Numbers]] = defaultdict(deque)
    for text, said in laid:
        numbers[text].append(said)
    for passage in transcript.passages:
        sides = [side.split("\n") if side else [] for side in (passage.en, passage.zh)]
        # A text that comes again keeps its order: alignment never crosses.
        en, zh = (
            # Half a line that was divided is the side of no pair.
            [frozenset(numbers[text].popleft() if numbers[text] else ()) for text in side]
            for side in sides
        )
        if passage.alignment:
            for one in en:
                for other in zh:
                    yield one, other, passage.alignment.confidence


def thinned(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """The pairs with two in five of one side empty."""
    side = rng.randrange(2)
    return [
        ("" if out and side == 0 else en, "" if out and side == 1 else zh)
        for en, zh in pairs
        for out in [rng.random() < _THINNED]
    ]


def lay_out(pairs: Sequence[Pair], layout: str, rng: random.Random) -> Laid:
    """The paragraphs of a file in one of the layouts, Chinese first."""
    laid: Laid = []
    if layout.startswith("turns"):
        for number, (en, zh) in enumerate(pairs):
            turn: Laid = [(zh, (number,)), (en, (number,))]
            laid += turn[::-1] if layout == EITHER_FIRST and rng.random() < 0.5 else turn
        return [(text, said) for text, said in laid if text]
    size = _SECTION if layout == SECTIONS else len(pairs)
    for start in range(0, len(pairs), size):
        section = range(start, min(len(pairs), start + size))
        sides: list[Laid] = [[(pairs[at][side], (at,)) for at in section] for side in (1, 0)]
        sides = [[(text, said) for text, said in side if text] for side in sides]
        if layout == JOINED:
            longer = max(sides, key=len)
            longer[:] = _joined(longer, rng)
        summary: Laid = [("提要：本文介紹了以上談話的要點，僅供參考。", ())]
        laid += sides[0] + (summary if layout == SUMMARY else []) + sides[1]
    return laid


def _joined(side: Laid, rng: random.Random) -> Laid:
    """A side with one paragraph in ten joined to the one before."""
    out: Laid = []
    for text, said in side:
        if out and rng.random() < _JOINED:
            out[-1] = f"{out[-1][0]} {text}", out[-1][1] + said
        else:
            out.append((text, said))
    return out


def documents(file: Path) -> Iterator[list[Pair]]:
    """The aligned texts of a file; a paragraph with more sentences on one side is left out."""
    texts: defaultdict[str, list[Pair]] = defaultdict(list)
    for line in file.read_text("utf-8").splitlines():
        held = json.loads(line)
        en, zh = " ".join(held["en"].split()), " ".join(held["zh"].split())
        if file.name != "passages.jsonl":
            texts[held["doc"]] += [(en, zh)] if en and zh else []
            continue
        ours, theirs = english(en), chinese(zh)
        if len(ours) == len(theirs):
            pairs = zip(ours, theirs, strict=True)
            texts[held["doc"]] += [(en[a:b], zh[c:d]) for (a, b), (c, d) in pairs]
    yield from (pairs for pairs in texts.values() if pairs)


if __name__ == "__main__":
    main()
