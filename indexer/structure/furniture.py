"""Which lines of a page are body text, and which are page furniture.

Furniture is found from the edges of a page inwards: a line belongs to it when it has the shape of
furniture (page numbers, signature rows), or when nearly the same words stand nearly as high on
other pages, in the margin and apart from the text. The first line that is neither ends the search
on that edge. In doubt a line is text: what is taken away wrongly may be a decision.

Lines of HTML have no height. There the head is found again by its words in their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.model import Box, Document, Line, Page
from indexer.structure import label_patterns, patterns, speech_patterns

EDGE_LINES = 12  # no head or foot was seen with more lines
SAME_HEIGHT = 4.0  # points; a running head does not move more than this between pages
# Share of the pages a running line must stand on: left and right pages may differ, and covers and
# appendices have none. The first line of the body stands at one height too, but has other words.
REPEATED = 0.45
# Shares of the height of a page that heads and feet keep to; seen were 0.12 and 0.08
HEAD_ZONE, FOOT_ZONE = 0.25, 0.12
APART = 0.8  # line heights of blank between furniture and text; seen were 0.9 and more
AGAIN = 3  # lines of the first head that show it to be there again in mid page
BELOW_LABEL = 2.0  # line heights of blank between a label and its text
LONG = 80  # characters; labels and names are shorter
# Text even where it is repeated at the top of pages: a § number, a label, who speaks
BODY_SHAPES = (
    patterns.HEADING,
    patterns.HEADING_BY_DNR,
    label_patterns.LABEL,
    speech_patterns.CHAIR_LINE,
    speech_patterns.NAME_LINE,
    speech_patterns.ANFORANDE_LINE,
)
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and its page. ``gap``: blank height above it in line heights, None at the top of a
    page and in HTML."""

    line: Line
    page: int
    gap: float | None


def split(document: Document) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The body lines and the furniture of a document, both in reading order."""
    running = _running_lines(document.pages)
    again = _first_head_again(document.pages)
    body: list[Placed] = []
    furniture: list[Placed] = []
    for page in document.pages:
        edges = _edges(page, running) | again.get(page.number, set())
        for index, placed in enumerate(_placed(page, edges)):
            (furniture if index in edges else body).append(placed)
    return tuple(body), tuple(furniture)


def _placed(page: Page, edges: set[int]) -> Iterator[Placed]:
    above: Line | None = None
    for index, line in enumerate(page.lines):
        gap = None
        if above and above.box and line.box:
            height = max(line.box.bottom - line.box.top, 1.0)
            gap = (line.box.top - above.box.bottom) / height
        yield Placed(line, page.number, gap)
        above = None if index in edges else line


def _key(page: Page, line: Line) -> tuple[str, int] | None:
    """The words of a line without their numbers, and its height on the page in steps; None where
    it cannot be furniture."""
    if line.box is None or not _in_margin(page, line.box) or _is_body(line.text):
        return None
    return DIGITS.sub("0", line.text), round(line.box.top / SAME_HEIGHT)


def _in_margin(page: Page, box: Box) -> bool:
    below_head = box.bottom > page.height * HEAD_ZONE
    return not below_head or box.top > page.height * (1 - FOOT_ZONE)


def _near(key: tuple[str, int]) -> Iterator[tuple[str, int]]:
    text, step = key
    return ((text, near) for near in (step - 1, step, step + 1))


def _running_lines(pages: Iterable[Page]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    number = 0
    for page in pages:
        number += 1
        count = len(page.lines)
        edges = {*range(min(count, EDGE_LINES)), *range(max(count - EDGE_LINES, 0), count)}
        counts.update(
            key
            for index in edges
            if (key := _key(page, page.lines[index])) and not _below_label(page, index)
        )

    def least(text: str) -> float:
        """A whole sentence may be a decision taken again and again: it must be on every page."""
        return max(3, number) if patterns.SENTENCE.fullmatch(text) else max(2, number * REPEATED)

    return {key for key in counts if sum(counts[near] for near in _near(key)) >= least(key[0])}


def _first_head_again(pages: Iterable[Page]) -> dict[int, set[int]]:
    """By page, where the first lines of HTML stand once more, but for their numbers."""
    lines = [
        (page.number, index, DIGITS.sub("0", line.text))
        for page in pages
        for index, line in enumerate(page.lines)
        if line.box is None
    ]
    head = list(takewhile(lambda text: not _is_body(text), (row[2] for row in lines[:EDGE_LINES])))
    again: dict[int, set[int]] = {}
    for start, (_, first, _) in enumerate(lines[1:], start=1):
        pairs = zip(head, lines[start : start + len(head)], strict=False)
        alike = list(takewhile(lambda pair: pair[0] == pair[1][2], pairs))
        if len({text for text, _ in alike}) >= (1 if first == 0 else AGAIN):
            for _, (page, index, _) in alike:
                again.setdefault(page, set()).add(index)
    return again


def _is_body(text: str) -> bool:
    return any(shape.fullmatch(text[:LONG]) for shape in BODY_SHAPES)


def _edges(page: Page, running: set[tuple[str, int]]) -> set[int]:
    down, up = range(len(page.lines)), range(len(page.lines) - 1, -1, -1)
    return {*_edge(page, down, running), *_edge(page, up, running)}


def _edge(page: Page, inwards: Sequence[int], running: set[tuple[str, int]]) -> list[int]:
    """The lines of furniture from one edge inwards, as far as they stand apart from the text; only
    the outermost need not."""
    taken: list[int] = []
    apart = 0
    for index in inwards[:EDGE_LINES]:
        line = page.lines[index]
        shaped = patterns.FURNITURE.fullmatch(line.text)
        if not shaped and _key(page, line) not in running:
            break
        taken.append(index)
        within = inwards[len(taken)] if len(taken) < len(inwards) else None
        number = line.bold and line.text.isdigit()  # of the page, or of the § right below
        settled = not number and (shaped or index == inwards[0])
        if settled or within is None or _gap(page.lines[within], line) > APART:
            apart = len(taken)
    return taken[:apart]


def _below_label(page: Page, index: int) -> bool:
    """Whether a line may be what a label announces: right below it, though a blank line between."""
    above, line = page.lines[index - 1] if index else None, page.lines[index]
    if above is None or _gap(above, line) > BELOW_LABEL:
        return False
    return bool(label_patterns.LABEL.fullmatch(above.text[:LONG].rstrip(" :")))


def _gap(one: Line, other: Line) -> float:
    """The blank height between two lines, in line heights."""
    if not one.box or not other.box:
        return 0.0
    upper, lower = sorted((one.box, other.box), key=lambda box: box.top)
    return (lower.top - upper.bottom) / max(one.box.bottom - one.box.top, 1.0)
