"""One writing run at a time: an advisory lock that the kernel drops when its process dies."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import ArchiveError, LockedError


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Holds ``home/lock``, making the folder. Raises LockedError that says who holds it."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(
            f"{home}: cannot be used as data folder: {error.strerror}; see PROTOKOLL_HOME"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
            raise LockedError(
                f"{home}: another run holds the lock ({holder or 'just started'}); wait for it"
            ) from None
        _sign(descriptor, home)
        yield
    finally:
        os.close(descriptor)


def _sign(descriptor: int, home: Path) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(
            descriptor, f"pid {os.getpid()} on {socket.gethostname()} since {now}".encode(), 0
        )
    except OSError as error:
        raise ArchiveError(
            f"{home}: cannot be written: {error.strerror}; free some space and run again"
        ) from error
