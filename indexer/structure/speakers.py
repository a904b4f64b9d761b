"""Who speaks: the persons of a speaker line or of a sentence, and how far their words reach.
``persons`` knows whom a protokoll names, ``sentences`` what they do.

Correct or absent: where a name cannot be told from that of a body, nobody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from indexer.model import PartKind, Speaker
from indexer.structure import person_patterns as shapes
from indexer.structure import speech_patterns, stycke_patterns
from indexer.structure.furniture import Placed
from indexer.structure.persons import STATEMENTS, Persons, Turn, persons_at
from indexer.structure.sentences import (
    by_first_name,
    by_office,
    of_sentence,
    presents_too,
    sentences,
)

SPEECH_LINE = 25  # characters; what stands below the name in a list of names is shorter

OWN = {*STATEMENTS, PartKind.YRKANDE}  # below their labels a name alone says whose words follow
# Below these labels a stycke is one person's, also what it says of the body
ONE_VOICE = {*STATEMENTS, PartKind.FRAGA, PartKind.SVAR}
SILENT = {  # parts in which persons act or are listed, but do not speak
    PartKind.UNDERLAG,
    PartKind.EXPEDIERING,
    PartKind.VOTERING,
    PartKind.BESLUTSGANG,
    PartKind.JUSTERING,
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stycke, the kind of part the label above it makes, and whether it is a speaker line."""

    start: int
    end: int
    section: PartKind
    is_line: bool = False


def turns(
    passages: Sequence[Passage], text: str, persons: Persons, held: Turn | None = None
) -> Iterator[Turn]:
    """Who speaks from where on, within the stycken under one label (or before the first one).

    ``held``: who speaks already, named by the label.
    """
    presenters: set[str] = set()
    asked = False  # somebody has just asked
    on_record = False  # below a speaker line all is speech, whoever is named in it
    begun = False  # whether anything stands below that line yet
    for passage in passages:
        if line := _speaker_line(passage, text):
            held, on_record, begun = line, line.kind not in OWN, False
            yield line
        elif on_record and begun and speech_patterns.SPEECH_ENDS.match(text, passage.start):
            held, on_record = None, False
            yield Turn(passage.start)
        elif on_record:
            begun = True
        else:
            if held and held.items and not stycke_patterns.ANNOUNCED.match(text, passage.start):
                held = None
                yield Turn(passage.start)
            for found in _in_stycke(passage, text, persons, held):
                turn = _remark(found, answers=asked and _is_by(found, presenters))
                asked = turn.kind is PartKind.FRAGA or (asked and turn.kind is None)
                if turn.kind is PartKind.PRESENTATION:
                    presenters |= {speaker.name for speaker in turn.speakers}
                yield turn
                held = turn if turn.kind else None
                if _moves_matter(turn, text, passage.end):
                    persons = replace(persons, mover=persons.mover or turn)
            if held and not held.holds:
                held = _announcing(held, text[passage.start : passage.end].rstrip())
                if not held:
                    yield Turn(passage.end)


def _announcing(turn: Turn, words: str) -> Turn | None:
    """The turn that goes on below a stycke that announces something, or is an item of a list."""
    if words.endswith(":"):
        return replace(turn, holds=True)
    return replace(turn, items=True) if turn.items or words[-1:].islower() else None


def _is_by(turn: Turn, names: Set[str]) -> bool:
    return bool(turn.speakers) and all(speaker.name in names for speaker in turn.speakers)


def _remark(turn: Turn, *, answers: bool) -> Turn:
    """What a presenter remarks after a question answers it; else an official informs by it."""
    if turn.kind is not PartKind.ANFORANDE:
        return turn
    if answers:
        return replace(turn, kind=PartKind.SVAR, holds=False)
    return replace(turn, kind=PartKind.PRESENTATION, holds=True) if turn.office else turn


def _moves_matter(turn: Turn, text: str, end: int) -> bool:
    """Whether somebody has brought up what the § is about, by a motion or a question."""
    has_motion = shapes.MOTION.search(text, turn.start, end)
    return turn.kind is PartKind.FRAGA or (turn.kind is PartKind.ARENDE and bool(has_motion))


# --- speaker lines -----------------------------------------------------------------------------


def opening(text: str) -> re.Match[str] | None:
    """The opening of a speech with its colon: "Anf. 12 ADA EK (m) replik:", "Fru EK (s):"."""
    return (
        speech_patterns.ANFORANDE_LINE.match(text)
        or speech_patterns.WRITTEN_QUESTION.fullmatch(text)
        or speech_patterns.SALUTED_LINE.match(text)
        or speech_patterns.CAPITALS_LINE.match(text)
    )


def is_verbatim(lines: Sequence[Placed]) -> bool:
    """Whether names alone on lines head speeches throughout a document, in whatever type."""
    texts = [placed.line.text for placed in lines]
    names = [bool(speech_patterns.NAME_LINE.fullmatch(text)) for text in texts]
    heads = sum(
        name and not below and len(text) >= SPEECH_LINE
        for name, below, text in zip(names, names[1:], texts[1:], strict=False)
    )
    return heads >= 5 and heads >= 0.6 * sum(names)


def is_speaker_line(lines: Sequence[Placed], index: int, verbatim: bool) -> bool:
    """Whether a line stands above a speech (verbatim records)."""
    line = lines[index].line
    if opening(line.text):
        return True
    if index + 1 == len(lines) or not (line.bold or verbatim or line.text.endswith(":")):
        return False
    if line.cells:  # the head of a table of votes
        return False
    named = speech_patterns.NAME_LINE.fullmatch(line.text) or speech_patterns.CHAIR_LINE.fullmatch(
        line.text
    )
    if not named and not (verbatim and speech_patterns.ROLE_LINE.fullmatch(line.text)):
        return False
    below = lines[index + 1].line
    return not below.bold and not speech_patterns.NAME_LINE.fullmatch(below.text)


