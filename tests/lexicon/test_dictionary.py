"""CC-CEDICT is made ready once, shared by generations, and refused when it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from search.index import generations
from search.index.build import is_current
from search.lexicon import Dictionary, Source, cedict, dictionary
from search.lexicon.cedict import Entry

TALK = "Patents protect inventions.\n\n专利保护发明。\n\nThe teacher likes lions.\n"

ENTRIES = (
    Entry("专利", False, (("patent",), ("monopoly",))),
    Entry("东部", False, (("eastern part", "the East"),)),
    Entry("高", True, (("Gao",),)),
    Entry("高", False, (("tall",),)),
)


@pytest.fixture
def content(tmp_path: Path, cc_cedict: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive that is built with a small dictionary."""
    small = Dictionary.of((*ENTRIES, Entry("老师", False, (("teacher",),))))
    monkeypatch.setattr(dictionary, "prepared", lambda: small)
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "talk.txt").write_text(TALK, "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, content: Path) -> Path:
    search.rebuild(content, tmp_path / "index")
    return tmp_path / "index"


def prepared(index: Path) -> list[Path]:
    return sorted(index.glob("cedict-*"))


def test_a_word_has_its_translations_and_they_have_it() -> None:
    table = Dictionary.of(ENTRIES).table
    assert list(table.row("专利")) == [
        ("patent", 1.0, Source.DICTIONARY),
        ("monopoli", 0.5, Source.DICTIONARY),
    ]
    assert [at[:2] for at in table.row("patent")] == [("专利", 1.0)]
    assert dict(at[:2] for at in table.row("东部"))["eastern part"] == 1.0
    assert 0 < dict(at[:2] for at in table.row("eastern"))["东部"] < 1.0


def test_a_name_weighs_less_than_a_word_and_is_told_from_it() -> None:
    made = Dictionary.of(ENTRIES)
    rows = {target: weight for target, weight, _ in made.table.row("高")}
    assert rows["gao"] < rows["tall"]
    assert made.is_ordinary("tall") and made.is_ordinary("高") and made.is_ordinary("part")
    assert not made.is_ordinary("gao") and not made.is_ordinary("nowhere")


def test_the_installed_dictionary_is_made_ready_with_nothing_lost(index_dir: Path) -> None:
    (folder,) = prepared(index_dir)
    made = Dictionary.open(folder)
    assert len(made.table) > 150_000
    assert made.is_ordinary("patent") and not made.is_ordinary("商汤")
    for zh, en in (("专利", "patent"), ("人才", "talent"), ("人工智能", "artifici intellig")):
        assert en in {target for target, _, _ in made.table.row(zh)}
        assert zh in {target for target, _, _ in made.table.row(en)}


def test_it_is_made_by_the_first_rebuild_and_taken_by_the_next(
    index: Path, content: Path, cc_cedict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = prepared(index)
    assert cc_cedict in folder.name
    monkeypatch.setattr(dictionary, "prepared", lambda: pytest.fail("made twice"))
    search.rebuild(content, index)
    assert prepared(index) == [folder]
    with search.open_archive(index)._with_searcher(lambda s: s.reader) as reader:
        found = reader.shelf.lexicon.counterparts("teacher")
    assert [at.text for at in found] == []
    assert search.open_archive(index).status()["dictionary"] == cc_cedict


def test_a_damaged_dictionary_is_refused_and_made_anew(index: Path, content: Path) -> None:
    (folder,) = prepared(index)
    for file in sorted(folder.glob("*.npy")):
        whole = file.read_bytes()
        for broken in (whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), None):
            if broken is None:
                file.unlink()
            else:
                file.write_bytes(broken)
            with pytest.raises(search.IndexCorrupt, match=file.name):
                generations.current(index)
        search.rebuild(content, index)
        assert file.read_bytes() == whole
        assert search.open_archive(index).search("专利").total


@pytest.mark.parametrize("text", ["", "{", "[]", '{"x": 1}', '{"dictionary.keys.npy": [1, "x"]}'])
def test_what_it_says_of_itself_is_believed_of_nobody(
    index: Path, content: Path, text: str
) -> None:
    (folder,) = prepared(index)
    (folder / generations.FILES).write_text(text)
    search.rebuild(content, index)
    assert len((folder / generations.FILES).read_text()) > len(text)


def test_one_that_no_generation_uses_is_swept(
    index: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = prepared(index)
    assert is_current(content, index)
    monkeypatch.setattr(dictionary, "VERSION", dictionary.VERSION + 1)
    assert not is_current(content, index)
    search.rebuild(content, index)
    assert is_current(content, index)
    assert len(prepared(index)) == 2, "the generation before is still there"
    search.rebuild(content, index)
    assert old not in prepared(index)
    assert len(prepared(index)) == 1


def test_without_the_package_all_else_is_found(
    index: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cedict, "edition", lambda: None)
    assert not is_current(content, index)
    search.rebuild(content, index)
    archive = search.open_archive(index)
    assert archive.status()["dictionary"] is None
    assert archive.search("patent").total == 1
    search.rebuild(content, index)
    assert prepared(index) == []
