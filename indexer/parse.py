"""Source files to parsed protokoll, by way of the sandboxed workers.

The parsers themselves are imported by the workers only, see ``indexer.parser_task``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from indexer.config import Settings
from indexer.errors import DocumentError, ParserCrash, ParserMemory, ParserTimeout
from indexer.extract.sandbox import Job, WorkerLimits, run
from indexer.model import Parsed

PARSER_VERSION = 2  # raise it when the same file would now be understood otherwise

WORKER_FAILED = (ParserCrash, ParserMemory, ParserTimeout)


def parse_files(
    paths: Iterable[Path], settings: Settings
) -> Iterator[tuple[Path, Parsed | DocumentError]]:
    """Every path once, as its result comes. A PDF that kills its worker is tried once more by the
    second reader, after all others."""
    failed: dict[Path, DocumentError] = {}
    for path, result in _run(paths, "pdfium", settings):
        if isinstance(result, WORKER_FAILED) and path.suffix.lower() == ".pdf":
            failed[path] = result
        else:
            yield path, result
    for path, result in _run(failed, "pdfminer", settings):
        yield path, failed[path] if isinstance(result, DocumentError) else result


def parse_file(path: Path, settings: Settings) -> Parsed:
    """One file. Raises DocumentError."""
    ((_, result),) = parse_files([path], settings)
    if isinstance(result, DocumentError):
        raise result
    return result


def _run(
    paths: Iterable[Path], reader: str, settings: Settings
) -> Iterator[tuple[Path, Parsed | DocumentError]]:
    options = {
        "reader": reader,
        "municipality": settings.municipality or "",
        "bytes": str(settings.max_file_mib * 2**20),
        "pages": str(settings.max_pages),
        "characters": str(settings.max_characters),
    }
    limits = WorkerLimits(
        memory_bytes=settings.memory_mib * 2**20,
        cpu_seconds=settings.cpu_seconds,
        wall_seconds=settings.wall_seconds,
    )
    jobs = (Job(path, options) for path in paths)
    for job, result in run(
        "indexer.parser_task:parse_bytes", jobs, workers=settings.worker_count, limits=limits
    ):
        if isinstance(result, DocumentError):
            yield job.path, result
        else:
            yield job.path, msgspec.json.decode(result, type=Parsed)
