"""How long does building take, and how soon is a query answered, here and by other engines?

Archives are analysed once, and the same terms are given to every engine. Each
engine builds in a process of its own and answers in another. Every figure is
what was measured: times and ratios are only ever rounded up, rates down.
"""

from __future__ import annotations

import json
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import click

from benchmarks import corpora, engines, rebuilding, stock_whoosh
from benchmarks.compare import ONE_CORE, growth, ratios, reach
from benchmarks.machine import machine, versions
from benchmarks.queries import Question, pick
from benchmarks.ready import spool
from benchmarks.table import show
from search.analysis import Analyzer
from search.index import generations

SMALL, SMALL_RUNS = 200, 2
"""Enough to see that everything works, too little to say how fast."""

FEWEST = 100
"""Passages, to have forty different queries."""

Say = Callable[[str], object]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--passages",
    "sizes",
    type=click.IntRange(FEWEST),
    multiple=True,
    default=[20_000],
    show_default="20000",
    help="Size of the generated archive; given twice (20000, 100000), growth is shown too.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another text.")
@click.option("--runs", type=click.IntRange(1), default=50, show_default=True, help="Warm runs.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Measure on DIR/{corpora.SCALE.as_posix()} too, if it is there: the King James and "
    "Chinese Union versions of the Bible, both in the public domain, aligned by verse; "
    'a line is {"id": "Genesis 1:1", "doc": "Genesis 1", "en": "…", "zh": "…"}.',
)
@click.option(
    "--peers/--no-peers", default=True, show_default=True, help="Measure other engines too."
)
@click.option(
    "--json",
    "file",
    type=click.File("w", "utf-8", lazy=False),
    metavar="FILE",
    help="Write the figures as JSON too; - for standard output, without the tables.",
)
@click.option("--small", is_flag=True, help="200 passages and 2 runs: does it work?")
def main(
    sizes: tuple[int, ...],
    seed: int,
    runs: int,
    data: Path | None,
    peers: bool,
    file: IO[str] | None,
    small: bool,
) -> None:
    """Measure how fast bilingual archives are indexed and searched, here and by other engines.

    \b
    build    from the transcripts in memory to a published generation; how much
             of it is analysis, inversion, writing, learning (lexicon and
             completions), publishing (checksums, fsync), and passages a second.
             CC-CEDICT is there, as after the first build of an index folder.
             Reading and aligning files is not in it. Other engines are given the
             same terms ready, so their time compares with inversion, writing and
             publishing together.
    rebuild  from files: the first time, CC-CEDICT prepared with it, after one
             transcript was edited, and after nothing was; each in a process of its own
    size     bytes on disk, and bytes a passage
    memory   the most that the process of a build had in use at a time
    queries  p50 and p99 (nearest rank) of forty, five of each kind
      engine only   the evaluator on a query made ready (read, its terms
                    known): all documents, all scores, the ten best
      whole search  open_archive(...).search(...) with ten highlighted hits,
                    in one language as all others
      bilingual     the same with what says the same in the other language
      other engines the ten best by BM25 and the exact number of documents, of
                    a query made ready before; "ten best" is those alone.
                    All have to find as many documents as the product.
      cold   each query for the first time on a freshly opened index; the
             process has its modules loaded, the system has the files in its
             cache
      warm   after a warm-up, all queries in turn, as often as --runs says, or
             as often as a minute allows (the slowest engine's case)
    """
    if small:
        sizes, runs = (SMALL,), SMALL_RUNS
    say = partial(click.echo, err=True)
    if peers and not find_spec("tantivy"):
        raise click.ClickException(
            "tantivy is not installed. It is among the development dependencies; "
            "or leave the other engines out with --no-peers."
        )
    figures = measure(_corpora(sizes, seed, data, say), runs, peers, say)
    if file:
        json.dump(figures, file, ensure_ascii=False, indent=2)
        file.write("\n")
    if not file or file.name != "<stdout>":
        show(figures)


