"""Which lines are § headings: by their shape, and by the sequence of their numbers.

A citation ("§ 207 att flytta ladan") may begin a line and look like a heading, and a contents list
holds every heading once more. So all that may be headings are gathered as candidates, and the run
of rising numbers with the greatest weight wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.identifiers import find_dnr, parse_dnr
from indexer.model import Line, Span
from indexer.structure import label_patterns, patterns
from indexer.structure.furniture import Placed

BLANK = 0.6  # line heights of blank above a line that starts something new
LINE_END = 40  # characters at the end of a line that say whether it breaks off
LEADER_LENGTH = 120  # characters; a leader is not longer than a line
PAGE_NUMBER = re.compile(r"\d{1,3}")
MAX_TITLE = 400  # characters in which a dnr is looked for; HTML lines may be whole pages
ROOM = 8  # lines of text after a heading that speak for it; an entry of a contents list has 0-2


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may head a §. ``title`` is where the title stands in the line's text."""

    index: int
    number: str
    weight: float
    dnr: str | None = None
    title: Span | None = None
    continued: bool = False

    @property
    def order(self) -> int:
        """12 < 12a < 12b < 13 as whole numbers."""
        digits = int("".join(c for c in self.number if c.isdigit()))
        letter = self.number[-1]
        return digits * 32 + (ord(letter) - 96 if letter.isalpha() else 0)


def find(lines: Sequence[Placed], body_size: float) -> tuple[list[Heading], list[Heading]]:
    """The headings, and the candidates that are none of them."""
    strong = [
        heading
        for index in range(len(lines))
        if (heading := _candidate(lines, index, body_size, _by_sign))
    ]
    accepted = rising_run(_with_room(strong, len(lines)))
    if accepted:
        accepted = _fill_gaps(lines, accepted, body_size)
    else:
        listed = _listed(lines)
        weak = [
            heading
            for index in range(len(lines))
            if _is_set_as_heading(lines, index, body_size) or _entry(lines[index]) in listed
            if (heading := _candidate(lines, index, body_size, _by_number))
        ]
        accepted = rising_run(_with_room(weak, len(lines)))
    chosen = {heading.index for heading in accepted}
    return accepted, [heading for heading in strong if heading.index not in chosen]


def _entry(placed: Placed) -> str:
    """A line as it would stand in a contents list, without leader and page number."""
    text = placed.line.text
    return patterns.LEADER.sub("", text[-LEADER_LENGTH:]).strip().casefold()


def _listed(lines: Sequence[Placed]) -> set[str]:
    """What stands twice or more, once perhaps with a leader: headings and their contents list."""
    counts = Counter(_entry(placed) for placed in lines)
    return {entry for entry, count in counts.items() if count > 1 and not entry.isdigit()}


def _is_set_as_heading(lines: Sequence[Placed], index: int, body_size: float) -> bool:
    """Whether the type of a line stands out; below a bare number, that of its title must too."""
    last = index + (lines[index].line.text.isdigit() and index + 1 < len(lines))
    return all(stands_out(placed, body_size) for placed in lines[index : last + 1])


def is_contents_entry(line: Line) -> bool:
    """Whether a line ends in a leader ("§ 12 Murar ......... 4") or in a column of page numbers."""
    last = line.text[line.cells[-1].start :] if line.cells else ""
    return bool(patterns.LEADER.search(line.text[-LEADER_LENGTH:]) or PAGE_NUMBER.fullmatch(last))


def stands_out(placed: Placed, body_size: float) -> bool:
    """Bold or larger than running text."""
    return placed.line.bold or placed.line.size > body_size * 1.05


Match = Callable[[str], re.Match[str] | None]


def _by_sign(text: str) -> re.Match[str] | None:
    return patterns.HEADING.match(text) or patterns.HEADING_BY_DNR.match(text)


def _by_number(text: str) -> re.Match[str] | None:
    return patterns.HEADING_BY_NUMBER.match(text)


def _misread(text: str) -> re.Match[str] | None:
    return patterns.HEADING_MISREAD.match(text)


def _candidate(
    lines: Sequence[Placed], index: int, body_size: float, shape: Match
) -> Heading | None:
    placed = lines[index]
    text = placed.line.text
    if not (match := shape(text)) or is_contents_entry(placed.line):
        return None
    dnr, title = _dnr_and_title(placed.line, match.start("rest"))
    remainder = title.of(text)
    continued = bool(patterns.CONTINUED.fullmatch(remainder))
    if remainder and not continued and not patterns.HEADING_TITLE.match(remainder):
        return None
    groups = match.groupdict()
    number = (groups.get("after") or groups.get("before") or "").replace(" ", "")
    weight = _weight(lines, index, body_size, dnr is not None)
    return Heading(index, number, weight, dnr, title if remainder else None, continued)


