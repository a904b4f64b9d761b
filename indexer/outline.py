"""A protokoll as JSON for programs, and as an outline for people."""

from __future__ import annotations

from indexer.model import Paragraf, Part, Protokoll, Span, Speaker

FIRST_WORDS = 12


def as_json(protokoll: Protokoll) -> dict[str, object]:
    """The protokoll as plain values; texts in place of spans, days as ISO dates."""
    text = protokoll.text
    dates = [date.isoformat() for date in protokoll.dates]
    return {
        "body": protokoll.body,
        "municipality": protokoll.municipality,
        "meeting_date": dates[0] if dates else None,
        "meeting_dates": dates,
        "number": protokoll.number,
        "place": protokoll.place,
        "attendance": [
            {
                "name": person.name,
                "party": person.party,
                "role": person.role,
                "paragrafer": person.paragrafer,
            }
            for person in protokoll.attendance
        ],
        "front": [_part(part, text) for part in protokoll.front],
        "paragrafer": [
            {
                "number": paragraf.number,
                "title": _of(paragraf.title, text),
                "dnr": paragraf.dnr,
                "page": paragraf.page,
                "parts": [_part(part, text) for part in paragraf.parts],
            }
            for paragraf in protokoll.paragrafer
        ],
    }


def _of(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


def _part(part: Part, text: str) -> dict[str, object]:
    persons = [_speaker(person) for person in part.speakers]
    values: dict[str, object] = {
        "kind": part.kind.value,
        "label": _of(part.label, text),
        "speaker": persons[0] if persons else None,
        "text": part.span.of(text).strip(),
        "page": part.page,
    }
    if len(persons) > 1:
        values["speakers"] = persons
    return values


def _speaker(person: Speaker) -> dict[str, str | None]:
    return {"name": person.name, "party": person.party, "role": person.role}


def as_text(protokoll: Protokoll) -> str:
    """An outline: the head, then each § with its parts, who speaks and the first words."""
    head = [
        protokoll.body or "(body unknown)",
        protokoll.municipality,
        ", ".join(date.isoformat() for date in protokoll.dates) or "(date unknown)",
        f"nr {protokoll.number}" if protokoll.number else None,
        protokoll.place,
    ]
    rows = [" · ".join(field for field in head if field)]
    if protokoll.attendance:
        rows.append(f"{len(protokoll.attendance)} present")
    rows += [_part_row(part, protokoll.text) for part in protokoll.front]
    for paragraf in protokoll.paragrafer:
        rows += ["", _paragraf_row(paragraf, protokoll.text)]
        rows += [_part_row(part, protokoll.text) for part in paragraf.parts]
    return "\n".join(rows) + "\n"


def _paragraf_row(paragraf: Paragraf, text: str) -> str:
    fields = [
        f"§ {paragraf.number or '–'}",
        _of(paragraf.title, text) or "(no title)",
        f"dnr {paragraf.dnr}" if paragraf.dnr else None,
        f"page {paragraf.page}" if paragraf.page else None,
    ]
    return "  ".join(field for field in fields if field)


def _part_row(part: Part, text: str) -> str:
    words = part.span.of(text).split()
    beginning = " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
    persons = ", ".join(_person(person) for person in part.speakers)
    return f"    {part.kind.value:21}{f'[{persons}] ' if persons else ''}{beginning}"


def _person(person: Speaker) -> str:
    what = ", ".join(word for word in (person.party, person.role) if word)
    return f"{person.name} ({what})" if what else person.name
