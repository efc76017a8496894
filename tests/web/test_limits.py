"""Nobody asks so often that others wait."""

from __future__ import annotations

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search import Archive
from search.web import create_app
from search.web.limits import MOST_CLIENTS, Limiter


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_may_come_at_once_and_then_as_time_goes_by() -> None:
    clock = Clock()
    limiter = Limiter(60, clock)
    assert [limiter.wait("a") for _ in range(60)] == [0.0] * 60
    assert limiter.wait("a") == 1.0
    clock.now += 0.75
    assert limiter.wait("a") == 0.25
    clock.now += 0.25
    assert limiter.wait("a") == 0.0
    assert limiter.wait("b") == 0.0
    # A night without a request is worth no more than a minute.
    clock.now += 36_000
    assert [limiter.wait("a") for _ in range(61)].count(0.0) == 60


@given(
    rate=st.integers(1, 100),
    steps=st.lists(st.floats(0, 30, allow_nan=False, width=16), min_size=1, max_size=300),
)
def test_no_client_ever_has_more_than_its_rate(rate: int, steps: list[float]) -> None:
    clock = Clock()
    limiter = Limiter(rate, clock)
    allowed = 0
    for step in steps:
        clock.now += step
        allowed += limiter.wait("a") == 0.0
    assert allowed <= rate + sum(steps) * rate / 60 + 1e-6


def test_what_is_known_of_clients_is_bounded() -> None:
    limiter = Limiter(1, Clock())
    for number in range(MOST_CLIENTS + 10):
        assert limiter.wait(str(number)) == 0.0
    assert len(limiter._buckets) == MOST_CLIENTS
    # Whoever has asked last is still known.
    assert limiter.wait(str(MOST_CLIENTS + 9)) > 0


def ask(client: FlaskClient, peer: str, address: str = "/api/v1/status") -> int:
    return client.get(address, environ_base={"REMOTE_ADDR": peer}).status_code


def test_a_client_is_an_address_and_of_ipv6_a_network(archive: Archive) -> None:
    client = create_app(archive, rate=2).test_client()
    assert [ask(client, "192.0.2.7") for _ in range(3)] == [200, 200, 429]
    assert ask(client, "::ffff:192.0.2.7") == 429
    assert ask(client, "192.0.2.8") == 200
    assert [ask(client, f"2001:db8::{n}") for n in (1, 2, 3)] == [200, 200, 429]
    assert ask(client, "2001:db8:0:1::1") == 200


def test_whoever_asks_too_often_is_told_when_to_come_back(archive: Archive) -> None:
    client = create_app(archive, rate=1).test_client()
    assert client.get("/?q=patent").status_code == 200
    page, data = client.get("/?q=patent"), client.get("/api/v1/search?q=patent")
    assert page.status_code == data.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= 60
    assert "<main" in page.get_data(as_text=True)
    assert 0 < int(data.headers["Retry-After"]) <= 60
    assert data.mimetype == "application/problem+json"
    assert client.get("/health").status_code == 200
    with client.get("/assets/page.css") as answer:
        assert answer.status_code == 200
