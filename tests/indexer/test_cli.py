"""The commands as they are typed: real processes where exit codes and streams matter."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.lock import writing

from .conftest import protokoll_html

PROTOKOLL = Path(sys.executable).with_name("protokoll")
MAY = protokoll_html("2031-05-25", "Kommunstyrelsen antar planen.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with `kalla` that holds a protokoll and a file to be rejected."""
    (tmp_path / "kalla").mkdir()
    (tmp_path / "kalla" / "may.html").write_text(MAY, "utf-8")
    (tmp_path / "kalla" / "empty.pdf").write_bytes(b"")
    (tmp_path / "kalla" / "notes.txt").write_bytes(b"x")
    return tmp_path


def protokoll(
    folder: Path, *arguments: str | Path, **environ: str
) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PROTOKOLL_")}
    return subprocess.run(
        [PROTOKOLL, *arguments],
        cwd=folder,
        env={**plain, "PROTOKOLL_WALL_SECONDS": "10", **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed command said, which must be one line and no traceback."""
    (line,) = done.stderr.strip().splitlines()
    return line


def test_index_says_what_it_did_and_status_what_there_is(folder: Path) -> None:
    done = protokoll(folder, "index", "kalla")
    assert done.returncode == 0
    assert "2 files: 0 unchanged" in done.stdout
    assert "empty.pdf: rejected: empty file" in done.stdout
    status = json.loads(protokoll(folder, "status", "--format", "json").stdout)
    assert status["outcomes"] == {"ok": 1, "rejected": 1}
    assert (status["ignored"], status["ignored_files"]) == (1, ["notes.txt"])
    assert status["protokoll"] == 1
    assert status["passages"] >= 1
    assert "rlimits" in status["sandbox"]
    assert status["last_run"]["report"]["files"] == 2


def test_status_for_people_names_every_file_that_was_not_read(folder: Path) -> None:
    protokoll(folder, "index", "kalla")
    said = protokoll(folder, "status").stdout
    assert "empty.pdf: rejected: empty file" in said
    assert "notes.txt" in said


def test_without_a_terminal_progress_is_plain_lines_on_stderr(folder: Path) -> None:
    done = protokoll(folder, "index", "kalla")
    assert "Reading: 2 of 2" in done.stderr
    assert "\x1b" not in done.stderr


def test_the_folder_may_come_from_the_settings(folder: Path) -> None:
    (folder / "protokoll.toml").write_text('sources = "kalla"\nhome = "data"\n')
    report = json.loads(protokoll(folder, "index", "--format", "json").stdout)
    assert report["outcomes"] == {"ok": 1, "rejected": 1}
    assert (folder / "data" / "archive.sqlite").exists()


def test_on_a_terminal_progress_is_a_bar(folder: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [PROTOKOLL, "index", "kalla"],
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "PROTOKOLL_HOME": str(folder / "var")},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "Comparing" in shown
    assert "2/2" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["index"], "no folder: name one, or set `sources`"),
        (["index", "nowhere"], "nowhere: no such folder"),
        (["index", "kalla/may.html"], "kalla/may.html: no such folder"),
        (["status"], "no archive here; run `protokoll index FOLDER` first"),
    ],
)
def test_a_wrong_call_ends_with_2_and_makes_nothing(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = protokoll(folder, *arguments)
    assert done.returncode == 2
    assert said in one_line(done)
    assert not (folder / "var").exists()


def test_a_wrong_setting_ends_with_2(folder: Path) -> None:
    done = protokoll(folder, "index", "kalla", PROTOKOLL_WORKERS="many")
    assert done.returncode == 2
    assert "workers = 'many'" in one_line(done)


def test_a_second_run_ends_with_4(folder: Path) -> None:
    with writing(folder / "var"):
        done = protokoll(folder, "index", "kalla")
    assert done.returncode == 4
    assert f"pid {os.getpid()}" in one_line(done)


def test_too_many_newly_rejected_files_end_with_5_after_all_is_stored(folder: Path) -> None:
    done = protokoll(folder, "index", "kalla", PROTOKOLL_MAX_NEW_REJECTS="0")
    assert done.returncode == 5
    assert "max_new_rejects is 0" in done.stderr
    again = protokoll(folder, "index", "kalla", PROTOKOLL_MAX_NEW_REJECTS="0")
    assert again.returncode == 0, "known rejects are not new"
    assert "2 unchanged" in again.stdout


def test_parse_prints_json_or_an_outline_and_stores_nothing(folder: Path) -> None:
    parsed = json.loads(protokoll(folder, "parse", "kalla/may.html", "--format", "json").stdout)
    assert parsed["body"] == "Kommunstyrelsen"
    assert parsed["meeting_date"] == "2031-05-25"
    (paragraf,) = parsed["paragrafer"]
    assert (paragraf["number"], paragraf["title"]) == ("1", "Ärende 1")
    assert [part["kind"] for part in paragraf["parts"]] == ["beslut"]
    assert "§ 1" in protokoll(folder, "parse", "kalla/may.html").stdout
    assert not (folder / "var").exists()


def test_parse_of_a_rejected_file_ends_with_1_and_one_line(folder: Path) -> None:
    done = protokoll(folder, "parse", "kalla/empty.pdf")
    assert done.returncode == 1
    assert one_line(done).endswith("kalla/empty.pdf: empty file")
    assert done.stdout == ""


def test_a_data_folder_that_is_a_file_is_named(folder: Path) -> None:
    (folder / "var").write_text("")
    done = protokoll(folder, "index", "kalla")
    assert done.returncode == 1
    assert "var: cannot be used as data folder" in one_line(done)


def test_an_archive_that_is_none_is_left_alone(folder: Path) -> None:
    (folder / "var").mkdir()
    (folder / "var" / "archive.sqlite").write_text("my recipes" * 100)
    done = protokoll(folder, "index", "kalla")
    assert done.returncode == 1
    assert "not an archive of Protokollsök" in one_line(done)
    assert (folder / "var" / "archive.sqlite").read_text() == "my recipes" * 100
