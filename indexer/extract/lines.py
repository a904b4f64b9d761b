"""Pieces of text → lines in reading order.

Both PDF readers use it, so that a file gives the same lines whoever reads it. A row of a table, or
of an attendance list, is one line with cells. Body text in two columns is rare in protokoll.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.extract.sheet import Piece, Sheet
from indexer.extract.text import clean
from indexer.model import Box, Cell, Line

# In ems, that is in font sizes.
SAME_BASELINE = 0.45  # a crooked scan; a cell set midway between two lines is 0.55 off each
RAISED_BASELINE = 0.55  # of the smaller size: a superscript stands 0.3-0.4 of the larger one higher
GLUE_GAP = 0.1  # the narrowest blank of a justified line is 0.15
GLUE_OVERLAP = -0.3  # kerning; pieces that overlap more are no neighbours
CELL_GAP = 1.5  # a justified line stretches its blanks to 1.0 at most
NARROW_CELL_GAP = 0.6  # enough where the other blanks of the line are much narrower
SAME_PLACE = 0.1  # the same word again closer than this is printed twice to look bold
SPACED_GAP = 1.2  # single letters further apart are the heads of columns
UNEVEN = 2.2  # times the common blank of the line; justified lines stretch all blanks alike
SPACED_UNEVEN = 1.5  # a gap this many times the common one parts two letter-spaced words
ASCENT, DESCENT = 0.8, 0.2  # the box of a line is as high as its font size

RAISED_SIZE = 0.8  # a superscript is at most this share of the size of its line
BOLD_SHARE = 0.8  # of the signs of a bold line; a footnote mark or dnr in it may be regular
SPACED_LETTERS = 5  # fewer single letters in a row may be initials
LIST_MARK = re.compile(r"[•▪●○◦‣·o*–—-]|\(?(?:\d{1,3}|[a-zåäö])[.)]")


def lines_of(sheet: Sheet) -> tuple[Line, ...]:
    """The lines from top to bottom; those in a direction few letters have (stamps) come last."""
    letters: Counter[int] = Counter()
    for piece in sheet.pieces:
        letters[piece.turn] += len(piece.text)
    return tuple(
        line for turn, _ in letters.most_common() for line in _lines_in_direction(sheet, turn)
    )


def _lines_in_direction(sheet: Sheet, turn: int) -> Iterator[Line]:
    visible = (p for p in sheet.pieces if p.turn == turn and _is_on(sheet, p))
    for row in _rows(_upright(sheet, piece) for piece in visible):
        line = _line(row)
        if line is not None:
            yield _as_displayed(sheet, line, turn)


def _is_on(sheet: Sheet, piece: Piece) -> bool:
    """Text beyond the edge of the page is not seen (left over where the page was cropped).

    Nor is text that a damaged file puts at no place or in no size.
    """
    return (
        0 <= piece.x <= sheet.width
        and 0 <= piece.y <= sheet.height
        and math.isfinite(piece.width)
        and 0 < piece.size < math.inf
    )


def _upright(sheet: Sheet, piece: Piece) -> Piece:
    """The piece on the page turned so that it reads from left to right."""
    match piece.turn:
        case 0:
            return piece
        case 90:
            return piece._replace(x=sheet.height - piece.y, y=piece.x)
        case 180:
            return piece._replace(x=sheet.width - piece.x, y=sheet.height - piece.y)
        case _:
            return piece._replace(x=piece.y, y=sheet.width - piece.x)


def _as_displayed(sheet: Sheet, line: Line, turn: int) -> Line:
    """The line with its box turned back. Its cells keep their places along the line."""
    assert line.box is not None
    x0, top, x1, bottom = line.box.x0, line.box.top, line.box.x1, line.box.bottom
    width, height = sheet.width, sheet.height
    match turn:
        case 0:
            return line
        case 90:
            box = Box(top, height - x1, bottom, height - x0)
        case 180:
            box = Box(width - x1, height - bottom, width - x0, height - top)
        case _:
            box = Box(width - bottom, x0, width - top, x1)
    return Line(line.text, box, line.size, line.bold, line.cells)


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces on one baseline, from the top. A superscript is met before the line it belongs to."""
    row: list[Piece] = []
    largest: Piece | None = None
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if largest is not None and _share_baseline(piece, largest):
            row.append(piece)
            if piece.size > largest.size:
                largest = piece
        else:
            if row:
                yield row
            row, largest = [piece], piece
    if row:
        yield row


