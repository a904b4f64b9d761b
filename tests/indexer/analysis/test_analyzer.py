from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.analyzer import Analyzer, Kind
from indexer.analysis.lexicon import LexiconMissing
from indexer.analysis.tokens import surface, tokens
from indexer.config import default_cache

FOUND = """
skola        skolan skolor skolorna skolornas skolans skolas
ska          skall skulle
skulle       ska skall
nämnd        nämnden nämndens nämnder nämnderna nämndernas
nämna        nämner nämnde nämnt
beslut       beslutet beslutets besluten
besluta      beslutar beslutade beslutat beslutas
ärende       ärendet ärenden ärendena ärendenas
ledamot      ledamoten ledamöter ledamöternas
ordförande   ordföranden ordförandena
ersättare    ersättaren ersättarna
yrkande      yrkandet yrkanden yrkandena
yrka         yrkar yrkade
bifall       bifallet
avslag       avslaget
avgift       avgiften avgifter avgifternas
stad         staden städer städernas
bok          boken böcker böckerna
barn         barnet barnen barnens
mål          målet målen målens
hus          huset husen
plan         planen planer planerna
del          delen delar delarna
tanke        tanken tankar
taxa         taxan taxor
förälder     föräldrar föräldrarnas
bostad       bostaden bostäder bostäderna
kommun       kommunen kommuner kommunernas
gå           går gick gått
vara         är var varit
stor         stort stora större störst
likvärdighet likvärdig likvärdiga likvärdigt likvärdigheten likvärdighetens
budget       budgeten budgetar
idé          idéer idéerna ide
Lergärdet    Lergärdets
Tornblad     Tornblads
2031         2031
"""

NOT_FOUND = """
skola        ska skall skulle skål
ska          skola skolan skolor
skall        skallet
nämnd        nämna nämner nämnare
nämner       nämnder nämnden
avgift       avgiftning
barn         bar bara bär baren
bar          barn barnen barna
har          hår håret
hår          har ha
mål          måla målare måltid mal
stad         stadig stadga
lag          låg
val          väl
lärare       lära lärande
budget       bud
plan         planeten planeter
förvaltning  förvalta
beslut       beslutsam
2031         2032 203
Lars         lar
"""


def pairs(table: str) -> list[tuple[str, str]]:
    rows = [line.split() for line in table.splitlines() if line]
    return [(query, word) for query, *words in rows for word in words]


def shared(analyzer: Analyzer, query: str, word: str) -> set[str]:
    return {*analyzer.terms(surface(query))} & {*analyzer.terms(surface(word))}


@pytest.mark.parametrize(("query", "word"), pairs(FOUND))
def test_a_word_finds_its_inflections(analyzer: Analyzer, query: str, word: str) -> None:
    assert shared(analyzer, query, word)
    assert shared(analyzer, word, query)


@pytest.mark.parametrize(("query", "word"), pairs(NOT_FOUND))
def test_a_word_does_not_find_its_false_friends(analyzer: Analyzer, query: str, word: str) -> None:
    assert not shared(analyzer, query, word)


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("skolornas", ("L:skola", "S:skol")),
        ("skall", ("L:ska",)),  # too short to stem
        ("likvärdighetens", ("L:likvärdighet", "S:likvärd")),
        ("orden", ("L:ord", "L:orden")),  # "ord" would be too short a stem
        ("0007", ("L:0007",)),
        ("12a", ("L:12a",)),
        ("lergärdets", ("L:lergärdets", "L:lergärdet", "S:lergärdet")),
        ("qvxs", ("L:qvxs",)),  # too short for a genitive
        ("4500s", ("L:4500s",)),
    ],
)
def test_terms_are_lemmas_then_stems(analyzer: Analyzer, word: str, terms: tuple[str, ...]) -> None:
    assert analyzer.terms(word) == terms


@given(st.text(max_size=40))
def test_every_word_of_any_text_has_terms_without_blanks(analyzer: Analyzer, text: str) -> None:
    for token in tokens(text):
        terms = analyzer.terms(token.word)
        assert terms
        assert terms[0].startswith(Kind.LEMMA)
        assert len({*terms}) == len(terms)
        assert not any(letter.isspace() for term in terms for letter in term)


def test_another_analyzer_gives_the_same_terms(analyzer: Analyzer) -> None:
    other = Analyzer.open(default_cache())
    words = [word for pair in pairs(FOUND + NOT_FOUND) for word in map(surface, pair)]
    assert [other.terms(word) for word in words] == [analyzer.terms(word) for word in words]


def test_threads_share_an_analyzer(analyzer: Analyzer) -> None:
    words = [surface(word) for pair in pairs(FOUND) for word in pair]
    expected = [analyzer.terms(word) for word in words]
    fresh = Analyzer.open(default_cache())  # nothing remembered yet
    answers: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: answers.append([fresh.terms(w) for w in words]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8


def test_the_version_names_all_that_terms_depend_on(analyzer: Analyzer) -> None:
    for name in ("analysis ", "PyStemmer ", "simplemma ", "hunspell-sv ", "overrides "):
        assert name in analyzer.version


def test_without_a_lexicon_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconMissing, match="run `protokoll reindex`"):
        Analyzer.open(tmp_path)
