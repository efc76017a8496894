"""Words are linked with what says the same."""

from __future__ import annotations

import numpy as np

from search.index.arrays import Arrays
from search.lexicon.alignment import align
from search.lexicon.bitext import Bitext
from search.lexicon.phrases import LONGEST, extract
from tests.lexicon.conftest import TALK, MakeArrays

NOTHING = np.zeros(0, np.int64)


def test_a_bitext_holds_the_words_in_their_order(make_arrays: MakeArrays) -> None:
    bitext = Bitext.of(make_arrays(TALK[:1])).aligned()
    for side, words in (
        (bitext.en, ["patent", "protect", "invent"]),
        (bitext.zh, ["专利", "保护", "发明"]),
    ):
        assert [bitext.names[term] for term in side.term] == words
        assert side.place.tolist() == [0, 1, 2]


def test_words_are_linked_with_what_says_the_same(talk: Arrays) -> None:
    bitext = Bitext.of(talk).aligned()
    links = align(bitext, NOTHING)
    linked = {
        (bitext.names[bitext.en.term[en]], bitext.names[bitext.zh.term[zh]])
        for en, zh in zip(links.en, links.zh, strict=True)
    }
    assert {("patent", "专利"), ("school", "学校"), ("teacher", "老师")} <= linked
    assert {("talent", "人才"), ("pool", "人才")} <= linked
    assert ("patent", "学校") not in linked
    assert (bitext.en.passage[links.en] == bitext.zh.passage[links.zh]).all()


def test_phrases_are_short_and_in_one_passage(talk: Arrays) -> None:
    bitext = Bitext.of(talk).aligned()
    en, en_length, zh, zh_length = extract(bitext, align(bitext, NOTHING))
    assert len(en)
    assert max(en_length.max(), zh_length.max()) <= LONGEST
    assert (bitext.en.passage[en] == bitext.zh.passage[zh]).all()
    assert (bitext.en.passage[en] == bitext.en.passage[en + en_length - 1]).all()


def test_without_pairs_nothing_is_linked(make_arrays: MakeArrays) -> None:
    bitext = Bitext.of(make_arrays([("Patents are good.", "")])).aligned()
    links = align(bitext, NOTHING)
    assert len(links.en) == len(extract(bitext, links)[0]) == 0
