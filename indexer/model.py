"""The values that travel through the pipeline.

Two families. ``Document`` is what *extract* yields: pages of lines, and where each stood.
``Protokoll`` is what *structure* makes of it: one text, and spans that point into it.
All are frozen and hold only tuples, so that ``msgspec`` can carry them as JSON unchanged.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

# --- what extract yields ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points (1/72 inch) from the top left corner of the page as displayed."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line that stands apart from its neighbours by a wide gap: ``text[start:end]``.

    ``x0`` and ``x1`` are points on a PDF page, and column numbers (from 0) in an HTML table row.
    """

    start: int
    end: int
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one block or ``<br>`` line of HTML.

    ``text`` is NFC, without control characters, line breaks or blanks at its ends.
    ``box`` is None in HTML. ``size`` is the font size in points of most of its characters
    (HTML: 12 for running text, more for h1-h6). ``cells`` has at least two entries where the line
    falls apart into columns, otherwise none; between two cells the text has a single blank.
    """

    text: str
    box: Box | None = None
    size: float = 12.0
    bold: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """``number`` counts from 1. HTML is cut into pages at rules and page breaks; size is then 0."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


class SourceKind(StrEnum):
    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as pages of lines, in reading order.

    ``title`` is the HTML title or "". ``scans`` are the numbers of pages that are images without
    text, in a file that has text on others.
    """

    kind: SourceKind
    reader: str  # "pdfium", "pdfminer" or "html"
    pages: tuple[Page, ...]
    title: str = ""
    scans: tuple[int, ...] = ()


# --- what structure yields -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character range [start, end) in ``Protokoll.text``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Where the characters of ``span`` stood: page number from 1 and box (None in HTML)."""

    page: int
    box: Box | None
    span: Span


class PartKind(StrEnum):
    """What a part of a § is; the word in the JSON output."""

    TEXT = "text"
    ARENDE = "arende"  # description of the matter, background, preparation
    BESLUT = "beslut"
    FORSLAG = "forslag"  # a proposal that is not (yet) a decision of this body
    YRKANDE = "yrkande"
    BESLUTSGANG = "beslutsgang"
    VOTERING = "votering"
    RESERVATION = "reservation"
    SARSKILT_YTTRANDE = "sarskilt_yttrande"
    PROTOKOLLSANTECKNING = "protokollsanteckning"
    ANFORANDE = "anforande"
    PRESENTATION = "presentation"
    FRAGA = "fraga"
    SVAR = "svar"
    JAV = "jav"
    UNDERLAG = "underlag"  # documents the decision rests on
    EXPEDIERING = "expediering"  # who is sent the decision
    NARVARO = "narvaro"
    JUSTERING = "justering"
    INNEHALL = "innehall"  # contents list


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person as this page names him or her. ``party`` is as printed, without brackets."""

    name: str
    party: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a § of one kind by the same speakers (none where nobody speaks).

    ``label`` is the heading it stands under ("Beslut", "Yrkanden"), inside ``span``, or None.
    ``page`` is the page it begins on, from 1; None in HTML.
    """

    kind: PartKind
    span: Span
    page: int | None = None
    speakers: tuple[Speaker, ...] = ()
    label: Span | None = None


@dataclass(frozen=True, slots=True)
class Paragraf:
    """One § of a protokoll.

    ``number`` is as printed without the sign ("12", "12a"), None where the § has none.
    ``title`` is None where there is no title. ``span`` runs from its heading to the next one's.
    """

    number: str | None
    title: Span | None
    dnr: str | None
    page: int | None
    span: Span
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person in the attendance list; ``paragrafer`` is the limitation as printed ("§§ 9-14")."""

    name: str
    party: str | None = None
    role: str | None = None
    paragrafer: str | None = None


@dataclass(frozen=True, slots=True)
class Protokoll:
    """A protokoll as text and what its stretches are.

    ``text``: stycken end with a newline, words divided at line ends are whole again, page
    furniture is gone. ``front`` covers what comes before the first §, the §§ the rest, so that
    every character of ``text`` but white space and § headings lies in exactly one part.
    ``dates`` are the days of the meeting, sorted; never those of adjustment or notice.
    """

    text: str
    municipality: str | None
    body: str | None
    dates: tuple[dt.date, ...]
    number: str | None
    place: str | None
    attendance: tuple[Attendee, ...]
    front: tuple[Part, ...]
    paragrafer: tuple[Paragraf, ...]
    lines: tuple[LineSpan, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A protokoll and how its file was read.

    ``sha256``: of the bytes read. ``masked``: how many personnummer were replaced. ``scans``: as in
    Document.
    """

    protokoll: Protokoll
    sha256: str
    kind: SourceKind
    reader: str
    pages: int
    masked: int
    scans: tuple[int, ...]
