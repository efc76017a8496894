"""Where is the index, and which one is it?

An index is a *generation*: a folder of its own, never changed once it is
there. The file `CURRENT` names the one to read and the checksum of its
manifest; the manifest holds the checksums of all its files. A build makes its
folder aside, and becomes current by one atomic replacement of `CURRENT`; what
a killed build leaves behind is swept up by the next.

    index/
      CURRENT                     {"generation": ..., "manifest": ...}
      20261122T101500-4f1c2a/     manifest.json, transcripts.json, Whoosh's files, ...
      cedict-1.2.0-1/             CC-CEDICT, prepared: what generations share
      building-20261122T1016.../  a build under way, or the litter of one
      lock, builder               held while a build is under way; who holds it
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.errors import BuildRunning, IndexCorrupt, IndexMissing, IndexStale, SearchError

FORMAT = 10
"""Raised by every change of what a generation holds."""

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
FILES = "files.json"
"""The sizes and checksums of the files in a folder that generations share."""
_BUILDING = "building-"
_POINTER = re.compile(
    r'\{"generation": "([0-9A-Za-z][0-9A-Za-z.-]{0,80})", "manifest": "([0-9a-f]{32})"\}'
)
_CHUNK = 2**20
_KEPT_BEHIND = 1
"""Generations left in place behind the current one, for whoever is just opening one."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A folder with an index that was found whole, and what its manifest says."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.path.name

    def shared(self, beginning: str) -> Path | None:
        """The folder beside it, of those it shares, whose name begins so."""
        names = self.manifest.get("shares") or ()
        name = next((name for name in names if name.startswith(beginning)), None)
        return self.path.parent / name if name else None

    def read(self, file: str) -> Any:
        """The value in one of its JSON files."""
        return json.loads((self.path / file).read_text("utf-8"))


def stamp(index: Path) -> tuple[int, int, int] | None:
    """Changes when another generation becomes current; `None` if there is none."""
    try:
        stat = os.stat(index / CURRENT)
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


def current(index: Path) -> Generation:
    """The current generation, with every file checked against its checksum.

    Raises `IndexMissing`, `IndexStale` or `IndexCorrupt`.
    """
    seen = None
    while True:
        try:
            pointer = (index / CURRENT).read_text("utf-8")
        except FileNotFoundError:
            raise IndexMissing(index) from None
        except (OSError, UnicodeDecodeError) as problem:
            raise IndexCorrupt(index, CURRENT, f"cannot be read ({problem})") from None
        try:
            return _open(index, pointer)
        except FileNotFoundError as problem:
            # Swept between the two reads because a newer one became current: look again.
            if pointer == seen:
                raise IndexCorrupt(index, str(problem.filename), "is gone") from None
            seen = pointer


def _open(index: Path, pointer: str) -> Generation:
    named = _named(pointer)
    if named is None:
        raise IndexCorrupt(index, CURRENT, "is not what was written")
    name, checksum = named
    path = index / name
    data = (path / MANIFEST).read_bytes()
    if _digest(data) != checksum:
        raise IndexCorrupt(index, f"{name}/{MANIFEST}", "was changed or cut short")
    manifest = _manifest(data)
    if manifest is None:
        raise IndexCorrupt(index, f"{name}/{MANIFEST}", "is not what was written")
    if manifest.get("format") != FORMAT:
        made = manifest.get("format")
        raise IndexStale(index, f"The index in {index} has format {made}, not {FORMAT}.")
    shared = manifest.get("shares") or {}
    for folder, files in ((name, manifest["files"]), *shared.items()):
        for file, kept in files.items():
            if not _is_whole(index / folder / file, kept):
                raise IndexCorrupt(index, f"{folder}/{file}", "was changed or cut short")
    return Generation(path, manifest)


def current_manifest(index: Path) -> Mapping[str, Any] | None:
    """What the current generation says of itself, unchecked; `None` if that cannot be read."""
    name = _current_name(index)
    return _read(index / name / MANIFEST) if name else None


def _current_name(index: Path) -> str | None:
    """The generation that `CURRENT` names, if it can be read."""
    try:
        named = _named((index / CURRENT).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return named[0] if named else None


def _named(pointer: str) -> tuple[str, str] | None:
    """The generation and the checksum in the text of `CURRENT`; `None` if it is another text."""
    found = _POINTER.fullmatch(pointer)
    return (found[1], found[2]) if found else None


def _read(manifest: Path) -> dict[str, Any] | None:
    try:
        return _manifest(manifest.read_bytes())
    except OSError:
        return None


def _manifest(data: bytes) -> dict[str, Any] | None:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) else None


