"""What every engine takes and gives: passages as terms, a query tree, numbered hits with counts.

An engine stores postings and nothing else. It is handed terms, never text, and answers with
numbers that the archive turns into passages. So all engines give the same answers, and the
conformance suite in ``tests/engines`` holds them to it.

**Scores.** ``Word`` is scored by BM25 (k1 1.2, b 0.75): the sum over its terms of weight times

    ln(1 + (N - n + 0.5) / (n + 0.5)) * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * length / average))

where ``length`` counts the terms of the field, from 40 on rounded down to a byte's scale (see
``bm25``). N, n and ``average`` may still count what has been removed, until it is merged away.
``Phrase``, ``Near`` and ``AnyOf`` score 1.0; ``Has``, ``Dated``, ``Everything`` and ``Not`` 0.
``And`` and ``Or`` add up what their matching clauses score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

INDEX_SCHEMA = 2  # raise it when the same passages would now be indexed otherwise

# --- what is indexed -------------------------------------------------------------------------


class Field(StrEnum):
    """Where terms stand. ``EXACT``: the surface form, one a position. ``TERMS``: kind-tagged."""

    TEXT_EXACT = "text_exact"
    TEXT_TERMS = "text_terms"
    TITLE_EXACT = "title_exact"  # § number, title and dnr
    TITLE_TERMS = "title_terms"


class Attribute(StrEnum):
    """What a passage may be filtered by: exact values, any number a passage."""

    MUNICIPALITY = "municipality"  # slug
    BODY = "body"  # slug
    YEAR = "year"
    SPEAKER = "speaker"  # name as printed
    PARTY = "party"
    PLACE = "place"
    KIND = "kind"  # a PartKind
    DNR = "dnr"  # as normalise_dnr writes it
    PARAGRAF = "paragraf"  # number as printed: "12", "12a"


FACETS = (
    Attribute.MUNICIPALITY,
    Attribute.BODY,
    Attribute.YEAR,
    Attribute.SPEAKER,
    Attribute.PARTY,
    Attribute.PLACE,
    Attribute.KIND,
)
MAX_TERM_BYTES = 800  # longer terms and attribute values are no words; they are left out

PROTOKOLL_BITS = 27
ORDINAL_BITS = 20


def passage_number(protokoll: int, ordinal: int) -> int:
    """The number of a passage: its protokoll's key in the archive and its place in it."""
    assert 0 <= protokoll < 1 << PROTOKOLL_BITS, f"protokoll key out of range: {protokoll}"
    assert 0 <= ordinal < 1 << ORDINAL_BITS, f"passage ordinal out of range: {ordinal}"
    return protokoll << ORDINAL_BITS | ordinal


def protokoll_and_ordinal(number: int) -> tuple[int, int]:
    """Undoes ``passage_number``."""
    return number >> ORDINAL_BITS, number & ((1 << ORDINAL_BITS) - 1)


Terms = tuple[tuple[str, ...], ...]
"""The terms at each position. Never empty strings, never blanks within a term."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as an engine sees it.

    ``number``: see ``passage_number``. ``order`` breaks ties of relevance and date, ascending; it
    fits PROTOKOLL_BITS + ORDINAL_BITS and follows from the passage's id and place alone, never from
    the order of indexing (see ``indexer.indexed``). ``date``: the day of the meeting, or None.
    """

    number: int
    order: int
    date: dt.date | None
    fields: Mapping[Field, Terms]
    attributes: Mapping[Attribute, tuple[str, ...]]


# --- what is asked ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    field: Field
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """Passages with at least one of the terms. Without terms: none."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Passages with at least one of the terms in the field, all alike: an expanded prefix."""

    field: Field
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Passages with the words at consecutive positions. One word is that word; none: nothing."""

    field: Field
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Passages with a term of ``left`` and one of ``right`` at most ``distance`` positions apart,
    in any order, and never at one and the same position."""

    field: Field
    left: tuple[str, ...]
    right: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class And:
    """Without clauses: every passage."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Without clauses: none."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match; scores 0."""

    clause: Query


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class Has:
    """Passages with at least one of the values. Without values: none."""

    attribute: Attribute
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages of meetings from ``first`` to ``last``, both included; None: open. One without a
    date matches no Dated, not even an open one."""

    first: dt.date | None = None
    last: dt.date | None = None


Filter = Has | Dated
Query = Word | AnyOf | Phrase | Near | And | Or | Not | Everything | Has | Dated


class Sort(StrEnum):
    RELEVANCE = "relevance"  # score rounded to SCORE_DECIMALS, highest first; then ``order``
    NEWEST = "newest"  # date, undated last; then ``order``
    OLDEST = "oldest"  # date, undated last; then ``order``


SCORE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Search:
    """A page of hits asked for. ``filters`` must all hold and do not score."""

    query: Query
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[Attribute, ...] = ()


# --- what is answered ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scored:
    """A hit. ``score`` is 0 where the sort is not by relevance."""

    number: int
    score: float


Counts = tuple[tuple[str, int], ...]
"""(value, passages) for every value that occurs; most first, then by value."""


@dataclass(frozen=True, slots=True)
class EngineResult:
    """``total`` and the counts are exact, and count passages.

    The counts of an attribute are those of passages that match the query and all filters but those
    on the attribute itself (``Dated`` is one on YEAR), so that further values can be chosen.
    """

    total: int
    hits: tuple[Scored, ...]
    facets: Mapping[Attribute, Counts]


@dataclass(frozen=True, slots=True)
class Expansion:
    """The most frequent surface words that begin with a prefix, and how many there are in all.

    Words of TEXT_EXACT and TITLE_EXACT together; frequency is the number of passages with the word
    in the text plus that of passages with it in the title. Most frequent first, then by word.
    """

    words: tuple[str, ...]
    total: int


class Engine(Protocol):
    """An open index: one state for as long as it is open, safe to share among threads."""

    def search(self, search: Search) -> EngineResult: ...

    def numbers(self, query: Query, filters: tuple[Filter, ...] = ()) -> Iterator[int]:
        """The numbers of all matching passages, ascending."""
        ...

    def expand(self, prefix: str, limit: int) -> Expansion: ...

    def close(self) -> None: ...


class Builder(Protocol):
    """An index being made or changed. Nothing is promised until ``build`` ends without error."""

    def remove(self, protokoll: int) -> None:
        """Takes all passages of a protokoll out; before any of them is added anew."""
        ...

    def add(self, passage: IndexedPassage) -> None: ...


class EngineModule(Protocol):
    """What a module ``indexer/engines/<name>_engine.py`` offers."""

    def build(self, folder: Path, *, anew: bool) -> AbstractContextManager[Builder]:
        """An index in ``folder``, empty if ``anew``, else as it lies there, to be changed. Files
        are replaced, never changed in place: they may be hard links of another generation's. When
        the block ends, all is on disk; when it raises, the folder is good for nothing."""
        ...

    def open_index(self, folder: Path) -> Engine:
        """The index in ``folder``; writes nothing there, also where it may not be written."""
        ...
