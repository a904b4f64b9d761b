"""The cases in tests/cases/*.txt: a small protokoll as its lines, and how it must be understood.

    # Why the case is there.
    *+ Kommunstyrelsen            marks: * bold, + larger type, none running text
       2031-03-05
    ---                           a new page
    *§ 12
    *Beslut
                                  an empty line is a gap
     Muren rivs.        | Ja      a bar: two cells, far apart
    ====
    body: Kommunstyrelsen
    § 12 | title | dnr | p2       "-" for none; then its parts:
    beslut: Beslut Muren rivs.
    yrkande [Ada Ek (S); Bo Ask, badchef]: Ada Ek …      "…" at the end: begins so

Marks stand in the first two columns, the text begins in the third; more blanks indent it. The
first line may be "# html: why": then every line is a block without a box. ``front:`` lines and
head fields are compared only where the case names them; §§ and parts always.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from indexer.model import (
    Attendee,
    Box,
    Cell,
    Document,
    Line,
    Page,
    Part,
    Protokoll,
    SourceKind,
    Speaker,
)

LINE_HEIGHT = 11.0
LEADING = 14.0  # from the top of a line to the top of the next
LETTER = 5.0  # width of a character of running text
LEFT, TOP = 72.0, 60.0
CELL_GAP = 60.0


@dataclass(frozen=True, slots=True)
class Case:
    document: Document
    expected: tuple[str, ...]


def read(path: Path) -> Case:
    source, _, expected = path.read_text(encoding="utf-8").partition("\n====\n")
    why, *rows = source.split("\n")
    assert why.startswith("# "), f"{path.name}: the first line says why the case is there"
    is_html = why.startswith("# html:")
    pages: list[list[str]] = [[]]
    for row in rows:
        if row == "---":
            pages.append([])
        else:
            pages[-1].append(row)
    made = tuple(_page(number, rows, is_html) for number, rows in enumerate(pages, start=1))
    kind, reader = (SourceKind.HTML, "html") if is_html else (SourceKind.PDF, "pdfium")
    wanted = tuple(row for row in expected.split("\n") if row.strip())
    return Case(Document(kind, reader, made), wanted)


def _page(number: int, rows: list[str], is_html: bool) -> Page:
    lines: list[Line] = []
    for place, row in enumerate(rows):
        if row.strip():
            lines.append(_line(row, TOP + place * LEADING, is_html))
    size = (0.0, 0.0) if is_html else (595.0, 842.0)
    return Page(number, *size, tuple(lines))


def _line(row: str, top: float, is_html: bool) -> Line:
    marks, rest = row[:2], row[2:]
    size = 14.0 if "+" in marks else 11.0
    indent = len(rest) - len(rest.lstrip())
    pieces = [piece.strip() for piece in rest.split(" | ")]
    text = " ".join(pieces)
    if is_html:
        return Line(text, None, 16.0 if "+" in marks else 12.0, "*" in marks)
    x = LEFT + indent * LETTER
    cells: list[Cell] = []
    start = 0
    for piece in pieces:
        width = len(piece) * LETTER
        cells.append(Cell(start, start + len(piece), x, x + width))
        start += len(piece) + 1
        x += width + CELL_GAP
    box = Box(cells[0].x0, top, cells[-1].x1, top + LINE_HEIGHT)
    return Line(text, box, size, "*" in marks, tuple(cells) if len(cells) > 1 else ())


def told(protokoll: Protokoll) -> dict[str, list[str]]:
    """What was understood, in the words of the expected half: field -> lines; "" -> §§, parts."""
    return {
        "body": [str(protokoll.body)],
        "dates": [", ".join(date.isoformat() for date in protokoll.dates)],
        "number": [str(protokoll.number)],
        "place": [str(protokoll.place)],
        "municipality": [str(protokoll.municipality)],
        "present": [_attendee(person) for person in protokoll.attendance],
        "front": [_part(part, protokoll.text) for part in protokoll.front],
        "": list(_paragrafer(protokoll)),
    }


def _paragrafer(protokoll: Protokoll) -> list[str]:
    rows: list[str] = []
    for paragraf in protokoll.paragrafer:
        title = paragraf.title.of(protokoll.text) if paragraf.title else "-"
        page = f"p{paragraf.page}" if paragraf.page else "-"
        rows.append(f"§ {paragraf.number} | {title} | {paragraf.dnr or '-'} | {page}")
        rows += [_part(part, protokoll.text) for part in paragraf.parts]
    return rows


def _part(part: Part, text: str) -> str:
    speakers = "; ".join(_speaker(speaker) for speaker in part.speakers)
    words = re.sub(r"\s+", " ", part.span.of(text)).strip()
    return f"{part.kind.value}{f' [{speakers}]' if speakers else ''}: {words}"


def _speaker(speaker: Speaker) -> str:
    party = f" ({speaker.party})" if speaker.party else ""
    return f"{speaker.name}{party}{f', {speaker.role}' if speaker.role else ''}"


def _attendee(person: Attendee) -> str:
    party = f" ({person.party})" if person.party else ""
    role = f", {person.role}" if person.role else ""
    return f"{person.name}{party}{role}{f' {person.paragrafer}' if person.paragrafer else ''}"
