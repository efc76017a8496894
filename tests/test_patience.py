"""No query takes longer than whoever asks is ready to wait."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest

from search import Archive
from search.errors import QueryTooSlow
from search.patience import within
from search.web import create_app

OVER = -1.0
"""Seconds after which the time is up before anything has begun."""


@pytest.mark.parametrize(
    "query",
    [
        "patent",
        "专利",
        "a* *b*",
        "inovation~",
        "speaker:wang",
        "title:sense",
        '"a b"~9',
        "-patent",
        "role:answer",
        "*",
    ],
)
def test_whatever_is_asked_ends_when_the_time_is_up(archive: Archive, query: str) -> None:
    with within(OVER), pytest.raises(QueryTooSlow, match="longer than -1 seconds"):
        archive.search(query)
    assert archive.search(query).read_as


def test_within_the_time_it_is_answered(archive: Archive) -> None:
    with within(60):
        inside = archive.search("patent").total
    assert inside == archive.search("patent").total > 0


def test_a_long_query_ends_in_its_midst(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: Iterator[float] = iter([0.0, *[1.0] * 20, *[9.0] * 1000])
    monkeypatch.setattr("search.patience.time.monotonic", lambda: next(looks))
    with within(5), pytest.raises(QueryTooSlow):
        archive.search(" ".join(f"*{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"))
    assert next(looks) == 9.0


def test_one_thread_does_not_wait_for_another(archive: Archive) -> None:
    found = []
    with within(OVER):
        thread = Thread(target=lambda: found.append(archive.search("patent").total))
        thread.start()
        thread.join()
    assert found and found[0] > 0


def test_who_is_refused_is_told_and_the_next_is_answered(archive: Archive) -> None:
    client = create_app(archive, timeout=OVER).test_client()
    for address, kind in (
        ("/?q=patent", "text/html"),
        ("/api/v1/search?q=patent", "application/problem+json"),
        ("/feed.atom?q=patent", "text/html"),
        ("/hits.csv?q=patent", "text/html"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (503, kind)
        assert "This query takes longer than" in answer.get_data(as_text=True)
    assert archive.search("patent").total
    assert create_app(archive).test_client().get("/?q=patent").status_code == 200
