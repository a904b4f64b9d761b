"""Events to the tree of a protokoll, by one table of ranks.

What opens closes all that is open at its own rank or deeper; the innermost open thing says what a
stretch of text is. What a line or a sentence means is told by ``events`` and ``speakers``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from indexer.model import Attendee, LineSpan, Paragraf, Part, PartKind, Span, Speaker
from indexer.structure import speakers, stycke_patterns
from indexer.structure.events import TEXT, Event, Kind
from indexer.structure.joining import Composed, Stycke
from indexer.structure.persons import NOBODY, STATEMENTS, Persons, Turn, near, persons_of
from indexer.structure.speakers import Passage


class Rank(IntEnum):
    """What contains what: a § holds labelled sections, a section holds speeches."""

    PARAGRAF = 0
    SECTION = 1
    SPEECH = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """From ``start`` on the text is of this kind; None closes what is open at ``rank``."""

    start: int
    rank: Rank
    kind: PartKind | None
    speakers: tuple[Speaker, ...] = ()
    label: Span | None = None


# Parts in which "Nämnden beslutar att" is what somebody wishes, or what has been decided before
PROPOSES = {
    *(PartKind.FORSLAG, PartKind.YRKANDE, PartKind.ARENDE, PartKind.UNDERLAG),
    *STATEMENTS,
}

# Stycken, each with the event of its first line
Marked = Sequence[tuple[Stycke, Event]]


def assemble(
    composed: Composed, events: Sequence[Event], present: Iterable[Attendee], body: str | None
) -> tuple[tuple[Part, ...], tuple[Paragraf, ...]]:
    """The parts of the front, and the §§. ``present``: the attendance list; ``body``: whose
    protokoll it is."""
    stycken = [(stycke, events[stycke.first]) for stycke in composed.stycken]
    heads = [i for i, (_, event) in enumerate(stycken) if event.kind is Kind.PARAGRAF]
    bounds = [*heads, len(stycken)]
    front = _parts(composed, stycken[: bounds[0]], NOBODY, body, in_front=True)
    persons = persons_of(composed.text, front, tuple(present))
    paragrafer = tuple(
        _paragraf(composed, stycken[start:end], persons, body) for start, end in pairwise(bounds)
    )
    return front, paragrafer


def _paragraf(composed: Composed, stycken: Marked, persons: Persons, body: str | None) -> Paragraf:
    head = 1
    while head < len(stycken) and stycken[head][1].kind is Kind.HEAD:
        head += 1
    first, event = stycken[0]
    return Paragraf(
        number=event.number,
        title=_title(composed.text, stycken[:head]),
        dnr=next((event.dnr for _, event in stycken[:head] if event.dnr), None),
        page=_page(composed.lines[first.first]),
        span=Span(first.span.start, stycken[-1][0].span.end),
        parts=_parts(composed, stycken[head:], persons, body, in_front=False),
    )


def _title(text: str, head: Marked) -> Span | None:
    for stycke, event in head:
        if event.title:
            start = stycke.span.start + event.title.start
            goes_on = stycke.first != stycke.last
            end = stycke.span.end if goes_on else stycke.span.start + event.title.end
            return Span(start, start + len(text[start:end].rstrip()))
    return None


def _page(line: LineSpan) -> int | None:
    return line.page if line.box else None


def _parts(
    composed: Composed, stycken: Marked, persons: Persons, body: str | None, *, in_front: bool
) -> tuple[Part, ...]:
    if not stycken:
        return ()
    first, last = stycken[0][0], stycken[-1][0]
    whole = Span(first.span.start, last.span.end)
    if not in_front:
        persons = near(whole.of(composed.text), persons)
        stycken = _told_on(composed.text, stycken, persons)
    openings = [Opening(first.span.start, Rank.PARAGRAF, PartKind.TEXT)]
    openings += _sections(composed.text, stycken)
    if not in_front:
        openings += _unlabelled(composed.text, stycken, body)
        openings += _speeches(composed.text, stycken, persons)
    # At one place what ends goes before what begins.
    openings.sort(key=lambda opening: (opening.start, opening.rank, opening.kind is not None))
    return tuple(_cut(composed, openings, whole))


def _sections(text: str, stycken: Marked) -> Iterator[Opening]:
    for stycke, event in stycken:
        if event.kind is Kind.LABEL:
            start = stycke.span.start
            end = start + event.text if event.text else stycke.span.end
            label = Span(start, start + len(text[start:end].rstrip()))
            yield Opening(start, Rank.SECTION, event.part, (), label)


def _unlabelled(text: str, stycken: Marked, body: str | None) -> Iterator[Opening]:
    """Stycken that show of what kind they are: above the first label of a §, or jäv anywhere. What
    announces a list ("Följande motioner remitteras:") goes on over its items."""
    shapes = stycke_patterns.UNLABELLED
    has_label = any(event.part is PartKind.BESLUT for _, event in stycken)
    announced = False
    for stycke, event in stycken:
        start, words = stycke.span.start, stycke.span.of(text)
        if announced and not stycke_patterns.ANNOUNCED.match(words):
            yield Opening(start, Rank.SPEECH, None)
            announced = False
        if event.kind is not Kind.TEXT:
            if event.part is not PartKind.TEXT:
                shapes = {
                    kind: stycke_patterns.UNLABELLED[kind] for kind in stycke_patterns.ANYWHERE
                }
                if event.part is PartKind.VOTERING:
                    shapes[PartKind.BESLUTSGANG] = stycke_patterns.PUTS_NEXT
                if not has_label:
                    proposed = event.part in PROPOSES
                    shapes[PartKind.BESLUT] = (
                        stycke_patterns.FOUND if proposed else stycke_patterns.DECIDED
                    )
            elif stycke_patterns.OPINION.fullmatch(words.rstrip()):
                shapes = {k: shape for k, shape in shapes.items() if k is not PartKind.BESLUT}
            continue
        kind = next((k for k, shape in shapes.items() if _shows(shape.match(words), body)), None)
        if kind:
            announced = bool(stycke_patterns.ANNOUNCES.search(words.rstrip()))
            yield Opening(start, Rank.SPEECH, kind)
            if not announced:
                yield Opening(stycke.span.end, Rank.SPEECH, None)


def _shows(match: re.Match[str] | None, body: str | None) -> bool:
    """Whether a stycke shows its kind; what another body settles is told, not decided here."""
    if not match:
        return False
    named = match.groupdict()
    who, decider = named.get("body"), named.get("decider")
    if decider and stycke_patterns.ORGAN_OR_OFFICE.search(decider):
        who = decider
    return not who or not body or _is_own(who, body)


def _is_own(who: str, body: str) -> bool:
    """Whether "Utskottet" or "Rådet" is this body: "Styrelsens utskott", and not "Styrelsen"."""
    stem = re.escape(re.sub(r"(?:e[nt]|n)$", "", who.casefold()))
    return bool(re.search(rf"{stem}(?:e[nt]|n)?\b", body.casefold()))


def _speeches(text: str, stycken: Marked, persons: Persons) -> Iterator[Opening]:
    """The speeches below each label, and above the first one."""
    for label, run in _runs(stycken):
        section = label[1].part if label else None
        for turn in _turns(text, label, run, section or PartKind.TEXT, persons):
            kind = section if turn.kind and section in STATEMENTS else turn.kind
            yield Opening(turn.start, Rank.SPEECH, kind, turn.speakers)


def _turns(
    text: str,
    label: tuple[Stycke, Event] | None,
    run: Marked,
    section: PartKind,
    persons: Persons,
    held: Turn | None = None,
) -> Iterator[Turn]:
    """Who speaks below a label, first whom the label itself names. ``held``: who speaks already."""
    passages = [_passage(stycke, event, section) for stycke, event in run]
    if label:
        stycke, event = label
        if event.text:
            start = stycke.span.start + event.text
            passages.insert(0, Passage(start, stycke.span.end, section))
        elif named := speakers.of_label(stycke.span.of(text).rstrip()):
            held = Turn(stycke.span.start, named[0], named[1], holds=True)
            yield held
    yield from speakers.turns(passages, text, persons, held)


def _told_on(text: str, stycken: Marked, persons: Persons) -> Marked:
    """The same, where a label that is only guessed does not end what somebody presents; beside a
    decision such headings part the §."""
    labels = {event.part for _, event in stycken if event.kind is Kind.LABEL}
    if PartKind.BESLUT in labels or not any(event.guessed for _, event in stycken):
        return stycken
    out: list[tuple[Stycke, Event]] = []
    section, presenting = PartKind.TEXT, None
    for label, run in _runs(stycken):
        if label and label[1].guessed and presenting:
            run, label = [(label[0], TEXT), *run], None
        elif label:
            section, presenting = label[1].part or PartKind.TEXT, None
            out.append(label)
        out += run
        for turn in _turns(text, label, run, section, persons, presenting):
            told = turn.kind is PartKind.PRESENTATION and turn.speakers
            presenting = turn if told else None
    return out


def _runs(stycken: Marked) -> Iterator[tuple[tuple[Stycke, Event] | None, Marked]]:
    """The stycken cut at labels: a label (None before the first) and what stands below it."""
    label: tuple[Stycke, Event] | None = None
    run: list[tuple[Stycke, Event]] = []
    for item in stycken:
        if item[1].kind is Kind.LABEL:
            yield label, run
            label, run = item, []
        else:
            run.append(item)
    yield label, run


def _passage(stycke: Stycke, event: Event, section: PartKind) -> Passage:
    return Passage(stycke.span.start, stycke.span.end, section, event.kind is Kind.SPEAKER)


def _cut(composed: Composed, openings: Sequence[Opening], whole: Span) -> Iterator[Part]:
    """One part for each stretch between two openings. A label goes to the speech right below it."""
    text = composed.text
    stack: list[Opening] = []
    start, label = whole.start, None
    ends = [opening.start for opening in openings[1:]] + [whole.end]
    for index, (opening, end) in enumerate(zip(openings, ends, strict=True)):
        stack = [outer for outer in stack if outer.rank < opening.rank]
        if opening.kind:
            stack.append(opening)
        label = opening.label or label
        only_label = label is not None and not text[label.end : end].strip()
        followed = index + 1 < len(openings) and openings[index + 1].rank is Rank.SPEECH
        if not text[start:end].strip() or (only_label and followed):
            continue
        inner = stack[-1]
        place = bisect_right(composed.lines, start, key=lambda line: line.span.start)
        line = composed.lines[place - 1]
        yield Part(
            inner.kind or PartKind.TEXT, Span(start, end), _page(line), inner.speakers, label
        )
        start, label = end, None
