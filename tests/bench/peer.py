"""What a benchmark compares: engines that are asked the same and must answer the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.engines.base import Attribute, Engine, Search
from tests.bench.spool import Row

Facets = Mapping[Attribute, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """``hits``: numbers of passages, best first."""

    total: int
    hits: tuple[int, ...]
    facets: Facets = field(default_factory=dict)


Ask = Callable[[Search], Answer]


@dataclass(frozen=True, slots=True)
class Peer:
    """``build`` makes an index of rows in a folder; None: ``open`` reads ours. ``most``: passages
    of the largest archive that it takes part in."""

    name: str
    open: Callable[[Path], Ask]
    build: Callable[[Path, Iterable[Row]], None] | None = None
    most: int = 1 << 40


def asking(engine: Engine) -> Ask:
    """Our own engines as the product asks them."""

    def ask(search: Search) -> Answer:
        result = engine.search(search)
        facets = {attribute: dict(counts) for attribute, counts in result.facets.items()}
        return Answer(result.total, tuple(hit.number for hit in result.hits), facets)

    return ask
