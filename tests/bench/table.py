"""The figures of a run as tables of aligned columns."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version

from tests.bench.engines import OURS, Asked
from tests.bench.measuring import percentile
from tests.bench.pages import EMPTY, Page
from tests.bench.prepare import Prepared

MB = 1e6


def machine() -> str:
    made = dt.datetime.now(dt.UTC).date().isoformat()
    load = os.getloadavg()[0]
    return (
        f"{made}, {os.cpu_count()} cores (load {load:.1f}), Python {platform.python_version()},"
        f" tantivy {version('tantivy')}, SQLite {sqlite3.sqlite_version}"
    )


def print_building(prepared: Prepared) -> None:
    stored = prepared.archive.result
    print(
        f"\n{stored.passages} passages, {stored.protokoll} protokoll,"
        f" {stored.characters / MB:.1f} M characters"
    )
    again = ", from an earlier run" if prepared.kept else ""
    print(f"{'building' + again:44}   CPU s  passages/s  wall s  peak MiB  disk MB  / text")
    for made in prepared.makings():
        disk = f"{made.bytes / MB:8.1f} {made.bytes / stored.characters:7.2f}" if made.bytes else ""
        print(
            f"{made.what:44} {made.cpu:7.1f} {stored.passages / made.cpu:11.0f} {made.wall:7.1f}"
            f" {made.peak:9.0f} {disk}"
        )


def print_queries(asked: Sequence[Asked]) -> None:
    """A row for each class, then one for all of them."""
    peers = tuple(asked[0].cpu)
    print(f"\n{'CPU ms a query':24}" + "".join(f" | {_head(peer)}" for peer in peers))
    print(f"{'class':12}{'n':>4}{'hits':>8}" + "".join(f" | {_columns(peer)}" for peer in peers))
    for kind in dict.fromkeys(one.case.kind for one in asked):
        _print_class(kind, peers, [one for one in asked if one.case.kind == kind])
    _print_class("all", peers, asked)
    reading = [one.reading for one in asked if one.case.text]
    middle, high = percentile(reading, 0.5), percentile(reading, 0.95)
    print(f"reading a query, not in the above: p50 {middle:.2f} ms, p95 {high:.2f}")


def _head(peer: str) -> str:
    return f"{peer:27}" if peer == OURS else f"{peer:35}"


def _columns(peer: str) -> str:
    columns = f"{'p50':>8} {'p95':>8} {'sum':>9}"
    return columns if peer == OURS else f"{columns} {'/ ours':>7}"


def _print_class(kind: str, peers: Sequence[str], asked: Sequence[Asked]) -> None:
    hits = sum(one.total for one in asked) / len(asked)
    row = f"{kind:12}{len(asked):4}{hits:8.0f}"
    ours = sum(one.cpu[OURS] for one in asked)
    for peer in peers:
        cpu = [one.cpu[peer] for one in asked]
        row += f" | {percentile(cpu, 0.5):8.2f} {percentile(cpu, 0.95):8.2f} {sum(cpu):9.1f}"
        row += "" if peer == OURS else f" {sum(cpu) / ours:7.1f}"
    print(row)


def print_pages(measured: Sequence[Page], peak: float) -> None:
    print(f"\n{'CPU ms a page':24} {'n':>4} {'p50':>8} {'p95':>8} {'kB':>7}  / empty page (p50)")
    empty = percentile((one.cpu for one in measured if one.what == EMPTY), 0.5)
    for what in dict.fromkeys(one.what for one in measured):
        cpu = [one.cpu for one in measured if one.what == what]
        size = sum(one.bytes for one in measured if one.what == what) / len(cpu) / 1000
        middle = percentile(cpu, 0.5)
        print(
            f"{what:24} {len(cpu):4} {middle:8.2f} {percentile(cpu, 0.95):8.2f} {size:7.1f}"
            f" {middle / empty:7.1f}"
        )
    print(f"peak memory of the process that answered: {peak:.0f} MiB")
