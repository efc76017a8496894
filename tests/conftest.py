"""What tests stand on: the real content, a real index of it, small archives made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import search
from search.analysis import Analyzer, chinese
from search.lexicon import cedict
from search.library import load
from search.model import Transcript

# Examples may take long on a busy machine, and are the same in every run of the suite.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"

EDITION = cedict.edition
"""Which CC-CEDICT is installed: small archives are built as if none were, which is quicker."""

MakeArchive = Callable[..., search.Archive]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the project's own content."""
    index = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cedict, "edition", EDITION)
        search.rebuild(CONTENT, index)
    return index


@pytest.fixture(scope="session")
def archive(index_dir: Path) -> search.Archive:
    """The project's own content, to be searched."""
    return search.open_archive(index_dir)


@pytest.fixture(scope="session")
def interview() -> Transcript:
    """The interview in `content/`, read, repaired and aligned."""
    (transcript,) = load(CONTENT).transcripts
    return transcript


@pytest.fixture(scope="session", autouse=True)
def _jieba() -> Iterator[None]:
    """rjieba is there to be tested by itself; all else is as on a plain installation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chinese, "fastest", lambda: chinese.JIEBA)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_dictionary() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cedict, "edition", lambda: None)
        yield


@pytest.fixture
def cc_cedict(monkeypatch: pytest.MonkeyPatch) -> str:
    """CC-CEDICT as it is installed; its edition."""
    monkeypatch.setattr(cedict, "edition", EDITION)
    edition = EDITION()
    assert edition
    return edition


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture
def make_archive(tmp_path: Path) -> MakeArchive:
    """Makes an archive of the given texts, one file each, with other files by name."""

    def make(*texts: str, **files: str) -> search.Archive:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        for number, text in enumerate(texts, 1):
            (content / f"text-{number}.txt").write_text(text, "utf-8")
        for name, text in files.items():
            (content / name.replace("__", ".")).write_text(text, "utf-8")
        search.rebuild(content, tmp_path / "index")
        return search.open_archive(tmp_path / "index")

    return make
