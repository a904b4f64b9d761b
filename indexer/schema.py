"""The archive's file: its tables, their versions, and how it is opened.

Write-ahead logging with a full sync at every commit: a reader never waits for a writer, and what
has been committed survives a power loss.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.errors import ArchiveError, ArchiveMissing

APPLICATION_ID = 0x50524F54  # "PROT", so that `file` and we know whose database it is

# One entry a schema version, applied in order; an entry never changes once it has been released.
MIGRATIONS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        root TEXT NOT NULL,
        started TEXT NOT NULL,               -- UTC, ISO 8601
        finished TEXT,                       -- NULL: running, or killed
        report TEXT                          -- JSON
    );
    CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        root TEXT NOT NULL,                  -- absolute folder
        path TEXT NOT NULL,                  -- below the root
        size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
        sha256 TEXT,                         -- NULL: could not be read
        parser TEXT NOT NULL,                -- version and settings it was read with
        outcome TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
        kind TEXT, reader TEXT, pages INTEGER,
        masked INTEGER NOT NULL DEFAULT 0,   -- personnummer replaced; the original is held back
        missing_runs INTEGER NOT NULL DEFAULT 0,
        UNIQUE (root, path)
    );
    CREATE INDEX sources_by_content ON sources (sha256);
    CREATE TABLE protokoll (
        key INTEGER PRIMARY KEY,
        source INTEGER NOT NULL REFERENCES sources,
        version INTEGER NOT NULL,            -- of its source, from 1
        current INTEGER NOT NULL,            -- 1: what the file holds now, as far as it can be read
        withdrawn TEXT,                      -- the reason, or NULL
        claim TEXT NOT NULL,                 -- the id it would have if no other file claimed it
        id TEXT UNIQUE,                      -- the id it is served under; NULL: it is not served
        sha256 TEXT NOT NULL,                -- of the file this version was read from
        run INTEGER NOT NULL REFERENCES runs,
        municipality TEXT, municipality_slug TEXT NOT NULL,
        body TEXT, body_slug TEXT NOT NULL,
        date TEXT,                           -- first day of the meeting, ISO 8601
        number TEXT,
        text TEXT NOT NULL,
        structure TEXT NOT NULL,             -- JSON: a Protokoll without text and lines
        lines BLOB NOT NULL,                 -- zlib JSON: Protokoll.lines
        UNIQUE (source, version)
    );
    CREATE INDEX protokoll_by_claim ON protokoll (claim);
    CREATE TABLE passages (
        protokoll INTEGER NOT NULL REFERENCES protokoll ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        anchor TEXT NOT NULL,                -- its id within the protokoll
        paragraf TEXT NOT NULL,              -- § id within the protokoll
        kind TEXT NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL,   -- characters of protokoll.text
        page INTEGER,
        speakers TEXT NOT NULL,              -- JSON
        PRIMARY KEY (protokoll, ordinal)
    ) WITHOUT ROWID;
    CREATE TABLE aliases (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX aliases_by_target ON aliases (new);
    CREATE TABLE register (
        kind TEXT NOT NULL,                  -- "municipality" or "body"
        slug TEXT NOT NULL,
        name TEXT NOT NULL,                  -- as first met
        PRIMARY KEY (kind, slug)
    ) WITHOUT ROWID;
    CREATE TABLE ignored (root TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (root, path))
    WITHOUT ROWID;
    """,
    """
    CREATE TABLE paragrafer (
        protokoll INTEGER NOT NULL REFERENCES protokoll ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,            -- 0: what stands before the first §
        id TEXT NOT NULL,                    -- § id within the protokoll
        number TEXT, title TEXT, dnr TEXT,   -- as printed
        page INTEGER,
        PRIMARY KEY (protokoll, ordinal)
    ) WITHOUT ROWID;
    -- JSON: Passage.breaks
    ALTER TABLE passages ADD COLUMN breaks TEXT NOT NULL DEFAULT '[]';
    -- Of all that an index is made of, for what is served. A table of its own: behind the text in a
    -- row of protokoll it could not be read without reading the text.
    CREATE TABLE digests (
        protokoll INTEGER PRIMARY KEY REFERENCES protokoll ON DELETE CASCADE,
        digest TEXT NOT NULL
    )
    """,
)

ADVICE = {
    "SQLITE_FULL": "the disk is full; free some space and run again (nothing stored is lost)",
    "SQLITE_NOTADB": "this is not an archive of Protokollsök; move it away or see PROTOKOLL_HOME",
    "SQLITE_CORRUPT": "the file is damaged; restore it from a backup, or delete it and index anew",
    "SQLITE_CANTOPEN": "cannot be opened; check that the folder exists and may be written",
    "SQLITE_READONLY": "may not be written by this user; check owner and mode of file and folder",
    "SQLITE_BUSY": "another program holds it; wait for it and run again",
    "SQLITE_IOERR": "the disk reported an error; check it and its free space, then run again",
}


@contextmanager
def writable(path: Path, migrations: Sequence[str] = MIGRATIONS) -> Iterator[sqlite3.Connection]:
    """A connection to write by; the file is made or migrated where needed. Raises ArchiveError."""
    with errors_of(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        _check(connection, path, migrations)  # before anything is written to somebody else's file
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, migrations)
        yield connection


@contextmanager
def readable(path: Path, migrations: Sequence[str] = MIGRATIONS) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. Raises ArchiveMissing where there is no file."""
    if not path.exists():
        raise ArchiveMissing(f"{path}: no archive here; run `protokoll index FOLDER` first")
    # In a folder that may not be written SQLite cannot share an archive with a writer. Without a
    # log beside it nobody is writing, and it may be read as it lies.
    alone = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    address = f"{path.resolve().as_uri()}?{'immutable=1' if alone else 'mode=ro'}"
    with (
        errors_of(path),
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection,
    ):
        connection.row_factory = sqlite3.Row
        if _check(connection, path, migrations) < len(migrations):
            raise ArchiveError(f"{path}: made by an older version; run `protokoll index` once")
        connection.execute("BEGIN")  # one state of the archive for all that is read
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, also when the process dies inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has already rolled it back
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into one line that names the file and says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        advice = next((text for key, text in ADVICE.items() if name.startswith(key)), str(error))
        raise ArchiveError(f"{path}: {advice}") from error


def _check(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> int:
    """The schema version of the file (0: empty). Raises ArchiveError where it is not ours."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and tables:
        raise ArchiveError(f"{path}: {ADVICE['SQLITE_NOTADB']}")
    if version > len(migrations):
        raise ArchiveError(
            f"{path}: made by a newer version (schema {version}; this one knows"
            f" {len(migrations)}); upgrade Protokollsök"
        )
    return int(version)


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Applies what is missing, each step whole or not at all."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, script in enumerate(migrations[version:], version + 1):
        with transaction(connection):
            for statement in script.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
