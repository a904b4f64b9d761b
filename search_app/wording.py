"""Numbers, dates and names as a Swedish reader wants them: the filters of the templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from indexer.identifiers import print_date
from indexer.model import Speaker

NO_BREAK = "\N{NO-BREAK SPACE}"
SHORTENED = 80  # characters of a query in titles and headings

FACETS: Mapping[str, str] = {
    "kommun": "Kommun",
    "organ": "Organ",
    "ar": "År",
    "talare": "Talare",
    "parti": "Parti",
    "plats": "Plats",
    "slag": "Del av paragrafen",
}
"""The headings of the facets, by the names that addresses use."""

SORTS: Mapping[str, str] = {
    "relevans": "Bäst först",
    "nyast": "Nyast först",
    "aldst": "Äldst först",
}

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "ok": ("Inlästa", "Texten är läst och går att söka i."),
    "needs_ocr": (
        "Inskannade bilder",
        "Sidorna är bilder utan text. De går inte att söka i förrän texten har tolkats.",
    ),
    "rejected": ("Avvisade", "Filen är inte ett protokoll som går att läsa. Skälet står intill."),
    "duplicate": ("Dubbletter", "Samma innehåll finns redan i en annan fil."),
    "too_big": ("För stora", "Filen är större än vad som läses in."),
    "timeout": ("Avbrutna", "Filen tog för lång tid att läsa."),
    "memory": ("Krävde för mycket minne", "Filen tog mer minne än den får."),
    "crash": ("Trasiga", "Läsningen av filen havererade, också i ett andra försök."),
}
"""What became of a file: in a word or two, and what that means."""


def number(value: int) -> str:
    """``1234`` as "1 234"."""
    return f"{value:,}".replace(",", NO_BREAK)


def counted(value: int, one: str, several: str) -> str:
    return f"{number(value)}{NO_BREAK}{one if value == 1 else several}"


def day(date: dt.date | None) -> str:
    return print_date(date) if date else "utan datum"


def days(dates: Iterable[dt.date]) -> str:
    """Several days as "3 maj 2031 och 4 maj 2031"."""
    return listed([print_date(date) for date in dates]) or "utan datum"


def listed(words: list[str]) -> str:
    return " och ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def years(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}–{last}"


def moment(time: dt.datetime | None) -> str:
    """A time in UTC as Swedish clocks show it: "25 maj 2031 kl. 04.12"."""
    if time is None:
        return "okänt när"
    local = time.astimezone(_swedish_time())
    return f"{print_date(local.date())} kl.{NO_BREAK}{local:%H.%M}"


def _swedish_time() -> dt.tzinfo:
    try:
        return ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:  # a system without time zones
        return dt.UTC


def person(speaker: Speaker) -> str:
    """ "Yusra Hammadeh (S), ordförande", as far as it is known."""
    party = f" ({speaker.party})" if speaker.party else ""
    role = f", {speaker.role}" if speaker.role else ""
    return f"{speaker.name}{party}{role}"


def opening(text: str) -> str:
    """The text with a capital at its start: "särskilt yttrande" heads a part."""
    return text[:1].upper() + text[1:]


def shortened(text: str) -> str:
    """A query for titles and headings: one line, cut if long."""
    line = " ".join(text.split())
    return line if len(line) <= SHORTENED else f"{line[:SHORTENED].rstrip()} …"


def year_or_day(date: dt.date | None, edge: tuple[int, int]) -> str:
    """A limit as the form shows it: the year alone where it is the year's ``edge`` (month, day)."""
    if date is None:
        return ""
    return f"{date.year:04}" if (date.month, date.day) == edge else date.isoformat()


FILTERS: Mapping[str, Callable[..., str]] = {
    "number": number,
    "counted": counted,
    "day": day,
    "days": days,
    "moment": moment,
    "person": person,
    "opening": opening,
    "shortened": shortened,
    "from_year": lambda date: year_or_day(date, (1, 1)),
    "to_year": lambda date: year_or_day(date, (12, 31)),
}
