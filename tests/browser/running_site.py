"""The real thing: an archive indexed by `protokoll index` and served by `protokoll serve`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import msgspec

PROTOKOLL = Path(sys.executable).with_name("protokoll")
SAMPLE = Path(__file__).parent.parent.parent / "corpus" / "protokoll"
STARTS_WITHIN = 60  # seconds; it takes two
STOPS_WITHIN = 15
KEPT = ("PROTOKOLL_CACHE",)  # the tables of Swedish take half a minute to make


class FoundHit(msgspec.Struct, frozen=True):
    """What a program sees of a hit."""

    id: str
    protokoll: str
    paragraf: str | None
    title: str | None
    body: str | None
    date: str | None
    speakers: tuple[dict[str, str | None], ...]
    page: int | None
    snippets: tuple[Snippet, ...]
    url: str
    original: str | None


class Snippet(msgspec.Struct, frozen=True):
    text: str
    marks: tuple[tuple[int, int], ...]


class Found(msgspec.Struct, frozen=True):
    """A page of hits; ``pages`` counts them all."""

    total: int
    pages: int
    hits: tuple[FoundHit, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server. ``url`` has no slash at its end. ``log``: what it has written."""

    url: str
    home: Path
    log: Path

    def bytes_of(self, path: str) -> bytes:
        with urlopen(self.url + path) as answer:
            content: bytes = answer.read()
        return content

    def found(self, text: str, **parameters: str | int) -> Found:
        """A page of hits, by the API."""
        query = urlencode({"q": text, "antal": 100, **parameters})
        return msgspec.json.decode(self.bytes_of(f"/api/v1/search?{query}"), type=Found)

    def all_found(self, text: str) -> tuple[FoundHit, ...]:
        first = self.found(text)
        rest = (self.found(text, sida=page) for page in range(2, first.pages + 1))
        return (*first.hits, *(hit for page in rest for hit in page.hits))

    def protokoll(self, body: str, day: str) -> str:
        """The path of a body's protokoll of a day; ids follow from what the parser reads."""
        return "/protokoll/" + self.found("", organ=body, fran=day, till=day).hits[0].protokoll


@contextmanager
def served(sources: Path, home: Path) -> Iterator[Site]:
    """Indexes the folder and serves it until the block ends."""
    index(sources, home)
    with serving(home) as site:
        yield site


def index(sources: Path, home: Path) -> None:
    """Three protokoll of the sample archive do not say whose they are; `make run` says it, too."""
    known = {"PROTOKOLL_MUNICIPALITY": "Almhälla"} if sources == SAMPLE else {}
    command(home, "index", str(sources.resolve()), **known)


def command(home: Path, *arguments: str, **settings: str) -> None:
    """Runs `protokoll`, which must succeed; ``settings`` are variables of its environment."""
    home.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [PROTOKOLL, *arguments],
        cwd=home,
        env=_environ(home) | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def serving(home: Path) -> Iterator[Site]:
    """Serves what is indexed in ``home`` until the block ends."""
    port = _free_port()
    log = home / "server.log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [PROTOKOLL, "serve", "--port", str(port), "--workers", "1"],
            cwd=home,
            env=_environ(home),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        site = Site(f"http://127.0.0.1:{port}", home, log)
        _wait_until_healthy(site, server)
        yield site
    finally:
        server.terminate()
        try:
            server.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise


def _environ(home: Path) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if k in KEPT or not k.startswith("PROTOKOLL_")}
    return {**plain, "PROTOKOLL_HOME": str(home)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_healthy(site: Site, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            if site.bytes_of("/healthz") == b"ok\n":
                return
        except (HTTPError, URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {site.log.read_text('utf-8')}")
