"""Sets blocks of lines on pages and writes them as a PDF, the same bytes on every run.

Only the standard Type 1 fonts are used: their widths come with reportlab and nothing is embedded.
Streams are not compressed, since the bytes would depend on the version of zlib.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.source import SOFT_HYPHEN

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0  # A4 in points, whole numbers as most word processors write
WORD_BULLET = "WordBullet"  # Symbol, whose bullet reads as U+F0B7 like that of Word's PDF export


@dataclass(frozen=True, slots=True)
class Font:
    name: str
    size: float

    def width(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(text, self.name, self.size))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that begins at ``x`` points from the left edge, or ends there."""

    x: float
    text: str
    font: Font
    right: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line; ``drop`` is the way from the line before to this one's base line."""

    drop: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together, such as a stycke. ``before`` is white space in points.

    ``with_next`` keeps the block on the page of the next one; ``new_page`` begins a page;
    ``anchor`` is the number of the § that begins here, counted from 0.
    """

    rows: tuple[Row, ...]
    before: float = 0.0
    with_next: bool = False
    new_page: bool = False
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of page furniture; ``y`` in points from the upper edge of the page."""

    y: float
    piece: Piece


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line of page furniture, from (x0, y0) to (x1, y1), y from the upper edge."""

    x0: float
    y0: float
    x1: float
    y1: float


Furniture = Callable[[int, int], Iterable[Placed | Rule]]  # page number, number of pages


@dataclass(frozen=True, slots=True)
class Typeset:
    """Pages of rows with their base lines, and the page (from 1) on which each anchor stands."""

    pages: tuple[tuple[tuple[float, Row], ...], ...]
    anchors: dict[int, int]


def break_lines(text: str, font: Font, width: float) -> list[str]:
    """Fill lines greedily; a soft hyphen marks where a word may be divided.

    Only a piece of a word that is wider than a line juts out.
    """
    lines, line = [], ""
    for word in text.split(" "):
        rest = word
        while font.width(_plain(_joined(line, rest))) > width:
            head, tail = _divide(line, rest, font, width)
            if not head:
                break
            lines.append(_plain(head))
            line, rest = "", tail
        line = _joined(line, rest)
    return [*lines, _plain(line)]


def _joined(line: str, word: str) -> str:
    return f"{line} {word}" if line else word


def _divide(line: str, word: str, font: Font, width: float) -> tuple[str, str]:
    """Put as much of the word on the line as its break points allow."""
    pieces = word.split(SOFT_HYPHEN)
    for count in range(len(pieces) - 1, 0, -1):
        begun = "".join(pieces[:count])
        head = _joined(line, begun) + ("" if begun.endswith("-") else "-")
        if font.width(_plain(head)) <= width:
            return head, SOFT_HYPHEN.join(pieces[count:])
    return line, word


def _plain(text: str) -> str:
    return text.replace(SOFT_HYPHEN, "")


def typeset(blocks: Iterable[Block], top: float, bottom: float) -> Typeset:
    """Fill pages between ``top`` and ``bottom`` (points from the upper edge).

    A stycke may be divided between pages after any line, as a cheap word processor does.
    """
    pages: list[list[tuple[float, Row]]] = [[]]
    anchors: dict[int, int] = {}
    y = top
    todo = list(blocks)
    for index, block in enumerate(todo):
        if pages[-1] and (block.new_page or y + _kept_height(todo[index:]) > bottom):
            pages.append([])
            y = top
        y += block.before if pages[-1] else 0
        for count, row in enumerate(block.rows):
            if y + row.drop > bottom:
                pages.append([])
                y = top
            y += row.drop
            pages[-1].append((y, row))
            if count == 0 and block.anchor is not None:
                anchors[block.anchor] = len(pages)
    return Typeset(tuple(tuple(page) for page in pages), anchors)


def _kept_height(blocks: list[Block]) -> float:
    """Height of what must stand on one page with the first block; 0 when it may be divided."""
    if not blocks[0].with_next:
        return 0.0
    height = 0.0
    for block in blocks:
        rows = block.rows if block.with_next else block.rows[:2]
        height += block.before + sum(row.drop for row in rows)
        if not block.with_next:
            break
    return height


def write_pdf(pages: Typeset, furniture: Furniture, title: str) -> bytes:
    """Draw every page with its furniture."""
    canvas, out = _canvas(title)
    total = len(pages.pages)
    for number, rows in enumerate(pages.pages, start=1):
        for item in furniture(number, total):
            if isinstance(item, Rule):
                canvas.setLineWidth(0.5)
                canvas.line(item.x0, PAGE_HEIGHT - item.y0, item.x1, PAGE_HEIGHT - item.y1)
            else:
                _draw(canvas, item.y, item.piece)
        for y, row in rows:
            for piece in row.pieces:
                _draw(canvas, y, piece)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write_scan(images: Iterable[Path], title: str) -> bytes:
    """One page for each JPEG, which is stored as it is."""
    canvas, out = _canvas(title)
    for image in images:
        canvas.drawImage(ImageReader(str(image)), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _canvas(title: str) -> tuple[Canvas, io.BytesIO]:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=0)
    canvas.setTitle(title)
    return canvas, out


def _draw(canvas: Canvas, y: float, piece: Piece) -> None:
    canvas.setFont(piece.font.name, piece.font.size)
    draw = canvas.drawRightString if piece.right else canvas.drawString
    draw(piece.x, PAGE_HEIGHT - y, piece.text)
    if piece.underlined:
        below = PAGE_HEIGHT - y - 2
        canvas.setLineWidth(0.6)
        canvas.line(piece.x, below, piece.x + piece.font.width(piece.text), below)


# Maps the bullet of the Symbol font (code B7) to U+F0B7.
_BULLET_MAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /WordBullet def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
1 beginbfchar
<B7> <F0B7>
endbfchar
endcmap
end
end
"""


class _WordBullet(pdfmetrics.Font):  # type: ignore[misc]  # reportlab has no types
    """Symbol with a map to Unicode that gives its bullet the private-use sign."""

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802  # name of reportlab's hook
        super().addObjects(doc)
        internal = doc.fontMapping[self.fontName].removeprefix("/")
        font = doc.idToObject["BasicFonts"].dict[internal]
        font.ToUnicode = doc.Reference(pdfdoc.PDFStream(content=_BULLET_MAP))


pdfmetrics.registerFont(_WordBullet(WORD_BULLET, "Symbol", "SymbolEncoding"))
