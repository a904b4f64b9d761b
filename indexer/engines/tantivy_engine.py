"""The engine tantivy: one machine, millions of passages, milliseconds.

Its traps, each with a test in ``tests/engines``: a boolean of negative clauses alone matches
nothing; a phrase of one word and a limit of 0 panic; slop is neither symmetric nor excludes the
same position (see ``tantivy_queries``); one sort key only, so keys carry their tie-breaker; an
index cannot be opened where a lock file cannot be written.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import tantivy

from indexer.engines import tantivy_queries as queries
from indexer.engines.admission import admitted, fits, fitting
from indexer.engines.base import (
    FACETS,
    SCORE_DECIMALS,
    Attribute,
    Counts,
    EngineResult,
    Expansion,
    Field,
    Filter,
    IndexedPassage,
    Query,
    Scored,
    Search,
    Sort,
    Terms,
    protokoll_and_ordinal,
)
from indexer.engines.settled import make_readable, settle, unlock
from indexer.engines.sort_keys import newest_key, oldest_key

HEAP_BYTES = 200_000_000  # of the writer: more makes fewer segments, not more speed
REMOVALS = 100  # tries
MOST_VALUES = 65_000  # tantivy counts no more values than this
SPARE_HITS = 64  # fetched beyond a page by relevance, so that ties at its end mostly end there too
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")
_LISTS = ("meta.json", ".managed.json")  # which tantivy writes for its own user alone
_SCALE: int = 10**SCORE_DECIMALS

# --- building --------------------------------------------------------------------------------


@contextmanager
def build(folder: Path, *, anew: bool) -> Iterator[TantivyBuilder]:
    folder.mkdir(parents=True, exist_ok=True)
    unlock(folder, _LOCKS)
    if anew:
        index = tantivy.Index(queries.SCHEMA, path=str(folder), reuse=False)
    else:
        index = tantivy.Index.open(str(folder))
    writer = index.writer(HEAP_BYTES, 1)
    try:
        yield TantivyBuilder(writer)
    except BaseException:
        writer.rollback()
        raise
    writer.commit()
    writer.wait_merging_threads()
    make_readable(folder, _LISTS)
    settle(folder, _LOCKS)


class TantivyBuilder:
    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def remove(self, protokoll: int) -> None:
        self._writer.delete_documents_by_term(queries.PROTOKOLL, str(protokoll))

    def add(self, passage: IndexedPassage) -> None:
        self._writer.add_document(_document(passage))


def _document(passage: IndexedPassage) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text(queries.PROTOKOLL, str(protokoll_and_ordinal(passage.number)[0]))
    document.add_unsigned(queries.NUMBER, passage.number)
    document.add_unsigned(queries.ORDER, passage.order)
    document.add_unsigned(queries.NEWEST, newest_key(passage.date, passage.order))
    document.add_unsigned(queries.OLDEST, oldest_key(passage.date, passage.order))
    if passage.date is not None:
        document.add_unsigned(queries.DAY, passage.date.toordinal())
    for attribute, values in passage.attributes.items():
        for value in fitting(values):
            document.add_text(attribute, value)
    for field, terms in passage.fields.items():
        _add_terms(document, field, admitted(terms))
    return document


def _add_terms(document: tantivy.Document, field: Field, terms: Terms) -> None:
    """Joined by blanks where every position has one term, which is several times faster."""
    if all(len(at) == 1 for at in terms):
        joined = " ".join([at[0] for at in terms])
        if len(joined.split()) == len(terms):
            document.add_text(field, joined)
            return
    tokens = [_token(term, position) for position, at in enumerate(terms) for term in at]
    document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", tokens))


@lru_cache(maxsize=1 << 16)
def _token(term: str, position: int) -> tantivy.Token:
    return tantivy.Token(term, position, 0, 0)


# --- searching -------------------------------------------------------------------------------


def open_index(folder: Path) -> TantivyEngine:
    """Opens by way of a private folder of symbolic links, where tantivy can put its lock file.

    The folder is gone when this returns: an open index holds its files, not their names.
    """
    private = Path(tempfile.mkdtemp(prefix="protokollsok-"))
    try:
        for file in folder.resolve().iterdir():
            if file.name not in _LOCKS:
                (private / file.name).symlink_to(file)
        index = tantivy.Index.open(str(private))
        index.config_reader("manual")  # no thread that watches for changes: there are none
        return TantivyEngine(index.searcher())
    finally:
        _remove(private)


def _remove(private: Path) -> None:
    """tantivy's watching thread, though called off, may just be putting down its lock file."""
    for _ in range(REMOVALS):
        shutil.rmtree(private, ignore_errors=True)
        if not private.exists():
            return
        time.sleep(0.01)


