import datetime as dt
from dataclasses import replace

import pytest

from indexer.ids import (
    municipality_name,
    paragraf_ids,
    party_code,
    protokoll_id,
    slug,
    text_hash,
)
from indexer.model import Paragraf, Protokoll, Span

EMPTY = Protokoll("", None, None, (), None, None, (), (), (), ())


def paragraf(number: str | None) -> Paragraf:
    return Paragraf(number, None, None, None, Span(0, 0), ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Barn- och ungdomsnämnden", "barn-och-ungdomsnamnden"),
        ("Malå", "mala"),
        ("Rådet för Agenda 2030", "radet-for-agenda-2030"),
        ("  Västra  Götaland ", "vastra-gotaland"),
        ("../../etc", "etc"),
        ("§§§", "x"),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_slug_is_short_ascii_and_safe_in_a_path(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ekstads kommun", "Ekstad"),
        ("EKSTADS KOMMUN", "EKSTAD"),
        ("Ekstads Stad", "Ekstad"),
        ("Alingsås kommun", "Alingsås"),
        ("Bollnäs kommun", "Bollnäs"),
        ("Helsingfors stad", "Helsingfors"),
        ("Grums kommun", "Grums"),
        ("Upplands Väsby kommun", "Upplands Väsby"),
        ("Region Skåne", "Region Skåne"),
        ("Ekstad", "Ekstad"),
        ("kommun", "kommun"),
    ],
)
def test_a_municipality_is_known_by_its_name_without_genitive(printed: str, name: str) -> None:
    assert municipality_name(printed) == name


def test_a_protokoll_id_tells_municipality_body_date_and_number() -> None:
    protokoll = replace(EMPTY, dates=(dt.date(2021, 5, 25), dt.date(2021, 5, 26)), number="4/2021")
    assert protokoll_id("ekstad", "kommunstyrelsen", protokoll) == (
        "ekstad/kommunstyrelsen/2021-05-25/4-2021"
    )


def test_without_a_date_the_text_stands_in_for_it() -> None:
    assert protokoll_id("ekstad", "ks", EMPTY) == f"ekstad/ks/odaterat-{text_hash('')}"


def test_paragraf_ids_number_what_is_repeated_or_unnumbered() -> None:
    numbers = ["12", "12a", "12", None, "13", None]
    assert paragraf_ids(paragraf(number) for number in numbers) == (
        "p12",
        "p12a",
        "p12~2",
        "u1",
        "p13",
        "u2",
    )


def test_a_text_hash_overlooks_line_breaks_and_capitals_only() -> None:
    assert text_hash("Nämnden\nbeslutar ") == text_hash("nämnden  beslutar")
    assert text_hash("nämnden beslutar") != text_hash("nämnden beslutade")


@pytest.mark.parametrize(
    ("printed", "code"),
    [("s", "S"), ("fp", "FP"), ("M", "M"), ("FiA", "FiA"), ("vilde", "vilde"), ("-", "-")],
)
def test_a_party_is_one_however_its_time_wrote_it(printed: str, code: str) -> None:
    assert party_code(printed) == code
