"""Source files → archive: what is new or changed is read, and every file ends in one outcome."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from indexer.archive import DUPLICATE, OK, Archive, SourceRow
from indexer.changes import changes, copy_of
from indexer.config import Settings
from indexer.discover import SourceFile, discover, shown
from indexer.errors import DocumentError, NeedsOcr, SettingsError, Unopened
from indexer.model import Parsed
from indexer.parse import PARSER_VERSION, parse_files

NO_ALARM = (OK, DUPLICATE, NeedsOcr.outcome)  # all other outcomes are rejects

Progress = Callable[[str, int, int], None]
"""Called with what is being done, files done and files to do, as the work goes on."""


@dataclass(slots=True)
class IngestReport:
    """What one run did; paths are below the root. ``outcomes`` counts what was settled anew."""

    root: str
    files: int
    unchanged: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    new_rejects: list[tuple[str, str]] = field(default_factory=list)  # (path, outcome: reason)
    moved: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)


def ingest(
    root: Path,
    archive: Archive,
    settings: Settings,
    progress: Progress = lambda what, done, total: None,
    *,
    rehash: bool = False,
) -> IngestReport:
    """Brings the archive up to date with a folder.

    Raises SettingsError when the folder is missing, unreadable, or empty though the archive knows
    files from it (an unmounted disk must not empty the archive), ArchiveError when it cannot store.
    """
    root = root.resolve()
    if shown(str(root)) != str(root):
        raise SettingsError(
            f"{shown(str(root))}: the name of the folder holds a personnummer or characters that"
            " cannot be shown; rename it"
        )
    found, ignored = discover(root)
    known = archive.sources(str(root))
    if known and not found:
        raise SettingsError(
            f"{root}: no source files here, but the archive knows {len(known)} from this folder;"
            " nothing was changed (is the disk mounted?)"
        )
    parser = _fingerprint(settings)
    compared = _counted(found, progress)
    todo = changes(str(root), compared, known, archive.same_content, parser, rehash=rehash)
    writer = _Writer(archive, parser, known, IngestReport(str(root), len(found)))
    with archive.transaction():
        run = archive.start_run(str(root))
        for row in todo.moved:
            writer.move(row)
        writer.keep(todo.unchanged)
        for row in todo.settled:
            writer.settle(row)
    writer.read(run, todo.to_read, settings, progress)
    with archive.transaction():
        writer.miss(todo.missing, settings.vanish_after_runs)
        archive.finish_run(run, msgspec.json.encode(writer.report), ignored)
    return writer.report


def _counted(found: list[SourceFile], progress: Progress) -> Iterator[SourceFile]:
    for done, file in enumerate(found):
        progress("Comparing", done, len(found))
        yield file
    progress("Comparing", len(found), len(found))


def _fingerprint(settings: Settings) -> str:
    """What, besides its bytes, decides how a file is read."""
    limits = (settings.max_file_mib, settings.max_pages, settings.max_characters)
    worker = (settings.wall_seconds, settings.cpu_seconds, settings.memory_mib)
    return f"{PARSER_VERSION} {settings.municipality or '-'} {limits} {worker}"


@dataclass(slots=True)
class _Writer:
    """Stores rows and protokoll, and notes in the report what was done."""

    archive: Archive
    parser: str
    known: dict[str, SourceRow]
    report: IngestReport

    def move(self, row: SourceRow) -> None:
        self.report.moved.append(row.path)
        self.archive.move_source(row)

    def keep(self, rows: Iterable[SourceRow]) -> None:
        for row in rows:
            self.report.unchanged += 1
            if replace(row, missing_runs=0) != self.known[row.path]:
                self._save(row)

    def miss(self, rows: Iterable[SourceRow], withdraw_after: int) -> None:
        """Counts a run without these files; after so many their protokoll are withdrawn."""
        for row in rows:
            if row.missing_runs >= withdraw_after:
                continue
            runs = row.missing_runs + 1
            self.archive.save_source(replace(row, missing_runs=runs))
            self.report.missing.append(row.path)
            reason = f"source file missing in {runs} runs"
            if runs >= withdraw_after and self.archive.withdraw_vanished(row.id, reason):
                self.report.withdrawn.append(row.path)

    def settle(self, row: SourceRow) -> int:
        """Stores an outcome. What an unreadable file gave before stays; a copy gives nothing."""
        before = self.known.get(row.path)
        self.report.outcomes[row.outcome] += 1
        if row.outcome not in NO_ALARM and (before is None or _verdict(before) != _verdict(row)):
            self.report.new_rejects.append((row.path, f"{row.outcome}: {row.reason}"))
        key = self._save(replace(row, parser=self.parser))
        if row.outcome == DUPLICATE:
            self.archive.retire(key)
        return key

    def read(
        self,
        run: int,
        to_read: list[tuple[Path, SourceRow]],
        settings: Settings,
        progress: Progress,
    ) -> None:
        """Reads every content once; further files with the same content become copies."""
        same = defaultdict(list)
        for path, row in to_read:
            same[row.sha256].append((path, row))
        by_path = {group[0][0]: [row for _, row in group] for group in same.values()}
        done = 0
        progress("Reading", done, len(to_read))
        for path, result in parse_files(by_path, settings):
            rows = by_path[path]
            with self.archive.transaction():
                self._store(run, rows, result)
            done += len(rows)
            progress("Reading", done, len(to_read))

    def _store(self, run: int, rows: list[SourceRow], result: Parsed | DocumentError) -> None:
        if isinstance(result, DocumentError):
            for row in rows:
                sha256 = None if isinstance(result, Unopened) else row.sha256
                outcome, reason = result.outcome, result.reason
                self.settle(replace(row, sha256=sha256, outcome=outcome, reason=reason))
            return
        first = replace(
            rows[0],
            sha256=result.sha256,
            outcome=OK,
            reason=_unread_pages(result.scans),
            kind=result.kind.value,
            reader=result.reader,
            pages=result.pages,
            masked=result.masked,
        )
        self.archive.save_protokoll(self.settle(first), result.sha256, run, result.protokoll)
        for row in rows[1:]:
            self.settle(copy_of(first, row))

    def _save(self, row: SourceRow) -> int:
        """Stores a row of a file that is there, and brings back what was withdrawn as missing."""
        key = self.archive.save_source(replace(row, missing_runs=0))
        if row.missing_runs and self.archive.restore_returned(key):
            self.report.returned.append(row.path)
        return key


def _unread_pages(scans: tuple[int, ...]) -> str:
    numbers = ", ".join(map(str, scans))
    return f"pages without a text layer, not read: {numbers}" if scans else ""


def _verdict(row: SourceRow) -> tuple[str | None, str, str]:
    return row.sha256, row.outcome, row.reason
