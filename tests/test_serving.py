"""Nothing is shown to other machines before somebody has said who may see it."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from waitress.wasyncore import close_all

from search import Archive
from search.serving import ServingError, loopback, server
from search.settings import Settings
from search.web.tokens import Tokens

Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def serving(archive: Archive, tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """Serve by settings, on a free port of this machine, and give a way to ask."""
    ends: list[Callable[[], None]] = []

    def serve(**settings: Any) -> Ask:
        settings = {"tokens": str(tmp_path / "tokens.json"), "log": "none"} | settings
        running, address = server(archive, Settings(port=0, **settings))
        thread = Thread(target=running.run)
        thread.start()

        def end() -> None:
            running.trigger.pull_trigger(lambda: close_all(running._map))
            thread.join()
            running.task_dispatcher.shutdown()

        ends.append(end)
        host = address.removeprefix("http://")

        def ask(
            path: str = "/", raw: Mapping[str, str] | None = None, **headers: str
        ) -> http.client.HTTPResponse:
            connection = http.client.HTTPConnection(host)
            named = {name.replace("_", "-"): value for name, value in headers.items()} | dict(
                raw or {}
            )
            connection.request("GET", path, headers=named)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer

        return ask

    yield serve
    for end in ends:
        end()


@pytest.mark.parametrize(
    "settings",
    [{"host": "0.0.0.0"}, {"host": "::"}, {"host": "192.0.2.1"}, {"proxies": 1}],
)
def test_for_other_machines_it_wants_to_be_told(
    archive: Archive, tmp_path: Path, settings: dict[str, Any]
) -> None:
    tokens = tmp_path / "tokens.json"
    with pytest.raises(ServingError, match=r"token NAME.*--trust-header.*--open") as error:
        server(archive, Settings(port=0, tokens=str(tokens), **settings))
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"trust_header": "X-User"}, "give both"),
        ({"trust_from": ("10.0.0.1",)}, "give both"),
        ({"trust_header": "X-User", "trust_from": ("proxy",)}, "An address is"),
        ({"frame_origins": ("intranet",)}, "'intranet' is no origin"),
        ({"cors_origins": ("*",)}, "'*' is no origin"),
        ({"trust_header": "X-User", "trust_from": ("10.0.0.1",), "open": True}, "leave one out"),
        ({"host": "192.0.2.1", "open": True}, "Cannot serve at 192.0.2.1:0"),
    ],
)
def test_what_cannot_be_served_so_is_told(
    archive: Archive, tmp_path: Path, settings: dict[str, Any], words: str
) -> None:
    tokens = tmp_path / "tokens.json"
    with pytest.raises(ServingError) as error:
        server(archive, Settings(port=0, tokens=str(tokens), **settings))
    assert words in str(error.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_is_told_from_others(host: str) -> None:
    assert loopback(host)
    assert not loopback("0.0.0.0") and not loopback("::") and not loopback("localhost.example")


def test_on_this_machine_it_is_open(serving: Callable[..., Ask]) -> None:
    ask = serving()
    assert ask().status == 200
    for host in ("localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]", "[::1]:8000"):
        assert ask(Host=host).status == 200


def test_it_answers_at_the_address_that_it_names(serving: Callable[..., Ask]) -> None:
    assert serving(host="127.0.0.2")().status == 200


def test_a_page_that_names_itself_after_this_machine_reads_nothing(
    serving: Callable[..., Ask],
) -> None:
    ask = serving()
    for host in ("rebound.example", "127.0.0.1.example", "", "localhost@evil.example", "[", "::1"):
        assert ask("/api/v1/search?q=patent", Host=host).status == 400
        assert ask("/", Host=host).status == 400


def test_with_a_token_in_the_file_it_is_asked_for(
    serving: Callable[..., Ask], tmp_path: Path
) -> None:
    secret = Tokens(tmp_path / "tokens.json").make("Ann")
    ask = serving()
    assert ask("/api/v1/status").status == 401
    assert ask("/api/v1/status", Authorization=f"Bearer {secret}").status == 200


def test_a_header_is_trusted_from_where_it_was_said(serving: Callable[..., Ask]) -> None:
    ask = serving(trust_header="X-Remote-User", trust_from=("127.0.0.1",))
    assert ask().status == 403
    assert ask(X_Remote_User="ann").status == 200
    # waitress drops names with a low line, which some proxies let through.
    assert ask(raw={"X_Remote_User": "ann"}).status == 403
    ask = serving(trust_header="X-Remote-User", trust_from=("10.0.0.0/8",))
    assert ask(X_Remote_User="ann", X_Forwarded_For="10.0.0.1").status == 403


def test_forwarded_headers_count_only_behind_a_proxy(serving: Callable[..., Ask]) -> None:
    for settings, answers in (({}, [200, 429]), ({"proxies": 1, "open": True}, [200, 200])):
        ask = serving(rate=1, **settings)
        assert [ask(X_Forwarded_For=f"192.0.2.{n}").status for n in (1, 2)] == answers


def test_endless_headers_are_refused(serving: Callable[..., Ask]) -> None:
    ask = serving()
    assert ask(X_Long="x" * 40_000).status == 431
    assert ask("/?q=" + "%E4%B8%93" * 1_000).status == 200
