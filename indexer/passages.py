"""Passages: the unit of retrieval. One part of one § by one speaker, cut into slices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from indexer.ids import FRONT, numbered, paragraf_ids, text_hash
from indexer.model import Paragraf, Part, PartKind, Protokoll, Span, Speaker

MAX_WORDS = 300
WORD = re.compile(r"\S+")
SENTENCE_END = re.compile(r"[.!?:]['\")»”]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """``anchor`` ("p12-1a2b3c4d") is its id within the protokoll; ``span`` points into its text.

    ``page`` is the one it begins on. ``breaks`` are the places in the protokoll's text where,
    within the passage, another page begins, each with that page's number.
    """

    anchor: str
    paragraf: str
    kind: PartKind
    span: Span
    page: int | None
    speakers: tuple[Speaker, ...]
    breaks: tuple[tuple[int, int], ...] = ()


def passages(protokoll: Protokoll) -> Iterator[Passage]:
    """All passages in reading order; what stands before the first § has § id ``u0``."""
    sections = [(FRONT, protokoll.front)]
    sections += zip(
        paragraf_ids(protokoll.paragrafer),
        (_parts(paragraf, protokoll.text) for paragraf in protokoll.paragrafer),
        strict=True,
    )
    seen: Counter[str] = Counter()
    pages = _Pages(protokoll)
    for paragraf, parts in sections:
        for part in parts:
            for span in slices(protokoll.text, part.span):
                anchor = numbered(f"{paragraf}-{text_hash(span.of(protokoll.text))}", seen)
                page, breaks = pages.of(part, span)
                yield Passage(anchor, paragraf, part.kind, span, page, part.speakers, breaks)


def _parts(paragraf: Paragraf, text: str) -> tuple[Part, ...]:
    """The parts of a §; one of nothing but a heading has that as its part, so that it is found."""
    if any(part.span.of(text).strip() for part in paragraf.parts):
        return paragraf.parts
    return (Part(PartKind.TEXT, paragraf.span, paragraf.page),)


def slices(text: str, span: Span) -> Iterator[Span]:
    """Cuts a span at the end of a stycke, else of a sentence, else of a word, so that no slice has
    more than MAX_WORDS words. A span of blanks gives none."""
    words = list(WORD.finditer(text, span.start, span.end))
    first = 0
    while first < len(words):
        last = min(first + MAX_WORDS, len(words))
        if last < len(words):
            last = _cut(text, words, first, last)
        yield Span(words[first].start(), words[last - 1].end())
        first = last


def _cut(text: str, words: list[re.Match[str]], first: int, limit: int) -> int:
    """The best index to end a slice before, in the second half of what fits."""
    sentence = 0
    for index in range(limit, first + MAX_WORDS // 2, -1):
        if "\n" in text[words[index - 1].end() : words[index].start()]:
            return index
        if not sentence and SENTENCE_END.search(words[index - 1].group()):
            sentence = index
    return sentence or limit


class _Pages:
    """Finds the page a slice begins on; LineSpans are in text order and so are the slices."""

    def __init__(self, protokoll: Protokoll) -> None:
        self._lines = protokoll.lines
        self._next = 0

    def of(self, part: Part, span: Span) -> tuple[int | None, tuple[tuple[int, int], ...]]:
        """The page, and the breaks."""
        if part.page is None:
            return None, ()
        while self._next < len(self._lines) and self._lines[self._next].span.end <= span.start:
            self._next += 1
        within = takewhile(
            lambda line: line.span.start < span.end, islice(self._lines, self._next, None)
        )
        numbers = [(line.span.start, line.page) for line in within]
        if not numbers:
            return part.page, ()
        return numbers[0][1], tuple(
            later for before, later in pairwise(numbers) if later[1] != before[1]
        )
