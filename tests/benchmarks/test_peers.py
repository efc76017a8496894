"""Other engines are given the same terms at the same places, and asked the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.engines import PEERS, Peer
from benchmarks.forms import Either, Every, Form, Prefix, Row, form
from benchmarks.queries import Question
from benchmarks.ready import Spooled, spool

from search.analysis import Analyzer
from search.matching import patterns
from search.model import Passage, Role
from search.parser import parse

TEXTS = [
    ("The patent office grants a patent.", "专利局授予专利"),
    ("Offices of patents, and a co-operation treaty.", "视觉领域的专利"),
    (None, "AI专利与视觉 领域"),
    ('Nothing of the kind; an ends-with-quote" and + signs.', None),
]


@pytest.fixture(scope="module")
def spooled(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Spooled:
    file = tmp_path_factory.mktemp("ready") / "terms"
    passages = (
        Passage(f"a/{at}", "a", at, Role.ANSWER, None, en, zh, None, 1 + at)
        for at, (en, zh) in enumerate(TEXTS)
    )
    spool(passages, analyzer, file)
    return Spooled(file, len(TEXTS))


@pytest.fixture(scope="module", params=PEERS, ids=lambda peer: peer.name)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, spooled: Spooled
) -> tuple[Peer, Path]:
    peer: Peer = request.param
    folder = tmp_path_factory.mktemp("peer")
    peer.build(folder, spooled)
    return peer, folder


def test_terms_stand_where_the_product_has_them(spooled: Spooled) -> None:
    first, *_ = spooled
    english = [term for term, _ in first.terms["stem"]]
    assert english == ["the", "patent", "offic", "grant", "a", "patent"]
    # The Chinese side begins far behind the English one.
    assert [position for _, position in first.terms["char"]][:3] == [262, 263, 264]
    assert ("专利", 262) in first.terms["word"]
    assert spooled.seconds > 0


@pytest.mark.parametrize(
    "asked, found",
    [
        (Row("stem", ("patent",)), 2),
        (Row("stem", ("patent", "offic")), 1),
        (Row("char", tuple("觉领")), 2),
        (Row("char", ("利",)), 3),
        (Prefix("form", "off"), 2),
        (Every((Row("stem", ("patent",)), Row("stem", ("grant",)))), 1),
        (Either((Row("stem", ("ai",)), Row("stem", ("noth",)))), 2),
        (Row("stem", ("absent",)), 0),
    ],
    ids=str,
)
def test_every_engine_finds_the_same(built: tuple[Peer, Path], asked: Form, found: int) -> None:
    peer, folder = built
    for name in peer.ways:
        with peer.way(name)(folder) as prepare:
            assert prepare(Question("any", "any", asked))() in (found, None)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("patents", Row("stem", ("patent",))),
        ('"patent offices"', Row("stem", ("patent", "offic"))),
        ("专利", Row("char", ("专", "利"))),
        ('"觉领"', Row("char", ("觉", "领"))),
        ("off*", Prefix("form", "off")),
        ("patent AND grant", Every((Row("stem", ("patent",)), Row("stem", ("grant",))))),
        ("patent OR grant", Either((Row("stem", ("patent",)), Row("stem", ("grant",))))),
    ],
)
def test_queries_have_a_form_for_other_engines(
    analyzer: Analyzer, text: str, expected: Form
) -> None:
    tree = parse(text, analyzer).tree
    assert tree is not None
    found = form(tree, lambda leaf: patterns(leaf, analyzer, lambda _: []))
    assert found == expected


@pytest.mark.parametrize("text", ['"patent office"~3', "role:question", "NOT patent"])
def test_what_other_engines_cannot_be_asked_is_refused(analyzer: Analyzer, text: str) -> None:
    tree = parse(text, analyzer).tree
    assert tree is not None
    with pytest.raises(ValueError, match=r"no equal|no row"):
        form(tree, lambda leaf: patterns(leaf, analyzer, lambda _: []))
