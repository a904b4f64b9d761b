"""How far a long command has come: a bar on a terminal, plain lines elsewhere. All on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

SECONDS_BETWEEN_LINES = 10.0

Update = Callable[[str, int, int], None]
"""Called with what is being done ("Reading"), how much is done, and how much there is."""


@contextmanager
def progress() -> Iterator[Update]:
    if sys.stderr.isatty():
        with _bars() as update:
            yield update
    else:
        yield _lines()


@contextmanager
def _bars() -> Iterator[Update]:
    columns = (
        TextColumn("{task.description:10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    tasks = {}
    with Progress(*columns, console=Console(stderr=True)) as bars:

        def update(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what)
            bars.update(tasks[what], completed=done, total=total)

        yield update


def _lines() -> Update:
    """A line when a job is done, and one every ten seconds until then."""
    last = time.monotonic()

    def update(what: str, done: int, total: int) -> None:
        nonlocal last
        if total and (done == total or time.monotonic() - last >= SECONDS_BETWEEN_LINES):
            last = time.monotonic()
            print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)

    return update
