"""The pages and the API behind gunicorn."""

from __future__ import annotations

import sys
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from indexer.config import Settings
from search_app import create_app
from search_app.retrieval.service import SearchService

THREADS = 4  # a worker: while one request waits for the disk another one computes


class QuietLog(Logger):  # type: ignore[misc]  # gunicorn has no type information
    """gunicorn's log without what people ask: its lines on requests that it refuses, or that break
    it, hold their addresses."""

    def warning(self, msg: str, *args: object, **options: object) -> None:
        refused = msg.startswith("Invalid request")
        super().warning(msg.partition(": ")[0] if refused else msg, *args, **options)

    def exception(self, msg: str, *args: object, **options: object) -> None:
        kind = sys.exc_info()[0]
        super().error("%s: %s", msg.partition(" %s")[0], kind.__name__ if kind else "unknown")


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no type information
    """gunicorn with settings from here and not from its own command line."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Runs in each worker, after the fork."""
        return create_app(self._settings)


def run_server(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serves until it is told to stop. Raises IndexerError when there is nothing to serve."""
    SearchService(settings).health()
    shown = f"[{host}]" if ":" in host else host
    options = {
        "bind": f"{shown}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "limit_request_line": 0,  # a long query is cut by us, with a word to the reader
        "accesslog": None,  # it would hold what people search for
        "logger_class": QuietLog,
        "proc_name": "protokoll",
        "control_socket_disable": True,
    }
    _Server(settings, options).run()
