"""Nothing that a person types, or puts in an address, breaks the pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

ADDRESSES = ("/", "/t/wang-xiaogang-sensetime", "/api/v1/search", "/api/v1/suggest")

PIECES = ["patent", "专利", "AND", "OR", "NOT", "-", "(", ")", '"', "*", "~", "=", "in:", "lang:zh"]
PIECES += ["speaker:王", "\0", "\N{RIGHT-TO-LEFT OVERRIDE}", "<script>", "'", "&", "%", "\n"]

typed = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
)


@settings(max_examples=150)
@given(query=typed)
@example(query="𠀀0")
def test_any_text_is_answered(client: FlaskClient, query: str) -> None:
    for address in ADDRESSES:
        assert client.get(address, query_string={"q": query}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "raw", ["%00", "a%00b", "%ff%fe", "%ed%a0%80", "%", "%zz", "%F0%9F%98%80", "((((" * 50]
)
def test_any_bytes_are_answered(client: FlaskClient, address: str, raw: str) -> None:
    assert client.get(f"{address}?q={raw}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/t/%00", "/t/%ff", "/t/..%2f..%2fetc", "/t/" + "a" * 9000, "/nowhere", "/%ff%00", "/t/"],
)
def test_any_other_address_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<main" in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_query_of_the_longest_length_is_searched_and_a_longer_one_refused(
    client: FlaskClient, address: str
) -> None:
    assert client.get(address, query_string={"q": "专" * 1000}).status_code == 200
    answer = client.get(address, query_string={"q": "专" * 1001})
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert "This query has 1,001 characters; 1,000 is the most that can be searched for." in text
    assert client.get(address, query_string={"q": "a" * 10_000}).status_code == 400


def test_what_is_typed_is_text_and_never_markup(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    for address in ADDRESSES[:2]:
        html = client.get(address, query_string={"q": evil}).get_data(as_text=True)
        assert "<script>" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html
