"""Both PDF readers, held to the same lines on the same pages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extract.document import read_document
from indexer.model import Line, Page
from tests.indexer.extract.pdf_pages import (
    HEIGHT,
    WIDTH,
    Drawing,
    paragraph,
    pdf,
    pdf_by_hand,
    stream,
    write,
)

pytestmark = pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])


def page_of(drawing: Drawing, reader: str) -> Page:
    return read_document(pdf(drawing), "sida.pdf", reader=reader).pages[0]


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def cells(line: Line) -> list[str]:
    return [line.text[cell.start : cell.end] for cell in line.cells]


def test_lines_come_from_top_to_bottom_however_they_were_drawn(reader: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 700, "Vid protokollet")
        write(canvas, 300, 100, "2021-03-09")
        write(canvas, 72, 100, "Kulturnämnden")
        write(canvas, 72, 120, "§ 4 Föreningsbidrag")

    page = page_of(draw, reader)
    assert texts(page) == ["Kulturnämnden 2021-03-09", "§ 4 Föreningsbidrag", "Vid protokollet"]


def test_boxes_are_points_from_the_top_left_corner(reader: str) -> None:
    line = page_of(lambda canvas: write(canvas, 72, 100, "Beslut", 20), reader).lines[0]
    assert line.box is not None
    assert line.box.x0 == pytest.approx(72, abs=0.5)
    assert line.box.x1 == pytest.approx(72 + 55.6, abs=0.5)  # the letters are 2.779 ems wide
    assert line.box.top == pytest.approx(100 - 16, abs=0.5)
    assert line.box.bottom == pytest.approx(100 + 4, abs=0.5)
    assert line.size == 20


def test_a_row_is_one_line_with_cells_where_its_columns_stand(reader: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 100, "Beslutande")
        write(canvas, 200, 100, "Sixten Wallmark (S), ordförande")
        write(canvas, 400, 100, "Disa Rönn (C)")

    (line,) = page_of(draw, reader).lines
    assert line.text == "Beslutande Sixten Wallmark (S), ordförande Disa Rönn (C)"
    assert cells(line) == ["Beslutande", "Sixten Wallmark (S), ordförande", "Disa Rönn (C)"]
    assert [cell.x0 for cell in line.cells] == pytest.approx([72, 200, 400], abs=1)


def test_a_dnr_far_right_of_the_heading_is_a_cell(reader: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 100, "§ 17", font="Helvetica-Bold")
        write(canvas, 430, 100, "Dnr 2021-00033", font="Helvetica-Bold")

    (line,) = page_of(draw, reader).lines
    assert cells(line) == ["§ 17", "Dnr 2021-00033"]
    assert line.bold


def test_a_vote_close_to_a_long_name_is_still_a_cell(reader: str) -> None:
    def draw(canvas: Any) -> None:
        end = write(canvas, 72, 100, "Kristofer von Hagelåsen (KD)")
        write(canvas, end + 9, 100, "X")

    (line,) = page_of(draw, reader).lines
    assert cells(line) == ["Kristofer von Hagelåsen (KD)", "X"]


def test_blanks_of_a_justified_line_are_no_columns(reader: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        text = canvas.beginText(72, HEIGHT - 100)
        text.setWordSpace(6)
        text.textOut("Nämnden överlämnar yttrandet till")
        canvas.drawText(text)

    (line,) = page_of(draw, reader).lines
    assert line.text == "Nämnden överlämnar yttrandet till"
    assert line.cells == ()


def test_a_list_mark_is_no_cell(reader: str) -> None:
    def draw(canvas: Any) -> None:
        for top, mark in ((100, "•"), (120, "-"), (140, "1."), (160, "b)")):
            write(canvas, 72, top, mark)
            write(canvas, 108, top, "en cykelväg byggs")

    lines = page_of(draw, reader).lines
    assert [line.text for line in lines] == [
        "• en cykelväg byggs",
        "- en cykelväg byggs",
        "1. en cykelväg byggs",
        "b) en cykelväg byggs",
    ]
    assert not any(line.cells for line in lines)


def test_a_superscript_stays_in_its_line(reader: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 86, "Raden ovanför med text")
        end = write(canvas, 72, 100, "Ytan är 40 m")
        end = write(canvas, end, 96.6, "2", 6.5)
        write(canvas, end + 2.8, 100, "inklusive förråd")

    assert texts(page_of(draw, reader)) == [
        "Raden ovanför med text",
        "Ytan är 40 m2 inklusive förråd",
    ]


def test_a_word_set_in_two_fonts_is_one_word(reader: str) -> None:
    def draw(canvas: Any) -> None:
        end = write(canvas, 72, 100, "före", font="Helvetica-Bold")
        write(canvas, end, 100, "skolan")

    assert texts(page_of(draw, reader)) == ["föreskolan"]


def test_letter_spaced_words_are_joined_however_the_space_was_made(reader: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 100, "P R O T O K O L L", 14)
        canvas.setFont("Helvetica", 14)
        text = canvas.beginText(72, HEIGHT - 130)
        text.setCharSpace(7)
        text.textOut("KALLELSE")
        canvas.drawText(text)

    assert texts(page_of(draw, reader)) == ["PROTOKOLL", "KALLELSE"]


def test_the_heads_of_columns_are_not_joined(reader: str) -> None:
    def draw(canvas: Any) -> None:
        for number, party in enumerate("SMCLV"):
            write(canvas, 200 + 40 * number, 100, party)

    (line,) = page_of(draw, reader).lines
    assert cells(line) == ["S", "M", "C", "L", "V"]


def test_a_hyphen_at_the_line_end_is_kept_and_parts_the_lines(reader: str) -> None:
    page = page_of(
        lambda canvas: paragraph(
            canvas, "Ärendet bereds av samhällsbygg-", "nadsnämnden och av barn-", "och ungdom"
        ),
        reader,
    )
    assert texts(page) == [
        "Ärendet bereds av samhällsbygg-",
        "nadsnämnden och av barn-",
        "och ungdom",
    ]


def test_text_printed_twice_to_look_bold_is_read_once(reader: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 100, "Reservation mot beslutet")
        write(canvas, 72.4, 100, "Reservation mot beslutet")
        x = 72.0
        for letter in "Yrkande":  # letter by letter
            write(canvas, x + 0.4, 120, letter)
            x = write(canvas, x, 120, letter)

    assert texts(page_of(draw, reader)) == ["Reservation mot beslutet", "Yrkande"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_displayed(reader: str, rotation: int) -> None:
    """Drawn so that, once turned, the text reads from left to right 72 from the left."""

    def draw(canvas: Any) -> None:
        if rotation in (90, 270):
            canvas.setPageSize((HEIGHT, WIDTH))  # reportlab swaps them for a turned page
        canvas.setPageRotation(rotation)
        match rotation:
            case 90:
                canvas.translate(WIDTH, 0)
            case 180:
                canvas.translate(WIDTH, HEIGHT)
            case 270:
                canvas.translate(0, HEIGHT)
        canvas.rotate(rotation)
        height = WIDTH if rotation in (90, 270) else HEIGHT
        for number, line in enumerate(("Bilaga 2", "Omröstningslista")):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(72, height - 100 - 20 * number, line)

    page = page_of(draw, reader)
    assert texts(page) == ["Bilaga 2", "Omröstningslista"]
    boxes = [line.box for line in page.lines]
    assert [box.x0 for box in boxes if box] == pytest.approx([72, 72], abs=1)
    assert [box.top for box in boxes if box] == pytest.approx([92, 112], abs=1)
    turned = rotation in (90, 270)
    assert (page.width, page.height) == ((HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT))


def test_boxes_count_from_the_crop_box_and_what_it_hides_is_not_read(reader: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.setCropBox((50, 100, 550, 800))
        write(canvas, 72, 142, "Socialnämnden")
        write(canvas, 10, 142, "dolt")
        write(canvas, 72, 800, "dolt också")

    page = page_of(draw, reader)
    assert texts(page) == ["Socialnämnden"]
    assert (page.width, page.height) == (500, 700)
    assert page.lines[0].box is not None
    assert page.lines[0].box.x0 == pytest.approx(22, abs=0.5)
    assert page.lines[0].box.top == pytest.approx(92, abs=0.5)


def test_a_stamp_up_the_margin_is_a_line_of_its_own_after_the_others(reader: str) -> None:
    def draw(canvas: Any) -> None:
        paragraph(canvas, *("Nämnden godkänner rapporten och lägger den till handlingarna.",) * 3)
        canvas.saveState()
        canvas.translate(30, 100)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(0, 0, "Elektroniskt underskrivet 2021-03-12")
        canvas.restoreState()

    page = page_of(draw, reader)
    assert texts(page)[-1] == "Elektroniskt underskrivet 2021-03-12"
    assert len(page.lines) == 4
    box = page.lines[-1].box
    assert box is not None
    assert (box.x0, box.x1) == pytest.approx((30 - 6.4, 30 + 1.6), abs=0.5)
    assert box.bottom == pytest.approx(HEIGHT - 100, abs=0.5)
    assert box.top < box.bottom - 100


def test_a_page_set_sideways_is_read_in_its_own_direction(reader: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.rotate(90)
        for number, line in enumerate(("Ledamot Ja Nej", "Tage Lerbäck X")):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, -100 - 20 * number, line)

    assert texts(page_of(draw, reader)) == ["Ledamot Ja Nej", "Tage Lerbäck X"]


def test_the_size_is_as_displayed_when_the_file_scales_its_text(reader: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.scale(12, 12)
        canvas.setFont("Helvetica", 1)
        canvas.drawString(6, 60, "Fastighetsnämnden")

    (line,) = page_of(draw, reader).lines
    assert line.size == 12


@pytest.mark.parametrize("font", ["Helvetica-Bold", "Times-Bold", "Courier-BoldOblique"])
def test_bold_is_known_by_the_name_of_the_font(reader: str, font: str) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 72, 100, "Beslut", font=font)
        write(canvas, 72, 120, "Bordläggs")

    assert [line.bold for line in page_of(draw, reader).lines] == [True, False]


def test_characters_outside_the_basic_plane_and_without_meaning_do_not_shift_the_others(
    reader: str,
) -> None:
    meaning = (
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar "
        "<41> <D83DDE00> <42> <0066006600690074> <43> <0000> endbfchar endcmap"
    )
    data = pdf_by_hand(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        stream("BT /F1 12 Tf 72 742 Td (rad A xBy xCy slut) Tj 0 -20 Td (nästa rad) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
        "/ToUnicode 6 0 R >>",
        stream(meaning),
    )
    page = read_document(data, "a.pdf", reader=reader).pages[0]
    assert texts(page) == ["rad 😀 xffity xy slut", "nästa rad"]


WORDS = st.lists(
    st.text("abcdeghiklmnoprstuvåäöABDEFGHIKLMÅÄÖ§0123456789(),.", min_size=1, max_size=12),
    min_size=1,
    max_size=6,
)
ROWS = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from([9.0, 10.5, 14.0]),
        st.sampled_from(["Helvetica", "Times-Bold"]),
        st.sampled_from([60.0, 72.5, 200.0]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=ROWS)
def test_a_page_of_words_gives_those_words_line_by_line(
    reader: str, rows: list[tuple[list[str], float, str, float]]
) -> None:
    """The words are what was drawn, so the two readers also agree with each other."""

    def draw(canvas: Any) -> None:
        write(canvas, 72, 40, "Sidans första rad")  # a page of digits alone would need OCR
        for number, (words, size, font, x) in enumerate(rows):
            write(canvas, x, 80 + 20 * number, " ".join(words), size, font)

    found = [text.replace(" ", "") for text in texts(page_of(draw, reader))]
    assert found == ["Sidansförstarad", *("".join(words) for words, *_ in rows)]
