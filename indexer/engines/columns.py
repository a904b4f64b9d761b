"""What an engine keeps of each passage beside its terms, as columns: ids, dates, values, lengths.

One file that is written anew with every build, without pickles.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Attribute, Field

_FILE = "columns.npz"
UNDATED = 0  # as a day; dates count from 1

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage without its terms. ``day`` is the date's ordinal; ``lengths`` are terms a field."""

    number: int
    order: int
    day: int
    lengths: tuple[int, ...]
    attributes: Mapping[Attribute, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The values of an attribute, sorted, and which row has which: ``codes[i]`` in ``rows[i]``."""

    values: tuple[str, ...]
    rows: Longs
    codes: Longs


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows in the order of their numbers. ``document`` is where the engine's store has a row."""

    number: Longs
    order: Longs
    day: Longs
    document: Longs
    lengths: Mapping[Field, Longs]
    values: Mapping[Attribute, ValueColumn]

    def rows(self) -> Iterator[Row]:
        """Undoes ``columns_of``."""
        lengths = zip(*(self.lengths[field].tolist() for field in Field), strict=True)
        attributes: list[dict[Attribute, tuple[str, ...]]] = [{} for _ in self.number]
        for attribute, column in self.values.items():
            for row, code in zip(column.rows.tolist(), column.codes.tolist(), strict=True):
                earlier = attributes[row].get(attribute, ())
                attributes[row][attribute] = (*earlier, column.values[code])
        singles = (column.tolist() for column in (self.number, self.order, self.day))
        for number, order, day, of_row, found in zip(*singles, lengths, attributes, strict=True):
            yield Row(number, order, day, of_row, found)


def columns_of(rows: Iterable[Row], documents: Mapping[int, int]) -> Columns:
    """``documents``: number of a passage → its document."""
    ordered = sorted(rows, key=lambda row: row.number)
    return Columns(
        number=_longs(row.number for row in ordered),
        order=_longs(row.order for row in ordered),
        day=_longs(row.day for row in ordered),
        document=_longs(documents[row.number] for row in ordered),
        lengths={f: _longs(row.lengths[at] for row in ordered) for at, f in enumerate(Field)},
        values={attribute: _value_column(ordered, attribute) for attribute in Attribute},
    )


def _value_column(rows: list[Row], attribute: Attribute) -> ValueColumn:
    pairs = [(at, v) for at, row in enumerate(rows) for v in row.attributes.get(attribute, ())]
    values = tuple(sorted({value for _, value in pairs}))
    codes = {value: code for code, value in enumerate(values)}
    return ValueColumn(
        values, _longs(at for at, _ in pairs), _longs(codes[value] for _, value in pairs)
    )


def _longs(numbers: Iterable[int]) -> Longs:
    return np.array(tuple(numbers), dtype=np.int64)


# --- the file --------------------------------------------------------------------------------


def write_columns(folder: Path, columns: Columns) -> None:
    """Replaces the file, which may be a hard link of another generation's."""
    arrays: dict[str, NDArray[Any]] = {
        "number": columns.number,
        "order": columns.order,
        "day": columns.day,
        "document": columns.document,
    }
    for field, lengths in columns.lengths.items():
        arrays[f"lengths.{field}"] = lengths
    for attribute, column in columns.values.items():
        values = json.dumps(column.values).encode()  # numpy's own strings lose NULs at their end
        arrays[f"values.{attribute}"] = np.frombuffer(values, dtype=np.uint8)
        arrays[f"rows.{attribute}"] = column.rows
        arrays[f"codes.{attribute}"] = column.codes
    aside = folder / f"{_FILE}.new"
    with aside.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    os.replace(aside, folder / _FILE)


def read_columns(folder: Path) -> Columns:
    with np.load(folder / _FILE, allow_pickle=False) as arrays:
        return Columns(
            number=arrays["number"],
            order=arrays["order"],
            day=arrays["day"],
            document=arrays["document"],
            lengths={field: arrays[f"lengths.{field}"] for field in Field},
            values={
                attribute: ValueColumn(
                    tuple(json.loads(arrays[f"values.{attribute}"].tobytes())),
                    arrays[f"rows.{attribute}"],
                    arrays[f"codes.{attribute}"],
                )
                for attribute in Attribute
            },
        )
