import os
from pathlib import Path

import pytest

from indexer.discover import discover
from indexer.errors import SettingsError


def names(root: Path) -> tuple[list[str], list[str]]:
    sources, others = discover(root)
    return [source.name for source in sources], others


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def test_sources_are_told_from_other_files_by_suffix_in_any_case(tmp_path: Path) -> None:
    touch(tmp_path, "b.PDF", "a/c.Htm", "a/d.html", "notes.txt", "a/pdf", "e.pdf.zip")
    assert names(tmp_path) == (
        ["a/c.Htm", "a/d.html", "b.PDF"],
        ["a/pdf", "e.pdf.zip", "notes.txt"],
    )


def test_size_and_inode_are_those_of_the_file(tmp_path: Path) -> None:
    touch(tmp_path, "a.pdf")
    ((source,), _) = discover(tmp_path)
    assert (source.path, source.size) == (tmp_path / "a.pdf", 1)
    assert source.inode == (tmp_path / "a.pdf").stat().st_ino


def test_a_link_to_nowhere_and_a_pipe_are_still_sources(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to("nowhere.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert names(tmp_path) == (["gone.pdf", "pipe.pdf"], [])


def test_a_linked_folder_is_not_entered_but_told_of(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.pdf")
    (tmp_path / "a" / "loop").symlink_to("..")
    assert names(tmp_path) == (["a/x.pdf"], ["a/loop/"])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.pdf", "a\\nb.pdf"),
        (b"\xe5r.pdf", "\\udce5r.pdf"),
        ("höger\u202evänster.pdf".encode(), "höger\\u202evänster.pdf"),
    ],
)
def test_a_name_that_cannot_be_shown_is_escaped_and_is_a_fault(
    tmp_path: Path, name: bytes, shown: str
) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    ((source,), _) = discover(tmp_path)
    assert source.name.startswith(f"{shown} (inode ")
    assert "rename it" in source.fault


def test_swedish_letters_and_hard_blanks_are_no_fault(tmp_path: Path) -> None:
    touch(tmp_path, "Nämndens\u00a0möte – å, ä, ö.pdf")
    ((source,), _) = discover(tmp_path)
    assert source.fault == ""


def test_a_root_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "file")
    with pytest.raises(SettingsError, match="file: cannot be read: Not a directory"):
        discover(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_stops_the_run(tmp_path: Path) -> None:
    touch(tmp_path, "closed/a.pdf")
    (tmp_path / "closed").chmod(0)
    try:
        with pytest.raises(SettingsError, match="closed: cannot be read: Permission denied"):
            discover(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o755)