@contextmanager
def building(index: Path) -> Iterator[Path]:
    """A folder to build in, while no other build runs and after the litter of dead ones is swept.

    Raises `BuildRunning` at once if another process builds. The folder is
    removed if the block raises.
    """
    # Who only reads need not wait for it.
    from filelock import FileLock, Timeout

    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise BuildRunning(_who(index)) from None
    except OSError as problem:
        raise SearchError(
            f"The folder {index} cannot be written: {problem.strerror}. "
            "Give another one with --index."
        ) from None
    try:
        (index / "builder").write_text(f"process {os.getpid()}, since {now()}\n", "utf-8")
        sweep(index)
        path = index / f"{_BUILDING}{_timestamp()}-{secrets.token_hex(3)}"
        path.mkdir()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
            sweep(index)
    finally:
        with suppress(OSError):
            (index / "builder").unlink()
        lock.release()


def share(index: Path, name: str, make: Callable[[Path], object]) -> Mapping[str, Any]:
    """What a manifest says, as `shares`, of a folder that generations share.

    `make` is called with a folder to fill if there is no whole one. It is
    swept when no manifest names it any more.
    """
    path = index / name
    files = _shared(path)
    if files is None:
        aside = index / f"{_BUILDING}{name}-{secrets.token_hex(3)}"
        aside.mkdir()
        make(aside)
        files = _checksums(aside)
        (aside / FILES).write_text(json.dumps(files), "utf-8")
        for file in aside.iterdir():
            _sync(file)
        _sync(aside)
        shutil.rmtree(path, ignore_errors=True)
        aside.rename(path)
        _sync(index)
    return {name: files}


def _shared(path: Path) -> dict[str, Any] | None:
    """The sizes and checksums of the files in a shared folder; `None` if they do not hold."""
    try:
        files = _manifest((path / FILES).read_bytes())
        whole = files and all(_is_whole(path / file, kept) for file, kept in files.items())
    except (OSError, TypeError, ValueError):
        return None
    return files if whole else None


def seal(path: Path, manifest: Mapping[str, Any]) -> Generation:
    """Writes the manifest of a finished folder, with a checksum of each of its files."""
    whole = {"format": FORMAT, **manifest, "files": _checksums(path)}
    (path / MANIFEST).write_text(json.dumps(whole, indent=1), "utf-8")
    return Generation(path, whole)


def publish(index: Path, built: Generation) -> Generation:
    """Makes a sealed folder the current generation, on disk before it is named."""
    for file in built.path.rglob("*"):
        _sync(file)
    _sync(built.path)
    path = index / built.name.removeprefix(_BUILDING)
    built.path.rename(path)
    _sync(index)
    checksum = _digest((path / MANIFEST).read_bytes())
    beside = index / f"{_BUILDING}{CURRENT}"
    beside.write_text(json.dumps({"generation": path.name, "manifest": checksum}), "utf-8")
    _sync(beside)
    os.replace(beside, index / CURRENT)
    _sync(index)
    return Generation(path, built.manifest)


def sweep(index: Path) -> None:
    """Removes what dead builds left, and generations that nobody opens any more.

    Only while the lock is held. A reader that has an old generation open
    keeps its files until it closes them.
    """
    current = _current_name(index)
    others = [path.parent for path in index.glob(f"*/{MANIFEST}") if path.parent.name != current]
    others.sort(key=lambda path: path.stat().st_mtime_ns)
    keep = {current, *(path.name for path in others[-_KEPT_BEHIND:])} if current else set()
    for name in tuple(keep):
        manifest = _read(index / name / MANIFEST)
        keep |= set((manifest or {}).get("shares") or ())
    for path in index.iterdir():
        if path.name.startswith(_BUILDING) or (path.is_dir() and path.name not in keep):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _timestamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")


def _who(index: Path) -> str:
    try:
        builder = f" ({(index / 'builder').read_text('utf-8').strip()})"
    except OSError:
        builder = ""
    return (
        f"Another rebuild of {index} is running{builder}. "
        "Wait for it to end; the index it replaces can be searched meanwhile."
    )


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _checksums(path: Path) -> dict[str, list[int]]:
    """The size and the checksum of each file in a folder."""
    return {
        file.relative_to(path).as_posix(): [file.stat().st_size, _crc32(file)]
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def _is_whole(path: Path, kept: Sequence[int]) -> bool:
    size, checksum = kept
    return os.stat(path).st_size == size and _crc32(path) == checksum


def _crc32(path: Path) -> int:
    checksum = 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _sync(path: Path) -> None:
    """Has the system write a file or a folder's entries to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
