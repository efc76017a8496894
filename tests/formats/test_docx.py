"""Word files are read whole and in order, and hostile ones are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from search.formats import Unreadable, read
from search.model import Role

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """The package with other bytes for some parts, whose names have `__` for `/`."""
    file = io.BytesIO()
    names = {name.replace("__", "/") + ".xml": new for name, new in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            content = names.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name in names.keys() - set(old.namelist()):
            new.writestr(name, names[name] or b"")
    return file.getvalue()


def talk(document: Any) -> None:
    document.add_heading("对话王晓刚", 0)
    document.add_heading("Part one", 2)
    paragraph = document.add_paragraph()
    paragraph.add_run("王晓刚：").bold = True
    paragraph.add_run("我们有专利。").add_break()
    paragraph.add_run("Wang: Patents.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["你好", "Hello", "一\n二", "One"], strict=True):
        cell.text = text
    table.cell(1, 1).add_paragraph("Two")
    document.add_paragraph("After the table.")


def test_paragraphs_headings_and_tables_come_in_the_order_of_the_document() -> None:
    document = read("a.docx", made(talk))
    assert [(block.text, block.row) for block in document.blocks] == [
        ("对话王晓刚", None),
        ("Part one", None),
        ("王晓刚：我们有专利。", None),
        ("Wang: Patents.", None),
        ("你好", 1),
        ("Hello", 1),
        ("一二", 2),
        ("One", 2),
        ("Two", 2),
        ("After the table.", None),
    ]
    assert [block.line for block in document.blocks] == [1, 2, 3, 3, 4, 5, 6, 7, 8, 9]
    assert [block.role for block in document.blocks][:3] == [Role.HEADING, Role.HEADING, None]
    assert (document.format, document.encoding) == ("docx", None)


def test_what_was_inserted_is_read_and_what_was_deleted_or_remarked_is_named() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Said ")
        for xml in (
            "<w:ins {}><w:r><w:t>and added</w:t></w:r></w:ins>",
            "<w:del {}><w:r><w:delText>and deleted</w:delText></w:r></w:del>",
            "<w:sdt {}><w:sdtContent><w:r><w:t>, 框里</w:t></w:r></w:sdtContent></w:sdt>",
            "<w:r {}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>",
        ):
            paragraph._p.append(parse_xml(xml.format(W)))
        document.sections[0].header.paragraphs[0].text = "Head of the page"
        document.add_comment(paragraph.runs[0], text="A remark")

    document = read("a.docx", made(fill))
    assert [block.text for block in document.blocks] == ["Said and added, 框里", "In a box"]
    left = [omission.text for omission in document.omitted]
    assert sorted(left) == ["A remark", "Head of the page", "and deleted"]


def test_footnotes_are_notes_at_the_end() -> None:
    data = made(lambda document: document.add_paragraph("Text."))
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>注一</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").replace(
            b"</Types>",
            b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
            b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
        )
        rels = package.read("word/_rels/document.xml.rels").replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
        )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                {"[Content_Types].xml": types, "word/_rels/document.xml.rels": rels}.get(
                    name, old.read(name)
                ),
            )
        new.writestr("word/footnotes.xml", notes)
    document = read("a.docx", file.getvalue())
    assert [(b.text, b.role) for b in document.blocks] == [("Text.", None), ("注一", Role.NOTE)]


def bomb(size: int, parts: int = 1) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(parts):
            package.writestr(f"word/{number}.xml", b"a" * size)
    return file.getvalue()


def document_xml(body: str, head: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
    return changed(made(talk), word__document=xml.encode())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "no docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older .doc"),
        (bomb(40 * 2**20), "bytes unpacked, more than"),
        (bomb(2**10, 10_001), "parts of"),
        (bomb(10), "no docx"),
        (changed(made(talk), word__document=b"<broken"), "no docx"),
        (changed(made(talk), word__document=None), "no docx"),
        (document_xml(""), "no text"),
        (
            document_xml("<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400),
            "no docx|deep",
        ),
        (
            document_xml(
                "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>",
                '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
            ),
            "document type",
        ),
        (
            document_xml(
                "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
                '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ),
            "document type",
        ),
    ],
)
def test_what_is_no_document_or_means_harm_is_refused_with_the_reason(
    data: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        read("a.docx", data)


def test_a_package_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    data = made(talk)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match="no docx"):
        read("a.docx", lying)


@given(cut=st.integers(0, 30_000), byte=st.integers(0, 255))
def test_a_broken_package_is_refused_or_read_and_nothing_else(cut: int, byte: int) -> None:
    data = bytearray(GOOD)
    data[cut % len(data)] = byte
    for broken in (bytes(data), GOOD[: cut % len(GOOD)]):
        try:
            read("a.docx", broken)
        except Unreadable:
            continue


GOOD = made(talk)


@settings(max_examples=20)
@given(
    texts=st.lists(
        st.text(
            st.characters(categories=["L", "N"], max_codepoint=0xFFFF), min_size=1, max_size=20
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_paragraph_comes_back(texts: list[str]) -> None:
    def fill(document: Any) -> None:
        for text in texts:
            document.add_paragraph(text)

    assert [block.text for block in read("a.docx", made(fill)).blocks] == texts
