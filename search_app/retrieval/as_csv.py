"""A page of hits as rows for a spreadsheet."""

from __future__ import annotations

import csv
import io

from search_app.retrieval.results import Hit, ResultPage

COLUMNS = (
    "date", "municipality", "body", "number", "paragraf", "title", "dnr", "speakers", "kind",
    "page", "text", "id", "url",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula, also behind blanks.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def result_page(page: ResultPage) -> str:
    """Comma-separated, with a head; UTF-8 when encoded. Cells that a spreadsheet would run begin
    with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _row(hit)] for hit in page.hits)
    return out.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell


def _row(hit: Hit) -> tuple[str, ...]:
    return (
        hit.date.isoformat() if hit.date else "",
        hit.municipality or "",
        hit.body or "",
        hit.number or "",
        hit.paragraf or "",
        hit.title.text if hit.title else "",
        hit.dnr or "",
        "; ".join(
            f"{speaker.name} ({speaker.party})" if speaker.party else speaker.name
            for speaker in hit.speakers
        ),
        hit.kind,
        str(hit.page) if hit.page else "",
        " ".join(snippet.text for snippet in hit.snippets),
        hit.id,
        hit.url,
    )
