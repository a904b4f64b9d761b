"""A folder of index files brought to rest: on disk, and without what a writer leaves behind."""

from __future__ import annotations

import os
from pathlib import Path


def settle(folder: Path, locks: tuple[str, ...]) -> None:
    """Has every file of the folder on disk, and the folder itself."""
    unlock(folder, locks)
    for file in folder.iterdir():
        if file.is_file():
            _sync(file)
    _sync(folder)


def make_readable(folder: Path, names: tuple[str, ...]) -> None:
    """Lets those read these files who may read the folder."""
    for name in names:
        (folder / name).chmod(folder.stat().st_mode & 0o666)


def unlock(folder: Path, locks: tuple[str, ...]) -> None:
    """Removes lock files. As hard links they would lock the generation they came from, too."""
    for name in locks:
        (folder / name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
