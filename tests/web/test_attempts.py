"""What somebody might try, against the archive or through it, is refused or does nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

import search
from search.web import create_app

EVIL = "\"'><script>hacked(1)</script><img src=x onerror=hacked(2)>"
NAME = "<svg onload=hacked(3)>"
"""No stroke may stand in a file name."""
TEXT = f"""---
title: {EVIL.replace('"', "")}
issue: {EVIL.replace('"', "")}
---

{NAME}: A lantern {EVIL} was lit. Why?

王曉剛{NAME}: 燈籠{EVIL}點亮了。
"""


class Elements(HTMLParser):
    """The elements of a page that could do anything, and attributes that could."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "svg", "iframe", "object", "embed", "base") or (
            tag == "script" and not given.get("src")
        ):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style" or "javascript:" in (value or ""):
                self.found.append(f"{tag} {name}={value}")


def harmful(html: str) -> list[str]:
    elements = Elements()
    elements.feed(html)
    return elements.found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An archive whose text, title, speakers and file name are markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "content").mkdir()
    (folder / "content" / f"{NAME}.txt").write_text(TEXT, "utf-8")
    search.rebuild(folder / "content", folder / "index")
    client: FlaskClient = create_app(folder / "index").test_client()
    return client


def where(client: FlaskClient) -> tuple[str, str]:
    (listed,) = client.get("/api/v1/transcripts").get_json()["transcripts"]
    return listed["id"], listed["url"]


@pytest.mark.parametrize(
    "query", ["lantern", "燈籠", EVIL, "hacked", '"script hacked"', "speaker:svg"]
)
def test_markup_in_what_is_searched_is_text(hostile: FlaskClient, query: str) -> None:
    _, reading = where(hostile)
    for address in ("/", reading):
        html = hostile.get(address, query_string={"q": query}).get_data(as_text=True)
        assert harmful(html) == []
    assert "hacked(1)" in hostile.get(reading).get_data(as_text=True)


def test_markup_is_text_on_every_other_page(hostile: FlaskClient) -> None:
    for address in ("/", "/api/docs", f"/{EVIL}", f"/t/{EVIL}", "/?embed=1&q=lantern"):
        assert harmful(hostile.get(address).get_data(as_text=True)) == []


@pytest.mark.parametrize("query", ["lantern", EVIL])
def test_markup_is_text_in_a_feed(hostile: FlaskClient, query: str) -> None:
    root = ElementTree.fromstring(hostile.get("/feed.atom", query_string={"q": query}).data)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {
        *("feed", "id", "title", "updated", "author", "name", "link", "entry", "content"),
        *("div", "p"),
    }


def test_data_is_never_taken_for_a_page(hostile: FlaskClient) -> None:
    id, _ = where(hostile)
    for address in (f"/api/v1/search?q={EVIL}", "/api/v1/transcripts", f"/api/v1/transcripts/{id}"):
        answer = hostile.get(address)
        assert answer.mimetype == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


LONG = "x" * 10_240


@pytest.mark.parametrize("query", ["(" * 1_000, ")" * 999, '"' * 1_000, "-" * 1_000, "(-" * 500])
def test_brackets_and_signs_without_end_are_a_query(client: FlaskClient, query: str) -> None:
    for address in ("/", "/api/v1/search", "/api/v1/suggest", "/api/v1/terms", "/feed.atom"):
        assert client.get(address, query_string={"q": query}).status_code == 200


@pytest.mark.parametrize("query", [LONG, "((((" * 2_560, "专" * 10_240])
def test_ten_kilobytes_are_refused_before_they_are_read(client: FlaskClient, query: str) -> None:
    for address in ("/", "/api/v1/search", "/api/v1/suggest", "/api/v1/terms", "/feed.atom"):
        answer = client.get(address, query_string={"q": query})
        assert answer.status_code == 400
        # The page gives back what was typed, once, to be shortened.
        assert len(answer.data) < 15 * len(query)


TRICKS = [
    "/assets/../app.py",
    "/assets/%2e%2e/app.py",
    "/assets/..%2fapp.py",
    "/assets/%2e%2e%2fapp.py",
    "/assets/..%5capp.py",
    "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd",
    "/assets/%00/page.css",
    "/assets/page.css%00.js",
    "/t/../../content",
    "/t/..%2f..%2fcontent%2fREADME.md",
    "/t/%2e%2e",
    "/t/wang-xiaogang-sensetime%00",
    "/t/WANG-XIAOGANG-SENSETIME",
    "/api/v1/transcripts/..%2f..%2fREADME.md",
    "/api/v1/transcripts/wang-xiaogang-sensetime/passages/..%2f..",
    "/api/v1/../../etc/passwd",
    "//evil.example/%2e%2e",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/templates/transcripts/page.html",
    "/index/CURRENT",
    "/tokens.json",
]


@pytest.mark.parametrize("path", TRICKS)
def test_no_address_leads_out_of_what_is_served(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        text = answer.get_data(as_text=True)
        # A doubled stroke is mended by a way back to this very host.
        assert answer.status_code in (404, 308)
        if answer.status_code == 308:
            assert re.match(r"/[^/]|http://localhost/", answer.headers["Location"])
    for leaked in ("root:x:", "def create_app", "{% block", '"generation"', "Traceback"):
        assert leaked not in text
    assert str(Path(search.__file__).parent) not in text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "[::1].evil.example"]
)
def test_another_name_of_the_host_leaves_no_trace_in_a_page(client: FlaskClient, host: str) -> None:
    for address in ("/?q=patent", "/t/wang-xiaogang-sensetime", "/api/v1/search?q=patent"):
        answer = client.get(address, headers={"Host": host})
        assert "evil.example" not in answer.get_data(as_text=True)
        assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"},
        {"Forwarded": "host=evil.example"},
        {"X-Original-URL": "/api/v1/status", "X-Rewrite-URL": "/api/v1/status"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"Script-Name": "/evil"},
    ],
)
def test_no_header_of_a_stranger_changes_an_answer(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    plain = client.get("/?q=patent").get_data(as_text=True)
    answer = client.get("/?q=patent", headers=headers)
    assert answer.status_code == 200
    assert answer.get_data(as_text=True) == plain


def test_a_range_of_ranges_costs_nothing(client: FlaskClient) -> None:
    ranges = "bytes=" + ",".join(f"{n}-" for n in range(1_000))
    with client.get("/assets/page.css", headers={"Range": ranges}) as answer:
        assert answer.status_code in (200, 206, 416)
        assert len(answer.data) < 100_000
