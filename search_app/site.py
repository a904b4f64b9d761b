"""The web application: a Flask that holds the search service and never logs what people ask."""

from __future__ import annotations

import hashlib
import secrets
import traceback
from dataclasses import replace
from importlib.resources import files
from types import TracebackType
from typing import cast

from flask import Flask, current_app, g
from flask import request as asked

from search_app import wording
from search_app.retrieval.search_request import SearchRequest, from_parameters
from search_app.retrieval.service import SearchService

OUR_CODE = "search_app"
LONGEST_TEXT = 1000  # characters of a query; more than are read, so that the reader is told so


class Site(Flask):
    """``assets``: the static files by name. ``version``: changes when any of them does."""

    def __init__(self, service: SearchService) -> None:
        super().__init__(OUR_CODE, static_folder=None)
        self.service = service
        self.assets = {
            file.name: file.read_bytes()
            for file in sorted(files(OUR_CODE).joinpath("static").iterdir(), key=lambda f: f.name)
        }
        self.version = hashlib.sha256(b"\0".join(self.assets.values())).hexdigest()[:12]
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        self.url_map.strict_slashes = False
        self.url_map.merge_slashes = False  # its redirect would repeat the Host header
        self.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
        self.jinja_env.filters.update(wording.FILTERS)
        self.context_processor(self._in_every_template)

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Where it broke, never the message or the address: both may hold words of a query."""
        g.error_id = secrets.token_hex(4)
        kind, _, trace = exc_info
        frames = traceback.extract_tb(trace)
        where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames[-4:]))
        self.logger.error(
            "error %s: %s %s: %s at %s",
            g.error_id,
            asked.method,
            asked.endpoint,
            kind.__name__ if kind else "unknown",
            where,
        )

    def _in_every_template(self) -> dict[str, object]:
        return {
            "asked": asked_request(),
            "static": lambda name: f"/static/{self.version}/{name}",
        }


def asked_text() -> str:
    """The query of the address at hand. It returns in every link of the page: hence a limit."""
    return asked.args.get("q", "")[:LONGEST_TEXT]


def asked_request() -> SearchRequest:
    """What the address at hand asks for."""
    request = from_parameters(asked.args.items(multi=True))
    return replace(request, text=request.text[:LONGEST_TEXT])


def site() -> Site:
    """The application that answers the request at hand."""
    return cast(Site, current_app)
