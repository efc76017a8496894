"""What do we have? `content/` as transcripts, in a stable order.

Files are read in the order of their names. A file that cannot be read is
named with its reason and never keeps the others from being read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType

from search.analysis import Analyzer
from search.errors import ContentError
from search.formats import LARGEST, READERS, Unreadable
from search.model import Refusal, Transcript
from search.readers import Request, transcripts
from search.repair import EditorsRepairs, read_repairs
from search.sources import DICTIONARY, LISTS, REPAIRS, File, sources

VERSION = 7
"""Raised by every change that makes other passages of the same files."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A transcript that is read from just what it was read from before."""

    id: str


@dataclass(frozen=True, slots=True)
class Library:
    """All that was read or is unchanged, in order, and the files that could not be read."""

    found: tuple[Transcript | Unchanged, ...]
    refusals: tuple[Refusal, ...]
    checksums: dict[str, str]

    @property
    def transcripts(self) -> tuple[Transcript, ...]:
        """Those that were read."""
        return tuple(held for held in self.found if isinstance(held, Transcript))


def checksums(content: Path) -> dict[str, str]:
    """The checksum of every file that decides what the index holds, by name."""
    found: dict[str, str] = {}
    for source in sources(content):
        for file in source.all_files:
            try:
                found[file.name] = _checksum(_bytes(file, content))
            except Unreadable as problem:
                found[file.name] = str(problem)
    return found | {name: own for name, own in _lists(content).items() if own}


def _lists(content: Path) -> dict[str, str]:
    """The checksums of the editors' lists, empty for one that is not there."""
    return {name: _checksum_of(content / name) for name in LISTS}


def stamps(content: Path) -> dict[str, tuple[int, int]]:
    """When each file was changed and its size in bytes: cheaper to ask for than checksums."""
    found: dict[str, tuple[int, int]] = {}
    for path in content.rglob("*"):
        try:
            stat = path.stat()
        except OSError:
            continue
        found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return found


def load(
    content: Path,
    progress: Callable[[str], None] = lambda name: None,
    before: Mapping[str, str] = MappingProxyType({}),
) -> Library:
    """Reads all of `content/`; `progress` is called with the name of each transcript's files.

    `before` has the digests of transcripts that need not be read again, by
    id. Raises `ContentError` if nothing there can be read.
    """
    places: dict[str, Transcript | Unchanged | None] = {}
    digests: list[tuple[str, str]] = []
    editors, refusals = repairs(content)
    own = _lists(content)
    read_as = {name: checksum for name, checksum in own.items() if checksum}

    def changed() -> Iterator[Request]:
        for source in sources(content):
            progress(source.name)
            data: dict[File, bytes] = {}
            for file in source.all_files:
                try:
                    # What is indexed is what is remembered: the file may change at any moment.
                    data[file] = _bytes(file, content)
                    read_as[file.name] = _checksum(data[file])
                except Unreadable as problem:
                    read_as[file.name] = str(problem)
                    refusals.append(Refusal(file.name, str(problem)))
            names = [f"{file.name}\n{read_as[file.name]}" for file in source.all_files]
            # A repair of the editors' may change any transcript.
            digest = _checksum("\n".join((*names, own[REPAIRS])).encode())
            same = before.get(source.id) == digest
            places[source.id] = Unchanged(source.id) if same else None
            if not same:
                digests.append((source.id, digest))
                yield source, data

    for number, (read, refused) in enumerate(transcripts(changed(), editors)):
        refusals += refused
        if read:
            id, digest = digests[number]
            # What is refused has to be said again whenever it is read.
            places[id] = read if refused else replace(read, digest=digest)
    found = tuple(held for held in places.values() if held)
    if not found:
        readable = ", ".join(sorted(READERS))
        why = "".join(f" {refusal.file}: {refusal.reason}." for refusal in refusals[:5])
        raise ContentError(
            f"No transcript can be read in {content.resolve()}.{why} "
            f"Put transcripts there ({readable}), or name another folder with --content."
        )
    return Library(found, tuple(refusals), read_as)


def dictionary(content: Path) -> tuple[list[str], list[Refusal]]:
    """The editors' own words, and the lines of the list that are none."""
    path = content / DICTIONARY
    if not path.is_file():
        return [], []
    words: list[str] = []
    refusals: list[Refusal] = []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as problem:
        return [], [Refusal(DICTIONARY, f"not UTF-8 at byte {problem.start}")]
    for number, line in enumerate(lines, 1):
        word = line.split()[0] if line.split() else ""
        if not word or word.startswith("#"):
            continue
        if Analyzer([word]).words:
            words.append(word)
        else:
            refusals.append(
                Refusal(f"{DICTIONARY}, line {number}", f"{word!r} is not of Han characters alone")
            )
    return words, refusals


def repairs(content: Path) -> tuple[EditorsRepairs, list[Refusal]]:
    """The editors' own repairs, and the lines of the list that are none."""
    path = content / REPAIRS
    if not path.is_file():
        return EditorsRepairs({}), []
    try:
        found, wrong = read_repairs(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as problem:
        return EditorsRepairs({}), [Refusal(REPAIRS, f"not UTF-8 at byte {problem.start}")]
    return found, [Refusal(f"{REPAIRS}, line {number}", what) for number, what in wrong]


def _bytes(file: File, content: Path) -> bytes:
    """What is in a file, if it is one, of a bearable size, and within `content`."""
    try:
        # A link may lead anywhere, a pipe may never end: look before reading.
        if not file.path.resolve().is_relative_to(content.resolve()):
            raise Unreadable("a link that points out of the folder")
        stat = file.path.stat()
        if not S_ISREG(stat.st_mode):
            raise Unreadable("not a file")
        if stat.st_size > LARGEST:
            raise Unreadable(f"{stat.st_size:,} bytes, more than {LARGEST:,}")
        with file.path.open("rb") as opened:
            # It may grow while it is read.
            return opened.read(LARGEST)
    except FileNotFoundError:
        raise Unreadable("not a file") from None
    except OSError as problem:
        raise Unreadable(problem.strerror or str(problem)) from None
    except RuntimeError:
        raise Unreadable("a link that leads to itself") from None


def _checksum_of(path: Path) -> str:
    """The checksum of one of the editors' lists; empty if there is none."""
    return _checksum(path.read_bytes()) if path.is_file() else ""


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
