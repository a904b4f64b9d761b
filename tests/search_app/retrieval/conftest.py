"""A house of small protokoll, indexed, with the service that answers from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from indexer.config import default_cache
from indexer.reindex import IndexReport, reindex
from search_app.retrieval.service import SearchService
from tests.indexer.conftest import House
from tests.indexer.conftest import house as house  # a fixture


@dataclass
class Searched:
    house: House
    service: SearchService

    def write(self, name: str, content: str) -> None:
        self.house.write(name, content)

    def index(self, **settings: object) -> IndexReport:
        """Reads what changed and publishes it."""
        self.house.ingest(**settings)
        return reindex(self.house.settings)


@pytest.fixture
def searched(house: House) -> Searched:
    house.settings = replace(house.settings, cache=default_cache())
    return Searched(house, SearchService(house.settings))
