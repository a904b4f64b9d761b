"""What a protokoll says of itself: body, meeting days, number, place, those present."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.identifiers import find_dates
from indexer.model import Attendee, Document, Line, PartKind
from indexer.structure import label_patterns, patterns, person_patterns
from indexer.structure.events import Event, Kind
from indexer.structure.furniture import Placed

LINE = 300  # characters of a line that are looked at; HTML lines may be whole pages
FIRST_PAGES = 3  # a cover, the list of those present, a contents list


@dataclass(frozen=True, slots=True)
class Header:
    """None or empty where the protokoll does not say."""

    body: str | None
    dates: tuple[dt.date, ...]
    number: str | None
    place: str | None
    municipality: str | None
    attendance: tuple[Attendee, ...]


def read(
    document: Document,
    body: Sequence[Placed],
    events: Sequence[Event],
    furniture: Sequence[Placed],
) -> Header:
    """``events``: what the lines of the body are; those before the first § are the front."""
    first = next((i for i, event in enumerate(events) if event.kind is Kind.PARAGRAF), len(body))
    front = body[:first]
    running = [placed for placed in furniture if placed.page <= FIRST_PAGES]
    lines = [document.title] if document.title else []
    lines += [placed.line.text for placed in _in_order(front, running)]
    if first < len(body):  # "Nämnden för broar 24.9.2031 § 37"
        lines.append(body[first].line.text.partition("§")[0])
    lines = [line[:LINE] for line in lines]
    return Header(
        body=_body(lines),
        dates=_dates(lines),
        number=_number(lines),
        place=_place(front),
        municipality=_municipality(lines),
        attendance=tuple(_attendance(front, events[:first])),
    )


def _in_order(front: Iterable[Placed], running: Iterable[Placed]) -> list[Placed]:
    """Front and running heads as they stood on the pages."""
    return sorted(
        [*running, *front],
        key=lambda placed: (placed.page, placed.line.box.top if placed.line.box else 0.0),
    )


# --- body, number, municipality, place ---------------------------------------------------------


def _body(lines: Sequence[str]) -> str | None:
    """The name of a body most often seen alone on a line, over two lines, or in a line."""
    votes: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for line, below in _with_next(lines):
        if patterns.RIKSDAG.match(line):
            return "Riksdagen"
        if patterns.NOT_MEETING.search(line):
            continue
        wrapped = f"{line} {below}" if patterns.BODY_GOES_ON.search(line) else line
        if match := patterns.BODY.search(wrapped):
            name = (
                match[0].capitalize() if match[0].isupper() else match[0][0].upper() + match[0][1:]
            )
            alone = match.start() == 0 and match.end() in (len(wrapped), len(line))
            votes[name.casefold()] += 5 if alone else 1
            spelt.setdefault(name.casefold(), name)
    if votes:
        return spelt[votes.most_common(1)[0][0]]
    named = (patterns.ASSOCIATION.search(line) for line in lines)
    return next((match[0] for match in named if match), None)


def _with_next(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each line and the one below it, "" below the last."""
    return zip(lines, [*lines, ""][1:], strict=True)


def _number(lines: Sequence[str]) -> str | None:
    for line in lines:
        match = patterns.RIKSDAG.match(line) or patterns.PROTOKOLL_NUMBER.search(line)
        if match and (number := match["number"] or match.groupdict().get("of_year")):
            return number
    return None


def _municipality(lines: Sequence[str]) -> str | None:
    for line, below in _with_next(lines):
        if match := patterns.MUNICIPALITY.search(line):
            capitals = match["name"] and match[0].isupper()
            whole = match[0] if match["name"] is None else f"{match['name']} {match['kind']}"
            return f"{match['name'].title()} {match['kind'].lower()}" if capitals else whole
        head = patterns.LETTERHEAD.match(f"{line}\n{below}")
        if head:
            return f"{head['name'].title()} {head['kind'].lower()}"
    return None


def _place(front: Sequence[Placed]) -> str | None:
    """What follows "Plats" or "Plats och tid" in the next column, in the line or in the next."""
    for placed, below in pairwise(front):
        line = placed.line
        match = patterns.PLACE.match(line.text[:LINE])
        if match:
            beside = line.text[line.cells[1].start : line.cells[1].end] if line.cells else None
            place = beside or match["place"] or below.line.text
            return patterns.PLACE_ENDS.sub("", place) or None
    return None


# --- dates -------------------------------------------------------------------------------------


def _dates(lines: Sequence[str]) -> tuple[dt.date, ...]:
    """The first days named, unless a label ("Mötesdag") says that the meeting was on others."""
    first = _days(lines)
    labelled = (pair for pair in _with_next(lines) if patterns.MEETING_DAY.search(pair[0]))
    told = (_days([line if find_dates(line) else f"{line} {below}"]) for line, below in labelled)
    said = next((days for days in told if days), first)
    return first if set(said) & set(first) else said


def _days(lines: Sequence[str]) -> tuple[dt.date, ...]:
    """The first days named that are not those of adjustment, notice or another meeting.

    A date over two lines ("den 12" / "juni 2031") counts; so does one below its label.
    """
    skip = False
    for line, below in _with_next(lines):
        if patterns.NOT_MEETING.search(line):
            skip = patterns.NOT_MEETING.fullmatch(line.rstrip(" :")) is not None
            continue
        days = {found.value for found in find_dates(line)}
        if not days and find_dates(f"{line} {below}") and not find_dates(below):
            days = {found.value for found in find_dates(f"{line} {below}")}
        if days and not skip:
            return tuple(sorted(days))
        skip = False
    return ()


# --- those present -----------------------------------------------------------------------------


def _attendance(front: Sequence[Placed], events: Sequence[Event]) -> Iterator[Attendee]:
    """The persons of the stretches under labels such as Beslutande and Ersättare."""
    present = False
    for placed, event in zip(front, events, strict=True):
        if event.kind is Kind.LABEL:
            absent = placed.line.text.startswith("Frånvarande")
            present = event.part is PartKind.NARVARO and not absent
        if present:
            for piece in _pieces(placed.line):
                yield from _attendees(piece)


def _pieces(line: Line) -> list[str]:
    texts = [line.text[cell.start : cell.end] for cell in line.cells] or [line.text]
    return [
        piece
        for text in texts
        for piece in label_patterns.FRONT_LABEL.sub("", text, count=1).split(";")
    ]


def _attendees(text: str) -> Iterator[Attendee]:
    """One person, or those of "Ada Ek (S), Bo Ask (M)"; whom he or she replaces is left out."""
    own = person_patterns.REPLACES.split(text)[0]
    for match in person_patterns.ATTENDEE.finditer(own):
        paren = match["paren"]
        party = paren if paren and person_patterns.PARTY.fullmatch(paren) else None
        role = match["role"] or match["second"] or (None if party else paren)
        limit = patterns.LIMITED.search(text, match.end())
        yield Attendee(match["name"], party, role, limit[0] if limit else None)
