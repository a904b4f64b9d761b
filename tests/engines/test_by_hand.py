"""Answers worked out by hand, of the engines and of the oracle that they are held to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from indexer.engines.base import (
    And,
    Attribute,
    Dated,
    Engine,
    Everything,
    Expansion,
    Field,
    Has,
    IndexedPassage,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Search,
    Sort,
    Term,
    Terms,
    Word,
)
from tests.engines.oracle import Oracle
from tests.engines.states import MODULES, made

EXACT, TERMS = Field.TEXT_EXACT, Field.TEXT_TERMS


def passage(number: int, text: str, **more: str) -> IndexedPassage:
    """Words apart by blanks; several at one position by "+"; "_" is a hole."""
    terms: Terms = tuple(() if w == "_" else tuple(w.split("+")) for w in text.split())
    return IndexedPassage(
        number=number,
        order=100 - number,
        date=dt.date.fromisoformat(more["date"]) if "date" in more else None,
        fields={TERMS: terms, Field.TITLE_EXACT: tuple((w,) for w in more.get("title", "").split())}
        | ({EXACT: terms} if "+" not in text else {}),
        attributes={
            Attribute.YEAR: (more["date"][:4],) if "date" in more else (),
            Attribute.PLACE: tuple(more["places"].split()) if "places" in more else (),
            Attribute.KIND: (more.get("kind", "beslut"),),
        },
    )


PASSAGES = (
    passage(1, "ek al ek", date="2030-05-01", places="Åsen Bo", title="ek"),
    passage(2, "al _ ek", date="2031-05-01", places="Bo Bo", title="ekar"),
    passage(3, "björk", date="2030-05-01", kind="yrkande"),
    passage(4, "", places="Åsen"),
    passage(5, "gå+gång fort+fortare", date="2029-01-01", kind="yrkande"),
)
NAMES = ("oracle", *MODULES)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    folder = tmp_path_factory.mktemp("hand")
    opened: dict[str, Engine] = {"oracle": Oracle(PASSAGES)}
    for name, module in MODULES.items():
        opened[name] = module.open_index(made(module, folder / name, PASSAGES))
    yield opened
    for engine in opened.values():
        engine.close()


@pytest.fixture(params=NAMES)
def engine(engines: dict[str, Engine], request: pytest.FixtureRequest) -> Engine:
    return engines[request.param]


def word(text: str, field: Field = EXACT, weight: float = 1.0) -> Word:
    return Word((Term(field, text, weight),))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (Everything(), [1, 2, 3, 4, 5]),
        (word("ek"), [1, 2]),
        (word("gång", TERMS), [5]),
        (Phrase(EXACT, ("ek", "al")), [1]),
        (Phrase(EXACT, ("al", "ek")), [1]),  # in 2 there is a hole between them
        (Phrase(EXACT, ("ek", "ek")), []),
        (Phrase(EXACT, ("ek", "al", "ek")), [1]),
        (Phrase(EXACT, ("björk",)), [3]),
        (Phrase(TERMS, ("gång", "fort")), [5]),
        (Phrase(TERMS, ("gå", "gång")), []),  # they share a position
        (Near(EXACT, ("al",), ("ek",), 1), [1]),
        (Near(EXACT, ("al",), ("ek",), 2), [1, 2]),
        (Near(EXACT, ("ek",), ("al",), 2), [1, 2]),
        (Near(EXACT, ("ek",), ("ek",), 1), []),
        (Near(EXACT, ("ek",), ("ek",), 2), [1]),  # 2 has only one
        (Near(TERMS, ("gå",), ("gång",), 9), []),
        (Near(TERMS, ("gå",), ("gång", "fortare"), 1), [5]),
        (Not(word("ek")), [3, 4, 5]),
        (And((Not(word("ek")), Not(word("björk")))), [4, 5]),
        (Or((word("björk"), Not(word("al")))), [3, 4, 5]),
        (And(()), [1, 2, 3, 4, 5]),
        (Or(()), []),
        (Has(Attribute.PLACE, ("Bo", "Åsen")), [1, 2, 4]),
        (Dated(), [1, 2, 3, 5]),
        (Dated(first=dt.date(2030, 5, 1)), [1, 2, 3]),
        (Dated(last=dt.date(2030, 5, 1)), [1, 3, 5]),
        (Not(Dated(first=dt.date(2030, 5, 2))), [1, 3, 4, 5]),
    ],
)
def test_what_is_found(engine: Engine, query: Query, numbers: list[int]) -> None:
    assert list(engine.numbers(query)) == numbers
    assert engine.search(Search(query)).total == len(numbers)


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        (Sort.NEWEST, [2, 3, 1, 5, 4]),  # 3 and 1 share a day, and the order of 3 is the lower
        (Sort.OLDEST, [5, 3, 1, 2, 4]),  # without a date last, again
        (Sort.RELEVANCE, [5, 4, 3, 2, 1]),  # all score 0
    ],
)
def test_the_order(engine: Engine, sort: Sort, numbers: list[int]) -> None:
    assert [hit.number for hit in engine.search(Search(Everything(), sort=sort)).hits] == numbers


def test_the_score_of_a_word(engine: Engine) -> None:
    """5 passages, one has it; 6 terms of EXACT in 5 passages, 1 in this one: average 1.2.

    ln(1 + 4.5 / 1.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 / 1.2)) = 1.386294 * 2.2 / 2.05
    """
    (hit,) = engine.search(Search(word("björk"))).hits
    assert hit.score == pytest.approx(1.48773, abs=1e-4)


def test_the_score_of_a_word_that_stands_twice(engine: Engine) -> None:
    """2 of 5 passages have it; length 3, average 1.2; the weight is 2.

    1: 2 * ln(1 + 3.5 / 2.5) * 2.2 * 2 / (2 + 1.2 * (0.25 + 0.75 * 2.5)) = 3.38711
    2: 2 * ln(2.4) * 2.2 * 1 / (1 + 1.2 * (0.25 + 0.75 * 2 / 1.2)) = 1.37573
    """
    hits = engine.search(Search(word("ek", weight=2.0))).hits
    assert [hit.number for hit in hits] == [1, 2]
    assert hits[0].score == pytest.approx(1.750938 * 4.4 / 4.55, abs=1e-4)
    assert hits[1].score == pytest.approx(1.750938 * 2.2 / 2.8, abs=1e-4)


@pytest.mark.parametrize(
    ("query", "score"),
    [
        (Phrase(EXACT, ("björk",)), 1),
        (Phrase(EXACT, ("ek", "al")), 1),
        (And((Phrase(EXACT, ("ek", "al")), Near(EXACT, ("ek",), ("al",), 3))), 2),
        (Or((Phrase(EXACT, ("ek", "al")), Near(EXACT, ("ek",), ("al",), 1), word("x"))), 2),
        (And((Phrase(EXACT, ("ek", "al")), Not(word("x")), Dated(), Everything())), 1),
        (And((Not(word("al")), Has(Attribute.YEAR, ("2029",)))), 0),
    ],
)
def test_what_is_no_word_scores_1_or_nothing(engine: Engine, query: Query, score: float) -> None:
    (hit,) = engine.search(Search(query, filters=(Dated(),))).hits
    assert hit.score == score


def test_values_are_counted_once_a_passage_most_first(engine: Engine) -> None:
    places = engine.search(Search(Everything(), facets=(Attribute.PLACE,))).facets
    assert places == {Attribute.PLACE: (("Bo", 2), ("Åsen", 2))}


def test_the_counts_of_an_attribute_ignore_its_own_filters_only(engine: Engine) -> None:
    search = Search(
        Everything(),
        (Has(Attribute.KIND, ("yrkande",)), Dated(first=dt.date(2030, 1, 1))),
        facets=(Attribute.YEAR, Attribute.KIND),
    )
    answer = engine.search(search)
    assert [hit.number for hit in answer.hits] == [3]
    assert answer.facets == {
        Attribute.YEAR: (("2029", 1), ("2030", 1)),  # of yrkanden, whatever their year
        Attribute.KIND: (("beslut", 2), ("yrkande", 1)),  # since 2030, whatever their kind
    }


def test_a_prefix_counts_text_and_title(engine: Engine) -> None:
    """ek: in two texts and a title; ekar: in a title."""
    assert engine.expand("ek", 10) == Expansion(("ek", "ekar"), 2)
    assert engine.expand("ek", 1) == Expansion(("ek",), 2)
    assert engine.expand("eke", 10) == Expansion((), 0)


def test_a_prefix_is_of_surface_words(engine: Engine) -> None:
    assert engine.expand("fort", 10) == Expansion((), 0)
