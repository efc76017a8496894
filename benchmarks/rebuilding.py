"""What does a rebuild cost after one transcript was edited? From files, as an editor has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import search
from benchmarks.engines import in_child
from benchmarks.reading import lay_out
from search.model import Transcript

_EDIT = "\n\nOne more paragraph about whales and patents.\n\n再加一段，說的是鯨魚和專利。\n"


def measure(transcripts: Sequence[Transcript], folder: Path) -> dict[str, Any]:
    """The seconds of a first build, of one after an edit, and of one after nothing changed.

    Each runs in a process of its own, which loads what it needs.
    """
    content, index = folder / "content", folder / "index"
    lay_out(transcripts, content)
    edited = content / transcripts[len(transcripts) // 2].about.file
    first = in_child(_rebuild, content, index)
    edited.write_text(edited.read_text("utf-8") + _EDIT, "utf-8")
    again = in_child(_rebuild, content, index)
    same = in_child(_rebuild, content, index)
    return {"first_seconds": first, "edited_seconds": again, "unchanged_seconds": same}


def _rebuild(content: Path, index: Path) -> float:
    began = perf_counter()
    search.rebuild(content, index)
    return perf_counter() - began
