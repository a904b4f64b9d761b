"""The query language with the analyzer that the index is made with."""

from __future__ import annotations

import pytest

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.lexicon import ensure
from indexer.analysis.tokens import tokens
from indexer.config import default_cache
from search_app.retrieval.matching import Match, PassageTerms, match
from search_app.retrieval.query_language import read_query
from tests.search_app.query_archive import ARCHIVE


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    ensure(default_cache())
    return Analyzer.open(default_cache())


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("skolor", "Skolan och skolorna", ("Skolan", "skolorna")),
        ("gick", "De går, vi gick", ("går", "gick")),
        ('"skolor"', "Skolan och skolor", ("skolor",)),
        ('"skolan och"', "Skolor; skolan och bron", ("skolan", "och")),
        ("skolor -bro", "Skolan vid broarna", None),
    ],
)
def test_a_query_finds_the_forms_of_its_words(
    analyzer: Analyzer, query: str, text: str, marked: tuple[str, ...] | None
) -> None:
    found = tuple(tokens(text))
    marking = read_query(query, analyzer, ARCHIVE).marking
    answer = match(marking, PassageTerms(found, (), {}, None), analyzer.terms)
    places = tuple(at for at, token in enumerate(found) if token.span.of(text) in (marked or ()))
    assert answer == (None if marked is None else Match(places, ()))
