"""A page of hits for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from indexer.identifiers import print_date
from search_app.retrieval.results import Hit, Marked, ResultPage


def result_page(page: ResultPage) -> RenderableType:
    """A head with the total and how the query was read, then the hits, numbered through."""
    first = (page.request.page - 1) * page.request.size + 1
    rows: list[RenderableType] = [_head(page), *map(Text, page.notes)]
    for number, hit in enumerate(page.hits, first):
        rows += [Text(""), *_hit(number, hit)]
    return Group(*rows)


def _head(page: ResultPage) -> Text:
    total = "1 träff" if page.total == 1 else f"{page.total} träffar"
    parts = [total]
    if page.first_year and page.last_year:
        years = (page.first_year, page.last_year)
        parts.append(f"{years[0]}–{years[1]}" if years[0] != years[1] else str(years[0]))
    if page.pages > 1:
        parts.append(f"sida {page.request.page} av {page.pages}")
    return Text.assemble((" · ".join(parts), "bold"), f"  {page.read_as}")


def _hit(number: int, hit: Hit) -> list[Text]:
    where = [hit.body, hit.date and print_date(hit.date), hit.number and f"nr {hit.number}"]
    where += [f"s. {hit.page}" if hit.page else None, hit.kind_label]
    paragraf = Text(f"§ {hit.paragraf}  " if hit.paragraf else "", "bold")
    rows = [
        Text(f"{number}. ").append(paragraf).append(_marked(hit.title) if hit.title else ""),
        Text("   " + " · ".join(part for part in where if part)),
    ]
    if hit.speakers:
        names = (f"{s.name} ({s.party})" if s.party else s.name for s in hit.speakers)
        rows.append(Text("   " + ", ".join(names), "italic"))
    rows += [Text("   ").append(_marked(snippet)) for snippet in hit.snippets]
    return [*rows, Text(f"   {hit.url}", "dim", no_wrap=True, overflow="ignore")]


def _marked(marked: Marked) -> Text:
    text = Text()
    for piece in marked.pieces:
        text.append(piece.text, "bold reverse" if piece.mark else "")
    return text
