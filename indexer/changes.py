"""What has happened to a folder since the archive last saw it. Nothing is stored here."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.archive import DUPLICATE, OK, SourceRow
from indexer.discover import SourceFile
from indexer.errors import DocumentError, Unopened


@dataclass(slots=True)
class Changes:
    """Every file found is in exactly one of the first four lists; rows are as to be stored."""

    unchanged: list[SourceRow] = field(default_factory=list)  # same content; stat may be new
    moved: list[SourceRow] = field(default_factory=list)  # a known source in a new place
    settled: list[SourceRow] = field(default_factory=list)  # copies, and files nobody can open
    to_read: list[tuple[Path, SourceRow]] = field(default_factory=list)
    missing: list[SourceRow] = field(default_factory=list)  # known, and not found


def changes(
    root: str,
    found: Iterable[SourceFile],
    known: Mapping[str, SourceRow],
    same_content: Callable[[str], list[SourceRow]],
    parser: str,
    *,
    rehash: bool = False,
) -> Changes:
    """Compares a folder with what is known of it.

    Size, time and inode decide first; the content is hashed only where one differs or ``rehash``
    says so. ``parser`` is the fingerprint of parser and settings: another one means reading anew.
    ``same_content`` gives the well-read sources, of any root, that have a hash.
    """
    result = Changes()
    names: set[str] = set()
    others: list[tuple[Path, SourceRow]] = []  # new, changed, or a copy when last seen
    for file in found:
        names.add(file.name)
        row = known.get(file.name)
        untouched = row if row and not rehash and _same_stat(row, file) else None
        fresh = untouched or _hashed(root, file, row, parser)
        as_before = row and (row.sha256, row.parser) == (fresh.sha256, parser)
        if fresh.sha256 is None:
            result.settled.append(fresh)
        elif as_before and fresh.outcome != DUPLICATE:
            result.unchanged.append(fresh)
        else:
            others.append((file.path, fresh))
    result.missing = [row for name, row in known.items() if name not in names]
    _sort_out(result, others, same_content, parser)
    return result


def _sort_out(
    result: Changes,
    others: Iterable[tuple[Path, SourceRow]],
    same_content: Callable[[str], list[SourceRow]],
    parser: str,
) -> None:
    """Tells copies and moved files from those that must be read."""
    originals = {row.sha256: row for row in reversed(result.unchanged) if row.outcome == OK}
    gone = {row.sha256: row for row in reversed(result.missing) if row.outcome == OK}
    for path, row in others:
        assert row.sha256, "files without a hash are settled"
        elsewhere = [twin for twin in same_content(row.sha256) if twin.root != row.root]
        original = originals.get(row.sha256) or next(filter(_is_as_it_was, elsewhere), None)
        left = gone.get(row.sha256) or next(filter(_is_gone, elsewhere), None)
        if original:
            copy = copy_of(original, row)
            (result.unchanged if copy == row else result.settled).append(copy)
        elif left and not row.id:
            moved = _moved_to(left, row)
            result.missing = [other for other in result.missing if other.id != left.id]
            originals[row.sha256] = moved
            if moved.parser == parser:
                result.moved.append(moved)
            else:
                result.to_read.append((path, moved))
        else:
            result.to_read.append((path, row))


def _moved_to(source: SourceRow, place: SourceRow) -> SourceRow:
    """A source that is now found in another place, as it stands there."""
    return replace(
        source,
        root=place.root,
        path=place.path,
        size=place.size,
        mtime_ns=place.mtime_ns,
        inode=place.inode,
        missing_runs=0,
    )


def copy_of(original: SourceRow, row: SourceRow) -> SourceRow:
    """``row`` as a copy of a source that has been read."""
    reason = f"same content as {original.path}"
    return replace(row, outcome=DUPLICATE, reason=reason, parser=original.parser)


def _same_stat(row: SourceRow, file: SourceFile) -> bool:
    then, now = (row.size, row.mtime_ns, row.inode), (file.size, file.mtime_ns, file.inode)
    return row.sha256 is not None and then == now


def _hashed(root: str, file: SourceFile, row: SourceRow | None, parser: str) -> SourceRow:
    """The row of a file with its stat and hash of today; without hash where it cannot be opened."""
    base = row or SourceRow(root, file.name, 0, 0, 0, None, "", "")
    base = replace(base, size=file.size, mtime_ns=file.mtime_ns, inode=file.inode)
    try:
        if file.fault:
            raise DocumentError(file.fault)
        return replace(base, sha256=_sha256(file.path))
    except DocumentError as error:
        return replace(base, sha256=None, parser=parser, outcome=error.outcome, reason=error.reason)


def _sha256(path: Path) -> str:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):  # a pipe would never end
                raise Unopened("not a regular file")
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Unopened(f"cannot be opened: {error.strerror}") from error


def _is_as_it_was(row: SourceRow) -> bool:
    """Whether the file of a source in another folder is as it was when it was read."""
    try:
        status = os.stat(os.path.join(row.root, row.path))
    except OSError:
        return False
    now = (status.st_size, status.st_mtime_ns, status.st_ino)
    return now == (row.size, row.mtime_ns, row.inode)


def _is_gone(row: SourceRow) -> bool:
    return not os.path.lexists(os.path.join(row.root, row.path))
