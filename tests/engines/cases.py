"""What is asked: every node, every trap we know of by hand, and random trees."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from indexer.engines.base import (
    And,
    AnyOf,
    Attribute,
    Dated,
    Everything,
    Field,
    Filter,
    Has,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Search,
    Term,
    Word,
)
from tests.engines.passages import (
    BODIES,
    KINDS,
    MUNICIPALITIES,
    ODD_WORDS,
    PARTIES,
    PLACES,
    SPEAKERS,
    WEIGHTS,
    WORDS,
    terms_of,
)

EXACT, TERMS = Field.TEXT_EXACT, Field.TEXT_TERMS
A, B, C, D = WORDS[:4]  # the most common words: they meet in many passages
RARE = WORDS[600]


def word(text: str, weight: float = 1.0) -> Word:
    return Word((Term(EXACT, text, weight),))


def weighted(text: str) -> Word:
    """As a query word is asked: all its terms, in text and title."""
    return Word(
        (
            Term(EXACT, text, 1.0),
            Term(Field.TITLE_EXACT, text, 2.0),
            *(Term(TERMS, term, 0.6) for term in terms_of(text)),
            *(Term(Field.TITLE_TERMS, term, 1.2) for term in terms_of(text)),
        )
    )


def lemmas(text: str) -> tuple[str, ...]:
    return tuple(term for term in terms_of(text) if term.startswith("L:"))


def near(left: str, right: str, distance: int) -> Near:
    return Near(TERMS, lemmas(left), lemmas(right), distance)


def phrase(*words: str) -> Phrase:
    return Phrase(EXACT, words)


TWO_LEMMAS = next(w for w in WORDS if len(lemmas(w)) == 2)
LONG_TERM = "ö" * 40_000
SURROGATE = "x\udc80"
Y2020, Y2022 = dt.date(2020, 1, 1), dt.date(2022, 12, 31)

QUERIES: dict[str, Query] = {
    "everything": Everything(),
    "a common word": word(A),
    "a rare word": word(RARE),
    "an unknown word": word("finnsinte"),
    "a word with all its terms": weighted(A),
    "a rarer word with all its terms": weighted(WORDS[40]),
    "a term twice counts twice": Word((Term(EXACT, B), Term(EXACT, B))),
    "a term of weight 0": word(A, 0.0),
    "a term of weight 0 beside others": Word((Term(EXACT, A, 0.0), Term(TERMS, f"L:{B}"))),
    "a word without terms": Word(()),
    "a word of known and unknown terms": Word((Term(EXACT, "finnsinte"), Term(EXACT, C))),
    "a stem": Word((Term(TERMS, f"S:{A[:4]}"),)),
    "a term of another field": Word((Term(TERMS, A),)),
    "an empty term": word(""),
    "a term that is too long": word(LONG_TERM),
    "a term with a lone surrogate": word(SURROGATE),
    "absurd terms beside a known one": Word(
        (Term(EXACT, LONG_TERM), Term(EXACT, SURROGATE), Term(EXACT, ""), Term(EXACT, A))
    ),
    "a term with a blank": word(f"{A} {B}"),
    "any of one": AnyOf(EXACT, (A,)),
    "any of many": AnyOf(EXACT, WORDS[20:148]),
    "any of none": AnyOf(EXACT, ()),
    "any of unknown ones": AnyOf(EXACT, ("finnsinte", SURROGATE, LONG_TERM, "")),
    "any of the same": AnyOf(TERMS, (f"L:{A}", f"L:{A}")),
    "phrase of two": phrase(A, B),
    "phrase of two the other way": phrase(B, A),
    "phrase of a word and itself": phrase(A, A),
    "phrase of a word three times": phrase(A, A, A),
    "phrase of three": phrase(A, B, C),
    "phrase with a word that returns": phrase(B, C, B),
    "phrase of four": phrase(A, A, B, A),
    "phrase of one": phrase(A),
    "phrase of none": phrase(),
    "phrase with an unknown word": phrase(A, "finnsinte"),
    "phrase of one unknown word": phrase("finnsinte"),
    "phrase with a word that is too long": phrase(A, LONG_TERM),
    "phrase of one word that is too long": phrase(LONG_TERM),
    "phrase with a surrogate": phrase(A, SURROGATE),
    "phrase with an empty word": phrase(A, "", B),
    "phrase of terms": Phrase(TERMS, (f"L:{A}", f"S:{B[:4]}")),
    "phrase of terms that share a position": Phrase(TERMS, (f"L:{A}", f"S:{A[:4]}")),
    "phrase in the title": Phrase(Field.TITLE_EXACT, ("§12", A)),
    "phrase of very many words": phrase(*[A, B] * 300),
    "near at 1": near(A, B, 1),
    "near at 2": near(A, B, 2),
    "near at 3": near(A, B, 3),
    "near at 9": near(A, B, 9),
    "near at 10": near(A, C, 10),
    "near at 0": near(A, B, 0),
    "near at less than 0": near(A, B, -3),
    "near anywhere": near(A, B, 1 << 40),
    "near itself": near(A, A, 5),
    "near itself at 1": near(A, A, 1),
    "near itself, rare": near(RARE, RARE, 20),
    "near at one position only": Near(TERMS, (f"L:{RARE}",), (f"S:{RARE[:4]}",), 5),
    "near between two lemmas of one word": Near(TERMS, lemmas(TWO_LEMMAS), lemmas(TWO_LEMMAS), 4),
    "near of one lemma and the other": Near(
        TERMS, lemmas(TWO_LEMMAS)[:1], lemmas(TWO_LEMMAS)[1:], 4
    ),
    "near of overlapping sets": Near(TERMS, (f"L:{A}", f"L:{B}"), (f"L:{B}", f"L:{C}"), 2),
    "near of large sets": Near(EXACT, WORDS[:8], WORDS[4:14], 4),
    "near without left": Near(TERMS, (), (f"L:{A}",), 4),
    "near without right": Near(TERMS, (f"L:{A}",), (), 4),
    "near of absurd terms": Near(EXACT, (LONG_TERM, A), (SURROGATE, ""), 4),
    "near in the title": Near(Field.TITLE_EXACT, ("§3",), WORDS[:20], 2),
    "and": And((word(A), word(B))),
    "and of three": And((weighted(A), weighted(B), weighted(WORDS[30]))),
    "and of none": And(()),
    "and of one": And((word(C),)),
    "and of a word twice": And((word(A), word(A))),
    "and with an unknown word": And((word(A), word("finnsinte"))),
    "or": Or((word(A), word(RARE))),
    "or of none": Or(()),
    "or of one": Or((word(C),)),
    "or of one phrase": Or((phrase(A, B),)),
    "or of constants": Or((phrase(A, B), near(A, C, 3), AnyOf(EXACT, WORDS[5:9]))),
    "or of a word twice": Or((word(A), word(A))),
    "or of what does not score": Or((Has(Attribute.KIND, KINDS[:1]), Not(word(A)))),
    "not": Not(word(A)),
    "not everything": Not(Everything()),
    "not nothing": Not(Or(())),
    "not not": Not(Not(word(A))),
    "not unknown": Not(word("finnsinte")),
    "not a phrase": Not(phrase(A, B)),
    "and of nots": And((Not(word(A)), Not(word(B)))),
    "and of a word and not another": And((word(A), Not(word(B)))),
    "and not itself": And((word(A), Not(word(A)))),
    "a not within an and within a not": Not(And((Not(word(A)), Not(word(B))))),
    "or of a word and a not": Or((word(A), Not(word(B)))),
    "or with an and of nots": Or((word(RARE), And((Not(word(A)), Not(word(B)))))),
    "and of an or of nots": And((word(A), Or((Not(word(B)), Not(word(C)))))),
    "or of a word and what it has not": Or((word(A), And((word(A), Not(word(A)))))),
    "and of nothing and a not": And((Or(()), Not(word(A)))),
    "and of everything and a word": And((Everything(), word(B))),
    "or of everything and a word": Or((Everything(), word(B))),
    "has": Has(Attribute.BODY, BODIES[:1]),
    "has one of several": Has(Attribute.PLACE, PLACES[:5]),
    "has none": Has(Attribute.BODY, ()),
    "has an unknown value": Has(Attribute.BODY, ("finnsinte",)),
    "has an absurd value": Has(Attribute.PLACE, (LONG_TERM, SURROGATE, "")),
    "has a dnr": Has(Attribute.DNR, ("KS 2012/0007",)),
    "has a part of a value": Has(Attribute.DNR, ("2012",)),
    "has a paragraf": Has(Attribute.PARAGRAF, ("12a",)),
    "has within or": Or((word(RARE), Has(Attribute.PARTY, PARTIES[3:]))),
    "has not": Not(Has(Attribute.SPEAKER, SPEAKERS)),
    "word and has": And((weighted(B), Has(Attribute.MUNICIPALITY, MUNICIPALITIES[:1]))),
    "dated": Dated(Y2020, Y2022),
    "dated on a day": Dated(Y2020, Y2020),
    "dated from": Dated(first=Y2022),
    "dated until": Dated(last=Y2020),
    "dated at all": Dated(),
    "not dated": Not(Dated()),
    "dated backwards": Dated(Y2022, Y2020),
    "dated within or": Or((phrase(A, B), Dated(Y2022, Y2022))),
    "dated at the ends of time": Dated(dt.date.min, dt.date.max),
    "deep": And((Or((And((Or((word(A), word(B))), Not(word(C)))), near(A, B, 4))), Not(word(D)))),
    **{f"odd word {text!a}": word(text) for text in ODD_WORDS},
    **{f"odd place {place!a}": Has(Attribute.PLACE, (place,)) for place in PLACES},
}
"""By what they are, so that a failure says what is broken."""

FILTERS: dict[str, tuple[Filter, ...]] = {
    "a body": (Has(Attribute.BODY, BODIES[:1]),),
    "two bodies": (Has(Attribute.BODY, BODIES[:2]),),
    "no body at all": (Has(Attribute.BODY, ()),),
    "a body and a year": (Has(Attribute.BODY, BODIES[:1]), Has(Attribute.YEAR, ("2021",))),
    "years": (Dated(Y2020, Y2022),),
    "years and a year": (Dated(Y2020, Y2022), Has(Attribute.YEAR, ("2021", "2024"))),
    "the same attribute twice": (
        Has(Attribute.PARTY, PARTIES[:2]),
        Has(Attribute.PARTY, PARTIES[1:3]),
    ),
    "three attributes": (
        Has(Attribute.PLACE, PLACES[:4]),
        Has(Attribute.KIND, KINDS[:2]),
        Has(Attribute.MUNICIPALITY, MUNICIPALITIES[:2]),
    ),
    "what cannot be counted": (Has(Attribute.PARAGRAF, ("3", "4", "5a")),),
    "an unknown value": (Has(Attribute.SPEAKER, ("finnsinte",)),),
}


# --- random trees ----------------------------------------------------------------------------


def random_query(rng: random.Random, depth: int = 3) -> Query:
    if depth and rng.random() < 0.6:
        clauses = tuple(random_query(rng, depth - 1) for _ in range(rng.choice((1, 2, 2, 3))))
        return rng.choice((And(clauses), Or(clauses), Or(clauses), Not(clauses[0])))
    return rng.choice(LEAVES)(rng)


def some_word(rng: random.Random) -> str:
    return rng.choices(WORDS[:60], WEIGHTS[:60])[0]


def some_values(rng: random.Random) -> Has:
    attribute, values = rng.choice(
        (
            (Attribute.BODY, BODIES),
            (Attribute.PLACE, PLACES),
            (Attribute.PARTY, PARTIES),
            (Attribute.YEAR, ("2019", "2021", "2024")),
            (Attribute.SPEAKER, SPEAKERS),
        )
    )
    return Has(attribute, tuple(rng.sample(values, k=rng.randint(1, 3))))


def some_years(rng: random.Random) -> Dated:
    first = rng.choice((None, *(dt.date(year, 2, 1) for year in range(2018, 2025))))
    last = rng.choice((None, *(dt.date(year, 12, 1) for year in range(2019, 2026))))
    return Dated(first, last)


LEAVES: tuple[Callable[[random.Random], Query], ...] = (
    lambda rng: weighted(some_word(rng)),
    lambda rng: weighted(some_word(rng)),
    lambda rng: phrase(some_word(rng), some_word(rng)),
    lambda rng: Phrase(TERMS, tuple(rng.choice(terms_of(some_word(rng))) for _ in range(2))),
    lambda rng: near(some_word(rng), some_word(rng), rng.randint(1, 20)),
    lambda rng: AnyOf(EXACT, tuple(rng.sample(WORDS, 40))),
    some_values,
    some_years,
)


def random_search(seed: int) -> Search:
    rng = random.Random(seed)
    filters = [rng.choice((some_values, some_years))(rng) for _ in range(rng.choice((0, 0, 1, 2)))]
    return Search(random_query(rng), tuple(filters))


SEEDS = range(120)
SEARCHES: dict[str, Search] = {
    **{name: Search(query) for name, query in QUERIES.items()},
    **{
        f"{asked}, of {name}": Search(query, filters)
        for name, filters in FILTERS.items()
        for asked, query in (("all", Everything()), ("a word", weighted(B)))
    },
    **{f"seed {seed}": random_search(seed) for seed in SEEDS},
}
