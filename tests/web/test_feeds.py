"""Browsers and feed readers understand what they are given."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search import Archive
from search.results import Sort
from search.web import blueprint, create_app
from tests.conftest import MakeArchive

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(client: FlaskClient, address: str, kind: str, **args: str) -> ElementTree.Element:
    answer = client.get(address, query_string=args)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    return ElementTree.fromstring(answer.data)


def feed(client: FlaskClient, **args: str) -> ElementTree.Element:
    return read(client, "/feed.atom", "application/atom+xml", **args)


def texts(element: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.iter(f"{ATOM}{name}")]


def test_the_address_bar_is_told_where_to_search(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    found = re.search(r'<link rel="search"[^>]* href="([^"]+)"', html)
    assert found
    told = read(client, found[1], "application/opensearchdescription+xml")
    short = told.findtext(f"{OPENSEARCH}ShortName") or ""
    assert 0 < len(short) <= 16
    urls = {url.get("type"): url.get("template") or "" for url in told.iter(f"{OPENSEARCH}Url")}
    for kind in ("text/html", "application/x-suggestions+json", "application/atom+xml"):
        assert urls[kind].startswith("http://localhost/")
        answer = client.get(urls[kind].replace("{searchTerms}", "%E4%B8%93%E5%88%A9"))
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert "專利" in answer.get_data(as_text=True)


def test_under_a_prefix_it_leads_there(archive: Archive) -> None:
    app = Flask("intranet")
    app.register_blueprint(blueprint(archive), url_prefix="/desk/archive")
    client = app.test_client()
    told = client.get("/desk/archive/opensearch.xml").get_data(as_text=True)
    templates = re.findall(r'(?:template="|<Image[^>]*>)([^"<]+)', told)
    assert len(templates) == 5
    given = client.get("/desk/archive/feed.atom?q=patent").get_data(as_text=True)
    for address in templates + re.findall(r'href="([^"]+)"', given):
        assert address.startswith("http://localhost/desk/archive/")


def test_completions_are_those_of_the_box(client: FlaskClient, archive: Archive) -> None:
    line, lines, said, places = client.get("/suggestions?q=wangx").get_json(force=True)
    expected = archive.suggest("wangx")
    assert line == "wangx" and expected
    assert lines == [each.query for each in expected]
    assert said[0] == "王曉剛 Wang Xiaogang"
    assert client.get(places[0]).status_code == 200
    assert len(lines) == len(said) == len(places)


def test_a_query_is_a_feed_of_its_hits(client: FlaskClient, archive: Archive) -> None:
    root = feed(client, q="专利")
    hits = archive.search("专利", limit=50, sort=Sort.DATE).hits
    entries = list(root.iter(f"{ATOM}entry"))
    assert len(entries) == len(hits) > 0
    # What RFC 4287 wants of every feed and entry.
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert (element.findtext(f"{ATOM}{name}") or "").strip()
    for text in texts(root, "updated"):
        assert datetime.fromisoformat(text).tzinfo
    ids = texts(root, "id")
    assert len(set(ids)) == len(ids) and all(id.startswith("urn:uuid:") for id in ids)
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    for entry, hit in zip(entries, hits, strict=True):
        shown = [(p.get("lang"), p.text) for p in entry.iter(f"{XHTML}p")]
        assert dict(shown) == {
            lang: text for lang, text in (("en", hit.passage.en), ("zh", hit.passage.zh)) if text
        }
        (link,) = entry.findall(f"{ATOM}link")
        assert (link.get("href") or "").endswith(hit.passage.url)
    assert root.findtext(f"{ATOM}updated") == archive.status()["built_at"]


def test_ids_survive_a_rebuild_and_another_host(make_archive: MakeArchive) -> None:
    before = feed(create_app(make_archive("A lantern.")).test_client(), q="lantern")
    client = create_app(make_archive("A lantern.", "More lanterns.")).test_client()
    answer = client.get("/feed.atom?q=lantern", base_url="https://elsewhere.example/desk")
    after = ElementTree.fromstring(answer.data)
    assert set(texts(before, "id")) < set(texts(after, "id"))
    assert texts(before, "id")[0] == texts(after, "id")[0]


def test_an_entry_is_of_the_date_of_its_transcript(make_archive: MakeArchive) -> None:
    archive = make_archive("---\ndate: 2022-05-01\n---\n\nA lantern.", "Another lantern.")
    root = feed(create_app(archive).test_client(), q="lantern")
    built = archive.status()["built_at"]
    assert texts(root, "updated") == [built, "2022-05-01T00:00:00Z", built]


def test_the_search_page_offers_its_feed(client: FlaskClient) -> None:
    html = client.get("/?q=patent&exact=1").get_data(as_text=True)
    found = re.search(
        r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', html
    )
    assert found
    assert client.get(found[1].replace("&amp;", "&")).status_code == 200


def test_a_feed_is_sent_once_a_generation(client: FlaskClient) -> None:
    tag = client.get("/feed.atom?q=patent").headers["ETag"]
    again = client.get("/feed.atom?q=patent", headers={"If-None-Match": tag})
    assert again.status_code == 304


@given(query=st.text(max_size=40))
def test_any_query_makes_a_feed_that_can_be_read(client: FlaskClient, query: str) -> None:
    feed(client, q=query)
    answer = client.get("/suggestions", query_string={"q": query})
    assert answer.get_json(force=True)[0] == query


@pytest.mark.parametrize("address", ["/feed.atom", "/suggestions"])
def test_a_query_that_is_too_long_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address, query_string={"q": "x" * 1001}).status_code == 400
