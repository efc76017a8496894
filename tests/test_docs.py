"""What can be used is documented, and what is documented works."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import click
import pytest

import search
from search import query
from search.cli import main
from search.formats import READERS
from search.formats.metadata import KEYS
from search.repair import ENTITY, GLOSS, TAG, TORN
from search.settings import ENVIRONMENT, Settings, from_file
from tests.conftest import ROOT

PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "content/README.md")


def page(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def commands() -> Mapping[str, click.Command]:
    assert isinstance(main, click.Group)
    return main.commands


@pytest.mark.parametrize("name", commands())
def test_each_command_and_its_options_are_documented(name: str, root: Path) -> None:
    text = page(root, "docs/command-line.md")
    assert re.search(rf"^\| `{name}\b", text, re.MULTILINE)
    for parameter in commands()[name].params:
        if not isinstance(parameter, click.Option):
            continue
        option = max(parameter.opts, key=len)
        row = re.search(rf"^\|[^|]*`{option}\b[^|]*\|([^|]*)\|", text, re.MULTILINE)
        assert row, f"{name} {option}"
        assert name in row[1], f"{name} {option}"


def test_each_setting_is_documented_with_its_default(root: Path) -> None:
    text = page(root, "docs/command-line.md")
    for field in fields(Settings):
        # JSON writes these as TOML does.
        default = json.dumps(field.default)
        variable = f"{ENVIRONMENT}_{field.name.upper()}"
        assert f"| `{field.name}` | `{variable}` | `{default}` |" in text


def test_the_settings_files_of_the_docs_are_settings(root: Path, tmp_path: Path) -> None:
    blocks = [
        block
        for name in (root / "docs").glob("*.md")
        for block in re.findall(r"```toml\n(.*?)```", name.read_text("utf-8"), re.DOTALL)
        if "trust_header" in block
    ]
    assert blocks
    for block in blocks:
        (tmp_path / "transcript-search.toml").write_text(block, "utf-8")
        assert from_file(tmp_path)


def test_all_that_the_widget_takes_and_tells_is_documented(root: Path) -> None:
    source = page(root, "web/static/widget.js")
    text = page(root, "docs/embedding.md")
    observed = re.search(r"observedAttributes = (\[.*?\])", source)
    assert observed
    for attribute in (*json.loads(observed[1]), "theme"):
        assert f"| `{attribute}` |" in text, attribute
    events = re.findall(r"#tell\(\"(\w+)\"", source)
    assert len(events) == 3
    for event in events:
        assert f"| `transcript-search:{event}` |" in text, event
    for colour in re.findall(r"var\(--transcript-search-(\w+),", source):
        assert f"-{colour}`" in text, colour


def test_each_exit_code_is_documented(root: Path) -> None:
    codes = {0, 1, 2} | {
        error.exit_code
        for error in vars(search.errors).values()
        if isinstance(error, type) and issubclass(error, search.SearchError)
    }
    text = page(root, "docs/command-line.md")
    assert {int(code) for code in re.findall(r"^\| (\d) \|", text, re.MULTILINE)} == codes


def test_each_form_of_a_query_is_documented(root: Path) -> None:
    text = page(root, "docs/query-language.md")
    for field in query.FIELDS:
        assert f"| `{field}:` |" in text
    for form in ("AND", "OR", "NOT", "`=", "~5", "innov*", "(patent OR", "-utility", "“智能驾驶”"):
        assert form in text


def test_the_queries_of_the_docs_are_read_as_queries(root: Path, archive: search.Archive) -> None:
    for line in page(root, "docs/query-language.md").splitlines():
        if line.startswith("| `"):
            for example in re.findall(r"`([^`]+)`", line.split("|")[1]):
                assert archive.search(example).read_as or example.endswith(":")


def test_each_rule_of_repair_is_documented(root: Path) -> None:
    text = page(root, "docs/content.md")
    assert all(f"| {rule} |" in text for rule in (GLOSS, TORN, TAG, ENTITY))


def test_each_format_and_each_key_of_metadata_is_documented(root: Path) -> None:
    text = page(root, "docs/content.md")
    for name in (*READERS, *KEYS):
        assert f"`{name}`" in text, name


def test_the_architecture_is_short_and_names_every_room(root: Path) -> None:
    text = page(root, "ARCHITECTURE.md")
    assert len(text.splitlines()) <= 120
    for path in (root / "src" / "search").iterdir():
        if path.name not in ("__pycache__", "py.typed", "settings.py", "errors.py"):
            assert path.stem.strip("_") in (*re.findall(r"\w+", text), "init"), path.name


@pytest.mark.parametrize("name", [*PAGES, *(p.name for p in (ROOT / "docs").glob("*.md"))])
def test_links_lead_somewhere(name: str, root: Path) -> None:
    path = root / name if (root / name).exists() else root / "docs" / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_the_readmes_python_runs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").symlink_to(root / "content")
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.*?)```", page(root, "README.md"), re.DOTALL)
    *lines, last = block.strip().splitlines()
    expression, comment = last.split("#")
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    shown = comment.strip().strip("'").removesuffix("…")
    assert str(eval(expression, names)).startswith(shown.strip())


def test_every_target_of_the_readme_is_made(root: Path) -> None:
    makefile = page(root, "Makefile")
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"^make (\w+)", page(root, name), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_error_tree_of_the_docstring_is_the_real_one() -> None:
    drawn = set(re.findall(r"\b[A-Z]\w+", (search.errors.__doc__ or "").split("A message")[0]))
    real = {
        name
        for name, value in vars(search.errors).items()
        if isinstance(value, type) and issubclass(value, search.SearchError)
    }
    assert real <= drawn
