"""The source file of a protokoll, handed out only if it is the very one that was read."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexerError
from indexer.ids import slug

CHANGED = "Originalfilen har ändrats sedan den lästes."


class OriginalHeldBack(IndexerError):
    """The file holds personnummer."""


class OriginalGone(IndexerError):
    """The file is not there, or no longer the one that was read."""


@dataclass(frozen=True, slots=True)
class Original:
    """An open file to hand out and close. ``file_name`` is ASCII and made of the id alone: the name
    in the source folder is untrusted and may say too much. ``media``: "pdf" or "html"."""

    stream: io.BufferedReader
    size: int
    media: str
    file_name: str


def open_original(connection: sqlite3.Connection, name: str) -> Original | None:
    """The source file of the protokoll with this id; None where there is no such protokoll.

    Raises OriginalHeldBack, OriginalGone.
    """
    row = connection.execute(
        "SELECT root, path, size, mtime_ns, inode, sources.sha256 AS sha256, masked, kind"
        " FROM protokoll JOIN sources ON sources.id = source"
        " WHERE protokoll.id = ? AND protokoll.sha256 = sources.sha256",
        (name,),
    ).fetchone()
    if row is None:
        if connection.execute("SELECT 1 FROM protokoll WHERE id = ?", (name,)).fetchone():
            raise OriginalGone(CHANGED)  # to something that could not be read
        return None
    if row["masked"]:
        raise OriginalHeldBack(
            "Originalfilen innehåller personnummer och lämnas därför inte ut här. Texten visas"
            " utan dem."
        )
    path = Path(row["root"], row["path"])
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise OriginalGone("Originalfilen finns inte kvar där den lästes.") from error
    stream = os.fdopen(descriptor, "rb")
    try:
        _require_unchanged(stream, row)
    except BaseException:
        stream.close()
        raise
    size = os.fstat(stream.fileno()).st_size
    return Original(stream, size, row["kind"], f"{slug(name.replace('/', ' '))}.{row['kind']}")


def _require_unchanged(stream: io.BufferedReader, row: sqlite3.Row) -> None:
    """The file read is the file served: another may hold personnummer that nobody has masked."""
    found = os.fstat(stream.fileno())
    known = (row["size"], row["mtime_ns"], row["inode"])
    if (found.st_size, found.st_mtime_ns, found.st_ino) == known:
        return
    if found.st_size != row["size"] or _sha256(stream) != row["sha256"]:
        raise OriginalGone(CHANGED)


def _sha256(stream: io.BufferedReader) -> str:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return digest
