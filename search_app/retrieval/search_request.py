"""What a person asks for: the words, the chosen filters, the order and the page; as an address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from indexer.engines.base import Attribute, Sort
from indexer.ids import party_code, slug

YEAR = re.compile(r"[0-9]{4}")
YEAR_AND_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_CHOSEN = 50  # values of one request; nobody clicks more together

PARAMETERS: Mapping[str, Attribute] = {
    "kommun": Attribute.MUNICIPALITY,
    "organ": Attribute.BODY,
    "ar": Attribute.YEAR,
    "talare": Attribute.SPEAKER,
    "parti": Attribute.PARTY,
    "plats": Attribute.PLACE,
    "slag": Attribute.KIND,
}
"""The facets by the names that addresses use, in the order the pages show them."""

SLUGS = (Attribute.BODY, Attribute.MUNICIPALITY)

SORTS: Mapping[str, Sort] = {
    "relevans": Sort.RELEVANCE,
    "nyast": Sort.NEWEST,
    "aldst": Sort.OLDEST,
}
_SORT_NAMES = {sort: name for name, sort in SORTS.items()}
_NAMES = {attribute: name for name, attribute in PARAMETERS.items()}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value picked from a facet."""

    attribute: Attribute
    value: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``sort`` None: by relevance where there are words to score, else the newest first. ``page``
    counts from 1; ``size`` is hits a page."""

    text: str = ""
    chosen: tuple[Chosen, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    sort: Sort | None = None
    page: int = 1
    size: int = PAGE_SIZE

    def values(self, attribute: Attribute) -> tuple[str, ...]:
        return tuple(one.value for one in self.chosen if one.attribute is attribute)

    def choosing(self, attribute: Attribute, value: str) -> SearchRequest:
        """The same with one more value, from its first page."""
        one = Chosen(attribute, value)
        return self if one in self.chosen else replace(self, chosen=(*self.chosen, one), page=1)

    def without(self, attribute: Attribute, value: str) -> SearchRequest:
        kept = tuple(one for one in self.chosen if one != Chosen(attribute, value))
        return replace(self, chosen=kept, page=1)

    def without_dates(self) -> SearchRequest:
        return replace(self, first=None, last=None, page=1)

    def without_filters(self) -> SearchRequest:
        return replace(self, chosen=(), first=None, last=None, page=1)

    def sorted_by(self, sort: Sort) -> SearchRequest:
        return replace(self, sort=sort, page=1)

    def at_page(self, page: int) -> SearchRequest:
        return replace(self, page=page)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each parameter that is not at its default; ``q`` always, and first."""
        given = [("q", self.text)]
        given += [(_NAMES[one.attribute], one.value) for one in self.chosen]
        given += [("fran", self.first.isoformat())] if self.first else []
        given += [("till", self.last.isoformat())] if self.last else []
        given += [("sort", _SORT_NAMES[self.sort])] if self.sort else []
        given += [("sida", str(self.page))] if self.page > 1 else []
        given += [("antal", str(self.size))] if self.size != PAGE_SIZE else []
        return tuple(given)

    def address(self, path: str = "/sok") -> str:
        return f"{path}?{urlencode(self.parameters())}"


def parse_day(text: str, *, last: bool) -> dt.date | None:
    """An ISO date; a year or month stands for its first day or, if ``last``, its last one."""
    try:
        if YEAR.fullmatch(text):
            return dt.date(int(text), 12, 31) if last else dt.date(int(text), 1, 1)
        if YEAR_AND_MONTH.fullmatch(text):
            first = dt.date.fromisoformat(f"{text}-01")
            following = (first + dt.timedelta(days=31)).replace(day=1)
            return following - dt.timedelta(days=1) if last else first
        return dt.date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None


def from_parameters(given: Iterable[tuple[str, str]]) -> SearchRequest:
    """The request that the parameters of an address make.

    Unknown names and values that cannot be are passed over; of a name that takes one value the
    first counts: an address from elsewhere never gives an error. An empty value is none.
    """
    text = ""
    chosen: list[Chosen] = []
    single: dict[str, str] = {}
    for name, value in given:
        if name == "q":
            text = text or value
        elif name in PARAMETERS and value and len(chosen) < MAX_CHOSEN:
            chosen.append(Chosen(PARAMETERS[name], stored_value(PARAMETERS[name], value)))
        elif value:
            single.setdefault(name, value)
    return SearchRequest(
        text=text,
        chosen=tuple(dict.fromkeys(chosen)),
        first=parse_day(single.get("fran", ""), last=False),
        last=parse_day(single.get("till", ""), last=True),
        sort=SORTS.get(single.get("sort", "")),
        page=_number(single.get("sida", ""), default=1, most=10**9),
        size=_number(single.get("antal", ""), default=PAGE_SIZE, most=MAX_PAGE_SIZE),
    )


def stored_value(attribute: Attribute, given: str) -> str:
    """The value as the index has it; a body or municipality may be given by its name."""
    if attribute is Attribute.PARTY:
        return party_code(given)
    return slug(given) if attribute in SLUGS else given


def _number(text: str, *, default: int, most: int) -> int:
    plain = text.isascii() and text.isdigit() and len(text) < 12
    return min(max(int(text), 1), most) if plain else default
