"""Every rendered protokoll parses to what its source says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.gold import compared, differences
from corpus.render import CUT_OFF, ERROR_PAGE, RENDERED, SCANNED, UNREADABLE, render, sources
from corpus.source import Source
from indexer.errors import DocumentError, NeedsOcr
from indexer.extract.document import read_document
from indexer.structure import structure

ALL = list(sources())
READABLE = [source for source in ALL if source.layout not in UNREADABLE]
# A scan is of typewritten pages: this is what its parse is to be once they are read.
TYPEWRITTEN = [replace(s, layout="skrivmaskin") for s in ALL if s.layout == SCANNED]


@pytest.mark.parametrize("source", [*READABLE, *TYPEWRITTEN], ids=lambda source: source.name)
def test_a_protokoll_parses_to_what_its_source_says(source: Source) -> None:
    assert "\n".join(compared(source)) == ""


def test_a_comparison_finds_what_differs() -> None:
    """Each thing that the gold says is compared: changed in the source, it is found to differ."""
    source = next(s for s in READABLE if s.name == "kommunstyrelsen-2019-03-12.pdf")
    data, pages = render(source)
    protokoll = structure(read_document(data, source.name))
    first, *others = source.paragrafer
    part = first.parts[0]
    changed = {
        "body": replace(source, body="Socialnämnden"),
        "dates": replace(source, date=source.date.replace(year=2018)),
        "number": replace(source, number="4/2019"),
        "order": replace(source, paragrafer=(*reversed(others), first)),
        "was not found": replace(source, paragrafer=(replace(first, title="Annat"), *others)),
        "not in the source": replace(source, paragrafer=tuple(others)),
        "§ 41: found": replace(
            source, paragrafer=(replace(first, parts=(replace(part, stycken=()),)), *others)
        ),
    }
    for said, other in changed.items():
        assert said in "\n".join(differences(other, protokoll, {})), said
    assert list(differences(source, protokoll, {**pages, 0: 7})), "a § on another page"
    assert list(differences(source, protokoll, pages)) == []


def test_scans_need_ocr_and_what_is_no_pdf_is_refused() -> None:
    by_layout = {source.layout: source.name for source in ALL}
    scan, page, cut = by_layout[SCANNED], by_layout[ERROR_PAGE], by_layout[CUT_OFF]
    with pytest.raises(NeedsOcr):
        read_document((RENDERED / scan).read_bytes(), scan)
    with pytest.raises(DocumentError, match="HTML"):
        read_document((RENDERED / page).read_bytes(), page)
    with pytest.raises(DocumentError):
        read_document((RENDERED / cut).read_bytes(), cut)