def _dnr_and_title(line: Line, start: int) -> tuple[str | None, Span]:
    """The dnr before or after the title on a heading's line, and where the title stands."""
    text, end, dnr = line.text, len(line.text), None
    start = _past_signs(text, start)
    if text.startswith(", ", start) and patterns.DNR_WORD.match(text, start + 2):
        start += 2  # "§ 12, Dnr 0407/31"; without the label it is a citation
    first_word = text[start:].split(" ", 1)[0]
    found = find_dnr(text[start : start + MAX_TITLE])
    if whole := parse_dnr(text[start:]):
        return whole, Span(end, end)
    if bracketed := patterns.DNR_IN_BRACKETS.match(text, start):
        dnr = parse_dnr(bracketed["dnr"])
        start = bracketed.end() if dnr else start
        return dnr, Span(min(_past_signs(text, start), end), end)
    if found and found[0].span.start == 0:
        dnr, start = found[0].value, start + found[0].span.end
    elif not first_word.isdigit() and (dnr := parse_dnr(first_word)):
        start += len(first_word)
    elif patterns.DNR_WORD.fullmatch(text, start):  # and no number after it
        start = end
    elif found and start + found[-1].span.end == end and _set_apart(line, start, found[-1].span):
        dnr, end = found[-1].value, start + found[-1].span.start
    start = min(_past_signs(text, start), end)
    return dnr, Span(start, start + len(text[start:end].rstrip()))


def _past_signs(text: str, start: int) -> int:
    while start < len(text) and text[start] in " .:;":
        start += 1
    return start


def _set_apart(line: Line, start: int, dnr: Span) -> bool:
    """Whether a dnr at the end of a line has a label or a column of its own."""
    labelled = patterns.DNR_WORD.match(line.text, start + dnr.start)
    return bool(labelled) or any(cell.start == start + dnr.start for cell in line.cells)


def _weight(lines: Sequence[Placed], index: int, body_size: float, has_dnr: bool) -> float:
    placed = lines[index]
    weight = 1.0 + has_dnr + stands_out(placed, body_size)
    below = lines[index + 1] if index + 1 < len(lines) else placed
    weight += stands_out(below, body_size) and not label_patterns.LABEL.fullmatch(below.line.text)
    if placed.gap is None or placed.gap > BLANK:
        weight += 1.0
    elif index and patterns.BROKEN_OFF.search(lines[index - 1].line.text[-LINE_END:]):
        weight -= 1.5
    return weight


def _with_room(headings: Sequence[Heading], end: int) -> list[Heading]:
    """Headings with room for text below weigh more, those in a close list less."""
    ends = [heading.index for heading in headings[1:]] + [end]
    return [
        replace(heading, weight=heading.weight + min(stop - heading.index, ROOM) / ROOM)
        for heading, stop in zip(headings, ends, strict=False)
    ]


def rising_run(headings: Iterable[Heading]) -> list[Heading]:
    """The run of strictly rising numbers with the greatest weight; the later of equals.

    A step to the next number adds weight, a leap costs some. ``front`` holds, by rising number,
    only runs that no run with a smaller number outweighs, so that each search is a bisection.
    """
    runs: list[tuple[Heading, int | None, float]] = []  # heading, index of the run before, weight
    front: list[tuple[int, float, int]] = []  # order of the last number, weight, index in runs
    latest: dict[int, int] = {}  # order -> best run that ends with it
    for heading in headings:
        place = bisect_left(front, (heading.order, float("-inf"), -1))
        options: list[tuple[float, int | None]] = [(0.0, None)]
        if place:
            order, weight, run = front[place - 1]
            options.append((weight - _leap(order, heading.order), run))
        for step in (heading.order - 1, (heading.order // 32 - 1) * 32):
            if (near := latest.get(step)) is not None:
                options.append((runs[near][2] + 1.0, near))
        gained, before = max(options, key=lambda option: option[0])
        weight = gained + heading.weight
        runs.append((heading, before, weight))
        _keep(front, latest, runs, place)
    if not runs:
        return []
    at: int | None = max(range(len(runs)), key=lambda index: (runs[index][2], index))
    chosen: list[Heading] = []
    while at is not None:
        heading, before, _ = runs[at]
        chosen.append(heading)
        at = before
    return chosen[::-1]


def _leap(before: int, after: int) -> float:
    return min((after - before) / 32 * 0.1, 4.0)


def _keep(
    front: list[tuple[int, float, int]],
    latest: dict[int, int],
    runs: list[tuple[Heading, int | None, float]],
    place: int,
) -> None:
    """Enters the last run where it is the best of its number."""
    index = len(runs) - 1
    order, weight = runs[index][0].order, runs[index][2]
    known = latest.get(order)
    if known is None or weight >= runs[known][2]:
        latest[order] = index
    if place and front[place - 1][1] > weight:
        return
    end = place
    while end < len(front) and front[end][1] <= weight:
        end += 1
    front[place:end] = [(order, weight, index)]


def _fill_gaps(lines: Sequence[Placed], accepted: list[Heading], body_size: float) -> list[Heading]:
    """Adds headings whose sign was misread, where a number is missing between two §§."""
    filled = [accepted[0]]
    for heading in accepted[1:]:
        before = filled[-1]
        if heading.order - before.order > 32:
            between = [
                found
                for index in range(before.index + 1, heading.index)
                if (found := _candidate(lines, index, body_size, _misread))
                and before.order < found.order < heading.order
            ]
            filled += rising_run(between)
        filled.append(heading)
    return filled
