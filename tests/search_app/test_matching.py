from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.tokens import tokens
from indexer.engines.base import (
    And,
    AnyOf,
    Attribute,
    Dated,
    Everything,
    Field,
    Has,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    Word,
)
from search_app.retrieval.matching import Match, PassageTerms, match
from tests.search_app.query_archive import TermTable, read

TEXT, TITLE = Field.TEXT_EXACT, Field.TITLE_EXACT
TERMS = TermTable().terms
DAY = dt.date(2031, 3, 4)


def passage(text: str, title: str = "", date: dt.date | None = DAY) -> PassageTerms:
    attributes = {Attribute.SPEAKER: ("Åsa Ek",), Attribute.YEAR: ("2031",)}
    return PassageTerms(tuple(tokens(text)), tuple(tokens(title)), attributes, date)


def marked(query: Query, text: str, title: str = "") -> str | None:
    """The text with its marks in brackets, then the title's; None where it does not match."""
    own = passage(text, title)
    found = match(query, own, TERMS)
    if found is None:
        return None
    in_text = _bracketed([token.word for token in own.text], found.text)
    in_title = _bracketed([token.word for token in own.title], found.title)
    return f"{in_text} | {in_title}" if title else in_text


def _bracketed(words: list[str], marks: tuple[int, ...]) -> str:
    return " ".join(f"[{word}]" if at in marks else word for at, word in enumerate(words))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        # Any form of a word, and only the words themselves within quotes.
        ("skolan", "Skola, skolor och friskolan", "[skola] [skolor] och friskolan"),
        ('"skolan"', "Skola, skolan och friskolan", "skola [skolan] och friskolan"),
        ("skolan", "bron", None),
        ("tryg*", "trygg trygghet otrygg", "[trygg] [trygghet] otrygg"),
        # Of a phrase, its real occurrences only.
        ('"a b"', "a b a c b a b", "[a] [b] a c b [a] [b]"),
        ('"a a"', "a a a b a", "[a] [a] [a] b a"),
        ('"a b"', "b a", None),
        ("A-traktor", "en a traktor, traktor", "en [a] [traktor] traktor"),
        # All that match of what may, and all of what must.
        ("a ELLER b", "a b c", "[a] [b] c"),
        ("a ELLER b", "b c", "[b] c"),
        ("a ELLER b", "c", None),
        ("a b", "a b a", "[a] [b] [a]"),
        ("a b", "a", None),
        ("(a b) ELLER c", "a c", "a [c]"),
        # What must not be there marks nothing.
        ("a -b", "a c", "[a] c"),
        ("a -b", "a b", None),
        ("-b", "a", "a"),
        ("a ELLER -b", "c", "c"),
        # Conditions mark nothing.
        ("a ELLER talare:åsa", "b", "b"),
        ("a ELLER talare:gran", "b", None),
        ("a -talare:åsa", "a", None),
        ("a ELLER från:2031-03-04", "b", "b"),
        ("a ELLER från:2031-03-05", "b", None),
        ("a ELLER till:2031-03-04", "b", "b"),
        ("a ELLER till:2031-03-03", "b", None),
        ("", "b", "b"),
    ],
)
def test_a_query_marks_what_it_matched(query: str, text: str, expected: str | None) -> None:
    assert marked(read(query).marking, text) == expected


def test_text_and_title_are_marked_each_for_itself() -> None:
    assert marked(read("skola bro").marking, "en bro", "Skolan vid en bro") == (
        "en [bro] | [skolan] vid en [bro]"
    )
    assert marked(read('"a b"').marking, "b a", "a b") == "b a | [a] [b]"


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    assert marked(read('"a b"').marking, "b", "a") is None


@pytest.mark.parametrize(
    ("left", "right", "distance", "expected"),
    [
        (("a",), ("b",), 1, "[a] [b] c a c [b] [a]"),
        (("a",), ("b",), 2, "[a] [b] c [a] c [b] [a]"),
        (("a",), ("a",), 3, "[a] b c [a] c b [a]"),
        (("c",), ("c",), 1, None),
        (("a", "c"), ("c",), 1, "a b [c] [a] [c] b a"),
    ],
)
def test_words_near_each_other_are_marked_where_they_are_near(
    left: tuple[str, ...], right: tuple[str, ...], distance: int, expected: str | None
) -> None:
    assert marked(Near(TEXT, left, right, distance), "a b c a c b a") == expected


@pytest.mark.parametrize(
    "query", [Word(()), AnyOf(TEXT, ()), Phrase(TEXT, ()), Or(()), Has(Attribute.YEAR, ())]
)
def test_what_asks_for_nothing_matches_nothing(query: Query) -> None:
    assert marked(query, "a b") is None


@pytest.mark.parametrize("query", [And(()), Everything(), Dated(None, None), Not(Or(()))])
def test_what_demands_nothing_marks_nothing(query: Query) -> None:
    assert marked(query, "a b") == "a b"