def _corpora(
    sizes: Sequence[int], seed: int, data: Path | None, say: Say
) -> Iterator[corpora.Corpus]:
    for size in sizes:
        say(f"generating {size:,} passages")
        yield corpora.generated(size, seed)
    if data is not None:
        if (file := data / corpora.SCALE).is_file():
            say(f"reading {corpora.SCALE.name}")
            yield corpora.verses(file)
        else:
            say(
                f"left out: there is no {corpora.SCALE.as_posix()} in {data}; "
                "--help says what it is"
            )


def measure(archives: Iterator[corpora.Corpus], runs: int, peers: bool, say: Say) -> dict[str, Any]:
    """All figures, as they stand in the JSON; `say` is told what is being done."""
    figures: dict[str, Any] = {
        "date": generations.now(),
        "machine": machine(),
        "versions": versions(),
        "runs": runs,
    }
    measured = []
    for corpus in archives:
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            measured.append(_measured(corpus, Path(folder), runs, peers, say))
    return {**figures, "corpora": measured, "growth": growth(measured)}


def _measured(
    corpus: corpora.Corpus, folder: Path, runs: int, peers: bool, say: Say
) -> dict[str, Any]:
    """The figures of one archive."""
    questions: Sequence[Question] = pick(corpus.passages)
    facts = corpus.facts()
    spooled, pickled, index = folder / "terms", folder / "transcripts", folder / "index"
    if peers:
        say(f"analysing {facts['passages']:,} passages")
        spool(corpus.passages, Analyzer(), spooled)
    pickled.write_bytes(pickle.dumps(corpus.transcripts))
    say("building from files, and again after an edit")
    (folder / "edited").mkdir()
    rebuilt = rebuilding.measure(corpus.transcripts, folder / "edited")
    del corpus
    known = folder / "edited" / "index"
    build = {
        name: engines.in_child(engines.build_product, pickled, at, known, name == ONE_CORE)
        for name, at in ((engines.PRODUCT, index), (ONE_CORE, folder / "one-core"))
    }
    say(f"asking {len(questions)} queries, {engines.PRODUCT}")
    questions, ways, memory = engines.in_child(engines.ask_product, index, questions, runs, peers)
    build[engines.PRODUCT]["after_queries_bytes"] = memory
    for peer in engines.PEERS if peers else ():
        say(f"building with {peer.name}")
        at = folder / peer.module
        count = facts["passages"]
        build[peer.name] = engines.in_child(engines.build_peer, peer, at, spooled, count)
        say(f"asking {len(questions)} queries, {peer.name}")
        asked, memory = engines.in_child(engines.ask_peer, peer, at, questions, runs)
        build[peer.name]["after_queries_bytes"] = memory
        ways.update(asked)
    if peers:
        say("asking Whoosh's own queries of both codecs")
        _same_documents(index, folder / "stock_whoosh", questions)
    figures = {
        "corpus": facts,
        "queries": [{"kind": q.kind, "text": q.text} for q in questions],
        "build": build,
        "rebuild": rebuilt,
        "speed": ways,
    }
    _counted(figures["queries"], ways)
    return {**figures, "ratios": ratios(ways), "reach": reach(build, rebuilt, ways)}


def _same_documents(index: Path, stock: Path, questions: Sequence[Question]) -> None:
    """Raises if Whoosh's queries find other documents with our codec than with its own."""
    ours = generations.current(index).path
    both = [engines.in_child(stock_whoosh.documents, at, questions) for at in (ours, stock)]
    for question, one, other in zip(questions, *both, strict=True):
        if one != other:
            raise RuntimeError(
                f"{question.text}: {len(one)} documents with our codec, {len(other)}"
            )


def _counted(queries: list[dict[str, Any]], ways: Mapping[str, dict[str, Any]]) -> None:
    """Notes how many passages each query finds; all engines have to agree."""
    for name, way in ways.items():
        for query, found in zip(queries, way.pop("hits"), strict=True):
            if found is not None and (not found or query.setdefault("hits", found) != found):
                raise RuntimeError(f"{query['text']} finds {found} passages, {name}: {query}")


if __name__ == "__main__":
    main()
