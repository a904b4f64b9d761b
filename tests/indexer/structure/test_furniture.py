"""Furniture at the very edge of a page, where only blanks and repetition tell it from text."""

from __future__ import annotations

import pytest

from indexer.model import Box, Document, Line, Page, SourceKind
from indexer.structure import furniture

HEIGHT = 842.0


def line(text: str, top: float) -> Line:
    return Line(text, Box(72, top, 300, top + 11), 11.0)


def removed(*pages: list[Line]) -> list[str]:
    """The furniture of pages that have some text of their own, too."""
    made = tuple(
        Page(number, 595.0, HEIGHT, (line("Text " + "abcde"[number], 400), *lines))
        for number, lines in enumerate(pages)
    )
    _, found = furniture.split(Document(SourceKind.PDF, "pdfium", made))
    return [placed.line.text for placed in found]


def test_a_foot_apart_from_the_text_is_furniture() -> None:
    foot = [line("Tallviks kommun", 790)]
    assert removed(foot, foot, foot) == ["Tallviks kommun"] * 3


@pytest.mark.parametrize("blank", [3, 20])
def test_the_same_decision_at_the_end_of_every_page_is_text(blank: float) -> None:
    page = [line("Beslut", 770 - 11 - blank), line("Ärendet avslutas", 770)]
    page.append(line("Tallviks kommun", 805))
    assert removed(page, page, page) == ["Tallviks kommun"] * 3


def test_a_line_that_follows_the_text_closely_is_text_above_a_foot() -> None:
    page = [line("Rådet beslutar att", 756), line("avsluta ärendet", 770)]
    page.append(line("Tallviks kommun", 805))
    assert removed(page, page, page) == ["Tallviks kommun"] * 3


def test_a_sentence_is_furniture_only_where_it_is_on_every_page() -> None:
    foot = [line("Detta är en kopia.", 800)]
    assert removed(foot, foot, foot, []) == []
    assert removed(foot, foot, foot) == ["Detta är en kopia."] * 3


def test_what_is_repeated_in_mid_page_is_text() -> None:
    page = [line("Ekonomi", 600)]
    assert removed(page, page, page) == []


def test_a_bold_number_close_above_the_text_is_no_page_number() -> None:
    number = Line("7", Box(72, 60, 90, 71), 11.0, bold=True)
    made = Page(1, 595.0, HEIGHT, (number, line("Val av justerare", 74)))
    _, found = furniture.split(Document(SourceKind.PDF, "pdfium", (made,)))
    assert found == ()
