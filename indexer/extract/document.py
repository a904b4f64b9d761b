"""Bytes of a source file → Document: what kind it really is, which reader reads it, how much."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator

from indexer.errors import DocumentError, NeedsOcr
from indexer.extract import html_reader, pdfium_reader, pdfminer_reader
from indexer.extract.lines import lines_of
from indexer.extract.sheet import DEFAULT_LIMITS, SCAN_LETTERS, Limits, Refused, Sheet
from indexer.model import Document, Page, SourceKind

PDF_HEADER_WITHIN = 1024  # readers of PDF accept that much junk before the header
SNIFFED = 4096

# First bytes of the kinds of file that turn up under the names of protokoll.
SIGNATURES = (
    (b"PK\x03\x04", "a zip or Office file (docx, odt, xlsx)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (doc, xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
HTML_TAG = re.compile(
    rb"<!--|<(?:!doctype\s+html|html|head|body|title|meta|div|p|table|h[1-6]|span|br|ul|ol|pre)[\s>/]",
    re.IGNORECASE,
)
UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

PDF, HTML, TEXT = "a PDF", "an HTML page", "plain text"
EXPECTED = {".pdf": PDF, ".htm": HTML, ".html": HTML}

FEW_LETTERS = 20  # a page with fewer has no text to speak of: at most a page number
SCAN_COVER = 0.5  # of the page


def read_document(
    data: bytes, name: str, *, reader: str = "pdfium", limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The pages and lines of a PDF or HTML file called ``name``. Raises DocumentErrors only,
    and MemoryError where memory is limited.

    ``reader``: "pdfium" (then pdfminer.six, should PDFium refuse the file) or "pdfminer".
    """
    limits.check_bytes(len(data))
    if not data.strip(b"\x00\t\n\f\r "):
        raise DocumentError("empty file")
    kind = _kind(data)
    expected = EXPECTED.get("." + name.lower().rpartition(".")[2], kind)
    if kind != expected or kind not in (PDF, HTML):
        wanted = expected if expected in (PDF, HTML) else "a PDF or HTML page"
        raise DocumentError(f"not {wanted}: looks like {kind}")
    if kind == HTML:
        return html_reader.read_html(data, limits)
    return _read_pdf(data, reader, limits)


def _kind(data: bytes) -> str:
    """What the content is, in words: ``an HTML page``."""
    start = data[:SNIFFED]
    if start.startswith(UTF_16_BOMS):
        start = start.decode("utf-16", "replace").encode()
    start = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if b"%PDF-" in data[:PDF_HEADER_WITHIN] and not start.startswith(b"<"):
        return PDF
    for signature, words in SIGNATURES:
        if start.startswith(signature):
            return words
    if HTML_TAG.search(start):
        return HTML
    return "unknown binary data" if BINARY.search(start) else TEXT


def _read_pdf(data: bytes, reader: str, limits: Limits) -> Document:
    if reader == "pdfminer":
        return _document(pdfminer_reader.read_sheets(data, limits), reader)
    try:
        return _document(pdfium_reader.read_sheets(data, limits), "pdfium")
    except Refused as refused:
        try:
            return _document(pdfminer_reader.read_sheets(data, limits), "pdfminer")
        except Refused:
            raise refused from None


def _document(sheets: Iterator[Sheet], reader: str) -> Document:
    pages, scans = [], []
    letters = text_pages = 0
    for number, sheet in enumerate(sheets, start=1):
        if not (math.isfinite(sheet.width) and math.isfinite(sheet.height)):
            raise Refused(f"damaged: page {number} has no size")
        page = Page(number, sheet.width, sheet.height, lines_of(sheet))
        pages.append(page)
        on_page = _letters(page)
        covered = sheet.pictures >= SCAN_COVER
        has_text = on_page >= (SCAN_LETTERS if covered else FEW_LETTERS)
        letters += on_page
        text_pages += has_text
        if covered and not has_text:
            scans.append(number)
    if not pages:
        raise Refused("damaged: no page in it")
    if not letters or (scans and not text_pages):
        raise NeedsOcr(f"no text layer; pages that need OCR: {len(pages)}")
    return Document(SourceKind.PDF, reader, tuple(pages), scans=tuple(scans))


def _letters(page: Page) -> int:
    return sum(character.isalpha() for line in page.lines for character in line.text)
