"""The archive: one SQLite file that holds what was read. It is the truth; an index is made from it.

Every source file has a row with its outcome. Every protokoll keeps its earlier versions. Passages
are those of current protokoll that are not withdrawn: just what may be searched. A transaction
stores a source with all that follows from it, so that a run killed at any moment loses nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

import msgspec

from indexer.ids import (
    FRONT,
    UNKNOWN_BODY,
    UNKNOWN_MUNICIPALITY,
    municipality_name,
    paragraf_ids,
    protokoll_id,
    second_id,
    slug,
)
from indexer.model import Protokoll
from indexer.passages import passages
from indexer.schema import readable, transaction, writable

OK = "ok"  # the outcomes that are no errors; the others are in indexer.errors
DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source file as the archive knows it; the columns of the table ``sources``."""

    root: str
    path: str
    size: int
    mtime_ns: int
    inode: int
    sha256: str | None
    parser: str
    outcome: str
    reason: str = ""
    kind: str | None = None
    reader: str | None = None
    pages: int | None = None
    masked: int = 0
    missing_runs: int = 0
    id: int = 0  # 0: not stored yet


SOURCE_COLUMNS = tuple(field.name for field in fields(SourceRow) if field.name != "id")
SELECT_SOURCE = f"SELECT {', '.join(SOURCE_COLUMNS)}, id FROM sources"


