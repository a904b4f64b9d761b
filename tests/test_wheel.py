"""The wheel works by itself: in an empty environment, outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    bin_folder = folder / "venv" / "bin"
    pins = ROOT / "constraints.txt"
    run(bin_folder / "python", "-m", "pip", "install", "-q", "-c", pins, wheel, cwd=folder)
    return bin_folder


def test_the_command_of_the_wheel_helps(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "protokoll", "--help", cwd=tmp_path)
    assert {"index", "parse", "status"} <= set(said.split())


def test_the_wheel_reads_the_sample_archive(installed: Path, tmp_path: Path) -> None:
    run(installed / "protokoll", "index", ROOT / "corpus" / "protokoll", cwd=tmp_path)
    assert '"ok"' in run(installed / "protokoll", "status", "--format", "json", cwd=tmp_path)
