"""Numbers, dates and names in Swedish."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.model import Speaker
from search_app.wording import days, moment, number, opening, person, shortened, years


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "0"), (999, "999"), (1234, "1\u00a0234"), (1234567, "1\u00a0234\u00a0567")],
)
def test_thousands_are_kept_together_by_a_blank(value: int, printed: str) -> None:
    assert number(value) == printed


def test_times_are_those_of_swedish_clocks() -> None:
    summer = dt.datetime(2031, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert moment(summer) == "2 juli 2031 kl.\u00a000.30"
    assert moment(None) == "okänt när"


def test_a_long_query_is_cut_in_headings() -> None:
    assert shortened("ett\n två") == "ett två"
    assert shortened("a" * 81) == "a" * 80 + " …"


def test_years_are_a_range_or_one() -> None:
    assert (years(2019, 2019), years(1998, 2026), years(None, None)) == ("2019", "1998–2026", "")


@pytest.mark.parametrize(
    ("speaker", "printed"),
    [
        (Speaker("Anna Ekmyra"), "Anna Ekmyra"),
        (Speaker("Anna Ekmyra", "S"), "Anna Ekmyra (S)"),
        (Speaker("Anna Ekmyra", None, "rektor"), "Anna Ekmyra, rektor"),
        (Speaker("Anna Ekmyra", "S", "ordförande"), "Anna Ekmyra (S), ordförande"),
    ],
)
def test_a_person_is_printed_as_far_as_known(speaker: Speaker, printed: str) -> None:
    assert person(speaker) == printed


def test_days_are_listed_in_words() -> None:
    third, fourth, fifth = (dt.date(2031, 5, day) for day in (3, 4, 5))
    assert days([]) == "utan datum"
    assert days([third]) == "3 maj 2031"
    assert days([third, fourth, fifth]) == "3 maj 2031, 4 maj 2031 och 5 maj 2031"


def test_a_heading_opens_with_a_capital() -> None:
    assert (opening("ärendet"), opening("JO"), opening("")) == ("Ärendet", "JO", "")
