"""The indexer's commands: ``protokoll index``, ``reindex``, ``parse`` and ``status``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import click

from indexer import outline
from indexer.archive import Archive
from indexer.config import Settings
from indexer.engines.generations import current_number, load
from indexer.errors import DocumentError, IndexerError, IndexFault, SettingsError
from indexer.extract.sandbox import in_force
from indexer.ingest import IngestReport, ingest
from indexer.lock import writing
from indexer.parse import parse_file
from indexer.progress import progress
from indexer.reindex import IndexReport
from indexer.reindex import reindex as reindex_archive
from indexer.served import stamps
from indexer.status import Status, read_status

TOO_MANY_REJECTS = 5
SHOWN_AT_MOST = 20

Format = Literal["text", "json"]
format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text for people, json for programs",
)


@contextmanager
def failures() -> Iterator[None]:
    """Ends the command with one line on stderr and the exit code of the error."""
    try:
        yield
    except IndexerError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(error.exit_code) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {where}{error.strerror or error}", err=True)
        raise click.exceptions.Exit(1) from error


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--rehash", is_flag=True, help="compare contents, even where size and time are alike")
@click.option("--no-index", is_flag=True, help="leave the search index as it is; see reindex")
@format_option
def index(folder: Path | None, rehash: bool, no_index: bool, output: Format) -> None:
    """Read what is new or changed in FOLDER into the archive and the search index.

    FOLDER defaults to the setting `sources`. Files that cannot be read are reported, not failures.

    Example: protokoll index corpus/protokoll
    """
    with failures():
        settings = Settings.load()
        root = folder or settings.sources
        if root is None:
            raise SettingsError("no folder: name one, or set `sources` in protokoll.toml")
        if not root.is_dir():
            raise SettingsError(f"{root}: no such folder, or it may not be read")
        with (
            writing(settings.home),
            Archive.open(settings.archive_path) as archive,
            progress() as update,
        ):
            report = ingest(root, archive, settings, update, rehash=rehash)
            made = None if no_index else reindex_archive(settings, update)
        _print_report(report, made, output)
        limit = settings.max_new_rejects
        if limit is not None and len(report.new_rejects) > limit:
            click.echo(
                f"{len(report.new_rejects)} newly rejected files; max_new_rejects is {limit}",
                err=True,
            )
            raise click.exceptions.Exit(TOO_MANY_REJECTS)


@click.command()
@click.option(
    "--full", is_flag=True, help="from nothing, even where the last one can be built upon"
)
@format_option
def reindex(full: bool, output: Format) -> None:
    """Make the search index from the archive, and publish it.

    Needed after a change of engine or an upgrade; `protokoll index` does it as a last step.

    Example: protokoll reindex --full
    """
    with failures():
        settings = Settings.load()
        with writing(settings.home), progress() as update:
            made = reindex_archive(settings, update, full=full)
        if output == "json":
            click.echo(json.dumps(asdict(made), indent=1))
        else:
            click.echo(_index_line(made))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@format_option
def parse(file: Path, output: Format) -> None:
    """Show how FILE is understood, without storing anything.

    Example: protokoll parse corpus/protokoll/kommunstyrelsen-2019-03-12.pdf
    """
    with failures():
        settings = Settings.load()
        try:
            parsed = parse_file(file, settings)
        except DocumentError as error:
            raise DocumentError(f"{file}: {error}") from error
        if output == "json":
            click.echo(json.dumps(outline.as_json(parsed.protokoll), ensure_ascii=False, indent=1))
        else:
            click.echo(outline.as_text(parsed.protokoll))


@click.command()
@format_option
def status(output: Format) -> None:
    """Say what is in the archive, and what became of every source file.

    Example: protokoll status --format json
    """
    with failures():
        settings = Settings.load()
        with Archive.open_readonly(settings.archive_path) as archive:
            summary = read_status(archive.connection)
            search_index = _search_index(settings, stamps(archive.connection))
        if output == "json":
            values = _status_json(summary) | {"index": search_index}
            click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(_status_lines(settings, summary, search_index)))


def _print_report(report: IngestReport, made: IndexReport | None, output: Format) -> None:
    if output == "json":
        values = {**_report_json(report), "index": made and asdict(made)}
        click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        return
    counts = ", ".join(f"{count} {outcome}" for outcome, count in report.outcomes.most_common())
    click.echo(f"{report.files} files: {report.unchanged} unchanged" + (counts and f", {counts}"))
    _print_some("newly rejected", [f"{path}: {why}" for path, why in report.new_rejects])
    _print_some("moved", report.moved)
    _print_some("missing", report.missing)
    _print_some("withdrawn since they are missing", report.withdrawn)
    _print_some("back again", report.returned)
    if made:
        click.echo(_index_line(made))


def _index_line(made: IndexReport) -> str:
    holds = f"{made.protokoll} protokoll, {made.passages} passages"
    if made.full:
        return f"search index: generation {made.generation}, made from nothing: {holds}"
    if not made.added and not made.removed:
        return f"search index: generation {made.generation} is up to date: {holds}"
    changes = f"{made.added} added, {made.removed} removed"
    return f"search index: generation {made.generation}, {changes}: {holds}"


def _print_some(heading: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"{len(lines)} {heading}:")
        for line in lines[:SHOWN_AT_MOST]:
            click.echo(f"  {line}")
        if len(lines) > SHOWN_AT_MOST:
            click.echo(f"  … and {len(lines) - SHOWN_AT_MOST} more: protokoll status")


def _report_json(report: IngestReport) -> dict[str, object]:
    return {
        "root": report.root,
        "files": report.files,
        "unchanged": report.unchanged,
        "outcomes": dict(report.outcomes),
        "new_rejects": [{"path": path, "reason": why} for path, why in report.new_rejects],
        "moved": report.moved,
        "missing": report.missing,
        "withdrawn": report.withdrawn,
        "returned": report.returned,
    }


def _status_json(summary: Status) -> dict[str, object]:
    last = summary.last_run
    return {
        "outcomes": summary.outcomes,
        "unread": [
            {"path": path, "outcome": outcome, "reason": reason}
            for path, outcome, reason in summary.unread
        ],
        "missing": summary.missing,
        "ignored": len(summary.ignored),
        "ignored_files": summary.ignored,
        "protokoll": summary.protokoll,
        "passages": summary.passages,
        "sandbox": str(in_force()),
        "last_run": last and {**last, "report": last["report"] and json.loads(last["report"])},
    }


def _search_index(settings: Settings, wanted: Mapping[int, str]) -> dict[str, object]:
    """What is published, and whether it says what the archive says; or why there is none."""
    try:
        generation = load(settings.index_path, current_number(settings.index_path))
    except IndexFault as error:
        return {"error": str(error)}
    about = generation.about
    return {
        "generation": generation.number,
        "engine": about.engine,
        "made": about.made,
        "passages": about.passages,
        "up_to_date": dict(about.stamps) == wanted,
    }


def _index_status(found: dict[str, object]) -> str:
    if "error" in found:
        return str(found["error"])
    fresh = "up to date" if found["up_to_date"] else "older than the archive: protokoll reindex"
    return f"generation {found['generation']} of {found['made']} ({found['engine']}), {fresh}"


def _status_lines(
    settings: Settings, summary: Status, search_index: dict[str, object]
) -> Iterator[str]:
    yield f"archive   {settings.archive_path}"
    yield f"protokoll {summary.protokoll}, with {summary.passages} passages"
    yield f"index     {_index_status(search_index)}"
    yield f"sandbox   {in_force()}"
    last = summary.last_run
    if last:
        ended = last["finished"] or "not finished: it was stopped, or is running now"
        yield f"last run  {last['started']} – {ended}: {last['root']}"
    yield f"files     {sum(summary.outcomes.values())}"
    for outcome, count in summary.outcomes.items():
        yield f"  {count:6} {outcome}"
    if summary.unread:
        yield "not read, or not in full:"
        yield from (f"  {path}: {outcome}: {reason}" for path, outcome, reason in summary.unread)
    if summary.missing:
        yield "missing in the last run of their folder:"
        yield from (f"  {path}" for path in summary.missing)
    if summary.ignored:
        yield f"ignored, since neither .pdf, .htm nor .html ({len(summary.ignored)}):"
        yield from (f"  {path}" for path in summary.ignored)
