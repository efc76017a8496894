"""Passages of every kind that a file of them has to hold."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from search.model import About, Alignment, Bilingual, Passage, Role

_HARD = (
    "=+-@＝'\"\t\r\n,;<>&]*_`\\#1.)(!>|~[]{}$: 我a\x00\x0b\x1b\x85\u00a0\u2028\u3000\ufffe\ud800"
)

_MARKS = ["<b>", "&amp;", "[a](b)", "![a](b)", "**a**", "_a_", "`a`", "~~a~~", "<!--", "-->", "]]>"]
_BEGINS = ["# ", "> ", "- ", "1. ", "    ", "```", "---", "===", "|a|\n|-|", "=1+1", "@a", "\n"]

TEXTS = st.one_of(
    st.text(),
    st.text(st.sampled_from(_HARD), max_size=20),
    st.lists(st.sampled_from([*_MARKS, *_BEGINS, "我們", " "]), max_size=8).map("".join),
)
"""Whatever Python holds as text, and much of what files and programs trip over."""

SIDES = st.one_of(st.none(), TEXTS.filter(str.strip))
NAMES = st.builds(Bilingual, SIDES, SIDES)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """A passage of one side or both, with its sentences told apart or not."""
    en, zh = draw(SIDES), draw(SIDES)
    en = "Said." if en is None and zh is None else en
    cuts = draw(st.integers(0, 3)) if en and zh else 0
    spans = []
    if en and zh and cuts:
        ends = [sorted(draw(st.sets(st.integers(0, len(text)), max_size=4))) for text in (en, zh)]
        spans = list(zip(*map(pairwise, ends), strict=False))
    return Passage(
        id=f"talk/{draw(st.integers(0, 99))}",
        transcript="talk",
        position=0,
        role=draw(st.sampled_from(list(Role))),
        speaker=draw(st.one_of(st.none(), NAMES)),
        en=en,
        zh=zh,
        alignment=draw(st.one_of(st.none(), st.just(Alignment(0.75, "length")))),
        line=draw(st.integers(1, 99)),
        time=draw(st.one_of(st.none(), st.just((1.5, 3661.0)))),
        sentences=tuple(spans),
    )


ABOUTS = st.builds(
    About, id=st.just("talk"), file=TEXTS, title=NAMES, date=SIDES, issue=SIDES, source=SIDES
)
