"""A passage as an engine takes it: its terms, and the values it may be filtered by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.tokens import words
from indexer.engines.base import (
    ORDINAL_BITS,
    PROTOKOLL_BITS,
    Attribute,
    Field,
    IndexedPassage,
    Terms,
    passage_number,
)
from indexer.identifiers import normalise_dnr, parse_paragraf_number
from indexer.ids import party_code
from indexer.served import ServedParagraf, ServedPassage, ServedProtokoll


def indexed(head: ServedProtokoll, passage: ServedPassage, analyzer: Analyzer) -> IndexedPassage:
    exact, tagged = _analysed(passage.text, analyzer)
    title_exact, title_tagged = _analysed(title_text(passage.paragraf), analyzer)
    return IndexedPassage(
        number=passage_number(head.key, passage.ordinal),
        order=_order(head.id) << ORDINAL_BITS | passage.ordinal,
        date=head.date,
        fields={
            Field.TEXT_EXACT: exact,
            Field.TEXT_TERMS: tagged,
            Field.TITLE_EXACT: title_exact,
            Field.TITLE_TERMS: title_tagged,
        },
        attributes=attributes(head, passage),
    )


def title_text(section: ServedParagraf) -> str:
    """What of the head of its § every passage can be found by: number, title and dnr."""
    return "\n".join(part for part in (section.number, section.title, section.dnr) if part)


def attributes(
    head: ServedProtokoll, passage: ServedPassage
) -> Mapping[Attribute, tuple[str, ...]]:
    """What a passage may be filtered by. Places come with their gazetteer, in a later version."""
    section = passage.paragraf
    number = section.number and parse_paragraf_number(section.number)
    return {
        Attribute.MUNICIPALITY: (head.municipality_slug,),
        Attribute.BODY: (head.body_slug,),
        Attribute.YEAR: (f"{head.date.year}",) if head.date else (),
        Attribute.SPEAKER: _distinct(speaker.name for speaker in passage.speakers),
        Attribute.PARTY: _distinct(party_code(s.party) for s in passage.speakers if s.party),
        Attribute.PLACE: (),
        Attribute.KIND: (passage.kind.value,),
        Attribute.DNR: (normalise_dnr(section.dnr),) if section.dnr else (),
        Attribute.PARAGRAF: (number or section.number,) if section.number else (),
    }


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _order(name: str) -> int:
    """A number that follows from a protokoll's id alone. Two protokoll of one day share it by a
    chance of 1 in 2^27; all that comes of it is that their passages stand mixed."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> (64 - PROTOKOLL_BITS)


def _analysed(text: str, analyzer: Analyzer) -> tuple[Terms, Terms]:
    """The surface form and the tagged terms at each position."""
    found = words(text)
    return tuple((word,) for word in found), tuple(map(analyzer.terms, found))
