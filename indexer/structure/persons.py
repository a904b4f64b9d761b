"""The persons of a protokoll: whom a sentence may mean, and who stands where in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.model import Attendee, Part, PartKind, Speaker
from indexer.structure import person_patterns as shapes

# What a person has handed in: the names in it do not speak
STATEMENTS = {
    PartKind.PROTOKOLLSANTECKNING,
    PartKind.SARSKILT_YTTRANDE,
    PartKind.RESERVATION,
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
class Persons:
    """Whom a sentence may mean: names ``known``, the chair, and who moved the matter.

    ``near``: the first names of those named in the § -> who is meant, None where several are.
    """

    known: frozenset[str]
    chair: tuple[Speaker, ...] = ()
    mover: Turn | None = None
    near: Mapping[str, Speaker | None] = field(default_factory=dict)


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
