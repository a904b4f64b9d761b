"""The peers of the benchmark say what they are asked, and a wrong answer ends the run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from indexer.engines.base import (
    And,
    AnyOf,
    Attribute,
    Dated,
    Field,
    Has,
    Near,
    Or,
    Phrase,
    Search,
    Sort,
    Term,
    Word,
)
from tests.bench import fts5, raw_tantivy
from tests.bench.cases import Case
from tests.bench.engines import Disagreement, agreed
from tests.bench.measuring import percentile
from tests.bench.peer import Answer, Ask
from tests.bench.spool import Row

EXACT = Field.TEXT_EXACT


def row(number: int, text: str, *, body: str = "valnamnden", year: int = 2031) -> Row:
    return Row(
        number=number,
        order=number,
        day=dt.date(year, 3, 1).toordinal(),
        fields={
            EXACT: text,
            Field.TEXT_TERMS: "L:x",
            Field.TITLE_EXACT: "titel",
            Field.TITLE_TERMS: "L:titel",
        },
        attributes={
            Attribute.BODY: (body,),
            Attribute.YEAR: (f"{year}",),
            Attribute.SPEAKER: ("Dagvor Moståhl", "Frila Bråbäcke")[: number % 3],
        },
    )


ROWS = (
    row(1, "ny skola vid parken"),
    row(2, "skola utan park", body="revisorerna"),
    row(3, "parken vid en gammal skola", year=2032),
    row(4, "taxa för vatten"),
)
SKOLA = Word((Term(EXACT, "skola"), Term(Field.TITLE_EXACT, "skola", 2.0)))
ASKED = {
    "word": (Search(SKOLA), 3),
    "and": (Search(And((SKOLA, Word((Term(EXACT, "park"),))))), 1),
    "or": (Search(Or((SKOLA, Word((Term(EXACT, "taxa"),))))), 4),
    "any of": (Search(AnyOf(EXACT, ("park", "parken"))), 3),
    "phrase": (Search(Phrase(EXACT, ("vid", "parken"))), 1),
    "near, in any order": (Search(Near(EXACT, ("skola",), ("parken",), 3)), 1),
    "near, farther": (Search(Near(EXACT, ("skola",), ("parken",), 5)), 2),
    "tagged term": (Search(Word((Term(Field.TEXT_TERMS, "L:x"),))), 4),
}
"""With the totals counted by hand."""


@pytest.mark.parametrize("name", ASKED)
def test_fts5_finds_what_is_there(name: str, tmp_path: Path) -> None:
    search, total = ASKED[name]
    fts5.build(tmp_path / "index", ROWS)
    answer = fts5.open_index(tmp_path / "index")(search)
    assert (answer.total, len(answer.hits)) == (total, total)


@pytest.mark.parametrize("name", ASKED)
def test_raw_tantivy_finds_what_is_there(name: str, tmp_path: Path) -> None:
    search, total = ASKED[name]
    raw_tantivy.build(tmp_path / "index", ROWS)
    answer = raw_tantivy.open_index(tmp_path / "index")(search)
    assert (answer.total, len(answer.hits)) == (total, total)


@pytest.fixture(params=[fts5, raw_tantivy], ids=["FTS5", "tantivy"])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Ask:
    request.param.build(tmp_path / "index", ROWS)
    opened: Ask = request.param.open_index(tmp_path / "index")
    return opened


def test_filters_and_counts_are_those_of_the_rows(ask: Ask) -> None:
    counted = (Attribute.BODY, Attribute.YEAR, Attribute.SPEAKER)
    answer = ask(Search(SKOLA, facets=counted))
    assert answer.facets == {
        Attribute.BODY: {"valnamnden": 2, "revisorerna": 1},
        Attribute.YEAR: {"2031": 2, "2032": 1},
        Attribute.SPEAKER: {"Dagvor Moståhl": 2, "Frila Bråbäcke": 1},
    }
    assert ask(Search(SKOLA, (Has(Attribute.BODY, ("valnamnden",)),))).total == 2


def test_a_period_narrows(ask: Ask) -> None:
    period = Dated(dt.date(2031, 1, 1), dt.date(2031, 12, 31))
    assert set(ask(Search(SKOLA, (period,))).hits) == {1, 2}


def test_fts5_puts_the_newest_first_and_then_by_order(tmp_path: Path) -> None:
    fts5.build(tmp_path / "index", ROWS)
    ask = fts5.open_index(tmp_path / "index")
    assert ask(Search(SKOLA, sort=Sort.NEWEST)).hits == (3, 1, 2)
    narrowed = Search(SKOLA, (Has(Attribute.BODY, ("valnamnden",)),), Sort.NEWEST)
    assert ask(narrowed).hits == (3, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        Answer(4, (1, 2, 3), {}),
        Answer(3, (1, 2), {}),
        Answer(3, (1, 2, 3), {Attribute.BODY: {"valnamnden": 3}}),
    ],
)
def test_a_peer_with_another_answer_ends_the_run(wrong: Answer) -> None:
    case = Case("word", Search(SKOLA), "skola")
    right = Answer(3, (3, 1, 2))
    assert agreed(case, {"ours": lambda _: right, "peer": lambda _: right}) == 3
    with pytest.raises(Disagreement, match="word, skola: ours"):
        agreed(case, {"ours": lambda _: right, "peer": lambda _: wrong})


def test_order_must_agree_by_date_alone() -> None:
    asks: dict[str, Ask] = {"a": lambda _: Answer(2, (1, 2)), "b": lambda _: Answer(2, (2, 1))}
    assert agreed(Case("word", Search(SKOLA)), asks) == 2
    with pytest.raises(Disagreement):
        agreed(Case("newest", Search(SKOLA, sort=Sort.NEWEST)), asks)


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(n) for n in range(20, 0, -1)]  # 1 to 20
    assert (percentile(values, 0.5), percentile(values, 0.95)) == (10.0, 19.0)
    assert percentile([7.0], 0.5) == percentile([7.0], 0.95) == 7.0
