"""Makes the blocks of a printed protokoll, as a layout says: headings, labels, stycken, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from corpus.source import Paragraf, Part, Shape, Source, Stycke
from corpus.typesetting import (
    Block,
    Font,
    Furniture,
    Piece,
    Row,
    break_lines,
    typeset,
    write_pdf,
)
from indexer.model import PartKind


@dataclass(frozen=True, slots=True)
class Layout:
    """One house style. Lengths in points; ``column`` is where the second of two columns begins."""

    text: Font
    strong: Font  # labels
    heading: Font  # titles of §§
    leading: float
    gap: float  # between two stycken
    left: float
    right: float  # right edge of the text, from the left edge of the page
    top: float
    bottom: float
    column: float
    bullet: Font
    cover: Callable[[Layout, Source], list[Block]]
    paragraf_head: Callable[[Layout, Paragraf], list[Block]]
    furniture: Callable[[Layout, Source], Furniture]
    fresh_page: Literal["no", "first", "each"] = "first"  # which §§ begin a page
    names: tuple[float, ...] = ()  # the columns of the attendance, where it has its own


def render_pdf(source: Source, layout: Layout) -> tuple[bytes, dict[int, int]]:
    """The PDF, and the page of each § counted from 0."""
    draft = typeset(_blocks(source, layout, {}), layout.top, layout.bottom)
    pages = typeset(_blocks(source, layout, draft.anchors), layout.top, layout.bottom)
    assert pages.anchors == draft.anchors, "page numbers in the contents list move no line"
    title = f"{source.body} {source.date}"
    return write_pdf(pages, layout.furniture(layout, source), title), pages.anchors


def _blocks(source: Source, layout: Layout, pages: dict[int, int]) -> Iterator[Block]:
    yield from layout.cover(layout, source)
    for part in source.front:
        yield from _part_blocks(layout, part)
        if part.kind is PartKind.INNEHALL and not part.stycken:
            yield from _contents(layout, source, pages)
    for index, paragraf in enumerate(source.paragrafer):
        first, *others = layout.paragraf_head(layout, paragraf)
        fresh = layout.fresh_page == "each" or (layout.fresh_page == "first" and index == 0)
        yield replace(first, with_next=True, new_page=fresh, anchor=index)
        yield from others
        for part in paragraf.parts:
            yield from _part_blocks(layout, part)


def _part_blocks(layout: Layout, part: Part) -> Iterator[Block]:
    if part.label:
        rows = lines(part.label, layout.strong, layout.left, layout.right, layout.leading)
        yield Block(rows, layout.gap * 1.4, with_next=True)
    tight = bool(part.label)
    in_columns = part.kind in (PartKind.NARVARO, PartKind.JUSTERING)
    columns = layout.names if in_columns else ()
    for stycke in part.stycken:
        yield _stycke_block(layout, stycke, tight, columns)
        tight = stycke.shape is Shape.SUBHEAD


def _stycke_block(
    layout: Layout, stycke: Stycke, tight: bool, columns: tuple[float, ...] = ()
) -> Block:
    """Set one stycke; ``tight`` where it follows its heading without white space.

    ``columns`` is where the cells of a row begin, if not where the layout has them.
    """
    before = 0 if tight else layout.gap
    if stycke.shape is Shape.ROW:
        apart = len(stycke.cells) > 1 and stycke.cells[0]
        starts = columns[: len(stycke.cells)] or _column_starts(layout, len(stycke.cells))
        labelled = bool(columns) or len(stycke.cells) == 2
        return Block(_table_row(layout, stycke, starts, labelled), 2 if apart else 0)
    if stycke.shape is Shape.SUBHEAD:
        rows = lines(stycke.text, layout.strong, layout.left, layout.right, layout.leading)
        return Block(rows, layout.gap * 1.4, with_next=True)
    if stycke.shape is Shape.BULLET:
        sign = Piece(layout.left + 3, "•", layout.bullet)
        return Block(_hanging(layout, sign, stycke.text), before / 3)
    if stycke.shape is Shape.NUMBERED:
        number, text = stycke.text.split(" ", 1)
        return Block(_hanging(layout, Piece(layout.left, number, layout.text), text), before / 3)
    return Block(lines(stycke.text, layout.text, layout.left, layout.right, layout.leading), before)


def lines(text: str, font: Font, x: float, right: float, leading: float) -> tuple[Row, ...]:
    """Break text into rows between ``x`` and ``right``."""
    drop = max(leading, font.size * 1.2)
    return tuple(Row(drop, (Piece(x, line, font),)) for line in break_lines(text, font, right - x))


def _hanging(layout: Layout, sign: Piece, text: str) -> tuple[Row, ...]:
    """Lines indented behind a sign."""
    x = layout.left + 18
    first, *others = lines(text, layout.text, x, layout.right, layout.leading)
    return (Row(first.drop, (sign, *first.pieces)), *others)


def _table_row(
    layout: Layout, stycke: Stycke, starts: tuple[float, ...], labelled: bool
) -> tuple[Row, ...]:
    """The cells side by side, each broken into lines in its own column.

    ``labelled``: the first cell is a label.
    """
    ends = [*(start - 8 for start in starts[1:]), layout.right]
    label = layout.strong if labelled else layout.text
    fonts = [label, *(layout.text for _ in stycke.cells[1:])]
    columns = [
        [Piece(start, line, font) for line in break_lines(cell, font, end - start)]
        for cell, font, start, end in zip(stycke.cells, fonts, starts, ends, strict=True)
    ]
    return tuple(
        Row(layout.leading, tuple(piece for piece in pieces if piece and piece.text))
        for pieces in zip_longest(*columns)
    )


def _column_starts(layout: Layout, count: int) -> tuple[float, ...]:
    """Two cells are a label and its value; of more, the first is wide and the others alike."""
    if count <= 2:
        return (layout.left, layout.column)[:count]
    wide = layout.left + (layout.right - layout.left) * 0.52
    step = (layout.right - wide) / (count - 1)
    return (layout.left, *(wide + step * i for i in range(count - 1)))


def _contents(layout: Layout, source: Source, pages: dict[int, int]) -> Iterator[Block]:
    """A contents list with dot leaders and page numbers."""
    for index, paragraf in enumerate(source.paragrafer):
        page = str(pages.get(index, 1))
        x = layout.left + 40
        rows = lines(paragraf.title or "", layout.text, x, layout.right - 40, layout.leading)
        last = rows[-1].pieces[0]
        begin = last.x + layout.text.width(last.text) + 3
        dots = "." * int((layout.right - 14 - begin) / layout.text.width("."))
        pieces = (Piece(begin, dots, layout.text), Piece(layout.right, page, layout.text, True))
        number = Piece(layout.left, f"§ {paragraf.number}", layout.text)
        closed = (*rows[:-1], Row(rows[-1].drop, (last, *pieces)))
        yield Block((Row(closed[0].drop, (number, *closed[0].pieces)), *closed[1:]), 2)


def row(x: float, text: str, font: Font, drop: float) -> Row:
    """A row of a single piece."""
    return Row(drop, (Piece(x, text, font),))


def title_block(layout: Layout, title: str, before: float) -> Block:
    """The title of a § below its number."""
    rows = lines(title, layout.heading, layout.left, layout.right, layout.leading)
    return Block(rows, before, with_next=True)
