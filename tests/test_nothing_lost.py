"""The sum: every line of a file is in a passage, a name, what is known of it, or the report.

Words that begin with `w` are text, those that begin with `m` are markup, which
is none: addresses, styles, programs, pictures, the looks of a cue.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from search.library import load
from search.model import Transcript

TEXTS = {
    "a.txt": """\
---
title: {en: w01 title, zh: 對話w02}
date: 2021-03-05
issue: w03
source: w04
speakers:
- en: w05 Knuth
  zh: 高德纳
  aliases: [DK]
mood: w07
---
w08 Title Line

Editor: w09
編輯:w10   校對:w11

王曉剛：w12 我們。
Wang Xiaogang: We w13.

[00:01:02] 王曉剛：w14。
Wang Xiaogang (00:01:03): w15.

* * *

w16

來源：w17

The End w18
""",
    "a.md": """\
---
title: w01
date: 2021
nonsense: w02
---
# w03 Heading

<!-- w04 comment -->

> [!NOTE] w05
> Note w06 here.

**王曉剛：** w07 有。
**Wang Xiaogang:** w08 have.[^1]

- w09 point。
  - w10 answer.

| w11 头 | w12 head |
|---|---|
| w13 有 | w14 have |

```m15 info
w16 fenced
```

::: m17
w18
:::

![w19 alt](pic.png "m20")
[w21](http://x.y/m22)
<div>w23</div>
<script>m24</script>
w25 | w26
[ref]: http://example.com/w27 "w28"

[^1]: w29 footnote.

Setext w30
=====

    w31 code
""",
    "a.srt": r"""1
00:00:01,000 --> 00:00:02,000
w01 有
w02 have

2
00:00:03,000 --> 00:00:04,000 X1:40 Y1:30
<i>w03</i> {\an8} w04
- w05

w06 stray line

nonsense
00:00:05,000 --> 00:00:bad
w07

4
00:00:09,000 --> 00:00:10,000

5
00:00:11,000 --> 00:00:12,000
w08""",
    "a.vtt": """\
WEBVTT - w01 title
Kind: w02
Language: en

NOTE w03
more w04

STYLE
::cue(.w05) { color: red }

REGION
id:w06

w07 name
00:01.000 --> 00:02.000 align:start m08
<v w09 Roger>w10 have</v>
w11 有

00:03.000 --> 00:bad
w12

w13 stray
""",
    "a.ass": r"""[Script Info]
Title: w01
; comment w02
Original Script: w03
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: w04,Arial

[Fonts]
fontname: m05.ttf
ABCDEF

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,w06
Dialogue: 0,0:00:01.00,0:00:02.00,Default,w07,0,0,0,,w08 有\Nw09 have
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 1 1{\p0}
Dialogue: 0,0:bad,0:00:04.00,Default,,0,0,0,,w10
Picture: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,w11
w12 nonsense
""",
    "a.sub": """\
{1}{1}25
{25}{50}w01 有|w02 have
{60}{80}{y:i}w03
w04 stray
{bad}{80}w05
{90}{}w06
""",
    "a.html": """\
<!DOCTYPE html><html><head><title>w01 title</title>
<meta name="description" content="m02"><meta name="author" content="m03">
<style>.m04{}</style><script>var m05</script></head><body>
<nav>w06</nav><header>w07</header>
<article><h1>w08</h1><p>王曉剛：w09 有。</p><p>Wang Xiaogang: w10 have.</p>
<!-- m11 -->
<p>王曉剛：w12 有。</p><p>Wang Xiaogang: w13 have.</p>
<figure><img src=x alt="m14"><figcaption>w15</figcaption></figure>
<p hidden>w16</p><form>w17<input value="m18"></form>
<details><summary>w19</summary>w20</details>
<ruby>漢<rt>w21</rt></ruby>
<table><tr><td>w22 有</td><td>w23 have</td></tr></table>
<select><option>w24</option></select><button>w25</button>
<iframe>w26</iframe><noscript>w27</noscript><template>m28</template>
<textarea>w29</textarea><svg><text>w30</text></svg><math><mi>w31</mi></math>
</article><aside>w32</aside><footer>w33</footer></body></html>
""",
    "a.ssa": "[Events]\nDialogue: Marked=0,0:00:01.00,0:00:02.00,D,w01,0,0,0,,w02 有\\nw03\n",
    "two.en.md": "# w01\n\nWang: w02.\n\nNote: w03\n",
    "two.zh.md": "# 題w04\n\n王：w05。\n\n注：w06\n",
    "two.toml": 'title = "w07"\nissue = "w08"\nmood = "w09"\n',
    "cues.en.srt": "00:01,000 --> 00:02,000\nw01\n\n01:01,000 --> 01:02,000\nw02\n",
    "cues.zh.srt": "00:01,000 --> 00:02,000\n有w03\n\n09:01,000 --> 09:02,000\n有w04\n",
}


def document() -> bytes:
    """A Word file with something in every place where Word keeps text."""
    made = docx.Document()
    made.add_heading("w01", 1)
    made.add_paragraph("王曉剛：w02 有。").add_run("w03").bold = True
    commented = made.add_paragraph("Wang Xiaogang: w04 have.")
    made.add_comment(commented.runs, "w05", author="Ann", initials="A")
    made.add_paragraph("w06", style="List Bullet")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "w07 有", "w08 have"
    made.sections[0].header.paragraphs[0].text = "w09"
    made.sections[0].footer.paragraphs[0].text = "w10"
    made.add_paragraph("w11\nw12")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def all_texts(transcript: Transcript) -> Iterator[str | None]:
    """Whatever is told of a transcript."""
    about = transcript.about
    yield from (about.title.en, about.title.zh, about.date, about.issue, about.source)
    for passage in transcript.passages:
        yield from (passage.en, passage.zh)
    for name in about.speakers:
        yield from (name.en, name.zh)
    for credit in about.credits:
        yield from credit
    yield from (omission.text for omission in transcript.omitted)
    yield from (doubt.what for doubt in transcript.doubts)
    yield from (text for repair in transcript.repairs for text in (repair.before, repair.after))


@pytest.mark.parametrize(
    "names",
    [
        *([name] for name in TEXTS if name.startswith("a.")),
        ["two.en.md", "two.zh.md", "two.toml"],
        ["cues.en.srt", "cues.zh.srt"],
        ["a.docx"],
    ],
    ids=" ".join,
)
def test_every_line_is_in_a_passage_or_is_told_of(names: list[str], tmp_path: Path) -> None:
    wanted: list[str] = []
    for name in names:
        if name == "a.docx":
            (tmp_path / name).write_bytes(document())
            wanted += [f"w{number:02}" for number in range(1, 13)]
        else:
            (tmp_path / name).write_text(TEXTS[name], "utf-8")
            wanted += re.findall(r"w\d\d", TEXTS[name])
    library = load(tmp_path)
    (transcript,) = library.transcripts
    told = "\n".join(filter(None, all_texts(transcript))).lower()
    assert not library.refusals
    assert wanted and [word for word in wanted if word not in told] == []
