"""An archive of a given size and the indexes of all peers, each made in a process of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from indexer.analysis.analyzer import Analyzer
from indexer.archive import Archive
from indexer.config import Settings
from indexer.reindex import IndexReport, reindex
from tests.bench import spool
from tests.bench.archive import Stored, store
from tests.bench.engines import OURS, PEERS, RAW, WHOOSH, folder_of
from tests.bench.measuring import Stage, folder_bytes, staged

P = ParamSpec("P")
T = TypeVar("T")

RESULT = "prepared.json"


@dataclass(frozen=True, slots=True)
class Making:
    """What a stage cost; ``bytes``: of what it has left on disk, 0 where that does not matter."""

    what: str
    cpu: float
    wall: float
    peak: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """``version``: of the analysis of Swedish. ``analysis`` gives how many passages have each word.
    ``peers``: those that build their own index. ``kept``: made in an earlier run."""

    version: str
    archive: Stage[Stored]
    index: Stage[IndexReport]
    whoosh: Stage[IndexReport] | None
    analysis: Stage[dict[str, int]]
    peers: dict[str, Stage[None]]
    sizes: dict[str, int]  # bytes on disk by peer, and of the archive
    kept: bool = False

    @property
    def frequency(self) -> Counter[str]:
        return Counter(self.analysis.result)

    def makings(self) -> Iterator[Making]:
        yield self._making("generator and archive", self.archive, "archive")
        yield self._making("our index: reading, analysis, tantivy", self.index, OURS)
        yield self._making("  reading and analysis alone, to a file", self.analysis)
        if self.whoosh:
            yield self._making("our index in Whoosh", self.whoosh, WHOOSH)
        for name, stage in self.peers.items():
            yield self._making(f"{name} of the same terms, analysed before", stage, f"{name} built")

    def _making(self, what: str, stage: Stage[T], of: str = "") -> Making:
        return Making(what, stage.cpu, stage.wall, stage.peak, self.sizes.get(of, 0))


def prepare(home: Path, size: int, peers: Sequence[str]) -> Prepared:
    """Takes what is there from an earlier run, peers and all, if it would still be made so."""
    version = Analyzer.open(Settings(home=home).cache_path).version
    if (home / RESULT).exists():
        found = msgspec.json.decode((home / RESULT).read_bytes(), type=Prepared)
        if found.version == version:
            return replace(found, kept=True)
    shutil.rmtree(home, ignore_errors=True)
    made = _told("archive", _make_archive, home, size)
    index = _told("index", _make_index, home)
    whoosh = _told("index in Whoosh", _make_whoosh_index, home) if WHOOSH in peers else None
    analysis = _told("analysis", _analyse, home)
    building = [peer.name for peer in PEERS if peer.build and peer.name in peers]
    built = {name: _told(name, _build_peer, name, home) for name in building}
    sizes = {name: folder_bytes(folder_of(name, home)) for name in peers if name != RAW}
    sizes |= {f"{name} built": folder_bytes(_own_folder(name, home)) for name in building}
    sizes["archive"] = Settings(home=home).archive_path.stat().st_size
    prepared = Prepared(version, made, index, whoosh, analysis, built, sizes)
    (home / RESULT).write_bytes(msgspec.json.encode(prepared))
    return prepared


def _told(what: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Stage[T]:
    stage = staged(function, *args, **kwargs)
    print(f"  {what}: {stage.cpu:.1f} s", file=sys.stderr, flush=True)
    return stage


def _own_folder(name: str, home: Path) -> Path:
    return home / "peers" / name


# --- stages ----------------------------------------------------------------------------------


def _make_archive(home: Path, passages: int) -> Stored:
    home.mkdir(parents=True)
    with Archive.open(Settings(home=home).archive_path) as archive:
        return store(archive, passages)


def _make_index(home: Path) -> IndexReport:
    return reindex(Settings(home=home))


def _make_whoosh_index(home: Path) -> IndexReport:
    """From the same archive, in a data folder of its own."""
    settings = Settings(home=home / WHOOSH, engine="whoosh")
    settings.home.mkdir()
    os.link(Settings(home=home).archive_path, settings.archive_path)
    return reindex(settings)


def _analyse(home: Path) -> dict[str, int]:
    return dict(spool.write(home / "spool", spool.analysed(Settings(home=home))))


def _build_peer(name: str, home: Path) -> None:
    (peer,) = (peer for peer in PEERS if peer.name == name)
    assert peer.build, f"{name} has nothing to build"
    peer.build(_own_folder(name, home), spool.read(home / "spool"))
