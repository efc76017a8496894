"""Chinese is cut by jieba's dictionary, whatever stands around a word."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import fold
from search.analysis.chinese import _LONGEST, JIEBA, RJIEBA, Cutter, frequencies, version
from search.analysis.normalize import IGNORED
from search.analysis.scripts import HAN

BOTH = pytest.mark.parametrize("by", [JIEBA, RJIEBA])
CUTTERS = {by: Cutter(by=by) for by in (JIEBA, RJIEBA)}
RUNS = st.text(
    st.sampled_from("人工智能专利着名产学研欺负人的用水洗身カﾞ한\ue386𠮷") | st.characters()
)


def test_long_words_are_found_with_the_words_in_them() -> None:
    assert [word for word, _, _ in Cutter().words("人工智能")] == ["人工", "智能", "人工智能"]


@BOTH
def test_words_whose_characters_fold_are_known(by: str) -> None:
    assert Cutter(by=by).cut("着名的企业") == ["着名", "的", "企业"]
    assert Cutter(by=by).cut("什幺") == ["什幺"]


@BOTH
def test_own_words_are_known_to_their_cutter_alone(by: str) -> None:
    assert Cutter(["商汤绝影"], by=by).cut("商汤绝影平台") == ["商汤绝影", "平台"]
    assert Cutter(by=by).cut("商汤绝影平台") == ["商汤", "绝", "影", "平台"]


@BOTH
@given(text=RUNS)
def test_words_are_slices_that_cover_the_run(by: str, text: str) -> None:
    for found in re.finditer(f"[{HAN}{IGNORED}]+", fold(text)):
        run = found[0].replace(IGNORED, "")
        words = list(CUTTERS[by].words(run))
        assert all(run[start:end] == word for word, start, end in words)
        assert {at for _, start, end in words for at in range(start, end)} == set(range(len(run)))


def test_jiebas_own_tokenizer_is_left_alone() -> None:
    """An application that uses jieba itself sees none of our words."""
    Cutter(["商汤绝影"]).cut("商汤绝影")
    import jieba

    assert "商汤绝影" not in jieba.lcut("商汤绝影平台", HMM=False)


def test_nothing_is_written_to_the_shared_temporary_folder(tmp_path: Path) -> None:
    code = f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}\n"
    code += "from search.analysis import Analyzer; Analyzer().tokens('专利')"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir()


@BOTH
def test_an_archives_vocabulary_cuts_what_stands_there_alike(by: str) -> None:
    text = "人工智能专利的全球资产累计"
    whole = Cutter(["全球资产"], by=by)
    small = Cutter(vocabulary=whole.vocabulary(word for word, _, _ in whole.words(text)), by=by)
    assert small.cut(text) == whole.cut(text)
    assert list(small.words(text)) == list(whole.words(text))
    assert small.cut("汽车") == ["汽", "车"]


OWN = ("商汤绝影", "人工智能专利的全球资产累计数量与分布", "全球资产")
OWN_CUTTERS = {by: Cutter(OWN, by=by) for by in (JIEBA, RJIEBA)}
KNOWN = {by: cutter.vocabulary(["人工", "着名"]) for by, cutter in OWN_CUTTERS.items()}


# Each text is looked for in all of the dictionary.
@BOTH
@settings(max_examples=10)
@given(
    text=st.lists(st.sampled_from([*OWN, "着名", "专利权", "人工智能", "的", "蠾", "一"])).map(
        "".join
    )
    | RUNS
)
def test_with_the_words_that_stand_in_a_text_it_is_cut_as_with_all(by: str, text: str) -> None:
    whole = OWN_CUTTERS[by]
    runs = [found[0] for found in re.finditer(f"[{HAN}]+", fold(text))]
    small = Cutter(OWN, whole.standing(runs, KNOWN[by]), by)
    for run in runs:
        assert list(small.words(run)) == list(whole.words(run))
    words = {word for run in runs for word, _, _ in small.words(run)}
    assert small.vocabulary(words, KNOWN[by]) == whole.vocabulary(words)


def test_no_word_of_the_dictionary_is_longer_than_is_looked_for() -> None:
    assert max(map(len, frequencies()[0])) == _LONGEST


def test_the_version_is_that_of_the_package() -> None:
    assert version() == metadata.version("jieba")