class TantivyEngine:
    """An open index. Any number of threads may search it; a closed one goes on for those in it."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._open: tantivy.Searcher | None = searcher

    @property
    def _searcher(self) -> tantivy.Searcher:
        assert self._open is not None, "the index has been closed"
        return self._open

    def close(self) -> None:
        self._open = None

    def search(self, search: Search) -> EngineResult:
        searcher = self._searcher
        query = queries.filtered(queries.translate(search.query), search.filters)
        start, stop = search.offset, min(search.offset + search.limit, searcher.num_docs)
        if start >= stop:
            return EngineResult(
                _count(searcher.search(query, limit=1)), (), _facets(searcher, search)
            )
        if search.sort is not Sort.RELEVANCE:
            total, hits = _by_key(searcher, query, search.sort, start, stop)
        elif (score := queries.constant_score(search.query)) is not None:
            total, hits = _by_key(searcher, query, queries.ORDER, start, stop, score)
        else:
            total, hits = _by_relevance(searcher, query, start, stop)
        return EngineResult(total, hits, _facets(searcher, search))

    def numbers(self, query: Query, filters: tuple[Filter, ...] = ()) -> Iterator[int]:
        searcher = self._searcher
        asked = queries.filtered(queries.translate(query), filters)
        found = searcher.search(asked, limit=max(1, searcher.num_docs), count=False)
        return iter(sorted(_fast(searcher, queries.NUMBER, found.hits)))

    def expand(self, prefix: str, limit: int) -> Expansion:
        frequency: Counter[str] = Counter()
        if not prefix or fits(prefix):
            for field in (Field.TEXT_EXACT, Field.TITLE_EXACT):
                frequency.update(self._words(field, prefix))
        words = sorted(frequency, key=lambda word: (-frequency[word], word))
        return Expansion(tuple(words[: max(limit, 0)]), len(words))

    def _words(self, field: Field, prefix: str) -> dict[str, int]:
        """With the filter, since the plain counts are those of deleted passages, too."""
        everything = tantivy.Query.all_query()
        found = self._searcher.terms_with_prefix(field, prefix, filter_query=everything)
        return {word: count for word, count in found if count}


Hits = list[tuple[float, tantivy.DocAddress]]


def _fast(searcher: tantivy.Searcher, field: str, hits: Hits) -> list[int]:
    values = searcher.fast_field_values(field, [address for _, address in hits])
    return [int(value) for value in values if value is not None]


def _by_key(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    key: str,
    start: int,
    stop: int,
    score: float = 0.0,
) -> tuple[int, tuple[Scored, ...]]:
    """Hits that all score alike, by an ascending key."""
    found = searcher.search(
        query, limit=stop - start, offset=start, order_by_field=key, order=tantivy.Order.Asc
    )
    numbers = _fast(searcher, queries.NUMBER, found.hits)
    return _count(found), tuple(Scored(number, score) for number in numbers)


def _by_relevance(
    searcher: tantivy.Searcher, query: tantivy.Query, start: int, stop: int
) -> tuple[int, tuple[Scored, ...]]:
    """By rounded score, then by order: tantivy sorts by score alone, so whole ties are fetched."""
    wanted = stop + SPARE_HITS
    found = searcher.search(query, limit=wanted)
    total, hits = _count(found), found.hits
    while len(hits) == wanted and _rank(hits[-1][0]) == _rank(hits[stop - 1][0]):
        wanted *= 32
        hits = searcher.search(query, limit=min(wanted, searcher.num_docs), count=False).hits
    ranks = [_rank(score) for score, _ in hits]
    orders, numbers = (_fast(searcher, field, hits) for field in (queries.ORDER, queries.NUMBER))
    page = sorted(zip(ranks, orders, numbers, strict=True))[start:stop]
    return total, tuple(Scored(number, -rank / _SCALE) for rank, _, number in page)


def _count(found: tantivy.SearchResult) -> int:
    count: int = found.count  # type: ignore[attr-defined]  # tantivy's stub forgot it
    return count


def _rank(score: float) -> int:
    """The higher the score, the lower; equal for scores that are equal when rounded."""
    return -round(score * _SCALE)


# --- counting --------------------------------------------------------------------------------


def _facets(searcher: tantivy.Searcher, search: Search) -> dict[Attribute, Counts]:
    """One round for all attributes that nothing is filtered by, one for each of the others."""
    assert set(search.facets) <= set(FACETS), f"not an attribute to count: {search.facets}"
    narrowed = {queries.narrows(f) for f in search.filters}
    free = tuple(attribute for attribute in search.facets if attribute not in narrowed)
    bound = tuple((attribute,) for attribute in search.facets if attribute in narrowed)
    counts: dict[Attribute, Counts] = {}
    for attributes in (free, *bound):
        counts |= _counts(searcher, search, attributes)
    return {attribute: counts[attribute] for attribute in search.facets}


def _counts(
    searcher: tantivy.Searcher, search: Search, attributes: tuple[Attribute, ...]
) -> dict[Attribute, Counts]:
    if not attributes:
        return {}
    filters = tuple(f for f in search.filters if queries.narrows(f) not in attributes)
    asked = {str(a): {"terms": {"field": str(a), "size": MOST_VALUES}} for a in attributes}
    query = queries.filtered(queries.translate(search.query), filters)
    answer = searcher.aggregate(query, asked)
    return {attribute: _exact(attribute, answer[attribute]) for attribute in attributes}


def _exact(attribute: Attribute, answer: dict[str, object]) -> Counts:
    buckets = answer["buckets"]
    assert isinstance(buckets, list)
    inexact = answer.get("doc_count_error_upper_bound"), answer.get("sum_other_doc_count")
    assert not any(inexact), f"{attribute} has more values than tantivy counts: {inexact}"
    counts = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return tuple(sorted(counts, key=lambda count: (-count[1], count[0])))
