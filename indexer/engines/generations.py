"""Generations: the search index, made aside, published whole, and found by its readers.

    index/current              the number of the published generation
    index/000012/              a generation: the engine's files and generation.json
    index/.building/           one being made; of no value when nobody makes it

A generation is written to disk before its folder gets its name, and has its name before ``current``
tells of it. So a crash leaves the last one published, and a reader sees the old or the new one.
The one before is kept for requests that are under way.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

import msgspec

from indexer.engines.base import INDEX_SCHEMA, Builder, EngineModule
from indexer.errors import IndexFault, IndexMismatch, IndexMissing

ABOUT = "generation.json"
BUILDING = ".building"
CURRENT = "current"
KEPT = 2  # generations: the published one and the one before
TO_DO = "run `protokoll reindex`"


@dataclass(frozen=True, slots=True)
class About:
    """What a generation was made of. ``stamps``: of each protokoll in it, by key in the archive
    (see ``served.stamps``). ``made``: UTC, ISO 8601. ``changes``: how many protokoll have been
    put in or taken out since the index was last made from nothing."""

    engine: str
    analyzer: str
    schema: int
    made: str
    passages: int
    stamps: Mapping[int, str]
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Generation:
    number: int
    folder: Path
    about: About


def engine_module(name: str) -> EngineModule:
    """The adapter of an engine; only the one in use is imported."""
    return cast(EngineModule, import_module(f"indexer.engines.{name}_engine"))


def current_number(index: Path) -> int:
    """The number of the published generation. Raises IndexMissing, IndexFault."""
    try:
        text = (index / CURRENT).read_text("ascii").strip()
    except FileNotFoundError:
        raise IndexMissing(f"{index}: no search index here yet; {TO_DO}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexFault(f"{index / CURRENT}: cannot be read: {error}; {TO_DO}") from error
    if not (text.isascii() and text.isdigit()):
        raise IndexFault(f"{index / CURRENT}: is damaged; {TO_DO}")
    return int(text)


def load(index: Path, number: int) -> Generation:
    """A generation by its number. Raises IndexFault."""
    folder = index / f"{number:06}"
    try:
        about = msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexFault(f"{folder}: the search index is damaged ({error}); {TO_DO}") from error
    return Generation(number, folder, about)


def require(generation: Generation, *, engine: str, analyzer: str) -> None:
    """Raises IndexMismatch unless the generation can be read with these."""
    about = generation.about
    if about.engine != engine:
        said = f"was made by the engine {about.engine}, the setting is {engine}"
    elif about.schema != INDEX_SCHEMA:
        said = f"has schema {about.schema}, this version of Protokollsök needs {INDEX_SCHEMA}"
    elif about.analyzer != analyzer:
        said = f"was made with another analysis of Swedish ({about.analyzer}; now {analyzer})"
    else:
        return
    raise IndexMismatch(f"{generation.folder}: this search index {said}; {TO_DO}")


@contextmanager
def building(index: Path, engine: str, base: Generation | None) -> Iterator[Builder]:
    """An index being made in ``.building``, out of the files of ``base`` or from nothing.

    When the block has ended the files are on disk, for ``publish``. Hold the lock of the data
    folder meanwhile. Raises IndexFault when the disk refuses.
    """
    folder = index / BUILDING
    with _disk_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if base:
            _link_files(base.folder, folder)
    with engine_module(engine).build(folder, anew=base is None) as builder:
        yield builder


def publish(index: Path, about: About) -> Generation:
    """Gives what ``building`` has made a number and makes it the current one; drops older ones."""
    folder = index / BUILDING
    with _disk_errors(index):
        number = max([0, *_numbers(index)]) + 1
        (folder / ABOUT).write_bytes(msgspec.json.encode(about))
        for path in folder.iterdir():
            _sync(path)
        _sync(folder)
        final = index / f"{number:06}"
        folder.rename(final)
        _sync(index)
        aside = index / f"{CURRENT}.new"
        aside.write_text(f"{number}\n", "ascii")
        _sync(aside)
        aside.replace(index / CURRENT)
        _sync(index)
    prune(index, number)
    return Generation(number, final, about)


def prune(index: Path, current: int) -> None:
    """Removes all but the current generation and the one before. Readers that still have an older
    one open keep its files until they close them."""
    for number in sorted(_numbers(index), reverse=True)[KEPT:]:
        if number != current:
            shutil.rmtree(index / f"{number:06}", ignore_errors=True)


def _numbers(index: Path) -> list[int]:
    return [int(path.name) for path in index.iterdir() if path.name.isdigit()]


def _link_files(source: Path, target: Path) -> None:
    """Hard links, or copies where the file system has none."""
    for path in source.iterdir():
        if path.name == ABOUT or path.suffix == ".lock":
            continue
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copy2(path, target / path.name)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _disk_errors(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        with suppress(OSError):
            shutil.rmtree(where if where.name == BUILDING else where / BUILDING)
        raise IndexFault(
            f"{error.filename or where}: {error.strerror}; the earlier search index is untouched"
        ) from error
