"""How do the engines compare, and what is that against what was wanted?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.engines import BOTH, ENGINE, FTS5, PRODUCT, TANTIVY, WHOLE, WHOOSH

ONE_CORE = "on one core"
"""The product's build once more, of which the parts can be told apart."""

Ways = Mapping[str, Mapping[str, Any]]


def ratios(ways: Ways) -> dict[str, dict[str, dict[str, float]]]:
    """By peer, figure and kind: the time of the engine alone, as a multiple of the peer's."""
    ours = ways[ENGINE]["warm"]
    return {
        peer: {
            figure: {
                kind: ours[kind][figure] / times[figure] for kind, times in asked["warm"].items()
            }
            for figure in ("p50_ms", "p99_ms")
        }
        for peer, asked in ways.items()
        if peer not in (ENGINE, WHOLE, BOTH)
    }


def reach(
    build: Mapping[str, Mapping[str, Any]], rebuilt: Mapping[str, float], ways: Ways
) -> list[dict[str, Any]]:
    """The figures that were aimed at, with what was measured: by how much is a thing of both."""
    ours, parts = build[PRODUCT], build[ONE_CORE]
    whole = ways[WHOLE]["warm"]["all"]
    found = [
        ("whole search, ms: p50", 2.0, whole["p50_ms"]),
        ("whole search, ms: p99", 10.0, whole["p99_ms"]),
        (
            "bilingual search, p50 to one language",
            2.0,
            ways[BOTH]["warm"]["all"]["p50_ms"] / whole["p50_ms"],
        ),
    ]
    if "analysis_seconds" in parts:
        beyond = parts["inverting_seconds"] + parts["writing_seconds"]
        published = beyond + parts["publishing_seconds"]
        analysis = parts["analysis_seconds"]
        found.append(("inversion and writing, share of analysis", 0.15, beyond / analysis))
        found.append(("the same with publishing", 0.15, published / analysis))
    again = rebuilt["edited_seconds"] / rebuilt["first_seconds"]
    found.append(("rebuild after one edit, share of the first", 0.1, again))
    for peer, wanted in ((FTS5, 0.1), (TANTIVY, 1.0)):
        if peer not in ways:
            continue
        by_kind = ratios(ways)[peer]["p50_ms"]
        found.append((f"query p50, ratio to {peer}: all queries", wanted, by_kind["all"]))
        worst = max(by_kind, key=by_kind.__getitem__)
        found.append((f"query p50, ratio to {peer}: worst kind ({worst})", wanted, by_kind[worst]))
    if WHOOSH in build:
        size = ours["index_bytes"] / build[WHOOSH]["index_bytes"]
        found.append((f"index size, ratio to {WHOOSH}", 0.5, size))
    return [
        {"figure": name, "reach": wanted, "measured": measured, "reached": measured <= wanted}
        for name, wanted, measured in found
    ]


def growth(measured: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """From the smallest to the largest generated archive: p50 as a multiple, by way and kind."""
    sized = sorted(
        (m for m in measured if m["corpus"]["name"].startswith("generated")),
        key=lambda m: int(m["corpus"]["passages"]),
    )
    if len(sized) < 2:
        return []
    small, large = sized[0], sized[-1]
    return [
        {
            "way": way,
            "from": small["corpus"]["passages"],
            "to": large["corpus"]["passages"],
            "p50_ratio": {
                kind: large["speed"][way]["warm"][kind]["p50_ms"] / times["p50_ms"]
                for kind, times in asked["warm"].items()
            },
        }
        for way, asked in small["speed"].items()
    ]
