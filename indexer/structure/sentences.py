"""What a sentence says about who speaks, and of what kind the words are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.model import PartKind
from indexer.structure import person_patterns as shapes
from indexer.structure.persons import STATEMENTS, Persons, Subject, Turn, persons_at

SENTENCE_START = re.compile(r"(?<=[.!?]) (?=[A-ZÅÄÖÉ])")


def by_office(persons: Persons, text: str, start: int, held: Turn | None) -> Turn | None:
    """ "Ordföranden yrkar …", "Motionären anför …"; ``held``: who spoke just before."""
    if persons.chair and shapes.CHAIR_MOVES.match(text, start):
        return Turn(start, PartKind.YRKANDE, persons.chair)
    named = shapes.MOVER.match(text, start)
    mover = persons.mover or held
    if named and mover and mover.kind == named.lastgroup:
        return replace(mover, start=start, holds=False)
    return Turn(start) if named else None


def by_first_name(persons: Persons, text: str, start: int, end: int) -> Turn | None:
    """ "Siv svarar …", of whom one is near; of several, or of another, nobody's words."""
    first = shapes.FIRST_NAME.match(text, start, end)
    verb = shapes.VERB.match(text, first.end() - 1, end) if first else None
    if not first or not verb or first["first"] not in persons.near:
        return None
    meant = persons.near[first["first"]]
    return _turn(text, start, end, verb, Subject((meant,), 0, True)) if meant else Turn(start)


def of_sentence(text: str, start: int, end: int, known: frozenset[str]) -> Turn | None:
    """What a sentence says about who speaks; None where it says nothing."""
    if first := shapes.VERB_FIRST.match(text, start, end):
        return _verb_first(text, start, first.end(), end, known)
    if presenter := shapes.PRESENTER.match(text, start, end):
        return _presenter(text, start, presenter.end(), end, known)
    announces = text[start:end].rstrip().endswith(":")
    if announces and (writes := shapes.WRITES.search(text, start, end)):
        subject = persons_at(text, writes.end(), known)
        return Turn(start, PartKind.ANFORANDE, subject.speakers, True) if subject.sure else None
    return _subject_first(text, start, end, known) or _named_by(text, start, end, known)


def _presenter(text: str, start: int, name: int, end: int, known: frozenset[str]) -> Turn | None:
    """ "Föredragande: Siv Myr, badchef" above what is told."""
    subject = persons_at(text, name, known)
    persons = subject.speakers
    title = shapes.TITLE_AT_END.match(text[subject.end : end].rstrip(" .\n"))
    if title and len(persons) == 1:
        persons = (replace(persons[0], role=title["role"]),)
    sure = subject.sure or (title and persons)
    return Turn(start, PartKind.PRESENTATION, persons, holds=True) if sure else None


def _subject_first(text: str, start: int, end: int, known: frozenset[str]) -> Turn | None:
    """ "Ada Ek (S) yrkar …", "Bo Ask, rektor: …"; a subject that does not speak ends a turn."""
    also = shapes.ALSO.match(text, start, end)
    subject = persons_at(text, also.end() if also else start, known)
    behalf = None if subject.sure else shapes.ON_BEHALF.match(text, start, end)
    if behalf:
        subject = persons_at(text, behalf.end(), known)
    if not subject.sure:
        somebody = shapes.PERSON.match(text, start, end)
        speaks = somebody and shapes.VERB.match(text, somebody.end(), end)
        return Turn(start) if speaks else None
    if shapes.COLON.match(text, subject.end):
        return Turn(start, PartKind.ANFORANDE, subject.speakers)
    verb = shapes.VERB.match(text, subject.end, end)
    if not verb and shapes.LEAVES.match(text, subject.end, end):
        return Turn(start, PartKind.JAV, subject.speakers)
    if not verb:
        return None if behalf else Turn(start)
    return _turn(text, start, end, verb, subject)


def presents_too(text: str, start: int, end: int, known: frozenset[str], held: Turn) -> Turn | None:
    """ "Bo Ask, rektor, har räknat …" where another has just presented something: who is named
    so is introduced."""
    subject = persons_at(text, start, known)
    if held.kind is not PartKind.PRESENTATION or not subject.sure or not subject.office:
        return None
    introduced = text.endswith(f", {subject.speakers[-1].role}", start, subject.end)
    if introduced and shapes.ACTS.match(text, subject.end, end):
        return Turn(start, PartKind.PRESENTATION, subject.speakers, holds=True)
    return None


def _named_by(text: str, start: int, end: int, known: frozenset[str]) -> Turn | None:
    """ "Yrkande av Ada Ek (S): …", "Bifall yrkas av Bo Ask (M)", "I en motion av Siv Myr (V)"."""
    for shape in (shapes.LABEL_BY, shapes.BY, shapes.THROUGH, shapes.FOR_JAV, shapes.MOTION_BY):
        if by := shape.match(text, start, end):
            subject = persons_at(text, by.end(), known)
            says = shape is not shapes.LABEL_BY or shapes.COLON.match(text, subject.end)
            if subject.sure and says:
                return Turn(start, PartKind(str(by.lastgroup)), subject.speakers)
    return None


def _verb_first(
    text: str, start: int, verb_start: int, end: int, known: frozenset[str]
) -> Turn | None:
    """ "Därefter informerar Ada Ek (S) …", "Sedan tar Bo Ask, rektor, över …"."""
    if over := shapes.TAKES_OVER.match(text, verb_start, end):
        subject = persons_at(text, over.end(), known)
        return Turn(start, PartKind.PRESENTATION, subject.speakers, True) if subject.sure else None
    verb = shapes.VERB.match(text, verb_start, end)
    if not verb:
        return None
    after = shapes.TOO.match(text, verb.end())
    subject = persons_at(text, after.end() if after else verb.end(), known)
    return _turn(text, start, end, verb, subject) if subject.sure else None


def _turn(text: str, start: int, end: int, verb: re.Match[str], subject: Subject) -> Turn:
    kind = PartKind(str(verb.lastgroup))
    if subject.office and shapes.IN_WRITING.match(text, verb.end(), end):
        return Turn(start)
    sentence = text[start:end].rstrip()
    if kind is PartKind.YRKANDE and shapes.MOTION.search(sentence):
        kind = PartKind.ARENDE  # what was moved in writing, long before this meeting
    holds = (
        kind is PartKind.PRESENTATION
        or sentence.endswith(":")
        or (kind in STATEMENTS and ":" in sentence)
    )
    return Turn(start, kind, subject.speakers, holds, office=subject.office)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; an abbreviation may cut one too early."""
    begin = start
    for gap in SENTENCE_START.finditer(text, start, end):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, end
