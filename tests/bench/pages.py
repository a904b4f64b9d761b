"""What a page of results costs from request to last byte, beside a page that says nothing.

Both go through Flask's test client, which costs as much for the one as for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Flask
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.engines.base import Sort
from search_app import create_app
from search_app.retrieval.search_request import SearchRequest, from_parameters
from search_app.retrieval.service import SearchService
from tests.bench.cases import Case
from tests.bench.measuring import least_cpu

SERVICE, HTML, JSON, EMPTY = (
    "SearchService.search",
    "page /sok",
    "page of JSON API",
    "empty Flask page",
)
A_CLASS = 5  # queries of each class; about 60 in all


@dataclass(frozen=True, slots=True)
class Page:
    """``cpu``: milliseconds."""

    what: str
    cpu: float
    bytes: int


def requests(cases: Sequence[Case]) -> list[SearchRequest]:
    """The first of each class that can be typed."""
    kinds = dict.fromkeys(case.kind for case in cases)
    chosen = [
        [case for case in cases if case.kind == kind and case.text][:A_CLASS] for kind in kinds
    ]
    return [
        SearchRequest(case.text, sort=case.search.sort if case.search.sort is Sort.NEWEST else None)
        for some in chosen
        for case in some
    ]


def pages(home: Path, asked: Sequence[SearchRequest]) -> list[Page]:
    settings = Settings(home=home)
    service, ours, empty = SearchService(settings), create_app(settings).test_client(), _empty()
    measured = []
    for request in asked:
        html, json = request.address(), request.address("/api/v1/search")
        assert from_parameters(parse_qsl(html.partition("?")[2])) == request, html
        measured += [
            Page(SERVICE, least_cpu(partial(service.search, request)), 0),
            Page(HTML, least_cpu(partial(_get, ours, html)), _get(ours, html)),
            Page(JSON, least_cpu(partial(_get, ours, json)), _get(ours, json)),
            Page(EMPTY, least_cpu(partial(_get, empty, "/")), _get(empty, "/")),
        ]
    return measured


def _get(client: FlaskClient, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status}"
    return len(response.get_data())


def _empty() -> FlaskClient:
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "empty")
    return app.test_client()
