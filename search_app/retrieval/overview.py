"""What is in the archive, what became of every file, and how fresh the index is."""

from __future__ import annotations

import datetime as dt
import sqlite3

from indexer.engines.generations import Generation
from indexer.served import names, stamps
from indexer.status import read_status
from search_app.retrieval.labels import UNKNOWN
from search_app.retrieval.results import BodyCoverage, Overview, Unread

COVERAGE = """
    SELECT municipality_slug, body_slug, count(*) AS protokoll,
        min(date) AS first, max(date) AS last
    FROM protokoll WHERE id IS NOT NULL GROUP BY municipality_slug, body_slug
"""


def read_overview(connection: sqlite3.Connection, generation: Generation) -> Overview:
    """Counts the whole archive; of one state of it, so keep the answer until the state changes."""
    status = read_status(connection)
    bodies = _bodies(connection)
    first, last = connection.execute(
        "SELECT min(date), max(date) FROM protokoll WHERE id IS NOT NULL"
    ).fetchone()
    read_at = connection.execute("SELECT max(finished) FROM runs").fetchone()[0]
    return Overview(
        protokoll=status.protokoll,
        passages=status.passages,
        files=sum(status.outcomes.values()),
        first_date=first and dt.date.fromisoformat(first),
        last_date=last and dt.date.fromisoformat(last),
        bodies=bodies,
        outcomes=tuple(status.outcomes.items()),
        unread=tuple(Unread(*row) for row in status.unread),
        ignored=len(status.ignored),
        read_at=read_at and dt.datetime.fromisoformat(read_at),
        indexed_at=dt.datetime.fromisoformat(generation.about.made),
        stale=stamps(connection) != dict(generation.about.stamps),
    )


def _bodies(connection: sqlite3.Connection) -> tuple[BodyCoverage, ...]:
    municipalities = names(connection, "municipality")
    bodies = UNKNOWN | names(connection, "body")
    coverage = (
        BodyCoverage(
            municipality=municipalities.get(row["municipality_slug"]),
            slug=row["body_slug"],
            name=bodies[row["body_slug"]],
            protokoll=row["protokoll"],
            first_year=_year(row["first"]),
            last_year=_year(row["last"]),
        )
        for row in connection.execute(COVERAGE)
    )
    return tuple(sorted(coverage, key=lambda body: (body.municipality or "", body.name)))


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None
