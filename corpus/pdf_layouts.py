"""The printed layouts: data, and a function each for cover, heading of a § and page furniture."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.pdf_blocks import Layout, lines, row, title_block
from corpus.source import Paragraf, Source
from corpus.typesetting import (
    WORD_BULLET,
    Block,
    Font,
    Furniture,
    Piece,
    Placed,
    Row,
    Rule,
    break_lines,
)

SMALL = Font("Helvetica", 7)


def _no_cover(layout: Layout, source: Source) -> list[Block]:
    return []


# --- skrivmaskin: a typewriter and its carbon copies, to about 2000 ----------------------------

COURIER = Font("Courier", 11)


def _typewriter_cover(layout: Layout, source: Source) -> list[Block]:
    rows = tuple(
        row(layout.left, text, layout.text, layout.leading)
        for text in (source.municipality.upper(), " ".join("PROTOKOLL"))
    )
    return [Block(rows), *(_underlined(layout, source.heading, 24))]


def _underlined(layout: Layout, text: str, before: float) -> list[Block]:
    lines = break_lines(text, layout.heading, layout.right - layout.left)
    pieces = [Piece(layout.left, line, layout.heading, underlined=True) for line in lines]
    rows = tuple(Row(layout.leading + 1, (piece,)) for piece in pieces)
    return [Block(rows, before, with_next=True)]


def _typewriter_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    sign = row(layout.left, f"§ {paragraf.number}", layout.text, layout.leading)
    dnr = Piece(layout.right, f"Dnr {paragraf.dnr}", layout.text, True)
    first = Row(sign.drop, (*sign.pieces, dnr)) if paragraf.dnr else sign
    title = _underlined(layout, paragraf.title, 0) if paragraf.title else []
    return [Block((first,), layout.leading * 1.6), *title]


def _typewriter_furniture(layout: Layout, source: Source) -> Furniture:
    body = source.body[0].lower() + source.body[1:]
    head = f"{source.municipality.removesuffix(' kommun')}s {body} {source.date}"

    def furniture(page: int, total: int) -> Iterator[Placed]:
        yield Placed(46, Piece(layout.left, head, COURIER))
        yield Placed(46, Piece(layout.right, str(page), COURIER, True))

    return furniture


SKRIVMASKIN = Layout(
    text=COURIER,
    strong=COURIER,
    heading=COURIER,
    leading=13.2,
    gap=13.2,
    left=85,
    right=520,
    top=74,
    bottom=780,
    column=200,
    bullet=COURIER,
    cover=_typewriter_cover,
    paragraf_head=_typewriter_head,
    furniture=_typewriter_furniture,
    fresh_page="no",
)

# --- spalt: numbers of §§ in the margin, names in two columns, about 2000-2012 ------------------

COLUMN = Font("Times-Roman", 11)
MARGIN = 72  # where the numbers stand


def _column_cover(layout: Layout, source: Source) -> list[Block]:
    number = f"nr {source.number}, " if source.number else ""
    rows = (
        row(MARGIN, source.municipality.upper(), Font("Helvetica-Bold", 14), 18),
        row(MARGIN, source.body, Font("Helvetica", 12), 16),
        row(MARGIN, f"Protokoll {number}{source.date}", Font("Helvetica", 12), 16),
        Row(14, ()),
    )
    return [Block(rows)]


def _column_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    """Number and title begin on one line; both are set in the font of titles."""
    sign = Piece(MARGIN, f"§ {paragraf.number}", layout.heading)
    title = lines(paragraf.title or "", layout.heading, layout.left, layout.right, 15)
    first = Row(title[0].drop, (sign, *title[0].pieces) if paragraf.title else (sign,))
    dnr = row(layout.left, f"Dnr {paragraf.dnr}", layout.text, layout.leading)
    blocks = [Block((first, *title[1:]), 24)]
    return [*blocks, Block((dnr,), 1, with_next=True)] if paragraf.dnr else blocks


def _column_furniture(layout: Layout, source: Source) -> Furniture:
    feet = ("Ordf sign", "Just sign", "Just sign", "Utdragsbestyrkande")

    def furniture(page: int, total: int) -> Iterator[Placed | Rule]:
        if page > 1:
            yield Placed(48, Piece(MARGIN, source.body.upper(), Font("Helvetica", 9)))
            yield Placed(48, Piece(280, str(source.date), Font("Helvetica", 9)))
        yield Placed(48, Piece(layout.right, f"{page}({total})", Font("Helvetica", 9), True))
        yield Rule(MARGIN, 790, layout.right, 790)
        for index, foot in enumerate(feet):
            yield Placed(800, Piece(MARGIN + index * 110, foot, SMALL))

    return furniture


SPALT = Layout(
    text=COLUMN,
    strong=Font("Times-BoldItalic", 11),
    heading=Font("Helvetica-Bold", 11.5),
    leading=13.5,
    gap=7,
    left=140,
    right=525,
    top=78,
    bottom=775,
    column=260,
    bullet=COLUMN,
    cover=_column_cover,
    paragraf_head=_column_head,
    furniture=_column_furniture,
    names=(MARGIN, 175, 355),
)

# --- blankett: a word processor form with boxes for signatures, about 2005-2018 ----------------

ARIAL = Font("Helvetica", 10)
ARIAL_BOLD = Font("Helvetica-Bold", 10)


def _form_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    text = " ".join(filter(None, (f"§ {paragraf.number}", paragraf.dnr)))
    first = Block((row(layout.left, text, layout.text, layout.leading),), 0)
    return [first, title_block(layout, paragraf.title, 12)] if paragraf.title else [first]


def _form_furniture(layout: Layout, source: Source) -> Furniture:
    signs = ("Justerandes sign", "Justerandes sign", "Justerandes sign", "Utdragsbestyrkande")
    town = source.municipality.removesuffix(" kommun").upper()

    def furniture(page: int, total: int) -> Iterator[Placed | Rule]:
        yield Placed(34, Piece(layout.right + 14, str(page), ARIAL, True))
        yield Placed(60, Piece(layout.left, town, Font("Times-Bold", 15)))
        yield Placed(70, Piece(layout.left + 2, "KOMMUN", SMALL))
        for y, text, font in (
            (58, source.body, ARIAL_BOLD),
            (70, "Protokoll", ARIAL_BOLD),
            (90, str(source.date), ARIAL),
        ):
            yield Placed(y, Piece(270, text, font))
        yield Rule(layout.left, 788, layout.right + 14, 788)
        for index, sign in enumerate(signs):
            x = 160 + index * 98
            yield Rule(x - 4, 788, x - 4, 806)
            yield Placed(796, Piece(x, sign, SMALL))

    return furniture


BLANKETT = Layout(
    text=ARIAL,
    strong=ARIAL_BOLD,
    heading=Font("Helvetica-Bold", 11),
    leading=12.5,
    gap=8,
    left=72,
    right=520,
    top=120,
    bottom=775,
    column=190,
    bullet=ARIAL,
    cover=_no_cover,
    paragraf_head=_form_head,
    furniture=_form_furniture,
    fresh_page="each",
)

# --- brevhuvud: letterhead, serif text, contents list, dnr far right, from about 2015 ----------

TIMES = Font("Times-Roman", 11)


def _letter_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    sign = Piece(layout.left, f"§ {paragraf.number}", layout.heading)
    dnr = Piece(layout.right, f"Dnr {paragraf.dnr}", layout.text, True)
    line = Row(15, (sign, dnr) if paragraf.dnr else (sign,))
    first = Block((line,), 26)
    return [first, title_block(layout, paragraf.title, 3)] if paragraf.title else [first]


def _letter_furniture(layout: Layout, source: Source) -> Furniture:
    number = f"Protokoll nr {source.number}" if source.number else ""

    def furniture(page: int, total: int) -> Iterator[Placed | Rule]:
        yield Placed(44, Piece(layout.left, source.municipality.upper(), Font("Helvetica-Bold", 9)))
        yield Placed(44, Piece(300, "SAMMANTRÄDESPROTOKOLL", Font("Helvetica", 9)))
        yield Placed(44, Piece(layout.right, f"{page} ({total})", Font("Helvetica", 9), True))
        yield Placed(57, Piece(layout.left, source.body, Font("Helvetica", 9)))
        yield Placed(57, Piece(300, str(source.date), Font("Helvetica", 9)))
        yield Placed(57, Piece(layout.right, number, Font("Helvetica", 9), True))
        yield Rule(layout.left, 64, layout.right, 64)
        yield Rule(layout.left, 792, layout.right, 792)
        yield Placed(802, Piece(layout.left, "Justerares signatur", SMALL))
        yield Placed(802, Piece(layout.right, "Expedierat/bestyrkt", SMALL, True))

    return furniture


BREVHUVUD = Layout(
    text=TIMES,
    strong=Font("Helvetica-Bold", 10),
    heading=Font("Helvetica-Bold", 12),
    leading=14,
    gap=7,
    left=85,
    right=515,
    top=92,
    bottom=775,
    column=200,
    bullet=TIMES,
    cover=_no_cover,
    paragraf_head=_letter_head,
    furniture=_letter_furniture,
)

# --- punkter: a sans-serif document with bullets and "Sida 1 av 3", from about 2020 ------------

PLAIN = Font("Helvetica", 10.5)


def _points_cover(layout: Layout, source: Source) -> list[Block]:
    return [title_block(layout, source.municipality, 0)]


def _points_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    title = f"§ {paragraf.number} {paragraf.title or ''}".rstrip()
    rows = lines(title, layout.heading, layout.left, layout.right, layout.leading)
    first = Block(rows, 22)
    dnr = row(layout.left, f"Dnr: {paragraf.dnr}", layout.text, layout.leading)
    return [first, Block((dnr,), 1, with_next=True)] if paragraf.dnr else [first]


def _points_furniture(layout: Layout, source: Source) -> Furniture:
    feet = ("Ordförandens signatur", "Justerarens signatur", "Utdragets riktighet bekräftas")

    def furniture(page: int, total: int) -> Iterator[Placed]:
        yield Placed(42, Piece(layout.left, source.body, Font("Helvetica", 9)))
        for y, text in (
            (42, "Sammanträdesprotokoll"),
            (54, str(source.date)),
            (66, f"Sida {page} av {total}"),
        ):
            yield Placed(y, Piece(layout.right, text, Font("Helvetica", 9), True))
        for index, text in enumerate(feet):
            yield Placed(805, Piece(layout.left + index * 165, text, Font("Helvetica", 8)))

    return furniture


PUNKTER = Layout(
    text=PLAIN,
    strong=Font("Helvetica-Bold", 10.5),
    heading=Font("Helvetica-Bold", 13),
    leading=14,
    gap=8,
    left=70,
    right=525,
    top=96,
    bottom=780,
    column=210,
    bullet=PLAIN,
    cover=_points_cover,
    paragraf_head=_points_head,
    furniture=_points_furniture,
)

# --- yttrande: the verbatim record of the council ----------------------------------------------


def _verbatim_cover(layout: Layout, source: Source) -> list[Block]:
    day = Font("Times-Italic", 11)
    town = source.municipality.removesuffix(" kommun")
    rows = (
        row(layout.left, source.heading, Font("Helvetica-Bold", 20), 30),
        row(layout.left, f"{town}s {source.body.lower()}", layout.heading, 24),
        row(layout.left, f"Sammanträde {source.date}", day, 16),
    )
    return [Block(rows)]


def _verbatim_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    title = f"§ {paragraf.number} {paragraf.title or ''}".rstrip()
    rows = lines(title, layout.heading, layout.left, layout.right, 17)
    first = Block(rows, 24)
    dnr = row(layout.left, f"Ärendenummer {paragraf.dnr}", layout.text, layout.leading)
    return [first, Block((dnr,), 2, with_next=True)] if paragraf.dnr else [first]


def _verbatim_furniture(layout: Layout, source: Source) -> Furniture:
    def furniture(page: int, total: int) -> Iterator[Placed]:
        text = f"{source.body}, {source.heading.lower()} {source.date}"
        yield Placed(806, Piece(layout.left, text, Font("Times-Roman", 9)))
        yield Placed(806, Piece(layout.right, str(page), Font("Times-Roman", 9), True))

    return furniture


YTTRANDE = Layout(
    text=Font("Times-Roman", 12),
    strong=Font("Times-Bold", 12),
    heading=Font("Helvetica-Bold", 14),
    leading=15,
    gap=7,
    left=80,
    right=510,
    top=70,
    bottom=780,
    column=200,
    bullet=Font("Times-Roman", 12),
    cover=_verbatim_cover,
    paragraf_head=_verbatim_head,
    furniture=_verbatim_furniture,
    fresh_page="no",
)

# --- rad: an advisory council; a page of its own for the title ---------------------------------


def _council_cover(layout: Layout, source: Source) -> list[Block]:
    assert source.number, "this layout prints the number of the protokoll"
    rows = (
        row(layout.left, source.body, Font("Helvetica-Bold", 16), 60),
        row(layout.left, f"Protokoll nr {source.number}", layout.text, 20),
        row(layout.left, str(source.date), layout.text, layout.leading),
    )
    return [Block(rows)]


def _council_head(layout: Layout, paragraf: Paragraf) -> list[Block]:
    sign = row(layout.left, f"§ {paragraf.number}", layout.strong, layout.leading)
    first = Block((sign,), 18)
    return [first, title_block(layout, paragraf.title, 0)] if paragraf.title else [first]


def _council_furniture(layout: Layout, source: Source) -> Furniture:
    head = f"{source.body} Protokoll nr {source.number}"

    def furniture(page: int, total: int) -> Iterator[Placed]:
        if page > 1:
            yield Placed(50, Piece(layout.left, head, Font("Helvetica", 9)))
            yield Placed(62, Piece(layout.left, str(source.date), Font("Helvetica", 9)))
        yield Placed(806, Piece(layout.left, f"Sida {page} ({total})", Font("Helvetica", 9)))

    return furniture


RAD = Layout(
    text=PLAIN,
    strong=Font("Helvetica-Bold", 10.5),
    heading=Font("Helvetica-Bold", 12),
    leading=14,
    gap=9,
    left=72,
    right=522,
    top=104,
    bottom=775,
    column=200,
    bullet=Font(WORD_BULLET, 10.5),
    cover=_council_cover,
    paragraf_head=_council_head,
    furniture=_council_furniture,
)

PDF_LAYOUTS = {
    "skrivmaskin": SKRIVMASKIN,
    "spalt": SPALT,
    "blankett": BLANKETT,
    "brevhuvud": BREVHUVUD,
    "punkter": PUNKTER,
    "yttrande": YTTRANDE,
    "rad": RAD,
}
