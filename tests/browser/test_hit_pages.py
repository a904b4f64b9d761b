"""Every hit names the page of the PDF on which its words stand."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest

from .running_site import SAMPLE, FoundHit, Site, Snippet

QUERIES = ("likvärdighet", "beslut", "skola", "ordförande", "votering", "slag:yrkande", "")
AROUND = 12  # letters on either side of a mark that must stand there too
OPENING = 24  # letters of a snippet without marks
NOT_LETTERS = re.compile(r"[\W_]")  # PDF text has its own line ends, hyphens and bullets


def letters(text: str) -> str:
    return NOT_LETTERS.sub("", text).casefold()


@cache
def printed_pages(file_name: str) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(SAMPLE / file_name) as pdf:
        return tuple(letters(page.get_textpage().get_text_bounded()) for page in pdf)


def said(snippet: Snippet) -> str:
    """What must stand on the page: the first marked word with its neighbours, or how it begins."""
    if not snippet.marks:
        return letters(snippet.text)[:OPENING]
    start, end = snippet.marks[0]
    before, after = letters(snippet.text[:start]), letters(snippet.text[end:])
    return before[-AROUND:] + letters(snippet.text[start:end]) + after[:AROUND]


def misplaced(hit: FoundHit) -> list[str]:
    assert hit.original is not None
    assert hit.page is not None
    assert hit.original.endswith(f"#page={hit.page}")
    _, body, day = hit.protokoll.split("/")[:3]
    short = "agendaradet" if "agenda" in body else body
    pages = printed_pages(f"{short}-{day}.pdf")
    words = said(hit.snippets[0])
    if words in pages[hit.page - 1]:
        return []
    where = [number for number, page in enumerate(pages, 1) if words in page]
    return [f"{hit.id}: page {hit.page}, but {words!r} stands on {where}"]


@pytest.mark.parametrize("text", QUERIES)
def test_the_words_of_every_hit_stand_on_the_page_it_names(site: Site, text: str) -> None:
    hits = [hit for hit in site.all_found(text) if hit.original and hit.page]
    assert hits
    assert [line for hit in hits for line in misplaced(hit)] == []
