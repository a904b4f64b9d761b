"""Who speaks: the persons of a speaker line or of a sentence, and how far their words reach.

Correct or absent: where a name cannot be told from that of a body, nobody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from indexer.model import Attendee, Part, PartKind, Speaker
from indexer.structure import person_patterns as shapes
from indexer.structure import stycke_patterns
from indexer.structure.furniture import Placed

SENTENCE_START = re.compile(r"(?<=[.!?]) (?=[A-ZÅÄÖÉ])")
SPEECH_LINE = 25  # characters; what stands below the name in a list of names is shorter

# What a person has handed in: the names in it do not speak
STATEMENTS = {
    PartKind.PROTOKOLLSANTECKNING,
    PartKind.SARSKILT_YTTRANDE,
    PartKind.RESERVATION,
}
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
class Turn:
    """From ``start`` in the text somebody speaks, or nobody any more (``kind`` None).

    ``holds``: the words go on over the following stycken; ``items``: over those that are items of
    a list ("De föreslår", "att …"). ``office``: said by officials.
    """

    start: int
    kind: PartKind | None = None
    speakers: tuple[Speaker, ...] = ()
    holds: bool = False
    items: bool = False
    office: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stycke, the kind of part the label above it makes, and whether it is a speaker line."""

    start: int
    end: int
    section: PartKind
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Persons:
    """Whom a sentence may mean: names ``known``, the chair, and who moved the matter.

    ``near``: the first names of those named in the § -> who is meant, None where several are.
    """

    known: frozenset[str]
    chair: tuple[Speaker, ...] = ()
    mover: Turn | None = None
    near: Mapping[str, Speaker | None] = field(default_factory=dict)

    def by_office(self, text: str, start: int, held: Turn | None) -> Turn | None:
        """ "Ordföranden yrkar …", "Motionären anför …"; ``held``: who spoke just before."""
        if self.chair and shapes.CHAIR_MOVES.match(text, start):
            return Turn(start, PartKind.YRKANDE, self.chair)
        named = shapes.MOVER.match(text, start)
        mover = self.mover or held
        if named and mover and mover.kind == named.lastgroup:
            return replace(mover, start=start, holds=False)
        return Turn(start) if named else None

    def by_first_name(self, text: str, start: int, end: int) -> Turn | None:
        """ "Siv svarar …", of whom one is near; of several, or of another, nobody's words."""
        first = shapes.FIRST_NAME.match(text, start, end)
        verb = shapes.VERB.match(text, first.end() - 1, end) if first else None
        if not first or not verb or first["first"] not in self.near:
            return None
        meant = self.near[first["first"]]
        return _turn(text, start, end, verb, Subject((meant,), 0, True)) if meant else Turn(start)


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
        elif on_record and begun and shapes.SPEECH_ENDS.match(text, passage.start):
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
        shapes.ANFORANDE_LINE.match(text)
        or shapes.WRITTEN_QUESTION.fullmatch(text)
        or shapes.SALUTED_LINE.match(text)
        or shapes.CAPITALS_LINE.match(text)
    )


def is_verbatim(lines: Sequence[Placed]) -> bool:
    """Whether names alone on lines head speeches throughout a document, in whatever type."""
    texts = [placed.line.text for placed in lines]
    names = [bool(shapes.NAME_LINE.fullmatch(text)) for text in texts]
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
    named = shapes.NAME_LINE.fullmatch(line.text) or shapes.CHAIR_LINE.fullmatch(line.text)
    if not named and not (verbatim and shapes.ROLE_LINE.fullmatch(line.text)):
        return False
    below = lines[index + 1].line
    return not below.bold and not shapes.NAME_LINE.fullmatch(below.text)


def _speaker_line(passage: Passage, text: str) -> Turn | None:
    """The turn a speaker line opens, also one in mid-line where a line break was lost."""
    if not passage.is_line:
        inside = shapes.ANFORANDE_LINE.search(text, passage.start, passage.end)
        if not inside:
            return None
        return Turn(inside.start(), PartKind.ANFORANDE, _named(inside), holds=True)
    line = text[passage.start : passage.end].rstrip()
    is_question = shapes.WRITTEN_QUESTION.fullmatch(line)
    named = shapes.NAME_LINE.match(line) or shapes.CHAIR_LINE.match(line)
    match = opening(line) or named or shapes.ROLE_LINE.match(line)
    said = passage.section if passage.section in OWN else PartKind.ANFORANDE
    kind = PartKind.FRAGA if is_question else said
    return Turn(passage.start, kind, _named(match) if match else (), holds=True)


