"""Whoever may not see the archive sees nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import Archive
from search.web import blueprint, create_app
from search.web.access import Access, Trusted
from search.web.tokens import Tokens

PAGES = ("/", "/?q=patent", "/t/wang-xiaogang-sensetime", "/t/none", "/none", "/api/docs")
DATA = (
    "/api/v1/search?q=patent",
    "/api/v1/suggest?q=pat",
    "/api/v1/terms?q=patent",
    "/api/v1/transcripts",
    "/api/v1/transcripts/wang-xiaogang-sensetime",
    "/api/v1/status",
    "/api/v1/openapi.json",
    "/api/none",
)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def secret(tokens: Tokens) -> str:
    made: str = tokens.make("Ann")
    return made


@pytest.fixture
def client(archive: Archive, tokens: Tokens, secret: str) -> FlaskClient:
    app: Flask = create_app(archive, access=Access(tokens))
    return app.test_client()


def sign_in(client: FlaskClient, token: str, back: str = "/?q=patent") -> str:
    answer = client.post("/sign-in", data={"token": token, "next": back})
    return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_a_form_to_a_stranger(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")
    assert '<form class="sign-in" method="post"' in html
    assert f'name="next" value="{address}"' in html
    assert "<article" not in html and "SenseTime" not in html
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", DATA)
def test_a_program_needs_a_token(client: FlaskClient, secret: str, address: str) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer tst_wrong"},
        {"Authorization": f"Basic {secret}"},
    ):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")
    told = client.get(address, headers={"Authorization": f"Bearer {secret}"})
    assert told.status_code == (404 if address == "/api/none" else 200)


def test_health_and_the_files_of_the_page_are_for_everybody(client: FlaskClient) -> None:
    for address in ("/health", "/assets/page.css", "/sign-in"):
        with client.get(address) as answer:
            assert answer.status_code in (200, 401)
            assert (answer.status_code == 401) == (address == "/sign-in")
    assert set(client.get("/health").get_json()) == {"status", "generation"}


def test_a_person_signs_in_once(client: FlaskClient, secret: str) -> None:
    assert sign_in(client, f" {secret}\n") == "303 /?q=patent"
    cookie = client.get_cookie("transcripts")
    assert cookie and cookie.http_only and cookie.same_site == "Lax" and not cookie.secure
    assert secret not in cookie.value
    assert "<mark" in client.get("/?q=patent").get_data(as_text=True)
    assert client.get("/api/v1/suggest?q=pat").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert client.get("/?q=patent").status_code == 401


def test_the_form_speaks_the_language_of_the_browser(client: FlaskClient) -> None:
    html = client.get("/", headers={"Accept-Language": "zh-CN"}).get_data(as_text=True)
    assert '<html lang="zh-Hans">' in html and "登录" in html


def test_over_https_the_cookie_stays_there(client: FlaskClient, secret: str) -> None:
    client.post("/sign-in", data={"token": secret}, base_url="https://localhost")
    cookie = client.get_cookie("transcripts")
    assert cookie and cookie.secure


def test_a_wrong_token_is_told_and_sets_nothing(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"token": "tst_wrong", "next": "/"})
    assert answer.status_code == 401
    assert "This token is not known" in answer.get_data(as_text=True)
    assert client.get_cookie("transcripts") is None


def test_a_revoked_token_ends_at_once(client: FlaskClient, tokens: Tokens, secret: str) -> None:
    sign_in(client, secret)
    assert client.get("/").status_code == 200
    Tokens(tokens.path).revoke("Ann")
    assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_after_signing_in_one_stays_on_this_host(
    client: FlaskClient, secret: str, back: str
) -> None:
    assert sign_in(client, secret, back) == "303 /"


def test_what_was_asked_for_comes_back_as_text(client: FlaskClient) -> None:
    html = client.get('/t/"><script>alert(1)</script>?q=%22%3E<script>').get_data(as_text=True)
    assert "<script>" not in html


def test_a_large_form_is_refused_unread(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"token": "x" * 100_000})
    assert answer.status_code == 413


def test_a_damaged_file_of_tokens_lets_nobody_in_and_tells_strangers_nothing(
    client: FlaskClient, tokens: Tokens, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    tokens.path.write_text("{")
    answer = client.get("/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 503
    assert str(tokens.path) not in answer.get_data(as_text=True)
    assert str(tokens.path) in caplog.text


# A proxy.


def through(client: FlaskClient, peer: str, address: str = "/", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get(address, headers=named, environ_base={"REMOTE_ADDR": peer})
    return answer.status_code


@pytest.fixture
def trusted() -> Trusted:
    return Trusted.at("X-Remote-User", ["10.0.0.0/8", "fd00::/8", "192.0.2.7"])


def test_a_name_is_believed_from_the_proxy_alone(archive: Archive, trusted: Trusted) -> None:
    client = create_app(archive, access=Access(trusted=trusted)).test_client()
    for peer in ("10.1.2.3", "::ffff:10.1.2.3", "fd00::1", "192.0.2.7"):
        assert through(client, peer, X_Remote_User="ann") == 200
        assert through(client, peer, "/api/v1/status", X_Remote_User="ann") == 200
        assert through(client, peer) == through(client, peer, X_Remote_User=" ") == 403
    for peer in ("11.1.2.3", "127.0.0.1", "::1", "fe80::1", "192.0.2.8", "", "unix:"):
        assert through(client, peer, X_Remote_User="ann") == 403
        assert through(client, peer, "/api/v1/status", X_Remote_User="ann") == 403


def test_a_forwarded_address_does_not_make_a_stranger_the_proxy(
    archive: Archive, trusted: Trusted
) -> None:
    client = create_app(archive, proxies=1, access=Access(trusted=trusted)).test_client()
    spoofed = {"X_Remote_User": "ann", "X_Forwarded_For": "10.1.2.3"}
    assert through(client, "11.1.2.3", **spoofed) == 403
    assert through(client, "10.1.2.3", X_Remote_User="ann", X_Forwarded_For="11.1.2.3") == 200


def test_people_come_through_the_proxy_and_programs_with_a_token(
    archive: Archive, tokens: Tokens, secret: str, trusted: Trusted
) -> None:
    client = create_app(archive, access=Access(tokens, trusted)).test_client()
    assert through(client, "10.1.2.3", X_Remote_User="ann") == 200
    assert through(client, "11.1.2.3", X_Remote_User="ann") == 401
    assert through(client, "11.1.2.3", "/api/v1/status", Authorization=f"Bearer {secret}") == 200


def test_under_a_prefix_the_form_leads_back_there(
    archive: Archive, tokens: Tokens, secret: str
) -> None:
    app = Flask("intranet")
    app.register_blueprint(blueprint(archive, access=Access(tokens)), url_prefix="/desk")
    app.register_blueprint(blueprint(archive, "open"), url_prefix="/open")
    client = app.test_client()
    html = client.get("/desk/?q=专利").get_data(as_text=True)
    assert 'action="/desk/sign-in"' in html
    found = re.search(r'name="next" value="([^"]+)"', html)
    assert found and found[1] == "/desk/?q=%E4%B8%93%E5%88%A9"
    answer = client.post("/desk/sign-in", data={"token": secret, "next": found[1]})
    assert answer.headers["Location"] == found[1]
    assert "Path=/desk/" in answer.headers["Set-Cookie"]
    assert client.get("/desk/?q=专利").status_code == 200
    assert client.get("/desk/api/v1/status").status_code == 200
    assert client.get("/open/").status_code == 200


def test_no_network_is_no_network() -> None:
    for wrong in ("proxy.example", "10.0.0.0/33", "10.0.0.1/8", ""):
        with pytest.raises(ValueError):
            Trusted.at("X-Remote-User", [wrong])
