"""The fields of a query: which values of the archive a value means, and which days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from indexer.engines.base import Attribute, Dated, Expansion, Has
from indexer.identifiers import normalise_dnr, parse_date, parse_dnr, parse_paragraf_number
from search_app.retrieval.query_names import Names, Value
from search_app.retrieval.query_syntax import AROUND_A_VALUE, FIELD_NAMES, Lexeme, cleaned
from search_app.retrieval.query_tree import Condition, Period

SHOWN = 5  # values named in a note


class Vocabulary(Protocol):
    """What reading a query may ask of the open index."""

    def expand(self, prefix: str, limit: int) -> Expansion: ...

    def values(self, attribute: Attribute) -> tuple[Value, ...]:
        """All values in the index."""
        ...


@dataclass(frozen=True, slots=True)
class ReadField:
    """``leaf`` None: the field says nothing that can be searched. ``words``: read those instead."""

    leaf: Condition | Period | None = None
    words: str = ""
    notes: tuple[str, ...] = ()


class FieldReader:
    """Reads the fields of one query; asks the index but once for the values of an attribute."""

    def __init__(self, index: Vocabulary) -> None:
        self._index = index
        self._names: dict[Attribute, Names] = {}

    def read(self, lexeme: Lexeme) -> ReadField:
        """What a field and its value mean."""
        if lexeme.field in FIELDS_OF_NAMES:
            field = FIELDS_OF_NAMES[lexeme.field]
            return _read_name(lexeme, field, self._names_of(field.attribute))
        return READERS[lexeme.field](lexeme)

    def _names_of(self, attribute: Attribute) -> Names:
        if attribute not in self._names:
            self._names[attribute] = Names(self._index.values(attribute))
        return self._names[attribute]


# --- names -----------------------------------------------------------------------------------

Lookup = Callable[[Names, str], tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class NameField:
    """``missing``: a sentence for a name that is not in the index."""

    attribute: Attribute
    lookup: Lookup
    missing: str


FIELDS_OF_NAMES: Mapping[str, NameField] = {
    "talare": NameField(Attribute.SPEAKER, Names.beginning, "Ingen talare i arkivet heter {}."),
    "parti": NameField(Attribute.PARTY, Names.equal, "Inget parti i arkivet heter {}."),
    "organ": NameField(
        Attribute.BODY, Names.called_or_beginning, "Inget organ i arkivet heter {}."
    ),
    "kommun": NameField(
        Attribute.MUNICIPALITY, Names.called_or_beginning, "Ingen kommun i arkivet heter {}."
    ),
    "plats": NameField(
        Attribute.PLACE,
        Names.called_or_beginning,
        "Arkivet känner ingen plats som heter {}. Det söks som vanliga ord.",
    ),
    "slag": NameField(
        Attribute.KIND, Names.called_or_beginning, "Ingen del av ett protokoll är av slaget {}."
    ),
}


def _read_name(lexeme: Lexeme, field: NameField, names: Names) -> ReadField:
    found = field.lookup(names, lexeme.text)
    if not found and field.attribute is Attribute.PLACE:
        return ReadField(words=lexeme.text, notes=(field.missing.format(lexeme.text),))
    labels = _different(one.label for one in found)
    same = len(labels) == 1 and field.lookup(names, labels[0]) == found
    name = labels[0] if same and _writable(labels[0]) else lexeme.text
    leaf = _condition(lexeme, field.attribute, tuple(sorted(one.value for one in found)), name)
    return ReadField(leaf, notes=_notes_of_names(lexeme, field, labels))


def _different(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels in order; of two that differ in capitals only, one."""
    return tuple({label.casefold(): label for label in sorted(labels, reverse=True)}.values())[::-1]


def _writable(name: str) -> bool:
    """Whether a name, put in quotes, is read just as it is."""
    return name == cleaned(name).text.strip(AROUND_A_VALUE) and '"' not in name


def _notes_of_names(lexeme: Lexeme, field: NameField, labels: tuple[str, ...]) -> tuple[str, ...]:
    if not labels:
        return (field.missing.format(lexeme.text),)
    if len(labels) == 1:
        return ()
    return (f"{lexeme.typed} omfattar {_listed(labels)}.",)


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} och {len(names) - SHOWN} till"
    return f"{', '.join(names[:-1])} och {names[-1]}"


