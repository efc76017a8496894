"""The built wheel works where nothing but its own dependencies is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PARTS = ("src", "web", "pyproject.toml", "README.md", "LICENSE")


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command, run without the settings of this environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=kept, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built from a copy: building leaves files behind."""
    copy = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, copy / part)
        else:
            shutil.copy(root / part, copy / part)
    pip = (sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, "-w", "dist", ".", cwd=copy)
    (built,) = (copy / "dist").glob("transcript_search-*.whl")
    return built


def test_the_wheel_holds_all_that_is_needed_and_no_more(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"search/{path.relative_to(root / 'src' / 'search').as_posix()}"
        for path in (root / "src" / "search").rglob("*")
        if path.suffix in (".py", ".tsv", ".typed")
    }
    expected |= {
        f"search/web/{path.relative_to(root / 'web').as_posix()}"
        for path in (root / "web").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert names == expected


def test_the_wheel_alone_rebuilds_and_answers_in_both_languages(
    wheel: Path, root: Path, tmp_path: Path
) -> None:
    wheels = Path(sys.prefix) / "wheels"
    if not wheels.is_dir():
        missing = "No wheels to install from: make the environment with `make`."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    locked = (root / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^(\S+==\S+)(?: ;([^\\\n]+))?", locked, re.MULTILINE)
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(
        "".join(f"{pin} ; {marker}\n" if marker else f"{pin}\n" for pin, marker in pins)
    )
    pip = (python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", wheels)
    run(*pip, "-r", requirements, wheel, cwd=tmp_path)
    listed = json.loads(run(python, "-m", "pip", "list", "--format", "json", cwd=tmp_path))
    installed = {package["name"].lower() for package in listed}
    assert installed.isdisjoint({"pytest", "playwright", "mypy", "hypothesis"})

    shutil.copytree(root / "content", tmp_path / "content")
    command = tmp_path / "env" / "bin" / "transcript-search"
    assert "49 passages" in run(command, "rebuild", cwd=tmp_path)
    chinese = json.loads(run(command, "search", "--json", "专利资产", cwd=tmp_path))
    english = json.loads(run(command, "search", "--json", "talent pool", cwd=tmp_path))
    assert "專利資產" in chinese["hits"][0]["zh"]["text"]
    assert "talent pool" in english["hits"][0]["en"]["text"]
    page = (
        "from search.web import create_app; print(create_app().test_client().get('/?q=专利').text)"
    )
    assert "<mark" in run(python, "-c", page, cwd=tmp_path)
