"""The published generation, open for searching; a newly published one is picked up by itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import cached_property

from indexer.analysis.analyzer import Analyzer
from indexer.archive import Archive
from indexer.config import Settings
from indexer.engines.base import FACETS, Attribute, Engine, Everything, Expansion, Search
from indexer.engines.generations import (
    CURRENT,
    Generation,
    current_number,
    engine_module,
    load,
    require,
)
from indexer.errors import IndexFault
from indexer.served import names
from search_app.retrieval.labels import KINDS, UNKNOWN
from search_app.retrieval.query_language import Value

TRIES = 3  # a generation may be dropped between the reading of its number and its opening


class OpenIndex:
    """A generation and what is worth knowing of it, for as long as somebody holds it.

    It is the ``Vocabulary`` that a query is read with.
    """

    def __init__(self, generation: Generation, engine: Engine, settings: Settings) -> None:
        self.generation = generation
        self.engine = engine
        self._settings = settings

    def expand(self, prefix: str, limit: int) -> Expansion:
        return self.engine.expand(prefix, limit)

    def values(self, attribute: Attribute) -> tuple[Value, ...]:
        """All values in the index with their labels; most frequent first."""
        return self._values.get(attribute, ())

    def label(self, attribute: Attribute, value: str) -> str:
        return self._labels.get(attribute, {}).get(value, value)

    @cached_property
    def _values(self) -> Mapping[Attribute, tuple[Value, ...]]:
        counts = self.engine.search(Search(Everything(), limit=1, facets=FACETS)).facets
        return {
            attribute: tuple(Value(value, self.label(attribute, value)) for value, _ in of)
            for attribute, of in counts.items()
        }

    @cached_property
    def _labels(self) -> Mapping[Attribute, Mapping[str, str]]:
        with Archive.open_readonly(self._settings.archive_path) as archive:
            return {
                Attribute.MUNICIPALITY: UNKNOWN | names(archive.connection, "municipality"),
                Attribute.BODY: UNKNOWN | names(archive.connection, "body"),
                Attribute.KIND: KINDS,
            }


class LiveIndex:
    """Hands out the current generation. A request keeps the one it was given until it is done;
    one that nobody holds any more closes itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._open: OpenIndex | None = None

    def current(self) -> OpenIndex:
        """Raises IndexMissing, IndexMismatch, IndexFault, LexiconMissing."""
        seen = self._signature()
        with self._lock:
            if self._open is None or seen != self._seen:
                self._open, self._seen = self._reopened(), seen
            return self._open

    @cached_property
    def analyzer(self) -> Analyzer:
        return Analyzer.open(self._settings.cache_path)

    def _signature(self) -> tuple[int, ...]:
        """Changes when another generation is published; () where there is none."""
        try:
            found = os.stat(self._settings.index_path / CURRENT)
        except OSError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _reopened(self) -> OpenIndex:
        with Archive.open_readonly(self._settings.archive_path):
            pass  # without an archive that is what to say, not that the index is missing
        for left in reversed(range(TRIES)):
            number = current_number(self._settings.index_path)
            try:
                return self._opened(load(self._settings.index_path, number))
            except IndexFault:
                if not left or current_number(self._settings.index_path) == number:
                    raise
        raise AssertionError("the last try returns or raises")

    def _opened(self, generation: Generation) -> OpenIndex:
        require(generation, engine=self._settings.engine, analyzer=self.analyzer.version)
        engine = engine_module(generation.about.engine).open_index(generation.folder)
        return OpenIndex(generation, engine, self._settings)
