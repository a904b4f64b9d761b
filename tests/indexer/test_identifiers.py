"""Dates, dnr and § numbers: a row for each shape and each trap."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.identifiers import (
    find_dates,
    find_dnr,
    normalise_dnr,
    parse_date,
    parse_dnr,
    parse_paragraf_number,
    print_date,
)

SWEDISH = st.text(alphabet="abcdefåäöÅÄÖ0123456789 §.,:;-–/()\nKSdnr", max_size=60)


def days(text: str, year: int | None = None) -> list[str]:
    """The dates found in a text, as "2031-08-24"."""
    return [found.value.isoformat() for found in find_dates(text, year)]


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2031-08-24", "2031-08-24"),
        ("2031–08–24", "2031-08-24"),
        ("2031.08.24", "2031-08-24"),
        ("2031/08/24", "2031-08-24"),
        ("24 augusti 2031", "2031-08-24"),
        ("den 12 juni 1987", "1987-06-12"),
        ("Den 12 Juni 1987", "1987-06-12"),
        ("Onsdagen den 7 maj 2031", "2031-05-07"),
        ("fredag 7 november 2031", "2031-11-07"),
        ("Tisdag, den 4 mars 2031", "2031-03-04"),
        ("3:e juni 2031", "2031-06-03"),
        ("den 2:a mars 2031", "2031-03-02"),
        ("den 3:dje juli 1894", "1894-07-03"),
        ("den 05 maj 2031", "2031-05-05"),
        ("3 jan 2031", "2031-01-03"),
        ("6 febr. 2031", "2031-02-06"),
        ("3 sept. 2031", "2031-09-03"),
        ("3 okt 2031", "2031-10-03"),
        ("den 2 7 mars 2031", "2031-03-27"),
        ("14 October 2031", "2031-10-14"),
        ("4 May 2031", "2031-05-04"),
        ("9.4.2031", "2031-04-09"),
        ("28.08.2031", "2031-08-28"),
        ("4/7 2031", "2031-07-04"),
        ("4/7-2031", "2031-07-04"),
        ("4/7-31", "2031-07-04"),
        ("4/7-87", "1987-07-04"),
        ("24 augusti\n2031", "2031-08-24"),
        ("24 augusti år 2031", "2031-08-24"),
        (" 24 augusti 2031. ", "2031-08-24"),
        ("29 februari 2028", "2028-02-29"),
    ],
)
def test_a_date_is_read_in_each_shape(text: str, iso: str) -> None:
    assert parse_date(text) == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("9-10 september 2031", ["2031-09-09", "2031-09-10"]),
        ("3–5 oktober 2031", ["2031-10-03", "2031-10-04", "2031-10-05"]),
        ("7—8 mars 1951", ["1951-03-07", "1951-03-08"]),
        ("9 och 10 september 2031", ["2031-09-09", "2031-09-10"]),
        ("13, 14 och 15 juli 2031", ["2031-07-13", "2031-07-14", "2031-07-15"]),
        (
            "den 14, den 16 och den 23 juli 1932",
            ["1932-07-14", "1932-07-16", "1932-07-23"],
        ),
        ("den 31 maj och den 3 juni 2031", ["2031-05-31", "2031-06-03"]),
        ("31 maj–3 juni 2031", ["2031-05-31", "2031-06-03"]),
        ("2031-08-24-2031-08-25", ["2031-08-24", "2031-08-25"]),
        ("2031-08-24 – 2031-08-25", ["2031-08-24", "2031-08-25"]),
    ],
)
def test_several_days_are_all_found(text: str, isos: list[str]) -> None:
    assert days(text) == isos
    assert parse_date(text) is None


def test_a_file_plan_code_after_a_labelled_dnr_is_passed_over() -> None:
    (found,) = find_dnr("Dnr KUN 2031/55 1.3.2 Bokbuss")
    assert found.value == "KUN 2031/55"
    assert found.span.of("Dnr KUN 2031/55 1.3.2 Bokbuss") == "Dnr KUN 2031/55 1.3.2"
    assert parse_dnr("Dnr KUN 2031/55 1.3.2") == "KUN 2031/55"


@pytest.mark.parametrize(
    "text",
    [
        "2031-02-30",
        "29 februari 2030",
        "31 april 2031",
        "2031-13-01",
        "40 maj 2031",
        "1849-12-31",
        "2031-22",
        "1981/82",
        "kl. 16.45",
        "punkt 3.8.21",
        "0500-41 10 12",
        "070-415 20 31",
        "KFF-2031-01087",
        "2031-08-24-0012",
        "120638-2031-08-24",
        "24.9.2031.4",
        "1.24.9.2031",
        "4/7/3 2031",
        "1/6-31/8",
        "4/7",
        "7 ledamöter",
        "5 marsvin 2031",
    ],
)
def test_what_only_looks_like_a_date_is_none_or_impossible(text: str) -> None:
    assert days(f"Se {text}, sidan 4", year=2031) == []


def test_of_a_range_over_the_end_of_a_month_only_the_last_day_is_sure() -> None:
    assert days("30-2 juni 2031") == ["2031-06-02"]


def test_a_date_glued_to_words_is_found() -> None:
    assert days("Datum2031-08-24Söndag") == ["2031-08-24"]


def test_the_number_of_a_paragraf_is_no_day() -> None:
    assert days("§ 12 och den 14 april 2031") == ["2031-04-14"]
    assert days("§§ 12-14 april 2031") == []


def test_only_the_second_end_of_a_slashed_range_has_a_year() -> None:
    assert days("1/6-31/8 2031") == ["2031-08-31"]


def test_a_date_without_a_year_takes_the_given_one() -> None:
    text = "Lördagen den 4 mars kl. 9 samt den 12, den 17 och den 21 innevarande april"
    assert days(text) == []
    assert days(text, year=1939) == ["1939-03-04", "1939-04-12", "1939-04-17", "1939-04-21"]


def test_a_bare_day_without_a_year_is_left_out() -> None:
    assert days("Anf. 8 MAJ EK:", year=1983) == []


def test_a_date_far_from_one_with_a_year_does_not_take_it() -> None:
    assert days("Hörd den 2 februari, § 9, och åter den 14 april 2031") == ["2031-04-14"]


def test_the_span_covers_weekday_and_article() -> None:
    text = "Vi ses måndagen den 16 juni 2031 kl. 9"
    (found,) = find_dates(text)
    assert found.span.of(text) == "måndagen den 16 juni 2031"


@given(st.dates(min_value=dt.date(1850, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_every_date_is_read_as_printed(date: dt.date) -> None:
    assert parse_date(print_date(date)) == date
    assert parse_date(date.isoformat()) == date


@given(SWEDISH, st.dates(min_value=dt.date(1850, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_a_printed_date_is_found_after_any_words(words: str, date: dt.date) -> None:
    text = f"{words} har mötet den {print_date(date)}"
    assert find_dates(text)[-1].value == date


@given(SWEDISH)
def test_spans_of_dates_are_in_order_and_inside_the_text(text: str) -> None:
    spans = [found.span for found in find_dates(text, year=2031)]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


# --- dnr -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "key"),
    [
        ("KS 2031/0007", "KS 2031/0007", "KS 2031/7"),
        ("Dnr KS 2031/14", "KS 2031/14", "KS 2031/14"),
        ("Dnr: KUN 2031 / 14", "KUN 2031/14", "KUN 2031/14"),
        ("dnr ks 2031/174", "ks 2031/174", "KS 2031/174"),
        ("Dnr          KS 2031/14", "KS 2031/14", "KS 2031/14"),
        ("Dnr\nKS 2031/14", "KS 2031/14", "KS 2031/14"),
        ("KUN 2031/638", "KUN 2031/638", "KUN 2031/638"),
        ("KS2031/0174", "KS2031/0174", "KS 2031/174"),
        ("KS 2031-00174", "KS 2031-00174", "KS 2031/174"),
        ("KS 2031/174-3", "KS 2031/174-3", "KS 2031/174/3"),
        ("KFF-2031-00826", "KFF-2031-00826", "KFF 2031/826"),
        ("KFF–2031–00826", "KFF–2031–00826", "KFF 2031/826"),
        ("Ärendenummer KFF-2031-00826:-1", "KFF-2031-00826:-1", "KFF 2031/826/1"),
        ("Ärendenummer KFF-2031-00826:22", "KFF-2031-00826:22", "KFF 2031/826/22"),
        ("Ärendenummer KFF:30826", "KFF:30826", "KFF 30826"),
        ("DNR: TU.2031.6", "TU.2031.6", "TU 2031/6"),
        ("BRO/638/2031", "BRO/638/2031", "BRO 2031/638"),
        ("Dnr BRO 638/2031", "BRO 638/2031", "BRO 2031/638"),
        ("Dnr. 2031/KS 0638 012", "2031/KS 0638 012", "KS 2031/638/12"),
        ("2031/KS 0638 012", "2031/KS 0638 012", "KS 2031/638/12"),
        ("2031.508 KS", "2031.508 KS", "KS 2031/508"),
        ("2031.001 ÖN", "2031.001 ÖN", "ÖN 2031/1"),
        ("2031/174 KS", "2031/174 KS", "KS 2031/174"),
        ("Dnr 2031-00712", "2031-00712", "2031/712"),
        ("2031-00712", "2031-00712", "2031/712"),
        ("Diarienummer 00638/2031", "00638/2031", "2031/638"),
        ("00638/2031", "00638/2031", "2031/638"),
        ("Dnr 00638/20313.2.", "00638/20313.2.", "2031/638"),
        ("Diarienummer 308260", "308260", "308260"),
        ("Diarienr 0638/31", "0638/31", "638/31"),
        ("dnr 86/31", "86/31", "86/31"),
        ("dnr 2031/32", "2031/32", "2031/32"),
        ("N2031/00638", "N2031/00638", "N 2031/638"),
        ("Fi2031/00638", "Fi2031/00638", "FI 2031/638"),
        ("Ärende-id 2031-174", "2031-174", "2031/174"),
        ("Diarienr 31KS77", "31KS77", "KS 31/77"),
        ("Dnr 94/0371-212", "94/0371-212", "94/371/212"),
        ("Dnr 94.0371", "94.0371", "94/371"),
        ("BRO 2031-004512 T 10 00 00", "BRO 2031-004512 T 10 00 00", "BRO 2031/4512"),
    ],
)
def test_a_dnr_is_found_and_normalised_in_each_shape(text: str, value: str, key: str) -> None:
    (found,) = find_dnr(f"§ 4 {text} Bokbuss")
    assert found.value == value
    assert found.span.of(f"§ 4 {text} Bokbuss") == text
    assert normalise_dnr(found.value) == key
    assert parse_dnr(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "Proposition 1981/82:57",
        "KU 1981/82:57",
        "KU 1999/2000:5",
        "läsåret 2031/32",
        "HT 2031/32",
        "säsongen 2031/32 SD",
        "2031-08-24",
        "KS 2031-05-19",
        "KS 2031-2034",
        "lagen (2029:417)",
        "SOU 2031:12",
        "protokoll 9/2031",
        "§ 71/2031 KS",
        "EU 2031/1174",
        "förordning (EU) 2031/1174",
        "Ärendenummer fem",
        "ärendenummer 12",
        "Dnr          Bokbuss",
        "Dnr 2031",
        "tel. 0500-41 10 12",
        "5050-1055",
        "551234-5678",
        "dnrs 2031/638",
        "4.2031.508 KS",
        "12-2031.508 KS",
        "SDN42 2031/0038",
        "R4 2031/0038",
        "4SDN 2031/0038",
        "SDN4 2031-08-24",
    ],
)
def test_what_only_looks_like_a_dnr_is_none(text: str) -> None:
    assert find_dnr(f"Se {text}, sidan 4") == []


def test_a_dnr_ends_before_the_title() -> None:
    text = "58 Dnr 2031-00712 EU-rum, 2031.508 KUN-17 Notblad, dnr 2031/174 och Dnr 2031/6 VA-brunn"
    values = [found.value for found in find_dnr(text)]
    assert values == ["2031-00712", "2031.508 KUN", "2031/174", "2031/6"]


@pytest.mark.parametrize("text", ["SDN4 2031/0038", "Dnr SDN4 2031/0038", "SDN4-2031-00038"])
def test_a_register_may_end_in_a_figure(text: str) -> None:
    (found,) = find_dnr(f"§ 4 {text} Bokbuss")
    assert found.value == text.removeprefix("Dnr ")
    assert parse_dnr(text) == found.value
    assert normalise_dnr("SDN 2031/4-38") != normalise_dnr(text) == "SDN4 2031/38"


def test_a_dnr_is_found_after_a_school_year() -> None:
    (found,) = find_dnr("Skolskjuts läsåret 2031/2032 BUN 2031/77")
    assert found.value == "BUN 2031/77"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0638/31", "0638/31"),
        ("ks 2031/174", "ks 2031/174"),
        ("2031/174 KS", "2031/174 KS"),
        ("SDN4 2031/0038", "SDN4 2031/0038"),
        ("2031/174 Bad", None),
        (" 2031-00712 ", "2031-00712"),
        ("2031/32", None),
        ("2031/2032", None),
        ("9/2031", None),
        ("2031-08-24", None),
        ("308260", None),
        ("0638/31 forts.", None),
        ("Bokbuss", None),
        ("", None),
    ],
)
def test_where_only_a_dnr_can_stand_more_shapes_are_read(text: str, value: str | None) -> None:
    assert parse_dnr(text) == value


def test_the_ways_to_write_one_dnr_have_one_key() -> None:
    ways = ["KS 2031/174", "ks2031/0174", "KS-2031-00174", "KS.2031.174", "2031/174 KS"]
    ways += ["Dnr KS/174/2031", "Diarienummer: KS 2031 / 174", "KS 2031–174"]
    assert {normalise_dnr(way) for way in ways} == {"KS 2031/174"}


REGISTERS = st.sampled_from(["", "KS", "kun", "ÖN", "SDN4"])


@given(REGISTERS, st.integers(1990, 2040), st.integers(1, 99999), st.sampled_from("-/. "))
def test_normalising_a_dnr_twice_changes_nothing(
    register: str, year: int, number: int, separator: str
) -> None:
    key = normalise_dnr(f"{register} {year}{separator}{number:04}")
    assert normalise_dnr(key) == key


@given(SWEDISH)
def test_spans_of_dnr_are_in_order_and_hold_their_value(text: str) -> None:
    end = 0
    for found in find_dnr(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert "".join(found.value.split()) in "".join(found.span.of(text).split())
        end = found.span.end


# --- § numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("§ 12", "12"),
        ("§12", "12"),
        ("§ 12.", "12"),
        ("12 §", "12"),
        ("12§", "12"),
        ("paragraf 12", "12"),
        ("Paragraf 12 b", "12b"),
        ("§ 12 a", "12a"),
        ("§ 12A", "12a"),
        ("12 a §", "12a"),
        ("12", "12"),
        ("12a", "12a"),
        ("§ 012", "12"),
        ("§ 12/2031", "12"),
        ("§ 12/31", "12"),
        ("12/2031", None),
        ("§", None),
        ("§ 0", None),
        ("12 st", None),
        ("12 a", None),
        ("§§ 81-88", None),
        ("§ 12 Bokbuss", None),
        ("§ 12345", None),
        ("", None),
    ],
)
def test_the_number_of_a_paragraf_is_read(text: str, number: str | None) -> None:
    assert parse_paragraf_number(text) == number


# --- time ------------------------------------------------------------------------------------

CRUEL = ["1", " ", "1, ", "12 ", "1 och ", "den 1, ", "1-1", "2031-01-01-", "dnr   ", "KS 2031/"]


@pytest.mark.parametrize(("find", "piece"), list(product([find_dates, find_dnr], CRUEL)))
def test_time_grows_no_faster_than_the_text(find: Callable[[str], object], piece: str) -> None:
    """A quadratic pattern would need minutes for 400,000 characters; these need about 0.2 s."""
    text = piece * (400_000 // len(piece))
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 5
