from __future__ import annotations

import pytest

from indexer.engines.base import (
    And,
    AnyOf,
    Attribute,
    Everything,
    Field,
    Filter,
    Has,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    Word,
)
from search_app.retrieval.query_language import MAX_WORDS
from search_app.retrieval.query_syntax import MAX_CHARS, MAX_DEPTH
from search_app.retrieval.stop_words import STOP_WORDS
from tests.search_app.query_archive import read

STOP_NOTE = "Vanliga ord som inte söks: {}. Sätt citattecken om dem för att söka dem."


def exact(word: str) -> Word:
    """A word of which nothing but itself is searched."""
    return Word((Term(Field.TEXT_EXACT, word, 1.0), Term(Field.TITLE_EXACT, word, 2.0)))


def phrase(*words: str) -> Or:
    return Or((Phrase(Field.TEXT_EXACT, words), Phrase(Field.TITLE_EXACT, words)))


def any_of(*words: str) -> Or:
    return Or((AnyOf(Field.TEXT_EXACT, words), AnyOf(Field.TITLE_EXACT, words)))


# --- words -----------------------------------------------------------------------------------


def test_a_word_is_searched_by_all_its_terms_in_text_and_title() -> None:
    assert read("friskolan").query == Word(
        (
            Term(Field.TEXT_EXACT, "friskolan", 1.0),
            Term(Field.TEXT_TERMS, "L:friskola", 0.9),
            Term(Field.TEXT_TERMS, "S:friskol", 0.6),
            Term(Field.TEXT_TERMS, "H:skola", 0.5),
            Term(Field.TEXT_TERMS, "M:fri", 0.35),
            Term(Field.TITLE_EXACT, "friskolan", 2.0),
            Term(Field.TITLE_TERMS, "L:friskola", 1.8),
            Term(Field.TITLE_TERMS, "S:friskol", 1.2),
            Term(Field.TITLE_TERMS, "H:skola", 1.0),
            Term(Field.TITLE_TERMS, "M:fri", 0.7),
        )
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("torg", exact("torg")),
        ("TORG", exact("torg")),
        ("torg,", exact("torg")),
        ("?torg?", exact("torg")),
        ("torg bro", And((exact("torg"), exact("bro")))),
        ("torg OCH bro", And((exact("torg"), exact("bro")))),
        ("torg AND bro", And((exact("torg"), exact("bro")))),
        ("torg torg Torg", exact("torg")),
        ("torg ELLER bro", Or((exact("torg"), exact("bro")))),
        ("torg OR bro", Or((exact("torg"), exact("bro")))),
        ("torg ELLER bro ELLER torg", Or((exact("torg"), exact("bro")))),
        # AND binds tighter than OR.
        (
            "torg bro ELLER hamn",
            Or((And((exact("torg"), exact("bro"))), exact("hamn"))),
        ),
        (
            "torg (bro ELLER hamn)",
            And((exact("torg"), Or((exact("bro"), exact("hamn"))))),
        ),
        ("(torg (bro)) hamn", And((exact("torg"), exact("bro"), exact("hamn")))),
        ("-torg", Not(exact("torg"))),
        ("INTE torg", Not(exact("torg"))),
        ("NOT torg", Not(exact("torg"))),
        ("−torg", Not(exact("torg"))),  # the sign of minus
        ("bro -torg", And((exact("bro"), Not(exact("torg"))))),
        ("-torg bro", And((exact("bro"), Not(exact("torg"))))),
        ("bro INTE torg hamn", And((exact("bro"), exact("hamn"), Not(exact("torg"))))),
        ("-torg -bro", And((Not(exact("torg")), Not(exact("bro"))))),
        ("-(torg ELLER bro)", Not(Or((exact("torg"), exact("bro"))))),
        ("bro ELLER -torg", Or((exact("bro"), Not(exact("torg"))))),
        ("INTE INTE torg", exact("torg")),
        ("INTE -torg", exact("torg")),
        ("-(-torg)", exact("torg")),
    ],
)
def test_words_and_operators_make_a_tree(text: str, query: Query) -> None:
    assert read(text).query == query


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        # Operators with nothing to work on.
        ("ELLER torg", "torg"),
        ("torg ELLER", "torg"),
        ("torg ELLER ELLER bro", "torg ELLER bro"),
        ("torg OCH ELLER bro", "torg ELLER bro"),
        ("torg ELLER OCH bro", "torg ELLER bro"),
        ("torg INTE", "torg"),
        ("torg INTE ELLER bro", "torg ELLER bro"),
        ("OCH", "och"),
        ("INTE", "inte"),
        ("ELLER OCH", "eller OCH och"),
        # Parentheses without a match, and empty ones.
        ("(torg", "torg"),
        ("torg)", "torg"),
        (")torg(", "torg"),
        ("torg () bro", "torg OCH bro"),
        ("torg (ELLER) bro", "torg OCH bro"),
        ("(torg ELLER (bro) hamn", "torg ELLER (bro OCH hamn)"),
        # A hyphen that negates nothing.
        ("torg - bro", "torg OCH bro"),
        ("torg – bro", "torg OCH bro"),
        ("--torg", "torg"),
        ("torg -", "torg"),
        ("torg -,bro", "torg OCH bro"),
        ("torg- bro", "torg OCH bro"),
        ('"torg bro"-hamn', '"torg bro" OCH hamn'),
        # No syntax at all.
        ("", ""),
        ("  ", ""),
        ("*** ))) ((( - : § % & ?", ""),
        ("* torg", "torg"),
        ("*torg", "torg"),
        ("(((", ""),
        ('"""', ""),
        ("_", ""),
        ("🙂 torg", "torg"),
        ("& torg + bro", "torg OCH bro"),
        ("http://torg.example/bro", "http://torg.example/bro"),
        # What nobody sees.
        ("to\u00adrg", "torg"),
        ("\u200ftorg\u200e", "torg"),
        ("\ufefftorg", "torg"),
        ("torg\x00bro", "torg OCH bro"),
        ("torg\ud800bro", "torg OCH bro"),
        ("torg\r\n\tbro", "torg OCH bro"),
        ("torg\u00a0bro", "torg OCH bro"),
        ("a\u030angbåt", "ångbåt"),
        ("\u0308torg", "torg"),
    ],
)
def test_what_is_not_syntax_is_words_or_nothing(text: str, read_as: str) -> None:
    assert read(text).read_as == read_as


