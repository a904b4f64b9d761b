"""What the service answers: values that HTML, JSON, CSV and the command line only have to print.

Texts are the original's; a mark is a span of the text beside it. Nothing here is escaped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.engines.base import Attribute, Sort
from indexer.model import Attendee, Span, Speaker
from search_app.retrieval.search_request import SearchRequest


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not. ``mark`` numbers the marks of a page from 1; 0: unmarked."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the spans in it that matched, in order and apart. Ellipses are part of it."""

    text: str
    marks: tuple[Span, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.text, self.marks)


def pieces(text: str, marks: tuple[Span, ...], first: int = 1) -> tuple[Piece, ...]:
    """The text cut at its marks, which are numbered from ``first``; joined they are the text."""
    cut, at = [], 0
    for number, mark in enumerate(marks, first):
        if mark.start > at:
            cut.append(Piece(text[at : mark.start]))
        cut.append(Piece(mark.of(text), number))
        at = mark.end
    if at < len(text):
        cut.append(Piece(text[at:]))
    return tuple(cut)


# --- a page of hits --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matched.

    ``id``: protokoll id, "#" and anchor. ``paragraf``: its number as printed ("12"), None where
    the § has none or the passage stands before the first §. ``section``: the § id ("p12").
    ``number``: of the protokoll. ``page``: of the first mark, from 1; None in HTML. ``url``: path
    on this site, which shows the passage with its marks. ``original``: path of the source file at
    the page, or None where it is held back.
    """

    id: str
    protokoll: str
    section: str
    paragraf: str | None
    title: Marked | None
    dnr: str | None
    municipality: str | None
    body: str | None
    date: dt.date | None
    number: str | None
    speakers: tuple[Speaker, ...]
    kind: str
    kind_label: str
    page: int | None
    snippets: tuple[Marked, ...]
    url: str
    original: str | None

    @property
    def group(self) -> tuple[str, str]:
        """What hits from one and the same § have in common."""
        return self.protokoll, self.section


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``label`` is for people ("Utbildningsnämnden"), ``value`` for addresses."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ResultPage:
    """``hits`` are passages, ``size`` a page. ``total`` and all counts are exact.

    ``read_as``: how the query was read, in its own language; "" for a request without words.
    ``notes``: what else the reader should know of it (cut, ignored, expanded), as sentences.
    ``first_year``, ``last_year``: of all matching passages, years chosen by facet or not.
    ``pages``: at least 1; ``request.page`` is never beyond it.
    """

    request: SearchRequest
    read_as: str
    notes: tuple[str, ...]
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Attribute, tuple[FacetValue, ...]]
    sort: Sort
    pages: int
    first_year: int | None
    last_year: int | None

    @property
    def groups(self) -> tuple[tuple[Hit, ...], ...]:
        """The hits with those from one § together, where the first of them stands."""
        together: dict[tuple[str, str], list[Hit]] = {}
        for hit in self.hits:
            together.setdefault(hit.group, []).append(hit)
        return tuple(tuple(hits) for hits in together.values())


# --- a protokoll -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage to read. ``first``: it begins a part, so kind and speakers are to be said.

    ``hit``: it matches the query as a whole. ``stycken``: each cut at its marks.
    """

    anchor: str
    kind: str
    kind_label: str
    speakers: tuple[Speaker, ...]
    page: int | None
    first: bool
    hit: bool
    stycken: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class ParagrafView:
    """A § to read; ``id`` is its anchor. What stands before the first § has id "u0".

    ``hits``: how many of its passages match. ``marks``: how many marks it has, its title's too.
    """

    id: str
    number: str | None
    title: tuple[Piece, ...]
    dnr: str | None
    page: int | None
    passages: tuple[PassageView, ...]
    hits: int
    marks: int


@dataclass(frozen=True, slots=True)
class ProtokollPage:
    """A protokoll to read. ``marks``: how many there are, numbered in order of reading.

    ``original``: path of the source file, None where it is held back; ``masked``: personnummer that
    were replaced. ``media``: "pdf" or "html".
    """

    id: str
    municipality: str | None
    body: str | None
    dates: tuple[dt.date, ...]
    number: str | None
    place: str | None
    attendance: tuple[Attendee, ...]
    paragrafer: tuple[ParagrafView, ...]
    marks: int
    hits: int
    text: str  # of the query
    read_as: str
    notes: tuple[str, ...]
    media: str
    original: str | None
    masked: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An id that was given up; ``id`` is the one to ask for."""

    id: str


# --- the archive as a whole ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BodyCoverage:
    """How many protokoll of a body there are, and from which years."""

    municipality: str | None
    slug: str
    name: str
    protokoll: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A source file that was not read, or not in full."""

    name: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the archive and how fresh it is. Times are UTC.

    ``stale``: the archive has changed since the index was made, so searches show an earlier state.
    ``read_at``: when the last finished run of ingest ended. ``indexed_at``: of the index.
    """

    protokoll: int
    passages: int
    files: int
    first_date: dt.date | None
    last_date: dt.date | None
    bodies: tuple[BodyCoverage, ...]
    outcomes: tuple[tuple[str, int], ...]
    unread: tuple[Unread, ...]
    ignored: int
    read_at: dt.datetime | None
    indexed_at: dt.datetime | None
    stale: bool
