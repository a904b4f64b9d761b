"""Every rendered protokoll parses to what its source says."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from corpus.pdf_layouts import PDF_LAYOUTS
from corpus.render import RENDERED, render, sources
from corpus.source import SOFT_HYPHEN, Source
from corpus.source import Part as SourcePart
from indexer.errors import DocumentError, NeedsOcr
from indexer.extract.document import read_document
from indexer.model import PartKind, Protokoll, Speaker
from indexer.structure import structure

ALL = [source for source in sources() if source.layout not in ("skannad", "felsida")]
each_source = pytest.mark.parametrize("source", ALL, ids=lambda source: source.name)

# A stretch of a §: kind, names and parties of the speakers, text without blanks and hyphens.
Stretch = tuple[str, tuple[str, ...], str]


def parse(source: Source) -> Protokoll:
    data = (RENDERED / source.name).read_bytes()
    return structure(read_document(data, source.name))


def squeeze(text: str) -> str:
    """Blanks and hyphens depend on where lines end; bullets and numbers of lists on the layout."""
    text = re.sub(r"^(?:•|\d{1,2}\.) ", "", text, flags=re.MULTILINE)
    return re.sub(rf"[\s{SOFT_HYPHEN}-]", "", text)


def names(speakers: Iterable[Speaker]) -> tuple[str, ...]:
    return tuple(f"{s.name} ({s.party})" if s.party else s.name for s in speakers)


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours of one kind and the same speakers are one stretch."""
    out: list[Stretch] = []
    for kind, who, text in stretches:
        if out and out[-1][:2] == (kind, who):
            text = out.pop()[2] + text
        out.append((kind, who, text))
    return out


def of_source(parts: Iterable[SourcePart]) -> list[Stretch]:
    return merged(
        (
            part.kind,
            names(part.speakers),
            squeeze("\n".join([part.label or "", *(stycke.text for stycke in part.stycken)])),
        )
        for part in parts
    )


@each_source
def test_body_and_date_are_those_of_the_source(source: Source) -> None:
    protokoll = parse(source)
    assert protokoll.dates == (source.date,)
    assert protokoll.body is not None
    assert protokoll.body.casefold().startswith(source.body.casefold())
    if source.number:
        assert protokoll.number == source.number


@each_source
def test_paragrafer_have_number_title_dnr_and_page_of_the_source(source: Source) -> None:
    protokoll = parse(source)
    pages = render(source)[1] if source.layout in PDF_LAYOUTS else {}
    wanted = [
        (p.number, squeeze(p.title or ""), p.dnr, pages.get(index))
        for index, p in enumerate(source.paragrafer)
    ]
    got = [
        (p.number, squeeze(p.title.of(protokoll.text)) if p.title else "", p.dnr, p.page)
        for p in protokoll.paragrafer
    ]
    if not pages:
        got = [(number, title, dnr, None) for number, title, dnr, _ in got]
    assert got == wanted


@each_source
def test_parts_have_kind_speakers_and_text_of_the_source(source: Source) -> None:
    protokoll = parse(source)
    wanted = [(p.number, of_source(p.parts)) for p in source.paragrafer]
    got = [
        (
            p.number,
            merged(
                (part.kind, names(part.speakers), squeeze(part.span.of(protokoll.text)))
                for part in p.parts
            ),
        )
        for p in protokoll.paragrafer
    ]
    assert got == wanted


@each_source
def test_the_contents_list_is_no_paragraf_and_the_front_has_its_kinds(source: Source) -> None:
    kinds = {part.kind for part in parse(source).front}
    assert {part.kind for part in source.front} - {PartKind.TEXT} <= kinds


def test_a_scan_needs_ocr_and_an_error_page_is_no_pdf() -> None:
    by_layout = {source.layout: source for source in sources()}
    scan, error = by_layout["skannad"].name, by_layout["felsida"].name
    with pytest.raises(NeedsOcr):
        read_document((RENDERED / scan).read_bytes(), scan)
    with pytest.raises(DocumentError, match="HTML"):
        read_document((RENDERED / error).read_bytes(), error)
