"""What the analysis should never give, but one day will: engines leave it out and go on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from indexer.engines.base import (
    MAX_TERM_BYTES,
    Attribute,
    Engine,
    Everything,
    Field,
    Has,
    IndexedPassage,
    Near,
    Phrase,
    Search,
    Sort,
    Term,
    Word,
)
from tests.engines.states import MODULES, made

EXACT = Field.TEXT_EXACT
JUST_FITS = "ö" * (MAX_TERM_BYTES // 2)
ODD = ("ö" * 32_766, "x" * 65_530, "x" * 65_531, "\udc80", "a\ud83d", "", JUST_FITS + "x")
odd_text = pytest.mark.parametrize("odd", ODD, ids=lambda text: f"{len(text)} {text[:2]!a}")


def passage(number: int, *words: str, **more: str) -> IndexedPassage:
    return IndexedPassage(
        number=number,
        order=number,
        date=dt.date.fromisoformat(more["date"]) if "date" in more else None,
        fields={field: tuple((word,) for word in words) for field in Field},
        attributes={Attribute.PLACE: words},
    )


@pytest.fixture(params=MODULES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    module = MODULES[request.param]
    passages = [passage(number, "al", odd, "ek") for number, odd in enumerate(ODD, start=1)]
    return module.open_index(made(module, tmp_path / "index", [*passages, passage(99, JUST_FITS)]))


def found(engine: Engine, *words: str) -> list[int]:
    return list(engine.numbers(Phrase(EXACT, words)))


def test_the_neighbours_are_found_at_their_positions(engine: Engine) -> None:
    everyone = list(range(1, len(ODD) + 1))
    assert found(engine, "al") == found(engine, "ek") == everyone
    assert found(engine, "al", "ek") == []
    assert list(engine.numbers(Near(EXACT, ("al",), ("ek",), 1))) == []
    assert list(engine.numbers(Near(EXACT, ("al",), ("ek",), 2))) == everyone


@odd_text
def test_what_does_not_fit_is_not_found(engine: Engine, odd: str) -> None:
    assert found(engine, odd) == []
    assert list(engine.numbers(Word((Term(EXACT, odd),)))) == []
    assert list(engine.numbers(Has(Attribute.PLACE, (odd,)))) == []
    assert engine.expand(odd or "?", 10).total == 0


def test_the_longest_that_fits_is_found(engine: Engine) -> None:
    assert found(engine, JUST_FITS) == [99]
    assert list(engine.numbers(Has(Attribute.PLACE, (JUST_FITS,)))) == [99]


def test_values_that_do_not_fit_are_not_counted(engine: Engine) -> None:
    answer = engine.search(Search(Everything(), facets=(Attribute.PLACE,)))
    counts = (("al", len(ODD)), ("ek", len(ODD)), (JUST_FITS, 1))
    assert answer.facets == {Attribute.PLACE: counts}


@pytest.mark.parametrize("name", MODULES)
def test_terms_with_blanks_keep_their_positions(name: str, tmp_path: Path) -> None:
    words = ("a b", "ek", "c\td", "al", "e\u00a0f", "ask")
    index = made(MODULES[name], tmp_path / "index", [passage(1, *words)])
    engine = MODULES[name].open_index(index)
    assert found(engine, *words) == [1]
    assert found(engine, "a") == found(engine, "b", "ek") == []


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize(
    ("sort", "numbers"), [(Sort.NEWEST, [3, 4, 2, 1, 5]), (Sort.OLDEST, [1, 2, 3, 4, 5])]
)
def test_dates_outside_the_centuries_do_no_harm(
    name: str, sort: Sort, numbers: list[int], tmp_path: Path
) -> None:
    """Sort keys end in 2158, where 3 and 4 meet: by ``order``."""
    dates = ("0001-01-01", "2031-01-01", "2158-12-31", "9999-12-31")
    passages = [passage(number, date=date) for number, date in enumerate(dates, start=1)]
    module = MODULES[name]
    engine = module.open_index(made(module, tmp_path / "index", [*passages, passage(5)]))
    assert [hit.number for hit in engine.search(Search(Everything(), sort=sort)).hits] == numbers


@pytest.mark.parametrize("name", MODULES)
def test_a_passage_may_be_long(name: str, tmp_path: Path) -> None:
    """Its words at both ends are near each other only from afar, and no word of the next one."""
    long = passage(1, "al", *["vass"] * 70_000, "ek")
    index = made(MODULES[name], tmp_path / "index", [long, passage(2, "al"), passage(3, "ek")])
    engine = MODULES[name].open_index(index)
    assert found(engine, "vass", "ek") == [1]
    for distance, numbers in ((70_000, []), (70_001, [1]), (1 << 40, [1])):
        assert list(engine.numbers(Near(EXACT, ("ek",), ("al",), distance))) == numbers
