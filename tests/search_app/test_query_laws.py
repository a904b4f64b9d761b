from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search_app.retrieval.query_language import MAX_WORDS, ReadQuery
from search_app.retrieval.query_syntax import MAX_CHARS
from tests.search_app.query_archive import read

PIECES = [
    *("torg", "skolan", "i", "och", "A-traktor", "EU:s", "2031/0007", "sko*", "sk*", "vatt*"),
    *('"', "”", "„", "''", '""', "(", ")", "-", "−", "--", "*", ".", ":", ",", "§", "_", "&"),
    *("OCH", "ELLER", "INTE", "AND", "OR", "NOT", " ", " ", " ", " ", "\n", "\u00ad", "\u0308"),
    *("talare:karin", "talare:", "organ:utb", 'plats:"Södra torget"', "plats:Sjövik", "parti:ka"),
    *("år:2015", "år:2015..2021", "år:..", "från:2016-03", "till:2020-02-29", "ar:20", "§:12"),
    *("dnr:KS 2031/0007", "dnr:", "§§:", "talar:x", "ªtalare:x", "kommun:alm", "slag:beslut"),
    *("till:2016-03", "från:2017", "x" * 201 + "-talare:y", "y" * 150, "ß", "ﬁ", "İ", "\ud800"),
]
texts = st.one_of(
    st.text(max_size=700),
    st.text(alphabet='abI OCHELERINT"”()-*:§.12\u0308\u00ad', max_size=600),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=90).map(" ".join),
)


def meaning(answer: ReadQuery) -> tuple[object, ...]:
    return answer.query, answer.filters, answer.marking, answer.scored, answer.read_as


@settings(max_examples=600, deadline=None)
@given(text=texts)
@example(text='"' + "x" * 100 + (" " + "x" * 100) * 4 + "x" * 6)
@example(text="dnr:ks2031/7 " * 39)
@example(text="(" * 21 + "talare:x" + ")" * 21)
@example(text="OCH, bro")
@example(text="0" * 200 + '"' + "0" * 309 + ":0")
@example(text='"' + "x " * 300)
@example(text="".join(f'"{n:014}"{n:014}' for n in range(16)) + "x" * 10)
@example(text="".join(f"({n:015} OR x{n:014})y{n:014}" for n in range(9)) + "z" * 44)
@example(text='(a)-"b"-c-(d)' * 30)
@example(text="organ:”utb ,” bro")
@example(
    text=" OR ".join(
        ["från:2015-03 till:2016-02-03"] * 2 + [f"från:2015-0{n}" for n in range(1, 9)]
    )
)
def test_what_is_said_of_any_text_reads_as_the_same_query(text: str) -> None:
    answer = read(text)
    assert len(answer.read_as) <= MAX_CHARS
    assert meaning(read(answer.read_as)) == meaning(answer)


@given(text=texts)
def test_notes_are_sentences_and_said_once(text: str) -> None:
    notes = read(text).notes
    assert len(set(notes)) == len(notes)
    assert all(note.endswith((".", "?")) and note.isprintable() for note in notes)


@given(text=texts)
def test_a_query_never_looks_for_more_words_than_the_limit(text: str) -> None:
    again = read(read(text).read_as)
    assert not any(note.startswith(f"Bara de första {MAX_WORDS}") for note in again.notes)


WORST = {
    "parentheses": "(" * 5000 + "a" + ")" * 5000,
    "quotes": '"' * 10_001,
    "quotes apart": '" ' * 5000,
    "apostrophes": "'" * 10_000,
    "negations": "INTE " * 2000 + "a",
    "hyphens": "-" * 10_000,
    "stars": "a*" * 5000,
    "prefixes": "abc* " * 2000,
    "colons": "talare:" * 1500,
    "fields": "talare:a " * 1000,
    "marks": "a" + "\u0308\u0323" * 100_000,
    "letters": "a" * 10_000,
    "surrogates": "\ud800" * 10_000,
    "blanks": " " * 10_000 + "a",
    "dnr": "dnr:KS 2031/" * 1000,
    "dots": "år:" + "." * 10_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_texts_are_read_at_once(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 0.5
