"""Speakers and titles, as one types them."""

from __future__ import annotations

from collections.abc import Callable

from search import Archive
from search.names import Name, Names, key
from search.results import Kind

MakeArchive = Callable[..., Archive]


def names(archive: Archive) -> Names:
    return Names(archive._searcher().shelf)


def found(entries: object) -> set[str]:
    return {name.text for _, name in entries}  # type: ignore[attr-defined]


def test_a_name_is_begun_by_each_of_its_words_in_either_language(archive: Archive) -> None:
    held = names(archive)
    for begun in ("wang", "wang xiao", "xiaogang"):
        assert "Wang Xiaogang" in found(held.beginning(begun))
    assert found(held.beginning("王")) == {"王曉剛"}
    assert not found(held.beginning("gang"))
    assert not found(held.beginning("")) and not found(held.beginning(" "))


def test_a_chinese_name_is_begun_in_pinyin(archive: Archive) -> None:
    assert found(names(archive).sounding("wangx")) == {"王曉剛"}
    assert found(names(archive).sounding("xiaogang")) == set()


def test_a_name_without_a_chinese_one_is_found_run_together(make_archive: MakeArchive) -> None:
    archive = make_archive("Ann Lee: Hello.\n\nBob: Yes.\n\nAnn Lee: Well.\n\nBob: So.")
    assert found(names(archive).sounding("annl")) == {"Ann Lee"}


def test_each_name_says_how_much_is_said_under_it(archive: Archive) -> None:
    for name in names(archive).of("speaker", "w"):
        assert isinstance(name, Name) and name.kind is Kind.SPEAKER
        assert archive.search(name.query).total == name.count


def test_only_fields_of_names_have_values(archive: Archive) -> None:
    held = names(archive)
    assert held.of("in", "xiaogang") and held.of("title", "a talk")
    assert not held.of("role", "a") and not held.of("date", "2021") and not held.of("title", "王")


def test_a_key_has_words_alone() -> None:
    assert key("《知產人物 IP PEOPLE》!") == "知产人物 ip people"
    assert key("“…”") == ""
