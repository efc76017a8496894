"""How figures are shown: for people, on a terminal with rules, in a pipe as aligned plain text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from benchmarks.compare import ONE_CORE
from benchmarks.engines import ENGINE, PRODUCT

_WIDTH = 130
"""Columns of what goes into a pipe, where no terminal says how many there are."""

_KNOWN = "analysis_seconds"
_STAGES = ("analysis", "inverting", "writing", "learning", "publishing")


def show(figures: Mapping[str, Any]) -> None:
    """Prints the figures of `benchmarks.speed` to standard output."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console = Console(highlight=False, soft_wrap=True, width=_WIDTH)
    machine, names = figures["machine"], figures["versions"].items()
    _facts(
        console,
        {
            "date": figures["date"],
            "machine": f"{machine['processor']}, {machine['cores']} cores, "
            f"{_mib(machine['memory_bytes'])}, {machine['system']}, load {machine['load']}",
            "versions": ", ".join(f"{name} {version}" for name, version in names),
        },
    )
    for measured in figures["corpora"]:
        _corpus(console, measured)
    for grown in figures["growth"][:1]:
        console.print(f"\np50 from {grown['from']:,} to {grown['to']:,} passages, times as much")
        by_way = {grown["way"]: grown["p50_ratio"] for grown in figures["growth"]}
        console.print(_by_kind(by_way, console, 2))


def _corpus(console: Console, measured: Mapping[str, Any]) -> None:
    corpus, speed = measured["corpus"], measured["speed"]
    sides = ", ".join(f"{count:,} {side}" for side, count in corpus["sides"].items())
    console.print()
    _facts(
        console,
        {
            "archive": f"{corpus['name']}: {corpus['passages']:,} passages ({sides}) of "
            f"{corpus['transcripts']:,} transcripts, {corpus['english_words']:,} English words, "
            f"{corpus['chinese_characters']:,} Chinese characters"
        }
        | _build(measured["build"], corpus["passages"])
        | _rebuild(measured["rebuild"]),
    )
    console.print()
    console.print(_builds(measured["build"], corpus["passages"], console))
    console.print("\nqueries: five of a kind; hits are those of a kind's queries together")
    console.print(_runs(measured, console))
    for state, figure in (("warm", "p50"), ("warm", "p99"), ("cold", "p50"), ("cold", "p99")):
        console.print(f"\nmilliseconds, {state} {figure}")
        times = {
            way: {kind: held[f"{figure}_ms"] for kind, held in asked[state].items()}
            for way, asked in speed.items()
        }
        console.print(_by_kind(times, console, 3))
    for figure in ("p50", "p99") if measured["ratios"] else ():
        console.print(f"\n{ENGINE} as a multiple of each, warm {figure}")
        held = {peer: ratios[f"{figure}_ms"] for peer, ratios in measured["ratios"].items()}
        console.print(_by_kind(held, console, 3))
    rows = [
        (at["figure"], f"{at['reach']:g}", _up(at["measured"], 3), "yes" if at["reached"] else "no")
        for at in measured["reach"]
    ]
    console.print()
    console.print(_table(("figure", "reach", "measured", "reached"), rows, console))


def _build(builds: Mapping[str, Mapping[str, Any]], passages: int) -> dict[str, str]:
    build, parts = builds[PRODUCT], builds[ONE_CORE]
    known = [(stage, parts[f"{stage}_seconds"]) for stage in _STAGES if _KNOWN in parts]
    stages = ", ".join(f"{stage} {_up(took, 2)}" for stage, took in known)
    return {
        "build": f"{_rate(passages, build['seconds'])} passages a second: "
        f"{_up(build['seconds'], 2)} s on all cores",
        "one core": f"{_rate(passages, parts['seconds'])} passages a second: "
        f"{_up(parts['seconds'], 2)} s, of which {stages or 'the parts cannot be told apart here'}",
        "memory": f"at most {_mib(build['after_build_bytes'])} in the build, "
        f"{_mib(build['helper_bytes'])} in each helper, "
        f"{_mib(build['before_build_bytes'])} before it with the archive in memory, "
        f"{_mib(build['after_queries_bytes'])} in another process after the queries",
    }


def _rebuild(rebuilt: Mapping[str, float]) -> dict[str, str]:
    first, edited, same = (
        _up(rebuilt[f"{name}_seconds"], 2) for name in ("first", "edited", "unchanged")
    )
    return {
        "rebuild": f"from files {first} s the first time, {edited} s after one edit, "
        f"{same} s after none"
    }


def _builds(builds: Mapping[str, Mapping[str, Any]], passages: int, console: Console) -> Table:
    """Time without analysis, size and memory of each engine's build."""
    size = builds[PRODUCT]["index_bytes"]
    rows = []
    for name in (PRODUCT, *(name for name in builds if name not in (PRODUCT, ONE_CORE))):
        build, seconds = builds[name], builds[name]["seconds"]
        if name == PRODUCT and _KNOWN in builds[ONE_CORE]:
            seconds = sum(builds[ONE_CORE][f"{stage}_seconds"] for stage in _STAGES[1:])
        rows.append(
            (
                name,
                _up(seconds, 2),
                _rate(passages, seconds),
                f"{build['index_bytes']:,}",
                f"{math.ceil(build['bytes_per_passage']):,}",
                _up(size / build["index_bytes"], 3),
                _mib(build["after_build_bytes"] - build["before_build_bytes"]),
                _mib(build["after_queries_bytes"]),
            )
        )
    heads = ("terms ready", "seconds", "passages/s", "bytes", "a passage", "ours/its")
    return _table((*heads, "build adds", "after queries"), rows, console)


def _runs(measured: Mapping[str, Any], console: Console) -> Table:
    hits = Counter[str]()
    for query in measured["queries"]:
        hits.update({query["kind"]: query["hits"]})
    console.print(", ".join(f"{kind} {count:,}" for kind, count in hits.items()))
    rows = [
        (way, _up(asked["opening_ms"], 1), str(asked["runs"]))
        for way, asked in measured["speed"].items()
    ]
    return _table(("way", "opening, ms", "warm runs"), rows, console)


def _by_kind(figures: Mapping[str, Mapping[str, float]], console: Console, digits: int) -> Table:
    """A row a kind, a column a way, all kinds together last."""
    kinds = sorted(next(iter(figures.values())), key="all".__eq__)
    rows = [(kind, *(_up(held[kind], digits) for held in figures.values())) for kind in kinds]
    return _table(("kind", *figures), rows, console)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], console: Console) -> Table:
    """The first column to the left, all others to the right."""
    table = Table(box=SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _facts(console: Console, facts: Mapping[str, str]) -> None:
    for name, text in facts.items():
        console.print(f"{name:<9}{text}", markup=False)


def _up(value: float, digits: int = 3) -> str:
    """A time rounded up.

    >>> _up(0.0121), _up(0.012), _up(3.0, 1)
    ('0.013', '0.012', '3.0')
    """
    # The value times a power of ten is a hair off the whole number that it stands for.
    return f"{math.ceil(round(value * 10**digits, 6)) / 10**digits:,.{digits}f}"


def _rate(passages: int, seconds: float) -> str:
    return f"{math.floor(passages / seconds):,}"


def _mib(size: int) -> str:
    return f"{math.ceil(size / 2**20):,} MiB"