def test_operators_in_lower_case_are_words() -> None:
    answer = read("torg och bro eller hamn")
    assert answer.read_as == "torg OCH bro OCH hamn"
    assert answer.notes == (STOP_NOTE.format("och, eller"),)


@pytest.mark.parametrize("text", ["", "   ", "§ ()", '""', "år:igår"])
def test_a_query_of_nothing_finds_everything(text: str) -> None:
    answer = read(text)
    assert (answer.query, answer.filters, answer.scored) == (Everything(), (), False)
    assert answer.read_as == ""


def test_a_word_that_the_tokenizer_divides_is_a_phrase() -> None:
    for text, words in [("A-traktor", ("a", "traktor")), ("2031/0007", ("2031", "0007"))]:
        answer = read(text)
        assert answer.query == And((phrase(*words), *map(exact, words)))
        assert answer.read_as == text


# --- phrases ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('"torg bro"', And((phrase("torg", "bro"), exact("torg"), exact("bro")))),
        # Stop words are part of the phrase but rank nothing, unless there is nothing else.
        ('"torg och bro"', And((phrase("torg", "och", "bro"), exact("torg"), exact("bro")))),
        ('"i och för"', And((phrase("i", "och", "för"), *map(exact, ("i", "och", "för"))))),
        ('"torg torg"', And((phrase("torg", "torg"), exact("torg")))),
        # Of one word: the word as it stands, without its other forms.
        ('"skolan"', exact("skolan")),
        ('"och"', exact("och")),
        ('-"torg bro"', Not(phrase("torg", "bro"))),
        ('INTE "skolan"', Not(exact("skolan"))),
        ('"torg, (bro) INTE"', And((phrase("torg", "bro", "inte"), exact("torg"), exact("bro")))),
    ],
)
def test_a_phrase_is_its_words_in_order_ranked_by_them(text: str, query: Query) -> None:
    assert read(text).query == query


def test_the_words_that_rank_a_phrase_take_no_part_in_marking() -> None:
    assert read('"torg bro" hamn').marking == And((phrase("torg", "bro"), exact("hamn")))


@pytest.mark.parametrize(
    "text",
    [
        '"torg bro"', "“torg bro”", "”torg bro”", "„torg bro“", "„torg bro‟", "»torg bro«",
        "«torg bro»", "»torg bro»", '""torg bro""', "''torg bro''", "’’torg bro’’", "″torg bro″",
        '"torg bro”', '" torg bro "', '"torg\nbro"', "``torg bro´´",
    ],
)  # fmt: skip
def test_quotes_of_all_kinds_are_quotes(text: str) -> None:
    answer = read(text)
    assert answer.query == And((phrase("torg", "bro"), exact("torg"), exact("bro")))
    assert answer.notes == ()


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ('"torg bro', '"torg bro"'),
        ('hamn "torg bro', 'hamn OCH "torg bro"'),
        ('"torg" bro"', '"torg" OCH bro'),
        ('hamn"', "hamn"),
    ],
)
def test_a_phrase_without_its_second_quote_ends_with_the_query(text: str, read_as: str) -> None:
    answer = read(text)
    assert answer.read_as == read_as
    assert answer.notes == ("Ett citattecken saknar sitt par. Frasen slutar där frågan slutar.",)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ('"" torg', "torg"),
        ('torg ""', "torg"),
        ('-"" torg', "torg"),
        ('torg " " bro', "torg OCH bro"),
    ],
)
def test_quotes_with_nothing_in_them_are_nothing(text: str, read_as: str) -> None:
    answer = read(text)
    assert (answer.read_as, answer.notes) == (read_as, ())


