"""The archive → a new generation of the search index: in full, or the last one with the changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.analysis import lexicon
from indexer.analysis.analyzer import Analyzer
from indexer.archive import Archive
from indexer.config import Settings
from indexer.engines.base import INDEX_SCHEMA, Builder
from indexer.engines.generations import (
    About,
    Generation,
    building,
    current_number,
    load,
    publish,
    require,
)
from indexer.errors import IndexFault
from indexer.indexed import indexed
from indexer.served import all_passages, by_keys, stamps

Progress = Callable[[str, int, int], None]
FRESH_AFTER = 0.5  # changes since the last full build, as a share: then a full one costs less


@dataclass(frozen=True, slots=True)
class IndexReport:
    """``generation``: the published one's number. ``added`` and ``removed`` count protokoll;
    one that changed is both."""

    generation: int
    full: bool
    added: int
    removed: int
    protokoll: int
    passages: int


def reindex(
    settings: Settings,
    progress: Progress = lambda what, done, total: None,
    *,
    full: bool = False,
) -> IndexReport:
    """Publishes a generation that says what the archive says; nothing if one does already.

    Hold the lock of the data folder. Raises ArchiveError, IndexFault.
    """
    lexicon.ensure(settings.cache_path, progress)
    analyzer = Analyzer.open(settings.cache_path)
    with Archive.open_readonly(settings.archive_path) as archive:
        wanted = stamps(archive.connection)
        base = None if full else _base(settings, analyzer)
        added, removed = _differences(base.about.stamps if base else {}, wanted)
        if base and not added and not removed:
            return _report(base, full=False, added=0, removed=0)
        changes = base.about.changes + len(added) + len(removed) if base else 0
        if changes > FRESH_AFTER * len(wanted):
            base, changes, added, removed = None, 0, list(wanted), []
        with building(settings.index_path, settings.engine, base) as builder:
            for key in removed:
                builder.remove(key)
            _add(archive, analyzer, builder, added, progress)
        about = About(
            engine=settings.engine,
            analyzer=analyzer.version,
            schema=INDEX_SCHEMA,
            made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            passages=_passages(archive),
            stamps=wanted,
            changes=changes,
        )
        generation = publish(settings.index_path, about)
    return _report(generation, full=base is None, added=len(added), removed=len(removed))


def _base(settings: Settings, analyzer: Analyzer) -> Generation | None:
    """The published generation, if it can be built upon; one that cannot be read cannot."""
    try:
        generation = load(settings.index_path, current_number(settings.index_path))
        require(generation, engine=settings.engine, analyzer=analyzer.version)
    except IndexFault:
        return None
    return generation


def _differences(have: Mapping[int, str], wanted: Mapping[int, str]) -> tuple[list[int], list[int]]:
    """The protokoll to put in and those to take out; one that changed is in both."""
    added = [key for key, stamp in wanted.items() if have.get(key) != stamp]
    removed = [key for key, stamp in have.items() if wanted.get(key) != stamp]
    return added, removed


def _add(
    archive: Archive, analyzer: Analyzer, builder: Builder, keys: list[int], progress: Progress
) -> None:
    for done, key in enumerate(keys):
        progress("Indexing", done, len(keys))
        head = by_keys(archive.connection, [key])[key]
        for passage in all_passages(archive.connection, key):
            builder.add(indexed(head, passage, analyzer))
    progress("Indexing", len(keys), len(keys))


def _passages(archive: Archive) -> int:
    (count,) = archive.connection.execute("SELECT count(*) FROM passages").fetchone()
    return int(count)


def _report(generation: Generation, *, full: bool, added: int, removed: int) -> IndexReport:
    about = generation.about
    return IndexReport(generation.number, full, added, removed, len(about.stamps), about.passages)
