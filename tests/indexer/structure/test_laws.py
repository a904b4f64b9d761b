"""Laws that hold for every document, checked on random ones made of the words of protokoll."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.model import Box, Document, Line, Page, Protokoll, SourceKind, Span
from indexer.structure import events, furniture, structure
from indexer.structure.events import Kind

PIECES = [
    *("§ 12", "§ 13 Badplats", "14 § Taxa", "§ 15 Dnr KS 2031/7", "§ 12 forts.", "3. Motion"),
    *("Beslut", "Beslut: Muren rivs.", "Yrkanden", "Reservation av Ada Ek (S)", "___________"),
    *("Särskilda yttranden", "Förslag till beslut i kommunfullmäktige", "Omröstning"),
    *("Siri Hedsjö (S) yrkar bifall. Bo Sjölid (V) instämmer.", "Bo Sjölid (V)", "Ordförande"),
    *("Siv Myrås, rektor, informerar om kören.", "Anf. 3 ADA EK (m):", "text Anf. 4 BO ASK:"),
    *("Siri Hedsjö (S) har inkommit med ett särskilt yttrande:", "Rådet tackar.", "att riva"),
    *("kulturarvsinsti-", "tutet", "vatten-", "och avloppsbolaget", "2033-", "2034", "-"),
    *("• en punkt", "1. Första", "Sida 1 (3)", "Justerandes sign", "Kommunstyrelsen", "2031-02-03"),
    *("Närvarande", "Siri Hedsjö (S), ordförande", "Innehåll", "§ 12 Murar ........ 4", "å", "§"),
]

texts = st.one_of(
    st.sampled_from(PIECES),
    st.text("aåÅB -.,:§()0123•", min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    is_html = draw(st.booleans())
    pages = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lines: list[Line] = []
        top = 40.0
        for text in draw(st.lists(texts, max_size=12)):
            box = None if is_html else Box(72.0, top, 72.0 + 5 * len(text), top + 11)
            size = draw(st.sampled_from([11.0, 11.0, 14.0]))
            lines.append(Line(text, box, size, draw(st.booleans())))
            top += draw(st.sampled_from([14.0, 14.0, 30.0]))
        pages.append(Page(number, 595.0, 842.0, tuple(lines)))
    kind = SourceKind.HTML if is_html else SourceKind.PDF
    return Document(kind, "html" if is_html else "pdfium", tuple(pages))


def understood(document: Document) -> Protokoll | None:
    try:
        return structure(document)
    except DocumentError:
        return None


@given(documents())
def test_the_same_document_is_understood_in_the_same_way(document: Document) -> None:
    assert understood(document) == understood(document)


@given(documents())
def test_every_body_line_stands_in_the_text_once_and_where_it_says(document: Document) -> None:
    protokoll = understood(document)
    if protokoll is None:
        return
    body, _ = furniture.split(document)
    kept = [
        placed.line
        for placed, event in zip(body, events.read(body), strict=True)
        if event.kind is not Kind.DROPPED
    ]
    assert [line.box for line in kept] == [line.box for line in protokoll.lines]
    end = 0
    for line, stood in zip(kept, protokoll.lines, strict=True):
        words = stood.span.of(protokoll.text)
        assert words in (line.text, line.text.removesuffix("-"))
        assert not protokoll.text[end : stood.span.start].strip()
        end = stood.span.end
    assert not protokoll.text[end:].strip()


@given(documents())
def test_every_character_outside_headings_lies_in_exactly_one_part(document: Document) -> None:
    protokoll = understood(document)
    if protokoll is None:
        return
    text = protokoll.text
    starts = [paragraf.span.start for paragraf in protokoll.paragrafer] or [len(text)]
    assert_tiled(text, Span(0, starts[0]), [part.span for part in protokoll.front])
    for paragraf in protokoll.paragrafer:
        spans = [part.span for part in paragraf.parts]
        head_end = spans[0].start if spans else paragraf.span.end
        assert_tiled(text, Span(head_end, paragraf.span.end), spans)
        head = text[paragraf.span.start : head_end]
        assert str(paragraf.number)[0] in head


def assert_tiled(text: str, whole: Span, spans: list[Span]) -> None:
    """The spans follow one another and leave out nothing but blanks."""
    end = whole.start
    for span in spans:
        assert end <= span.start < span.end
        assert not text[end : span.start].strip()
        end = span.end
    assert end <= whole.end
    assert not text[end : whole.end].strip()


@given(documents())
def test_spans_nest(document: Document) -> None:
    protokoll = understood(document)
    if protokoll is None:
        return
    end = protokoll.paragrafer[0].span.start if protokoll.paragrafer else 0
    for paragraf in protokoll.paragrafer:
        assert paragraf.span.start == end
        end = paragraf.span.end
        inner = [part.span for part in paragraf.parts]
        if paragraf.title:
            inner.append(paragraf.title)
            assert paragraf.title.of(protokoll.text).strip()
        assert all(within(span, paragraf.span) for span in inner)
    parts = [part for paragraf in protokoll.paragrafer for part in paragraf.parts]
    assert all(within(part.label, part.span) for part in parts if part.label)
    if protokoll.paragrafer:
        assert end == len(protokoll.text)


def within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start <= inner.end <= outer.end


def test_headings_without_end_in_a_presentation_take_no_longer_each() -> None:
    """They are looked at once, not once for each heading before them."""
    told = ["Kören sjunger", "Den är stor och har funnits länge."] * 3000
    begun = ["Kören är ny.", "Bakgrund", "Siv Myrås, rektor, informerar om kören."]
    lines = [Line("§ 12 Kör", Box(72, 40, 140, 51), 14.0, True)]
    for number, text in enumerate([*begun, *told]):
        top, bold = 70.0 + 30 * number, text in ("Bakgrund", "Kören sjunger")
        lines.append(Line(text, Box(72, top, 72 + 5 * len(text), top + 11), 11.0, bold))
    began = time.process_time()
    found = structure(Document(SourceKind.PDF, "pdfium", (Page(1, 595, 200_000, tuple(lines)),)))
    assert time.process_time() - began < 8, "about 1 s on a machine that does nothing else"
    last = found.paragrafer[0].parts[-1]
    assert [speaker.name for speaker in last.speakers] == ["Siv Myrås"]
