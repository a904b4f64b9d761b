"""The command ``protokoll``: the commands of both packages under one name."""

from __future__ import annotations

import datetime as dt
import json
import sys
from importlib.metadata import version
from typing import Literal

import click
from rich.console import Console

from indexer import cli as indexer_cli
from indexer.cli import failures
from indexer.config import Settings
from indexer.engines.base import Attribute, Sort
from indexer.model import PartKind
from search_app.retrieval import as_csv, as_json, as_table
from search_app.retrieval.search_request import (
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    Chosen,
    SearchRequest,
    parse_day,
    stored_value,
)
from search_app.retrieval.service import SearchService
from search_app.server import run_server

WIDTH_OF_A_FILE = 120  # columns, where the table does not go to a terminal


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("protokollsok"), message="%(version)s")
def main() -> None:
    """Search archives of Swedish protokoll: §, decision, date and speaker."""


def _first_day(
    context: click.Context, option: click.Parameter, given: str | None
) -> dt.date | None:
    return _day(given, last=False)


def _last_day(context: click.Context, option: click.Parameter, given: str | None) -> dt.date | None:
    return _day(given, last=True)


def _day(given: str | None, *, last: bool) -> dt.date | None:
    day = parse_day(given, last=last) if given else None
    if given and day is None:
        raise click.BadParameter(f"{given!r} is no day: give 2015, 2015-03 or 2015-03-24")
    return day


@click.command()
@click.argument("query", nargs=-1)
@click.option("--from", "first", callback=_first_day, help="meetings from this day, month, year")
@click.option("--to", "last", callback=_last_day, help="meetings until this day, month, year")
@click.option("--municipality", multiple=True, help="only this municipality")
@click.option("--body", multiple=True, help="only this body, by name or slug; several: any of them")
@click.option("--speaker", multiple=True, help="only this speaker, as the facet has the name")
@click.option("--party", multiple=True, help="only this party")
@click.option("--place", multiple=True, help="only passages about this place")
@click.option(
    "--kind",
    multiple=True,
    type=click.Choice([kind.value for kind in PartKind]),
    help="only parts of this kind",
)
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]))
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@click.option("--size", type=click.IntRange(1, MAX_PAGE_SIZE), default=PAGE_SIZE, show_default=True)
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="table for people, json and csv for programs",
)
def search(
    query: tuple[str, ...],
    first: dt.date | None,
    last: dt.date | None,
    sort: str | None,
    page: int,
    size: int,
    output: Literal["table", "json", "csv"],
    **chosen: tuple[str, ...],
) -> None:
    """Search for QUERY, in the language of the search box (docs/api.md).

    Put -- before a query that begins with a hyphen.

    Example: protokoll search likvärdighet --from 2015 --format json
    """
    request = SearchRequest(
        text=" ".join(query),
        chosen=tuple(_chosen(chosen)),
        first=first,
        last=last,
        sort=Sort(sort) if sort else None,
        page=page,
        size=size,
    )
    with failures():
        found = SearchService(Settings.load()).search(request)
    if output == "json":
        click.echo(json.dumps(as_json.result_page(found), ensure_ascii=False, indent=1))
    elif output == "csv":
        click.echo(as_csv.result_page(found), nl=False)
    else:
        console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE, highlight=False)
        console.print(as_table.result_page(found))


def _chosen(given: dict[str, tuple[str, ...]]) -> list[Chosen]:
    attributes = {name: Attribute(name) for name in given}
    return [
        Chosen(attributes[name], stored_value(attributes[name], value))
        for name, values in given.items()
        for value in values
    ]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen at")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the search pages and the API.

    Example: protokoll serve --port 8080
    """
    with failures():
        run_server(Settings.load(), host=host, port=port, workers=workers)


for command in (
    indexer_cli.index,
    indexer_cli.parse,
    indexer_cli.reindex,
    indexer_cli.status,
    search,
    serve,
):
    main.add_command(command)
