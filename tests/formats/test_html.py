"""Of a page its article is read, and what stands around it is named."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.formats import Unreadable, read
from search.model import Lang, Role

TALK = "".join(
    f"<p>王晓刚：我们有很多专利，这是第{n}段。</p>\n<p>Wang: Paragraph {n} of our patents.</p>\n"
    for n in range(10)
)
ARTICLE = [
    text
    for n in range(10)
    for text in (f"王晓刚：我们有很多专利，这是第{n}段。", f"Wang: Paragraph {n} of our patents.")
]


def texts(page: str) -> list[str]:
    return [block.text for block in read("a.html", page.encode()).blocks]


def left(page: str) -> str:
    return " | ".join(o.text for o in read("a.html", page.encode()).omitted)


WECHAT = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<meta property="og:title" content="对话王晓刚"><script>var ct = "1614873600";</script></head>
<body><div id="img-content"><h1 id="activity-name"> 对话王晓刚 </h1>
<div id="meta_content"><a id="js_name">知产人物</a><em id="publish_time"></em></div>
<div id="js_content" style="visibility: hidden;"><section><section class="share">{TALK}</section>
</section><p style="display: none">hidden words</p></div>
<div class="tool">阅读原文</div></div></body></html>"""


def test_the_article_of_wechat_is_read_with_its_title_its_account_and_its_day() -> None:
    document = read("a.HTML", WECHAT.encode())
    assert document.blocks[0].text == "对话王晓刚" and document.blocks[0].role is Role.HEADING
    assert [block.text for block in document.blocks[1:]] == ARTICLE
    assert (document.metadata.date, document.metadata.source) == ("2021-03-05", "知产人物")
    assert "阅读原文" in left(WECHAT) and "hidden words" in left(WECHAT)


@pytest.mark.parametrize(
    "page",
    [
        "<nav>Menu</nav><header>Site</header>{talk}<aside>Aside</aside><footer>Foot</footer>",
        "<nav>Menu</nav><div><p>Site</p></div><main><article>{talk}</article></main><p>Foot</p>",
        "<div class=menu>Menu</div><div>Site</div><div><p class=x>{talk}</div><div>Foot</div>",
        "<div role=navigation>Menu Site</div><form>{talk}</form><div id=footer>Foot</div>",
        "<td>Menu</td><td>Site</td><table><tr><td>{talk}</td></tr></table><div>Foot</div>",
    ],
)
def test_the_article_is_found_and_what_is_around_it_is_named(page: str) -> None:
    whole = f"<html lang=en><body>{page.format(talk=TALK)}</body></html>"
    assert texts(whole) == ARTICLE
    for word in ("Menu", "Site", "Foot"):
        assert word in left(whole)


def test_two_articles_on_a_page_are_both_read() -> None:
    """A translation and its original may be an article each."""
    page = f"<article>{TALK}</article><article>{TALK}</article>"
    assert texts(page) == ARTICLE * 2


def test_a_line_break_ends_a_line_and_space_is_as_a_browser_shows_it() -> None:
    page = "<p>你好<br>Hello\n  <b>there</b><br/>我们\n  有专利</p><pre>One\n一</pre>tail"
    assert texts(page) == ["你好", "Hello there", "我们有专利", "One", "一", "tail"]


def test_tables_are_rows_and_tables_for_looks_are_not() -> None:
    page = "<table><tr><th>One?<th>一？<tr><td>One<td>一</table><table><tr><td><p>Two<p>二</table>"
    blocks = read("a.html", page.encode()).blocks
    assert [(b.text, b.row) for b in blocks][2:] == [
        ("One", 2),
        ("一", 2),
        ("Two", None),
        ("二", None),
    ]
    assert [b.role for b in blocks][:3] == [Role.HEADING, Role.HEADING, None]


@pytest.mark.parametrize("name", ["MsoTitle", "c3 title", "MsoSubtitle"])
def test_the_titles_of_word_and_google_docs_are_headings(name: str) -> None:
    page = f"<p class='{name}'><b><span lang=EN-US>A Talk<o:p></o:p></span></b></p><p>Text.</p>"
    assert [b.role for b in read("a.htm", page.encode()).blocks] == [Role.HEADING, None]


