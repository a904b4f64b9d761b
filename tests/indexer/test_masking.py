"""Masking, with numbers that the Swedish tax agency publishes for tests and no others.

They are rows of its open data sets "Testpersonnummer" and "Testsamordningsnummer" (CC0), which
belong to nobody. Numbers that must not be masked are wrong in the date, the check digit or the
length; none is made up that could be somebody's.
"""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.masking import MASK, find_personnummer, mask, mask_document
from indexer.model import Box, Cell, Document, Line, Page, SourceKind

PERSONNUMMER = [
    "201901012391",
    "201901192391",
    "201902062395",
    "201903312385",
    "201906112386",
    "202508242381",
    "202512232386",
    "200802122390",
    "190308189802",
    "190312049802",
    "189506299818",
]
SAMORDNINGSNUMMER = ["202601612381", "202601912393", "191401682396", "191406652386"]
OPEN_DATE = ["191500722390", "191711602399"]  # month 00; day 60
PUBLISHED = PERSONNUMMER + SAMORDNINGSNUMMER + OPEN_DATE


def masked_like(text: str) -> str:
    return "".join(char if char.isspace() else MASK for char in text)


def forms(number: str) -> list[str]:
    """The ways a number of twelve digits is written."""
    date, last = number[:8], number[8:]
    short = date[2:]
    year, month, day = short[:2], short[2:4], short[4:]
    # A short number of the 1800s or early 1900s with a dash might be a living child's.
    old = int(date[:4]) < 1926
    shorts = [f"{short}+{last}"] if old else [f"{short}-{last}", f"{short}{last}"]
    if not old:
        shorts += [f"{short} {last}", f"{year} {month} {day}-{last}", f"{year}{month} {day}-{last}"]
        shorts += [f"{short} - {last}", f"{short}-\n{last}", f"{short}\n-{last}"]
        shorts += [f"{short}-{last[:2]}\n{last[2:]}", " ".join(f"{short}-{last}")]
    dashes = [f"{date}{dash}{last}" for dash in "-‐‑‒–—−"]
    dashed = f"{date[:4]}-{month}-{day}-{last}"
    spaced = [
        f"{date} {last}",
        f"{date}\u00a0-\u00a0{last}",
        f"{date} - {last}",
        f"{date}-\n{last}",
    ]
    return [number, *dashes, *shorts, *spaced, dashed, f"19 {short}-{last}" if old else number]


@pytest.mark.parametrize("number", PUBLISHED)
def test_a_number_is_masked_in_every_form(number: str) -> None:
    for form in forms(number):
        assert mask(f"NN ({form}) beviljas") == f"NN ({masked_like(form)}) beviljas", form


def test_digits_and_separators_are_replaced_and_blanks_stay() -> None:
    assert mask("nr 190119 - 2391, 20190119-2391.") == "nr •••••• • ••••, •••••••••••••."


def test_a_number_is_masked_between_letters_and_signs() -> None:
    assert mask("pnr:190119-2391Namn") == "pnr:•••••••••••Namn"
    assert mask("beslut_190119_2391.pdf") == "beslut_•••••••••••.pdf"
    assert mask("190119-2391/190206-2395") == "•••••••••••/•••••••••••"
    assert mask("Telefon saknas, 190119-2391. Mobil 190119-2391") == (
        "Telefon saknas, •••••••••••. Mobil •••••••••••"
    )
    assert mask("4. 190119-2391\n5. 190206-2395") == "4. •••••••••••\n5. •••••••••••"


def test_a_number_after_a_false_start_is_masked() -> None:
    assert mask("010101 1901 19-2391") == "010101 •••• •••••••"


@pytest.mark.parametrize(
    "text",
    [
        "190119-2392",  # check digit
        "190119-3291",  # figures changed round
        # The check digit is right in these, but no such day exists:
        "191319-2397",
        "190132-2394",
        "190230-2395",
        "190431-2392",
        "190100-2392",
        "20190192-2391",  # a samordningsnummer of the 32nd
        "1190119-2391",  # longer runs of digits
        "190119-23911",
        "20190119239100",
        "999999-9999",  # organisation numbers
        "16999999-9999",
        "169999999999",
        "5050-1055",  # bankgiro
        "Dnr KS 2031/0145",
        "SBK-2031-00417",
        "lagen (2010:800)",
        "070-415 20 31",
        "Tel. 0802122390",  # right as a number, but called a phone number
        "mobilnummer: 0802122390",
        "2031-06-15 2031-06-16",
        "2031-06-15 1834",  # right as a number, but a date and a time
        "2031-06-14-2031-06-15",  # the same, but two dates
        "8 5 0 7",
        "",
    ],
)
def test_what_is_no_personnummer_stays(text: str) -> None:
    assert mask(text) == text
    assert mask(f"Se {text}, sidan 4.") == f"Se {text}, sidan 4."


WORDS = st.text(alphabet="abcdefåäöÅÄÖ §.,:;()\n", max_size=40)


@given(WORDS, st.sampled_from(PUBLISHED), st.data(), WORDS)
def test_a_published_number_is_masked_among_any_words(
    before: str, number: str, data: st.DataObject, after: str
) -> None:
    form = data.draw(st.sampled_from(forms(number)))
    assert mask(f"{before} {form} {after}") == f"{before} {masked_like(form)} {after}"


ANYTHING = st.text(alphabet="0129 -+–./:§Kå\n" + MASK) | st.text()