# --- prefixes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("tryg*", any_of("trygg", "trygghet")),
        ("TRYG*", any_of("trygg", "trygghet")),
        ("tryg*.", any_of("trygg", "trygghet")),
        ("tryg**", any_of("trygg", "trygghet")),
        ("-tryg*", Not(any_of("trygg", "trygghet"))),
        ("sko* bro", And((any_of("skola", "skolan"), exact("bro")))),
        # Only at the end of a word.
        ("sko*la", And((phrase("sko", "la"), exact("sko"), exact("la")))),
        ('"tryg*"', exact("tryg")),
    ],
)
def test_a_star_at_the_end_of_a_word_asks_for_all_that_begin_so(text: str, query: Query) -> None:
    answer = read(text)
    assert answer.query == query
    assert answer.notes == ()


def test_a_prefix_stands_for_its_most_frequent_words() -> None:
    answer = read("vatt*")
    assert answer.query == any_of(*(f"vatten{n}" for n in range(128)))
    assert answer.notes == ("Sökningen vatt* omfattar de 128 vanligaste av 940 ord.",)


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        (
            "sk*",
            exact("sk"),
            "sk* är för kort: före * behövs minst 3 tecken. Det söks som ordet sk.",
        ),
        (
            "A-trak*",
            And((phrase("a", "trak"), exact("a"), exact("trak"))),
            "A-trak* är flera ord och söks som fras, utan *.",
        ),
        ("xyz*", any_of(), "Inget ord i arkivet börjar som xyz*."),
    ],
)
def test_a_prefix_that_cannot_be_is_told_of(text: str, query: Query, note: str) -> None:
    answer = read(text)
    assert (answer.query, answer.notes) == (query, (note,))


def test_a_prefix_does_not_score() -> None:
    assert not read("tryg*").scored
    assert read("tryg* torg").scored


# --- stop words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read_as", "left_out"),
    [
        ("bron i hamnen", "bron OCH hamnen", "i"),
        ("Bron I hamnen", "Bron OCH hamnen", "i"),
        ("i hamnen talare:åsa", 'hamnen talare:"Åsa Ek"', "i"),
        ("i hamnen ELLER på torget", "hamnen ELLER torget", "i, på"),
        ('i "bron"', '"bron"', "i"),
        ("i tryg*", "tryg*", "i"),
        ("i (bro ELLER hamn)", "bro ELLER hamn", "i"),
        ("bro -hamn i", "bro INTE hamn", "i"),
        # Kept: where there is nothing else, in quotes, with a minus, as an alternative.
        ("i", "i", ""),
        ("i och", "i OCH och", ""),
        ("i talare:åsa", 'i talare:"Åsa Ek"', ""),
        ("i -hamn", "i INTE hamn", ""),
        ('bro "i"', 'bro OCH "i"', ""),
        ("bro -i", "bro INTE i", ""),
        ("bro -(i hamn)", "bro INTE (i OCH hamn)", ""),
        ("bro ELLER i", "bro ELLER i", ""),
        ("(i och) ELLER bro", "(i OCH och) ELLER bro", ""),
        ("i-land", "i-land", ""),
    ],
)
def test_words_of_grammar_are_left_out_beside_others(
    text: str, read_as: str, left_out: str
) -> None:
    answer = read(text)
    assert answer.read_as == read_as
    assert answer.notes == ((STOP_NOTE.format(left_out),) if left_out else ())


def test_no_word_with_a_meaning_of_its_own_is_a_stop_word() -> None:
    assert STOP_WORDS.isdisjoint({"beslut", "dag", "del", "får", "vår", "år", "tid", "ja", "nej"})
    assert 80 < len(STOP_WORDS) < 160


# --- limits ----------------------------------------------------------------------------------


def test_a_long_query_is_cut_at_a_word() -> None:
    answer = read("x" * 505 + " bron hamnen torget")
    assert answer.notes == ("Frågan är för lång. Bara början av den, 510 tecken, har lästs.",)
    assert answer.read_as == "bron"  # what comes before is too long for a word


