"""The description of the interface is that of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from search import Archive
from search.web import create_app, openapi

ID = "wang-xiaogang-sensetime"


@pytest.fixture(scope="module")
def document(archive: Archive) -> dict[str, Any]:
    found: dict[str, Any] = create_app(archive).test_client().get("/api/v1/openapi.json").get_json()
    return found


@pytest.fixture(scope="module")
def schema(archive: Archive) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(archive))


REFUSING = [
    path for path, (_, _, given, _) in openapi.OPERATIONS.items() if given and "{" not in path
]
"""Any text at all may be in the place of an id: it is not found, and that is described."""


def ask(schema: Any, path: str, mode: GenerationMode) -> None:
    """Ask for a good deal that fits the description, or does not, and look at every answer."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def answered(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    answered()


@pytest.mark.parametrize("path", openapi.OPERATIONS)
def test_what_fits_the_description_is_answered_as_described(schema: Any, path: str) -> None:
    ask(schema, path, GenerationMode.POSITIVE)


@pytest.mark.parametrize("path", REFUSING)
def test_what_does_not_fit_it_is_refused(schema: Any, path: str) -> None:
    ask(schema, path, GenerationMode.NEGATIVE)


@pytest.mark.parametrize(
    ("path", "where", "query"),
    [
        ("/api/v1/search", {}, {"q": "专利 patent", "limit": 100}),
        ("/api/v1/search", {}, {"q": "inovation"}),
        ("/api/v1/search", {}, {"q": "patent", "transcript": ID, "exact": "true"}),
        ("/api/v1/suggest", {}, {"q": "wang"}),
        ("/api/v1/terms", {}, {"q": "专利"}),
        ("/api/v1/concordance", {}, {"q": "专利", "lang": "en", "sort": "left"}),
        ("/api/v1/transcripts", {}, {}),
        ("/api/v1/transcripts/{id}", {"id": ID}, {}),
        ("/api/v1/status", {}, {}),
    ],
)
def test_what_is_given_is_as_described_to_the_last_field(
    schema: Any, document: dict[str, Any], path: str, where: dict[str, str], query: dict[str, Any]
) -> None:
    answer = schema[path]["GET"].Case(path_parameters=where, query=query).call_and_validate()
    assert answer.status_code == 200
    name = openapi.OPERATIONS[path][3]
    assert list(unknown(answer.json(), openapi.ref(name), document)) == []


def test_one_passage_is_as_described(
    schema: Any, document: dict[str, Any], client: FlaskClient
) -> None:
    keys = [
        passage["id"].rpartition("/")[2]
        for passage in client.get(f"/api/v1/transcripts/{ID}").get_json()["passages"]
    ]
    path = "/api/v1/transcripts/{id}/passages/{key}"
    for before, key, after in zip([None, *keys], keys, [*keys[1:], None], strict=False):
        case = schema[path]["GET"].Case(path_parameters={"id": ID, "key": key})
        given = case.call_and_validate().json()
        assert (given["previous"], given["next"]) == (before, after)
        assert list(unknown(given, openapi.ref("PassageInPlace"), document)) == []
    assert client.get(f"/api/v1/transcripts/{ID}/passages/{keys[0]}0").status_code == 404


def unknown(value: Any, described: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    """The fields of a value that its description does not have."""
    if "$ref" in described:
        described = document["components"]["schemas"][described["$ref"].rpartition("/")[2]]
    if "anyOf" in described:
        if value is None:
            return
        described = described["anyOf"][0]
        yield from unknown(value, described, document)
    elif isinstance(value, list):
        for each in value:
            yield from unknown(each, described["items"], document)
    elif "properties" in described:
        for field, each in value.items():
            if field not in described["properties"]:
                yield field
            else:
                yield from unknown(each, described["properties"][field], document)


def test_every_address_of_the_interface_is_described(app: Flask) -> None:
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert routes - {"/api/v1/openapi.json"} == set(openapi.OPERATIONS)


def test_people_read_the_same_on_a_page_of_our_own(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    html = client.get("/api/docs").get_data(as_text=True)
    for path in document["paths"]:
        assert f"GET {path}" in html
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in html
    assert not re.search(r"https?://|<script(?![^>]* src=)|<style|\sstyle=", html)
