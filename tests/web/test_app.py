"""The parts together: errors, headers, foreign content, and a place in another application."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

import search
from search.web import blueprint, create_app, languages, prepare

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build an index of transcripts given as text, and say where it is."""

    def built(name: str = "small", **files: str) -> Path:
        content = tmp_path / name / "content"
        content.mkdir(parents=True, exist_ok=True)
        for stem, text in files.items():
            (content / f"{stem}.txt").write_text(text, encoding="utf-8")
        index = tmp_path / name / "index"
        search.rebuild(content, index)
        return index

    return built


def test_an_unusable_index_is_answered_in_the_words_of_the_error(tmp_path: Path) -> None:
    client = create_app(tmp_path).test_client()
    with pytest.raises(search.SearchError) as error:
        search.open_archive(tmp_path).search("patent")
    for address in ("/", "/?q=patent", "/t/any"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert str(error.value) in answer.get_data(as_text=True)
    answer = client.get("/api/v1/search?q=patent")
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True)["detail"] == str(error.value)


def test_an_index_that_is_built_later_is_found_without_a_restart(build: Build) -> None:
    index = build(talk="A talk about lanterns.\n")
    client = create_app(index).test_client()
    assert "1 passage" in client.get("/?q=lanterns").get_data(as_text=True)
    build(talk="A talk about lanterns.\n\nMore lanterns.\n")
    assert "2 passages" in client.get("/?q=lanterns").get_data(as_text=True)


def test_markup_in_a_transcript_is_shown_as_text(build: Build) -> None:
    index = build(talk="Take <script>alert('lantern')</script> & a lantern.\n")
    client = create_app(index).test_client()
    marked = "/t/talk?q=%22script alert lantern%22"
    assert "script&gt;alert(&#39;lantern</mark>" in client.get(marked).get_data(as_text=True)
    for address in ("/?q=lantern", "/t/talk?q=lantern", marked):
        html = client.get(address).get_data(as_text=True)
        assert "<script>" not in html and "script>alert" not in html
        assert "</script> &amp;" not in html and " &amp; a " in html


