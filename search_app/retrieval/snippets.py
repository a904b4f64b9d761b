"""Hits in context: short pieces of the original text around the words that matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.model import Span
from search_app.retrieval.results import Marked

MAX_SNIPPETS = 3
MAX_CHARACTERS = 240  # of a snippet, ellipses included
ELLIPSIS = "…"
ROOM = MAX_CHARACTERS - len("… …")  # an ellipsis after a full stop has a blank before it

BLANK = re.compile(r"\s")
BLANKS = re.compile(r"\s\s")
RUN_OF_BLANKS = re.compile(r"\s+")
# The end of a sentence or line, and the blanks after it. Not after an abbreviation ("t.ex. skolan",
# "kl. sju"), whose next word is seldom a capital; a line is as a rule a stycke of its own.
SENTENCE_END = re.compile(r"""[.!?]["'”»)]{0,2}\s+(?=["'”»(–•-]{0,2}\s?[A-ZÅÄÖ0-9§])|\n+""")


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of text to show, and the marks that lie in it."""

    span: Span
    marks: tuple[Span, ...]


def snippets(text: str, marks: Sequence[Span]) -> tuple[Marked, ...]:
    """At most MAX_SNIPPETS pieces of a text, in its order, each with its marks.

    ``marks`` are in order and apart. Those with most different words are chosen. Without marks:
    the beginning of the text.
    """
    sentences = list(_sentences(text))
    if not sentences:
        return ()
    if not marks:
        return (_marked(text, _Window(_widened(text, sentences, 0, sentences[0], 0), ())),)
    windows = list(_windows(text, sentences, marks))
    best = _best(text, windows)
    return tuple(_marked(text, window) for window in sorted(best, key=lambda w: w.span.start))


def _sentences(text: str) -> Iterator[Span]:
    """Sentences without the blanks around them; a long text is never scanned twice."""
    start = 0
    for end in [*SENTENCE_END.finditer(text), None]:
        stop = end.start() + len(end.group().rstrip()) if end else len(text)
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield Span(start, stop)
        start = end.end() if end else stop


def _windows(text: str, sentences: list[Span], marks: Sequence[Span]) -> Iterator[_Window]:
    """Windows that between them show every mark, none twice: each begins at the first mark that is
    not shown yet, with the sentence it stands in and as many of its neighbours as there is room."""
    at, index, floor = 0, 0, 0
    while at < len(marks):
        while index + 1 < len(sentences) and sentences[index].end <= marks[at].start:
            index += 1
        core = _fitted(text, sentences[index], marks[at])
        shown = _widened(text, sentences, index, core, floor)
        last = at
        while last < len(marks) and marks[last].end <= shown.end:
            last += 1
        last = max(last, at + 1)  # a mark longer than a window
        yield _Window(shown, tuple(marks[at:last]))
        at, floor = last, shown.end


def _fitted(text: str, sentence: Span, mark: Span) -> Span:
    """The sentence, or of a long one the words around the mark."""
    if sentence.end - sentence.start <= ROOM:
        return sentence
    around = max(0, ROOM - (mark.end - mark.start))
    start = max(sentence.start, mark.start - around // 3)
    end = min(sentence.end, start + ROOM)
    start = max(sentence.start, min(start, end - ROOM))
    return Span(
        _word_start(text, start, mark.start, sentence.start),
        _word_end(text, end, mark.end, sentence.end),
    )


def _word_start(text: str, at: int, limit: int, first: int) -> int:
    """``at`` moved on to the beginning of a word, at most to ``limit``."""
    if at == first:
        return at
    blank = RUN_OF_BLANKS.search(text, max(at - 1, first), limit)
    return blank.end() if blank else min(at, limit)


def _word_end(text: str, at: int, limit: int, last: int) -> int:
    """``at`` moved back to the end of a word, at least to ``limit``."""
    if at == last:
        return at
    while at > limit and not text[at].isspace():
        at -= 1
    return max(at, limit)


def _widened(text: str, sentences: list[Span], index: int, core: Span, floor: int) -> Span:
    """The core with the whole sentences after it, then before it from ``floor`` on, that there is
    room for."""
    if core.end - core.start > ROOM:  # the first sentence of a text without marks
        return Span(core.start, _word_end(text, core.start + ROOM, core.start, core.end))
    start, end = core.start, core.end
    if end == sentences[index].end:
        for following in sentences[index + 1 :]:
            if following.end - start > ROOM:
                break
            end = following.end
    if start == sentences[index].start:
        for earlier in reversed(sentences[:index]):
            if end - earlier.start > ROOM or earlier.start < floor:
                break
            start = earlier.start
    return Span(start, end)


def _best(text: str, windows: list[_Window]) -> list[_Window]:
    """The windows that show most words not shown yet, the earlier one first."""
    chosen: list[_Window] = []
    shown: set[str] = set()
    left = list(windows)
    while left and len(chosen) < MAX_SNIPPETS:
        words = [{mark.of(text).casefold() for mark in window.marks} for window in left]
        gains = [(len(own - shown), len(own), -at) for at, own in enumerate(words)]
        at = max(range(len(left)), key=gains.__getitem__)
        shown |= words[at]
        chosen.append(left.pop(at))
    return chosen


def _marked(text: str, window: _Window) -> Marked:
    """The window as one line, with an ellipsis where the text goes on, and its marks moved."""
    span = window.span
    before = ELLIPSIS if text[: span.start].strip() else ""
    after = ELLIPSIS if text[span.end :].strip() else ""
    if after and text[span.end - 1] in ".!?…":
        after = f" {after}"
    body, offsets = _one_line(span.of(text))
    marks = []
    for mark in window.marks:
        start, end = mark.start - span.start, min(mark.end, span.end) - span.start
        marks.append(Span(offsets[start] + len(before), offsets[end] + len(before)))
    return Marked(before + body + after, tuple(marks))


def _one_line(text: str) -> tuple[str, Sequence[int]]:
    """The text with each run of blanks as one, and for each old place the new one."""
    if not BLANKS.search(text):  # as a rule
        return BLANK.sub(" ", text), range(len(text) + 1)
    out: list[str] = []
    offsets: list[int] = []
    for character in text:
        offsets.append(len(out))
        if not character.isspace():
            out.append(character)
        elif not out or out[-1] != " ":
            out.append(" ")
    offsets.append(len(out))
    return "".join(out), offsets
