"""The answers for programs: the same as on the pages, as JSON."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from search_app.retrieval import as_json
from search_app.retrieval.search_request import SearchRequest
from search_app.site import Site

PDF = "almhalla/kommunstyrelsen/2019-03-12/3-2019"


def test_a_search_gives_what_the_service_gives(sample: Site, client: FlaskClient) -> None:
    expected = as_json.result_page(sample.service.search(SearchRequest(text="skola")))
    answer = client.get("/api/v1/search?q=skola")
    assert answer.mimetype == "application/json"
    assert answer.json == json.loads(json.dumps(expected))
    assert answer.json["total"] > 20


def test_the_parameters_are_those_of_the_pages(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=skola&organ=kommunstyrelsen&sort=aldst&sida=2&antal=3")
    assert answer.json
    assert answer.json["page"] == 2
    assert len(answer.json["hits"]) == 3
    assert {hit["body"] for hit in answer.json["hits"]} == {"Kommunstyrelsen"}


def test_a_protokoll_with_the_marks_of_a_query(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/protokoll/{PDF}?q=skola").json
    assert answer
    assert answer["id"] == PDF
    assert answer["date"] == "2019-03-12"
    passages = [one for section in answer["paragrafer"] for one in section["passages"]]
    marked = {
        passage["text"][start:end].casefold()
        for passage in passages
        for start, end in passage["marks"]
    }
    assert "skolornas" in marked
    assert {word for word in marked if "skol" not in word} == set()


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/protokoll/finns/inte", 404, "not_found"),
        ("/api/v2/search", 404, "not_found"),
    ],
)
def test_an_error_is_json_too(client: FlaskClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json
    assert answer.json["error"]["code"] == code
    assert answer.json["error"]["message"]


def test_a_method_that_is_not_allowed_is_told_which_are(client: FlaskClient) -> None:
    answer = client.delete("/api/v1/search")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.json
    assert answer.json["error"]["code"] == "method_not_allowed"


def test_without_an_archive_programs_are_told_to_wait(no_archive: FlaskClient) -> None:
    answer = no_archive.get("/api/v1/search?q=skola")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert answer.json
    assert answer.json["error"]["code"] == "unavailable"
    assert "Försök igen" in answer.json["error"]["message"]
