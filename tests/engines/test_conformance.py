"""Every engine answers as the oracle does: numbers, total, counts and the order of dates exactly,
relevance to within the rounding of a score."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from indexer.engines.base import FACETS, Scored, Search, Sort
from tests.engines.cases import SEARCHES
from tests.engines.oracle import Oracle
from tests.engines.passages import order
from tests.engines.states import MODULES, State

ALL = 10_000  # more than there are passages
NEARLY = 2e-4  # scores this close may swap places: engines count with 32 bits

each_engine = pytest.mark.parametrize("engine", MODULES)
each_search = pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)


def test_there_are_enough_cases() -> None:
    assert len(SEARCHES) >= 250


def test_most_cases_find_something(full: State) -> None:
    totals = [full.oracle.search(search).total for search in SEARCHES.values()]
    assert sum(total > 0 for total in totals) > 200
    assert sum(0 < total < 1000 for total in totals) > 150


@each_search
def test_the_same_passages_are_found_and_counted(state: State, search: Search) -> None:
    asked = replace(search, facets=FACETS, limit=0)
    right, numbers = state.oracle.search(asked), state.oracle.numbers(search.query, search.filters)
    expected = list(numbers)
    for name, engine in state.engines.items():
        answer = engine.search(asked)
        assert list(engine.numbers(search.query, search.filters)) == expected, name
        assert (answer.total, answer.hits) == (right.total, ()), name
        assert answer.facets == right.facets, name
        assert list(answer.facets) == list(FACETS), name


@each_search
def test_the_order_of_dates_is_the_same(state: State, search: Search) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        asked = replace(search, sort=sort, limit=ALL)
        right = state.oracle.search(asked)
        for name, engine in state.engines.items():
            assert engine.search(asked) == right, (name, sort)


@each_search
def test_tantivy_finds_the_same_by_relevance_after_changes(changed: State, search: Search) -> None:
    """In an order of its own: it counts what is deleted until that is merged away."""
    hits = changed.engines["tantivy"].search(replace(search, limit=ALL)).hits
    expected = list(changed.oracle.numbers(search.query, search.filters))
    assert sorted(hit.number for hit in hits) == expected


@each_search
def test_relevance_is_the_same_in_a_new_index(full: State, search: Search) -> None:
    for engine in full.engines.values():
        hits = engine.search(replace(search, limit=ALL)).hits
        assert_in_order(hits, full.oracle, search)


@each_search
def test_whoosh_scores_what_is_left_as_if_nothing_else_had_been(
    changed: State, search: Search
) -> None:
    hits = changed.engines["whoosh"].search(replace(search, limit=ALL)).hits
    assert_in_order(hits, changed.oracle, search)


@each_search
def test_both_engines_show_the_same_first_page(full: State, search: Search) -> None:
    pages = [engine.search(replace(search, limit=20)).hits for engine in full.engines.values()]
    numbers = [[hit.number for hit in page] for page in pages]
    assert numbers[0] == numbers[1]


@each_engine
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "name",
    [
        *(
            "everything",
            "a word with all its terms",
            "or of constants",
            "and of everything and a word",
        ),
        *("phrase of two", "not", "or of a word and a not", "deep", "all, of years", "and of nots"),
    ],
)
def test_pages_lose_nothing_and_double_nothing(
    state: State, engine: str, sort: Sort, name: str
) -> None:
    asked = replace(SEARCHES[name], sort=sort, limit=ALL)
    whole = state.engines[engine].search(asked).hits
    size = max(7, len(whole) // 25 + 1)
    pages = [
        state.engines[engine].search(replace(asked, offset=offset, limit=size)).hits
        for offset in range(0, len(whole) + size, size)
    ]
    assert len(whole) > 20, "nothing to page through"
    assert tuple(hit for page in pages for hit in page) == whole


@each_engine
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    ("offset", "limit", "shown"),
    [(0, 0, 0), (5, 0, 0), (10**12, 20, 0), (0, 10**12, None), (10**12, 10**12, 0)],
)
def test_absurd_pages_do_no_harm(
    full: State, engine: str, sort: Sort, offset: int, limit: int, shown: int | None
) -> None:
    search = replace(SEARCHES["a common word"], sort=sort, offset=offset, limit=limit)
    right, answer = full.oracle.search(search), full.engines[engine].search(search)
    assert answer.total == right.total > 0
    assert len(answer.hits) == (right.total if shown is None else shown)


def assert_in_order(hits: tuple[Scored, ...], oracle: Oracle, search: Search) -> None:
    """All, by rounded score, then by ``order``; only what scores nearly the same may swap."""
    scores = oracle.scores(search.query)
    expected = list(oracle.numbers(search.query, search.filters))
    assert sorted(hit.number for hit in hits) == expected
    for hit in hits:
        assert abs(hit.score - scores[hit.number]) < NEARLY, hit
    for one, next_one in pairwise(hits):
        right = (-round(scores[one.number], 4), order(one.number)) < (
            -round(scores[next_one.number], 4),
            order(next_one.number),
        )
        near = 0 < abs(scores[one.number] - scores[next_one.number]) < NEARLY
        assert right or near, (one, next_one)
