"""PDF by PDFium: the fast reader.

A page's text comes in one call, with a blank or line end wherever the file or a gap has one. Only
the first and last character of each word are asked for their place, and each text object once for
its font: some 200 words a page instead of 1,500 characters.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.errors import DocumentError
from indexer.extract.sheet import (
    BOLD_NAME,
    FORCE_BOLD,
    SCAN_LETTERS,
    SMALLEST_SIZE,
    Limits,
    Piece,
    Refused,
    Sheet,
    direction,
)
from indexer.extract.text import bullet_for_dingbat

# PDFium joins a word divided at a line end and puts U+FFFE in place of the hyphen: there a piece
# ends. It puts the same sign for a character of which the file does not say what letter it is.
HYPHEN_OR_UNKNOWN = "\ufffe"
WORD = re.compile(r"[^\s\ufffe]+\ufffe?|\ufffe")
SURROGATE = re.compile(r"[\ud800-\udfff]")
BOLD_WEIGHT = 700
WIDEST_LETTER = 1.5  # ems on average over a word
PASSWORD_NEEDED, UNKNOWN_SECURITY = pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY
IMAGE, FORM = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM
FORM_PARTS = 50  # looked through for an image at most


class _Style(NamedTuple):
    """What all words of one text object share. ``quarter``: direction before the page is turned."""

    size: float
    bold: bool
    font: str
    quarter: int


class _Word(NamedTuple):
    """``x`` and ``y``: start of the baseline in PDF coordinates; ``length`` along it."""

    text: str
    x: float
    y: float
    length: float
    style: _Style


def read_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The pages of a PDF. Raises Refused if PDFium cannot read it, and other DocumentErrors."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(error) from error
    with closing(document):
        limits.check_pages(len(document))
        characters = 0
        for index in range(len(document)):
            try:
                with closing(document[index]) as page, closing(page.get_textpage()) as textpage:
                    characters += textpage.count_chars()
                    limits.check_characters(characters)
                    sheet = _sheet(page, textpage)
            except pdfium.PdfiumError as error:
                raise Refused(f"damaged: page {index + 1} cannot be loaded") from error
            yield sheet


def _refusal(error: Any) -> DocumentError:
    if error.err_code == PASSWORD_NEEDED:
        return DocumentError("encrypted: a password is needed to open it")
    if error.err_code == UNKNOWN_SECURITY:
        return Refused("encrypted: by a method PDFium does not know")
    words = re.search(r"PDFium: ([^)]+)\)", str(error))
    reason = words[1] if words and words[1] != "Success" else "PDFium gives no reason"
    return Refused(f"damaged: {reason}")


def _sheet(page: Any, textpage: Any) -> Sheet:
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()
    width, height = right - left, top - bottom
    if rotation in (90, 270):
        width, height = height, width

    def displayed(x: float, y: float) -> tuple[float, float]:
        match rotation:
            case 0:
                return x - left, top - y
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case _:
                return top - y, right - x

    pieces = []
    for text, x, y, length, style in _PageText(textpage.raw).words():
        x, y = displayed(x, y)
        turn = (style.quarter - rotation) % 360
        pieces.append(Piece(text, x, y, length, style.size, style.bold, turn))
    pictures = _pictures(page.raw) if len(pieces) < SCAN_LETTERS else 0.0
    return Sheet(width, height, tuple(pieces), pictures / max(width * height, 1.0))


class _PageText:
    """The words of one page. Holds what PDFium writes its answers into."""

    def __init__(self, textpage: Any) -> None:
        self.textpage = textpage
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.rectangle, self.matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
        self.styles: dict[int, _Style] = {}

    def words(self) -> Iterator[_Word]:
        text = self._text()
        for found in WORD.finditer(text):
            first, end = found.span()
            word = self._word(found[0], first, end - 1)
            if word is not None and _is_plausible(word):
                yield word
            elif word is not None:
                letters = (self._word(text[i], i, i) for i in range(first, end))
                yield from (letter for letter in letters if letter is not None)

    def _text(self) -> str:
        """One character for each UTF-16 unit, since that is how PDFium counts."""
        count = pdfium_c.FPDFText_CountChars(self.textpage)
        buffer = (ctypes.c_ushort * (count + 1))()
        units = max(pdfium_c.FPDFText_GetText(self.textpage, 0, count, buffer) - 1, 0)
        text = bytes(buffer)[: 2 * units].decode("utf-16-le", "surrogatepass")
        return text if len(text) == units else "".join(map(chr, buffer[:units]))

    def _word(self, text: str, first: int, last: int) -> _Word | None:
        """The word at ``first`` to ``last``, None where nothing was drawn."""
        if text.endswith(HYPHEN_OR_UNKNOWN):
            is_hyphen = pdfium_c.FPDFText_IsHyphen(self.textpage, last) == 1
            text = text[:-1] + ("-" if is_hyphen else "")
        text_object = pdfium_c.FPDFText_GetTextObject(self.textpage, first)
        if not text or not text_object:
            return None
        address = ctypes.addressof(text_object.contents)
        style = self.styles.get(address)
        if style is None:
            style = self.styles[address] = self._style(first, text_object)
        if SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        x, y, length = self._place(first, last, style.quarter)
        return _Word(bullet_for_dingbat(text, style.font), x, y, length, style)

    def _place(self, first: int, last: int, quarter: int) -> tuple[float, float, float]:
        """Where the baseline begins, in PDF coordinates, and its length."""
        pdfium_c.FPDFText_GetCharOrigin(self.textpage, first, self.x, self.y)
        pdfium_c.FPDFText_GetLooseCharBox(self.textpage, last, self.rectangle)
        x, y, end = self.x.value, self.y.value, self.rectangle
        match quarter:
            case 0:
                return x, y, end.right - x
            case 90:
                return x, y, end.top - y
            case 180:
                return x, y, x - end.left
            case _:
                return x, y, y - end.bottom

    def _style(self, index: int, text_object: Any) -> _Style:
        matrix = self.matrix
        pdfium_c.FPDFText_GetMatrix(self.textpage, index, matrix)
        size = pdfium_c.FPDFText_GetFontSize(self.textpage, index)
        size *= math.hypot(matrix.c, matrix.d)
        quarter = direction(matrix.a, matrix.b)
        font = pdfium_c.FPDFTextObj_GetFont(text_object)
        buffer = ctypes.create_string_buffer(128)
        pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        name = buffer.value.decode("latin-1")
        bold = (
            bool(BOLD_NAME.search(name))
            or bool(pdfium_c.FPDFFont_GetFlags(font) & FORCE_BOLD)
            or pdfium_c.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
        )
        return _Style(max(round(size, 2), SMALLEST_SIZE), bold, name, quarter)


def _is_plausible(word: _Word) -> bool:
    """False where letters are printed twice to look bold, or stand apart, or go backwards."""
    text = word.text
    if len(text) > 3 and text[::2] == text[1::2]:
        return False
    return 0 <= word.length <= WIDEST_LETTER * word.style.size * len(text)


def _pictures(page: Any) -> float:
    """The area images cover, in square points; where they overlap it counts twice."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    area = 0.0
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        shape = pdfium_c.FPDFPage_GetObject(page, index)
        if _holds_image(shape) and pdfium_c.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            area += (right.value - left.value) * (top.value - bottom.value)
    return area


def _holds_image(shape: Any) -> bool:
    kind = pdfium_c.FPDFPageObj_GetType(shape)
    if kind != FORM:
        return bool(kind == IMAGE)
    parts = range(min(pdfium_c.FPDFFormObj_CountObjects(shape), FORM_PARTS))
    kinds = (pdfium_c.FPDFPageObj_GetType(pdfium_c.FPDFFormObj_GetObject(shape, i)) for i in parts)
    return IMAGE in kinds
