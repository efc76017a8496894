"""How often does jieba's dictionary count each Chinese word of the archive?

Kept in a generation, so that what is asked is cut as it was indexed, and the
dictionary, which takes half a second to load, is not needed:

    words.json  the editors' own words with their counts, and the sum of all counts
    words.npy   the count of each word of the postings, in their order there
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.analysis import WORD
from search.analysis.chinese import Vocabulary
from search.index.arrays import Arrays, mapped, narrow
from search.index.generations import Generation

_OWN, _COUNTS = "words.json", "words.npy"


def write(folder: Path, arrays: Arrays, own: Sequence[str], known: Vocabulary) -> None:
    """Writes the files for the words in `arrays` and the editors' own, all of them `known`."""
    counts = known.counts
    held = {"own": {word: counts[word] for word in own}, "total": known.total}
    (folder / _OWN).write_text(json.dumps(held), "utf-8")
    found = np.array([counts[word] for word in arrays.texts(WORD)], np.int64)
    np.save(folder / _COUNTS, narrow(found), allow_pickle=False)


def read(generation: Generation, arrays: Arrays) -> tuple[tuple[str, ...], Vocabulary]:
    """The editors' own words, and all that the archive knows; `arrays` are its postings."""
    held = generation.read(_OWN)
    counts = mapped(generation.path / _COUNTS).tolist()
    counted = dict(zip(arrays.texts(WORD), counts, strict=True)) | held["own"]
    return tuple(held["own"]), Vocabulary(counted, held["total"])
