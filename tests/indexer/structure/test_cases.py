"""Every case of tests/cases: one trap each, written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import DocumentError
from indexer.structure import structure
from tests.indexer.structure import case_files

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_understood_as_written(path: Path) -> None:
    case = case_files.read(path)
    if case.expected[0].startswith("rejected: "):
        with pytest.raises(DocumentError, match=case.expected[0].removeprefix("rejected: ")):
            structure(case.document)
        return
    told = case_files.told(structure(case.document))
    wanted: dict[str, list[str]] = {}
    for row in case.expected:
        field, _, value = row.partition(": ")
        if field in told and field:
            wanted.setdefault(field, []).append(value)
        else:
            wanted.setdefault("", []).append(row)
    for field, rows in wanted.items():
        assert _shortened(told[field], rows) == rows


def _shortened(told: list[str], wanted: list[str]) -> list[str]:
    """Rows cut where the expected row ends with an ellipsis."""
    cut = [
        row[: len(want) - 2] + " …" if want.endswith(" …") else row
        for row, want in zip(told, wanted, strict=False)
    ]
    return cut + told[len(wanted) :]
