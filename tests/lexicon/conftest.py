"""Indexes of small archives, and a talk whose words say the same one for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from search.analysis import Analyzer
from search.index import generations
from search.index.arrays import Arrays
from search.index.build import write
from search.index.reader import Shelf
from search.model import About, Alignment, Bilingual, Passage, Role, Transcript

MakeArrays = Callable[[Sequence[tuple[str, str]]], Arrays]

TALK = [
    ("Patents protect inventions.", "专利保护发明。"),
    ("The school has good teachers.", "学校有好老师。"),
    ("Patents cost money.", "专利花费金钱。"),
    ("Teachers like inventions.", "老师喜欢发明。"),
    ("The school costs money.", "学校花费金钱。"),
    ("Teachers like money too.", "老师也喜欢金钱。"),
    ("Good patents protect the school.", "好专利保护学校。"),
    ("The talent pool is good.", "人才好。"),
    ("The school has a talent pool.", "学校有人才。"),
    ("Teachers like the talent pool.", "老师喜欢人才。"),
    ("Talent protects inventions.", "人才保护发明。"),
]
"""Short sentences, their words one for one but for the talent pool."""


@pytest.fixture(scope="session")
def make_arrays(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> MakeArrays:
    """Makes the index of passages of which both sides are given."""

    def make(pairs: Sequence[tuple[str, str]]) -> Arrays:
        given = Alignment(1.0, "given")
        passages = tuple(
            Passage(
                f"talk/{at}", "talk", at, Role.ANSWER, None, en or None, zh or None, given, at + 1
            )
            for at, (en, zh) in enumerate(pairs)
        )
        about = About(id="talk", file="talk.txt", title=Bilingual("Talk"))
        index = tmp_path_factory.mktemp("talk")
        with generations.building(index) as path:
            write(path, (Transcript(about, passages),), analyzer)
            facts = {"analysis": analyzer.fingerprint, "cutter": analyzer.cutter.by}
            generations.publish(index, generations.seal(path, facts))
        return Shelf(generations.current(index)).arrays

    return make


@pytest.fixture(scope="session")
def talk(make_arrays: MakeArrays) -> Arrays:
    """The index of `TALK`."""
    return make_arrays(TALK)
