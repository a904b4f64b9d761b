import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from indexer.errors import ArchiveError, ArchiveMissing
from indexer.schema import MIGRATIONS, readable, transaction, writable

ADDED = "CREATE TABLE later (id INTEGER PRIMARY KEY)"


def tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def test_a_new_archive_has_all_tables_and_syncs_every_commit(tmp_path: Path) -> None:
    with writable(tmp_path / "a.sqlite") as connection:
        assert {"sources", "protokoll", "passages", "runs", "aliases"} <= tables(connection)
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL


def test_an_older_archive_is_migrated_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with writable(path) as connection:
        connection.execute("INSERT INTO runs (root, started) VALUES ('/a', 'then')")
    with writable(path, (*MIGRATIONS, ADDED)) as connection:
        assert "later" in tables(connection)
        assert connection.execute("SELECT root FROM runs").fetchone()["root"] == "/a"


def test_a_migration_that_fails_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with writable(path):
        pass
    with pytest.raises(ArchiveError, match="syntax error"):
        with writable(path, (*MIGRATIONS, f"{ADDED};\nCREATE NONSENSE")):
            pass
    with writable(path) as connection:
        assert "later" not in tables(connection)


def test_an_older_archive_cannot_be_read_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with writable(path):
        pass
    with pytest.raises(ArchiveError, match="older version; run `protokoll index`"):
        with readable(path, (*MIGRATIONS, ADDED)):
            pass


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with writable(path, (*MIGRATIONS, ADDED)):
        pass
    for open_it in (writable, readable):
        with (
            pytest.raises(ArchiveError, match=r"newer version.*upgrade Protokollsök"),
            open_it(path),
        ):
            pass


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="not an archive of Protokollsök"), writable(path):
        pass
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_text("not a database at all, but long enough to be read as one" * 10)
    with pytest.raises(ArchiveError, match=r"a\.sqlite: .*not an archive"), writable(path):
        pass


def test_reading_makes_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="no archive here; run `protokoll index"):
        with readable(tmp_path / "a.sqlite"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with writable(path):
        pass
    with pytest.raises(ArchiveError, match="may not be written"), readable(path) as connection:
        connection.execute("DELETE FROM sources")


def test_a_folder_that_does_not_exist_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be opened"), writable(tmp_path / "no" / "a"):
        pass


def test_a_transaction_that_raises_changes_nothing(tmp_path: Path) -> None:
    with writable(tmp_path / "a.sqlite") as connection:
        with suppress(KeyError), transaction(connection):
            connection.execute("INSERT INTO runs (root, started) VALUES ('/a', 'then')")
            raise KeyError
        assert connection.execute("SELECT count(*) FROM runs").fetchone()[0] == 0
