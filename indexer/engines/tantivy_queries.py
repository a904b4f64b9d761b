"""Our query tree as tantivy's: what it matches and what it scores is as ``base`` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tantivy
from tantivy import Occur

from indexer.engines.admission import fits, fitting
from indexer.engines.base import (
    FACETS,
    And,
    AnyOf,
    Attribute,
    Dated,
    Everything,
    Field,
    Filter,
    Has,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Word,
)

PROTOKOLL, NUMBER, ORDER, DAY = "protokoll", "number", "order", "day"
NEWEST, OLDEST = "newest", "oldest"  # as Sort says them
FARTHEST = 1 << 20  # positions: longer than any passage, and far from tantivy's limit of 32 bits
LAST_DAY = (1 << 32) - 1


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in Field:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for attribute in Attribute:
        builder.add_text_field(
            attribute, tokenizer_name="raw", index_option="basic", fast=attribute in FACETS
        )
    builder.add_text_field(PROTOKOLL, tokenizer_name="raw", index_option="basic")
    for number in (NUMBER, ORDER, DAY, NEWEST, OLDEST):
        builder.add_unsigned_field(number, fast=True)
    return builder.build()


SCHEMA = _schema()
_ALL = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
_NONE = tantivy.Query.empty_query()


def narrows(narrowing: Filter) -> Attribute:
    """The attribute whose values a filter chooses among."""
    return narrowing.attribute if isinstance(narrowing, Has) else Attribute.YEAR


def filtered(query: tantivy.Query, filters: tuple[Filter, ...]) -> tantivy.Query:
    if not filters:
        return query
    musts = [(Occur.Must, translate(narrowing)) for narrowing in filters]
    return tantivy.Query.boolean_query([(Occur.Must, query), *musts])


def translate(query: Query) -> tantivy.Query:
    match query:
        case Word():
            return _word(query)
        case AnyOf(field, terms):
            return _constant(_term_set(field, terms), 1.0)
        case Phrase(field, words):
            return _constant(_phrase(field, words), 1.0)
        case Near():
            return _constant(_any(_near(query)), 1.0)
        case And(clauses):
            return _and(clauses)
        case Or(clauses):
            return _any(translate(clause) for clause in clauses)
        case Not():
            return _and((query,))
        case Everything():
            return _ALL
        case Has(attribute, values):
            return _constant(_term_set(attribute, values), 0.0)
        case Dated():
            return _dated(query)


def constant_score(query: Query) -> float | None:
    """What every hit of the query scores; None where that may differ."""
    match query:
        case Word():
            return None
        case AnyOf() | Phrase() | Near():
            return 1.0
        case And(clauses):
            scores = [score for score in map(constant_score, clauses) if score is not None]
            return sum(scores) if len(scores) == len(clauses) else None
        case Or(clauses):
            if len(clauses) == 1:
                return constant_score(clauses[0])
            return 0.0 if all(constant_score(clause) == 0 for clause in clauses) else None
        case _:
            return 0.0


def _constant(query: tantivy.Query, score: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, score)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Without clauses, tantivy's boolean query matches nothing, which is what we want."""
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def _and(clauses: tuple[Query, ...]) -> tantivy.Query:
    """Negative clauses need a positive one beside them, or tantivy matches nothing."""
    must = [translate(clause) for clause in clauses if not isinstance(clause, Not)]
    never = [translate(clause.clause) for clause in clauses if isinstance(clause, Not)]
    return tantivy.Query.boolean_query(
        [(Occur.Must, query) for query in must or [_ALL]]
        + [(Occur.MustNot, query) for query in never]
    )


def _term(field: str, text: str) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, field, text, "freq")


def _term_set(field: str, texts: tuple[str, ...]) -> tantivy.Query:
    kept = fitting(texts)
    if len(kept) == 1:  # as a set it would cost a walk through the field's dictionary
        return _term(field, kept[0])
    return tantivy.Query.term_set_query(SCHEMA, field, kept) if kept else _NONE


def _word(word: Word) -> tantivy.Query:
    return _any(
        tantivy.Query.boost_query(_term(term.field, term.text), term.weight)
        for term in word.terms
        if fits(term.text)
    )


def _phrase(field: Field, words: tuple[str, ...]) -> tantivy.Query:
    """A phrase of one word or none would panic."""
    if not words or not all(map(fits, words)):
        return _NONE
    if len(words) == 1:
        return _term(field, words[0])
    return tantivy.Query.phrase_query(SCHEMA, field, list(words))


def _near(near: Near) -> Iterator[tantivy.Query]:
    """Both orders apart: b - a in [1, distance], and a - b in [1, distance]."""
    distance = min(near.distance, FARTHEST)
    for left in fitting(near.left):
        for right in fitting(near.right):
            yield from _window(near.field, left, right, 1, distance)
            if left != right:
                yield from _window(near.field, right, left, 1, distance)


def _window(field: Field, a: str, b: str, low: int, high: int) -> Iterator[tantivy.Query]:
    """Phrases that match where b stands ``low`` to ``high`` positions after a.

    tantivy's slop is |(position of b - position of a) - (offset of b - offset of a)| for two words,
    so a window of odd width is one phrase with its centre as offset; an even one takes two.
    """
    if high < low:
        return
    middle, odd = divmod(low + high, 2)
    yield _slop(field, a, b, middle, middle - low)
    if odd:
        yield _slop(field, a, b, middle + 1, high - middle - 1)


def _slop(field: Field, a: str, b: str, offset: int, slop: int) -> tantivy.Query:
    return tantivy.Query.phrase_query(SCHEMA, field, [(0, a), (offset, b)], slop)


def _dated(dated: Dated) -> tantivy.Query:
    first = dated.first.toordinal() if dated.first else 0
    last = dated.last.toordinal() if dated.last else LAST_DAY
    if first > last:
        return _NONE
    days = tantivy.Query.range_query(SCHEMA, DAY, tantivy.FieldType.Unsigned, first, last)
    return _constant(days, 0.0)
