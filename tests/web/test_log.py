"""One line tells of each request, and no request makes another line."""

from __future__ import annotations

import re

import pytest

from search import Archive
from search.web import create_app
from search.web.access import Access, Trusted
from search.web.log import LOGGER, Log

LINE = re.compile(
    r"127\.0\.0\.1 - (?P<who>\S+) \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "
    r'"GET (?P<target>\S+) HTTP/1\.1" (?P<status>\d{3}) \d+ \d+\.\dms'
)


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", LOGGER.name)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == LOGGER.name]


def asked(archive: Archive, how: Log, address: str) -> None:
    create_app(archive, log=how).test_client().get(address)


def test_a_line_says_who_asked_for_what_and_what_came_of_it(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    trusted = Trusted.at("X-Remote-User", ["127.0.0.1"])
    app = create_app(archive, log=Log.FULL, access=Access(trusted=trusted))
    app.test_client().get("/api/v1/search?q=专利&limit=1", headers={"X-Remote-User": "ann lee"})
    app.test_client().get("/t/none")
    found, refused = map(LINE.fullmatch, lines(caplog))
    assert found and refused
    assert found["who"] == "ann%20lee" and refused["who"] == "-"
    assert found["target"] == "/api/v1/search?q=%E4%B8%93%E5%88%A9&limit=1"
    assert (found["status"], refused["status"]) == ("200", "403")


def test_what_is_searched_for_can_be_left_out(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    asked(archive, Log.PATHS, "/?q=a-secret")
    (line,) = lines(caplog)
    assert '"GET / HTTP/1.1" 200' in line and "secret" not in caplog.text
    asked(archive, Log.NONE, "/?q=another")
    assert len(lines(caplog)) == 1


@pytest.mark.parametrize(
    "evil", ["%0A127.0.0.1 - root", "%1b[2J", "\x1b[2J", "%22 200 1", "专\r\n"]
)
def test_no_request_makes_a_line_of_its_own(
    archive: Archive, caplog: pytest.LogCaptureFixture, evil: str
) -> None:
    client = create_app(archive, log=Log.FULL).test_client()
    client.get("/", query_string="q=" + evil)
    client.get("/" + evil.replace("\r\n", "%0d%0a"))
    for line in lines(caplog):
        assert LINE.fullmatch(line), line
        assert line.isprintable() and line.isascii()


def test_a_fault_is_logged_too(
    archive: Archive, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "search", lambda *_, **__: 1 / 0)
    asked(archive, Log.FULL, "/api/v1/search?q=a")
    assert any(" 500 " in line for line in lines(caplog))
