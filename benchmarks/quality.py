"""Does the right passage come first, in the language of the question and in the other?

Questions with one right passage each, in English and Chinese (XQuAD: Artetxe,
Ruder and Yogatama, On the Cross-lingual Transferability of Monolingual
Representations, 2020). The passages are indexed one side at a time, so that
nothing but the lexicon can lead from one language to the other, and what the
lexicon learns from is another text.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import IO, Any

import click
from rich.console import Console
from rich.table import Table

from benchmarks import promise
from benchmarks.corpora import SCALE
from benchmarks.machine import machine
from benchmarks.product import build as build_index
from search.index import generations
from search.index.reader import Reader, Shelf
from search.lexicon import Lexicon, cedict, dictionary, regional
from search.lexicon.build import build
from search.lexicon.terms import key
from search.model import About, Alignment, Bilingual, Lang, Passage, Role, Transcript
from search.searcher import Searcher

PASSAGES, QUESTIONS = Path("xquad") / "passages.jsonl", Path("xquad") / "queries.jsonl"
PAIRS = "pairs/*.jsonl"

BASELINES = {
    "en → en": (0.937, 0.992, 0.960),
    "zh → zh": (0.924, 0.994, 0.953),
    "zh → en, dictionary": (0.718, 0.932, 0.794),
    "zh → en": (0.773, 0.953, 0.841),
    "en → zh, dictionary": (0.718, 0.919, 0.790),
}
"""R@1, R@10 and MRR of plain BM25, with a plain lexicon where two languages meet."""

REACH = {
    "en → en": (0.945, 0.995, 0.965),
    "zh → zh": (0.945, 0.996, 0.965),
    "zh → en": (0.85, 0.975, 0.90),
    "en → zh": (0.85, 0.975, 0.90),
}

_SHOWN = 20
"""Hits that are looked through for the right one: one further down adds a thousandth to MRR."""

Rows = list[dict[str, str]]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    required=True,
    help=f"Where {PASSAGES.as_posix()} and {QUESTIONS.as_posix()} lie (XQuAD, "
    "https://github.com/google-deepmind/xquad, the English and Chinese files joined by question) "
    f"and {PAIRS}, aligned sentences to learn from (Tatoeba, https://tatoeba.org, for one), and, "
    f"if it is there, {SCALE.as_posix()} (see `python -m benchmarks.speed --help`); "
    'lines are {"id", "doc", "en", "zh"}, and {"passage", "en", "zh"} of a question.',
)
@click.option(
    "--json", "file", type=click.File("w", "utf-8", lazy=False), help="Write the figures as JSON."
)
def main(data: Path, file: IO[str] | None) -> None:
    """Measure how well questions find the one passage that answers them.

    \b
    R@k   the share of questions whose passage is among the first k
    MRR   the mean of 1/rank, nothing for a passage that is not found
    """
    say = partial(click.echo, err=True)
    if not (data / PASSAGES).is_file() or not (data / QUESTIONS).is_file():
        say(f"There are no questions in {data}: nothing is measured. See --help.")
        return
    figures = measure(data, say)
    if file:
        json.dump(figures, file, ensure_ascii=False, indent=1)
    show(figures)


def measure(data: Path, say: Callable[[str], object]) -> dict[str, Any]:
    """All figures, as they go into JSON."""
    passages, questions = _lines(data / PASSAGES), _lines(data / QUESTIONS)
    number = {passage["id"]: at for at, passage in enumerate(passages)}
    right = [number[question["passage"]] for question in questions]
    pairs = [line for path in sorted(data.glob(PAIRS)) for line in _lines(path)]
    ranked: dict[str, dict[str, float]] = {}
    lexica: dict[str, dict[str, float]] = {}
    prepared = dictionary.prepared() if dictionary.name() else None
    known = partial(build, regional=regional.own(), dictionary=prepared)
    with _index(pairs, *Lang) as learn_from:
        for towards in Lang:
            with _index(passages, towards) as shelf:
                alone = known(shelf.arrays)
                began = perf_counter()
                learned = known(shelf.arrays, learn_from=learn_from.arrays)
                seconds = perf_counter() - began
                for asked in Lang:
                    name = f"{asked} → {towards}"
                    say(name)
                    texts = [question[asked] for question in questions]
                    shelf.lexicon = learned
                    ranked[name] = _figures(shelf, texts, right)
                    ranked[f"{name}, one language"] = _figures(shelf, texts, right, alone=True)
                    if asked is not towards:
                        lexica[name] = {"seconds": round(seconds, 3), **_size(learned, texts)}
                        shelf.lexicon = alone
                        ranked[f"{name}, dictionary"] = _figures(shelf, texts, right)
    return {
        "date": generations.now(),
        "machine": machine(),
        "questions": len(questions),
        "passages": len(passages),
        "pairs": len(pairs),
        "cedict": cedict.edition(),
        "ranked": ranked,
        "lexica": lexica,
        "promise": promise.measure(data / SCALE) if (data / SCALE).is_file() else None,
        "baselines": BASELINES,
        "reach": REACH,
    }


def show(figures: dict[str, Any]) -> None:
    """Prints the figures to standard output."""
    console = Console(highlight=False, soft_wrap=True, width=120)
    on = figures["machine"]
    console.print(f"{figures['date']}, {on['processor']}, {on['cores']} cores, load {on['load']}")
    console.print(
        f"{figures['questions']:,} questions, {figures['passages']} passages; lexicon learned from "
        f"{figures['pairs']:,} sentence pairs and CC-CEDICT ({figures['cedict'] or 'missing'})"
    )
    table = Table(box=None, pad_edge=False)
    heads = ("direction", "R@1", "R@5", "R@10", "MRR", "baseline R@1 R@10 MRR", "reach")
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left")
    for name, found in sorted(figures["ranked"].items()):
        beside = (
            " ".join(f"{value:.3f}" for value in known.get(name, ()))
            for known in (figures["baselines"], figures["reach"])
        )
        table.add_row(name, *(f"{value:.3f}" for value in found.values()), *beside)
    console.print(table)
    for name, size in figures["lexica"].items():
        console.print(
            f"lexicon {name}: {size['seconds']:.2f} s, {size['terms']:,} terms, "
            f"{size['counterparts']:,} counterparts, {size['bytes']:,} bytes, "
            f"opened in {size['opening_ms']:.1f} ms, asked in {size['asking_us']:.0f} µs"
        )
    if figures["promise"]:
        show_promise(console, figures["promise"])
    else:
        console.print(f"no {SCALE.as_posix()}: substrings and the cost of both languages left out")


def show_promise(console: Console, found: dict[str, Any]) -> None:
    """Prints what was measured on a large text."""
    console.print(f"{found['text']}, {found['passages']:,} passages")
    console.print(
        f"substrings: {found['substrings'] - len(found['missed']):,} of {found['substrings']:,} "
        f"found wherever they stand {' '.join(found['missed'])}"
    )
    alone, both = found["one_language_ms"], found["both_languages_ms"]
    console.print(
        f"whole search, p50 of {found['queries']} queries: {alone:.2f} ms in one language, "
        f"{both:.2f} ms in both, {both / alone:.2f} times"
    )
    console.print(
        f"lexicon: {found['lexicon_seconds']:.2f} s, {found['lexicon_terms']:,} terms of its own"
    )


def _figures(
    shelf: Shelf, questions: Sequence[str], right: Sequence[int], alone: bool = False
) -> dict[str, float]:
    """The figures of the product's own search; with `alone`, in one language."""
    places = []
    with Reader(shelf.generation, shelf) as reader:
        searcher = Searcher(reader)
        for question, passage in zip(questions, right, strict=True):
            hits = searcher.search(question, limit=_SHOWN, one_language=alone).hits
            found = [hit.passage.position for hit in hits]
            places.append(found.index(passage) + 1 if passage in found else 0)
    recall = {f"R@{k}": sum(0 < at <= k for at in places) / len(places) for k in (1, 5, 10)}
    return {**recall, "MRR": sum(1 / at for at in places if at) / len(places)}