def test_a_passage_without_a_date_lies_in_no_period() -> None:
    assert match(Dated(None, None), passage("a", date=None), TERMS) is None
    assert match(Not(Dated(None, None)), passage("a", date=None), TERMS) == Match((), ())


# --- a law -----------------------------------------------------------------------------------

WORDS = ("skola", "skolan", "friskolan", "trygghet", "a", "b")
TAGGED = ("L:skola", "S:skol", "H:skola", "M:fri", "L:trygghet")
by_field = {
    Field.TEXT_EXACT: WORDS,
    Field.TITLE_EXACT: WORDS,
    Field.TEXT_TERMS: TAGGED,
    Field.TITLE_TERMS: TAGGED,
}
fields = st.sampled_from(list(by_field))


def texts_of(field: Field, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(by_field[field]), max_size=most).map(tuple)


one_term = fields.flatmap(lambda f: st.builds(Term, st.just(f), st.sampled_from(by_field[f])))
days = st.none() | st.dates(dt.date(2031, 3, 2), dt.date(2031, 3, 6))
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Word, st.lists(one_term, max_size=3).map(tuple)),
    fields.flatmap(lambda f: st.builds(AnyOf, st.just(f), texts_of(f))),
    fields.flatmap(lambda f: st.builds(Phrase, st.just(f), texts_of(f))),
    fields.flatmap(
        lambda f: st.builds(Near, st.just(f), texts_of(f), texts_of(f), st.integers(1, 4))
    ),
    st.builds(
        Has,
        st.sampled_from([Attribute.SPEAKER, Attribute.PLACE]),
        st.lists(st.sampled_from(["Åsa Ek", "Asa Gran"]), max_size=2).map(tuple),
    ),
    st.builds(Dated, days, days),
    st.just(Everything()),
)
queries: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)
passages = st.builds(
    passage,
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.sampled_from([None, DAY]),
)

Place = tuple[Field, int]


def stands(own: PassageTerms, field: Field, at: int, text: str) -> bool:
    """Whether a term stands at a position of a field, looked up in the plainest way."""
    words = own.text if field in (Field.TEXT_EXACT, Field.TEXT_TERMS) else own.title
    if not 0 <= at < len(words):
        return False
    word = words[at].word
    return text == word if field in (Field.TEXT_EXACT, Field.TITLE_EXACT) else text in TERMS(word)


def places(own: PassageTerms, field: Field, texts: tuple[str, ...]) -> set[Place]:
    return {(field, at) for at in range(20) for text in texts if stands(own, field, at, text)}


def of_phrase(own: PassageTerms, phrase: Phrase) -> set[Place]:
    size = len(phrase.words)
    starts = [
        start
        for start in range(20)
        if size
        and all(stands(own, phrase.field, start + n, word) for n, word in enumerate(phrase.words))
    ]
    return {(phrase.field, start + n) for start in starts for n in range(size)}


def of_near(own: PassageTerms, near: Near) -> set[Place]:
    pairs = product(places(own, near.field, near.left), places(own, near.field, near.right))
    return {
        place
        for left, right in pairs
        if left != right and abs(left[1] - right[1]) <= near.distance
        for place in (left, right)
    }


def marks_of(own: PassageTerms, query: Query) -> set[Place] | None:
    """The definition of ``indexer/engines/base.py``, word by word."""
    match query:
        case Word(terms):
            return set().union(*(places(own, t.field, (t.text,)) for t in terms)) or None
        case AnyOf(field, texts):
            return places(own, field, texts) or None
        case Phrase():
            return of_phrase(own, query) or None
        case Near():
            return of_near(own, query) or None
        case And(clauses):
            parts = [marks_of(own, clause) for clause in clauses]
            return None if None in parts else set().union(*(part or set() for part in parts))
        case Or(clauses):
            kept = [p for p in (marks_of(own, clause) for clause in clauses) if p is not None]
            return set().union(*kept) if kept else None
        case Not(clause):
            return set() if marks_of(own, clause) is None else None
        case Everything():
            return set()
        case Has(attribute, values):
            return set() if set(values) & set(own.attributes.get(attribute, ())) else None
        case Dated(first, last):
            date = own.date
            within = date and (first or date) <= date <= (last or date)
            return set() if within else None


@settings(max_examples=500)
@given(query=queries, own=passages)
def test_matching_agrees_with_the_definition(query: Query, own: PassageTerms) -> None:
    found = match(query, own, TERMS)
    expected = marks_of(own, query)
    if expected is None:
        assert found is None
        return
    in_title = {at for field, at in expected if field in (Field.TITLE_EXACT, Field.TITLE_TERMS)}
    in_text = {at for field, at in expected if field in (Field.TEXT_EXACT, Field.TEXT_TERMS)}
    assert found == Match(tuple(sorted(in_text)), tuple(sorted(in_title)))
