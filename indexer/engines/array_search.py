"""The query tree evaluated with arrays: for each node, which rows match and what they score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engines import bm25
from indexer.engines.admission import fits
from indexer.engines.base import (
    And,
    AnyOf,
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
from indexer.engines.columns import UNDATED, Columns

Mask = NDArray[np.bool_]
Longs = NDArray[np.int64]

POSITION_BITS = 32
FARTHEST = 1 << 20  # positions: longer than any passage; farther would reach into the next one


@dataclass(frozen=True, slots=True)
class Matches:
    """One entry a row. The score of a row that does not match is 0."""

    mask: Mask
    score: bm25.Floats


@dataclass(frozen=True, slots=True)
class TermRows:
    """A term's rows, ascending, how often it is in each, and all its places.

    A place has the row in its upper 32 bits and the position in the lower; ascending.
    """

    rows: Longs
    tf: bm25.Floats
    places: Longs

    @property
    def nbytes(self) -> int:
        return self.rows.nbytes + self.tf.nbytes + self.places.nbytes


def term_rows(places: Longs) -> TermRows:
    """``places`` in any order."""
    ordered = np.sort(places)
    rows, times = np.unique(ordered >> POSITION_BITS, return_counts=True)
    return TermRows(rows, times.astype(np.float32), ordered)


ReadTerm = Callable[[Field, str], TermRows]


class ArraySearch:
    """Evaluates queries over the passages of ``columns``; ``read`` gives what terms stand where."""

    def __init__(self, columns: Columns, read: ReadTerm) -> None:
        self._columns = columns
        self._size = len(columns.number)
        self._norms = {field: bm25.norms(columns.lengths[field]) for field in Field}
        self._codes = {
            attribute: {value: code for code, value in enumerate(column.values)}
            for attribute, column in columns.values.items()
        }
        self._read = read

    def matches(self, query: Query) -> Matches:
        match query:
            case Word():
                return self._word(query)
            case AnyOf(field, terms):
                rows = [self._term(field, term).rows for term in terms]
                return self._alike(np.concatenate([self._nowhere(), *rows]))
            case Phrase():
                return self._alike(self._phrase(query))
            case Near():
                return self._alike(self._near(query))
            case And(clauses):
                return reduce(_both, map(self.matches, clauses), self._everything())
            case Or(clauses):
                return reduce(_either, map(self.matches, clauses), self._alike(self._nowhere()))
            case Not(clause):
                return self._unscored(~self.matches(clause).mask)
            case Everything():
                return self._everything()
            case Has():
                return self._unscored(self._has(query))
            case Dated():
                return self._unscored(self._dated(query))

    def _everything(self) -> Matches:
        return self._unscored(np.ones(self._size, dtype=np.bool_))

    def _unscored(self, mask: Mask) -> Matches:
        return Matches(mask, np.zeros(self._size, dtype=np.float32))

    def _alike(self, rows: Longs) -> Matches:
        """These rows, each with score 1."""
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[rows] = True
        return Matches(mask, mask.astype(np.float32))

    def _nowhere(self) -> Longs:
        return np.zeros(0, dtype=np.int64)

    def _term(self, field: Field, term: str) -> TermRows:
        return self._read(field, term) if fits(term) else term_rows(self._nowhere())

    def _word(self, word: Word) -> Matches:
        found = self._unscored(np.zeros(self._size, dtype=np.bool_))
        for term in word.terms:
            entry = self._term(term.field, term.text)
            norm = self._norms[term.field][entry.rows]
            found.mask[entry.rows] = True
            found.score[entry.rows] += bm25.scores(entry.tf, norm, self._size, term.weight)
        return found

    def _phrase(self, phrase: Phrase) -> Longs:
        """Rows where all words follow the first one, each at its distance."""
        if not phrase.words:
            return self._nowhere()
        starts = self._term(phrase.field, phrase.words[0]).places
        for distance, word in enumerate(phrase.words[1:], start=1):
            if not len(starts):
                break
            here = self._term(phrase.field, word).places
            starts = starts[_among(starts + distance, here)]
        return starts >> POSITION_BITS

    def _near(self, near: Near) -> Longs:
        distance = min(near.distance, FARTHEST)
        left = self._places(near.field, near.left)
        right = self._places(near.field, near.right)
        return np.concatenate([_followed(left, right, distance), _followed(right, left, distance)])

    def _places(self, field: Field, terms: tuple[str, ...]) -> Longs:
        places = [self._term(field, term).places for term in terms]
        return np.sort(np.concatenate([self._nowhere(), *places]))

    def _has(self, has: Has) -> Mask:
        column, codes = self._columns.values[has.attribute], self._codes[has.attribute]
        wanted = [codes[value] for value in has.values if value in codes]
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[column.rows[np.isin(column.codes, wanted)]] = True
        return mask

    def _dated(self, dated: Dated) -> Mask:
        day = self._columns.day
        mask: Mask = day != UNDATED
        if dated.first is not None:
            mask &= day >= dated.first.toordinal()
        if dated.last is not None:
            mask &= day <= dated.last.toordinal()
        return mask


def _among(sought: Longs, places: Longs) -> Mask:
    at = np.searchsorted(places, sought)
    found: Mask = at < len(places)
    found[found] = places[at[found]] == sought[found]
    return found


def _followed(first: Longs, then: Longs, distance: int) -> Longs:
    """Rows where one of ``then`` stands 1 to ``distance`` positions after one of ``first``."""
    next_one = np.searchsorted(then, first + 1)
    inside = next_one < len(then)
    first, next_one = first[inside], next_one[inside]
    return first[then[next_one] <= first + distance] >> POSITION_BITS


def _both(a: Matches, b: Matches) -> Matches:
    mask = a.mask & b.mask
    return Matches(mask, np.where(mask, a.score + b.score, np.float32(0)))


def _either(a: Matches, b: Matches) -> Matches:
    return Matches(a.mask | b.mask, a.score + b.score)


def conjunction(masks: Iterator[Mask], start: Mask) -> Mask:
    return reduce(np.logical_and, masks, start)
