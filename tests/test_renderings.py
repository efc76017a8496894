"""A style desk sees how a term is rendered, in which words, and where it is not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from search.archive import Archive
from search.cli import main
from search.renderings import Renderings


def texts(found: Renderings) -> dict[str, int]:
    return {rendering.text: rendering.count for rendering in found.renderings}


def test_a_term_is_counted_as_it_is_rendered(archive: Archive) -> None:
    found = archive.terms("专利")
    (rendering,) = found.renderings
    assert set(rendering.forms) == {"patent", "patents"} and rendering.text == "patents"
    assert rendering.count == sum(rendering.forms.values()) == sum(rendering.transcripts.values())
    assert found.total == found.looked_at == len(rendering.passages) + len(found.without)


def test_either_language_and_several_words_can_be_asked_for(archive: Archive) -> None:
    assert "創新" in texts(archive.terms("innovation"))
    assert "計算機視覺" in texts(archive.terms("computer vision"))
    assert archive.terms("computer vision").one_sided == 1


def test_what_stands_nowhere_has_no_renderings(archive: Archive) -> None:
    for term in ("", "zzzz", "的的的的", "(", '"', "a OR b", "*"):
        assert archive.terms(term).to_dict()["term"] == term


def test_the_command_prints_them_and_their_places(index_dir: Path) -> None:
    done = CliRunner().invoke(main, ["terms", "--index", str(index_dir), "专利"])
    assert done.exit_code == 0
    assert "patents" in done.output and "wang-xiaogang-sensetime" in done.output
    assert CliRunner().invoke(main, ["terms", "--index", str(index_dir), "zzzz"]).exit_code == 1
