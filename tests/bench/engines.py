"""Queries put to all peers in turn: what each of them cost, once all have given the same answer."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.config import Settings
from indexer.engines import tantivy_engine, whoosh_engine
from indexer.engines.base import Sort
from indexer.engines.generations import current_number, load
from search_app.retrieval.live_index import LiveIndex
from search_app.retrieval.query_language import read_query
from tests.bench import fts5, raw_tantivy
from tests.bench.cases import Case, Picker
from tests.bench.measuring import least_cpu
from tests.bench.peer import Answer, Ask, Peer, asking

OURS, RAW, FTS5, WHOOSH = "ours", "tantivy", "FTS5", "whoosh"
WHOOSH_MOST = 12_000  # passages: it takes minutes to build more

PEERS = (
    Peer(OURS, lambda folder: asking(tantivy_engine.open_index(folder))),
    Peer(RAW, raw_tantivy.open_index, raw_tantivy.build),
    Peer(FTS5, fts5.open_index, fts5.build),
    Peer(WHOOSH, lambda folder: asking(whoosh_engine.open_index(folder)), most=WHOOSH_MOST),
)
"""The first is what the others are compared with; the last one is ours, too."""


class Disagreement(Exception):
    """Peers gave different answers to one and the same question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``cpu``: milliseconds by peer. ``reading``: of the query's text, by our reader."""

    case: Case
    total: int
    cpu: dict[str, float]
    reading: float


def folder_of(peer: str, home: Path) -> Path:
    """Where a peer's index lies; raw tantivy reads the files of ours."""
    if peer in (OURS, RAW):
        return _generation(home)
    return _generation(home / WHOOSH) if peer == WHOOSH else home / "peers" / peer


def _generation(home: Path) -> Path:
    index = Settings(home=home).index_path
    return load(index, current_number(index)).folder


def ask_all(home: Path, peers: Sequence[str], frequency: Counter[str]) -> list[Asked]:
    """Raises Disagreement."""
    live = LiveIndex(Settings(home=home))
    index = live.current()
    asks = {p.name: p.open(folder_of(p.name, home)) for p in PEERS if p.name in peers}
    cases = list(Picker(index, live.analyzer, frequency).cases())
    asked = []
    for done, case in enumerate(cases):
        if done % 40 == 0:
            print(f"  query {done} of {len(cases)}", file=sys.stderr, flush=True)
        total = agreed(case, asks)
        cpu = {name: least_cpu(partial(ask, case.search)) for name, ask in asks.items()}
        reading = least_cpu(partial(read_query, case.text, live.analyzer, index))
        asked.append(Asked(case, total, cpu, reading))
    return asked


def agreed(case: Case, asks: dict[str, Ask]) -> int:
    """The total, once totals, counts and, by date, the hits are the same with all peers."""
    answers = {name: ask(case.search) for name, ask in asks.items()}
    first, *others = answers.items()
    for other in others:
        if _compared(case, other[1]) != _compared(case, first[1]):
            raise Disagreement(
                f"{case.kind}, {case.text or case.search}: {first[0]} {first[1]},"
                f" {other[0]} {other[1]}"
            )
    return first[1].total


def _compared(case: Case, answer: Answer) -> tuple[object, ...]:
    """What must be equal. Ranking is an engine's own, so of hits only their number is."""
    by_date = case.search.sort is Sort.NEWEST
    return answer.total, answer.facets, answer.hits if by_date else len(answer.hits)