def _condition(
    lexeme: Lexeme, attribute: Attribute, values: tuple[str, ...], name: str
) -> Condition:
    value = name if re.fullmatch(r"[^\W_](?:[\w-]*[^\W_])?", name) else f'"{name}"'
    return Condition(Has(attribute, values), lexeme.typed, f"{lexeme.field}:{value}")


# --- numbers ---------------------------------------------------------------------------------


def _read_dnr(lexeme: Lexeme) -> ReadField:
    number = _dnr(lexeme.text)
    if not number:
        return _unread(f"{lexeme.text} är inget diarienummer och söks inte.")
    name = number if _dnr(number) == number else lexeme.text
    return ReadField(_condition(lexeme, Attribute.DNR, (number,), name))


def _dnr(text: str) -> str:
    return normalise_dnr(parse_dnr(text) or text)


def _read_paragraf(lexeme: Lexeme) -> ReadField:
    number = _paragraf(lexeme.text)
    if number is None:
        example = "Skriv till exempel §:12 eller §:12a."
        return _unread(f"{lexeme.text} är inget paragrafnummer och söks inte. {example}")
    name = number if _paragraf(number) == number else lexeme.text
    return ReadField(_condition(lexeme, Attribute.PARAGRAF, (number,), name))


def _paragraf(text: str) -> str | None:
    return parse_paragraf_number(text) or parse_paragraf_number(f"§ {text}")  # "12 a"


# --- days ------------------------------------------------------------------------------------

YEARS = re.compile(
    r"(?P<first>\d{4})?\s?(?P<between>\.{2,3}|…|[-–—])\s?(?P<last>\d{4})?|(?P<only>\d{4})\.?"
)
MONTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?")


def _read_years(lexeme: Lexeme) -> ReadField:
    match = YEARS.fullmatch(lexeme.text)
    years = [int(year) for year in match.group("first", "last", "only") if year] if match else []
    if match is None or not years or not all(years):
        example = "Skriv till exempel år:2015 eller år:2015..2021."
        return _unread(f"{lexeme.text} är inget årtal och söks inte. {example}")
    open_start = match["between"] and not match["first"]
    open_end = match["between"] and not match["last"]
    first = None if open_start else dt.date(min(years), 1, 1)
    last = None if open_end else dt.date(max(years), 12, 31)
    return ReadField(Period(Dated(first, last)))


def _read_end(lexeme: Lexeme) -> ReadField:
    days = _days(lexeme.text)
    if days is None:
        name = lexeme.field
        example = f"Skriv till exempel {name}:2015, {name}:2015-03 eller {name}:2015-03-24."
        return _unread(f"{lexeme.text} är inget datum och söks inte. {example}")
    first, last = days
    return ReadField(Period(Dated(first=first) if lexeme.field == "från" else Dated(last=last)))


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a year, of a month, or of the day that a date says."""
    if match := MONTH.fullmatch(text):
        year, month = int(match["year"]), int(match["month"] or 0)
        if year < 1 or month > 12 or (match["month"] and month < 1):
            return None
        first, last = month or 1, month or 12
        end = calendar.monthrange(year, last)[1]
        return dt.date(year, first, 1), dt.date(year, last, end)
    date = parse_date(text)
    return (date, date) if date else None


READERS: Mapping[str, Callable[[Lexeme], ReadField]] = {
    "dnr": _read_dnr,
    "§": _read_paragraf,
    "år": _read_years,
    "från": _read_end,
    "till": _read_end,
}


def _unread(note: str) -> ReadField:
    return ReadField(notes=(note,))


# --- names that are no fields ----------------------------------------------------------------

MEANT_AS_FIELD = re.compile(r"(?P<name>[^\W\d_]{4,10}):")


def misspelt(run: str) -> str | None:
    """The field that a word such as ``talar:karin`` was meant as, if one letter makes it so."""
    match = MEANT_AS_FIELD.match(run)
    if match is None:
        return None
    name = match["name"].casefold()
    close = (field for field in FIELD_NAMES if len(field) > 3 and _one_letter_apart(name, field))
    return next((FIELD_NAMES[field] for field in close), None)


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter left out, added or changed, or two exchanged, make one of the other."""
    start = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), None
    )
    if start is None:
        return abs(len(one) - len(other)) == 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] in (other_rest, other_rest[1:])
        or rest == other_rest[1:]
        or (rest[1::-1] + rest[2:]) == other_rest
    )
