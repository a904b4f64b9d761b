"""What is in the archive and what became of every source file: for `protokoll status`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """``outcomes`` counts the files that are there; ``unread`` are (path, outcome, reason)."""

    outcomes: dict[str, int]
    unread: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    ignored: tuple[str, ...]
    protokoll: int
    passages: int
    last_run: dict[str, str | None] | None


def read_status(connection: sqlite3.Connection) -> Status:
    present = "FROM sources WHERE missing_runs = 0"
    by_outcome = connection.execute(
        f"SELECT outcome, count(*) AS n {present} GROUP BY outcome ORDER BY n DESC, outcome"
    )
    unread = connection.execute(
        f"SELECT path, outcome, reason {present} AND (outcome != 'ok' OR reason != '')"
        " ORDER BY path"
    )
    missing = connection.execute("SELECT path FROM sources WHERE missing_runs > 0 ORDER BY path")
    ignored = connection.execute("SELECT path FROM ignored ORDER BY path")
    last = connection.execute(
        "SELECT root, started, finished, report FROM runs ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Status(
        outcomes={str(row["outcome"]): int(row["n"]) for row in by_outcome},
        unread=tuple((row["path"], row["outcome"], row["reason"]) for row in unread),
        missing=tuple(row["path"] for row in missing),
        ignored=tuple(row["path"] for row in ignored),
        protokoll=_count(connection, "protokoll WHERE id IS NOT NULL"),
        passages=_count(connection, "passages"),
        last_run=dict(last) if last else None,
    )


def _count(connection: sqlite3.Connection, what: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(count)
