"""Which Chinese words are the same in another region? 软件 is 软体 in Taipei.

Rows of words between tabs: the package's own list, and the editors'
`regional.tsv`, which adds to it. Folding cannot tell them, they are other
characters; a dictionary of two languages does not either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from search.analysis import fold
from search.analysis.scripts import HAN
from search.lexicon.terms import Key, key
from search.model import Refusal

REGIONAL = "regional.tsv"

_HAN = re.compile(f"[{HAN}]+")

_FEWEST = 2


def own() -> list[tuple[Key, ...]]:
    """The package's own rows."""
    lines = files(__package__).joinpath(REGIONAL).read_text("utf-8").split("\n")
    return parse(lines)[0]


def read(content: Path) -> tuple[list[tuple[Key, ...]], list[Refusal]]:
    """The editors' rows in a folder, and the lines that are none; nothing without the file."""
    path = content / REGIONAL
    if not path.is_file():
        return [], []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as problem:
        return [], [Refusal(REGIONAL, f"not UTF-8 at byte {problem.start}")]
    except OSError as problem:
        return [], [Refusal(REGIONAL, problem.strerror or str(problem))]
    return parse(lines)


def parse(lines: Sequence[str]) -> tuple[list[tuple[Key, ...]], list[Refusal]]:
    """The rows among the lines, and the others with their reasons; `#` begins a remark.

    >>> parse(["軟件\\t軟體", "软件"])
    ([(('软', '件'), ('软', '体'))], [Refusal(file='regional.tsv, line 2', reason='one word only')])
    """
    rows: list[tuple[Key, ...]] = []
    refusals: list[Refusal] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = [word.strip() for word in line.split("\t") if word.strip()]
        row = tuple(dict.fromkeys(map(key, words)))
        problem = None
        if bad := [word for word in words if not _HAN.fullmatch(fold(word))]:
            problem = f"{bad[0]!r} is not of Chinese characters alone"
        elif len(row) < _FEWEST:
            problem = "one word only"
        if problem:
            refusals.append(Refusal(f"{REGIONAL}, line {number}", problem))
        else:
            rows.append(row)
    return rows, refusals
