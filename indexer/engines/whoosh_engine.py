"""The engine Whoosh: pure Python, for up to 50,000 passages.

Whoosh keeps the posting lists; what is made of them is ours (``array_search``), as are the columns
beside them. Never open an index from elsewhere: it holds pickles, which are code.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from indexer.engines.admission import admitted, fits, fitting
from indexer.engines.array_search import (
    POSITION_BITS,
    ArraySearch,
    Longs,
    Mask,
    Matches,
    TermRows,
    conjunction,
    term_rows,
)
from indexer.engines.base import (
    FACETS,
    SCORE_DECIMALS,
    Attribute,
    Counts,
    EngineResult,
    Expansion,
    Field,
    Filter,
    Has,
    IndexedPassage,
    Query,
    Scored,
    Search,
    Sort,
    protokoll_and_ordinal,
)
from indexer.engines.columns import (
    UNDATED,
    Columns,
    Row,
    ValueColumn,
    columns_of,
    read_columns,
    write_columns,
)
from indexer.engines.settled import settle, unlock
from indexer.engines.sort_keys import FIRST_DAY, LAST_DAY
from indexer.engines.whoosh_postings import LOCKS, PostingsReader, PostingsWriter

CACHE_BYTES = 64 << 20  # of posting lists, for each open index
_SCALE: int = 10**SCORE_DECIMALS

# --- building --------------------------------------------------------------------------------


@contextmanager
def build(folder: Path, *, anew: bool) -> Iterator[WhooshBuilder]:
    folder.mkdir(parents=True, exist_ok=True)
    unlock(folder, LOCKS)
    earlier = () if anew else _rows_and_documents(read_columns(folder))
    writer = PostingsWriter(folder, anew=anew)
    builder = WhooshBuilder(writer, earlier)
    try:
        yield builder
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    reader = PostingsReader(folder)
    documents = {number: document for document, number in reader.numbers()}
    reader.close()
    write_columns(folder, columns_of(builder.rows.values(), documents))
    settle(folder, LOCKS)


def _rows_and_documents(columns: Columns) -> tuple[tuple[Row, int], ...]:
    return tuple(zip(columns.rows(), columns.document.tolist(), strict=True))


class WhooshBuilder:
    def __init__(self, writer: PostingsWriter, earlier: tuple[tuple[Row, int], ...]) -> None:
        self._writer = writer
        self.rows = {row.number: row for row, _ in earlier}
        self._earlier: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, document in earlier:
            protokoll, _ = protokoll_and_ordinal(row.number)
            self._earlier[protokoll].append((row.number, document))

    def remove(self, protokoll: int) -> None:
        for number, document in self._earlier.pop(protokoll, ()):
            self._writer.delete(document)
            del self.rows[number]

    def add(self, passage: IndexedPassage) -> None:
        assert passage.number not in self.rows, f"passage {passage.number} is in the index already"
        fields = {field: admitted(terms) for field, terms in passage.fields.items()}
        self._writer.add(passage.number, fields)
        self.rows[passage.number] = Row(
            number=passage.number,
            order=passage.order,
            day=passage.date.toordinal() if passage.date else UNDATED,
            lengths=tuple(sum(map(len, fields.get(field, ()))) for field in Field),
            attributes={a: fitting(values) for a, values in passage.attributes.items()},
        )


# --- searching -------------------------------------------------------------------------------


def open_index(folder: Path) -> WhooshEngine:
    return WhooshEngine(read_columns(folder), PostingsReader(folder))


class WhooshEngine:
    """An open index. One search at a time: Whoosh's readers are not safe among threads."""

    def __init__(self, columns: Columns, postings: PostingsReader) -> None:
        self._columns = columns
        self._postings = postings
        self._row = np.full(postings.documents, -1, dtype=np.int64)
        self._row[columns.document] = np.arange(len(columns.document))
        self._cache: OrderedDict[tuple[Field, str], TermRows] = OrderedDict()
        self._cached_bytes = 0
        self._arrays = ArraySearch(columns, self._term)
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._cache.clear()
                self._postings.close()

    def search(self, search: Search) -> EngineResult:
        with self._lock:
            assert not self._closed, "the index has been closed"
            found = self._arrays.matches(search.query)
            narrowed = [(_narrows(f), self._arrays.matches(f).mask) for f in search.filters]
        mask = conjunction((mask for _, mask in narrowed), found.mask)
        rows = self._sorted(np.flatnonzero(mask), found, search.sort)
        page = rows[search.offset : search.offset + search.limit]
        return EngineResult(
            total=len(rows),
            hits=self._hits(page, found, search.sort),
            facets={
                attribute: self._counts(attribute, found.mask, narrowed)
                for attribute in search.facets
            },
        )

    def numbers(self, query: Query, filters: tuple[Filter, ...] = ()) -> Iterator[int]:
        with self._lock:
            assert not self._closed, "the index has been closed"
            mask = self._arrays.matches(query).mask
            mask = conjunction((self._arrays.matches(f).mask for f in filters), mask)
        return iter(self._columns.number[mask].tolist())

    def expand(self, prefix: str, limit: int) -> Expansion:
        frequency: Counter[str] = Counter()
        if not prefix or fits(prefix):
            with self._lock:
                assert not self._closed, "the index has been closed"
                for field in (Field.TEXT_EXACT, Field.TITLE_EXACT):
                    for word, count in self._postings.words(field, prefix):
                        frequency[word] += count
        living = [word for word, count in frequency.items() if count]
        words = sorted(living, key=lambda word: (-frequency[word], word))
        return Expansion(tuple(words[: max(limit, 0)]), len(words))

    def _term(self, field: Field, term: str) -> TermRows:
        """From the cache, which forgets what has not been asked for the longest."""
        key = (field, term)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        keys = self._postings.keys(field, term)
        rows = self._row[keys >> POSITION_BITS]
        entry = term_rows(rows << POSITION_BITS | keys & ((1 << POSITION_BITS) - 1))
        self._cache[key] = entry
        self._cached_bytes += entry.nbytes
        while self._cached_bytes > CACHE_BYTES:
            self._cached_bytes -= self._cache.popitem(last=False)[1].nbytes
        return entry

    def _sorted(self, rows: Longs, found: Matches, sort: Sort) -> Longs:
        order, day = self._columns.order[rows], self._columns.day[rows]
        if sort is Sort.RELEVANCE:
            return rows[np.lexsort((order, -_ranks(found, rows)))]
        days = np.clip(day, FIRST_DAY, LAST_DAY) * (1 if sort is Sort.OLDEST else -1)
        return rows[np.lexsort((order, days, day == UNDATED))]

    def _hits(self, rows: Longs, found: Matches, sort: Sort) -> tuple[Scored, ...]:
        ranks = _ranks(found, rows) if sort is Sort.RELEVANCE else np.zeros(len(rows))
        numbers = self._columns.number[rows].tolist()
        scores = (ranks / _SCALE).tolist()
        return tuple(Scored(*hit) for hit in zip(numbers, scores, strict=True))

    def _counts(
        self, attribute: Attribute, mask: Mask, narrowed: list[tuple[Attribute, Mask]]
    ) -> Counts:
        assert attribute in FACETS, f"not an attribute to count: {attribute}"
        others = (narrowing for chosen, narrowing in narrowed if chosen is not attribute)
        return _tally(self._columns.values[attribute], conjunction(others, mask))


def _ranks(found: Matches, rows: Longs) -> Longs:
    ranks: Longs = np.rint(found.score[rows].astype(np.float64) * _SCALE).astype(np.int64)
    return ranks


def _narrows(narrowing: Filter) -> Attribute:
    """The attribute whose values a filter chooses among."""
    return narrowing.attribute if isinstance(narrowing, Has) else Attribute.YEAR


def _tally(column: ValueColumn, mask: Mask) -> Counts:
    codes = column.codes[mask[column.rows]]
    counts = np.bincount(codes, minlength=len(column.values))
    found = [(column.values[code], int(counts[code])) for code in np.flatnonzero(counts)]
    return tuple(sorted(found, key=lambda count: (-count[1], count[0])))
