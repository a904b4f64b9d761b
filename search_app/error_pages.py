"""Errors as pages and, below /api/, as JSON. None repeats what was asked in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from indexer.errors import IndexerError
from search_app.retrieval.originals import OriginalGone, OriginalHeldBack

API = "/api/"


@dataclass(frozen=True, slots=True)
class Fault:
    """What the page says; ``advice`` is for whoever runs the service."""

    status: int
    code: str
    heading: str
    text: str
    advice: str = ""


NOT_FOUND = Fault(
    404,
    "not_found",
    "Sidan finns inte",
    "Adressen kan vara felskriven, eller så har protokollet tagits bort ur arkivet.",
)
FAULTS: Mapping[int, Fault] = {
    404: NOT_FOUND,
    405: Fault(
        405,
        "method_not_allowed",
        "Det går inte att göra så här",
        "Sidan går att läsa, men tar inte emot uppgifter.",
    ),
}
BAD_REQUEST = Fault(
    400, "bad_query", "Frågan gick inte att läsa", "Gå till startsidan och sök på nytt därifrån."
)
BROKEN = Fault(
    500,
    "internal",
    "Något gick fel hos oss",
    "Felet är antecknat. Försök igen om en stund.",
)
UNAVAILABLE = Fault(
    503,
    "unavailable",
    "Det går inte att söka just nu",
    "Arkivet eller dess sökindex saknas eller håller på att bytas ut. Försök igen om en stund.",
    "Orsaken står i loggen. `protokoll status` visar vad som finns, `protokoll index MAPP` läser "
    "in protokoll, och `protokoll reindex` gör om sökindexet.",
)
HELD_BACK = Fault(
    403,
    "not_found",
    "Originalet visas inte",
    "Filen innehåller personnummer och lämnas inte ut här. Texten i protokollet går att läsa, "
    "med numren borttagna. Vill du ha originalet, vänd dig till kommunen.",
)
GONE = Fault(
    404,
    "not_found",
    "Originalet finns inte kvar",
    "Filen har flyttats eller ändrats sedan den lästes in. Texten i protokollet går ändå att läsa.",
)


def of_http(error: HTTPException) -> Response:
    status = error.code or 500
    fault = FAULTS.get(status) or (BROKEN if status >= 500 else BAD_REQUEST)
    response = answer(fault, status=status, error_id=g.get("error_id", ""))
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ("GET", "HEAD")))
    return response


def of_indexer(error: IndexerError) -> Response:
    """The reason names folders of the server, so it goes into the log and not out."""
    current_app.logger.error("unavailable: %s", error)
    response = answer(UNAVAILABLE)
    response.headers["Retry-After"] = "60"
    return response


def of_held_back(_error: OriginalHeldBack) -> Response:
    return answer(HELD_BACK)


def of_gone(_error: OriginalGone) -> Response:
    return answer(GONE)


def answer(fault: Fault, *, status: int = 0, error_id: str = "") -> Response:
    if request.path.startswith(API):
        response = jsonify(error={"code": fault.code, "message": _message(fault, error_id)})
    else:
        page = render_template("error.html", fault=fault, error_id=error_id)
        response = make_response(page)
    response.status_code = status or fault.status
    response.headers["Cache-Control"] = "no-store"
    return response


def _message(fault: Fault, error_id: str) -> str:
    parts = (f"{fault.heading}.", fault.text, f"Felnummer: {error_id}" if error_id else "")
    return " ".join(filter(None, parts))


def register_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(IndexerError, of_indexer)
    app.register_error_handler(OriginalHeldBack, of_held_back)
    app.register_error_handler(OriginalGone, of_gone)
