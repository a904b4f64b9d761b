"""What each body line may be: heading, title, dnr, label, speaker, text. All that is guessed from
the look of a line is guessed here; ``assemble`` only builds."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from indexer.identifiers import parse_dnr
from indexer.model import PartKind, Span
from indexer.structure import headings, label_patterns, patterns, speakers
from indexer.structure.furniture import Placed
from indexer.structure.headings import BLANK, LINE_END, Heading, stands_out
from indexer.structure.joining import continues, divided, had_room, right_margin
from indexer.structure.persons import STATEMENTS

MAX_TITLE_LINES = 8
MAX_LABEL = 70  # characters
MAX_UNKNOWN = 60  # characters of a heading that is told by its type alone
MAX_DNR = 25  # characters


# Parts that a line which only looks like a label closes; what somebody tells or has handed in may
# have headings of its own, a table its head
OPEN = {
    *(PartKind.BESLUT, PartKind.FORSLAG, PartKind.ARENDE, PartKind.UNDERLAG, PartKind.EXPEDIERING),
    *(PartKind.YRKANDE, PartKind.BESLUTSGANG, PartKind.JAV, PartKind.JUSTERING),
    *(PartKind.FRAGA, PartKind.SVAR, PartKind.TEXT, PartKind.PRESENTATION),
}
TOLD = (PartKind.TEXT, PartKind.PRESENTATION)


class Kind(StrEnum):
    """What a line is."""

    PARAGRAF = "paragraf"  # begins a §
    HEAD = "head"  # dnr or title of the § just begun
    LABEL = "label"  # "Beslut"
    SPEAKER = "speaker"  # "Anf. 12 ADA EK (m):", "Ada Ek (P)" above a speech
    TEXT = "text"
    DROPPED = "dropped"  # rules between §§, "§ 46 forts."


@dataclass(frozen=True, slots=True)
class Event:
    """``title``: where in this line the title of the § or a piece of it stands. ``text``: where the
    text begins on the line of a label ("Beslut: Muren rivs."). ``guessed``: the label is none that
    is known."""

    kind: Kind = Kind.TEXT
    number: str | None = None
    dnr: str | None = None
    title: Span | None = None
    part: PartKind | None = None
    text: int | None = None
    guessed: bool = False


TEXT = Event()


def read(lines: Sequence[Placed]) -> list[Event]:
    """One event for each line."""
    body_size = _body_size(lines)
    labels = _label_types(lines, body_size)
    headings_type = labels if len(labels) == 1 and not labels & {_body_type(lines)} else frozenset()
    look = Look(body_size, labels, headings_type, right_margin(lines))
    verbatim = speakers.is_verbatim(lines)
    found, others = headings.find(lines, body_size)
    events = [TEXT] * len(lines)
    first = found[0].index if found else len(lines)
    for heading in found:
        _head(lines, events, heading, look)
    _repeated(lines, events, found, others)
    for index, placed in enumerate(lines):
        if events[index] is TEXT:
            in_front = index < first
            events[index] = _front(placed) if in_front else _body(lines, index, verbatim)
    _unknown_labels(lines, events, look)
    _appendix(lines, events, look)
    _label_below_label(lines, events)
    return events


def _body_size(lines: Sequence[Placed]) -> float:
    """The size most characters have."""
    sizes: Counter[float] = Counter()
    for placed in lines:
        sizes[round(placed.line.size, 1)] += len(placed.line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


Type = tuple[float, bool]  # size and weight of a line's type


def _body_type(lines: Sequence[Placed]) -> Type | None:
    """The type most characters have."""
    types: Counter[Type] = Counter()
    for placed in lines:
        types[_type(placed)] += len(placed.line.text)
    return types.most_common(1)[0][0] if types else None


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is set: size of running text, types of labels, right edge of the text.

    ``headings``: the type of labels where running text has another, else empty."""

    body_size: float
    labels: frozenset[Type]
    headings: frozenset[Type]
    margin: float


def _type(placed: Placed) -> Type:
    return round(placed.line.size, 1), placed.line.bold


def _label_types(lines: Sequence[Placed], body_size: float) -> frozenset[Type]:
    """The type most labels are set in. What stands right below a § number may be a title, so it is
    not counted; with nothing to count, the types as small as running text."""
    types = Counter(
        _type(placed)
        for above, placed in pairwise(lines)
        if label(placed.line.text) and not patterns.HEADING.match(above.line.text)
    )
    if not types:
        return frozenset((size, bold) for size, bold in map(_type, lines) if size <= body_size)
    return frozenset({types.most_common(1)[0][0]})


