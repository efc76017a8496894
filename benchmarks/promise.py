"""Is everything found that stands there, and what does the other language cost? On a large text."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import corpora
from benchmarks.product import build
from benchmarks.queries import Question, pick
from search.analysis import fold
from search.analysis.scripts import HAN
from search.evaluate import Evaluator
from search.index import generations
from search.index.reader import Reader
from search.lexicon.build import build as build_lexicon
from search.parser import parse
from search.searcher import Searcher

SUBSTRINGS = 2_000
LONGEST = 8
"""Characters of a substring; the shortest has one."""

RUNS = 5
"""Times that each query is asked, in one language and in both."""


def measure(file: Path) -> dict[str, Any]:
    """The figures, as they go into JSON."""
    corpus = corpora.verses(file)
    texts = [fold(passage.zh or "") for passage in corpus.passages]
    questions = pick(corpus.passages)
    with tempfile.TemporaryDirectory() as folder:
        build(corpus.transcripts, Path(folder))
        with Reader(generations.current(Path(folder))) as reader:
            wanted = list(_substrings(texts))
            missed = [text for text in wanted if not _is_found(text, texts, reader)]
            alone, both = _costs(Searcher(reader), questions)
            shelf = reader.shelf
            began = perf_counter()
            lexicon = build_lexicon(shelf.arrays, dictionary=shelf.lexicon.dictionary)
            seconds = perf_counter() - began
    return {
        "text": corpus.name,
        "passages": len(texts),
        "substrings": len(wanted),
        "missed": missed,
        "queries": len(questions),
        "one_language_ms": alone,
        "both_languages_ms": both,
        "lexicon_seconds": seconds,
        "lexicon_terms": len(lexicon.own),
    }


def _substrings(texts: Sequence[str]) -> Iterator[str]:
    """What an editor may copy out of a text: some Han characters in a row."""
    chance = random.Random(4)
    of_han = re.compile(f"[{HAN}]+")
    for _ in range(SUBSTRINGS):
        runs: list[str] = []
        while not runs:
            runs = of_han.findall(chance.choice(texts))
        run = chance.choice(runs)
        length = min(len(run), chance.randint(1, LONGEST))
        begin = chance.randint(0, len(run) - length)
        yield run[begin : begin + length]


def _is_found(substring: str, texts: Sequence[str], reader: Reader) -> bool:
    """Whether every text with it is found, by itself and in quotes."""
    shelf = reader.shelf
    standing = {at for at, text in enumerate(texts) if substring in text}
    for typed in (substring, f'"{substring}"'):
        tree = parse(typed, shelf.analyzer, cut=shelf.lexicon.cut).tree
        assert tree is not None, f"{typed} asks nothing"
        if not standing <= set(Evaluator(shelf).evaluate(tree).docs.tolist()):
            return False
    return True


def _costs(searcher: Searcher, questions: Sequence[Question]) -> tuple[float, float]:
    """The milliseconds of a whole search, p50 of all, in one language and in both."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for run in range(RUNS + 1):
        for question in questions:
            for alone, times in took.items():
                began = perf_counter()
                searcher.search(question.text, one_language=alone)
                if run:
                    times.append(1000 * (perf_counter() - began))
    return median(took[True]), median(took[False])