def test_a_query_of_the_greatest_length_is_read_whole() -> None:
    text = "torg " + "y" * 150 + " " + "z" * 150 + " " + "v" * 150 + " " + "w" * 54
    assert len(text) == MAX_CHARS
    assert read(text).notes == ()
    assert read(text).read_as == text
    assert read(text + "w").notes == (
        "Frågan är för lång. Bara början av den, 457 tecken, har lästs.",
    )


def test_a_phrase_that_is_cut_is_closed() -> None:
    answer = read('"' + "bron " * 200)
    assert answer.read_as.endswith('bron"')
    assert len(answer.read_as) <= MAX_CHARS


def test_words_beyond_the_limit_are_not_searched() -> None:
    words = [f"ord{n}" for n in range(MAX_WORDS + 2)]
    answer = read(" ".join(words))
    assert answer.query == And(tuple(map(exact, words[:MAX_WORDS])))
    assert answer.notes == (f"Bara de första {MAX_WORDS} orden och fraserna söks.",)
    assert read(" ".join(words[:MAX_WORDS])).notes == ()


def test_conditions_beyond_the_limit_are_not_held() -> None:
    conditions = [f"§:{n}" for n in range(1, MAX_WORDS + 2)]
    answer = read(" ".join(conditions))
    assert answer.read_as == " ".join(conditions[:MAX_WORDS])
    assert answer.notes == (f"Bara de första {MAX_WORDS} fälten används.",)
    assert read(" ".join(conditions[:MAX_WORDS])).notes == ()


def test_a_long_phrase_is_ranked_by_its_first_words() -> None:
    words = tuple(f"ord{n}" for n in range(MAX_WORDS + 2))
    query = read(f'"{" ".join(words)}"').query
    assert query == And((phrase(*words), *map(exact, words[:MAX_WORDS])))


def test_parentheses_in_each_other_have_a_limit() -> None:
    at_limit = "(torg ELLER " * MAX_DEPTH + "bro" + ")" * MAX_DEPTH
    assert read(at_limit).read_as == "torg ELLER bro"
    beyond = read(f"({at_limit})")
    assert beyond.read_as == "torg OCH bro"
    assert beyond.notes[0] == (
        "Mer än 20 parenteser står i varandra. Frågan läses som vanliga ord."
    )


def test_what_is_written_is_short_where_there_is_no_room() -> None:
    longer = " OR ".join(f"-{'x' * 20}{n}" for n in range(10, 28))
    assert len(longer.replace("OR", "ELLER").replace("-", "INTE ")) > MAX_CHARS
    assert read(longer).read_as == longer


# --- what is said of a query -----------------------------------------------------------------


def test_a_query_is_written_in_its_own_language() -> None:
    text = 'torg (skola OR bro) år:2015-2021 -"lika villkor" organ:barn'
    assert read(text).read_as == (
        'torg OCH (skola ELLER bro) INTE "lika villkor" '
        'organ:"Barn- och ungdomsnämnden" år:2015..2021'
    )


@pytest.mark.parametrize(
    ("text", "scored"),
    [
        ("torg", True),
        ('"torg"', True),
        ('"torg bro"', True),
        ("talare:åsa ELLER torg", True),
        ("-torg", False),
        ("talare:åsa", False),
        ("-torg tryg*", False),
    ],
)
def test_a_query_is_scored_where_it_looks_for_words(text: str, scored: bool) -> None:
    assert read(text).scored is scored


# --- conditions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "filters"),
    [
        (
            "torg organ:barn",
            exact("torg"),
            (Has(Attribute.BODY, ("barn-och-ungdomsnamnden",)),),
        ),
        (
            "(organ:barn (torg talare:åsa))",
            exact("torg"),
            (
                Has(Attribute.BODY, ("barn-och-ungdomsnamnden",)),
                Has(Attribute.SPEAKER, ("Åsa Ek",)),
            ),
        ),
        (
            "torg ELLER talare:åsa",
            Or((exact("torg"), Has(Attribute.SPEAKER, ("Åsa Ek",)))),
            (),
        ),
        (
            "torg -talare:åsa",
            And((exact("torg"), Not(Has(Attribute.SPEAKER, ("Åsa Ek",))))),
            (),
        ),
        ("-talare:åsa", Not(Has(Attribute.SPEAKER, ("Åsa Ek",))), ()),
        (
            "parti:ka (bro OCH plats:Sjövik ELLER torg)",
            Or((And((exact("bro"), Has(Attribute.PLACE, ("Sjövik",)))), exact("torg"))),
            (Has(Attribute.PARTY, ("KA", "ka")),),
        ),
    ],
)
def test_conditions_of_the_whole_query_are_lifted_out_of_it(
    text: str, query: Query, filters: tuple[Filter, ...]
) -> None:
    answer = read(text)
    assert (answer.query, answer.filters) == (query, filters)
