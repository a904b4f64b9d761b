"""Analysed passages on disk, as rows that any engine can be fed with: terms joined by blanks.

Written once for all peers, so that each is charged for its own work only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from indexer.analysis.analyzer import Analyzer
from indexer.archive import Archive
from indexer.config import Settings
from indexer.engines.base import Attribute, Field, IndexedPassage, Terms
from indexer.indexed import indexed
from indexer.served import all_passages, by_keys, stamps


@dataclass(frozen=True, slots=True)
class Row:
    """A passage. ``day``: the ordinal of its date. ``fields``: terms in order, joined by blanks;
    those of one position follow each other."""

    number: int
    order: int
    day: int
    fields: dict[Field, str]
    attributes: dict[Attribute, tuple[str, ...]]


def analysed(settings: Settings) -> Iterator[IndexedPassage]:
    """All passages of the archive as the indexer gives them to its engine."""
    analyzer = Analyzer.open(settings.cache_path)
    with Archive.open_readonly(settings.archive_path) as archive:
        for key in stamps(archive.connection):
            head = by_keys(archive.connection, [key])[key]
            for passage in all_passages(archive.connection, key):
                yield indexed(head, passage, analyzer)


def write(path: Path, passages: Iterable[IndexedPassage]) -> Counter[str]:
    """Gives how many passages have each word in their text."""
    frequency: Counter[str] = Counter()
    with path.open("wb") as file:
        for passage in passages:
            row = _row(passage)
            frequency.update(set(row.fields[Field.TEXT_EXACT].split()))
            file.write(msgspec.json.encode(row) + b"\n")
    return frequency


def read(path: Path) -> Iterator[Row]:
    decoder = msgspec.json.Decoder(Row)
    with path.open("rb") as file:
        yield from map(decoder.decode, file)


def _row(passage: IndexedPassage) -> Row:
    assert passage.date, "the synthetic archive has a date for every protokoll"
    return Row(
        number=passage.number,
        order=passage.order,
        day=passage.date.toordinal(),
        fields={field: _joined(terms) for field, terms in passage.fields.items()},
        attributes=dict(passage.attributes),
    )


def _joined(terms: Terms) -> str:
    return " ".join([term for at in terms for term in at])
