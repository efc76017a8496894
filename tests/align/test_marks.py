"""Cues cut a sentence anywhere: its end tells what its words, said in another order, do not."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.align import align
from search.align.marks import Marks, go_on
from search.model import Block, Lang, Role
from search.structure import Paragraph, paragraphs

CUES = (
    ("Today I show you the Trainer API", "今天我为大家介绍 Trainer API"),
    ("and how it works with PyTorch.", "以及它如何与 PyTorch 一起工作。"),
    ("The API has 4 parts,", "这个 API 有4个部分，"),
    ("of which the Dataset", "其中 Dataset"),
    ("and the Tokenizer came first.", "和 Tokenizer 最先出现。"),
    ("In 2019 we wrote the tests,", "2019年我们写了测试，"),
    ("in 2020 the docs,", "2020年写了文档，"),
    ("and in 2021 the server", "2021年写了服务器"),
    ("with support for HTTP.", "并支持 HTTP。"),
    ("If you have an account on GitHub,", "如果你有 GitHub 账户，"),
    ("you can open a Colab notebook,", "就可以打开 Colab 笔记本，"),
    ("which needs 16 minutes to run.", "运行它需要16分钟。"),
    ("So for this we take the BERT model", "我们用所有的数据"),
    ("and train it on all the data.", "来训练 BERT。"),
    ("After 3 epochs,", "在3个周期之后，"),
    ("the loss of BERT is 0.25 on the GPU.", "GPU 上 BERT 的损失是0.25。"),
)


def read(zh: list[str], en: list[str]) -> list[tuple[str | None, str | None]]:
    blocks = [Block(text, line) for line, text in enumerate([*zh, *en], 1)]
    found = align(paragraphs(blocks), "talk", "talk.txt")
    return [(p.en, p.zh) for p in found.passages]


def side(lang: Lang, *texts: str) -> list[Paragraph]:
    return [Paragraph(text, line, lang) for line, text in enumerate(texts, 1)]


def test_parts_of_a_sentence_in_another_order_keep_their_places() -> None:
    assert read([zh for _, zh in CUES], [en for en, _ in CUES]) == list(CUES)


def test_the_end_of_a_sentence_tells_which_part_has_no_counterpart() -> None:
    known = [(en, None if en.startswith("So for this") else zh) for en, zh in CUES]
    assert read([zh for _, zh in known if zh], [en for en, _ in known]) == known


def test_how_paragraphs_end_together_is_learned_from_the_file() -> None:
    en = side(Lang.EN, *["and so", "yes, ", "It is so.", "“It is so.”"] * 10)
    every = np.arange(40)
    for zh in (
        ["所以", "是的，", "是这样。", "“是这样。”"],
        ["所以。", "是的", "是这样，", "“是这样，”"],
    ):
        marks = Marks(en, side(Lang.ZH, *zh * 10))
        table = marks.learned(every, every, np.ones(40))
        assert set(np.flatnonzero(table > 0)) == set(marks.pairs(every, every))
        assert not marks.learned(every, every, np.zeros(40)).round(9).any()


def test_a_language_without_marks_says_nothing_by_its_ends() -> None:
    en, zh = side(Lang.EN, "and so", "It is so.", "Yes,"), side(Lang.ZH, "所以", "是这样", "是的")
    every = np.arange(3)
    marks = Marks(en, zh)
    assert not marks.learned(every, every, np.ones(3)).round(2).any()
    assert marks.seams((every[:2], every[1:]), (every[:2], every[:2])).min() >= 0


def test_two_sentences_in_one_paragraph_keep_the_mark_between_them() -> None:
    en = side(Lang.EN, "It has 3 parts.", "They are new.", "and so", "on.")
    zh = side(Lang.ZH, "它有3个部分。它们是新的。", "它有3个部分。", "等等。")
    first, last = np.array([0, 0, 2]), np.array([1, 1, 3])
    each = np.arange(3)
    said = Marks(en, zh).seams((first, last), (each, each))
    assert said[0] > 0 > said[1] and said[2] == 0


def test_what_goes_on_has_no_mark_and_the_next_begins_nothing() -> None:
    found = side(Lang.EN, "and so", "on and", "on.", "Then", "She", "A heading", "the end")
    found[4] = Paragraph("said", 5, Lang.EN, label="Ann")
    found[5] = Paragraph("A heading", 6, Lang.EN, role=Role.HEADING)
    assert go_on(found).tolist() == [True, True, False, False, False, False, False]
    assert go_on([]).tolist() == []


@given(st.lists(st.text(max_size=9)), st.lists(st.text(max_size=9)), st.integers(0, 99))
def test_no_text_and_no_link_makes_ends_say_much(en: list[str], zh: list[str], seed: int) -> None:
    marks = Marks(side(Lang.EN, *en), side(Lang.ZH, *zh))
    rng = np.random.default_rng(seed)
    links = 5 if en and zh else 0
    i, j = rng.integers(0, max(1, len(en)), links), rng.integers(0, max(1, len(zh)), links)
    table = marks.learned(i, j, rng.uniform(0, 1, links))
    assert np.isfinite(table).all() and table.min() >= -4 and table.max() <= 1.5
    assert (marks.pairs(i, j) < table.size).all()
