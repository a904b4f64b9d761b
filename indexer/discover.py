"""Which files below a folder are sources, and which are not."""

from __future__ import annotations

import os
import stat
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SettingsError
from indexer.masking import mask

SUFFIXES = (".pdf", ".htm", ".html")
MOST = 2**63 - 1
UNPRINTABLE = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control, bidi marks, invalid bytes, line separators


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file. ``name`` is its path below the root as it may be shown and stored: without
    personnummer and control characters, valid Unicode. ``fault`` says what had to be changed."""

    path: Path
    name: str
    size: int
    mtime_ns: int
    inode: int
    fault: str = ""


def discover(root: Path) -> tuple[list[SourceFile], list[str]]:
    """Source files and the names of all other files, both sorted.

    Raises SettingsError when the root or a folder below it cannot be read: what lies there must
    not be taken for gone.
    """
    sources, others = [], []
    for folder, folders, names in os.walk(root, onerror=_refuse):
        # Linked folders are told of but not entered: they may go round in circles.
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in names + links:
            with suppress(FileNotFoundError):  # gone since its folder was listed
                file = _source_file(root, Path(folder, name))
                if name in links:
                    others.append(f"{file.name}/")
                elif file.path.suffix.lower() in SUFFIXES:
                    sources.append(file)
                else:
                    others.append(file.name)
    return sorted(sources, key=lambda found: found.name), sorted(others)


def shown(name: str) -> str:
    """A name as it may be shown and stored: escaped where it is not text, personnummer masked."""
    return mask("".join(_escaped(char) for char in name))


def _escaped(char: str) -> str:
    unprintable = unicodedata.category(char) in UNPRINTABLE
    return char.encode("unicode_escape").decode() if unprintable else char


def _refuse(error: OSError) -> None:
    name = shown(str(error.filename))
    raise SettingsError(f"{name}: cannot be read: {error.strerror}") from error


def _source_file(root: Path, path: Path) -> SourceFile:
    try:
        status = path.stat()
    except OSError:  # a link to nowhere: still a file of its name, which the reader will refuse
        status = path.lstat()
    below = str(path.relative_to(root))
    name, fault = shown(below), ""
    if name != below:
        fault = "the file name holds a personnummer or characters that cannot be shown; rename it"
        name = f"{name} (inode {status.st_ino})"  # two such names may look alike
    size = status.st_size if stat.S_ISREG(status.st_mode) else 0
    return SourceFile(
        path, name, size, _storable(status.st_mtime_ns), _storable(status.st_ino), fault
    )


def _storable(number: int) -> int:
    """SQLite's integers have 64 bits with sign; some file systems count further."""
    return max(-MOST, min(number, MOST))
