"""The pages: each view reads its address, asks the service, and fills in a template."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from indexer.errors import IndexerError
from search_app import wording
from search_app.help_examples import EXAMPLES, HEADINGS, STARTERS
from search_app.retrieval.originals import Original
from search_app.retrieval.results import Moved, PassageView, ProtokollPage, ResultPage
from search_app.retrieval.search_request import PARAMETERS, SORTS
from search_app.security import DOWNLOAD_POLICY, PDF_POLICY
from search_app.site import asked_request, asked_text, site

pages = Blueprint("pages", __name__)

AROUND = 2  # pages shown on either side of the current one
MAX_UNREAD = 200  # files listed on /om; the rest are counted
MAX_FEWER = 6  # words of a query that are offered one by one
LONGEST_LABEL = 40  # characters
ONE_YEAR = 31_536_000  # seconds


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; ``address`` adds it to what is chosen, or takes it away again."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """``name``: of the parameter in addresses."""

    name: str
    heading: str
    choices: tuple[Choice, ...]

    @property
    def offers(self) -> bool:
        """Whether there is anything to choose or to take away."""
        return len(self.choices) > 1 or any(one.chosen for one in self.choices)


@pages.get("/")
def start() -> str:
    return render_template(
        "start.html",
        overview=site().service.overview(),
        starters=STARTERS,
        years=wording.years,
    )


@pages.get("/sok")
def search() -> str:
    page = site().service.search(asked_request())
    return render_template(
        "results.html",
        page=page,
        asked=page.request,
        years=wording.years(page.first_year, page.last_year),
        facets=[facet for facet in facets_of(page) if facet.offers],
        sorts=[(sort, wording.SORTS[name]) for name, sort in SORTS.items()],
        shown_pages=shown_pages(page.request.page, page.pages),
        fewer=fewer_words(page),
    )


@pages.get("/protokoll/<path:name>")
def protokoll(name: str) -> str | Response:
    text = asked_text()
    found = site().service.protokoll(name.rstrip("/"), text)
    if found is None:
        abort(404)
    if isinstance(found, Moved):
        return redirect(protokoll_address(found.id, text), 301)
    return render_template(
        "protokoll.html",
        page=found,
        first=first_match(found),
        opens_with_label=opens_with_label,
        opens_with_speaker=opens_with_speaker,
    )


@pages.get("/original/<path:name>")
def original(name: str) -> Response:
    found = site().service.original(name.rstrip("/"))
    if found is None:
        abort(404)
    if isinstance(found, Moved):
        return redirect(f"/original/{quote(found.id)}", 301)
    return _file(found)


@pages.get("/hjalp")
def help_page() -> str:
    return render_template("help.html", examples=EXAMPLES, headings=HEADINGS)


@pages.get("/om")
def about() -> str:
    return render_template(
        "about.html",
        overview=site().service.overview(),
        outcomes=wording.OUTCOMES,
        max_unread=MAX_UNREAD,
        years=wording.years,
    )


@pages.get("/healthz")
def health() -> Response:
    """ "ok" where a search can be answered; for load balancers and watchdogs. Why not is logged."""
    try:
        site().service.health()
    except IndexerError as error:
        site().logger.error("unhealthy: %s", error)
        return Response("unavailable\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@pages.get("/static/<version>/<name>")
def static(version: str, name: str) -> Response:
    content = site().assets.get(name)
    if content is None:
        abort(404)
    response = Response(content, mimetype=mimetypes.guess_type(name)[0])
    if version == site().version:
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


def protokoll_address(name: str, text: str, under: str = "/protokoll/") -> str:
    query = f"?{urlencode({'q': text})}" if text else ""
    return f"{under}{quote(name)}{query}"


def shown_pages(page: int, pages: int) -> tuple[int | None, ...]:
    """The pages to link to: the first, the last and those around; None where some are left out."""
    near = {1, pages, *range(max(1, page - AROUND), min(pages, page + AROUND) + 1)}
    shown: list[int | None] = []
    for number in sorted(near):
        if shown and shown[-1] == number - 2:
            shown.append(number - 1)  # a gap of one page is no gap
        elif shown and shown[-1] != number - 1:
            shown.append(None)
        shown.append(number)
    return tuple(shown)


def fewer_words(page: ResultPage) -> tuple[str, ...]:
    """The words of a query of several that found nothing, to be tried one at a time."""
    words = tuple(dict.fromkeys(page.request.text.split()))
    return words[:MAX_FEWER] if not page.total and len(words) > 1 else ()


def facets_of(page: ResultPage) -> Iterator[Facet]:
    asked = page.request
    for name, attribute in PARAMETERS.items():
        choices = tuple(
            Choice(
                wording.opening(value.label),
                value.count,
                value.chosen,
                (asked.without if value.chosen else asked.choosing)(
                    attribute, value.value
                ).address(),
            )
            for value in page.facets.get(attribute, ())
        )
        yield Facet(name, wording.FACETS[name], choices)


def first_match(page: ProtokollPage) -> str | None:
    """The anchor of the first mark or, where a query has only filters, of the first passage."""
    if page.marks:
        return "traff-1"
    passages = (one for paragraf in page.paragrafer for one in paragraf.passages)
    return next((passage.anchor for passage in passages if passage.hit), None)


def opens_with_label(passage: PassageView) -> bool:
    """Whether its first stycke is the heading that the part is printed under ("Yrkanden"), so that
    none of ours is needed."""
    text = _first_stycke(passage)
    return passage.kind_label in text and len(text) <= LONGEST_LABEL and not text.endswith(".")


def opens_with_speaker(passage: PassageView) -> bool:
    """Whether its first stycke is the line of who speaks, as verbatim records print it, so that
    ours would say it twice."""
    if len(passage.speakers) != 1:
        return False
    text = _first_stycke(passage).rstrip(": ")
    (speaker,) = passage.speakers
    return text in (speaker.name.casefold(), wording.person(speaker).casefold())


def _first_stycke(passage: PassageView) -> str:
    return "".join(piece.text for piece in passage.stycken[0]).casefold()


def _file(found: Original) -> Response:
    """A PDF to be opened in the browser, so that ``#page=n`` works; anything else to be saved: a
    page made by others must not run as one of ours."""
    pdf = found.media == "pdf"
    response = Response(wrap_file(request.environ, found.stream), direct_passthrough=True)
    response.mimetype = "application/pdf" if pdf else "application/octet-stream"
    response.content_length = found.size
    response.headers.set(
        "Content-Disposition", "inline" if pdf else "attachment", filename=found.file_name
    )
    response.headers["Content-Security-Policy"] = PDF_POLICY if pdf else DOWNLOAD_POLICY
    return response.make_conditional(request, accept_ranges=True, complete_length=found.size)
