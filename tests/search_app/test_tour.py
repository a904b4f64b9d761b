"""The tour of docs/rundtur.md: every search shows what it says, over the sample archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from search_app.retrieval.results import Hit
from search_app.retrieval.search_request import MAX_PAGE_SIZE, SearchRequest
from search_app.site import Site

TOUR = (Path(__file__).parents[2] / "docs" / "rundtur.md").read_text("utf-8")
STOP = re.compile(
    r"## \d+\. (?P<heading>.+)\n\n```fråga\n(?P<query>.+)\n```\n(?P<said>(?:(?!## ).*\n)+)"
)
YEARS = re.compile(r"de första träffarna är från (\d{4}), de sista från (\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stop:
    """A search of the tour: ``rows`` of day, body, § and who speaks, "" for anybody."""

    query: str
    first: int
    last: int
    rows: tuple[tuple[str, str, str, str], ...]


def stops() -> list[Stop]:
    out = []
    for match in STOP.finditer(TOUR):
        said = " ".join(match["said"].split())
        years = YEARS.search(said)
        assert years, f"{match['heading']}: from when to when?"
        rows = [line for line in match["said"].splitlines() if re.match(r"\| \d", line)]
        cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
        found = tuple((day, body, number, who) for day, body, number, who in cells)
        out.append(Stop(match["query"], int(years[1]), int(years[2]), found))
    return out


def all_hits(sample: Site, query: str) -> list[Hit]:
    request = SearchRequest(text=query, size=MAX_PAGE_SIZE)
    pages = sample.service.search(request).pages
    return [
        hit
        for page in range(1, pages + 1)
        for hit in sample.service.search(
            SearchRequest(text=query, size=MAX_PAGE_SIZE, page=page)
        ).hits
    ]


def test_the_tour_has_ten_stops_with_rows() -> None:
    assert len(stops()) == 10
    assert all(len(stop.rows) >= 3 for stop in stops())


@pytest.mark.parametrize("stop", stops(), ids=lambda stop: stop.query)
def test_a_stop_of_the_tour_shows_what_it_says(stop: Stop, sample: Site) -> None:
    page = sample.service.search(SearchRequest(text=stop.query))
    assert page.notes == ()
    hits = all_hits(sample, stop.query)
    assert len(hits) == page.total
    years = [hit.date.year for hit in hits if hit.date]
    assert (min(years), max(years)) == (stop.first, stop.last)
    for day, body, number, who in stop.rows:
        there = [h for h in hits if (str(h.date), h.body, h.paragraf) == (day, body, number)]
        assert there, f"{day} {body} § {number} is not among the hits"
        said_by = {
            f"{s.name} ({s.party})" if s.party else s.name for h in there for s in h.speakers
        }
        assert not who or who in said_by, f"{day} {body} § {number} is said by {said_by}"
