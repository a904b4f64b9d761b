from pathlib import Path

import msgspec
import pytest

from indexer.config import Settings
from indexer.errors import ParserTimeout, TooBig
from indexer.model import Parsed
from indexer.parse import parse_file, parse_files
from indexer.parser_task import parse_bytes

from .conftest import protokoll_html
from .extract.pdf_pages import pdf_by_hand, stream

OPTIONS = {
    "reader": "pdfium",
    "municipality": "",
    "bytes": "1000000",
    "pages": "10",
    "characters": "10000",
}
MAY = protokoll_html("2031-05-25", "Kommunstyrelsen antar planen.")


def parse(html: str, **options: str) -> Parsed:
    """In this process: the worker would give the same bytes."""
    answer = parse_bytes(html.encode(), "may.html", {**OPTIONS, **options})
    return msgspec.json.decode(answer, type=Parsed)


def drawing_itself() -> bytes:
    """A protokoll in a PDF, with a picture that draws itself for ever; it ties PDFium up."""
    text = (
        "BT /F1 12 Tf 72 760 Td 16 TL (Kommunstyrelsen) Tj T* (Protokoll 2031-05-25) Tj T*"
        " (\\247 1 Val av justerare) Tj T* (Beslut) Tj T* (Anna Ek utses.) Tj ET"
    )
    form = "q /X0 Do Q q /X0 Do Q"
    return pdf_by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 7 0 R]"
        " /Resources << /Font << /F1 6 0 R >> /XObject << /X0 5 0 R >> >> >>",
        stream(text),
        stream(
            form,
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
            " /Resources << /XObject << /X0 5 0 R >> >>",
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream(form),
    )


def test_a_worker_answers_with_what_the_file_says() -> None:
    parsed = parse(MAY)
    assert (parsed.reader, parsed.pages, parsed.masked, parsed.scans) == ("html", 1, 0, ())
    assert parsed.protokoll.body == "Kommunstyrelsen"


def test_a_municipality_of_the_settings_stands_in_where_the_file_names_none() -> None:
    nameless = MAY.replace("Ekstads kommun", "Protokoll")
    assert parse(nameless, municipality="Almby").protokoll.municipality == "Almby"
    assert parse(MAY, municipality="Almby").protokoll.municipality == "Ekstads kommun"


def test_the_limits_of_the_settings_reach_the_reader() -> None:
    with pytest.raises(TooBig):
        parse(MAY, characters="10")


def test_a_pdf_that_ties_up_the_first_reader_is_read_by_the_second(tmp_path: Path) -> None:
    path = tmp_path / "loop.pdf"
    path.write_bytes(drawing_itself())
    parsed = parse_file(path, Settings(workers=1, wall_seconds=2))
    assert parsed.reader == "pdfminer"
    assert "Anna Ek utses." in parsed.protokoll.text


def test_html_has_one_reader_and_no_second_try(tmp_path: Path) -> None:
    path = tmp_path / "slow.html"
    path.write_text("<div>" * 200_000 + MAY, "utf-8")
    with pytest.raises(ParserTimeout):
        parse_file(path, Settings(workers=1, wall_seconds=0.001))


def test_every_path_is_answered_once(tmp_path: Path) -> None:
    good, bad, loop = (tmp_path / name for name in ("a.html", "b.pdf", "c.pdf"))
    good.write_text(MAY, "utf-8")
    bad.write_bytes(b"")
    loop.write_bytes(drawing_itself())
    answers = list(parse_files([good, bad, loop], Settings(workers=2, wall_seconds=2)))
    kinds = {path.name: type(answer).__name__ for path, answer in answers}
    assert len(answers) == 3
    assert kinds == {"a.html": "Parsed", "b.pdf": "DocumentError", "c.pdf": "Parsed"}
