"""Lines to text: stycken that run over lines and pages become whole again, and so do words.

Whether a hyphen at the end of a line belongs to the word is decided by its shape, and in doubt by
the document's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import LineSpan, Span
from indexer.structure import patterns
from indexer.structure.furniture import Placed

WORD = re.compile(r"[\w-]+")
LAST_WORD = re.compile(r"(?<![\w-])[\w-]*-$")
FIRST_WORD = re.compile(r"\w[\w-]*")
# "vatten-" / "och avloppsbolaget": the hyphen stands for what follows later
SUSPENDED = re.compile(r"(?:och|eller|samt|respektive|alternativt)\b")


def vocabulary(lines: Iterable[Placed]) -> frozenset[str]:
    """All words that stand whole on a line, folded."""
    words: set[str] = set()
    for placed in lines:
        found = WORD.findall(placed.line.text.casefold())
        words.update(found[:-1] if found and found[-1].endswith("-") else found)
    return frozenset(words)


def seam(before: str, after: str, words: frozenset[str]) -> tuple[int, str]:
    """How two lines are joined: how many characters fall at the end of the first, and what is put
    between them.

    >>> seam("kulturarvsinsti-", "tutet", frozenset())
    (1, '')
    >>> seam("vatten-", "och avloppsbolaget", frozenset())
    (0, ' ')
    """
    if before.endswith(("–", "—", "/")) and before[-2:-1].isdigit() and after[:1].isdigit():
        return 0, ""
    head = LAST_WORD.search(before)
    tail = FIRST_WORD.match(after)
    if not head or not tail or len(head[0]) < 2 or before[-2:-1] == "-":
        return 0, " "
    if SUSPENDED.match(after):
        return 0, " "
    if before[-2].isdigit() or before[-2].isupper() or not after[0].islower():
        return 0, ""
    whole = (head[0][:-1] + tail[0]).casefold()
    hyphened = (head[0] + tail[0]).casefold()
    if hyphened in words and whole not in words:
        return 0, ""
    return 1, ""


@dataclass(frozen=True, slots=True)
class Stycke:
    """A stretch of text of one nature: lines ``first`` to ``last`` of the body."""

    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Composed:
    """``text``, its stycken, and for every body line its place in it."""

    text: str
    stycken: tuple[Stycke, ...]
    lines: tuple[LineSpan, ...]


def compose(lines: Sequence[Placed], begins: Sequence[bool]) -> Composed:
    """Joins lines to stycken; a line with ``begins`` starts a new one."""
    words = vocabulary(lines)
    pieces: list[str] = []
    length = 0
    spans: list[LineSpan] = []
    starts: list[tuple[int, int]] = []  # (offset in text, index of the line)
    for index, placed in enumerate(lines):
        text = placed.line.text
        if not index or begins[index]:
            if pieces:
                pieces.append("\n")
                length += 1
            starts.append((length, index))
        else:
            falls, between = seam(lines[index - 1].line.text, text, words)
            if falls:
                pieces[-1] = pieces[-1][:-falls]
                length -= falls
                spans[-1] = _shortened(spans[-1], falls)
            pieces.append(between)
            length += len(between)
        pieces.append(text)
        spans.append(LineSpan(placed.page, placed.line.box, Span(length, length + len(text))))
        length += len(text)
    if pieces:
        pieces.append("\n")
        length += 1
    ends = [(offset, index) for offset, index in starts[1:]] + [(length, len(lines))]
    stycken = tuple(
        Stycke(Span(start, end), first, last - 1)
        for (start, first), (end, last) in zip(starts, ends, strict=True)
    )
    return Composed("".join(pieces), stycken, tuple(spans))


def _shortened(line: LineSpan, by: int) -> LineSpan:
    return LineSpan(line.page, line.box, Span(line.span.start, line.span.end - by))


def right_margin(lines: Sequence[Placed]) -> float:
    """Where running text ends to the right, in points: only one line in fifty goes further."""
    ends = sorted(placed.line.box.x1 for placed in lines if placed.line.box)
    return ends[len(ends) * 49 // 50] if ends else 0.0


def had_room(above: Placed, placed: Placed, margin: float) -> bool:
    """Whether the first word of a line would have found room at the end of the line above."""
    before, line = above.line.box, placed.line.box
    if not before or not line:
        return True
    first_word = placed.line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) / max(len(placed.line.text), 1) * (len(first_word) + 1)
    return before.x1 + width < margin - 2 * placed.line.size


def continues(above: Placed, placed: Placed, margin: float) -> bool:
    """Whether a line of running text goes on with the stycke of the line above."""
    before, line = above.line, placed.line
    if before.text.endswith("§"):  # of a citation; the number follows
        return True
    if not before.box or not line.box:
        return divided(before.text, line.text)
    item = _begins_item(before.text, line.text) and not _ends_on_number(above, placed, margin)
    if line.cells or before.cells or item:
        return divided(before.text, line.text)
    if before.bold != line.bold or abs(before.size - line.size) > 0.6:
        return False
    if above.page != placed.page:
        return not patterns.SENTENCE_END.search(before.text) or line.text[:1].islower()
    if placed.gap is not None and placed.gap > 0.5:
        return False
    return not (had_room(above, placed, margin) and patterns.SENTENCE_END.search(before.text))


def _begins_item(before: str, after: str) -> bool:
    if patterns.THAT_ITEM.match(after):
        return bool(patterns.BEFORE_THAT.search(before[-20:]))
    return bool(patterns.BULLET.match(after))


def _ends_on_number(above: Placed, placed: Placed, margin: float) -> bool:
    """Whether a sentence ends with a figure on the next line: "… stannar vid" / "24. Den …"."""
    before, line = above.line, placed.line
    number = patterns.ITEM_NUMBER.match(line.text)
    if not number or int(number[1]) < 2 or patterns.BULLET.match(before.text):
        return False
    aligned = bool(before.box and line.box and abs(before.box.x0 - line.box.x0) < 1)
    full = not had_room(above, placed, margin)
    return aligned and full and before.text[-1:].islower()


def divided(before: str, after: str) -> bool:
    """Whether a word runs over from one line to the next."""
    return bool(LAST_WORD.search(before)) and after[:1].islower()
