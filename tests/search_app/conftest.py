"""The web site over the sample archive, and over small archives that a test makes itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.archive import Archive
from indexer.config import Settings
from indexer.ingest import ingest
from indexer.reindex import reindex
from search_app import create_app
from search_app.site import Site

SAMPLE = Path(__file__).parents[2] / "corpus" / "protokoll"


def made_archive(home: Path, sources: Path, *, index: bool = True) -> Settings:
    """Everything in ``sources`` read and, unless told otherwise, indexed below ``home``."""
    settings = Settings(home=home, workers=1)
    with Archive.open(settings.archive_path) as archive:
        ingest(sources, archive, settings)
    if index:
        reindex(settings)
    return settings


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def words_of(tag: Tag | None) -> str:
    """What a reader sees of a tag, on one line."""
    assert tag, "there is no such tag"
    return " ".join(tag.get_text().split())


class Client(FlaskClient):
    """A client that reads answers to their end, as a browser does; so files are closed."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


def client_of(settings: Settings) -> FlaskClient:
    site = create_app(settings)
    return Client(site, site.response_class)


@dataclass(frozen=True)
class Browser:
    """A reader of the site who expects every page to be there."""

    client: FlaskClient

    def page(self, address: str, status: int = 200) -> BeautifulSoup:
        response = self.client.get(address)
        assert response.status_code == status, f"{address}: {response.status}"
        return parsed(response.get_data(as_text=True))

    def links(self, address: str, selector: str) -> list[str]:
        return addresses(self.page(address).select(selector))


def addresses(links: Iterable[Tag]) -> list[str]:
    return [str(link["href"]) for link in links]


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return made_archive(tmp_path_factory.mktemp("sample"), SAMPLE)


@pytest.fixture(scope="session")
def sample(sample_settings: Settings) -> Site:
    return create_app(sample_settings)


@pytest.fixture
def client(sample: Site) -> FlaskClient:
    return Client(sample, sample.response_class)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


@pytest.fixture
def no_archive(tmp_path: Path) -> FlaskClient:
    return client_of(Settings(home=tmp_path))