def _head(
    lines: Sequence[Placed],
    events: list[Event],
    heading: Heading,
    look: Look,
) -> None:
    """Marks the lines of one § heading: number, dnr and title, in any order."""
    events[heading.index] = Event(
        Kind.PARAGRAF, number=heading.number, dnr=heading.dnr, title=heading.title
    )
    titled = heading.index if heading.title is not None else None
    has_dnr = heading.dnr is not None
    for index in range(heading.index + 1, min(heading.index + MAX_TITLE_LINES, len(lines))):
        text = lines[index].line.text
        if events[index] is not TEXT:
            return
        if not has_dnr and (dnr := parse_dnr(text.strip("()")) or _labelled_dnr(text)):
            events[index] = Event(Kind.HEAD, dnr=dnr)
            has_dnr = True
        elif titled is None and _is_label(text) and _type(lines[index]) in look.labels:
            return
        elif _goes_on(lines, index, titled, look):
            events[index] = Event(Kind.HEAD, title=Span(0, len(text)))
            titled = index
        else:
            return


def _labelled_dnr(text: str) -> str | None:
    """What follows "Dnr" on a line of its own, whatever its shape: "Dnr HN3 2031/0174"."""
    word = patterns.DNR_WORD.match(text)
    rest = text[word.end() :].strip() if word else ""
    return rest if len(rest) < MAX_DNR and any(c.isdigit() for c in rest) else None


def _is_label(text: str) -> bool:
    """Whether a line right below a § number is a label; "Justering" is a title there, and so is
    "Förslag till ny taxa"."""
    titles = (None, PartKind.FORSLAG, PartKind.JUSTERING)
    return label(text) not in titles or bool(label_patterns.PROPOSAL.search(text))


def _goes_on(lines: Sequence[Placed], index: int, titled: int | None, look: Look) -> bool:
    """Whether a line begins a title, or goes on with the one that line ``titled`` holds."""
    placed = lines[index]
    if speakers.opening(placed.line.text):
        return False
    if titled is None:
        return stands_out(placed, look.body_size) or _may_be_title(lines, index, look)
    if titled != index - 1 or placed.line.box is None or label(placed.line.text):
        return False
    above = lines[titled]
    if not stands_out(above, look.body_size):
        plain = not stands_out(placed, look.body_size)
        return plain and _is_wrapped(above, placed, look.margin)
    same_size = abs(above.line.size - placed.line.size) < 0.6
    same_type = same_size and above.line.bold == placed.line.bold
    return same_type and (placed.gap is None or placed.gap < BLANK)


def _is_wrapped(above: Placed, placed: Placed, margin: float) -> bool:
    """Whether a line goes on with the words of the line above, whatever its type."""
    broken = patterns.TITLE_GOES_ON.search(above.line.text[-LINE_END:])
    near = placed.gap is None or placed.gap < BLANK
    full = not had_room(above, placed, margin)
    return near and (placed.line.text[:1].islower() or bool(broken) or full)


def _may_be_title(lines: Sequence[Placed], index: int, look: Look) -> bool:
    """A line in the type of running text is a title unless it begins a sentence."""
    if patterns.BULLET.match(lines[index].line.text):
        return False
    if not patterns.HEADING_TITLE.match(lines[index].line.text):
        return False
    last = index
    while last + 1 < len(lines) and last < index + MAX_TITLE_LINES:
        if not _is_wrapped(lines[last], lines[last + 1], look.margin):
            break
        last += 1
    words = sum(len(placed.line.text.split()) for placed in lines[index : last + 1])
    return words < 4 or not lines[last].line.text.endswith((".", ":", "?", "!"))


def _repeated(
    lines: Sequence[Placed], events: list[Event], found: list[Heading], others: list[Heading]
) -> None:
    """Drops "§ 46 forts." and the number repeated at the top of a page while its § goes on."""
    starts = [heading.index for heading in found]
    for other in others:
        place = bisect_right(starts, other.index)
        at_top = lines[other.index].gap is None and lines[other.index].line.box is not None
        goes_on = place > 0 and found[place - 1].number == other.number
        if goes_on and (other.continued or at_top) and events[other.index] is TEXT:
            events[other.index] = Event(Kind.DROPPED)


def label(text: str) -> PartKind | None:
    """The kind of part a label announces: "Beslut", "Kommunfullmäktiges beslut:"."""
    if len(text) > MAX_LABEL or not text[:1].isupper():
        return None
    text = text.rstrip(" :")
    match = label_patterns.LABEL.fullmatch(text)
    if not match and text.isupper():
        match = label_patterns.LABEL.fullmatch(text.capitalize())
    return PartKind(str(match.lastgroup)) if match else None


def _unknown_labels(lines: Sequence[Placed], events: list[Event], look: Look) -> None:
    """Headings that no table knows ("Skötsel") close the part above them."""
    section: PartKind | None = None
    for index, event in enumerate(events):
        if event.kind is Kind.PARAGRAF:
            section = PartKind.TEXT
        elif event.kind is Kind.LABEL and section:
            section = event.part
        elif event is TEXT and section:
            told_of = section in TOLD and _is_subheading(lines, index)
            if told_of or (section in OPEN and _looks_like_label(lines, index, look)):
                section = section if section is PartKind.ARENDE else PartKind.TEXT
                events[index] = Event(Kind.LABEL, part=section, guessed=not told_of)


