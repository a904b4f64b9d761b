"""The server as it is run: what it writes of requests that never reach the pages."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Settings

PROTOKOLL = Path(sys.executable).with_name("protokoll")
SECRET = "hemligt-sökord"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(
    sample_settings: Settings, port: int, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that writes its log to ``tmp_path / "log"``."""
    environ = {**os.environ, "PROTOKOLL_HOME": str(sample_settings.home)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [PROTOKOLL, "serve", "--port", str(port), "--workers", "1"],
            env=environ,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            if b"200 OK" in _answer(port, b"GET /healthz HTTP/1.1"):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _answer(port: int, request_line: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(request_line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_no_request_leaves_what_was_asked_in_the_log(
    server: subprocess.Popen[bytes], port: int, tmp_path: Path
) -> None:
    asked = f"/sok?q={SECRET}".encode()
    assert b" 400 " in _answer(port, b"GET " + asked + b" HTTP/1.1")  # not percent-encoded
    assert b" 400 " in _answer(port, b"GET " + asked)
    assert b" 200 " in _answer(port, b"GET /sok?q=hemligt-ord HTTP/1.1")
    log = (tmp_path / "log").read_text("utf-8", "replace")
    assert "Listening at" in log
    assert "Invalid request" in log
    assert "hemligt" not in log
