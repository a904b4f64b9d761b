"""PDF by pdfminer.six: slow and independent, for what PDFium refuses or dies of.

Its layout analysis is left out (it is quadratic in the characters of a page): characters are taken
as they are drawn and put together by the same rules as PDFium's words.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import Matrix, apply_matrix_pt

from indexer.errors import DocumentError, ParserMemory
from indexer.extract.sheet import (
    BOLD_NAME,
    FORCE_BOLD,
    SMALLEST_SIZE,
    Limits,
    Piece,
    Refused,
    Sheet,
    direction,
)
from indexer.extract.text import BULLET, bullet_for_dingbat

BOLD_STEM = 140  # PDFium's weight of 700, the only measure of fonts whose names say nothing
# In ems, between characters as they are drawn.
WORD_GAP = 0.12  # between letters and the narrowest blank of a justified line
KERNING = -0.3
SAME_BASELINE = 0.01
SAME_PLACE = 0.1  # the same letter again closer than this is printed twice to look bold
# WinAnsiEncoding draws a bullet for every code it has no other sign for (PDF 32000-1:2008, D.2).
UNUSED_CODES = range(0x7F, 0xA0)


class _Glyph(NamedTuple):
    """A character as drawn, in points with the origin at the lower left of the page displayed."""

    text: str
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    turn: int
    font: PDFFont


class _Collector(PDFTextDevice):
    """Keeps the characters of one page, and the area of its images."""

    def __init__(self, resources: PDFResourceManager, limits: Limits) -> None:
        super().__init__(resources)
        self.limits = limits
        self.characters = 0
        self.glyphs: list[_Glyph] = []
        self.pictures = 0.0

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """One character; the answer is how far the next one stands, as pdfminer asks."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = BULLET if cid in UNUSED_CODES and not font.is_multibyte() else ""
        advance = font.char_width(cid) * fontsize * scaling
        self.characters += 1
        self.limits.check_characters(self.characters)
        x, y = apply_matrix_pt(matrix, (0, rise))
        end_x, end_y = apply_matrix_pt(matrix, (advance, rise))
        turn = direction(matrix[0], matrix[1])
        size = max(round(fontsize * math.hypot(matrix[2], matrix[3]), 2), SMALLEST_SIZE)
        self.glyphs.append(_Glyph(text, x, y, end_x, end_y, size, turn, font))
        return advance

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, _, _ = self.ctm or (0, 0, 0, 0, 0, 0)
        self.pictures += abs(a * d - b * c)


def read_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The pages of a PDF. Raises DocumentErrors only."""
    try:
        yield from _sheets(data, limits)
    except DocumentError:
        raise
    except PDFEncryptionError as error:
        raise DocumentError("encrypted: a password is needed to open it") from error
    except MemoryError as error:
        error.__traceback__ = None  # it holds what fills the memory, and to raise takes some
        raise ParserMemory("pdfminer.six ran out of memory") from None
    # On damaged files pdfminer raises what its own slips raise (AttributeError, IndexError,
    # RecursionError, struct.error, binascii.Error, AssertionError: a dozen kinds were seen). None
    # of them says anything but that the file is damaged, and none is ours: our code in here is the
    # collector above, which the tests run on good files.
    except Exception as error:
        # Its type only: the message may quote the document.
        raise Refused(f"damaged: pdfminer.six ends with {type(error).__name__}") from error


def _sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    resources = PDFResourceManager()
    device = _Collector(resources, limits)
    interpreter = PDFPageInterpreter(resources, device)
    pages = PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))
    for number, page in enumerate(pages, start=1):
        limits.check_pages(number)
        page.mediabox = _visible(page)
        device.glyphs, device.pictures = [], 0.0
        interpreter.process_page(page)
        yield _sheet(page, device)


def _visible(page: PDFPage) -> tuple[float, float, float, float]:
    """The crop box inside the media box: the page as displayed."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _sheet(page: PDFPage, device: _Collector) -> Sheet:
    left, bottom, right, top = page.mediabox
    width, height = float(right - left), float(top - bottom)
    if page.rotate in (90, 270):
        width, height = height, width
    pieces = tuple(_piece(word, height) for word in _words(device.glyphs))
    return Sheet(width, height, pieces, device.pictures / max(width * height, 1.0))


def _words(glyphs: list[_Glyph]) -> Iterator[list[_Glyph]]:
    word: list[_Glyph] = []
    for glyph in glyphs:
        if word and _is_reprint(word[-1], glyph):
            continue
        is_blank = glyph.text.isspace()
        if word and (is_blank or not _continues(word[-1], glyph)):
            yield word
            word = []
        if not is_blank:
            word.append(glyph)
    if word:
        yield word


def _is_reprint(last: _Glyph, glyph: _Glyph) -> bool:
    shift = math.hypot(glyph.x - last.x, glyph.y - last.y)
    return glyph.text == last.text and shift < SAME_PLACE * glyph.size


def _continues(last: _Glyph, glyph: _Glyph) -> bool:
    """Whether the glyph is drawn right behind the last one, in the same direction and size."""
    if (last.turn, last.size, last.font) != (glyph.turn, glyph.size, glyph.font):
        return False
    dx, dy = glyph.x - last.end_x, glyph.y - last.end_y
    along, across = {0: (dx, dy), 90: (dy, dx), 180: (-dx, dy), 270: (-dy, dx)}[glyph.turn]
    size = glyph.size
    return KERNING * size < along < WORD_GAP * size and abs(across) <= SAME_BASELINE * size


def _piece(word: list[_Glyph], height: float) -> Piece:
    first, last = word[0], word[-1]
    text = bullet_for_dingbat("".join(glyph.text for glyph in word), str(first.font.fontname))
    length = math.hypot(last.end_x - first.x, last.end_y - first.y)
    x, y = float(first.x), float(height - first.y)  # numbers in a PDF may be any integers
    return Piece(text, x, y, float(length), first.size, _is_bold(first.font), first.turn)


def _is_bold(font: PDFFont) -> bool:
    flags, stem = font.flags, font.descriptor.get("StemV")
    return (
        bool(BOLD_NAME.search(str(font.fontname)))
        or bool(isinstance(flags, int) and flags & FORCE_BOLD)
        or (isinstance(stem, int | float) and stem >= BOLD_STEM)
    )
