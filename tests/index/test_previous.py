"""A rebuild that keeps what did not change gives just what a first build gives."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from search.errors import ContentError
from search.index import build, generations, workers
from search.index.invert import Inverter

NAMES = st.sampled_from(["a", "b", "c", "d/e"])
TEXTS = st.sampled_from(
    [
        "A: What of patents?\n\n甲：專利呢？\n\nB: Patents, innovation.\n\n乙：專利，創新。",
        "SenseTime and 人工智能.\n\nThe time of 11,494 patents.",
        "只有中文的一段。\n\n还有一段。",
        "One paragraph.",
        "  \n",
    ]
)
EDITS = st.lists(st.dictionaries(NAMES, TEXTS | st.none(), min_size=1), min_size=2, max_size=4)


def edit(content: Path, changes: dict[str, str | None]) -> None:
    for name, text in changes.items():
        file = content / f"{name}.txt"
        file.parent.mkdir(exist_ok=True, parents=True)
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(text, "utf-8")


def held(index: Path) -> dict[str, bytes]:
    """The files of the current generation by what they are, but for those that name it."""
    generation = generations.current(index)
    report = generation.read("report.json")
    found = {"report": repr({**report, "generation": None, "seconds": None}).encode()}
    for file in generation.path.iterdir():
        if file.suffix in (".npy", ".col", ".json") and file.stem not in ("manifest", "report"):
            # A segment has another name in each generation, the lexicon has not.
            part = file.name if file.name.startswith("lexicon.") else file.name.partition(".")[2]
            found[part] = file.read_bytes()
    return found


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, run=st.sampled_from([40, 8_000_000]))
def test_the_same_files_come_of_many_edits_as_of_one_build(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    edits: list[dict[str, str | None]],
    run: int,
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    content, kept, fresh = folder / "content", folder / "kept", folder / "fresh"
    monkeypatch.setattr(Inverter.__init__, "__defaults__", (run,))
    for changes in edits:
        edit(content, changes)
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            search.rebuild(content, kept)
        except ContentError:
            with pytest.raises(ContentError):
                search.rebuild(content, fresh)
            continue
        search.rebuild(content, fresh)
        assert held(kept) == held(fresh)


def test_only_what_changed_is_read_and_analysed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    edit(content, {name: f"A whale in {name}.\n\n鯨魚。" for name in ("a", "b", "c")})
    search.rebuild(content, index)
    edit(content, {"b": "A seal in b."})
    seen: list[str] = []

    def watched(batches: object, *rest: object) -> object:
        seen.extend(passage.id for batch in batches for passage in batch)  # type: ignore[attr-defined]
        return workers.analyses(batches, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "analyses", watched)
    search.rebuild(content, index)
    assert len(seen) == 1 and seen[0].startswith("b/")
    archive = search.open_archive(index)
    assert archive.search("whale").total == 2 and archive.search("seal").total == 1
    assert [hit.passage.transcript for hit in archive.search("鲸鱼").hits] == ["a", "c"]


def test_nothing_is_kept_of_an_index_that_is_damaged_or_made_otherwise(tmp_path: Path) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    edit(content, {"a": "A whale.\n\n鯨魚。", "b": "Another."})
    search.rebuild(content, index)
    before = held(index)
    (keys,) = generations.current(index).path.glob("*_*.keys.npy")
    keys.write_bytes(keys.read_bytes()[:-1] + b"x")
    search.rebuild(content, index)
    assert held(index) == before
    (content / "dictionary.txt").write_text("鯨魚群\n", "utf-8")
    search.rebuild(content, index)
    assert search.open_archive(index).search("鲸鱼").total == 1


def test_an_index_without_a_file_that_it_should_name_is_built_anew(tmp_path: Path) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    edit(content, {"a": "A whale.\n\n鯨魚。"})
    search.rebuild(content, index)
    before = held(index)
    path = generations.current(index).path
    (keys,) = path.glob("*_*.keys.npy")
    keys.unlink()
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    del manifest["files"][keys.name]
    (path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    checksum = generations._digest((path / "manifest.json").read_bytes())
    pointer = {"generation": path.name, "manifest": checksum}
    (index / "CURRENT").write_text(json.dumps(pointer), "utf-8")
    search.rebuild(content, index)
    assert held(index) == before
