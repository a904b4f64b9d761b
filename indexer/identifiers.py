"""Dates, dnr and § numbers: recognised in running text, normalised, printed.

One grammar for the three places that need it: the structure of a protokoll, the terms of the
index, and the words of a query. Every pattern is bounded, so its time is linear in the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from indexer.model import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the characters of the text it was read from."""

    span: Span
    value: T


# --- dates -----------------------------------------------------------------------------------

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# The first three letters tell the month, in Swedish and in English.
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NUMBERS |= {"may": 5, "oct": 10}

_DASH = "[-‐‑–—−]"
_YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d|2100)"  # no protokoll is older, none plans further
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?::?(?:a|e|sta|dje)(?!\w))?"
_MONTH = r"""(?:
    januar[iy] | februar[iy] | mars | march | april | maj | may | juni | june | juli | july
    | augusti? | september | oktober | october | november | december
    | (?:jan|febr?|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec)\.?
)(?!\w)"""
_DAYS = rf"""
    (?:(?<=den\ )(?:[12]\ \d|3\ [01]) | {_DAY}){_ORDINAL}  # "den 2 7 mars": a blank from OCR
    (?:
        \s?{_DASH}{{1,2}}\s?(?:den\s)?{_DAY}{_ORDINAL}     # "9-10 september", "7—8 mars"
      | (?:,\s(?:den\s)?{_DAY}{_ORDINAL}){{0,4}}+          # "9 och 10 september"
        ,?\s(?:och|samt)\s(?:den\s)?{_DAY}{_ORDINAL}       # "den 14, den 16 och den 23 juli"
    )?+
"""