def _share_baseline(one: Piece, other: Piece) -> bool:
    small, large = min(one.size, other.size), max(one.size, other.size)
    limit = RAISED_BASELINE if small <= RAISED_SIZE * large else SAME_BASELINE
    return abs(one.y - other.y) <= limit * small


def _line(row: list[Piece]) -> Line | None:
    """None if nothing of the row can be seen."""
    pieces = _join_letter_spaced(_without_doubles(sorted(row, key=lambda piece: piece.x)))
    text = ""
    cells: list[Cell] = []
    for group in _cells(pieces):
        words = clean(_joined(group))
        if words:
            start = len(text) + 1 if text else 0
            text = f"{text} {words}" if text else words
            cells.append(Cell(start, len(text), group[0].x, group[-1].x + group[-1].width))
    if not text:
        return None
    size = _common_size(pieces)
    base = max(piece.y for piece in pieces if piece.size == size)
    box = Box(cells[0].x0, base - ASCENT * size, cells[-1].x1, base + DESCENT * size)
    return Line(text, box, round(size, 1), _is_bold(pieces), tuple(cells) if len(cells) > 1 else ())


def _without_doubles(pieces: Sequence[Piece]) -> list[Piece]:
    """Each word once where it is printed twice, a trifle apart, to look bold."""
    kept: list[Piece] = []
    for piece in pieces:
        near = SAME_PLACE * piece.size
        if not any(piece.text == other.text and piece.x - other.x < near for other in kept[-2:]):
            kept.append(piece)
    return kept


def _gap(left: Piece, right: Piece) -> float:
    """The blank between two neighbours in ems of the smaller one."""
    return (right.x - left.x - left.width) / min(left.size, right.size)


def _cells(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces parted at wide gaps; a list mark stays with its text."""
    gaps = [_gap(left, right) for left, right in pairwise(pieces)]
    wide = _wide_gap(gaps)
    cell = [pieces[0]]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        if gap > wide and not (len(cell) == 1 and LIST_MARK.fullmatch(clean(cell[0].text))):
            yield cell
            cell = []
        cell.append(piece)
    yield cell


def _wide_gap(gaps: Sequence[float]) -> float:
    """From which gap on two pieces are cells of their own, given all gaps of the line."""
    blanks = [gap for gap in gaps if GLUE_GAP <= gap <= CELL_GAP]
    if len(blanks) < 2:
        return CELL_GAP
    return min(CELL_GAP, max(NARROW_CELL_GAP, UNEVEN * statistics.median_low(blanks)))


def _joined(pieces: Sequence[Piece]) -> str:
    """The text of neighbours; those that touch are one word (a superscript, a change of font)."""
    text = pieces[0].text
    for left, right in pairwise(pieces):
        touch = GLUE_OVERLAP < _gap(left, right) < GLUE_GAP
        text += right.text if touch else " " + right.text
    return text


def _join_letter_spaced(pieces: list[Piece]) -> list[Piece]:
    """``P R O T O K O L L`` → one piece, where the gaps between single letters are alike."""
    if sum(len(piece.text) == 1 for piece in pieces) < SPACED_LETTERS:
        return pieces
    joined: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        is_letter = len(piece.text) == 1 and piece.text.isalpha()
        if run and not (is_letter and _gap(run[-1], piece) < SPACED_GAP):
            joined += _spaced_words(run)
            run = []
        if is_letter:
            run.append(piece)
        else:
            joined.append(piece)
    return joined + _spaced_words(run)


def _spaced_words(run: list[Piece]) -> list[Piece]:
    """The words of a run of single letters; the run as it is when it is too short."""
    if len(run) < SPACED_LETTERS:
        return run
    gaps = [_gap(left, right) for left, right in pairwise(run)]
    widest = SPACED_UNEVEN * max(statistics.median(gaps), GLUE_GAP)
    words = [[run[0]]]
    for gap, piece in zip(gaps, run[1:], strict=True):
        if gap > widest:
            words.append([])
        words[-1].append(piece)
    return [_one_piece(word) for word in words]


def _one_piece(word: Sequence[Piece]) -> Piece:
    first, last = word[0], word[-1]
    text = "".join(piece.text for piece in word)
    return first._replace(text=text, width=last.x + last.width - first.x)


def _common_size(pieces: Iterable[Piece]) -> float:
    """The font size of most characters."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0]


def _is_bold(pieces: Iterable[Piece]) -> bool:
    total = bold = 0
    for piece in pieces:
        total += len(piece.text)
        bold += len(piece.text) * piece.bold
    return bold >= BOLD_SHARE * total
