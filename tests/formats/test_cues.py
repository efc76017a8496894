"""Which cues answer each other is told by their times."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.formats.cues import in_time
from search.model import Block, Lang

STARTS = st.lists(st.integers(0, 300), min_size=4, max_size=30, unique=True).map(sorted)


@given(starts=STARTS, shift=st.floats(-0.4, 0.4), order=st.randoms(use_true_random=False))
def test_cues_of_about_the_same_time_are_one_row_in_whatever_order(
    starts: list[int], shift: float, order: object
) -> None:
    cues = [
        Block(f"{text}{n}", n, time=(start + off, start + off + 1), row=2 * n + side, lang=lang)
        for n, start in enumerate(starts)
        for side, (text, lang, off) in enumerate([("word", Lang.EN, 0), ("词", Lang.ZH, shift)])
    ]
    order.shuffle(cues)  # type: ignore[attr-defined]
    blocks, alone = in_time(cues)
    assert alone == 0 and sorted(b.text for b in blocks) == sorted(cue.text for cue in cues)
    rows: dict[int | None, set[str]] = {}
    for block in blocks:
        rows.setdefault(block.row, set()).add(block.text)
    assert sorted(map(sorted, rows.values())) == sorted(
        [f"word{n}", f"词{n}"] for n in range(len(starts))
    )


@given(starts=STARTS)
def test_cues_of_other_times_are_rows_of_their_own(starts: list[int]) -> None:
    cues = [
        Block(
            "词",
            n,
            time=(1000 * side + start, 1000 * side + start + 1),
            row=2 * n + side,
            lang=lang,
        )
        for n, start in enumerate(starts)
        for side, lang in enumerate(Lang)
    ]
    blocks, alone = in_time(cues)
    assert len({block.row for block in blocks}) == len(cues) == alone


def test_a_great_many_cues_of_one_time_cost_little() -> None:
    cues = [Block("词", n, time=(0, 1), row=n, lang=lang) for n, lang in enumerate([*Lang] * 5_000)]
    assert len(in_time(cues)[0]) == len(cues)
