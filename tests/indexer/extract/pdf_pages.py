"""PDF files for the tests: drawn by reportlab, or written by hand where they must be broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0

Drawing = Callable[[Any], object]


def pdf(*drawings: Drawing, password: str | None = None) -> bytes:
    """One A4 page for each drawing, which is handed the reportlab canvas."""
    buffer = io.BytesIO()
    encryption = None if password is None else StandardEncryption(password)
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), encrypt=encryption, invariant=True)
    for drawing in drawings:
        drawing(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(
    canvas: Any, x: float, top: float, text: str, size: float = 10, font: str = "Helvetica"
) -> float:
    """Draws text whose baseline is ``top`` points below the page's top; yields where it ends."""
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - top, text)
    end: float = x + canvas.stringWidth(text, font, size)
    return end


def paragraph(canvas: Any, *lines: str, top: float = 100) -> None:
    for number, line in enumerate(lines):
        write(canvas, 72, top + 14 * number, line)


def picture(canvas: Any, share: float = 1.0) -> None:
    """A grey picture over the upper ``share`` of the page, as a scanner leaves it."""
    image = Image.new("L", (8, 8), 200)
    canvas.drawInlineImage(image, 0, HEIGHT * (1 - share), WIDTH, HEIGHT * share)


def pdf_by_hand(*objects: str) -> bytes:
    """Objects numbered from 1, the first of them the catalog, with a correct xref table."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    xref = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{xref}{trailer}".encode("latin-1")


def stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"
