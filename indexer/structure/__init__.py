"""From the lines of a document to a Protokoll: §§, parts, speakers, dates, body.

``furniture`` takes page furniture away, ``events`` says what each line may be, ``joining`` makes
text of lines, ``speakers`` finds who speaks, ``assemble`` builds the tree, ``header`` reads the
front.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.errors import DocumentError
from indexer.model import Document, Protokoll
from indexer.structure import events, furniture, header, joining, patterns
from indexer.structure.assemble import assemble
from indexer.structure.events import Event, Kind
from indexer.structure.furniture import Placed

__all__ = ["structure"]


def structure(document: Document, *, municipality: str | None = None) -> Protokoll:
    """Understands a document as a protokoll.

    ``municipality`` is used where the document names none. Raises DocumentError when there is
    neither a § nor another sign of minutes.
    """
    lines, removed = furniture.split(document)
    read = events.read(lines)
    kept = [i for i, event in enumerate(read) if event.kind is not Kind.DROPPED]
    lines, read = tuple(lines[i] for i in kept), [read[i] for i in kept]
    head = header.read(document, lines, read, removed)
    if not _is_protokoll(lines, read, head):
        raise DocumentError("not a protokoll: no § and no other sign of minutes; leave it out")
    composed = joining.compose(lines, events.begins(lines, read))
    front, paragrafer = assemble(composed, read, head.attendance, head.body)
    return Protokoll(
        text=composed.text,
        municipality=head.municipality or municipality,
        body=head.body,
        dates=head.dates,
        number=head.number,
        place=head.place,
        attendance=head.attendance,
        front=front,
        paragrafer=paragrafer,
        lines=composed.lines,
    )


def _is_protokoll(lines: Sequence[Placed], read: Sequence[Event], head: header.Header) -> bool:
    """Any report has numbered headings; a sign of minutes must stand beside them."""
    headings = [p.line.text for p, e in zip(lines, read, strict=True) if e.kind is Kind.PARAGRAF]
    if not headings:
        return bool(head.body and head.dates and _reads_like_minutes(lines))
    signs = (event.dnr or event.kind in (Kind.LABEL, Kind.SPEAKER) for event in read)
    return bool(head.body or head.dates) or any("§" in text for text in headings) or any(signs)


SIGNS = 3  # different words of minutes that must occur where there is no §


def _reads_like_minutes(lines: Sequence[Placed]) -> bool:
    words = {
        word.lower() for placed in lines for word in patterns.MINUTES.findall(placed.line.text)
    }
    return len(words) >= SIGNS
