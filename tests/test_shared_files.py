"""Real protokoll and files that break parsers: every one ends in one outcome.

They are not part of the product. PROTOKOLL_EVAL names the folder that holds them.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

EVAL = os.environ.get("PROTOKOLL_EVAL")
PROTOKOLL = Path(sys.executable).with_name("protokoll")

pytestmark = pytest.mark.skipif(
    not EVAL, reason="PROTOKOLL_EVAL is unset: it names the folder of evaluation files"
)
PARENT_LIMIT_KIB = 300 * 1024


def index(source: Path, home: Path) -> dict[str, object]:
    """Ingests a folder and gives the status; holds the parent itself to its memory."""
    environ = {**os.environ, "PROTOKOLL_HOME": str(home), "PROTOKOLL_WALL_SECONDS": "10"}
    peak = 0
    with (home / "said").open("w+") as said:
        run = subprocess.Popen([PROTOKOLL, "index", source], env=environ, stdout=said, stderr=said)
        while run.poll() is None:
            peak = max(peak, peak_kib(run.pid))
            time.sleep(0.05)
        said.seek(0)
        assert run.returncode == 0, said.read()
    assert 0 < peak < PARENT_LIMIT_KIB
    done = subprocess.run(
        [PROTOKOLL, "status", "--format", "json"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    status: dict[str, object] = json.loads(done.stdout)
    return status


def peak_kib(pid: int) -> int:
    """The most memory a process has had so far, without its children; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def test_real_protokoll_end_in_the_archive(tmp_path: Path) -> None:
    source = Path(str(EVAL), "protocols", "dev")
    with (source / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        expected = [row["expect"] for row in csv.DictReader(stream, delimiter="\t")]
    outcomes = index(source, tmp_path)["outcomes"]
    assert isinstance(outcomes, dict)
    assert sum(outcomes.values()) == len(expected)
    assert outcomes["ok"] >= expected.count("ok")
    assert outcomes["needs_ocr"] == expected.count("scan")
    assert outcomes["rejected"] >= expected.count("reject")


def test_hostile_files_end_in_an_outcome_each_and_the_parent_stays_small(tmp_path: Path) -> None:
    source = Path(str(EVAL), "hostile")
    files = [p for p in source.rglob("*") if p.suffix.lower() in (".pdf", ".htm", ".html")]
    outcomes = index(source, tmp_path)["outcomes"]
    assert isinstance(outcomes, dict)
    assert sum(outcomes.values()) == len(files) > 100
