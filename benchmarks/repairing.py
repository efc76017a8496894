"""How much of torn Chinese comes back? `python -m benchmarks.repairing --data DIR` measures it.

Texts are damaged as scraped pages are (`tests/scraper.py`), with random sets
of glossed characters, full-width signs replaced by bytes (*blind*) or by
characters (*aligned*), and read by a decoder that swallows what follows half
a character or by one that puts it back. Then they are repaired, a file at a
time, and compared place by place with what they were: *whole* places only
had a gloss put in, of *torn* ones all bytes are there, in one form or
another, of *lost* ones a byte can be known from nothing but what stands
around it. *Silent* are those that came back wrong in a paragraph without any
doubt.

DIR holds JSON lines with `doc` and `zh`, as far as they are there: paragraphs
in Simplified Chinese in `xquad/passages.jsonl`
(github.com/google-deepmind/xquad, CC BY-SA 4.0), verses in Traditional
Chinese in `scale/bible_kjv_cuv.jsonl` (Chinese Union version, public domain).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from time import process_time

from tests.scraper import Reader, damage, narrow, places

from search.analysis.pinyin import readings
from search.repair import Witness, repair
from search.repair.octets import octets

CORPORA = {
    "paragraphs": ("xquad/passages.jsonl", 20),
    "verses": ("scale/bible_kjv_cuv.jsonl", 60),
}
"""Where they are, and how many of them make a file."""
KINDS = ("whole", "torn", "lost")
GLOSSES = (10, 60, 300)
_LONGEST = 400

Outcome = tuple[str, bool, bool]
"""Of a place: its kind, whether it came back, whether its paragraph is doubted."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.repairing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--files", type=int, default=6, metavar="N", help="of each corpus (6)")
    parser.add_argument("--corpus", choices=CORPORA, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--glosses", type=int, action="append", metavar="N", help="(10, 60, 300)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N that stay wrong")
    options = parser.parse_args()
    total: Counter[Outcome] = Counter()
    for corpus in options.corpus or CORPORA:
        file, size = CORPORA[corpus]
        if not (options.data / file).is_file():
            print(f"{corpus}: skipped, {file} is not there (see --help)", file=sys.stderr)
            continue
        files = list(documents(options.data / file, size))
        chance = random.Random(options.seed)
        for blind, reader in product((False, True), Reader):
            found: Counter[Outcome] = Counter()
            seconds, characters = process_time(), 0
            for how_many in options.glosses or GLOSSES:
                for paragraphs in chance.sample(files, min(options.files, len(files))):
                    glosses = glossed(files, how_many, chance)
                    outcomes = list(compared(paragraphs, glosses, reader, blind, options.show))
                    found.update(outcomes)
                    characters += sum(map(len, paragraphs))
            rate = 1000 * (process_time() - seconds) / characters
            name = f"{corpus}, {'blind' if blind else 'aligned'}, {reader.name.lower()}"
            print(f"{name:<32}{shown(found)}  {rate:.2f} ms a character", flush=True)
            total.update(found)
    print(f"{'all':<32}{shown(total)}")


def shown(found: Counter[Outcome]) -> str:
    """The share of each kind that came back, and of both whose bytes are there."""
    parts = []
    for kinds in (*((kind,) for kind in KINDS), ("whole", "torn")):
        back = sum(n for (kind, good, _), n in found.items() if kind in kinds and good)
        silent = sum(
            n
            for (kind, good, doubted), n in found.items()
            if kind in kinds and not good and not doubted
        )
        count = sum(n for (kind, _, _), n in found.items() if kind in kinds)
        name = kinds[0] if len(kinds) == 1 else "there"
        parts.append(f"{name} {back / max(1, count):.4f} of {count:,} (silent {silent})")
    return "  ".join(parts)


def glossed(files: Sequence[Sequence[str]], how_many: int, chance: random.Random) -> dict[str, str]:
    """So many of the characters of the corpus, as often as they stand in it, with a reading."""
    text = "".join(paragraph for paragraphs in files for paragraph in paragraphs)
    found: dict[str, str] = {}
    while len(found) < how_many:
        char = chance.choice(text)
        if readings(char) and char not in found:
            found[char] = chance.choice(sorted(readings(char)))
    return found


def compared(
    paragraphs: Sequence[str], glosses: dict[str, str], reader: Reader, blind: bool, show: int = 0
) -> Iterator[Outcome]:
    """What becomes of each damaged place of a file."""
    damaged = [damage(text, glosses, reader, blind) for text in paragraphs]
    witness = Witness(damaged)
    for text, hurt in zip(paragraphs, damaged, strict=True):
        mended, _, doubts = repair(hurt, 1, witness)
        plain = narrow(text)
        same: set[int] = set()
        matcher = SequenceMatcher(None, mended, plain, autojunk=False)
        for _, begin, size in matcher.get_matching_blocks():
            same.update(range(begin, begin + size))
        for place in places(text, glosses, reader, blind):
            kind = "whole" if place.begin == place.stop else "lost" if place.lost else "torn"
            back = same.issuperset(range(place.begin, place.stop))
            if show and not back and kind == "torn":
                around = slice(max(0, place.begin - 8), place.stop + 8)
                torn = slice(max(0, place.start - 8), place.end + 8)
                print(f"  {plain[around]}  |  {mended[around]}  |  {hurt[torn]}")
            yield kind, back, bool(doubts)


def documents(file: Path, size: int) -> Iterator[list[str]]:
    """The texts that GBK can hold, so many a file, in order."""
    texts: list[str] = []
    for line in file.read_text("utf-8").splitlines():
        text = json.loads(line)["zh"]
        if 10 <= len(text) <= _LONGEST and all(map(octets, text)):
            texts.append(text)
    for start in range(0, len(texts) - size + 1, size):
        yield texts[start : start + size]


if __name__ == "__main__":
    main()
