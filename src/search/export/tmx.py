"""Translation Memory eXchange: pairs of sentences for translators' programs.

TMX 1.4b, https://www.gala-global.org/tmx-14b. A passage gives a unit for each
pair of sentences that answer each other, or one of its whole texts where its
sentences are not told apart; one that has one side only gives none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from io import BytesIO

from lxml import etree

from search.export.entry import Entry, named, unwritable, writable
from search.model import Passage

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TOOL = "transcript-search"


def write(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The file in pieces, one a passage."""
    out = BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write(_header())
            with file.element("body"):
                for entry in entries:
                    for unit in _units(entry):
                        file.write("\n", unit)
                    file.flush()
                    yield _taken(out)
                file.write("\n")
    yield _taken(out)


def pairs(passage: Passage) -> list[tuple[str, str]]:
    """The English and Chinese texts of a passage that answer each other, in order."""
    if not (passage.en and passage.zh):
        return []
    spans = passage.sentences or (((0, len(passage.en)), (0, len(passage.zh))),)
    return [(passage.en[a:b], passage.zh[c:d]) for (a, b), (c, d) in spans]


def _header() -> etree._Element:
    return etree.Element(
        "header",
        {
            "creationtool": _TOOL,
            "creationtoolversion": version(_TOOL),
            "segtype": "sentence",
            "o-tmf": _TOOL,
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "plaintext",
        },
    )


def _units(entry: Entry) -> Iterator[etree._Element]:
    passage, about = entry.hit.passage, entry.about
    segtype = "sentence" if passage.sentences else "paragraph"
    known = {
        "x-speaker": named(passage.speaker),
        "x-place": f"{about.file}:{passage.line}",
        "x-confidence": str(passage.alignment.confidence) if passage.alignment else "",
    }
    for number, texts in enumerate(pairs(passage), 1):
        unit = etree.Element("tu", tuid=writable(f"{passage.id}.{number}"), segtype=segtype)
        if replaced := unwritable("".join(texts)):
            # The standard has no way to write them: whoever compares the texts is told.
            note = etree.SubElement(unit, "note")
            note.text = f"U+FFFD stands for {', '.join(replaced)}, which XML cannot hold."
        for kind, value in known.items():
            if value:
                etree.SubElement(unit, "prop", type=kind).text = writable(value)
        for lang, text in zip(("en", "zh"), texts, strict=True):
            variant = etree.SubElement(unit, "tuv", {_LANG: lang})
            etree.SubElement(variant, "seg").text = writable(text)
        yield unit


def _taken(out: BytesIO) -> bytes:
    data = out.getvalue()
    out.seek(0)
    out.truncate()
    return data
