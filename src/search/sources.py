"""Which files make which transcript?

One file is one transcript, but for an interview in two files whose names
differ in a language only (`talk.en.srt`, `talk.zh.srt`). A TOML file of the
same name is what the editors say of it.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from search.analysis import fold
from search.errors import ContentError
from search.formats import SUBTITLES
from search.model import Lang

DICTIONARY = "dictionary.txt"
"""The editors' own Chinese words, one a line; what follows a space on a line is left alone."""

REPAIRS = "repairs.tsv"
"""The editors' own repairs: what stands in a file, a tab, what is meant."""

LISTS = (DICTIONARY, "glossary.tsv", "regional.tsv", REPAIRS)
"""The editors' lists. They are no transcripts."""
_SIDECAR = ".toml"
_PAGES = (".html", ".htm", ".xhtml")
_PARTS_OF_PAGE = ("_files", ".files", "_文件", "_檔案")
"""How browsers end the name of the folder that they save beside a page."""

_TAGS = {
    Lang.EN: "en eng english en-us en-gb en-au en-ca 英文 英语 英語".split(),
    # Of two Chinese versions the one whose tag comes first is the other side.
    Lang.ZH: """zh zho chi chinese cn 中文 zh-cn zh-hans zh-sg zh-hans-cn chs sc 简体 zh-tw zh-hant
    zh-hk zh-mo zh-hant-tw zh-hant-hk cht tc tw 繁體 繁体""".split(),
}
_LANGUAGES = {tag: (lang, rank) for lang, tags in _TAGS.items() for rank, tag in enumerate(tags)}
_ANY_TAG = "|".join(_LANGUAGES).replace("-", "[-_]")
_TAGGED = re.compile(rf"(?P<stem>.*?[^ ._-])[ ._-]+(?P<tag>{_ANY_TAG})", re.I | re.S)


@dataclass(frozen=True, slots=True)
class File:
    """A file of `content/`: its path, its name with `/` between folders."""

    path: Path
    name: str
    lang: Lang | None = None
    """Its language, if it is one of two of a transcript."""

    @property
    def stem(self) -> str:
        """The name without its ending.

        >>> File(Path("x"), "a.b/Talk one.TXT").stem
        'a.b/Talk one'
        """
        folder, slash, last = self.name.rpartition("/")
        return folder + slash + (last[: last.rfind(".")] if "." in last else last)

    @property
    def ending(self) -> str:
        return self.name[len(self.stem) :].lower()


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one transcript, what the editors say of it, and its id."""

    id: str
    files: tuple[File, ...]
    sidecar: File | None = None

    @property
    def name(self) -> str:
        return " + ".join(file.name for file in self.files)

    @property
    def all_files(self) -> tuple[File, ...]:
        """With the sidecar, last."""
        return (*self.files, self.sidecar) if self.sidecar else self.files

    @property
    def is_sidecar(self) -> bool:
        """Whether this is what somebody says of a transcript that is not there."""
        return self.files[0].ending == _SIDECAR


def sources(content: Path) -> list[Source]:
    """What may be transcripts in `content/`, by name.

    Hidden files, `README.md` and the editors' lists are none.
    """
    if not content.is_dir():
        raise ContentError(
            f"There is no folder {content} to read transcripts from. "
            "Make it and put transcripts there, or name another one with --content."
        )
    files = _files(content)
    sidecars = {file.stem: file for file in files if file.ending == _SIDECAR}
    ids: set[str] = set()
    found: list[Source] = []
    for stem, together in _grouped([file for file in files if file.ending != _SIDECAR]):
        sidecar = sidecars.get(stem)
        found.append(Source(_slug(stem, ids), together, sidecar))
    used = {source.sidecar for source in found}
    alone = [file for file in sidecars.values() if file not in used]
    return found + [Source(_slug(file.stem, ids), (file,)) for file in alone]


def _files(content: Path) -> list[File]:
    paths = sorted(path for path in content.rglob("*") if not path.is_dir())
    pages = {path.with_suffix("") for path in paths if path.suffix.lower() in _PAGES}
    found: list[File] = []
    for path in paths:
        inside = path.relative_to(content)
        # A name may be any bytes; what is written of it is text.
        name = os.fsencode(inside.as_posix()).decode("utf-8", "replace")
        if (
            any(part.startswith(".") for part in inside.parts)
            or name in LISTS
            or path.name == "README.md"
            or any(_is_of_page(folder, pages) for folder in path.parents)
        ):
            continue
        found.append(File(path, name))
    return found


def _is_of_page(folder: Path, pages: set[Path]) -> bool:
    """Whether a folder holds the pictures and programs of a page that was saved beside it."""
    return any(
        folder.name.endswith(ending) and folder.with_name(folder.name.removesuffix(ending)) in pages
        for ending in _PARTS_OF_PAGE
    )


def _grouped(files: list[File]) -> list[tuple[str, tuple[File, ...]]]:
    """The files of each transcript with the name that they share, by the first of them."""
    tagged: defaultdict[tuple[str, bool], dict[Lang, list[tuple[int, File]]]] = defaultdict(dict)
    for file in files:
        if found := _language_of(file.stem):
            stem, lang, rank = found
            # Subtitles answer each other by time, texts by their paragraphs.
            key = stem, file.ending in SUBTITLES
            tagged[key].setdefault(lang, []).append((rank, file))
    halves: dict[File, tuple[str, tuple[File, ...]]] = {}
    for (stem, _), by_lang in tagged.items():
        if len(by_lang) == 2:
            pair = tuple(
                File(file.path, file.name, lang)
                for lang in Lang
                for _, file in [min(by_lang[lang], key=lambda ranked: (ranked[0], ranked[1].name))]
            )
            names = {file.name for file in pair}
            halves |= {file: (stem, pair) for file in files if file.name in names}
    # A pair stands where the first of its files does.
    return list(dict.fromkeys(halves.get(file, (file.stem, (file,))) for file in files))


def _language_of(stem: str) -> tuple[str, Lang, int] | None:
    """A name without the language at its end, that language, and the rank of its tag.

    >>> _language_of("talks/One.zh-Hans"), _language_of("a_EN"), _language_of("dozen")
    (('talks/One', <Lang.ZH: 'zh'>, 7), ('a', <Lang.EN: 'en'>, 0), None)
    """
    found = _TAGGED.fullmatch(stem)
    if not found:
        return None
    lang, rank = _LANGUAGES[found["tag"].lower().replace("_", "-")]
    return found["stem"], lang, rank


def _slug(stem: str, taken: set[str]) -> str:
    """A name as an id for addresses, unlike all before it.

    >>> _slug("IP People/Wang Xiaogang", set()), _slug("王曉剛", set())
    ('ip-people-wang-xiaogang', '王晓刚')
    """
    slug = base = re.sub(r"[\W_]+", "-", fold(stem)).strip("-") or "transcript"
    number = 2
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    taken.add(slug)
    return slug
