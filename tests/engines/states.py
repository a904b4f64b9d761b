"""Indexes to ask: one made in one go, and one that four nights have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.engines import tantivy_engine, whoosh_engine
from indexer.engines.base import Engine, EngineModule, IndexedPassage
from tests.engines.oracle import Oracle
from tests.engines.passages import first_edition, protokoll_passages

MODULES: dict[str, EngineModule] = {"tantivy": tantivy_engine, "whoosh": whoosh_engine}
Edition = dict[int, tuple[IndexedPassage, ...]]
NIGHTS = 4


@dataclass(frozen=True, slots=True)
class State:
    """What is in the index, as the plain engine and as the others."""

    oracle: Oracle
    engines: Mapping[str, Engine]


@dataclass(frozen=True, slots=True)
class Change:
    """A protokoll to be taken out, and the passages it gets instead: none if it is gone."""

    protokoll: int
    passages: tuple[IndexedPassage, ...]


def passages_in(edition: Edition) -> list[IndexedPassage]:
    return [passage for passages in edition.values() for passage in passages]


def made(module: EngineModule, folder: Path, passages: Iterable[IndexedPassage]) -> Path:
    with module.build(folder, anew=True) as builder:
        for passage in passages:
            builder.add(passage)
    return folder


def changed(module: EngineModule, folder: Path, source: Path, changes: Iterable[Change]) -> Path:
    """An index in ``folder`` made of hard links of the one in ``source``, and changed."""
    link_files(source, folder)
    with module.build(folder, anew=False) as builder:
        for change in changes:
            builder.remove(change.protokoll)
            for passage in change.passages:
                builder.add(passage)
    return folder


def link_files(source: Path, target: Path) -> None:
    target.mkdir()
    for file in source.iterdir():
        os.link(file, target / file.name)


def night(edition: Edition, number: int) -> tuple[Change, ...]:
    """Of some protokoll half are gone and half are other ones; two are new, one never was there."""
    some = [key for at, key in enumerate(sorted(edition)) if at % 9 == number]
    gone = tuple(Change(key, ()) for key in some[::2])
    other = tuple(Change(key, tuple(protokoll_passages(key, number + 1))) for key in some[1::2])
    new = (100_000 + number, 200_000 + number)
    return (
        *gone,
        *other,
        *(Change(key, tuple(protokoll_passages(key))) for key in new),
        Change(300_000, ()),
    )


def after(edition: Edition, changes: tuple[Change, ...]) -> Edition:
    news = {change.protokoll: change.passages for change in changes}
    return {key: passages for key, passages in {**edition, **news}.items() if passages}


def full_state(folder: Path) -> State:
    passages = passages_in(first_edition())
    return State(
        Oracle(passages),
        {
            name: module.open_index(made(module, folder / name, passages))
            for name, module in MODULES.items()
        },
    )


def changed_state(folder: Path) -> State:
    edition = first_edition()
    latest = {
        name: made(module, folder / f"{name}-made", passages_in(edition))
        for name, module in MODULES.items()
    }
    for number in range(NIGHTS):
        changes = night(edition, number)
        edition = after(edition, changes)
        for name, module in MODULES.items():
            latest[name] = changed(module, folder / f"{name}-{number}", latest[name], changes)
    return State(
        Oracle(passages_in(edition)),
        {name: module.open_index(latest[name]) for name, module in MODULES.items()},
    )