def _speaker_line(passage: Passage, text: str) -> Turn | None:
    """The turn a speaker line opens, also one in mid-line where a line break was lost."""
    if not passage.is_line:
        inside = speech_patterns.ANFORANDE_LINE.search(text, passage.start, passage.end)
        if not inside:
            return None
        return Turn(inside.start(), PartKind.ANFORANDE, _named(inside), holds=True)
    line = text[passage.start : passage.end].rstrip()
    is_question = speech_patterns.WRITTEN_QUESTION.fullmatch(line)
    named = speech_patterns.NAME_LINE.match(line) or speech_patterns.CHAIR_LINE.match(line)
    match = opening(line) or named or speech_patterns.ROLE_LINE.match(line)
    said = passage.section if passage.section in OWN else PartKind.ANFORANDE
    kind = PartKind.FRAGA if is_question else said
    return Turn(passage.start, kind, _named(match) if match else (), holds=True)


def _named(match: re.Match[str]) -> tuple[Speaker, ...]:
    groups = match.groupdict()
    name = (groups["name"] or groups.get("mixed") or "").strip(" ,")
    role = ((groups.get("role") or "") + (groups.get("place") or "")).strip()
    return (Speaker(name, groups.get("paren"), role or None),) if name else ()


# --- stycken and labels --------------------------------------------------------------------------


def of_label(text: str) -> tuple[PartKind, tuple[Speaker, ...]] | None:
    """A label that names whose words follow: "Reservation av Ada Ek (S)"."""
    by = shapes.LABEL_BY.match(text)
    if not by:
        return None
    subject = persons_at(text, by.end(), frozenset())
    if not subject.sure or text[subject.end :].strip(" :."):
        return None
    return PartKind(str(by.lastgroup)), subject.speakers


def _in_stycke(passage: Passage, text: str, persons: Persons, held: Turn | None) -> Iterator[Turn]:
    if passage.section in SILENT:
        return
    item = shapes.ITEM.match(text, passage.start, passage.end)
    opening = item.end() if item else passage.start
    for first, end in sentences(text, opening, passage.end):
        at_start = first == opening
        begin = passage.start if at_start else first
        in_statement = held is not None and held.holds and held.kind in STATEMENTS
        if not at_start and in_statement:
            return
        turn = (
            by_office(persons, text, first, held)
            or by_first_name(persons, text, first, end)
            or of_sentence(text, first, end, persons.known)
        )
        begins = first if at_start else None
        turn = _fitted(turn, passage, text, persons.known, begins, in_statement=in_statement)
        states = turn is not None and turn.kind in STATEMENTS
        if in_statement and not states:
            return
        if not at_start and passage.section is PartKind.BESLUT and not states:
            continue
        if turn and turn.kind is None and at_start and held:
            turn = presents_too(text, first, end, persons.known, held) or turn
        one_voice = passage.section in ONE_VOICE or (held and held.kind in STATEMENTS)
        ends = held and (at_start or not one_voice) and shapes.IMPERSONAL.match(text, first)
        if turn is None and ends:
            turn = Turn(begin)
        if turn and item and at_start:
            turn = replace(turn, start=begin, holds=False)
        goes_on = turn and held and (turn.kind, turn.speakers) == (held.kind, held.speakers)
        if turn and (turn.kind or held) and not goes_on:
            yield turn
            held = turn if turn.kind else None


def _fitted(
    turn: Turn | None,
    passage: Passage,
    text: str,
    known: frozenset[str],
    start: int | None,
    *,
    in_statement: bool,
) -> Turn | None:
    """A turn as the section it stands in makes it: "Ada Ek (S)." below Reservation is one.

    ``start``: where the words of the stycke begin, None in later sentences. ``in_statement``: what
    somebody has handed in goes on, unless another is named beyond doubt.
    """
    section = passage.section
    if section is PartKind.JAV and start is not None:
        subject = persons_at(text, start, known)
        return Turn(passage.start, section, subject.speakers) if subject.sure else turn
    if section is PartKind.BESLUT and turn and turn.kind is PartKind.JAV:
        told = shapes.FOR_JAV.match(text, turn.start)
        return turn if told else replace(turn, kind=PartKind.BESLUT)
    if section is PartKind.ARENDE and turn and shapes.RESERVED.match(text, turn.start):
        return None
    if section is PartKind.ARENDE and turn and turn.kind is PartKind.YRKANDE:
        return replace(turn, kind=PartKind.ARENDE)  # who wrote the motion, not what is moved now
    if section is PartKind.YRKANDE and turn and turn.kind in (PartKind.ANFORANDE, PartKind.ARENDE):
        return replace(turn, kind=section)
    says = turn is not None and turn.kind not in (None, PartKind.ANFORANDE)
    if start is None or says or section not in OWN:
        return turn
    subject = persons_at(text, start, known)
    own_words = shapes.OWN_WORDS.match(text, subject.end)
    named = section in STATEMENTS and shapes.NAMED.match(text, subject.end, passage.end)
    hands_in = section in STATEMENTS and shapes.HANDS_IN.match(text, subject.end, passage.end)
    named = named or (section in STATEMENTS and shapes.ABSTAINS.match(text, subject.end))
    says_so = own_words and (subject.sure or not in_statement)
    if subject.speakers and (says_so or ((named or hands_in) and subject.sure)):
        announces = text[start : passage.end].rstrip().endswith(":")
        holds = announces or (section in STATEMENTS and bool(own_words or hands_in))
        return Turn(passage.start, section, subject.speakers, holds)
    return turn
