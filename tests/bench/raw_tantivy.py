"""tantivy as its Python package has it, on the index files that our adapter has made.

The same clauses on the same fields, a count and twenty numbers: what is the least that an
application on tantivy can pay.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Query

from indexer.engines import base
from indexer.engines.base import Attribute, Field, Search, Sort
from tests.bench.peer import Answer, Ask
from tests.bench.spool import Row

HEAP_BYTES = 200_000_000  # as our adapter
ALL_VALUES = 65_000
STORED = (Attribute.MUNICIPALITY, Attribute.BODY, Attribute.YEAR, Attribute.SPEAKER)


def build(folder: Path, rows: Iterable[Row]) -> None:
    """An index with the same terms, each at a position of its own."""
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(HEAP_BYTES, 1)
    for row in rows:
        document = tantivy.Document()
        document.add_unsigned("number", row.number)
        document.add_unsigned("day", row.day)
        for field, terms in row.fields.items():
            document.add_text(field, terms)
        for attribute, values in row.attributes.items():
            for value in values:
                document.add_text(attribute, value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in Field:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for attribute in Attribute:
        builder.add_text_field(attribute, tokenizer_name="raw", index_option="basic", fast=True)
    for number in ("number", "day"):
        builder.add_unsigned_field(number, fast=True)
    return builder.build()


def open_index(folder: Path) -> Ask:
    index = tantivy.Index.open(str(folder))
    searcher, schema = index.searcher(), index.schema
    return lambda search: _ask(searcher, schema, search)


def _ask(searcher: tantivy.Searcher, schema: tantivy.Schema, search: Search) -> Answer:
    query = _query(schema, search.query)
    if search.filters:
        filters = [(Occur.Must, _query(schema, one)) for one in search.filters]
        query = Query.boolean_query([(Occur.Must, query), *filters])
    if search.sort is Sort.NEWEST:
        found = searcher.search(
            query, search.limit, order_by_field="newest", order=tantivy.Order.Asc
        )
    else:
        found = searcher.search(query, search.limit)
    numbers = searcher.fast_field_values("number", [address for _, address in found.hits])
    total: int = found.count  # type: ignore[attr-defined]  # tantivy's stub forgot it
    facets = _facets(searcher, query, search.facets) if search.facets else {}
    return Answer(total, tuple(int(n) for n in numbers if n is not None), facets)


def _facets(
    searcher: tantivy.Searcher, query: Query, attributes: tuple[Attribute, ...]
) -> dict[Attribute, dict[str, int]]:
    asked = {str(a): {"terms": {"field": str(a), "size": ALL_VALUES}} for a in attributes}
    answer = searcher.aggregate(query, asked)
    return {
        attribute: {one["key"]: one["doc_count"] for one in answer[attribute]["buckets"]}
        for attribute in attributes
    }


def _query(schema: tantivy.Schema, query: base.Query) -> Query:
    match query:
        case base.Word(terms):
            return Query.boolean_query(
                [
                    (
                        Occur.Should,
                        Query.boost_query(Query.term_query(schema, t.field, t.text), t.weight),
                    )
                    for t in terms
                ]
            )
        case base.AnyOf(field, words):
            return Query.const_score_query(Query.term_set_query(schema, field, words), 1.0)
        case base.Phrase(field, words):
            return Query.const_score_query(Query.phrase_query(schema, field, list(words)), 1.0)
        case base.Near(field, (left,), (right,), distance):
            return _near(schema, field, left, right, distance)
        case base.And(clauses):
            return Query.boolean_query([(Occur.Must, _query(schema, one)) for one in clauses])
        case base.Or(clauses):
            return Query.boolean_query([(Occur.Should, _query(schema, one)) for one in clauses])
        case base.Has(attribute, (value,)):
            return Query.term_query(schema, attribute, value, "basic")
        case base.Dated(first, last) if first and last:
            return Query.range_query(
                schema, "day", FieldType.Unsigned, first.toordinal(), last.toordinal()
            )
    raise NotImplementedError(f"no case of the benchmark asks for {query}")


def _near(schema: tantivy.Schema, field: Field, left: str, right: str, distance: int) -> Query:
    """An odd distance: from 1 to it, in either order, is one sloppy phrase each way."""
    centre, slop = (distance + 1) // 2, (distance - 1) // 2
    ways = ((left, right), (right, left))
    phrases = (Query.phrase_query(schema, field, [(0, a), (centre, b)], slop) for a, b in ways)
    return Query.const_score_query(Query.boolean_query([(Occur.Should, p) for p in phrases]), 1.0)
