"""The same answers as JSON, for programs."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, redirect
from werkzeug.wrappers import Response

from search_app.retrieval import as_json
from search_app.retrieval.results import Moved
from search_app.site import asked_request, asked_text, site
from search_app.views import protokoll_address

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    return jsonify(as_json.result_page(site().service.search(asked_request())))


@api.get("/protokoll/<path:name>")
def protokoll(name: str) -> Response:
    text = asked_text()
    found = site().service.protokoll(name.rstrip("/"), text)
    if found is None:
        abort(404)
    if isinstance(found, Moved):
        return redirect(protokoll_address(found.id, text, under="/api/v1/protokoll/"), 301)
    return jsonify(as_json.protokoll_page(found))
