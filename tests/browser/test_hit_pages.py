"""Every hit names the page of the PDF on which its words stand."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest

from .running_site import FoundHit, Site, Snippet

QUERIES = ("likvärdighet", "beslut", "skola", "ordförande", "votering", "slag:yrkande", "")
AROUND = 12  # letters on either side of a mark that must stand there too
OPENING = 20  # letters of a snippet without marks
NOT_LETTERS = re.compile(r"[\W_]")  # PDF text has its own line ends, hyphens and bullets


def letters(text: str) -> str:
    return NOT_LETTERS.sub("", text).casefold()


@cache
def printed_pages(content: bytes) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(content) as pdf:
        return tuple(letters(page.get_textpage().get_text_bounded()) for page in pdf)


@cache
def original(site: Site, address: str) -> bytes:
    return site.bytes_of(address)


def said(snippet: Snippet) -> tuple[str, ...]:
    """What may stand on the page: the first marked word with what comes before it or after it (the
    page may end there), or how the snippet begins."""
    if not snippet.marks:
        return (letters(snippet.text)[:OPENING],)
    start, end = snippet.marks[0]
    before, after = letters(snippet.text[:start]), letters(snippet.text[end:])
    word = letters(snippet.text[start:end])
    return (before[-AROUND:] + word, word + after[:AROUND])


def misplaced(site: Site, hit: FoundHit) -> list[str]:
    assert hit.original is not None
    assert hit.page is not None
    assert hit.original.endswith(f"#page={hit.page}")
    pages = printed_pages(original(site, hit.original.partition("#")[0]))
    words = said(hit.snippets[0])
    if any(one in pages[hit.page - 1] for one in words):
        return []
    where = [n for n, page in enumerate(pages, 1) if any(one in page for one in words)]
    return [f"{hit.id}: page {hit.page}, but {words!r} stands on {where}"]


@pytest.mark.parametrize("text", QUERIES)
def test_the_words_of_every_hit_stand_on_the_page_it_names(site: Site, text: str) -> None:
    hits = [hit for hit in site.all_found(text) if hit.original and hit.page]
    assert hits
    assert [line for hit in hits for line in misplaced(site, hit)] == []
