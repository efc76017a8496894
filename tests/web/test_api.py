"""The answers for programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import Archive
from search.web import create_app


def test_search_gives_the_results_as_from_python(client: FlaskClient, archive: Archive) -> None:
    answer = client.get("/api/v1/search?q=专利&limit=3&offset=1")
    expected = archive.search("专利", limit=3, offset=1).to_dict()
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.get_json() | {"took_ms": 0} == expected | {"took_ms": 0}
    assert "專利" in answer.get_data(as_text=True)


def test_switches_are_those_of_the_engine(client: FlaskClient, archive: Archive) -> None:
    answer = client.get("/api/v1/search?q=innovate&exact=1&one_language=1").get_json()
    assert answer["total"] == archive.search("innovate", exact=True, one_language=True).total


def test_no_hits_may_be_asked_for(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=patent&limit=0").get_json()
    assert answer["hits"] == []
    assert answer["total"] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        "limit=-1",
        "limit=101",
        "limit=ten",
        "limit=",
        "limit=²",
        "offset=-1",
        "offset=" + "9" * 9000,
    ],
)
def test_a_bad_number_is_refused_in_a_sentence(client: FlaskClient, arguments: str) -> None:
    answer = client.get(f"/api/v1/search?q=patent&{arguments}")
    name = arguments.partition("=")[0]
    problem = answer.get_json(force=True)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert problem["status"] == 400
    assert problem["detail"].startswith(f"`{name}` must be a whole number from 0 to")
    assert len(problem["detail"]) < 200


def test_an_unknown_resource_is_a_problem_too(client: FlaskClient) -> None:
    answer = client.get("/api/v2/search")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_completions_are_those_from_python(client: FlaskClient, archive: Archive) -> None:
    answer = client.get("/api/v1/suggest?q=zhuan&limit=2")
    expected = [each.to_dict() for each in archive.suggest("zhuan", limit=2)]
    assert expected and len(expected) <= 2
    assert answer.get_json() == {"query": "zhuan", "completions": expected}
    assert "專利" in answer.get_data(as_text=True)
    assert client.get("/api/v1/suggest?q=zhuan&limit=0").get_json()["completions"] == []
    assert client.get("/api/v1/suggest?q=zhuan&limit=21").status_code == 400
    assert client.get("/api/v1/suggest").get_json()["completions"] == []


def test_health_tells_the_generation(client: FlaskClient, archive: Archive) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ok"
    assert answer.get_json()["generation"] == archive.status()["generation"]


def test_without_an_index_it_is_not_healthy(tmp_path: Path) -> None:
    answer = create_app(tmp_path).test_client().get("/health")
    assert answer.status_code == 503
    assert answer.get_json(force=True)["detail"].startswith(f"There is no index in {tmp_path}.")