def _named(match: re.Match[str]) -> tuple[Speaker, ...]:
    groups = match.groupdict()
    name = (groups["name"] or groups.get("mixed") or "").strip(" ,")
    role = ((groups.get("role") or "") + (groups.get("place") or "")).strip()
    return (Speaker(name, groups.get("paren"), role or None),) if name else ()


# --- persons -------------------------------------------------------------------------------------


NOBODY = Persons(frozenset())


def persons_of(text: str, front: Iterable[Part], present: Sequence[Attendee]) -> Persons:
    """The names of the attendance list, and those that stand with a party or a role anywhere."""
    known = {person.name for person in present}
    # "Ek Ada" in a list is "Ada Ek" in a sentence
    known |= {" ".join(reversed(name.split())) for name in known if name.count(" ") == 1}
    known.update(
        match["name"]
        for match in shapes.NAME_RUN.finditer(text)
        if match["role"] or (match["paren"] and shapes.PARTY.fullmatch(match["paren"]))
    )
    for part in front:
        if part.kind is PartKind.NARVARO:
            listed = shapes.LISTED.finditer(text, part.span.start, part.span.end)
            known.update(match["name"] for match in listed)
            turned = shapes.REVERSED.finditer(text, part.span.start, part.span.end)
            known.update(f"{match['first']} {match['last']}" for match in turned)
    chairs = [p for p in present if p.role and shapes.CHAIR.fullmatch(p.role)]
    chair = tuple(Speaker(p.name, p.party, p.role) for p in chairs if not p.paragrafer)
    persons = frozenset(name for name in known if not shapes.ABBREVIATION.search(name))
    return Persons(persons, chair if len(chairs) == 1 else ())


def near(text: str, persons: Persons) -> Persons:
    """The same persons, with the first names of those whom the ``text`` of a § names in full."""
    full: dict[str, set[str]] = {}
    for name in persons.known:
        if name in text:
            full.setdefault(name.split()[0], set())
    for first, names in full.items():
        shape = re.compile(rf"(?<![\w-]){re.escape(first)}{shapes.LAST_NAMES}")
        names.update(match[0] for match in shape.finditer(text))
    meant = {
        first: Speaker(next(iter(names))) if len(names) == 1 and names <= persons.known else None
        for first, names in full.items()
    }
    return replace(persons, near=meant)


@dataclass(frozen=True, slots=True)
class Subject:
    """The persons that stand side by side in a sentence; ``sure``: they are persons indeed;
    ``office``: each is named by what he or she is and by no party."""

    speakers: tuple[Speaker, ...]
    end: int
    sure: bool
    office: bool = False


def persons_at(text: str, start: int, known: frozenset[str]) -> Subject:
    """The persons named from ``start`` on: "Ada Ek (S), Bo Ask, rektor, och Siv Myr (M)"."""
    found: list[Speaker] = []
    position, end, sure, office = start, start, True, True
    while match := shapes.PERSON.match(text, position):
        name, paren, role = match["name"], match["paren"], match["role"]
        if shapes.ORGANISATION.search(name):
            break
        end = match.end()
        party = paren if paren and shapes.PARTY.fullmatch(paren) else None
        if after := shapes.AFTER_NAME.match(text, end):
            role = role or after["role"] or after["origin"]
            end = after.end()
        sure = sure and bool(paren or role or name in known)
        office = office and bool(role) and not paren
        found.append(Speaker(name, party, role or (None if party else paren)))
        separator = shapes.AND.match(text, end)
        if not separator:
            break
        position = separator.end()
    if found and (agreed := shapes.AGREED.match(text, end)):
        end = max(end, persons_at(text, agreed.end(), known).end)
    if others := shapes.AND_OTHERS.match(text, end):
        end = others.end()
    return Subject(tuple(found), end, sure and bool(found), office and bool(found))


# --- sentences -----------------------------------------------------------------------------------


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


def _presents_too(
    text: str, start: int, end: int, known: frozenset[str], held: Turn
) -> Turn | None:
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
            persons.by_office(text, first, held)
            or persons.by_first_name(text, first, end)
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
            turn = _presents_too(text, first, end, persons.known, held) or turn
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