def _is_subheading(lines: Sequence[Placed], index: int) -> bool:
    """ "A/ Hamnskolan", where it is not an item of a list."""
    near = [placed.line.text for placed in lines[index - 1 : index + 2]]
    alike = [bool(label_patterns.SUBHEADING.fullmatch(text)) for text in near]
    return alike == [False, True, False]


def _looks_like_label(lines: Sequence[Placed], index: int, look: Look) -> bool:
    """A line of few words by itself, no sentence, in the type that labels have and text has not."""
    around = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if _type(lines[index]) not in look.headings or lines[index].line.cells:
        return False
    alone = not any(_type(placed) in look.headings for placed in around)
    text = lines[index].line.text
    return alone and len(text) <= MAX_UNKNOWN and bool(label_patterns.UNKNOWN_LABEL.fullmatch(text))


def _appendix(lines: Sequence[Placed], events: list[Event], look: Look) -> None:
    """What is appended after the last § decides nothing: "Beslut" in it is text."""
    last = max((i for i, event in enumerate(events) if event.kind is Kind.PARAGRAF), default=None)
    if last is None:
        return
    begun = False
    for index in range(last + 1, len(lines)):
        placed = lines[index]
        begins_page = placed.gap is None and label_patterns.APPENDIX.fullmatch(placed.line.text)
        if begins_page and (placed.line.bold or stands_out(placed, look.body_size)):
            begun = True
            events[index] = Event(Kind.LABEL, part=PartKind.TEXT)
        elif begun and events[index].kind is Kind.LABEL and not _is_statement(events[index]):
            events[index] = replace(events[index], part=PartKind.TEXT)


def _is_statement(event: Event) -> bool:
    return event.part in STATEMENTS


def _label_below_label(lines: Sequence[Placed], events: list[Event]) -> None:
    """Takes back two labels: one repeated at once in other words, and below Beslut "Förslag till
    beslut i kommunfullmäktige": what a board proposes to the council is the board's decision."""
    section = PartKind.TEXT
    for index, event in enumerate(events):
        if event.kind is Kind.PARAGRAF:
            section = PartKind.TEXT
        elif event.kind is Kind.LABEL and event.part:
            part, text = event.part, lines[index].line.text
            if part is PartKind.FORSLAG and section is PartKind.BESLUT:
                part = PartKind.BESLUT if label_patterns.TO_COUNCIL.search(text) else part
            above = events[index - 1]
            proposed = part is PartKind.BESLUT and section is PartKind.FORSLAG
            if proposed and above.kind is Kind.LABEL and not above.text:
                part = PartKind.FORSLAG  # "Förslag till beslut", then "Kommunfullmäktige beslutar"
            at_once = above.kind is Kind.LABEL and not above.text and part is section
            events[index] = TEXT if at_once else replace(event, part=part)
            section = part


def _front(placed: Placed) -> Event:
    match = label_patterns.FRONT_LABEL.match(placed.line.text)
    if not match:
        return TEXT
    return Event(Kind.LABEL, part=PartKind(str(match.lastgroup)))


def _body(lines: Sequence[Placed], index: int, verbatim: bool) -> Event:
    text = lines[index].line.text
    if patterns.RULE.fullmatch(text):
        return Event(Kind.DROPPED)
    if part := label(text):
        return Event(Kind.LABEL, part=part)
    if named := speakers.of_label(text):
        return Event(Kind.LABEL, part=named[0])
    if speakers.is_speaker_line(lines, index, verbatim):
        return Event(Kind.SPEAKER)
    inline = label_patterns.LABEL_AND_TEXT.match(text)
    part = label(inline["label"]) if inline else None
    if inline and part and part is not PartKind.TEXT:
        return Event(Kind.LABEL, part=part, text=inline.end())
    return TEXT


def begins(lines: Sequence[Placed], events: Sequence[Event]) -> list[bool]:
    """For each line whether it starts a stycke. Expects lines without the dropped ones."""
    starts = [True] * len(lines)
    margin = right_margin(lines)
    item: float | None = None  # left edge of the list item the stycke is
    for index in range(1, len(lines)):
        above, event, box = events[index - 1], events[index], lines[index].line.box
        if event.kind is Kind.TEXT and (above.kind is Kind.TEXT or above.text):
            outdented = item is not None and box is not None and box.x0 < item + 2
            outdented &= not divided(lines[index - 1].line.text, lines[index].line.text)
            goes_on = continues(lines[index - 1], lines[index], margin)
            starts[index] = outdented or not goes_on
        elif event.kind is Kind.HEAD and event.title and above.title:
            starts[index] = False
        if starts[index]:
            is_item = box is not None and patterns.BULLET.match(lines[index].line.text)
            item = box.x0 if box and is_item else None
    return starts
