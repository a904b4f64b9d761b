"""Web pages as lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.extract.document import read_document
from indexer.extract.sheet import Limits
from indexer.model import Document, Line

CASES = Path(__file__).parents[2] / "cases" / "html"


def read(page: str | bytes) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read_document(data, "sida.html", limits=Limits())


def texts(page: str | bytes) -> list[str]:
    return [line.text for sheet in read(page).pages for line in sheet.lines]


def written(line: Line) -> str:
    """The line as in a ``.lines`` file."""
    cells = [line.text[cell.start : cell.end] for cell in line.cells]
    size = "" if line.size == 12 else f"#{line.size:g} "
    return size + "** " * line.bold + (" ¦ ".join(cells) or line.text)


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.html")))
def test_the_cases_give_the_lines_written_beside_them(name: str) -> None:
    document = read((CASES / f"{name}.html").read_bytes())
    found = "\n---\n".join("\n".join(map(written, page.lines)) for page in document.pages)
    assert found == (CASES / f"{name}.lines").read_text("utf-8").rstrip("\n")


def test_the_cells_of_a_row_say_which_columns_they_take() -> None:
    page = read(
        "<table><tr><td rowspan=2>Röster</td><td>Ja</td><td colspan=2>5</td></tr>"
        "<tr><td>Nej</td><td></td><td>2</td></tr></table>"
    ).pages[0]
    assert [[(cell.x0, cell.x1) for cell in line.cells] for line in page.lines] == [
        [(0, 1), (1, 2), (2, 4)],
        [(1, 2), (3, 4)],
    ]


def test_the_title_is_kept_and_pages_have_no_size() -> None:
    document = read("<title>Protokoll&nbsp;\n4</title><p>text<hr><hr><p>mer")
    assert document.title == "Protokoll 4"
    assert [(page.number, page.width, page.height) for page in document.pages] == [
        (1, 0, 0),
        (2, 0, 0),
    ]


SENTENCE = "Åtgärder – ”på sikt” för § 5 i Örby…"
DECLARED = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),  # as browsers read it
        ("utf-8", "cp1252"),  # wrongly declared
        ("iso-8859-1", "utf-8"),  # wrongly declared
        ("", "utf-8"),
        ("", "cp1252"),
        ("x-okänd", "cp1252"),
        ("utf-16", "cp1252"),
        ("macintosh", "mac-roman"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
    ],
)
def test_the_text_is_right_whatever_its_encoding_is_said_to_be(
    declared: str, encoding: str
) -> None:
    page = DECLARED.format(declared, SENTENCE)
    assert texts(page.encode(encoding, "replace")) == [SENTENCE]


def test_an_xml_declaration_does_no_harm() -> None:
    page = f'<?xml version="1.0" encoding="iso-8859-1"?>\n{DECLARED.format("utf-8", SENTENCE)}'
    assert texts(page.encode("cp1252")) == [SENTENCE]


def test_a_stray_byte_in_utf_8_is_read_as_windows_1252() -> None:
    page = f"<p>{SENTENCE}</p><p>h".encode() + b"\xf6" + b"st</p>"
    assert texts(page) == [SENTENCE, "höst"]


def test_a_header_is_kept_where_nothing_else_marks_the_content_unless_it_is_a_menu() -> None:
    assert texts("<header><h1>Ekstad</h1></header><p>Beslut</p>") == ["Ekstad", "Beslut"]
    assert texts("<header><a href='/'>Start</a></header><p>Beslut</p>") == ["Beslut"]


def test_list_items_without_marks_get_none() -> None:
    assert texts("<ul style='list-style-type: none'><li>fri</ul><li>lös") == ["fri", "lös"]


@pytest.mark.parametrize(
    "start",
    [
        "<aside>",
        "<div class='footer'>",
        "<div id='footer'>",
        "<div class='wide site-footer'>",
        "<div role='contentinfo'>",
        "<section role=dialog>",
        "<div class='sidebar'>",
        "<ol class='breadcrumbs'>",
        "<div class='cookie-banner'>",
    ],
)
def test_furniture_of_a_web_page_is_left_out_by_its_name(start: str) -> None:
    assert texts(f"<article><h2>§ 4 Grus</h2><p>Beslut</p>{start}<p>Relaterat") == [
        "§ 4 Grus",
        "Beslut",
    ]


def test_what_holds_minutes_is_kept_whatever_its_name() -> None:
    assert texts("<div class=sidebar><p>§ 4 Grus<p>Vägen grusas.</div>") == [
        "§ 4 Grus",
        "Vägen grusas.",
    ]
    assert texts("<p>Beslut</p><div class=footer><p>Justerat av Ada Ek") == [
        "Beslut",
        "Justerat av Ada Ek",
    ]
    assert texts("<div class='sidebar-layout'>Beslut</div>") == ["Beslut"]


PLACED = '<div style="position:absolute;top:{}px;left:{}px">{}</div>'


def test_lines_at_fixed_places_have_boxes_and_pages() -> None:
    rows = [
        [(30, 90, "Ekstads kommun"), (30, 700, "Sida 1"), (80, 90, "<b>Beslut</b>")],
        [(30, 90, "Ekstads kommun"), (80, 90, "Vägen grusas av"), (100, 90, "kommunen.")],
    ]
    page = "".join(PLACED.format(*row) for sheet in rows for row in sheet)
    first, second = read(page).pages
    assert [(line.text, line.bold) for line in first.lines] == [
        ("Ekstads kommun Sida 1", False),
        ("Beslut", True),
    ]
    assert [len(line.cells) for line in first.lines] == [2, 0]
    boxes = [line.box for line in second.lines]
    assert [round(box.top) for box in boxes if box] == [22, 60, 75]  # 0.75 points to a pixel
    assert second.width > 0
    assert second.height > 75


def test_a_single_ornament_at_a_fixed_place_stays_where_it_is_written() -> None:
    page = f"<p>Först</p>{PLACED.format(5, 5, 'Mitt')}<p>Sist</p>"
    assert texts(page) == ["Först", "Mitt", "Sist"]
    assert all(line.box is None for line in read(page).pages[0].lines)


def test_the_pages_of_a_converter_are_pages() -> None:
    assert len(read("<div class='page a'>ett</div><div id=page-2>två</div>").pages) == 2


@pytest.mark.parametrize("element", ["div", "b", "table><tr><td", "ul><li", "font", "blockquote"])
def test_deep_nesting_is_walked_through(element: str) -> None:
    page = f"<html><body>{f'<{element}>' * 3000}djupt{'</div>' * 3000}<p>efter"
    found = texts(page)
    assert "djupt" in found[0]
    assert "efter" in found[-1]


# fmt: off
SNIPPETS = [
    "<p>", "</p>", "<td>", "<tr>", "</tr>", "<table>", "</table>", "<li>", "<ol>", "</ul>", "<b>",
    "</b>", "<br>", "<hr>", "<pre>", "</pre>", "<header>", "<h2>", "<th rowspan=3>", "</div>",
    "<td colspan=0>", "<div>", "<![CDATA[", "]]>", "<!--", "-->", "&nbsp;", "&#0;", "å", "§", "\n",
    "<", ">", "<o:p>", "<article>", "</article>", "<svg>", "</svg>", " ",
]
# fmt: on


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=40))
def test_any_heap_of_tags_is_read_or_rejected(tags: list[str]) -> None:
    try:
        found = texts("<html><body>" + "".join(tags))
    except DocumentError:
        return
    assert all(text == text.strip() and text for text in found)
