"""Answers as plain values for JSON: what docs/api.md describes."""

from __future__ import annotations

from indexer.model import Speaker
from search_app.retrieval.results import (
    FacetValue,
    Hit,
    Marked,
    ParagrafView,
    PassageView,
    ProtokollPage,
    ResultPage,
)


def result_page(page: ResultPage) -> dict[str, object]:
    return {
        "query": page.request.text,
        "read_as": page.read_as,
        "notes": list(page.notes),
        "total": page.total,
        "sort": page.sort.value,
        "page": page.request.page,
        "pages": page.pages,
        "first_year": page.first_year,
        "last_year": page.last_year,
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {
            attribute.value: [_facet_value(value) for value in values]
            for attribute, values in page.facets.items()
        },
    }


def protokoll_page(page: ProtokollPage) -> dict[str, object]:
    return {
        "id": page.id,
        "municipality": page.municipality,
        "body": page.body,
        "date": page.dates[0].isoformat() if page.dates else None,
        "dates": [date.isoformat() for date in page.dates],
        "number": page.number,
        "place": page.place,
        "attendance": [
            {
                "name": person.name,
                "party": person.party,
                "role": person.role,
                "paragrafer": person.paragrafer,
            }
            for person in page.attendance
        ],
        "paragrafer": [_paragraf(section) for section in page.paragrafer],
        "query": page.text,
        "read_as": page.read_as,
        "media": page.media,
        "original": page.original,
        "url": f"/protokoll/{page.id}",
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "protokoll": hit.protokoll,
        "paragraf": hit.paragraf,
        "title": hit.title.text if hit.title else None,
        "title_marks": _marks(hit.title) if hit.title else [],
        "dnr": hit.dnr,
        "municipality": hit.municipality,
        "body": hit.body,
        "date": hit.date.isoformat() if hit.date else None,
        "number": hit.number,
        "speakers": [_speaker(speaker) for speaker in hit.speakers],
        "kind": hit.kind,
        "page": hit.page,
        "snippets": [{"text": one.text, "marks": _marks(one)} for one in hit.snippets],
        "url": hit.url,
        "original": hit.original,
    }


def _marks(marked: Marked) -> list[list[int]]:
    return [[mark.start, mark.end] for mark in marked.marks]


def _speaker(speaker: Speaker) -> dict[str, str | None]:
    return {"name": speaker.name, "party": speaker.party, "role": speaker.role}


def _facet_value(value: FacetValue) -> dict[str, object]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "chosen": value.chosen,
    }


def _paragraf(section: ParagrafView) -> dict[str, object]:
    title = "".join(piece.text for piece in section.title)
    return {
        "id": section.id,
        "number": section.number,
        "title": title or None,
        "dnr": section.dnr,
        "page": section.page,
        "passages": [_passage(passage) for passage in section.passages],
    }


def _passage(passage: PassageView) -> dict[str, object]:
    """The text as one string with a line break between stycken, and the marks in it."""
    text, marks = "", []
    for stycke in passage.stycken:
        text += "\n" if text else ""
        for piece in stycke:
            if piece.mark:
                marks.append([len(text), len(text) + len(piece.text)])
            text += piece.text
    return {
        "id": passage.anchor,
        "kind": passage.kind,
        "speakers": [_speaker(speaker) for speaker in passage.speakers],
        "page": passage.page,
        "text": text,
        "marks": marks,
        "hit": passage.hit,
    }
