"""What the archive serves, read for the index and the pages: protokoll, their §§ and passages."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from indexer.model import Attendee, PartKind, Span, Speaker


@dataclass(frozen=True, slots=True)
class ServedProtokoll:
    """The head of a protokoll. ``stamp`` changes with anything that an index is made of.

    ``municipality`` and ``body`` are names from the register, None where unknown.
    """

    key: int
    id: str
    stamp: str
    municipality_slug: str
    municipality: str | None
    body_slug: str
    body: str | None
    date: dt.date | None
    number: str | None
    media: str
    pages: int | None
    masked: int


@dataclass(frozen=True, slots=True)
class ServedParagraf:
    """``id`` is the § id; the others are as printed, the title on one line."""

    id: str
    number: str | None
    title: str | None
    dnr: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class ServedPassage:
    """``text`` is what ``span`` covers of the protokoll's text; ``breaks`` as in Passage."""

    ordinal: int
    anchor: str
    paragraf: ServedParagraf
    kind: PartKind
    span: Span
    text: str
    page: int | None
    speakers: tuple[Speaker, ...]
    breaks: tuple[tuple[int, int], ...]

    def page_at(self, place: int) -> int | None:
        """The page of a place in ``text``."""
        begun = [page for start, page in self.breaks if start <= self.span.start + place]
        return begun[-1] if begun else self.page


@dataclass(frozen=True, slots=True)
class Structure:
    """What of a stored protokoll's structure is read here; the rest is passed over."""

    dates: tuple[dt.date, ...]
    place: str | None
    attendance: tuple[Attendee, ...]


PROTOKOLL = """
    SELECT key, protokoll.id AS id, digest, municipality_slug, m.name AS municipality, body_slug,
        b.name AS body, date, number, sources.kind AS media, sources.pages AS pages,
        sources.masked AS masked
    FROM protokoll JOIN digests ON digests.protokoll = key
    JOIN sources ON sources.id = protokoll.source
    LEFT JOIN register m ON m.kind = 'municipality' AND m.slug = municipality_slug
    LEFT JOIN register b ON b.kind = 'body' AND b.slug = body_slug
"""
PASSAGES = """
    SELECT ordinal, anchor, paragraf, kind, start, "end", page, speakers, breaks,
        substr((SELECT text FROM protokoll WHERE key = protokoll), start + 1, "end" - start) AS text
    FROM passages WHERE protokoll = ?
"""
_STRUCTURE = msgspec.json.Decoder(Structure)
_BREAKS = msgspec.json.Decoder(tuple[tuple[int, int], ...])
_SPEAKERS = msgspec.json.Decoder(tuple[Speaker, ...])


def stamps(connection: sqlite3.Connection) -> dict[int, str]:
    """Key and stamp of every protokoll that is served."""
    rows = connection.execute(
        "SELECT key, id, digest FROM protokoll JOIN digests ON digests.protokoll = key"
        " WHERE id IS NOT NULL"
    )
    return {row["key"]: _stamp(row) for row in rows}


def by_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, ServedProtokoll]:
    """The heads of those that are served, by key."""
    found = {}
    for key in keys:
        row = connection.execute(
            f"{PROTOKOLL} WHERE key = ? AND protokoll.id IS NOT NULL", (key,)
        ).fetchone()
        if row:
            found[key] = _protokoll(row)
    return found


def by_id(connection: sqlite3.Connection, name: str) -> ServedProtokoll | None:
    row = connection.execute(f"{PROTOKOLL} WHERE protokoll.id = ?", (name,)).fetchone()
    return _protokoll(row) if row else None


def moved_to(connection: sqlite3.Connection, name: str) -> str | None:
    """The id that a given-up one leads on to."""
    row = connection.execute("SELECT new FROM aliases WHERE old = ?", (name,)).fetchone()
    return str(row["new"]) if row else None


def paragrafer(connection: sqlite3.Connection, key: int) -> dict[str, ServedParagraf]:
    """The §§ of a protokoll in order, by id; first what stands before them, ``u0``."""
    rows = connection.execute(
        "SELECT id, number, title, dnr, page FROM paragrafer WHERE protokoll = ? ORDER BY ordinal",
        (key,),
    )
    return {row["id"]: _paragraf(row) for row in rows}


def all_passages(connection: sqlite3.Connection, key: int) -> Iterator[ServedPassage]:
    """The passages of a protokoll in reading order."""
    (text,) = connection.execute("SELECT text FROM protokoll WHERE key = ?", (key,)).fetchone()
    sections = paragrafer(connection, key)
    rows = connection.execute(
        'SELECT ordinal, anchor, paragraf, kind, start, "end", page, speakers, breaks FROM passages'
        " WHERE protokoll = ? ORDER BY ordinal",
        (key,),
    )
    for row in rows:
        yield _passage(row, sections[row["paragraf"]], text[row["start"] : row["end"]])


def passage(connection: sqlite3.Connection, key: int, ordinal: int) -> ServedPassage | None:
    row = connection.execute(f"{PASSAGES} AND ordinal = ?", (key, ordinal)).fetchone()
    if row is None:
        return None
    section = connection.execute(
        "SELECT id, number, title, dnr, page FROM paragrafer WHERE protokoll = ? AND id = ?",
        (key, row["paragraf"]),
    ).fetchone()
    return _passage(row, _paragraf(section), row["text"])


def structure(connection: sqlite3.Connection, key: int) -> Structure:
    row = connection.execute("SELECT structure FROM protokoll WHERE key = ?", (key,)).fetchone()
    return _STRUCTURE.decode(row["structure"])


def names(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """The register: name by slug. ``kind`` is "municipality" or "body"."""
    rows = connection.execute("SELECT slug, name FROM register WHERE kind = ?", (kind,))
    return {row["slug"]: row["name"] for row in rows}


def _stamp(row: sqlite3.Row) -> str:
    return hashlib.sha256(f"{row['id']} {row['digest']}".encode()).hexdigest()[:16]


def _protokoll(row: sqlite3.Row) -> ServedProtokoll:
    return ServedProtokoll(
        key=row["key"],
        id=row["id"],
        stamp=_stamp(row),
        municipality_slug=row["municipality_slug"],
        municipality=row["municipality"],
        body_slug=row["body_slug"],
        body=row["body"],
        date=dt.date.fromisoformat(row["date"]) if row["date"] else None,
        number=row["number"],
        media=row["media"],
        pages=row["pages"],
        masked=row["masked"],
    )


def _paragraf(row: sqlite3.Row) -> ServedParagraf:
    title = row["title"] and " ".join(row["title"].split())
    return ServedParagraf(row["id"], row["number"], title or None, row["dnr"], row["page"])


def _passage(row: sqlite3.Row, section: ServedParagraf, text: str) -> ServedPassage:
    return ServedPassage(
        ordinal=row["ordinal"],
        anchor=row["anchor"],
        paragraf=section,
        kind=PartKind(row["kind"]),
        span=Span(row["start"], row["end"]),
        text=text,
        page=row["page"],
        speakers=_SPEAKERS.decode(row["speakers"]),
        breaks=_BREAKS.decode(row["breaks"]),
    )
