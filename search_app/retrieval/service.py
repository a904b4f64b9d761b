"""Search: a request → a page of hits, an id → a protokoll to read. HTML, JSON, CSV and the command
line all print what this gives."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

from indexer import served
from indexer.archive import Archive
from indexer.config import Settings
from indexer.engines.base import (
    FACETS,
    And,
    Attribute,
    Counts,
    Dated,
    EngineResult,
    Everything,
    Filter,
    Has,
    Query,
    Search,
    Sort,
    protokoll_and_ordinal,
)
from search_app.retrieval.labels import KINDS
from search_app.retrieval.live_index import LiveIndex, OpenIndex
from search_app.retrieval.originals import Original, open_original
from search_app.retrieval.overview import read_overview
from search_app.retrieval.query_language import ReadQuery, read_query
from search_app.retrieval.reading import Marks, marks_of, read_paragrafer
from search_app.retrieval.results import (
    FacetValue,
    Hit,
    Marked,
    Moved,
    Overview,
    ProtokollPage,
    ResultPage,
)
from search_app.retrieval.search_request import SearchRequest
from search_app.retrieval.snippets import snippets

MAX_FACET_VALUES = 50  # shown of one facet; years and chosen values always are
KEEPS_ALL = (Attribute.YEAR, Attribute.KIND)
UNSCORED = Sort.NEWEST  # what a request without words is sorted by


class SearchService:
    """Answers from the published index and the archive; opens both for reading only.

    All methods raise ArchiveMissing, IndexMissing and other IndexerErrors whose message says what
    the operator has to do.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._live = LiveIndex(settings)
        self._overview: tuple[object, Overview] | None = None
        self._lock = threading.Lock()

    def search(self, request: SearchRequest) -> ResultPage:
        index = self._live.current()
        read = read_query(request.text, self._live.analyzer, index)
        asked = Search(
            query=read.query,
            filters=(*read.filters, *_filters(request)),
            sort=request.sort or (Sort.RELEVANCE if read.scored else UNSCORED),
            offset=(request.page - 1) * request.size,
            limit=request.size,
            facets=FACETS,
        )
        result = index.engine.search(asked)
        pages = max(1, -(-result.total // request.size))
        if request.page > pages:
            request = request.at_page(pages)
            asked = replace(asked, offset=(pages - 1) * request.size)
            result = index.engine.search(asked)
        with self._archive() as archive:
            hits = tuple(self._hits(archive, index, read, request, result))
        return ResultPage(
            request=request,
            read_as=read.read_as,
            notes=(*read.notes, *_lost(len(result.hits) - len(hits))),
            total=result.total,
            hits=hits,
            facets={facet: _facet(index, request, facet, result.facets[facet]) for facet in FACETS},
            sort=asked.sort,
            pages=pages,
            **_years(result.facets[Attribute.YEAR]),
        )

    def protokoll(self, name: str, text: str = "") -> ProtokollPage | Moved | None:
        """The protokoll with this id; marks are those of the query ``text``."""
        index = self._live.current()
        read = read_query(text, self._live.analyzer, index)
        with self._archive() as archive:
            head = served.by_id(archive.connection, name)
            if head is None:
                moved = served.moved_to(archive.connection, name)
                return Moved(moved) if moved else None
            return self._page(archive, head, read, text)

    def original(self, name: str) -> Original | Moved | None:
        """The source file; raises OriginalHeldBack, OriginalGone."""
        with self._archive() as archive:
            found = open_original(archive.connection, name)
            if found:
                return found
            moved = served.moved_to(archive.connection, name)
            return Moved(moved) if moved else None

    def overview(self) -> Overview:
        index = self._live.current()
        state = (index.generation.number, _state(self._settings.archive_path))
        with self._lock:
            if self._overview is None or self._overview[0] != state:
                with self._archive() as archive:
                    found = read_overview(archive.connection, index.generation)
                self._overview = state, found
            return self._overview[1]

    def health(self) -> None:
        """Raises IndexerError when no search can be answered."""
        index = self._live.current()
        index.engine.search(Search(Everything(), limit=1))
        with self._archive():
            pass

    @contextmanager
    def _archive(self) -> Iterator[Archive]:
        with Archive.open_readonly(self._settings.archive_path) as archive:
            yield archive

    def _hits(
        self,
        archive: Archive,
        index: OpenIndex,
        read: ReadQuery,
        request: SearchRequest,
        result: EngineResult,
    ) -> Iterator[Hit]:
        """The hits whose protokoll the archive still has as they were indexed."""
        places = [protokoll_and_ordinal(scored.number) for scored in result.hits]
        heads = served.by_keys(archive.connection, {key for key, _ in places})
        whole = _whole(read)
        for key, ordinal in places:
            head = heads.get(key)
            if head is None or index.generation.about.stamps.get(key) != head.stamp:
                continue
            passage = served.passage(archive.connection, key, ordinal)
            assert passage, f"{head.id} has no passage {ordinal}, though its stamp is the index's"
            marks = marks_of(whole, head, passage, self._live.analyzer.terms)
            yield _hit(head, passage, marks or Marks(), request.text)

    def _page(
        self, archive: Archive, head: served.ServedProtokoll, read: ReadQuery, text: str
    ) -> ProtokollPage:
        searched = bool(read.read_as)
        whole = _whole(read)

        def marked(passage: served.ServedPassage) -> Marks | None:
            return marks_of(whole, head, passage, self._live.analyzer.terms) if searched else None

        sections = served.paragrafer(archive.connection, head.key)
        views = read_paragrafer(sections, served.all_passages(archive.connection, head.key), marked)
        shell = served.structure(archive.connection, head.key)
        return ProtokollPage(
            id=head.id,
            municipality=head.municipality,
            body=head.body,
            dates=shell.dates,
            number=head.number,
            place=shell.place,
            attendance=shell.attendance,
            paragrafer=views,
            marks=sum(section.marks for section in views),
            hits=sum(section.hits for section in views),
            text=text if searched else "",
            read_as=read.read_as,
            notes=read.notes if searched else (),
            media=head.media,
            original=_original(head, None),
            masked=head.masked,
        )


def _filters(request: SearchRequest) -> Iterator[Filter]:
    for attribute in dict.fromkeys(one.attribute for one in request.chosen):
        yield Has(attribute, request.values(attribute))
    if request.first or request.last:
        yield Dated(request.first, request.last)


def _whole(read: ReadQuery) -> Query:
    """What a passage must match and is marked by: the query with the filters typed in it."""
    return And((read.marking, *read.filters))


def _hit(
    head: served.ServedProtokoll, passage: served.ServedPassage, marks: Marks, text: str
) -> Hit:
    section = passage.paragraf
    page = passage.page_at(marks.text[0].start) if marks.text else passage.page
    return Hit(
        id=f"{head.id}#{passage.anchor}",
        protokoll=head.id,
        section=section.id,
        paragraf=section.number,
        title=Marked(section.title, marks.title) if section.title else None,
        dnr=section.dnr,
        municipality=head.municipality,
        body=head.body,
        date=head.date,
        number=head.number,
        speakers=passage.speakers,
        kind=passage.kind.value,
        kind_label=KINDS[passage.kind],
        page=page,
        snippets=snippets(passage.text, marks.text),
        url=f"{_path('/protokoll', head.id)}{_with(text)}#{passage.anchor}",
        original=_original(head, page),
    )


def _path(route: str, name: str) -> str:
    return f"{route}/{quote(name, safe='/~')}"


def _with(text: str) -> str:
    return f"?{urlencode({'q': text})}" if text else ""


def _original(head: served.ServedProtokoll, page: int | None) -> str | None:
    """The path of the source file at a page, None where it is held back for its personnummer."""
    if head.masked:
        return None
    at = f"#page={page}" if page and head.media == "pdf" else ""
    return f"{_path('/original', head.id)}{at}"


def _lost(count: int) -> tuple[str, ...]:
    """What to say of hits that the archive no longer has as they were indexed."""
    if not count:
        return ()
    who = "1 träff" if count == 1 else f"{count} träffar"
    return (f"{who} visas inte här, för protokollet har lästs om sedan sökindexet gjordes.",)


def _facet(
    index: OpenIndex, request: SearchRequest, facet: Attribute, counts: Counts
) -> tuple[FacetValue, ...]:
    """The most frequent values, the chosen ones among them even if nothing has them."""
    chosen = request.values(facet)
    kept = counts if facet in KEEPS_ALL else counts[:MAX_FACET_VALUES]
    present = {value for value, _ in kept}
    further = dict(counts)
    kept += tuple((value, further.get(value, 0)) for value in chosen if value not in present)
    values = tuple(
        FacetValue(value, index.label(facet, value), count, value in chosen)
        for value, count in kept
    )
    if facet is Attribute.YEAR:
        return tuple(sorted(values, key=lambda one: one.value, reverse=True))
    return values


def _years(counts: Counts) -> dict[str, int | None]:
    years = [int(value) for value, _ in counts]
    return {"first_year": min(years, default=None), "last_year": max(years, default=None)}


def _state(path: Path) -> tuple[object, ...]:
    """Changes whenever something is written to the archive."""
    return tuple(
        (found.st_ino, found.st_mtime_ns, found.st_size)
        for found in (_stat(path), _stat(Path(f"{path}-wal")))
        if found
    )


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