@pytest.mark.parametrize("address", ["/", "/?q=patent", "/t/nobody", "/health", "/assets/page.css"])
def test_pages_load_nothing_from_elsewhere(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/?q=patent", "/t/wang-xiaogang-sensetime?q=patent"])
def test_pages_have_no_inline_script_or_style(client: FlaskClient, address: str) -> None:
    html = client.get(address).get_data(as_text=True)
    assert not re.search(r"<script(?![^>]* src=)", html)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", html)


@pytest.mark.parametrize("query", ["patent", "专利资产", "the"])
def test_what_a_search_page_loads_is_light(client: FlaskClient, query: str) -> None:
    html = client.get("/", query_string={"q": query}).get_data(as_text=True)
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', html)
    assert {
        "/assets/page.css",
        "/assets/search.css",
        "/assets/results.js",
        "/assets/quote.js",
    } < set(assets)
    weight = len(html.encode())
    for asset in assets:
        with client.get(asset) as answer:
            weight += len(answer.data)
    assert weight < 60_000


def test_two_archives_live_side_by_side_in_another_application(build: Build) -> None:
    app = Flask("intranet")
    for name in ("east", "west"):
        archive = search.open_archive(build(name, talk=f"A lantern in the {name}.\n"))
        app.register_blueprint(blueprint(archive, name), url_prefix=f"/{name}")
    client = app.test_client()
    for name, other in (("east", "west"), ("west", "east")):
        html = client.get(f"/{name}/?q=lantern").get_data(as_text=True)
        assert f"in the {name}." in html and f"in the {other}." not in html
        links = re.findall(r'\s(?:href|src|action)="([^"#]+)', html)
        assert links and all(link.startswith(f"/{name}/") for link in links)
        reading = next(link for link in links if "/t/" in link)
        assert client.get(reading).status_code == 200
        with client.get(f"/{name}/assets/page.css") as answer:
            assert answer.status_code == 200
        found = client.get(f"/{name}/api/v1/search?q=lantern").get_json()
        assert found["total"] == 1
        assert found["hits"][0]["url"].startswith(f"/{name}/t/talk#")
        described = client.get(f"/{name}/api/v1/openapi.json").get_json()
        assert described["servers"] == [{"url": f"/{name}"}]
    assert "Transcript search" not in client.get("/elsewhere").get_data(as_text=True)


def test_a_blueprint_within_a_blueprint_keeps_its_links(build: Build) -> None:
    desk = Blueprint("desk", "desk")
    desk.register_blueprint(
        blueprint(search.open_archive(build(talk="A lantern.\n"))), url_prefix="/archive"
    )
    app = Flask("intranet")
    app.register_blueprint(desk, url_prefix="/desk")
    client = app.test_client()
    for address in ("/?q=lantern", "/t/talk", "/api/docs"):
        html = client.get(f"/desk/archive{address}").get_data(as_text=True)
        links = re.findall(r'\s(?:href|src|action)="([^"#]+)', html)
        assert links and all(link.startswith("/desk/archive/") for link in links)
    (hit,) = client.get("/desk/archive/api/v1/search?q=lantern").get_json()["hits"]
    assert hit["url"].startswith("/desk/archive/t/talk#")


def test_an_archive_may_be_called_api(build: Build) -> None:
    desk = Blueprint("desk", "desk")
    archive = search.open_archive(build(talk="A lantern.\n"))
    desk.register_blueprint(blueprint(archive, "api", cors_origins=["https://a.example"]))
    app = Flask("intranet")
    app.register_blueprint(desk)
    client = app.test_client()
    origin = {"Origin": "https://a.example"}
    page = client.get("/?q=lantern&embed=1", headers=origin)
    assert "Access-Control-Allow-Origin" not in page.headers
    assert "/t/talk?q=lantern&amp;embed=1#" in page.text
    found = client.get("/api/v1/search?q=lantern", headers=origin)
    assert found.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert "embed" not in found.get_json()["hits"][0]["url"]


def test_a_host_application_has_the_last_word_on_how_pages_look(
    build: Build, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    (templates / "transcripts").mkdir(parents=True)
    (templates / "page.html").write_text("the host's own page")
    (templates / "transcripts" / "head.html").write_text(
        '<link rel="stylesheet" href="/static/house.css">'
    )
    (templates / "transcripts" / "above.html").write_text('<a href="/desk">back</a>')
    app = Flask("intranet", template_folder=str(templates))
    app.register_blueprint(blueprint(search.open_archive(build(talk="A lantern.\n"))))
    html = app.test_client().get("/?q=lantern").get_data(as_text=True)
    assert "the host's own page" not in html
    # After ours, so that it wins.
    assert re.search(r"page\.css.*/static/house\.css.*</head>", html, re.DOTALL)
    assert re.search(r'<body>.*<a href="/desk">back</a>.*<header', html, re.DOTALL)


def forwarded(**headers: str) -> dict[str, str]:
    return {f"X-Forwarded-{name.capitalize()}": value for name, value in headers.items()}


def test_a_proxy_is_believed_only_if_it_is_told_of(archive: search.Archive) -> None:
    asked = {
        "path": "/?q=patent",
        "headers": forwarded(prefix="/desk", host="desk.example", proto="https"),
    }
    html = create_app(archive, proxies=1).test_client().get(**asked).get_data(as_text=True)
    links = re.findall(r'\s(?:href|src|action)="([^"#]+)', html)
    assert links and all(link.startswith("/desk/") for link in links)
    found = (
        create_app(archive, proxies=1)
        .test_client()
        .get("/api/v1/search?q=patent", headers=asked["headers"])
    )
    assert found.get_json()["hits"][0]["url"].startswith("/desk/t/")
    html = create_app(archive).test_client().get(**asked).get_data(as_text=True)
    assert "/desk" not in html and "desk.example" not in html


def test_behind_a_prefix_every_link_carries_it(app: Flask) -> None:
    html = (
        app.test_client().get("/?q=patent", base_url="http://desk/archive").get_data(as_text=True)
    )
    links = re.findall(r'\s(?:href|src|action)="([^"#]+)', html)
    assert links and all(link.startswith("/archive/") for link in links)


def test_what_is_prepared_is_not_made_when_the_first_page_is_asked_for(
    archive: search.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages.catalogue.cache_clear()
    app = create_app(archive)
    prepare(app, archive)

    def made(*_: object) -> None:
        raise AssertionError("a reader waits for this")

    monkeypatch.setattr(app.jinja_env, "compile", made)
    monkeypatch.setattr(languages, "read_po", made)
    client = app.test_client()
    for address in ("/?q=patent", "/?q=专利&hl=zh"):
        assert client.get(address).status_code == 200
    with pytest.raises(AssertionError, match="waits"):
        client.get("/status")
