"""Hits in context: whole sentences where they fit, every mark where it stood, at most 240 signs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Span
from search_app.retrieval.results import Marked
from search_app.retrieval.snippets import MAX_CHARACTERS, MAX_SNIPPETS, snippets


def marked(text: str, *words: str) -> tuple[Marked, ...]:
    """The snippets of a text in which every occurrence of the words matched."""
    pattern = "|".join(map(re.escape, words))
    return snippets(text, [Span(*m.span()) for m in re.finditer(pattern, text)])


def shown(snippet: Marked) -> str:
    """The snippet with its marks in brackets."""
    return "".join(f"[{p.text}]" if p.mark else p.text for p in snippet.pieces)


def test_a_short_text_is_shown_whole() -> None:
    (snippet,) = marked("Nämnden godkänner rapporten.", "rapporten")
    assert shown(snippet) == "Nämnden godkänner [rapporten]."


def test_a_snippet_begins_and_ends_with_a_sentence() -> None:
    filler = "Hamnens nya kaj har fått belysning av god kvalitet under hösten. " * 6
    (snippet,) = marked(f"{filler}Skolan i Lergärdet byggs om. {filler}", "Skolan")
    assert shown(snippet).startswith("…[Skolan] i Lergärdet byggs om. Hamnens nya kaj")
    assert snippet.text.endswith("under hösten. …")


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    (snippet,) = marked("Stöd ges t.ex. till skolor kl. sju varje dag.", "skolor")
    assert shown(snippet) == "Stöd ges t.ex. till [skolor] kl. sju varje dag."


def test_a_long_sentence_is_cut_between_words_around_its_mark() -> None:
    words = " ".join(f"ord{number:03}" for number in range(100))
    (snippet,) = marked(words, "ord050")
    assert "[ord050]" in shown(snippet)
    assert re.fullmatch(r"…(ord\d{3} )+ord\d{3}…", snippet.text)


def test_lines_are_joined_by_a_blank() -> None:
    (snippet,) = marked("Yrkanden\nAnna Almvind yrkar bifall.", "bifall")
    assert shown(snippet) == "Yrkanden Anna Almvind yrkar [bifall]."


def test_a_text_without_marks_shows_its_beginning() -> None:
    text = "Första stycket handlar om vägar. " * 20
    (snippet,) = snippets(text, [])
    assert snippet.text.startswith("Första stycket handlar om vägar.")
    assert snippet.text.endswith("…")
    assert snippet.marks == ()


def test_an_empty_text_has_no_snippet() -> None:
    assert snippets(" \n ", []) == ()


def test_the_three_snippets_show_as_many_different_words_as_can_be() -> None:
    gap = "Mellan dem står mycket annat som inte har med saken att göra alls, år efter år. " * 4
    text = gap.join(["En buss kom.", "En buss kom.", "En buss kom.", "Ett tåg kom.", "En båt kom."])
    found = marked(text, "buss", "tåg", "båt")
    said = [re.findall(r"\[(\w+)\]", shown(snippet)) for snippet in found]
    assert said == [["buss"], ["tåg"], ["båt"]]


def test_a_mark_longer_than_a_snippet_is_cut_with_it() -> None:
    (snippet,) = snippets("a" * 500, [Span(0, 500)])
    assert len(snippet.text) <= MAX_CHARACTERS
    assert snippet.marks


texts = st.text(st.sampled_from("aåB .!?\n\u00a0…§1"), max_size=900)


@given(text=texts, data=st.data())
def test_every_snippet_is_of_the_text_and_its_marks_are_the_texts(
    text: str, data: st.DataObject
) -> None:
    words = [m.span() for m in re.finditer(r"[aåB1]+", text)]
    chosen = data.draw(st.lists(st.sampled_from(words), unique=True) if words else st.just([]))
    marks = [Span(*span) for span in sorted(chosen)]
    found = snippets(text, marks)
    assert len(found) <= MAX_SNIPPETS
    one_line = re.sub(r"\s+", " ", text)
    for snippet in found:
        assert len(snippet.text) <= MAX_CHARACTERS
        assert snippet.text.removeprefix("…").removesuffix("…").rstrip() in one_line
        if all(mark.end - mark.start < MAX_CHARACTERS // 2 for mark in marks):
            assert {mark.of(snippet.text) for mark in snippet.marks} <= {
                mark.of(text) for mark in marks
            }
    assert bool(marks) <= bool(found and any(snippet.marks for snippet in found))


@pytest.mark.parametrize("unit", ["a. ", "A. ", "\n", "a", " "])
def test_a_long_text_takes_linear_time(unit: str) -> None:
    """A work count, not a clock: the windows never overlap, so no mark is looked at twice."""
    text = unit * 5_000
    marks = [Span(m.start(), m.end()) for m in re.finditer("[aA]", text)]
    found = snippets(text, marks)
    assert len(found) <= MAX_SNIPPETS
