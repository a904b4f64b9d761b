"""What a file really is, and what becomes of files that cannot be read."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DocumentError, NeedsOcr, TooBig
from indexer.extract.document import read_document
from indexer.extract.sheet import Limits
from indexer.model import SourceKind
from tests.indexer.extract.pdf_pages import paragraph, pdf, pdf_by_hand, picture, stream, write

TEXT = ("Nämnden godkänner rapporten och lägger den till handlingarna.",) * 5
GOOD = pdf(lambda canvas: paragraph(canvas, *TEXT))
PAGE = b"<!DOCTYPE html><html><body><p>Beslut</p></body></html>"


def test_a_pdf_and_an_html_page_are_read_whatever_the_case_of_their_suffix() -> None:
    assert read_document(GOOD, "a.PDF").kind == SourceKind.PDF
    assert read_document(PAGE, "b.HTM").kind == SourceKind.HTML


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (PAGE, "protokoll.pdf", "not a PDF: looks like an HTML page"),
        (b"\xef\xbb\xbf\r\n" + PAGE, "protokoll.pdf", "not a PDF: looks like an HTML page"),
        ("<p>UTF-16".encode("utf-16"), "protokoll.pdf", "not a PDF: looks like an HTML page"),
        ("§ 1 Mötet öppnas".encode(), "protokoll.pdf", "not a PDF: looks like plain text"),
        ("§ 1 Öppnas".encode("cp1252"), "protokoll.pdf", "not a PDF: looks like plain text"),
        (b"PK\x03\x04 word/document.xml", "a.pdf", "not a PDF: looks like a zip or Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.pdf", "not a PDF: looks like an old Office file"),
        (b"{\\rtf1 Protokoll}", "a.pdf", "not a PDF: looks like an RTF file"),
        (b"\xff\xd8\xff\xe0JFIF", "a.pdf", "not a PDF: looks like a JPEG image"),
        (b"\x00\x01\x02\x03" * 9, "a.pdf", "not a PDF: looks like unknown binary data"),
        (GOOD, "protokoll.html", "not an HTML page: looks like a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "not an HTML page: looks like a PNG image"),
        (b"Sidan saknas", "a.html", "not an HTML page: looks like plain text"),
        (b"", "a.pdf", "empty file"),
        (b" \r\n\x00\x00", "a.html", "empty file"),
        (b"<html><body> &nbsp; </body></html>", "a.html", "no text"),
        (b"%PDF-1.7\n", "a.pdf", "damaged: Data format error"),
    ],
)
def test_what_is_not_what_its_name_says_is_rejected_with_what_it_is(
    data: bytes, name: str, reason: str
) -> None:
    with pytest.raises(DocumentError, match=re.escape(reason)) as caught:
        read_document(data, name)
    assert caught.value.outcome == "rejected"


def test_a_pdf_may_have_a_little_junk_before_its_header() -> None:
    assert len(read_document(b"\n" * 500 + GOOD, "a.pdf").pages[0].lines) == 5


@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
def test_a_pdf_that_needs_a_password_is_rejected_as_encrypted(reader: str) -> None:
    data = pdf(lambda canvas: paragraph(canvas, *TEXT), password="hemligt")
    with pytest.raises(DocumentError, match="encrypted: a password is needed"):
        read_document(data, "a.pdf", reader=reader)


@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
def test_a_pdf_that_everyone_may_open_is_read_though_encrypted(reader: str) -> None:
    data = pdf(lambda canvas: paragraph(canvas, *TEXT), password="")
    assert len(read_document(data, "a.pdf", reader=reader).pages[0].lines) == 5


def test_what_pdfium_refuses_is_read_by_pdfminer() -> None:
    """The first child of the page tree is the tree itself."""
    data = pdf_by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        stream("BT /F1 12 Tf 72 700 Td (Protokollet justeras av Gerda Holmryd) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    document = read_document(data, "a.pdf")
    assert document.reader == "pdfminer"
    assert [line.text for line in document.pages[0].lines] == [
        "Protokollet justeras av Gerda Holmryd"
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(start=st.integers(0, len(GOOD)), length=st.integers(1, 400), junk=st.binary(max_size=8))
def test_a_damaged_pdf_is_read_or_rejected_and_nothing_else(
    start: int, length: int, junk: bytes
) -> None:
    damaged = GOOD[:start] + junk + GOOD[start + length :]
    for reader in ("pdfium", "pdfminer"):
        with contextlib.suppress(DocumentError):
            read_document(damaged, "a.pdf", reader=reader)


@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
class TestNeedsOcr:
    def test_scanned_pages_need_ocr(self, reader: str) -> None:
        with pytest.raises(NeedsOcr, match="need OCR: 2"):
            read_document(pdf(picture, picture), "a.pdf", reader=reader)

    def test_scanned_pages_with_a_signing_footer_need_ocr(self, reader: str) -> None:
        def scan(canvas: Any) -> None:
            picture(canvas)
            write(canvas, 72, 820, "Handlingen har undertecknats elektroniskt, sida 1", 6)

        with pytest.raises(NeedsOcr):
            read_document(pdf(scan, scan), "a.pdf", reader=reader)

    def test_empty_pages_need_ocr(self, reader: str) -> None:
        with pytest.raises(NeedsOcr):
            read_document(pdf(lambda canvas: None), "a.pdf", reader=reader)

    def test_a_scan_with_its_text_behind_it_is_read(self, reader: str) -> None:
        def scan(canvas: Any) -> None:
            picture(canvas)
            paragraph(canvas, *TEXT)

        assert len(read_document(pdf(scan), "a.pdf", reader=reader).pages[0].lines) == 5

    def test_of_scanned_and_other_pages_the_text_there_is_is_read(self, reader: str) -> None:
        data = pdf(picture, lambda canvas: paragraph(canvas, *TEXT), picture)
        pages = read_document(data, "a.pdf", reader=reader).pages
        assert [len(page.lines) for page in pages] == [0, 5, 0]

    def test_a_short_page_with_a_logotype_is_read(self, reader: str) -> None:
        def short(canvas: Any) -> None:
            picture(canvas, 0.1)
            write(canvas, 72, 300, "Ajournering")

        assert read_document(pdf(short), "a.pdf", reader=reader).pages[0].lines


@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
@pytest.mark.parametrize(
    "limits",
    [Limits(max_bytes=100), Limits(max_pages=2), Limits(max_characters=500)],
)
def test_what_is_beyond_a_limit_is_too_big(reader: str, limits: Limits) -> None:
    data = pdf(*[lambda canvas: paragraph(canvas, *TEXT)] * 3)
    with pytest.raises(TooBig, match="the limit is"):
        read_document(data, "a.pdf", reader=reader, limits=limits)


def test_html_beyond_a_limit_is_too_big() -> None:
    page = b"<p>Beslut" * 200
    for limits in (Limits(max_characters=500), Limits(max_bytes=500), Limits(max_characters=10)):
        with pytest.raises(TooBig):
            read_document(page, "a.html", limits=limits)