# ISO in page heads; day and month in words in running text; d.m.yyyy in Finland; d/m yyyy in
# notes and letters. Begins with a digit: most characters of a text are passed over at once.
DATE = re.compile(
    rf"""(?=\d)(?<!\d)(?:
    # "2031-08-24", also "2031.08.24" and "2031/08/24"; a run with more digits is something else,
    # except a second date: "2031-08-24-2031-08-25".
    (?:(?<!\d[-./:])|(?<=-\d\d-))
    (?P<iso>{_YEAR}(?:{_DASH}\d\d{_DASH}|\.\d\d\.|/\d\d/)\d\d)
    (?!\d|(?!-{_YEAR}-\d\d-\d\d(?!\d))[-./:]\d)
  |
    # "7 november 2031", "3:e juni 2031", "14 October 2031", "9 mars"
    (?<!\d[-./:])(?<!§)(?<!§\s)
    (?P<days>{_DAYS})\s{{0,3}}(?:innevarande\s)?(?P<month>{_MONTH})
    (?:[.,]?\s{{0,3}}(?:år\s)?(?P<year>{_YEAR})(?!\d))?
  |
    # "24.9.2031", "28.08.2031"
    (?<!\d\.){_DAY}\.\s?(?:1[0-2]|0?[1-9])\.\s?{_YEAR}(?!\d|\.\d)
  |
    # "4/7 2031", "4/7-31", but not "1/6-31/8 2031"
    (?<!/){_DAY}/(?:1[0-2]|0?[1-9])(?:(?:\s|\s?-){_YEAR}|\s?-\d\d)(?![\d/.:%])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# "Onsdagen den" before the days; at most 24 characters.
_BEFORE_DAYS = re.compile(
    r"(?<!\w)(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?s?,?\s{1,3})?(?:den\s{0,3})?\Z",
    re.IGNORECASE,
)
# "den 31 maj och den 3 juni 2031": the first date takes its year from the second.
_SHARES_YEAR = re.compile(rf"\s?(?:,|och|samt|till|t\.?o\.?m\.?|{_DASH})?\s?", re.IGNORECASE)


def find_dates(text: str, year: int | None = None) -> list[Found[dt.date]]:
    """Every date in ``text``, in order; impossible ones (30 February) are left out.

    A date without a year takes that of a date joined to it, otherwise ``year``, otherwise it is
    left out; so is a bare "8 maj", which may be anything ("Anf. 8 MAJ EK"), but "den 8 maj"
    is not. All days of "9-10 september 2031" are given, each with the span of the whole.
    """
    found: list[Found[dt.date]] = []
    next_start, next_year = len(text), None
    for match in reversed(list(DATE.finditer(text))):
        span = Span(_start_of(match), match.end())
        if next_year and _SHARES_YEAR.fullmatch(text, span.end, next_start):
            assumed_year: int | None = next_year
        else:
            assumed_year = None if _is_bare_day(match, span) else year
        days = list(_days_of(match, assumed_year))
        found.extend(Found(span, day) for day in reversed(days))
        next_start, next_year = span.start, days[0].year if days else None
    found.reverse()
    return found


def parse_date(text: str, year: int | None = None) -> dt.date | None:
    """The date that the whole of ``text`` says, or None if it says more, less or several."""
    text = text.strip(" \t\n.,")
    found = find_dates(text, year)
    if len(found) == 1 and found[0].span == Span(0, len(text)):
        return found[0].value
    return None


def print_date(date: dt.date) -> str:
    """The date as running Swedish: "4 mars 2031"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _start_of(match: re.Match[str]) -> int:
    """Where the date begins, its weekday and "den" included."""
    if not match["days"]:
        return match.start()
    before = _BEFORE_DAYS.search(match.string, max(0, match.start() - 24), match.start())
    return before.start() if before else match.start()


def _is_bare_day(match: re.Match[str], span: Span) -> bool:
    """Whether a date is one day without a weekday, "den" or ":e" to show that it is one."""
    return span.start == match.start() and bool(re.fullmatch(r"\d+", match["days"] or ""))


def _days_of(match: re.Match[str], assumed_year: int | None) -> Iterator[dt.date]:
    if match["days"]:
        year = int(match["year"]) if match["year"] else assumed_year
        month = _MONTH_NUMBERS[match["month"][:3].lower()]
        days = _day_numbers(match["days"])
    else:
        numbers = [int(digits) for digits in re.findall(r"\d+", match[0])]
        year, month, day = numbers if match["iso"] else reversed(numbers)
        days = [day]
        if year < 100:  # "4/7-31"; no protokoll writes so of a year before 1970
            year += 1900 if year >= 70 else 2000
    for day in days:
        if year is not None and (date := _possible(year, month, day)):
            yield date


def _day_numbers(days: str) -> list[int]:
    """The days of "14", "9-10", "14, den 16 och den 23", "2 7"."""
    if re.fullmatch(r"\d \d\D*", days):
        return [int(days[0] + days[2])]
    numbers = [int(digits) for digits in re.findall(r"\d+", days)]
    if re.search(_DASH, days):
        first, last = numbers
        return list(range(first, last + 1)) or [last]
    return numbers


def _possible(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- dnr -------------------------------------------------------------------------------------

_SEPARATOR = "[-‐‑–./]"
_DNR_YEAR = r"(?:19[5-9]\d|20\d\d)"
_FILE_PLAN = r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?)"  # a code of the file plan glued to the year
_LOOSE_FILE_PLAN = r"(?:\s\d{1,2}(?:\.\d{1,2}){1,3}(?!\w))?"  # "Dnr KS 2031/55 1.3.2"
_HANDLING = r"(?::-?\d{1,3}|-\d{1,3})?"  # the document within the matter
_CLASS_CODE = r"\sT(?:\s\d\d){3}"  # the task the matter belongs to, in Finland
_END = r"(?!\w|[-‐‑–./:]\d)"
# "KS 2031-05-19" is a meeting, "KU 1981/82:57" a report of the Riksdag.
_NOT_A_DATE = r"(?!\d{4}(?:-\d\d-|–\d\d–|\.\d\d\.)\d\d(?!\d)|\d{4}/(?:\d\d|2000):\d)"
# Capitals before a number that are not the register of a public body.
_NOT_A_REGISTER = r"(?!(?:EU|EG|EEG|EES|NR|ÅR|LÅ|LÄSÅR|HT|VT)\b)"

# "Dnr", "Diarienummer:", "Ärendenr." and the blanks after it; to be compiled with re.VERBOSE.
DNR_LABEL = r"""(?i:
    d\.?-?nr | diarie-?(?:nr|nummer) | ärende-?(?:nr|nummer|id)
)(?![^\W\d])\.?+\s?+:?+\s{0,40}+"""
_LETTERS = r"[A-Za-zÅÄÖåäö]{1,6}(?:\d(?!\d))?"  # "SDN4": the fourth of its kind
# What stands after a label, or alone in a field.
_ANY_DNR = rf"""
    # "KS 2031/0007", "KFF-2031-00826:-1", "TU.2031.6", "BRO 2031-004512 T 10 00 00"
    {_LETTERS}\s?{_SEPARATOR}?\s?
    {_NOT_A_DATE}{_DNR_YEAR}\s?{_SEPARATOR}\s?\d{{1,6}}(?:{_CLASS_CODE}|{_HANDLING}){_END}
    # "BRO/86/2031"
  | {_LETTERS}(?:\s|{_SEPARATOR})\d{{1,6}}{_SEPARATOR}{_DNR_YEAR}{_END}
    # "2031/KS 0638 012"
  | {_DNR_YEAR}/[A-ZÅÄÖ]{{2,6}}\s?\d{{1,6}}(?:\s\d{{3}}(?!\w))?{_END}
    # "2031.508 KS"
  | {_NOT_A_DATE}{_DNR_YEAR}[./]\d{{1,6}}\s?[A-ZÅÄÖ]{{2,5}}(?!\w|-[^\W\d])
    # "2031-00712"
  | {_NOT_A_DATE}{_DNR_YEAR}\s?{_SEPARATOR}\s?\d{{1,6}}{_HANDLING}{_END}
    # "00638/2031", "0638/31", "00638/20313.2."
  | \d{{4,6}}/(?:{_DNR_YEAR}{_FILE_PLAN}?|\d\d){_END}
"""
_LABELLED_DNR = rf"""{_ANY_DNR}
  | \d{{1,3}}/(?:{_DNR_YEAR}|\d\d){_END}     # "86/31"
  | [A-ZÅÄÖ]{{2,6}}[:-]\d{{3,8}}{_END}       # "KFF:30826"
  | \d\d[A-ZÅÄÖ]{{2,5}}\d{{1,6}}{_END}       # "31KS77"
  | \d\d(?:/\d{{3,5}}(?:-\d{{3}})?|\.\d{{3,5}}){_END}   # "94/0371-212", "94.371"
  | (?!{_DNR_YEAR}\b)\d{{4,8}}{_END}         # "308260", but not a year
"""
# Recognised without a label in running text.
_UNMISTAKABLE_DNR = rf"""
    {_NOT_A_REGISTER}[A-ZÅÄÖ]{{2,6}}(?:\d(?!\d))?(?:
        # "KFF-2031-00826", "TU.2031.6"
        {_SEPARATOR}{_NOT_A_DATE}{_DNR_YEAR}{_SEPARATOR}\d{{1,6}}
        # "KUN 2031/638"
      | \s?{_NOT_A_DATE}{_DNR_YEAR}[/.]\d{{1,6}}
        # "KS 2031-00174"
      | \s?{_DNR_YEAR}{_SEPARATOR}(?:0\d{{2,5}}|\d{{5,6}})(?:{_CLASS_CODE})?
        # "BRO/86/2031"
      | /\d{{1,6}}/{_DNR_YEAR}
    ){_HANDLING}{_END}
    # "N2031/00638", "Fi2031/00638": the ministries
  | [A-ZÅÄÖ][a-zåäö]?{_DNR_YEAR}/\d{{5}}{_END}
  | (?<![/.-])(?:
        # "2031/KS 0638 012"
        {_DNR_YEAR}/[A-ZÅÄÖ]{{2,6}}\s?\d{{3,6}}(?:\s\d{{3}}(?!\w))?{_END}
        # "2031.508 KS", "2031/174 KS"
      | {_NOT_A_DATE}{_DNR_YEAR}(?:\.\d{{3,6}}\s?|/\d{{1,6}}\s)
        {_NOT_A_REGISTER}[A-ZÅÄÖ]{{2,5}}(?!\w|-[^\W\d])
        # "2031-00712"
      | {_DNR_YEAR}-0\d{{4}}{_END}
        # "00638/2031", "00638/20313.2."
      | 0\d{{4}}/{_DNR_YEAR}{_FILE_PLAN}?{_END}
    )
"""
DNR = re.compile(
    rf"""(?<!\w)(?:
        {DNR_LABEL}(?P<labelled>{_LABELLED_DNR}){_LOOSE_FILE_PLAN}
      | (?=[A-ZÅÄÖ\d])(?P<bare>{_UNMISTAKABLE_DNR})
    )""",
    re.VERBOSE,
)
_WHOLE_DNR = re.compile(
    rf"""\s*(?:
        {DNR_LABEL}(?P<labelled>{_LABELLED_DNR}){_LOOSE_FILE_PLAN}
      | (?P<bare>{_NOT_A_REGISTER}(?:{_ANY_DNR}))
    )\s*""",
    re.VERBOSE,
)
_LABEL = re.compile(rf"(?<!\w){DNR_LABEL}", re.VERBOSE)
_GLUED_FILE_PLAN = re.compile(rf"(?<!\d)(\d{{1,6}}/{_DNR_YEAR}){_FILE_PLAN}$")
_NUMBERED_REGISTER = re.compile(
    rf"[A-ZÅÄÖ]{{1,6}}\d(?=[ ./-]{{1,2}}{_DNR_YEAR} ?[/.-])"
)  # "SDN4 2031/7"
_TWO_YEARS = re.compile(r"(\d{4})/(\d\d|\d{4})(?!\d)")


def find_dnr(text: str) -> list[Found[str]]:
    """Every dnr in ``text`` that has a label or an unmistakable shape, in order.

    ``span`` covers the label too ("Dnr KS 2031/174"), ``value`` is without it, as printed but
    for its blanks. Dates, laws (2029:417), school years (2031/32), Riksdag prints (1981/82:57)
    and protokoll numbers (9/2031) are none.
    """
    found: list[Found[str]] = []
    start = 0
    while match := DNR.search(text, start):
        start = match.end()
        if (value := _dnr_of(match)) is not None:
            found.append(Found(Span(*match.span()), value))
        elif years := _TWO_YEARS.match(text, match.start()):
            start = years.end()  # "läsåret 2031/32 KS 2031/174"
    return found


def parse_dnr(text: str) -> str | None:
    """The dnr that the whole of ``text`` is, as printed but for its blanks, or None.

    For places where only a dnr can stand (after the § number, a form field, a query word):
    "0638/31" or "ks 2031/174" will do. A label may stand first and is dropped.
    """
    match = _WHOLE_DNR.fullmatch(text)
    return _dnr_of(match) if match else None


def normalise_dnr(text: str) -> str:
    """A key that is equal for the ways to write one dnr.

    The register in capitals, the year first, then the other numbers without leading zeros:
    "KS 2031/174" for ks2031/0174, KS-2031-00174, 2031/174 KS and Dnr KS/174/2031. A document
    number stays ("KFF 2031/826/1"), the code of a file plan or a task does not; two-figure years
    stay two.
    """
    text = _GLUED_FILE_PLAN.sub(r"\1", _LABEL.sub("", text).strip())
    text = re.sub(rf"{_CLASS_CODE}$", "", text)
    register = _NUMBERED_REGISTER.match(text.upper())
    letters = [register[0]] if register else re.findall(r"[^\W\d_]+", text.upper())
    text = text[register.end() :] if register else text
    numbers = [digits.lstrip("0") or "0" for digits in re.findall(r"[0-9]+", text)]
    years = [n for n in numbers[:2] if re.fullmatch(_DNR_YEAR, n)]
    if years:
        numbers.remove(years[0])
        numbers.insert(0, years[0])
    return " ".join([*letters, "/".join(numbers)]).strip()


def _dnr_of(match: re.Match[str]) -> str | None:
    value = match["labelled"] or match["bare"]
    if not match["labelled"] and _begins_with_two_years(value):
        return None
    return re.sub(r"\s?/\s?", "/", " ".join(value.split()))


def _begins_with_two_years(value: str) -> bool:
    """Whether a value begins like 2031/32: a school year, a season, a session."""
    if match := _TWO_YEARS.match(value):
        following = str(int(match[1]) + 1)
        return match[2] in (following, following[2:])
    return False


# --- § numbers -------------------------------------------------------------------------------

PARAGRAF_NUMBER = re.compile(
    r"""\s{0,9}(?:
        (?:§|paragraf\b)\s{0,9}(?P<after>\d{1,4}\s?[a-zåäö]?)   # "§ 12", "§12 a", "paragraf 12"
            (?:/(?:20)?\d\d)?                                     # "§ 12/2031"
      | (?P<before>\d{1,4}\s?[a-zåäö]?)\s{0,9}§                 # "12 §", "12 a §"
      | (?P<alone>\d{1,4}[a-zåäö]?)                             # "12", "12a"
    )\s{0,9}[.:,]?\s{0,9}""",
    re.VERBOSE | re.IGNORECASE,
)


def parse_paragraf_number(text: str) -> str | None:
    """The number of the § that the whole of ``text`` names: "12" or "12a", else None."""
    match = PARAGRAF_NUMBER.fullmatch(text)
    if match is None:
        return None
    number = match["after"] or match["before"] or match["alone"]
    return re.sub(r"\s", "", number).lstrip("0").lower() or None
