"""How figures are shown: for people, on a terminal with rules, in a pipe as aligned plain text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

_FIGURES = ("p50_ms", "p99_ms", "max_ms")
_WIDTH = 120
"""Columns of what goes into a pipe, where no terminal says how many there are."""


def show(figures: Mapping[str, Any]) -> None:
    """Prints the figures of `benchmarks.speed` to standard output."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console = Console(highlight=False, soft_wrap=True, width=_WIDTH)
    for name, text in _facts(figures).items():
        console.print(f"{name:<9}{text}", markup=False)
    for way, asked in figures["speed"].items():
        console.print()
        console.print(
            f"{way}: milliseconds, cold once and warm {figures['runs']} times a query; "
            f"opening takes {_up(asked['opening_ms'])}; hits are those of a kind's queries together"
        )
        console.print(_table(figures["queries"], asked, console.is_terminal))


def _facts(figures: Mapping[str, Any]) -> dict[str, str]:
    machine, build = figures["machine"], figures["build"]
    archive, memory = figures["archive"], figures["memory"]
    sides = ", ".join(f"{count:,} {side}" for side, count in archive["sides"].items())
    return {
        "date": figures["date"],
        "machine": f"{machine['processor']}, {machine['cores']} cores, "
        f"{_mib(machine['memory_bytes'])}, {machine['system']}, load {machine['load']}",
        "versions": ", ".join(f"{name} {version}" for name, version in figures["versions"].items()),
        "archive": f"{archive['passages']:,} passages ({sides}) of {archive['transcripts']:,} "
        f"transcripts, seed {archive['seed']}: {archive['english_words']:,} English words, "
        f"{archive['chinese_characters']:,} Chinese characters",
        "build": f"{math.floor(build['passages_per_second']):,} passages a second: "
        f"{_up(build['seconds'], 1)} s, of which indexing {_up(build['indexing_seconds'], 1)}, "
        f"writing {_up(build['writing_seconds'], 1)}, "
        f"publishing {_up(build['publishing_seconds'], 1)}",
        "size": f"{build['index_bytes']:,} bytes, {math.ceil(build['bytes_per_passage']):,} "
        "a passage",
        "memory": f"at most {_mib(memory['after_build_bytes'])} after the build "
        f"({_mib(memory['before_build_bytes'])} before it, the archive in memory), "
        f"{_mib(memory['after_queries_bytes'])} after the queries",
    }


def _table(queries: list[dict[str, Any]], asked: Mapping[str, Any], ruled: bool) -> Table:
    table = Table(box=SIMPLE_HEAD if ruled else None, pad_edge=False)
    table.add_column("kind")
    headings = [f"{state} {name.removesuffix('_ms')}" for state in _STATES for name in _FIGURES]
    for heading in ("hits", *headings):
        table.add_column(heading, justify="right")
    found = Counter[str]()
    for query in queries:
        found.update({query["kind"]: query["hits"], "all": query["hits"]})
    for kind in sorted(asked["warm"], key="all".__eq__):
        times = [_up(asked[state][kind][name]) for state in _STATES for name in _FIGURES]
        table.add_row(kind, f"{found[kind]:,}", *times)
    return table


_STATES = ("cold", "warm")


def _up(value: float, digits: int = 3) -> str:
    """A time rounded up.

    >>> _up(0.0121), _up(0.012), _up(3.0, 1)
    ('0.013', '0.012', '3.0')
    """
    # The value times a power of ten is a hair off the whole number that it stands for.
    return f"{math.ceil(round(value * 10**digits, 6)) / 10**digits:,.{digits}f}"


def _mib(size: int) -> str:
    return f"{math.ceil(size / 2**20):,} MiB"
