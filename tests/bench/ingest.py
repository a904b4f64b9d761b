"""CPU time of ingest beside a plain pdfminer.six text extraction of the same PDF files.

    python -m tests.bench.ingest FOLDER

Both run once, one after the other, each in one process at a time; CPU seconds of this process and
its children (user and system), so that other work on the machine counts little. The workers'
start-up is part of ingest.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from pdfminer.high_level import extract_text

from indexer.archive import Archive
from indexer.config import Settings
from indexer.extract.document import read_document
from indexer.ingest import ingest
from indexer.model import Document
from indexer.structure import structure


def cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def pages_and_ingest_seconds(folder: Path) -> tuple[int, float]:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), workers=1)
        began = cpu_seconds()
        with Archive.open(settings.archive_path) as archive:
            report = ingest(folder, archive, settings)
            seconds = cpu_seconds() - began
            rows = archive.sources(str(folder.resolve())).values()
        assert set(report.outcomes) == {"ok"}, f"only what both can read: {report.outcomes}"
        return sum(row.pages or 0 for row in rows), seconds


def stage_seconds(paths: list[Path]) -> tuple[float, float]:
    """Of reading and of structure alone, without worker and archive."""
    documents: list[Document] = []
    began = cpu_seconds()
    for path in paths:
        documents.append(read_document(path.read_bytes(), path.name))
    read = cpu_seconds()
    for document in documents:
        structure(document)
    return read - began, cpu_seconds() - read


def pdfminer_seconds(paths: list[Path]) -> float:
    began = cpu_seconds()
    for path in paths:
        extract_text(path)
    return cpu_seconds() - began


def readable_pdfs(folder: Path, target: Path) -> list[Path]:
    """Copies the PDF files that ingest reads, so that both get the same."""
    settings = Settings(home=target / "home", workers=1)
    settings.home.mkdir()
    with Archive.open(settings.archive_path) as archive:
        ingest(folder, archive, settings)
        rows = archive.sources(str(folder.resolve())).values()
    chosen = target / "pdf"
    chosen.mkdir()
    for number, row in enumerate(row for row in rows if (row.outcome, row.kind) == ("ok", "pdf")):
        shutil.copy(folder / row.path, chosen / f"{number}.pdf")
    return sorted(chosen.iterdir())


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as target:
        paths = readable_pdfs(folder, Path(target))
        pages, ours = pages_and_ingest_seconds(paths[0].parent)
        reading, structuring = stage_seconds(paths)
        theirs = pdfminer_seconds(paths)
    print(f"{len(paths)} PDF files, {pages} pages")
    print("what                                CPU s   pages/s")
    for what, seconds in (
        ("ingest: PDF to archive", ours),
        ("  of which PDFium and lines", reading),
        ("  of which structure", structuring),
        ("pdfminer.six extract_text, plain", theirs),
    ):
        print(f"{what:34} {seconds:6.2f} {pages / seconds:9.1f}")
    print(f"ingest is {theirs / ours:.2f} times as fast")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
