"""The dictionary gives translations, and nothing of its grammar and cross-references."""

from __future__ import annotations

import pytest

from search.lexicon import cedict
from search.lexicon.cedict import translations


@pytest.mark.parametrize(
    ("sense", "terms"),
    [
        ("patent", ("patent",)),
        ("to give up; to abandon (sth)", ("give up", "abandon")),
        ("CL:個|个[ge4]", ()),
        ("variant of 人才[ren2 cai2]", ()),
        ("surname Wang", ()),
        ("see 專利|专利[zhuan1 li4]", ()),
        ("(bound form) gentle; mild", ("gentle", "mild")),
        ("Washington, US State", ("Washington",)),
        ("abbr. for 德國|德国[De2 guo2], Germany", ("Germany",)),
        ("United Kingdom 聯合王國|联合王国[Lian2 he2 wang2 guo2]", ("United Kingdom",)),
        ("sth uniquely enjoyed by a certain group of people", ()),
    ],
)
def test_a_sense_is_its_short_english_terms(sense: str, terms: tuple[str, ...]) -> None:
    assert translations(sense) == terms


def test_the_dictionary_of_the_package_is_read_to_its_end(cc_cedict: str) -> None:
    words = {entry.word: entry for entry in cedict.entries()}
    assert len(words) > 90_000
    assert words["专利"].senses[0] == ("patent",)
    assert words["龠"].senses


def test_without_the_package_there_is_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cedict, "edition", lambda: None)
    assert list(cedict.entries()) == []
