"""A page in a frame stays one, and only those who are listed may have it there."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search import Archive
from search.web import blueprint, create_app

LINK = re.compile(r'<a [^>]*href="([^"#][^"]*)"')


@pytest.mark.parametrize("address", ["/?", "/?q=patent&", "/t/wang-xiaogang-sensetime?q=patent&"])
def test_every_link_in_a_frame_leads_to_a_page_for_a_frame(
    client: FlaskClient, address: str
) -> None:
    html = client.get(f"{address}embed=1").get_data(as_text=True)
    assert '<body class="embedded"' in html and "embed.js" in html
    assert '<input type="hidden" name="embed" value="1">' in html
    links = [link.replace("&amp;", "&") for link in LINK.findall(html)]
    pages = [link for link in links if not link.startswith(("/feed", "/api", "/assets", "/hits."))]
    assert pages
    for link in pages:
        assert link.count("?") == 1
        assert parse_qs(urlsplit(link).query)["embed"] == ["1"], link


@pytest.mark.parametrize("value", ["", "0", "2", "<script>"])
def test_other_pages_are_whole(client: FlaskClient, value: str) -> None:
    html = client.get("/", query_string={"q": "patent", "embed": value}).get_data(as_text=True)
    assert "embedded" not in html and "embed.js" not in html


def policy(archive: Archive, **manners: list[str]) -> str:
    answer = create_app(archive, **manners).test_client().get("/?q=patent&embed=1")
    return str(answer.headers["Content-Security-Policy"])


def test_nobody_may_have_it_in_a_frame_but_those_who_are_listed(archive: Archive) -> None:
    assert policy(archive).endswith("; frame-ancestors 'none'")
    listed = policy(archive, frame_origins=["self", "https://Intranet.example:8443/"])
    assert listed.endswith("; frame-ancestors 'self' https://intranet.example:8443")


def shared(archive: Archive, origin: str | None, address: str, **how: str) -> dict[str, str]:
    client = create_app(archive, cors_origins=["https://intranet.example"]).test_client()
    headers = {"Origin": origin} if origin else {}
    answer = client.open(address, headers=headers, **how)
    return {
        name: value
        for name, value in answer.headers.items()
        if name.startswith("Access-Control-") or name == "Vary"
    }


def test_a_listed_origin_reads_the_interface_and_nothing_else(archive: Archive) -> None:
    mine = "https://intranet.example"
    for address in ("/api/v1/search?q=patent", "/api/v1/none", "/api/v1/search?limit=x"):
        told = shared(archive, mine, address)
        assert told["Access-Control-Allow-Origin"] == mine
        assert told["Access-Control-Allow-Credentials"] == "true"
        assert "Origin" in told["Vary"]
        assert "Access-Control-Allow-Methods" not in told
    for address in ("/", "/t/wang-xiaogang-sensetime", "/feed.atom?q=patent", "/api/docs"):
        assert "Access-Control-Allow-Origin" not in shared(archive, mine, address)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://intranet.example",
        "https://intranet.example.evil.example",
        "https://intranet.example:444",
        "*",
    ],
)
def test_no_other_origin_reads_it(archive: Archive, origin: str | None) -> None:
    for how in ({}, {"method": "OPTIONS"}):
        told = shared(archive, origin, "/api/v1/search?q=patent", **how)
        assert told.keys() == {"Vary"} and "Origin" in told["Vary"]


def test_a_browser_that_asks_first_is_told_to_read_only(archive: Archive) -> None:
    told = shared(archive, "https://intranet.example", "/api/v1/search", method="OPTIONS")
    assert told["Access-Control-Allow-Methods"] == "GET"
    assert told["Access-Control-Allow-Headers"] == "Authorization, If-None-Match"


def test_if_nobody_is_listed_nothing_is_said(client: FlaskClient) -> None:
    answer = client.get("/api/v1/status", headers={"Origin": "https://intranet.example"})
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control-")]


@pytest.mark.parametrize(
    "wrong", ["*", "null", "intranet.example", "https://a.example/path", "javascript:1", "'none'"]
)
def test_what_is_no_origin_is_named_at_once(archive: Archive, wrong: str) -> None:
    for manner in ("frame_origins", "cors_origins"):
        with pytest.raises(ValueError, match="is no origin"):
            blueprint(archive, **{manner: [wrong]})


def test_other_origins_may_load_the_widget_and_no_other_file(client: FlaskClient) -> None:
    name = "Cross-Origin-Resource-Policy"
    for file, who in (("widget.js", "cross-origin"), ("page.css", "same-origin")):
        with client.get(f"/assets/{file}") as answer:
            assert answer.headers[name] == who
    assert client.get("/api/v1/status").headers[name] == "same-origin"
