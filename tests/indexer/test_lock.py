import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.errors import ArchiveError, LockedError
from indexer.lock import writing

HOLD = """
import sys, time
from pathlib import Path
from indexer.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(LockedError, match=rf"pid {os.getpid()} on .+ since 20"):
        with writing(tmp_path):
            pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with writing(tmp_path / "made" / "here"):
            pass


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        child.stdout.readline()
        with pytest.raises(LockedError, match=f"pid {child.pid}"), writing(tmp_path):
            pass
        child.kill()
        child.wait()
    time.sleep(0.01)
    with writing(tmp_path):
        pass


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file/var: cannot be used as data folder"):
        with writing(tmp_path / "file" / "var"):
            pass
