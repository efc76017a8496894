"""Whatever the bytes of a file, it is read or refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.formats import READERS, Unreadable, read

PIECES = [
    *(
        text.encode()
        for text in ("你好，世界。", "Hello", "Wang: ", "---\n", "title: ", "\n\n", "\r")
    ),
    *(text.encode("gb18030") for text in ("你好", "，專利")),
    *(text.encode("utf-16") for text in ("你好", "a\n")),
    *(b"<p>", b"</p>", b"<table><tr><td>", b"<!--", b"<br>", b'<div hidden class="nav">', b"&#0;"),
    *(b"# ", b"- ", b"| a | b |\n|---|---|\n", b"```", b":::", b"> ", b"[^1]: ", b"**", b"[!NOTE]"),
    *(b"1\n00:00:01,000 --> 00:00:02,000\n", b"00:01.000 --> 99:99.999", b"WEBVTT\n", b"NOTE "),
    *(b"[Events]\n", b"Format: Start, Text\n", b"Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,"),
    *(b"{1}{1}25\n", b"{9}{}", b"{999999999}{0}a|b\n", b"{1}{1}0\n", b"PK\x03\x04", b"\xff\xfe"),
    *(b"\0", b"\xff", b"\x80", b"\xef\xbb\xbf", b"\x1b[2J", b"{\\p1}", b"<v ", b"99999999999999"),
]


@pytest.mark.parametrize("ending", READERS)
@settings(max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=24))
def test_anything_is_read_or_refused(ending: str, pieces: list[bytes]) -> None:
    try:
        document = read(f"a{ending}", b"".join(pieces))
    except Unreadable as refused:
        assert str(refused)
        return
    assert document.blocks and all(block.text.strip() for block in document.blocks)
    assert all(block.line >= 1 for block in document.blocks)
