"""A protokoll to read, with the words of a query marked where its passages match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.analysis.tokens import Token, tokens
from indexer.engines.base import Query
from indexer.indexed import attributes, title_text
from indexer.model import Span
from indexer.served import ServedParagraf, ServedPassage, ServedProtokoll
from search_app.retrieval.labels import KINDS
from search_app.retrieval.matching import Match, PassageTerms, match
from search_app.retrieval.results import ParagrafView, PassageView, Piece, pieces

TermsOf = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The spans that matched: of the passage's text, and of its title."""

    text: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()


def marks_of(
    query: Query, head: ServedProtokoll, passage: ServedPassage, terms: TermsOf
) -> Marks | None:
    """What a query marks in a passage; None where it does not match."""
    text = tuple(tokens(passage.text))
    title = tuple(tokens(title_text(passage.paragraf)))
    found = match(query, PassageTerms(text, title, attributes(head, passage), head.date), terms)
    if found is None:
        return None
    return Marks(
        tuple(text[index].span for index in found.text), _in_title(passage.paragraf, title, found)
    )


def read_paragrafer(
    sections: Mapping[str, ServedParagraf],
    passages: Iterable[ServedPassage],
    marked: Callable[[ServedPassage], Marks | None],
) -> tuple[ParagrafView, ...]:
    """The §§ in order with their passages; marks are numbered in order of reading."""
    by_section = defaultdict(list)
    for passage in passages:
        by_section[passage.paragraf.id].append((passage, marked(passage)))
    next_mark = 1
    views = []
    for name, section in sections.items():
        if section.number is None and not by_section[name]:
            continue  # nothing stands before the first §
        view, next_mark = _paragraf(section, by_section[name], next_mark)
        views.append(view)
    return tuple(views)


def _paragraf(
    section: ServedParagraf, passages: list[tuple[ServedPassage, Marks | None]], first: int
) -> tuple[ParagrafView, int]:
    """The view, and the number of the next mark."""
    in_title = {span for _, marks in passages if marks for span in marks.title}
    title = tuple(sorted(in_title, key=lambda span: span.start))
    at = first + len(title)
    views = []
    previous: ServedPassage | None = None
    for passage, marks in passages:
        begins = previous is None or not _goes_on(previous, passage)
        spans = marks.text if marks else ()
        views.append(_passage(passage, spans, at, first=begins, hit=marks is not None))
        at += len(spans)
        previous = passage
    view = ParagrafView(
        id=section.id,
        number=section.number,
        title=pieces(section.title or "", title, first),
        dnr=section.dnr,
        page=section.page,
        passages=tuple(views),
        hits=sum(marks is not None for _, marks in passages),
        marks=at - first,
    )
    return view, at


def _goes_on(before: ServedPassage, passage: ServedPassage) -> bool:
    """Whether two neighbours are slices of one part, as far as a reader can tell."""
    return (before.kind, before.speakers) == (passage.kind, passage.speakers)


def _passage(
    passage: ServedPassage, marks: tuple[Span, ...], number: int, *, first: bool, hit: bool
) -> PassageView:
    return PassageView(
        anchor=passage.anchor,
        kind=passage.kind.value,
        kind_label=KINDS[passage.kind],
        speakers=passage.speakers,
        page=passage.page,
        first=first,
        hit=hit,
        stycken=tuple(_stycken(passage.text, marks, number)),
    )


def _stycken(text: str, marks: tuple[Span, ...], number: int) -> Iterator[tuple[Piece, ...]]:
    """The lines of a text, each cut at its marks. A word never runs over the end of a line."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        own = tuple(
            Span(mark.start - start, mark.end - start)
            for mark in marks
            if start <= mark.start < end
        )
        if line.strip():
            yield pieces(line, own, number)
        number += len(own)
        start = end + 1


def _in_title(section: ServedParagraf, title: tuple[Token, ...], found: Match) -> tuple[Span, ...]:
    """The marks in the title alone: its number and dnr are searched with it, but shown apart."""
    if not section.title:
        return ()
    before = len(section.number) + 1 if section.number else 0
    spans = (title[index].span for index in found.title)
    return tuple(
        Span(span.start - before, span.end - before)
        for span in spans
        if before <= span.start and span.end <= before + len(section.title)
    )
