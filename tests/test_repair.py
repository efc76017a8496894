"""Damage is undone where it can be, named where it cannot, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.repair import GLOSS, INVISIBLE, SPACE, TAG, TORN, repair
from tests.scraper import damage


@pytest.mark.parametrize(
    ("text", "repaired", "rules"),
    [
        ("知產(chǎn)人物", "知產人物", [GLOSS]),
        ("業(yè)務(wù)發(fā)展", "業務發展", [GLOSS] * 3),
        ("產（chǎn）業", "產業", [GLOSS]),
        ("優(yōu)勢", "優勢", [GLOSS]),
        ("商湯的全球?qū)@\ue386Y產(chǎn)累計", "商湯的全球專利資產累計", [TORN, GLOSS]),
        ("成果轉(zhuǎn)變?yōu)閷嶋H應用", "成果轉變為實際應用", [GLOSS, TORN]),
        ("“國內(nèi)的成長?!?/strong>", "“國內的成長。”", [GLOSS, TORN]),
        ("<strong>問</strong>", "問", [TAG, TAG]),
        ("A<br/>B", "AB", [TAG]),
        ("A&nbsp;B &amp; C", "A\u00a0B & C", ["HTML entity"] * 2),
        ("参加了?shuō)谝桓?gè)专利展会", "参加了第一个专利展会", [TORN]),
        ("知產\u200b人物\ufeff", "知產人物", [INVISIBLE] * 2),
        ("发展速度相 对较快，研发投入也增加", "发展速度相对较快，研发投入也增加", [SPACE]),
        ("教学用的长(cháng)江", "教学用的长江", [GLOSS]),
    ],
)
def test_what_the_scraper_broke_is_mended(text: str, repaired: str, rules: list[str]) -> None:
    result, repairs, doubts = repair(text)
    assert result == repaired
    assert [r.rule for r in repairs] == rules
    assert doubts == []


@pytest.mark.parametrize(
    "text",
    [
        "AI (V2X) 系統",
        "產(業)鏈",
        "產(chan)",
        "產(yè)",
        "王(Wang)先生",
        "行(see below)",
        "優勢在哪里?是否有值得參考的?",
        "Really?ok) he said.",
        "a < b and c > d",
        "R&D, AT&T; Q&A",
        "x <- y; if (a<b) then",
        "《知產人物 IP PEOPLE》",
        "這樣做?!不會吧",
        "(qū)",
        "",
        "目 录",
        "访 谈 摘 录",
        "北京 大学 上海 交通 大学 清华 大学 研究 生院",
        "第一章 导论",
        "emoji 👩\u200d💻 stays, می\u200cخواهم too",
        "真的吗??我不信",
        "栉水母与蛞蝓、鳗鲡",
    ],
)
def test_what_is_not_broken_is_left_alone(text: str) -> None:
    assert repair(text) == (text, [], [])


def test_a_place_is_the_line_and_the_code_point() -> None:
    _, (first, second), _ = repair("𠮷知產(chǎn)人業(yè)", 7)
    assert (first.line, first.column, first.before, first.after) == (7, 4, "(chǎn)", "")
    assert (second.line, second.column) == (7, 12)


def test_what_cannot_be_mended_is_doubted() -> None:
    text, repairs, doubts = repair("破\ufffd損\ue123", 3)
    assert (text, repairs) == ("破\ufffd損\ue123", [])
    assert [doubt.line for doubt in doubts] == [3, 3]
    assert "破" in doubts[0].what


@pytest.mark.parametrize("text", ["成長?!?/strong>", "x?xū)"])
def test_a_tear_that_makes_no_words_is_left_and_doubted(text: str) -> None:
    repaired, repairs, doubts = repair(text)
    assert (repaired, repairs, len(doubts)) == (text, [], 1)


def test_the_damage_of_the_interview_is_this_damage() -> None:
    glosses = {"驅": "qū", "產": "chǎn", "優": "yōu", "轉": "zhuǎn"}
    assert damage("全球專利資產", glosses) == "全球?qū)@\ue386Y產(chǎn)"
    assert damage("轉變為實際應用", glosses) == "轉(zhuǎn)變?yōu)閷嶋H應用"
    assert damage("成長。”</strong>", {}) == "成長?!?/strong>"


@given(
    st.text(
        st.characters(
            exclude_characters="?&<(（\ufffd\u00ad\u200b\u2060\ufeff",
            exclude_categories=["Co", "Cs"],
        )
    )
)
def test_text_without_a_sign_of_damage_is_never_changed(text: str) -> None:
    assert repair(text) == (text, [], [])


@given(st.text("?!)(@/>strongqūchǎn專利產<&;\ue386 "))
def test_any_text_can_be_read(text: str) -> None:
    repaired, repairs, _ = repair(text)
    assert bool(repairs) == (repaired != text)


def test_many_tears_take_no_longer_than_reading_them() -> None:
    """Each tear is looked at on its own: the text after it is not gone through again."""
    text, repairs, _ = repair("全球?qū)@\ue386Y產，" * 300)
    assert text == "全球專利資產，" * 300
    assert len(repairs) == 300


@pytest.mark.parametrize(
    "text",
    [
        "if x<a and b>c then",
        "2<u and u>3",
    ],
)
def test_code_is_not_taken_for_tags(text: str) -> None:
    assert repair(text) == (text, [], [])


def test_many_open_tears_are_read_at_once() -> None:
    text, _, _ = repair("“吗?!?/strong>" * 200)
    assert text.startswith("“吗。”")


@given(
    st.lists(
        st.sampled_from(
            ["專", "利(lì)", "a(lì)", " ", "的", "a", "&lt;", "<b>", "\u200b", "?!", "\ue386"]
        ),
        max_size=4,
    ).map("".join)
)
def test_what_is_passed_over_at_one_look_has_nothing_to_repair(text: str) -> None:
    # With a full-width sign no tear may lie hidden in plain characters.
    text += "，" * (not text.isascii())
    found = repair(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.repair._is_plain", lambda text, witness: False)
        assert repair(text) == found
