"""Chinese is likelier than what is none."""

from __future__ import annotations

import pytest

from search.repair.likelihood import Model, Script, script_of


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        ("全球专利资产", "全球校利资产"),
        ("技术,研究", "技数,研究"),
        ("成长。”", "成长、”"),
        ("你好。", "你好。、"),
        ("好吗？", "好吗！"),
    ],
)
def test_words_and_signs_in_their_places_are_likelier(likelier: str, than: str) -> None:
    model = Model(Script.SIMPLIFIED)
    assert model.cost(likelier) < model.cost(than)


def test_characters_of_the_script_of_the_file_are_likelier() -> None:
    assert Model(Script.TRADITIONAL).cost("專利") < Model(Script.TRADITIONAL).cost("专利")
    assert Model(Script.SIMPLIFIED).cost("专利") < Model(Script.SIMPLIFIED).cost("專利")


def test_what_stands_elsewhere_in_the_file_is_likelier() -> None:
    assert Model(Script.SIMPLIFIED, {"绝影": 3}).cost("绝影") < Model(Script.SIMPLIFIED).cost(
        "绝影"
    )


@pytest.mark.parametrize("text", ["", "English only", "人工智能"])
def test_what_both_scripts_write_alike_counts_as_simplified(text: str) -> None:
    assert script_of(text) is Script.SIMPLIFIED


def test_the_cost_of_a_row_of_words_is_the_sum_of_their_costs() -> None:
    model = Model(Script.SIMPLIFIED)
    assert model.cost("") == 0
    assert model.cost("专利,专利") == pytest.approx(
        2 * model.cost("专利") + model.cost("专,") - model.cost("专")
    )