def test_the_language_that_a_part_says_it_is_in_is_believed_where_the_script_allows_it() -> None:
    page = "<html lang=zh><p lang=zh-CN>AI</p><p lang=en>IP</p><p lang=en>专利</p><p>X</p>"
    blocks = read("a.html", page.encode()).blocks
    assert [block.lang for block in blocks] == [Lang.ZH, Lang.EN, None, None]


def test_the_encoding_that_a_page_declares_is_believed() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>這條</p>'
    document = read("a.htm", page.encode("gb18030"))
    assert document.blocks[0].text == "這條" and document.encoding == "GB18030"


def test_what_the_page_says_of_itself_is_its_metadata() -> None:
    page = """<title>A talk</title><meta property="article:published_time"
    content="2021-03-05T10:00:00+08:00"><meta property="og:site_name" content="IP People"><p>Yes."""
    metadata = read("a.html", page.encode()).metadata
    assert (metadata.title.en, metadata.date, metadata.source) == (
        "A talk",
        "2021-03-05",
        "IP People",
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<div>" * 100_000 + "x", "deep"),
        ("<i>x" * 100_000, "deep"),
        ("<p></p>", "no text"),
        ("<p>" * 600_000, "elements, more than"),
        ("<nav>Menu</nav>", "no text"),
    ],
)
def test_what_is_no_page_of_text_is_refused(page: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read("a.html", page.encode())


def test_entities_of_a_page_reach_no_file() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x; Hello &amp; 你好</p>'
    found = " ".join(texts(page))
    assert "root:" not in found and "Hello & 你好" in found


TAGS = "p div span b section li td br blockquote h2 article table tr a em ul header".split()


@given(
    parts=st.lists(
        st.tuples(st.sampled_from(TAGS), st.booleans(), st.sampled_from(["share", "", "body"])),
        max_size=12,
    )
)
def test_no_word_of_a_page_is_lost_however_it_is_marked(parts: list[tuple[str, bool, str]]) -> None:
    page = "".join(
        f'<{tag} class="{name}">词{n}{escape("<&>")}' + f"</{tag}>" * closes + f"尾{n}"
        for n, (tag, closes, name) in enumerate(parts)
    )
    document = read("a.html", f"<p>Begin.</p>{page}".encode())
    found = " ".join(
        [block.text for block in document.blocks] + [omission.text for omission in document.omitted]
    )
    expected = [f"{kind}{n}" for n in range(len(parts)) for kind in "词尾"]
    assert sorted(re.findall(r"[词尾]\d+", found)) == sorted(expected)


def test_an_article_that_is_nearly_all_one_table_keeps_what_stands_above_it() -> None:
    page = "<body><p>A Talk</p><table><tr><td>中文<td>English" + 9 * "<tr><td>有专利。<td>Patents."
    document = read("a.html", page.encode())
    assert [block.text for block in document.blocks][:3] == ["A Talk", "有专利。", "Patents."]
    assert [omission.text for omission in document.omitted] == ["中文 | English"]


def test_a_cell_that_stands_in_several_rows_moves_no_other_into_its_column() -> None:
    page = (
        "<table><tr><th>Speaker / 说话人<th>English<th>中文"
        "<tr><td rowspan=2>Lin<td>One.<td>一。<tr><td>Two.<td>二。<tr><td>Zhang<td>Three?<td>三？"
    )
    blocks = read("a.html", f"{page}</table>".encode()).blocks
    assert [(b.label, b.text, b.row) for b in blocks if b.text.isascii()] == [
        ("Lin", "One.", 2),
        (None, "Two.", 3),
        ("Zhang", "Three?", 4),
    ]


def test_a_last_cell_that_stands_in_several_rows_reaches_no_further() -> None:
    page = (
        "<table><tr><th>English<th>中文<th>Speaker<tr><td>One.<td>一。<td rowspan=2>Lin"
        "<tr><td>Two.<td>二。<tr><td>Three?<td>三？<td>Zhang"
    )
    blocks = read("a.html", f"{page}</table>".encode()).blocks
    assert [(b.label, b.text, b.row) for b in blocks if b.text.isascii()] == [
        ("Lin", "One.", 2),
        (None, "Two.", 3),
        ("Zhang", "Three?", 4),
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "9" * 5_000, "99999"])
def test_a_cell_may_say_any_number_of_rows(span: str) -> None:
    page = f"<table><tr><td rowspan={span}>One<td>一<tr><td>Two<td>二</table>"
    assert {block.text for block in read("a.html", page.encode()).blocks} == {
        "One",
        "一",
        "Two",
        "二",
    }
