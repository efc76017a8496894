"""What do we have? `content/` as transcripts, in a stable order.

Files are read in the order of their names. A file that cannot be read is
named with its reason and never keeps the others from being read.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType

from search.align import align
from search.analysis import Analyzer, fold
from search.errors import ContentError
from search.formats import LARGEST, READERS, Unreadable, read
from search.model import Block, Doubt, Refusal, Repair, Transcript
from search.repair import repair
from search.structure import paragraphs

VERSION = 1
"""Raised by every change that makes other passages of the same files."""

DICTIONARY = "dictionary.txt"
"""The editors' own Chinese words, one a line; what follows a space on a line is left alone."""

_NOT_TRANSCRIPTS = frozenset({DICTIONARY, "glossary.tsv", "repairs.tsv"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file of `content/`: its path, its name with `/` between folders, its id."""

    path: Path
    name: str
    id: str


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


def sources(content: Path) -> list[Source]:
    """The files of `content/` that may be transcripts, by name.

    Hidden files, `README.md` and the editors' lists are none.
    """
    if not content.is_dir():
        raise ContentError(
            f"There is no folder {content} to read transcripts from. "
            "Make it and put transcripts there, or name another one with --content."
        )
    found: list[Source] = []
    ids: set[str] = set()
    for path in sorted(content.rglob("*")):
        # A name may be any bytes; what is written of it is text.
        name = os.fsencode(path.relative_to(content).as_posix()).decode("utf-8", "replace")
        hidden = any(part.startswith(".") for part in path.relative_to(content).parts)
        if hidden or name in _NOT_TRANSCRIPTS or path.name == "README.md" or path.is_dir():
            continue
        found.append(Source(path, name, _slug(name, ids)))
    return found


def checksums(content: Path) -> dict[str, str]:
    """The checksum of every file that decides what the index holds, by name."""
    found: dict[str, str] = {}
    for source in sources(content):
        try:
            found[source.name] = _checksum(_bytes(source, content))
        except Unreadable as problem:
            found[source.name] = str(problem)
    if (content / DICTIONARY).is_file():
        found[DICTIONARY] = _checksum((content / DICTIONARY).read_bytes())
    return found


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
    """Reads all of `content/`; `progress` is called with each file's name.

    `before` has the digests of transcripts that need not be read again, by
    id. Raises `ContentError` if nothing there can be read.
    """
    found: list[Transcript | Unchanged] = []
    refusals: list[Refusal] = []
    read_as: dict[str, str] = {}
    for source in sources(content):
        progress(source.name)
        try:
            # What is indexed is what is remembered: the file may change at any moment.
            data = _bytes(source, content)
            read_as[source.name] = _checksum(data)
            digest = _checksum(f"{source.name}\n{read_as[source.name]}".encode())
            if before.get(source.id) == digest:
                found.append(Unchanged(source.id))
            else:
                found.append(replace(_transcript(source, data), digest=digest))
        except Unreadable as problem:
            read_as.setdefault(source.name, str(problem))
            refusals.append(Refusal(source.name, str(problem)))
    if not found:
        readable = ", ".join(sorted(READERS))
        why = "".join(f" {refusal.file}: {refusal.reason}." for refusal in refusals[:5])
        raise ContentError(
            f"No transcript can be read in {content.resolve()}.{why} "
            f"Put transcripts there ({readable}), or name another folder with --content."
        )
    if (content / DICTIONARY).is_file():
        read_as[DICTIONARY] = _checksum((content / DICTIONARY).read_bytes())
    return Library(tuple(found), tuple(refusals), read_as)


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


def _bytes(source: Source, content: Path) -> bytes:
    """What is in a file, if it is one, of a bearable size, and within `content`."""
    try:
        # A link may lead anywhere, a pipe may never end: look before reading.
        if not source.path.resolve().is_relative_to(content.resolve()):
            raise Unreadable("a link that points out of the folder")
        stat = source.path.stat()
        if not S_ISREG(stat.st_mode):
            raise Unreadable("not a file")
        if stat.st_size > LARGEST:
            raise Unreadable(f"{stat.st_size:,} bytes, more than {LARGEST:,}")
        return source.path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("not a file") from None
    except OSError as problem:
        raise Unreadable(problem.strerror or str(problem)) from None
    except RuntimeError:
        raise Unreadable("a link that leads to itself") from None


def _transcript(source: Source, data: bytes) -> Transcript:
    blocks: list[Block] = []
    repairs: list[Repair] = []
    doubts: list[Doubt] = []
    for block in read(source.name, data):
        text, repaired, doubted = repair(block.text, block.line)
        repairs += repaired
        doubts += doubted
        if text.strip():
            blocks.append(Block(text.strip(), block.line))
    if not blocks:
        raise Unreadable("no text is left when it is repaired")
    transcript = align(paragraphs(blocks), source.id, source.name)
    return replace(transcript, repairs=tuple(repairs), doubts=tuple([*doubts, *transcript.doubts]))


def _slug(name: str, taken: set[str]) -> str:
    """A file's name as an id for addresses, unlike all before it.

    >>> _slug("IP People/Wang Xiaogang.txt", set()), _slug("王曉剛.txt", set())
    ('ip-people-wang-xiaogang', '王晓刚')
    """
    stem = fold(name[: name.rfind(".")] if "." in name else name)
    slug = base = re.sub(r"[\W_]+", "-", stem).strip("-") or "transcript"
    number = 2
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    taken.add(slug)
    return slug


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
