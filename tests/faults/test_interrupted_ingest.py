"""A run that is killed, or that fills the disk, loses and doubles nothing."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ..indexer.conftest import protokoll_html

PROTOKOLL = Path(sys.executable).with_name("protokoll")
FILES = 60
KILLS = 6


def environ(home: Path) -> dict[str, str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PROTOKOLL_")}
    return {**plain, "PROTOKOLL_HOME": str(home)}


def index(sources: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROTOKOLL, "index", sources],
        env=environ(home),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def status(home: Path) -> dict[str, object]:
    done = subprocess.run(
        [PROTOKOLL, "status", "--format", "json"],
        env=environ(home),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return {key: found[key] for key in ("outcomes", "protokoll", "passages")}


def stored(home: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(home / "archive.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(
            "SELECT id, anchor FROM passages JOIN protokoll ON key = protokoll ORDER BY id, ordinal"
        ).fetchall()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "kalla"
    folder.mkdir()
    for number in range(FILES):
        date = f"20{31 + number // 12}-{number % 12 + 1:02}-17"
        html = protokoll_html(date, *(f"Rapport {number} av {n} godkänns." for n in range(1, 9)))
        (folder / f"{number:03}.html").write_text(html, "utf-8")
    return folder


def test_a_run_killed_at_any_moment_is_finished_by_the_next(
    sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("PROTOKOLL_TEST_SEED", time.time_ns() % 10**6))
    print(f"repeat with PROTOKOLL_TEST_SEED={seed}")
    dice = random.Random(seed)
    whole, home = tmp_path / "whole", tmp_path / "killed"
    began = time.monotonic()
    assert index(sources, whole).returncode == 0
    took = time.monotonic() - began
    for _ in range(KILLS):
        run = subprocess.Popen(
            [PROTOKOLL, "index", sources],
            env=environ(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.1, took))
        run.kill()
        run.wait()
        if (home / "archive.sqlite").exists():
            assert set(stored(home)) <= set(stored(whole))
    assert index(sources, home).returncode == 0
    assert stored(home) == stored(whole)
    assert status(home) == status(whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for half the archive; needs root."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount a small file system: {done.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_one_clear_line_and_loses_nothing(
    sources: Path, small_disk: Path, tmp_path: Path
) -> None:
    home = small_disk / "var"
    full = index(sources, home)
    assert full.returncode == 1
    *_, line = full.stderr.splitlines()
    assert "Traceback" not in full.stderr
    assert "disk is full; free some space and run again" in line
    kept = stored(home)
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    assert index(sources, home).returncode == 0
    assert index(sources, tmp_path / "whole").returncode == 0
    assert set(kept) <= set(stored(home)) == set(stored(tmp_path / "whole"))


def test_an_archive_on_a_read_only_disk_can_be_read(sources: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    home = small_disk / "var"
    assert index(sources, home).returncode == 0
    before = status(home)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert status(home) == before
    refused = index(sources, home)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "Read-only file system" in refused.stderr
