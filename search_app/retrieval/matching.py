"""Which words of a passage a query matched: for marking hits, over the tokens of the original text.

The tree is evaluated just as ``indexer/engines/base.py`` defines it for engines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis.tokens import Token
from indexer.engines.base import (
    And,
    AnyOf,
    Attribute,
    Dated,
    Everything,
    Field,
    Has,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Word,
)

Positions = Mapping[str, Sequence[int]]
"""Where each term of a field stands."""


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """What matching needs of a passage; a token's place in its tuple is its position."""

    text: tuple[Token, ...]
    title: tuple[Token, ...]
    attributes: Mapping[Attribute, tuple[str, ...]]
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Match:
    """Indices of the tokens that matched, ascending; none where only filters and negations had a
    say."""

    text: tuple[int, ...]
    title: tuple[int, ...]


def match(
    query: Query, passage: PassageTerms, terms: Callable[[str], tuple[str, ...]]
) -> Match | None:
    """What matched, or None where the passage does not match. ``terms``: those of an analyzer."""
    marks = _Passage(passage, terms, _tagged(query)).marks(query)
    if marks is None:
        return None
    text = sorted(at for in_text, at in marks if in_text)
    title = sorted(at for in_text, at in marks if not in_text)
    return Match(tuple(text), tuple(title))


Marks = frozenset[tuple[bool, int]]
"""Tokens that matched: whether of the text (else of the title), and at which position."""

NO_MARKS: Marks = frozenset()
IN_TEXT = {
    Field.TEXT_EXACT: True,
    Field.TEXT_TERMS: True,
    Field.TITLE_EXACT: False,
    Field.TITLE_TERMS: False,
}
OF_TERMS = (Field.TEXT_TERMS, Field.TITLE_TERMS)


class _Passage:
    """A passage with an index of each field that a query asks for.

    Of the terms, only those ``asked`` for are indexed: that is what makes a long page quick.
    """

    def __init__(
        self,
        passage: PassageTerms,
        terms: Callable[[str], tuple[str, ...]],
        asked: frozenset[str],
    ) -> None:
        self._passage = passage
        self._terms = terms
        self._asked = asked
        self._indexes: dict[Field, Positions] = {}

    def marks(self, query: Query) -> Marks | None:
        """The tokens to mark, None where the passage does not match."""
        match query:
            case Word(terms):
                found = {
                    (IN_TEXT[term.field], at)
                    for term in terms
                    for at in self._positions(term.field).get(term.text, ())
                }
                return frozenset(found) or None
            case AnyOf(field, texts):
                return _marks(field, self._of_any(field, texts))
            case Phrase(field, words):
                return _marks(field, self._of_phrase(field, words))
            case Near():
                return _marks(query.field, self._of_near(query))
            case And(clauses):
                return self._of_all(clauses)
            case Or(clauses):
                found_of = [marks for one in clauses if (marks := self.marks(one)) is not None]
                return NO_MARKS.union(*found_of) if found_of else None
            case _:
                return NO_MARKS if self._holds(query) else None

    def _of_all(self, clauses: tuple[Query, ...]) -> Marks | None:
        found = NO_MARKS
        for clause in clauses:
            marks = self.marks(clause)
            if marks is None:
                return None
            found |= marks
        return found

    def _holds(self, query: Not | Everything | Has | Dated) -> bool:
        """Whether a clause holds that marks nothing."""
        match query:
            case Not(clause):
                return self.marks(clause) is None
            case Has(attribute, values):
                own = self._passage.attributes.get(attribute, ())
                return any(value in values for value in own)
            case Dated(first, last):
                date = self._passage.date
                return (
                    date is not None
                    and (first is None or first <= date)
                    and (last is None or date <= last)
                )
            case Everything():
                return True

    def _of_any(self, field: Field, texts: Iterable[str]) -> set[int]:
        positions = self._positions(field)
        return {at for text in texts for at in positions.get(text, ())}

    def _of_phrase(self, field: Field, words: tuple[str, ...]) -> set[int]:
        """The positions of all words of all occurrences."""
        positions = self._positions(field)
        starts: set[int] | None = None
        for offset, word in enumerate(words):
            here = {at - offset for at in positions.get(word, ())}
            starts = here if starts is None else starts & here
            if not starts:
                return set()
        return {start + offset for start in starts or () for offset in range(len(words))}

    def _of_near(self, near: Near) -> set[int]:
        lefts = self._of_any(near.field, near.left)
        rights = self._of_any(near.field, near.right)
        close = (
            (left, right)
            for left in lefts
            for right in rights
            if 1 <= abs(left - right) <= near.distance
        )
        return {at for pair in close for at in pair}

    def _positions(self, field: Field) -> Positions:
        if field not in self._indexes:
            self._indexes[field] = self._indexed(field)
        return self._indexes[field]

    def _indexed(self, field: Field) -> Positions:
        if field is Field.TEXT_TERMS:
            return self._of_terms(self._positions(Field.TEXT_EXACT))
        if field is Field.TITLE_TERMS:
            return self._of_terms(self._positions(Field.TITLE_EXACT))
        index: dict[str, list[int]] = {}
        tokens = self._passage.text if IN_TEXT[field] else self._passage.title
        for at, token in enumerate(tokens):
            index.setdefault(token.word, []).append(at)
        return index

    def _of_terms(self, words: Positions) -> Positions:
        index: dict[str, list[int]] = {}
        for word, places in words.items():
            for term in self._terms(word):
                if term in self._asked:
                    index.setdefault(term, []).extend(places)
        return index


@lru_cache(maxsize=64)
def _tagged(query: Query) -> frozenset[str]:
    """The kind-tagged terms that a query asks for."""
    match query:
        case Word(terms):
            return frozenset(term.text for term in terms if term.field in OF_TERMS)
        case AnyOf(field, texts) | Phrase(field, texts):
            return frozenset(texts if field in OF_TERMS else ())
        case Near(field, left, right):
            return frozenset((*left, *right) if field in OF_TERMS else ())
        case And(clauses) | Or(clauses):
            return frozenset().union(*map(_tagged, clauses))
        case Not(clause):
            return _tagged(clause)
        case _:
            return frozenset()


def _marks(field: Field, positions: set[int]) -> Marks | None:
    in_text = IN_TEXT[field]
    return frozenset((in_text, at) for at in positions) or None