@given(ANYTHING, st.sampled_from(["", *PUBLISHED]), ANYTHING)
def test_length_is_kept_and_masking_twice_changes_nothing(
    before: str, number: str, after: str
) -> None:
    masked = mask(before + number + after)
    assert len(masked) == len(before + number + after)
    assert mask(masked) == masked
    assert find_personnummer(masked) == []


@given(st.text().filter(lambda text: not any(char.isdigit() for char in text)))
def test_text_without_digits_is_unchanged(text: str) -> None:
    assert mask(text) == text


@given(ANYTHING)
def test_spans_are_in_order_and_apart(text: str) -> None:
    end = 0
    for span in find_personnummer(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


# --- documents -------------------------------------------------------------------------------


def document(*pages: tuple[Line, ...], title: str = "") -> Document:
    numbered = (Page(number, 595, 842, lines) for number, lines in enumerate(pages, start=1))
    return Document(SourceKind.PDF, "pdfium", tuple(numbered), title)


def row(*cells: str, x: float = 50) -> Line:
    """A line of cells, 100 points apart."""
    found, start = [], 0
    for column, text in enumerate(cells):
        left = x + 100 * column
        found.append(Cell(start, start + len(text), left, left + 5 * len(text)))
        start += len(text) + 1
    return Line(" ".join(cells), Box(x, 0, x + 100 * len(cells), 12), cells=tuple(found))


def texts(of: Document) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in of.pages]


def test_a_document_without_numbers_is_unchanged() -> None:
    plain = document(
        (Line("§ 1 Val av justerare"), row("Anna Ek", "S")), (), title="Protokoll 2031"
    )
    assert mask_document(plain) == (plain, 0)


def test_numbers_in_lines_and_title_are_masked_and_counted() -> None:
    masked, count = mask_document(
        document((Line("190119-2391 och 20190206-2395"),), title="Beslut 201901192391")
    )
    assert texts(masked) == [["••••••••••• och •••••••••••••"]]
    assert masked.title == "Beslut ••••••••••••"
    assert count == 3


def test_a_number_divided_by_a_line_end_or_page_end_is_masked() -> None:
    masked, count = mask_document(
        document(
            (Line("vårdnaden om NN, 190119-"), Line("2391, och NN, 20190206")),
            (Line("2395, överförs"),),
        )
    )
    assert texts(masked) == [
        ["vårdnaden om NN, •••••••", "••••, och NN, ••••••••"],
        ["••••, överförs"],
    ]
    assert count == 2


def test_a_number_in_two_neighbouring_cells_is_masked() -> None:
    masked, count = mask_document(document((row("NN", "190119", "-2391", "S"),)))
    assert texts(masked) == [["NN •••••• ••••• S"]]
    assert count == 1


def test_a_number_divided_inside_a_column_is_masked() -> None:
    before = document((row("Namn", "190119-", "Ordförande"), row("Namnsson", "2391", "i nämnden")))
    masked, count = mask_document(before)
    assert texts(masked) == [["Namn ••••••• Ordförande", "Namnsson •••• i nämnden"]]
    assert count == 1


def test_a_number_divided_between_a_row_and_a_line_below_its_column_is_masked() -> None:
    below = Line("2391", Box(150, 12, 170, 24))
    masked, count = mask_document(document((row("Namn", "190119-", "Ordförande"), below)))
    assert texts(masked) == [["Namn ••••••• Ordförande", "••••"]]
    assert count == 1


def test_figures_in_different_columns_are_not_joined() -> None:
    apart = document((row("190119-", "Namn", "Ordförande"), row("Namn", "i nämnden", "2391")))
    assert mask_document(apart) == (apart, 0)


def test_a_phone_number_in_a_cell_beside_its_label_stays() -> None:
    table = document((row("Tel.", "0802122390", "Namn"), row("Namn", "Ordförande")))
    assert mask_document(table) == (table, 0)


def test_boxes_cells_and_lengths_stay() -> None:
    before = document((row("NN", "190119-2391"), Line("slut", bold=True, size=9)))
    after, _ = mask_document(before)
    for old, new in zip(before.pages[0].lines, after.pages[0].lines, strict=True):
        assert len(old.text) == len(new.text)
        assert (old.box, old.cells, old.size, old.bold) == (new.box, new.cells, new.size, new.bold)


@given(st.lists(st.lists(ANYTHING, max_size=4), max_size=3))
def test_a_masked_document_has_nothing_left_to_mask(pages: list[list[str]]) -> None:
    before = document(*(tuple(map(Line, lines)) for lines in pages))
    once, _ = mask_document(before)
    assert mask_document(once) == (once, 0)
    assert [list(map(len, page)) for page in texts(once)] == [
        list(map(len, page)) for page in texts(before)
    ]


# --- time ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece", ["1", "-", "1-", "1 ", "20 ", "190119-2390 ", "2019-01-19-", None]
)
def test_a_megabyte_of_figures_and_dashes_is_read_in_linear_time(piece: str | None) -> None:
    """About 0.1 s, at worst 0.8 s where every word has the shape of a number."""
    chars = random.Random(20).choices("0123456789-", k=1_000_000) if piece is None else [piece]
    text = ("".join(chars) * (1_000_000 // len("".join(chars)) + 1))[:1_000_000]
    start = time.process_time()
    find_personnummer(text)
    assert time.process_time() - start < 5
