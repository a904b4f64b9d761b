"""Pieces of text put together into lines."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extract.lines import lines_of
from indexer.extract.sheet import Piece, Sheet
from indexer.model import Line

SIZE = 10.0


def piece(text: str, x: float, y: float = 100, width: float | None = None) -> Piece:
    return Piece(text, x, y, len(text) * SIZE / 2 if width is None else width, SIZE)


def lines(*pieces: Piece) -> tuple[Line, ...]:
    return lines_of(Sheet(595, 842, pieces, 0.0))


def row(text: str, gaps: list[float], x: float = 72) -> list[Piece]:
    """The words of ``text`` with the given gaps, in ems, between them."""
    pieces = []
    for word, gap in zip(text.split(), [0.0, *gaps], strict=True):
        x += gap * SIZE
        pieces.append(piece(word, x))
        x += pieces[-1].width
    return pieces


def test_a_page_without_pieces_has_no_lines() -> None:
    assert lines() == ()


def test_pieces_that_hold_nothing_visible_make_no_line() -> None:
    assert lines(piece("\u200b", 72), piece("\ufeff", 90)) == ()


@pytest.mark.parametrize(
    ("text", "gaps", "expected"),
    [
        ("Ja Nej", [5.0], ["Ja", "Nej"]),
        ("Ja Nej", [1.4], []),
        ("Ulla Falk (S) X", [0.28, 0.28, 0.8], ["Ulla Falk (S)", "X"]),
        ("ett två tre fyra", [0.9, 0.9, 0.9], []),
        ("10 000 kronor per år", [0.25, 0.5, 0.5, 0.5], []),
        ("• punkt ett", [2.0, 0.3], []),
        ("1. punkt ett", [2.0, 0.3], []),
        ("§ 7 Rubrik", [0.28, 3.0], ["§ 7", "Rubrik"]),
    ],
)
def test_wide_gaps_part_cells_and_list_marks_do_not(
    text: str, gaps: list[float], expected: list[str]
) -> None:
    (line,) = lines(*row(text, gaps))
    assert line.text == text
    assert [line.text[cell.start : cell.end] for cell in line.cells] == expected


def test_cells_keep_their_places_when_cleaning_shortens_the_text() -> None:
    (line,) = lines(piece("skol\u00adan", 72), piece("\u200b", 200), piece("ﬁl", 300))
    assert line.text == "skolan fil"
    assert [(c.start, c.end, c.x0) for c in line.cells] == [(0, 6, 72), (7, 10, 300)]


@given(
    word=st.text("ABCDEFGHIKLMNOPRSTUVÅÄÖ", min_size=5, max_size=25),
    gap=st.floats(0.15, 1.0),
    wobble=st.randoms(use_true_random=False),
)
def test_letters_at_even_gaps_are_one_word(word: str, gap: float, wobble: random.Random) -> None:
    gaps = [gap * wobble.uniform(0.9, 1.1) for _ in word[1:]]
    (line,) = lines(*row(" ".join(word), gaps))
    assert line.text == word
    assert line.cells == ()


def test_two_letter_spaced_words_are_parted_at_the_wider_gap() -> None:
    gaps = [0.5] * 5 + [1.1] + [0.5] * 5
    (line,) = lines(*row("K A L L A S H Ä R M E D", gaps))
    assert line.text == "KALLAS HÄRMED"


@settings(max_examples=50)
@given(order=st.permutations(range(12)))
def test_the_order_of_drawing_does_not_matter(order: list[int]) -> None:
    pieces = [piece(f"ord{i % 4}", 72 + 50 * (i % 4), 100 + 13 * (i // 4)) for i in range(12)]
    expected = lines(*pieces)
    assert lines(*(pieces[i] for i in order)) == expected
    assert len(expected) == 3


NUMBERS = st.floats() | st.sampled_from([0.0, 10.0, 100.0])
PIECES = st.builds(
    Piece,
    text=st.text(max_size=8),
    x=NUMBERS,
    y=NUMBERS,
    width=NUMBERS,
    size=NUMBERS,
    bold=st.booleans(),
    turn=st.sampled_from([0, 90, 180, 270]),
)


@given(pieces=st.lists(PIECES, max_size=12))
def test_whatever_numbers_a_damaged_file_holds_lines_have_finite_boxes(pieces: list[Piece]) -> None:
    for line in lines(*pieces):
        assert line.box is not None
        box = line.box
        assert all(map(math.isfinite, (box.x0, box.top, box.x1, box.bottom, line.size)))
        assert all(line.text[cell.start : cell.end].strip() for cell in line.cells)


def test_lines_set_tight_stay_apart() -> None:
    found = lines(*(piece(f"rad{i}", 72, 100 + 9 * i) for i in range(5)))
    assert [line.text for line in found] == [f"rad{i}" for i in range(5)]


def test_a_large_word_beside_two_small_lines_joins_only_the_one_on_its_baseline() -> None:
    large = Piece("Storstad", 72, 110, 100, 20)
    found = lines(large, piece("första", 300, 98), piece("andra", 300, 110))
    assert [line.text for line in found] == ["första", "Storstad andra"]


def test_the_size_is_that_of_most_characters_and_bold_needs_nearly_all() -> None:
    bold = piece("Kommunfullmäktiges", 72)._replace(bold=True)
    mark = Piece("1", 170, 97, 3, 6)
    (line,) = lines(bold, mark)
    assert (line.size, line.bold) == (SIZE, True)
    (line,) = lines(bold, piece("har i dag beslutat", 180))
    assert not line.bold
