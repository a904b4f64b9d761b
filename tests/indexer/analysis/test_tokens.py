from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokens import LONGEST_WORD, surface, tokens
from indexer.analysis.tokens import words as analysis_words

SHY = "\u00ad"


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def covered(text: str) -> list[str]:
    return [text[token.span.start : token.span.end] for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nämnden beslutar", ["nämnden", "beslutar"]),
        ("A-traktor", ["a", "traktor"]),
        ("KS 2031/0007", ["ks", "2031", "0007"]),
        ("kl. 18:30", ["kl", "18", "30"]),
        ("§ 12", ["12"]),
        ("§12a", ["12a"]),
        ("snake_case", ["snake", "case"]),
        ("d'Arc och Lars’", ["d", "arc", "och", "lars"]),
        ("14\u00a0500 kronor", ["14", "500", "kronor"]),
        ("m² CO₂", ["m2", "co2"]),
        ("–…«»%€ 😀 \u0301", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("ÅÄÖ", "åäö"),
        ("A\u030aA\u0308O\u0308", "åäö"),
        ("idé", "ide"),
        ("à", "a"),
        ("Müller", "muller"),
        ("Håkansson", "håkansson"),
        ("Sørensen", "sörensen"),
        ("Ærlig", "ärlig"),
        ("Wałęsa", "walesa"),
        ("õ", "o"),
        ("a\u030c", "a"),
        ("å\u0301", "å"),
        ("a\u0323\u0308", "ä"),
        ("o\u030a", "o"),
        ("Straße", "strasse"),
        ("ﬁnans", "finans"),
        ("\u212a", "k"),
        ("İ", "i"),
        (f"lik{SHY}värdig{SHY}het", "likvärdighet"),
        ("skol\u200ban", "skolan"),
    ],
)
def test_a_surface_form_keeps_swedish_letters_and_folds_other_accents(
    printed: str, word: str
) -> None:
    assert surface(printed) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"om lik{SHY}värdig{SHY}het, ", ["om", f"lik{SHY}värdig{SHY}het"]),
        ("pa\u030a stra\u0308nder.", ["pa\u030a", "stra\u0308nder"]),
        (f"slut{SHY} {SHY}nu", ["slut", "nu"]),
        ("ta\u0308\u200b\u00adt", ["ta\u0308\u200b\u00adt"]),
        ("\ufeffProtokoll", ["Protokoll"]),
    ],
)
def test_spans_cover_the_word_in_the_text_as_it_was_given(text: str, expected: list[str]) -> None:
    assert covered(text) == expected


def test_decomposed_text_gives_the_words_of_composed_text() -> None:
    text = "Åtgärder på Östra skolgården, Ålstavägen 3"
    assert words(unicodedata.normalize("NFD", text)) == words(text)


def test_a_part_of_a_text_has_spans_in_the_whole() -> None:
    text = "alfa beta gamma"
    assert [t.span.start for t in tokens(text, 5)] == [5, 10]
    assert [t.word for t in tokens(text, 5, 9)] == ["beta"]


def test_a_word_too_long_to_be_one_is_left_out() -> None:
    longest = "a" * LONGEST_WORD
    assert words(f"en {longest} {longest}b två") == ["en", longest, "två"]


@pytest.mark.parametrize("unit", ["a\u0301", "a\u00ad", "\u00ad\u0301", "\u0301", "a"])
def test_time_is_linear_in_the_text(unit: str) -> None:
    started = time.process_time()
    list(tokens(unit * 200_000))
    assert time.process_time() - started < 5  # a quadratic pattern takes hours


TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    "aåo\u0301\u030a\u0308\u00ad -é"
)


@given(TEXTS)
def test_spans_are_in_order_disjoint_and_inside_the_text(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.span.start < token.span.end <= len(text)
        last = token.span.end


@given(TEXTS)
def test_a_token_is_the_surface_form_of_what_its_span_covers(text: str) -> None:
    for token in tokens(text):
        assert token.word
        assert token.word == surface(text[token.span.start : token.span.end])
        assert not any(letter.isspace() for letter in token.word)


@given(TEXTS)
def test_words_alone_are_those_of_the_tokens(text: str) -> None:
    assert analysis_words(text) == words(text)


@given(TEXTS)
def test_a_surface_form_is_its_own_surface_form(text: str) -> None:
    assert surface(surface(text)) == surface(text)


@given(TEXTS)
def test_a_word_typed_as_it_is_indexed_is_found(text: str) -> None:
    for token in tokens(text):
        assert words(token.word) == [token.word]


@given(TEXTS)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    outside = list(text)
    for token in tokens(text):
        outside[token.span.start : token.span.end] = [" "] * (token.span.end - token.span.start)
    assert not any(letter.isalnum() for letter in outside)