def _size(lexicon: Lexicon, texts: Sequence[str]) -> dict[str, float]:
    """How large its own part is on disk, and how long it takes to open and to ask."""
    with tempfile.TemporaryDirectory() as folder:
        lexicon.save(Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        began = perf_counter()
        opened = Lexicon.open(Path(folder), lexicon.arrays, lexicon.dictionary)
        opening = perf_counter() - began
        terms = list(dict.fromkeys(key(word) for text in texts for word in text.split()))
        opened.counterparts("1")
        began = perf_counter()
        for term in terms:
            opened.counterparts(term)
        asking = (perf_counter() - began) / max(1, len(terms))
    return {
        "terms": len(lexicon.own),
        "counterparts": len(lexicon.own.targets),
        "bytes": size,
        "opening_ms": opening * 1e3,
        "asking_us": asking * 1e6,
    }


@contextmanager
def _index(rows: Rows, *sides: Lang) -> Iterator[Shelf]:
    """An index of the rows, with these sides of them only."""
    passages = tuple(
        Passage(
            id=f"quality/{at}",
            transcript="quality",
            position=at,
            role=Role.ANSWER,
            speaker=None,
            en=row["en"] or None if Lang.EN in sides else None,
            zh=row["zh"] or None if Lang.ZH in sides else None,
            alignment=Alignment(1.0, "given") if len(sides) > 1 else None,
            line=at + 1,
        )
        for at, row in enumerate(rows)
    )
    about = About(id="quality", file="quality.txt", title=Bilingual("quality", "quality"))
    with tempfile.TemporaryDirectory() as folder:
        build_index((Transcript(about, passages),), Path(folder))
        yield Shelf(generations.current(Path(folder)))


def _lines(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
