"""The answers for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import Archive
from search.concordance import Order
from search.model import Lang
from search.web import create_app
from tests.conftest import MakeArchive


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
    for address in ("/api/v2/search", "/api/", "/api/v1/", "/api/v1/transcripts/none"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_done_here_but_reading(client: FlaskClient, method: str) -> None:
    for address in ("/api/v1/search", "/api/v1/nothing", "/api/v1/transcripts/none", "/api/docs"):
        answer = client.open(address, method=method)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.open("/api/v1/search", method=method).mimetype == "application/problem+json"
    assert "<main" in client.open("/", method=method).get_data(as_text=True)


def test_a_fault_of_our_own_is_a_problem_without_its_details(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(archive, "search", fail)
    client = create_app(archive).test_client()
    for address, kind in (
        ("/api/v1/search?q=a", "application/problem+json"),
        ("/?q=a", "text/html"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (500, kind)
        assert "secret" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search?q=patent",
        "/api/v1/suggest?q=pat",
        "/api/v1/terms?q=patent",
        "/api/v1/transcripts",
        "/api/v1/transcripts/wang-xiaogang-sensetime",
        "/api/v1/status",
    ],
)
def test_whoever_has_the_answer_of_this_generation_is_told_so(
    client: FlaskClient, address: str
) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert client.get(address, headers={"If-None-Match": 'W/"another"'}).status_code == 200
    assert client.head(address).headers["ETag"] == tag


def test_what_is_refused_is_refused_to_whoever_has_a_tag_too(client: FlaskClient) -> None:
    tag = {"If-None-Match": client.get("/api/v1/status").headers["ETag"]}
    assert client.get("/api/v1/search?limit=x", headers=tag).status_code == 400
    assert client.get("/api/v1/transcripts/none", headers=tag).status_code == 404


def test_a_rebuild_changes_the_tag(make_archive: MakeArchive) -> None:
    client = create_app(make_archive("A lantern.")).test_client()
    tag = {"If-None-Match": client.get("/api/v1/search?q=lantern").headers["ETag"]}
    make_archive("A lantern.", "Another lantern.")
    answer = client.get("/api/v1/search?q=lantern", headers=tag)
    assert answer.status_code == 200 and answer.get_json()["total"] == 2


def test_hits_of_one_transcript_come_in_their_order(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?q=patent&transcript=wang-xiaogang-sensetime").get_json()[
        "hits"
    ]
    places = [hit["position"] for hit in hits]
    assert len(places) > 1 and places == sorted(places)
    assert client.get("/api/v1/search?q=patent&transcript=none").get_json()["total"] == 0


def test_a_switch_is_on_or_off(client: FlaskClient) -> None:
    def total(switch: str) -> int:
        return int(client.get(f"/api/v1/search?q=innovate{switch}").get_json()["total"])

    on, off = total("&exact=true&one_language=1"), total("&exact=0&one_language=false")
    assert on < off == total("")
    problem = client.get("/api/v1/search?q=a&exact=yes").get_json(force=True)
    assert problem["detail"].startswith("`exact` must be")


def test_a_transcript_is_given_whole(client: FlaskClient, archive: Archive) -> None:
    id = "wang-xiaogang-sensetime"
    given = client.get(f"/api/v1/transcripts/{id}").get_json()
    transcript = archive.transcript(id)
    assert transcript
    assert given["passages"] == [
        json.loads(json.dumps(passage.to_dict())) for passage in transcript.passages
    ]
    assert given["title"] == transcript.about.title.to_dict()
    (listed,) = client.get("/api/v1/transcripts").get_json()["transcripts"]
    assert listed == {name: value for name, value in given.items() if name != "passages"}
    for each in (listed, given["passages"][3]):
        assert client.get(each["url"]).status_code == 200


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


def test_the_concordance_is_what_the_engine_gives(client: FlaskClient, archive: Archive) -> None:
    found = archive.concordance("patent", lang=Lang.ZH, order=Order.RIGHT, limit=2, offset=1)
    data = client.get("/api/v1/concordance?q=patent&lang=zh&sort=right&limit=2&offset=1").get_json()
    lines = data.pop("lines")
    assert data == {key: value for key, value in found.to_dict().items() if key != "lines"}
    assert [line.pop("url") for line in lines] == [line.passage.url for line in found.lines]
    assert lines == [line.to_dict() for line in found.lines]


@pytest.mark.parametrize("wrong", ["lang=fr", "sort=date", "limit=101", "exact=maybe"])
def test_a_concordance_that_there_is_not_is_refused(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/api/v1/concordance?q=a&{wrong}")
    assert answer.status_code == 400
    assert wrong.partition("=")[0] in answer.get_json(force=True)["detail"]
