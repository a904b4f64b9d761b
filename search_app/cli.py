"""The command ``protokoll``: the commands of both packages under one name."""

from __future__ import annotations

from importlib.metadata import version

import click

from indexer import cli as indexer_cli


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("protokollsok"), message="%(version)s")
def main() -> None:
    """Search archives of Swedish protokoll: §, decision, date and speaker."""


for command in (indexer_cli.index, indexer_cli.parse, indexer_cli.status):
    main.add_command(command)
