"""HTML by BeautifulSoup and lxml: blocks, ``<br>`` and rows of tables become lines.

The tree is walked with a stack of our own: pages nest deeper than Python may recurse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag
from bs4.exceptions import ParserRejectedMarkup

from indexer.errors import DocumentError, TooBig
from indexer.extract.decoding import decode_html
from indexer.extract.lines import ASCENT, lines_of
from indexer.extract.sheet import Limits, Piece, Sheet
from indexer.extract.text import BULLET, DINGBAT_FONT, clean, join_letter_spaced
from indexer.model import Box, Cell, Document, Line, Page, SourceKind

MARKUP_PER_CHARACTER = 20  # pages saved by Word hold ten times as much markup as text
XML_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,200}\?>")

# fmt: off
DROPPED = frozenset((
    "head", "script", "style", "template", "noscript", "nav", "iframe", "object", "svg",
    "math", "canvas", "audio", "video", "select", "textarea", "button", "datalist", "dialog",
    "xml",
))
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "td", "th",
    "ul",
))
# fmt: on
CONTENT = ("main", "article")
# What is furniture of the page by its role, or by its class or id, wherever it stands
FURNITURE_ROLES = frozenset(
    (
        "navigation",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
    )
)
FURNITURE_NAMES = re.compile(
    r"(?:(?:site|page|global|main)[-_]?)?(?:footer|sidfot)|side-?bar|breadcrumbs?|brodsmulor"
    r"|(?:cookie|kakor)[\w-]{0,40}|skip-?link|share|related",
    re.IGNORECASE,
)
# but not where it holds a §, or says that the minutes are adjusted
OF_MINUTES = re.compile(r"§|[Jj]ustera|[Vv]id protokollet")
PAGE_NAMES = re.compile(r"page|pf|page-?\d{1,4}(?:-div)?", re.IGNORECASE)  # of converters from PDF
BOLD = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
RUNNING_TEXT = 12.0
HEADING_SIZES = {"h1": 24.0, "h2": 20.0, "h3": 16.0, "h4": 14.0, "h5": 12.0, "h6": 12.0}
# What <font size="1"> to "7" are in browsers (HTML standard, 15.3.4), in points.
FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}

HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
BREAK_BEFORE = re.compile(r"break-before\s*:\s*(?:always|page|left|right)", re.I)
BREAK_AFTER = re.compile(r"break-after\s*:\s*(?:always|page|left|right)", re.I)
NO_LIST_MARK = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
ABSOLUTE = re.compile(r"position\s*:\s*absolute", re.I)
PLACE = re.compile(r"(?<![\w-])(top|left)\s*:\s*(\d{1,6}(?:\.\d{1,4})?)\s*(pt|px|(?=;|$))", re.I)
FONT_SIZE = re.compile(r"font-size\s*:\s*(\d{1,4}(?:\.\d{1,4})?)\s*(pt|px|r?em|%)", re.I)
FONT_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|normal|\d{3})", re.I)
FONT_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([\w ]{1,40})", re.I)
POINTS = {"pt": 1.0, "px": 0.75, "rem": RUNNING_TEXT}  # one of them; others are relative
# Lines set at fixed places, as converters from PDF write them
PLACED_LINES = 3  # fewer on a page are ornaments
LINE_STEP = 1.25  # from one line to the next, in font sizes
LETTER_WIDTH = 0.5  # in font sizes, on the average


@dataclass(frozen=True, slots=True)
class _Style:
    """How text is set where the walk stands."""

    size: float = RUNNING_TEXT
    bold: bool = False
    dingbats: bool = False
    preformatted: bool = False
    in_content: bool = False  # inside <main> or <article>
    place: tuple[float, float] | None = None  # left and top on the page, in points


Lines = list[Line | None]  # None is a page break


@dataclass(slots=True)
class _Table:
    """The table the walk is in: the cells of its row so far, and the columns taken from above."""

    row: list[tuple[int, int, Lines]] = field(default_factory=list)  # column, next column, lines
    column: int = 0
    rows_taken: dict[int, int] = field(default_factory=dict)  # by column, in this and next rows


@dataclass(slots=True)
class _List:
    """The list the walk is in. ``number`` of its next item, None where items have bullets."""

    number: int | None
    letters: str = ""  # "a" or "A" where items have letters
    marked: bool = True


def read_html(data: bytes, limits: Limits) -> Document:
    """The lines of an HTML page. Raises DocumentError if it cannot be read or shows no text."""
    markup = XML_DECLARATION.sub("", decode_html(data).replace("\x00", ""), count=1)
    if len(markup) > MARKUP_PER_CHARACTER * limits.max_characters:
        raise TooBig(f"too big: {len(markup)} characters of HTML, most of them markup")
    try:
        soup = BeautifulSoup(markup, "lxml")
    except (ParserRejectedMarkup, AssertionError, RecursionError) as error:
        raise DocumentError(f"damaged: the HTML parser gave up: {type(error).__name__}") from error
    walk = _Walk(limits, _holders(soup), has_content=soup.find(CONTENT) is not None)
    walk.through(soup)
    pages = _pages(walk.lines)
    if not pages:
        raise DocumentError("no text: the HTML page shows none")
    limits.check_pages(len(pages))
    title = clean(soup.title.get_text()) if soup.title else ""
    return Document(SourceKind.HTML, "html", pages, title)


def _holders(soup: BeautifulSoup) -> set[int]:
    """The ids of all elements with text that is of minutes, whatever they are called."""
    holders: set[int] = set()
    for text in soup.find_all(string=OF_MINUTES):
        element = text.parent if text.parent and text.parent.name not in DROPPED else None
        while element is not None and id(element) not in holders:
            holders.add(id(element))
            element = element.parent
    return holders


def _pages(lines: Lines) -> tuple[Page, ...]:
    """The lines cut at page breaks; pages without lines are left out."""
    pages: list[list[Line]] = [[]]
    size = _size(lines)
    for line in lines:
        above = pages[-1][-1] if pages[-1] else None
        if above and (line is None or _jumps_up(above, line, size)):
            pages.append([])
        if line is not None:
            pages[-1].append(line)
    filled = (page for page in pages if page)
    return tuple(_page(number, page, size) for number, page in enumerate(filled, 1))


def _size(lines: Lines) -> float:
    """The font size of running text among placed lines, told by the step between them."""
    tops = [line.box.top for line in lines if line and line.box]
    steps = Counter(round(below - above, 1) for above, below in pairwise(tops) if below > above + 1)
    step = steps.most_common(1)[0][0] if steps else LINE_STEP * RUNNING_TEXT
    return min(step / LINE_STEP, 2 * RUNNING_TEXT)


def _jumps_up(above: Line, line: Line, size: float) -> bool:
    """Whether a placed line stands well above the one before: on the next page, most likely. To
    the right there may be another column."""
    if not above.box or not line.box:
        return False
    lines = 3 if line.box.x0 > above.box.x0 else 1
    return line.box.top < above.box.top - lines * size


def _page(number: int, lines: list[Line], size: float) -> Page:
    """A page; placed lines come in the order of their places, with boxes of about their extent."""
    pieces = [_piece(line, line.box, size) for line in lines if line.box]
    if len(pieces) < PLACED_LINES:
        return Page(number, 0.0, 0.0, tuple(replace(line, box=None) for line in lines))
    width = max(piece.x + piece.width for piece in pieces)
    height = max(piece.y + piece.size for piece in pieces)
    ordered: list[Line] = []
    for placed, run in groupby(lines, key=lambda line: line.box is not None):
        if placed:
            count = sum(1 for _ in run)
            ordered += lines_of(Sheet(width, height, tuple(pieces[:count]), 0.0))
            del pieces[:count]
        else:
            ordered += run
    return Page(number, width, height, tuple(ordered))


def _piece(line: Line, box: Box, size: float) -> Piece:
    size *= line.size / RUNNING_TEXT
    width = LETTER_WIDTH * size * len(line.text)
    return Piece(line.text, box.x0, box.top + ASCENT * size, width, size, line.bold)


class _Walk:
    """Goes through the tree in the order of reading and collects lines."""

    def __init__(self, limits: Limits, holders: set[int], *, has_content: bool) -> None:
        self.limits = limits
        self.holders = holders  # ids of elements that hold what is of minutes
        self.has_content = has_content
        self.characters = 0
        self.lines: Lines = []  # of the cell the walk is in, of the page outside of tables
        self.outer_lines: list[Lines] = []  # what ``lines`` was before each cell now open
        self.runs: list[tuple[str, _Style]] = []  # text of the line so far
        self.mark = ""  # of the list item that begins
        self.lists: list[_List] = []
        self.tables: list[_Table] = []
        self.last_place: tuple[float, float] | None = None  # of the line above

    def through(self, root: Tag) -> None:
        todo: list[tuple[PageElement, _Style, bool]] = [(root, _Style(), False)]
        while todo:
            node, style, leaving = todo.pop()
            if not isinstance(node, Tag):
                if type(node) in (NavigableString, CData):
                    self._add(str(node), style)
            elif leaving:
                self._leave(node)
            elif not self._is_dropped(node, style):
                style = _style(node, style)
                self._enter(node)
                todo.append((node, style, True))
                todo.extend((child, style, False) for child in reversed(node.contents))
        self._end_line()

    def _is_dropped(self, tag: Tag, style: _Style) -> bool:
        """Whether the element is not shown, or is a menu and no part of the text."""
        if tag.name in DROPPED or tag.get("hidden") is not None:
            return True
        if id(tag) not in self.holders and _is_furniture(tag):
            return True
        if tag.name in ("header", "footer") and not style.in_content:
            return (self.has_content and tag.find(CONTENT) is None) or _is_mostly_links(tag)
        return bool(HIDDEN.search(_css(tag)))

    def _enter(self, tag: Tag) -> None:
        name, css = tag.name, _css(tag)
        if name in BLOCKS or name == "br" or ABSOLUTE.search(css):
            self._end_line()
        if name == "hr" or (css and BREAK_BEFORE.search(css)) or _is_named(tag, PAGE_NAMES):
            self._break_page()
        if name in ("ul", "menu", "dir", "ol"):
            self.lists.append(_list(tag))
        elif name == "li" and self.lists:
            self.mark = _next_mark(tag, self.lists[-1])
        elif name == "table":
            self.tables.append(_Table())
        elif name in ("td", "th") and self.tables:
            self.outer_lines.append(self.lines)
            self.lines = []

    def _leave(self, tag: Tag) -> None:
        name, css = tag.name, _css(tag)
        if name in BLOCKS or ABSOLUTE.search(css):
            self._end_line()
        if name in ("ul", "menu", "dir", "ol"):
            self.lists.pop()
        elif name == "li":
            self.mark = ""
        elif name in ("td", "th") and self.tables:
            _add_cell(self.tables[-1], tag, self.lines)
            self.lines = self.outer_lines.pop()
        elif name == "tr" and self.tables:
            self.lines += _row_lines(self.tables[-1])
        elif name == "table":
            self.lines += _row_lines(self.tables.pop())
        if css and BREAK_AFTER.search(css):
            self._break_page()

    def _add(self, text: str, style: _Style) -> None:
        self.characters += len(text)
        self.limits.check_characters(self.characters)
        if style.dingbats and text.strip():
            text = BULLET + " "
        if style.preformatted:
            first, *rest = text.split("\n")
            self.runs.append((first, style))
            for line in rest:
                self._end_line()
                self.runs.append((line, style))
        else:
            self.runs.append((text, style))

    def _end_line(self) -> None:
        runs = [(text, style) for text, style in self.runs if text.strip()]
        text = clean("".join(text for text, _ in self.runs))
        self.runs.clear()
        if text:
            sizes: Counter[float] = Counter()
            for run, style in runs:
                sizes[style.size] += len(run)
            bold = all(style.bold for _, style in runs)
            text = self.mark + join_letter_spaced(text)
            size = sizes.most_common(1)[0][0]
            self.lines.append(Line(text, self._box(runs[0][1].place, size), size, bold))
            self.mark = ""

    def _box(self, place: tuple[float, float] | None, size: float) -> Box | None:
        """Where a line begins, as a box without extent; lines of one element stand apart."""
        if place is None or self.outer_lines:
            return None
        x, y = place
        above = self.lines[-1].box if self.lines and self.lines[-1] else None
        if above and self.last_place is place:
            y = above.top + LINE_STEP * size
        self.last_place = place
        return Box(x, y, x, y)

    def _break_page(self) -> None:
        self._end_line()
        self.lines.append(None)


def _css(tag: Tag) -> str:
    css = tag.get("style")
    return css if isinstance(css, str) else ""


def _style(tag: Tag, style: _Style) -> _Style:
    """The style inside the element, given that around it."""
    name, css = tag.name, _css(tag)
    if name in BOLD:
        style = replace(style, bold=True, size=HEADING_SIZES.get(name, style.size))
    elif name == "font" and tag.get("size") in FONT_SIZES:
        style = replace(style, size=FONT_SIZES[str(tag["size"])])
    elif name == "pre":
        style = replace(style, preformatted=True)
    elif name in CONTENT:
        style = replace(style, in_content=True)
    if name in BLOCKS or ABSOLUTE.search(css):
        style = replace(style, place=_place(css, style.place))
    if not css:
        return style
    if size := FONT_SIZE.search(css):
        number, unit = float(size[1]), size[2].lower()
        relative = style.size / 100 if unit == "%" else style.size
        style = replace(style, size=round(number * POINTS.get(unit, relative), 1))
    if weight := FONT_WEIGHT.search(css):
        style = replace(style, bold=weight[1].lower() == "bold" or weight[1] >= "600")
    if family := FONT_FAMILY.search(css):
        style = replace(style, dingbats=bool(DINGBAT_FONT.search(family[1])))
    return style


def _place(css: str, around: tuple[float, float] | None) -> tuple[float, float] | None:
    """Left and top of an element with a fixed place; None for any other, and off the page."""
    if not ABSOLUTE.search(css):
        return None
    found = {side.lower(): (float(n), unit.lower() or "px") for side, n, unit in PLACE.findall(css)}
    if "top" not in found:
        return None
    x, y = around or (0.0, 0.0)
    left, top = (n * POINTS[unit] for n, unit in (found.get("left", (0.0, "px")), found["top"]))
    return x + left, y + top


def _is_furniture(tag: Tag) -> bool:
    if tag.name == "aside" or tag.get("role") in FURNITURE_ROLES:
        return True
    return _is_named(tag, FURNITURE_NAMES)


def _is_named(tag: Tag, names: re.Pattern[str]) -> bool:
    """Whether the id of an element or one of its classes is such a name."""
    if tag.name == "body":
        return False
    words = [*tag.get_attribute_list("class"), *tag.get_attribute_list("id")]
    return any(isinstance(word, str) and names.fullmatch(word) for word in words)


def _is_mostly_links(tag: Tag) -> bool:
    """Whether more than half of the text stands in links, as in a menu."""
    linked = sum(len(link.get_text()) for link in tag.find_all("a"))
    return 2 * linked > len(tag.get_text())


def _list(tag: Tag) -> _List:
    marked = not NO_LIST_MARK.search(_css(tag))
    if tag.name != "ol":
        return _List(None, marked=marked)
    kind = str(tag.get("type", ""))
    return _List(_integer(tag.get("start"), 1), kind if kind in ("a", "A") else "", marked)


def _next_mark(item: Tag, items: _List) -> str:
    """The mark the browser puts before the item, and a blank."""
    if not items.marked:
        return ""
    if items.number is None:
        return BULLET + " "
    number = _integer(item.get("value"), items.number)
    items.number = number + 1
    if items.letters and 1 <= number <= 26:
        return chr(ord(items.letters) + number - 1) + ". "
    return f"{number}. "


def _integer(value: object, default: int) -> int:
    digits = re.fullmatch(r"\s*(\d{1,5})\s*", str(value))
    return int(digits[1]) if digits else default


def _add_cell(table: _Table, tag: Tag, lines: Lines) -> None:
    """Puts the cell in the first column that no cell from a row above still takes."""
    while table.rows_taken.get(table.column):
        table.column += 1
    columns = min(max(_integer(tag.get("colspan"), 1), 1), 1000)  # the HTML standard's most
    rows = _integer(tag.get("rowspan"), 1)
    for column in range(table.column, table.column + columns):
        table.rows_taken[column] = rows
    table.row.append((table.column, table.column + columns, lines))
    table.column += columns


def _row_lines(table: _Table) -> Lines:
    """What the finished row of the table yields; the table is ready for the next one.

    One line with cells where no cell holds more than one line, otherwise (a table for layout, or
    blocks in cells) the lines of one cell after the other.
    """
    row = table.row
    table.row, table.column = [], 0
    table.rows_taken = {c: rows - 1 for c, rows in table.rows_taken.items() if rows > 1}
    filled = [(column, end, lines) for column, end, lines in row if lines]
    singles = [(c, end, line) for c, end, lines in filled for line in lines if len(lines) == 1]
    if len(filled) < 2 or len(singles) < len(filled):
        return [line for _, _, lines in filled for line in lines]
    if any(line is None or line.cells for _, _, line in singles):
        return [line for _, _, line in singles]
    return [_row_line([(c, end, line) for c, end, line in singles if line is not None])]


def _row_line(row: Sequence[tuple[int, int, Line]]) -> Line:
    text = ""
    cells = []
    sizes: Counter[float] = Counter()
    for column, end, line in row:
        start = len(text) + 1 if text else 0
        text = f"{text} {line.text}" if text else line.text
        cells.append(Cell(start, len(text), float(column), float(end)))
        sizes[line.size] += len(line.text)
    bold = all(line.bold for _, _, line in row)
    return Line(text, None, sizes.most_common(1)[0][0], bold, tuple(cells))
