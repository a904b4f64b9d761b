"""SQLite's FTS5 with the same terms: a contentless table beside a table of what can be filtered.

Whatever makes FTS5 fast and keeps its answers exact is used: its own index merged into one,
metadata as small numbers, no ranking where nothing is scored, memory-mapped reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from indexer.engines import base
from indexer.engines.base import Attribute, Field, Search, Sort
from tests.bench.peer import Answer, Ask
from tests.bench.spool import Row

FILE = "fts5.sqlite"
BATCH = 2000
WEIGHTS = "bm25(1.0, 0.8, 2.0, 1.6)"  # of the fields, in their order
TABLES = """
    CREATE VIRTUAL TABLE fts USING fts5(
        text_exact, text_terms, title_exact, title_terms, content = '',
        tokenize = "ascii tokenchars ':'"
    );
    CREATE TABLE meta (
        id INTEGER PRIMARY KEY, sort INTEGER, day INTEGER, year INTEGER, body INTEGER
    );
    CREATE TABLE speakers (id INTEGER, speaker INTEGER, PRIMARY KEY (id, speaker)) WITHOUT ROWID;
    CREATE TABLE codes (code INTEGER PRIMARY KEY, value TEXT UNIQUE);
"""
COUNTED = {
    Attribute.BODY: "body, count(*) FROM found CROSS JOIN meta USING (id)",
    Attribute.YEAR: "year, count(*) FROM found CROSS JOIN meta USING (id)",
    Attribute.SPEAKER: "speaker, count(*) FROM found CROSS JOIN speakers USING (id)",
}


# --- building --------------------------------------------------------------------------------


def build(folder: Path, rows: Iterable[Row]) -> None:
    folder.mkdir(parents=True)
    connection = _connect(folder)
    connection.executescript(TABLES)
    codes: dict[str, int] = {}
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            _insert(connection, batch, codes)
            batch.clear()
    _insert(connection, batch, codes)
    connection.executemany("INSERT INTO codes VALUES (?, ?)", ((c, v) for v, c in codes.items()))
    connection.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, rows: list[Row], codes: dict[str, int]) -> None:
    def code(value: str) -> int:
        return codes.setdefault(value, len(codes))

    def speakers(row: Row) -> Iterator[tuple[int, int]]:
        return ((row.number, code(name)) for name in row.attributes[Attribute.SPEAKER])

    connection.executemany(
        "INSERT INTO fts (rowid, text_exact, text_terms, title_exact, title_terms)"
        " VALUES (?, ?, ?, ?, ?)",
        ((row.number, *(row.fields[field] for field in Field)) for row in rows),
    )
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?, ?, ?, ?)",
        (
            (row.number, row.order, row.day, code(_only(row, Attribute.YEAR)), code(_only(row)))
            for row in rows
        ),
    )
    connection.executemany("INSERT INTO speakers VALUES (?, ?)", chain(*map(speakers, rows)))


def _only(row: Row, attribute: Attribute = Attribute.BODY) -> str:
    (value,) = row.attributes[attribute]
    return value


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("PRAGMA mmap_size = 4294967296")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


# --- searching -------------------------------------------------------------------------------


def open_index(folder: Path) -> Ask:
    table = _Table(_connect(folder))
    return table.ask


class _Table:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._values = dict(connection.execute("SELECT code, value FROM codes"))
        self._codes = {value: code for code, value in self._values.items()}

    def ask(self, search: Search) -> Answer:
        where, given = self._where(search.filters)
        asked: tuple[str | int, ...] = (expression(search.query), *given)
        of = "fts" if not where else "fts CROSS JOIN meta ON meta.id = fts.rowid"
        matching = f"FROM {of} WHERE fts MATCH ?{where}"
        (total,) = self._connection.execute(f"SELECT count(*) {matching}", asked).fetchone()
        hits = self._connection.execute(_page(search, matching, where), asked).fetchall()
        facets = self._facets(search.facets, matching, asked) if search.facets else {}
        return Answer(total, tuple(number for (number,) in hits), facets)

    def _where(self, filters: tuple[base.Filter, ...]) -> tuple[str, tuple[int, ...]]:
        where, given = "", list[int]()
        for one in filters:
            match one:
                case base.Has(Attribute.BODY, (value,)):
                    where += " AND meta.body = ?"
                    given.append(self._codes[value])
                case base.Dated(first, last) if first and last:
                    where += " AND meta.day BETWEEN ? AND ?"
                    given += first.toordinal(), last.toordinal()
                case _:
                    raise NotImplementedError(f"no case of the benchmark filters by {one}")
        return where, tuple(given)

    def _facets(
        self, attributes: tuple[Attribute, ...], matching: str, asked: tuple[str | int, ...]
    ) -> dict[Attribute, dict[str, int]]:
        """In one statement: what matches is found once and kept for all of them."""
        counts = " UNION ALL ".join(
            f"SELECT {at}, {COUNTED[attribute]} GROUP BY 2"
            for at, attribute in enumerate(attributes)
        )
        rows = self._connection.execute(
            f"WITH found AS MATERIALIZED (SELECT fts.rowid AS id {matching}) {counts}", asked
        )
        facets: dict[Attribute, dict[str, int]] = {attribute: {} for attribute in attributes}
        for at, code, count in rows:
            facets[attributes[at]][self._values[code]] = count
        return facets


def _page(search: Search, matching: str, where: str) -> str:
    if search.sort is Sort.NEWEST:
        joined = (
            matching
            if where
            else matching.replace("FROM fts", "FROM fts CROSS JOIN meta ON meta.id = fts.rowid", 1)
        )
        return f"SELECT fts.rowid {joined} ORDER BY meta.day DESC, meta.sort LIMIT {search.limit}"
    if not scored(search.query):
        return f"SELECT fts.rowid {matching} LIMIT {search.limit}"
    ranked = f"{matching} AND rank MATCH '{WEIGHTS}' ORDER BY rank"
    return f"SELECT fts.rowid {ranked} LIMIT {search.limit}"


def scored(query: base.Query) -> bool:
    match query:
        case base.Word():
            return True
        case base.And(clauses) | base.Or(clauses):
            return any(map(scored, clauses))
        case _:
            return False


# --- the language of FTS5 --------------------------------------------------------------------


def expression(query: base.Query) -> str:
    match query:
        case base.Word(terms):
            by_field: dict[str, list[str]] = {}
            for term in terms:
                by_field.setdefault(term.field, []).append(term.text)
            return _either(_in(field, texts) for field, texts in by_field.items())
        case base.AnyOf(field, texts):
            return _in(field, texts)
        case base.Phrase(field, words):
            return f'{{{field}}} : "{" ".join(words)}"'
        case base.Near(field, (left,), (right,), distance):
            return f'{{{field}}} : NEAR("{left}" "{right}", {distance - 1})'
        case base.And(clauses):
            return " AND ".join(f"({expression(clause)})" for clause in clauses)
        case base.Or(clauses):
            return _either(map(expression, clauses))
    raise NotImplementedError(f"no case of the benchmark asks for {query}")


def _in(field: str, texts: Iterable[str]) -> str:
    quoted = (f'"{text}"' for text in texts)
    return f"{{{field}}} : ({_either(quoted)})"


def _either(expressions: Iterable[str]) -> str:
    return " OR ".join(expressions)
