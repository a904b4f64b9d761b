"""An engine without an index: it looks at every passage, and says what ``base`` says, in Python."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from indexer.engines.base import (
    And,
    AnyOf,
    Attribute,
    Counts,
    Dated,
    EngineResult,
    Everything,
    Expansion,
    Field,
    Filter,
    Has,
    IndexedPassage,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Scored,
    Search,
    Sort,
    Term,
    Terms,
    Word,
)


class Looked:
    """A passage with what it takes to look at it often."""

    def __init__(self, passage: IndexedPassage) -> None:
        self.passage = passage
        self.terms: dict[Field, Terms] = {f: passage.fields.get(f, ()) for f in Field}
        self.places = {field: places_of(terms) for field, terms in self.terms.items()}
        self.length = {f: sum(map(len, terms)) for f, terms in self.terms.items()}

    def has(self, field: Field, term: str) -> bool:
        return term in self.places[field]

    def positions(self, field: Field, wanted: Iterable[str]) -> list[int]:
        places = self.places[field]
        return [at for term in wanted if term in places for at in places[term]]


def places_of(terms: Terms) -> dict[str, list[int]]:
    """term → its positions."""
    places: dict[str, list[int]] = defaultdict(list)
    for position, at in enumerate(terms):
        for term in at:
            places[term].append(position)
    return dict(places)


class Oracle:
    def __init__(self, passages: Iterable[IndexedPassage]) -> None:
        self._all = [Looked(passage) for passage in passages]
        self._found: dict[Query, frozenset[int]] = {}
        self._scores: dict[Query, dict[int, float]] = {}
        self._holding: dict[tuple[Field, str], frozenset[int]] = {}
        self._passage = {p.passage.number: p.passage for p in self._all}
        self._everything = frozenset(self._passage)

    @cached_property
    def _average(self) -> dict[Field, float]:
        return {f: sum(p.length[f] for p in self._all) / len(self._all) for f in Field}

    # --- what matches

    def found(self, query: Query) -> frozenset[int]:
        """The numbers of the passages that match."""
        if query not in self._found:
            self._found[query] = self._find(query)
        return self._found[query]

    def _find(self, query: Query) -> frozenset[int]:
        match query:
            case Word(terms):
                return frozenset().union(*(self._holders(t.field, t.text) for t in terms))
            case AnyOf(field, texts):
                return frozenset().union(*(self._holders(field, text) for text in texts))
            case And(clauses):
                return self._everything.intersection(*map(self.found, clauses))
            case Or(clauses):
                return frozenset().union(*map(self.found, clauses))
            case Not(clause):
                return self._everything - self.found(clause)
            case Everything():
                return self._everything
            case _:
                return frozenset(p.passage.number for p in self._all if leaf_matches(query, p))

    # --- what it scores

    def scores(self, query: Query) -> dict[int, float]:
        """number → score, for all that match."""
        if query not in self._scores:
            self._scores[query] = self._score(query, self.found(query))
        return self._scores[query]

    def _score(self, query: Query, found: frozenset[int]) -> dict[int, float]:
        match query:
            case Word(terms):
                looked = [p for p in self._all if p.passage.number in found]
                return {
                    p.passage.number: sum(term.weight * self._bm25(term, p) for term in terms)
                    for p in looked
                }
            case AnyOf() | Phrase() | Near():
                return dict.fromkeys(found, 1.0)
            case And(clauses) | Or(clauses):
                parts = [self.scores(clause) for clause in clauses]
                return {number: sum(part.get(number, 0.0) for part in parts) for number in found}
            case _:
                return dict.fromkeys(found, 0.0)

    def _bm25(self, term: Term, p: Looked) -> float:
        tf = len(p.positions(term.field, (term.text,)))
        n = len(self._holders(term.field, term.text))
        idf = math.log(1 + (len(self._all) - n + 0.5) / (n + 0.5))
        share = rounded_length(p.length[term.field]) / self._average[term.field]
        return idf * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * share)) if tf else 0.0

    def _holders(self, field: Field, text: str) -> frozenset[int]:
        """The passages with a term."""
        key = (field, text)
        if key not in self._holding:
            self._holding[key] = frozenset(p.passage.number for p in self._all if p.has(*key))
        return self._holding[key]

    # --- the engine

    def _passages(self, query: Query, filters: Iterable[Filter]) -> list[IndexedPassage]:
        numbers = self.found(query).intersection(*map(self.found, filters))
        return [self._passage[number] for number in numbers]

    def numbers(self, query: Query, filters: tuple[Filter, ...] = ()) -> Iterator[int]:
        return iter(sorted(p.number for p in self._passages(query, filters)))

    def search(self, search: Search) -> EngineResult:
        found = self._passages(search.query, search.filters)
        scores = self.scores(search.query)
        by_relevance = search.sort is Sort.RELEVANCE

        def key(passage: IndexedPassage) -> tuple[bool, float, int]:
            if by_relevance:
                return False, -round(scores[passage.number], 4), passage.order
            day = passage.date.toordinal() if passage.date else 0
            return day == 0, day if search.sort is Sort.OLDEST else -day, passage.order

        page = sorted(found, key=key)[search.offset : search.offset + search.limit]
        return EngineResult(
            len(found),
            tuple(
                Scored(p.number, round(scores[p.number], 4) if by_relevance else 0.0) for p in page
            ),
            {attribute: self._counts(search, attribute) for attribute in search.facets},
        )

    def _counts(self, search: Search, attribute: Attribute) -> Counts:
        others = [f for f in search.filters if chooses_among(f) is not attribute]
        found = self._passages(search.query, others)
        counts = Counter(v for p in found for v in set(p.attributes.get(attribute, ())))
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def expand(self, prefix: str, limit: int) -> Expansion:
        counts: Counter[str] = Counter()
        for p in self._all:
            for field in (Field.TEXT_EXACT, Field.TITLE_EXACT):
                counts.update(word for word in p.places[field] if word.startswith(prefix))
        words = sorted(counts, key=lambda word: (-counts[word], word))
        return Expansion(tuple(words[:limit]), len(words))

    def close(self) -> None:
        pass


def leaf_matches(query: Query, p: Looked) -> bool:
    match query:
        case Phrase(field, words):
            starts = p.positions(field, words[:1])
            return any(stand_first(words, p.terms[field][start:]) for start in starts)
        case Near(field, left, right, distance):
            lefts, rights = p.positions(field, left), p.positions(field, right)
            return any(1 <= abs(a - b) <= distance for a in lefts for b in rights)
        case Has(attribute, values):
            return any(v in values for v in p.passage.attributes.get(attribute, ()))
        case Dated(first, last):
            date = p.passage.date
            return bool(date and (first or date) <= date <= (last or date))
        case _:
            raise AssertionError(f"not a leaf: {query}")


def stand_first(words: tuple[str, ...], terms: Terms) -> bool:
    """Whether the terms begin with the words."""
    return len(words) <= len(terms) and all(
        word in at for word, at in zip(words, terms, strict=False)
    )


def rounded_length(length: int) -> int:
    """Exact below 40; from there the length less 24 is rounded down to four binary digits."""
    if length < 40:
        return length
    step = 1 << ((length - 24).bit_length() - 4)
    return 24 + (length - 24) // step * step


def chooses_among(narrowing: Filter) -> Attribute:
    return narrowing.attribute if isinstance(narrowing, Has) else Attribute.YEAR
