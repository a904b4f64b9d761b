"""Personnummer and samordningsnummer are replaced by as many signs, before anything is stored.

A number counts when its date exists and its check digit is right (Luhn, over the last ten
digits). So a number that OCR misread stays, as do interim numbers with a letter for a digit,
numbers of before 1967, which have no check digit, and parts of longer runs of digits.
Organisation numbers fail as dates: their "month" is 20 or more. In return about one in ten of
other numbers that look just like one, such as an invoice of ten digits, is masked too.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice, pairwise, product

from indexer.model import Cell, Document, Line, Span

MASK = "•"  # not a word character, so that no masked number becomes a search term

_DASH = "[-‐‑‒–—−]"
_SEPARATOR = "[-+‐‑‒–—−_./]"
_CENTURY = "(?:18|19|20)"
_MONTH = r"(?:0\d|1[0-2])"  # 00: a samordningsnummer may leave the month open
_DAY = r"[0-36-9]\d"  # 61-91 in a samordningsnummer, 60 where the day is open

# The match is empty and the number a group, so that overlapping candidates are all found: a false
# start (the first ten digits of "010101 1901 19-2391") must not hide what follows it.
CANDIDATE = re.compile(
    rf"""(?=\d)(?<!\d)(?=(?P<number>
    # "190119-2391", "201901192391", "190119 - 2391", also over a line end
    {_CENTURY}?\d\d{_MONTH}{_DAY}\s{{0,3}}{_SEPARATOR}?\s{{0,3}}\d{{4}}
  |
    # "2019-01-19-2391", but not the start of "2019-01-19-2019-01-20"; with a blank only where
    # what follows cannot be a time ("2031-06-15 1834")
    {_CENTURY}?\d\d(?P<between>{_DASH}|[./]){_MONTH}(?P=between){_DAY}
    (?:{_SEPARATOR}\d{{4}}(?!-{_MONTH}-\d\d(?![-\d]))|[ \u00a0](?!(?:[01]\d|2[0-3])[0-5]\d)\d{{4}})
  |
    # "19 01 19-2391", "1901 19-2391", "1 9 0 1 1 9 - 2 3 9 1": stray blanks, but then a dash
    (?:1\s?[89]\s?|2\s?0\s?)?(?:\d\s?){{6}}(?:{_DASH}|\+)(?:\s?\d){{4}}
    )(?!\d))""",
    re.VERBOSE,
)
_PHONE = re.compile(r"(?<!\w)(?:tel|tfn|mobil|fax|sms)[a-z]{0,8}[.:]?\s{0,3}\Z", re.IGNORECASE)


def find_personnummer(text: str) -> list[Span]:
    """Where personnummer and samordningsnummer stand in ``text``, in order, none overlapping."""
    return _merged(
        Span(*match.span("number"))
        for match in CANDIDATE.finditer(text)
        if _is_number("".join(filter(str.isdigit, match["number"]))) and not _is_phone(match)
    )


def mask(text: str) -> str:
    """``text`` with the digits and separators of every number replaced; length and blanks stay."""
    return _masked(text, find_personnummer(text))


def mask_document(document: Document) -> tuple[Document, int]:
    """The document without personnummer in its lines and title, and how many there were.

    A number may be divided over a line end, a page end, two neighbouring cells, or a line end
    within a column of cells. Lengths, boxes and cells stay.
    """
    lines = [line for page in document.pages for line in page.lines]
    text = "\n".join(line.text for line in lines)
    in_text = find_personnummer(text)
    text = _masked(text, in_text)
    in_columns = list(_divided_in_columns(lines, text))
    text = _masked(text, _merged(half for halves in in_columns for half in halves))
    masked_lines = (
        replace(line, text=text[start : start + len(line.text)])
        for line, start in zip(lines, _starts(lines), strict=True)
    )
    pages = tuple(
        replace(page, lines=tuple(islice(masked_lines, len(page.lines)))) for page in document.pages
    )
    count = len(in_text) + len(in_columns) + len(find_personnummer(document.title))
    return replace(document, pages=pages, title=mask(document.title)), count


def _starts(lines: Sequence[Line]) -> list[int]:
    """Where each line begins in the text of all of them, joined by line breaks."""
    return list(accumulate((len(line.text) + 1 for line in lines), initial=0))[:-1]


def _divided_in_columns(lines: Sequence[Line], text: str) -> Iterator[tuple[Span, Span]]:
    """The two halves of each number divided over a line end within a column, in ``text``."""
    for (above, above_start), (below, below_start) in pairwise(
        zip(lines, _starts(lines), strict=True)
    ):
        if above.cells or below.cells:
            for upper, lower in product(_pieces(above, above_start), _pieces(below, below_start)):
                if upper.x0 <= lower.x1 and lower.x0 <= upper.x1:
                    yield from _halves(text, upper, lower)


def _pieces(line: Line, start: int) -> list[Cell]:
    """The cells of a line, or the whole line as one, in the text where the line begins at start."""
    if line.cells:
        return [
            replace(cell, start=start + cell.start, end=start + cell.end) for cell in line.cells
        ]
    x0, x1 = (line.box.x0, line.box.x1) if line.box else (-math.inf, math.inf)
    return [Cell(start, start + len(line.text), x0, x1)]


def _halves(text: str, upper: Cell, lower: Cell) -> Iterator[tuple[Span, Span]]:
    """The two parts of a number that begins at the end of one cell and ends in the one below."""
    break_at = upper.end - upper.start
    for span in find_personnummer(
        f"{text[upper.start : upper.end]}\n{text[lower.start : lower.end]}"
    ):
        if span.start < break_at < span.end:
            end = lower.start + span.end - break_at - 1
            yield Span(upper.start + span.start, upper.end), Span(lower.start, end)


def _is_number(digits: str) -> bool:
    """Whether ten or twelve digits hold a real date and end in their check digit."""
    return _is_date(digits[:-4]) and _has_check_digit(digits[-10:])


def _is_date(digits: str) -> bool:
    year, month, day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
    if day >= 60:  # a samordningsnummer, where 00 leaves the month or the day open
        month, day = month or 1, day - 60 or 1
    if len(digits) == 6:
        year += 2000  # whatever the century: the others have no leap year that this one lacks
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _has_check_digit(digits: str) -> bool:
    """Luhn: every second digit doubled, the sum of all figures divisible by ten."""
    doubled = "".join(str(2 * int(digit)) for digit in digits[::2])
    return sum(map(int, doubled + digits[1::2])) % 10 == 0


def _is_phone(match: re.Match[str]) -> bool:
    """Whether it may be a phone number ("mobil 0701234567") and a word before it says so."""
    start = match.start()
    before = _PHONE.search(match.string, max(0, start - 24), start)
    return match.string[start] == "0" and before is not None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that overlap joined."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _masked(text: str, spans: Iterable[Span]) -> str:
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], re.sub(r"\S", MASK, span.of(text))]
        done = span.end
    return "".join([*pieces, text[done:]])