class Archive:
    """An open archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Archive]:
        """The archive to write to, made or migrated where needed. Raises ArchiveError."""
        with writable(path) as connection:
            archive = cls(connection)
            archive._complete()
            yield archive

    @classmethod
    @contextmanager
    def open_readonly(cls, path: Path) -> Iterator[Archive]:
        """The archive to read from. Raises ArchiveMissing, ArchiveError."""
        with readable(path) as connection:
            yield cls(connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with transaction(self.connection):
            yield

    # --- sources -----------------------------------------------------------------------------

    def sources(self, root: str) -> dict[str, SourceRow]:
        """All sources ever met below a root, by path."""
        rows = self.connection.execute(f"{SELECT_SOURCE} WHERE root = ?", (root,))
        return {row.path: row for row in map(_source_row, rows)}

    def same_content(self, sha256: str) -> list[SourceRow]:
        """Sources of any root that were read with this content, oldest first."""
        rows = self.connection.execute(
            f"{SELECT_SOURCE} WHERE sha256 = ? AND outcome = 'ok' ORDER BY id", (sha256,)
        )
        return [_source_row(row) for row in rows]

    def move_source(self, row: SourceRow) -> None:
        """Stores a known source under its new root and path, and what it gave with it."""
        self.save_source(row)
        claims = self.connection.execute(
            "SELECT claim FROM protokoll WHERE source = ? AND current", (row.id,)
        ).fetchall()
        for (claim,) in claims:
            self._serve(claim)

    def save_source(self, row: SourceRow) -> int:
        """Inserts (id 0) or rewrites a source; gives its id."""
        values = tuple(getattr(row, name) for name in SOURCE_COLUMNS)
        if row.id:
            assignments = ", ".join(f"{name} = ?" for name in SOURCE_COLUMNS)
            self.connection.execute(
                f"UPDATE sources SET {assignments} WHERE id = ?", (*values, row.id)
            )
            return row.id
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO sources ({', '.join(SOURCE_COLUMNS)}) VALUES ({marks})", values
        )
        assert cursor.lastrowid, "an insert gives a row id"
        return cursor.lastrowid

    # --- protokoll ---------------------------------------------------------------------------

    def save_protokoll(self, source: int, sha256: str, run: int, protokoll: Protokoll) -> None:
        """Stores what a source now says.

        The same content read anew replaces its version; a changed file makes a new version, and the
        earlier one is kept.
        """
        earlier = self.connection.execute(
            "SELECT key, claim, sha256 FROM protokoll WHERE source = ? AND current", (source,)
        ).fetchone()
        values = {"source": source, "sha256": sha256, "run": run, **self._columns(protokoll)}
        if earlier and earlier["sha256"] == sha256:
            key = int(earlier["key"])
            self._forget_passages(key)
            assignments = ", ".join(f"{column} = :{column}" for column in values)
            self.connection.execute(
                f"UPDATE protokoll SET {assignments}, withdrawn = NULL WHERE key = :key",
                {**values, "key": key},
            )
        else:
            self.connection.execute("UPDATE protokoll SET current = 0 WHERE source = ?", (source,))
            key = self._insert(values)
        self._serve(str(values["claim"]), read_anew=key)
        if earlier and earlier["claim"] != values["claim"]:
            self._serve(earlier["claim"])

    def protokoll(self, name: str, version: int | None = None) -> Protokoll | None:
        """What is served under an id or alias, or an earlier version from the same file."""
        row = self.connection.execute(
            "SELECT key, source FROM protokoll WHERE id ="
            " coalesce((SELECT new FROM aliases WHERE old = :id), :id)",
            {"id": name},
        ).fetchone()
        if row and version is not None:
            row = self.connection.execute(
                "SELECT key FROM protokoll WHERE source = ? AND version = ?",
                (row["source"], version),
            ).fetchone()
        return self._load(row["key"]) if row else None

    def retire(self, source: int) -> None:
        """What a source gave is no longer current, since its file now holds something else."""
        self._change(source, "current = 0")

    def withdraw_vanished(self, source: int, reason: str) -> bool:
        """Takes the protokoll of a missing source out of what is served; True if there was need."""
        only = "withdrawn IS NULL"
        return self._change(source, "withdrawn = :reason", only=only, reason=reason)

    def restore_returned(self, source: int) -> bool:
        """Undoes ``withdraw_vanished`` when the file is there again; True if there was need."""
        return self._change(source, "withdrawn = NULL", only="withdrawn IS NOT NULL")

    def _change(self, source: int, what: str, *, only: str = "1", reason: str = "") -> bool:
        rows = self.connection.execute(
            f"UPDATE protokoll SET {what} WHERE source = :source AND current AND {only}"
            " RETURNING claim",
            {"source": source, "reason": reason},
        ).fetchall()
        for row in rows:
            self._serve(row["claim"])
        return bool(rows)

    def _insert(self, values: dict[str, object]) -> int:
        columns, marks = ", ".join(values), ", ".join(f":{column}" for column in values)
        cursor = self.connection.execute(
            f"INSERT INTO protokoll (version, current, {columns}) VALUES ((SELECT"
            f" coalesce(max(version), 0) + 1 FROM protokoll WHERE source = :source), 1, {marks})",
            values,
        )
        assert cursor.lastrowid, "an insert gives a row id"
        return cursor.lastrowid

    # --- ids ---------------------------------------------------------------------------------

    def _serve(self, claim: str, *, read_anew: int = 0) -> None:
        """Decides anew which protokoll are served of those that claim an id, and under which.

        Of files with one content one is served. The file whose path sorts first has the plain id,
        another one an id of its own: so that ids depend on what is there, and not on the order of
        reading. An id given up leads on to the new one of the same protokoll.
        """
        before = dict(
            self.connection.execute(
                "SELECT key, id FROM protokoll WHERE id IS NOT NULL AND (claim = ? OR key = ?)",
                (claim, read_anew),
            ).fetchall()
        )
        after = self._ids(claim)
        keys = [(key,) for key in before]
        self.connection.executemany("UPDATE protokoll SET id = NULL WHERE key = ?", keys)
        for key, name in after.items():
            self.connection.execute("UPDATE protokoll SET id = ? WHERE key = ?", (name, key))
            self.connection.execute("DELETE FROM aliases WHERE old = ?", (name,))
        for key in before.keys() - after.keys():
            self._forget_passages(key)
        for key, name in after.items():
            old = before.get(key, name)
            if old != name and old not in after.values():
                self.connection.execute("UPDATE aliases SET new = ? WHERE new = ?", (name, old))
                self.connection.execute("INSERT INTO aliases VALUES (?, ?)", (old, name))
            if key not in before or key == read_anew:
                self._save_passages(key, self._load(key))

    def _ids(self, claim: str) -> dict[int, str]:
        """The id of each protokoll, by key, that is to be served of those that claim one."""
        rows = self.connection.execute(
            "SELECT key, protokoll.sha256, path, root FROM protokoll"
            " JOIN sources ON sources.id = source"
            " WHERE claim = ? AND current AND withdrawn IS NULL"
            " ORDER BY missing_runs > 0, path, root",
            (claim,),
        ).fetchall()
        by_content: dict[str, sqlite3.Row] = {}
        for row in rows:
            by_content.setdefault(row["sha256"], row)
        served = sorted(by_content.values(), key=lambda row: (row["path"], row["root"]))
        ids = {row["key"]: second_id(claim, row["path"]) for row in served}
        if len(set(ids.values())) < len(ids):  # one path in two folders
            ids = {row["key"]: second_id(claim, f"{row['root']}/{row['path']}") for row in served}
        return ids | {row["key"]: claim for row in served[:1]}

    def _slug(self, kind: str, name: str | None, unknown: str) -> str:
        """The slug of a name; a new one is entered into the register."""
        if name is None:
            return unknown
        found = slug(name)
        self.connection.execute(
            "INSERT OR IGNORE INTO register VALUES (?, ?, ?)", (kind, found, name)
        )
        return found

    def _forget_passages(self, key: int) -> None:
        self.connection.execute("DELETE FROM passages WHERE protokoll = ?", (key,))
        self.connection.execute("DELETE FROM paragrafer WHERE protokoll = ?", (key,))
        self.connection.execute("DELETE FROM digests WHERE protokoll = ?", (key,))

    def _complete(self) -> None:
        """Stores what archives of schema 1 do not have of the protokoll they serve."""
        keys = self.connection.execute(
            "SELECT key FROM protokoll WHERE id IS NOT NULL"
            " AND key NOT IN (SELECT protokoll FROM digests)"
        ).fetchall()
        for (key,) in keys:
            with self.transaction():
                self._forget_passages(key)
                self._save_passages(key, self._load(key))

    def _save_passages(self, key: int, protokoll: Protokoll) -> None:
        """What a protokoll that is served gives to search for."""
        self.connection.executemany(
            "INSERT INTO paragrafer VALUES (?, ?, ?, ?, ?, ?, ?)", _paragrafer(key, protokoll)
        )
        self._save_digest(key)
        self.connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    key,
                    ordinal,
                    passage.anchor,
                    passage.paragraf,
                    passage.kind.value,
                    passage.span.start,
                    passage.span.end,
                    passage.page,
                    msgspec.json.encode(passage.speakers).decode(),
                    msgspec.json.encode(passage.breaks).decode(),
                )
                for ordinal, passage in enumerate(passages(protokoll))
            ),
        )

    def _save_digest(self, key: int) -> None:
        (row,) = self.connection.execute(
            "SELECT municipality_slug, body_slug, date, number, text, structure FROM protokoll"
            " WHERE key = ?",
            (key,),
        ).fetchall()
        digest = hashlib.sha256(msgspec.json.encode(tuple(row))).hexdigest()[:16]
        self.connection.execute("INSERT INTO digests VALUES (?, ?)", (key, digest))

    def _columns(self, protokoll: Protokoll) -> dict[str, object]:
        """The protokoll as columns; ``_load`` reads it back."""
        place = protokoll.municipality and municipality_name(protokoll.municipality)
        municipality = self._slug("municipality", place, UNKNOWN_MUNICIPALITY)
        body = self._slug("body", protokoll.body, UNKNOWN_BODY)
        shell = msgspec.to_builtins(replace(protokoll, text="", lines=()))
        del shell["text"], shell["lines"]
        return {
            "claim": protokoll_id(municipality, body, protokoll),
            "municipality": protokoll.municipality,
            "municipality_slug": municipality,
            "body": protokoll.body,
            "body_slug": body,
            "date": protokoll.dates[0].isoformat() if protokoll.dates else None,
            "number": protokoll.number,
            "text": protokoll.text,
            "structure": msgspec.json.encode(shell).decode(),
            "lines": zlib.compress(msgspec.json.encode(protokoll.lines)),
        }

    def _load(self, key: int) -> Protokoll:
        row = self.connection.execute(
            "SELECT text, structure, lines FROM protokoll WHERE key = ?", (key,)
        ).fetchone()
        shell = msgspec.json.decode(row["structure"])
        lines = msgspec.json.decode(zlib.decompress(row["lines"]))
        return msgspec.convert({**shell, "text": row["text"], "lines": lines}, Protokoll)

    # --- runs --------------------------------------------------------------------------------

    def start_run(self, root: str) -> int:
        cursor = self.connection.execute(
            "INSERT INTO runs (root, started) VALUES (?, ?)", (root, _now())
        )
        assert cursor.lastrowid, "an insert gives a row id"
        return cursor.lastrowid

    def finish_run(self, run: int, report: bytes, ignored: Sequence[str]) -> None:
        """Closes a run with its report (JSON) and the files of its root that are no sources."""
        (root,) = self.connection.execute("SELECT root FROM runs WHERE id = ?", (run,)).fetchone()
        self.connection.execute("DELETE FROM ignored WHERE root = ?", (root,))
        self.connection.executemany(
            "INSERT INTO ignored VALUES (?, ?)", ((root, path) for path in ignored)
        )
        self.connection.execute(
            "UPDATE runs SET finished = ?, report = ? WHERE id = ?", (_now(), report.decode(), run)
        )


def _paragrafer(key: int, protokoll: Protokoll) -> Iterator[tuple[object, ...]]:
    """The rows of the table: first what stands before the first §, then each §."""
    yield key, 0, FRONT, None, None, None, None
    ids = paragraf_ids(protokoll.paragrafer)
    for ordinal, (name, paragraf) in enumerate(zip(ids, protokoll.paragrafer, strict=True), 1):
        title = paragraf.title.of(protokoll.text) if paragraf.title else None
        yield key, ordinal, name, paragraf.number, title, paragraf.dnr, paragraf.page


def _source_row(row: sqlite3.Row) -> SourceRow:
    return SourceRow(*row)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
