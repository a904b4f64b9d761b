"""Reads the marked sources in ``kalla/``; README.md beside this file describes the format.

A source says what a perfect parse would find: the §§ with number, title and dnr, and the parts of
each with kind and speakers. The renderers print it; the gold test reads the print and compares.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from indexer.model import PartKind, Speaker

SOFT_HYPHEN = "\u00ad"
REQUIRED = ("fil", "utseende", "kommun", "organ", "datum")
FIELDS = {*REQUIRED, "nummer", "rubrik", "aven"}

FIELD = re.compile(r"([a-z]+): (.+)")
HEADING = re.compile(r"§ (\d{1,4}[a-z]?)(?: (.+))?")
PART = re.compile(r"\[([a-z_]+)(?:: ([^\]]+))?\](?: (.+))?")
SPEAKER = re.compile(r"([^(),]+?)(?: \(([^)]+)\))?(?:, (.+))?")
NUMBERED = re.compile(r"\d{1,2}\. ")

Lines = list[tuple[int, str]]  # line number from 1, line


class SourceError(ValueError):
    """A source breaks the format; the message says file, line and what is wrong."""


class Shape(Enum):
    """How a stycke is set."""

    PLAIN = auto()
    BULLET = auto()
    NUMBERED = auto()
    ROW = auto()  # of a table: cells in columns
    SUBHEAD = auto()


@dataclass(frozen=True, slots=True)
class Stycke:
    """A stycke as one line; only a ROW has more than one cell."""

    shape: Shape
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a §, as in ``indexer.model.Part``; ``label`` is printed as a line before it."""

    kind: PartKind
    speakers: tuple[Speaker, ...]
    label: str | None
    stycken: tuple[Stycke, ...]


@dataclass(frozen=True, slots=True)
class Paragraf:
    """A § as printed; ``title`` is None where it is withheld."""

    number: str
    title: str | None
    dnr: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One protokoll; ``heading`` is its printed title where the layout has one.

    ``also`` is the HTML layout in which it is published once more, if it is.
    """

    name: str
    layout: str
    municipality: str
    body: str
    date: dt.date
    number: str | None
    heading: str
    front: tuple[Part, ...]
    paragrafer: tuple[Paragraf, ...]
    also: str | None = None


def read_source(path: Path) -> Source:
    """Read one source. Raises SourceError where it breaks the format."""
    head, *sections = _sections(path)
    fields = _fields(path, head)
    paragrafer = tuple(_paragraf(path, section) for section in sections)
    front_start = next((i for i, (_, line) in enumerate(head) if line.startswith("[")), len(head))
    return Source(
        name=fields["fil"],
        layout=fields["utseende"],
        municipality=fields["kommun"],
        body=fields["organ"],
        date=dt.date.fromisoformat(fields["datum"]),
        number=fields.get("nummer"),
        heading=fields.get("rubrik", "Protokoll"),
        front=tuple(_parts(path, head[front_start:])),
        paragrafer=paragrafer,
        also=fields.get("aven"),
    )


def _sections(path: Path) -> list[Lines]:
    """Cut the file before every § line that follows a blank one; what comes first is the head."""
    sections: list[Lines] = [[]]
    before = ""
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), start=1):
        line = raw.rstrip().replace("\\-", SOFT_HYPHEN)
        if not before and HEADING.fullmatch(line):
            sections.append([])
        sections[-1].append((number, line))
        before = line
    return sections


def _fields(path: Path, head: Lines) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, line in head:
        if line.startswith("["):
            break
        match = FIELD.fullmatch(line)
        if line and (not match or match[1] not in FIELDS):
            raise SourceError(f"{path.name}:{number}: not a field of the head: {line}")
        if match:
            fields[match[1]] = match[2]
    if missing := [field for field in REQUIRED if field not in fields]:
        raise SourceError(f"{path.name}: the head lacks {', '.join(missing)}")
    return fields


def _paragraf(path: Path, section: Lines) -> Paragraf:
    (_, heading), *rest = section
    match = HEADING.fullmatch(heading)
    assert match, "sections are cut at headings"
    dnr = None
    if rest and rest[0][1].startswith("dnr: "):
        dnr = rest.pop(0)[1].removeprefix("dnr: ")
    return Paragraf(match[1], match[2], dnr, tuple(_parts(path, rest)))


def _parts(path: Path, lines: Lines) -> Iterator[Part]:
    """Cut lines before every [kind] line."""
    starts = [i for i, (_, line) in enumerate(lines) if line.startswith("[")]
    for number, line in lines[: starts[0] if starts else len(lines)]:
        if line:
            raise SourceError(f"{path.name}:{number}: stands before the first [kind]: {line}")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _part(path, lines[start], lines[start + 1 : end])


def _part(path: Path, opening: tuple[int, str], lines: Lines) -> Part:
    number, line = opening
    match = PART.fullmatch(line)
    if not match or match[1] not in list(PartKind):
        raise SourceError(f"{path.name}:{number}: not a kind of part: {line}")
    speakers = tuple(_speaker(text) for text in (match[2] or "").split("; ") if text)
    return Part(PartKind(match[1]), speakers, match[3], tuple(_stycken(lines)))


def _speaker(text: str) -> Speaker:
    match = SPEAKER.fullmatch(text)
    if not match:
        raise SourceError(f"not a speaker: {text}")
    return Speaker(*match.groups())


def _stycken(lines: Lines) -> Iterator[Stycke]:
    """Join the lines of each stycke; a blank line or a mark at the beginning starts a new one."""
    text = ""
    for _, line in [*lines, (0, "")]:
        marked = line.startswith(("• ", "| ", "== ")) or NUMBERED.match(line)
        if text and (marked or not line):
            yield _stycke(text)
            text = ""
        text = f"{text} {line.strip()}" if text else line


def _stycke(text: str) -> Stycke:
    if text.startswith("| "):
        return Stycke(Shape.ROW, tuple(cell.strip() for cell in text[2:].split("|")))
    if text.startswith("• "):
        return Stycke(Shape.BULLET, (text[2:],))
    if text.startswith("== "):
        return Stycke(Shape.SUBHEAD, (text[3:],))
    return Stycke(Shape.NUMBERED if NUMBERED.match(text) else Shape.PLAIN, (text,))
