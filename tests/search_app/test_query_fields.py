from __future__ import annotations

import datetime as dt

import pytest

from indexer.engines.base import Attribute, Dated, Everything, Has
from search_app.retrieval.query_fields import misspelt
from tests.search_app.query_archive import read

BODY, SPEAKER = Attribute.BODY, Attribute.SPEAKER
BARN = ("barn-och-ungdomsnamnden",)
UTBILDNING = ("utbildningsnamnden", "utbildningsnamndens-utskott")


@pytest.mark.parametrize(
    ("text", "condition", "read_as"),
    [
        ("talare:Almdal", Has(SPEAKER, ("Karin Almdal",)), 'talare:"Karin Almdal"'),
        ("TALARE:almdal", Has(SPEAKER, ("Karin Almdal",)), 'talare:"Karin Almdal"'),
        ('talare:"alm kar"', Has(SPEAKER, ("Karin Almdal",)), 'talare:"Karin Almdal"'),
        ("talare:”karin almdal”", Has(SPEAKER, ("Karin Almdal",)), 'talare:"Karin Almdal"'),
        ("talare:alm*", Has(SPEAKER, ("Karin Almdal",)), 'talare:"Karin Almdal"'),
        # As it is spelt, else without the marks that a keyboard may lack.
        ("talare:åsa", Has(SPEAKER, ("Åsa Ek",)), 'talare:"Åsa Ek"'),
        ("talare:asa", Has(SPEAKER, ("Asa Gran",)), 'talare:"Asa Gran"'),
        ("talare:asberg", Has(SPEAKER, ("Karin Åsberg",)), 'talare:"Karin Åsberg"'),
        # A name that cannot be written in quotes stands as it was asked for.
        ("talare:vivi", Has(SPEAKER, ("Eva ”Vivi” Lind",)), "talare:vivi"),
        ("parti:ka", Has(Attribute.PARTY, ("KA", "ka")), "parti:KA"),
        ("parti:KAL", Has(Attribute.PARTY, ("Kal",)), "parti:Kal"),
        ("organ:tekniska", Has(BODY, ("tekniska-namnden",)), 'organ:"Tekniska nämnden"'),
        ("organ:tekniska-namnden", Has(BODY, ("tekniska-namnden",)), 'organ:"Tekniska nämnden"'),
        # Its whole name, though another's begins so too.
        ("organ:Utbildningsnämnden", Has(BODY, UTBILDNING[:1]), "organ:Utbildningsnämnden"),
        ("organ:utbildningsnamnden", Has(BODY, UTBILDNING[:1]), "organ:Utbildningsnämnden"),
        ('organ:"ungdom barn"', Has(BODY, BARN), 'organ:"Barn- och ungdomsnämnden"'),
        ("kommun:alm", Has(Attribute.MUNICIPALITY, ("almhalla",)), "kommun:Almhälla"),
        ("kommun:almhalla", Has(Attribute.MUNICIPALITY, ("almhalla",)), "kommun:Almhälla"),
        ("slag:beslut", Has(Attribute.KIND, ("beslut",)), "slag:beslut"),
        ("slag:yttrande", Has(Attribute.KIND, ("sarskilt_yttrande",)), 'slag:"särskilt yttrande"'),
        ("plats:sjö", Has(Attribute.PLACE, ("Sjövik",)), "plats:Sjövik"),
        ('plats:"norra torget"', Has(Attribute.PLACE, ("Norra torget",)), 'plats:"Norra torget"'),
        ("dnr:ks2031/0007", Has(Attribute.DNR, ("KS 2031/7",)), 'dnr:"KS 2031/7"'),
        ("dnr:KS 2031/0007", Has(Attribute.DNR, ("KS 2031/7",)), 'dnr:"KS 2031/7"'),
        ('dnr:"Dnr KS 2031/7"', Has(Attribute.DNR, ("KS 2031/7",)), 'dnr:"KS 2031/7"'),
        ("dnr:2031-00712", Has(Attribute.DNR, ("2031/712",)), 'dnr:"2031/712"'),
        ("§:12", Has(Attribute.PARAGRAF, ("12",)), "§:12"),
        ("§:12A", Has(Attribute.PARAGRAF, ("12a",)), "§:12a"),
        ('§:"12 a"', Has(Attribute.PARAGRAF, ("12a",)), "§:12a"),
        ("paragraf:012", Has(Attribute.PARAGRAF, ("12",)), "§:12"),
    ],
)
def test_a_field_is_a_condition(text: str, condition: Has, read_as: str) -> None:
    answer = read(text)
    assert (answer.query, answer.filters) == (Everything(), (condition,))
    assert (answer.read_as, answer.notes) == (read_as, ())


@pytest.mark.parametrize(
    ("text", "condition", "note"),
    [
        (
            "talare:karin",
            Has(SPEAKER, ("Karin Almdal", "Karin Åsberg")),
            "talare:karin omfattar Karin Almdal och Karin Åsberg.",
        ),
        (
            "organ:utb",
            Has(BODY, UTBILDNING),
            "organ:utb omfattar Utbildningsnämnden och Utbildningsnämndens utskott.",
        ),
        (
            "talare:nils",
            Has(SPEAKER, tuple(f"Nils Nr{n}" for n in range(1, 9))),
            "talare:nils omfattar Nils Nr1, Nils Nr2, Nils Nr3, Nils Nr4, Nils Nr5 och 3 till.",
        ),
        ("talare:Obefintlig", Has(SPEAKER, ()), "Ingen talare i arkivet heter Obefintlig."),
        ("talare:lmdal", Has(SPEAKER, ()), "Ingen talare i arkivet heter lmdal."),
        ("parti:K", Has(Attribute.PARTY, ()), "Inget parti i arkivet heter K."),
        ('organ:"{0}"', Has(BODY, ()), "Inget organ i arkivet heter {0}."),
        (
            "kommun:Fjärran",
            Has(Attribute.MUNICIPALITY, ()),
            "Ingen kommun i arkivet heter Fjärran.",
        ),
        ("slag:sång", Has(Attribute.KIND, ()), "Ingen del av ett protokoll är av slaget sång."),
    ],
)
def test_a_name_of_several_or_of_none_is_told_of(text: str, condition: Has, note: str) -> None:
    answer = read(text)
    assert (answer.filters, answer.notes) == ((condition,), (note,))
    assert answer.read_as == text


def test_a_place_that_the_archive_does_not_know_is_read_as_its_words() -> None:
    answer = read('plats:"Södra torget"')
    assert (answer.filters, answer.read_as) == ((), "Södra OCH torget")
    assert answer.notes == (
        "Arkivet känner ingen plats som heter Södra torget. Det söks som vanliga ord.",
    )
    assert read('-plats:"Södra torget"').read_as == "INTE (Södra OCH torget)"


@pytest.mark.parametrize(
    ("text", "read_as", "notes"),
    [
        ("okänt:torg", "okänt:torg", ()),
        ("kl 12:30", "kl OCH 12:30", ()),
        ("EU:s", "EU:s", ()),
        ("talar:karin", "talar:karin", ("talar:karin läses som vanliga ord. Menade du talare:?",)),
        (
            "tallare:karin",
            "tallare:karin",
            ("tallare:karin läses som vanliga ord. Menade du talare:?",),
        ),
        (
            "talare: torg",
            "talare OCH torg",
            ("Efter talare: väntas ett värde utan blanksteg. talare söks som ett ord.",),
        ),
        (
            'Talare:"" torg',
            "Talare OCH torg",
            ("Efter talare: väntas ett värde utan blanksteg. Talare söks som ett ord.",),
        ),
        (
            "torg talare:,",
            "torg OCH talare",
            ("Efter talare: väntas ett värde utan blanksteg. talare söks som ett ord.",),
        ),
        ("torg.talare:åsa", "torg.talare:åsa", ()),
        (".talare:åsa", 'talare:"Åsa Ek"', ()),
    ],
)
def test_what_is_no_field_is_words(text: str, read_as: str, notes: tuple[str, ...]) -> None:
    answer = read(text)
    assert (answer.filters, answer.read_as, answer.notes) == (
        () if "Åsa" not in read_as else (Has(SPEAKER, ("Åsa Ek",)),),
        read_as,
        notes,
    )


@pytest.mark.parametrize(
    ("run", "field"),
    [
        ("talar:x", "talare"),
        ("tallare:x", "talare"),
        ("talrae:x", "talare"),
        ("Orgen:x", "organ"),
        ("frn:x", None),  # too short to tell
        ("tal:x", None),
        ("taalaare:x", None),
        ("torg:x", None),
        ("torg", None),
    ],
)
def test_a_name_one_letter_from_a_field_is_noticed(run: str, field: str | None) -> None:
    assert misspelt(run) == field


# --- days ------------------------------------------------------------------------------------


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "first", "last", "read_as"),
    [
        ("år:2015", "2015-01-01", "2015-12-31", "år:2015"),
        ("ar:2015", "2015-01-01", "2015-12-31", "år:2015"),
        ("År:2015,", "2015-01-01", "2015-12-31", "år:2015"),
        ("år:2015.", "2015-01-01", "2015-12-31", "år:2015"),
        ("a\u030ar:2015", "2015-01-01", "2015-12-31", "år:2015"),
        ("år:2015..2021", "2015-01-01", "2021-12-31", "år:2015..2021"),
        ("år:2015-2021", "2015-01-01", "2021-12-31", "år:2015..2021"),
        ("år:2015–2021", "2015-01-01", "2021-12-31", "år:2015..2021"),
        ("år:2015…2021", "2015-01-01", "2021-12-31", "år:2015..2021"),
        ("år:2021..2015", "2015-01-01", "2021-12-31", "år:2015..2021"),
        ('år:"2015 - 2021"', "2015-01-01", "2021-12-31", "år:2015..2021"),
        ("år:2015..", "2015-01-01", "", "år:2015.."),
        ("år:2015-", "2015-01-01", "", "år:2015.."),
        ("år:..2021", "", "2021-12-31", "år:..2021"),
        ("från:2015", "2015-01-01", "", "år:2015.."),
        ("fran:2015-03", "2015-03-01", "", "från:2015-03"),
        ("från:2015-03-24", "2015-03-24", "", "från:2015-03-24"),
        ('från:"4 mars 2021"', "2021-03-04", "", "från:2021-03-04"),
        ('från:"den 4 mars 2021"', "2021-03-04", "", "från:2021-03-04"),
        ("till:2015", "", "2015-12-31", "år:..2015"),
        ("till:2015-02", "", "2015-02-28", "till:2015-02"),
        ("till:2016-02", "", "2016-02-29", "till:2016-02"),
        ("till:2016-02-28", "", "2016-02-28", "till:2016-02-28"),
        ("från:2015 till:2016", "2015-01-01", "2016-12-31", "år:2015..2016"),
        ("från:2015 till:2016-03", "2015-01-01", "2016-03-31", "från:2015 till:2016-03"),
        # Several hold together.
        ("år:2015..2020 år:2018..", "2018-01-01", "2020-12-31", "år:2018..2020"),
        ("år:2015..2020 till:2016-06-06", "2015-01-01", "2016-06-06", "från:2015 till:2016-06-06"),
        ("från:2015 (från:2016 (från:2014))", "2016-01-01", "", "år:2016.."),
        ("år:0800", "0800-01-01", "0800-12-31", "år:0800"),
    ],
)
def test_years_and_days_are_a_period(text: str, first: str, last: str, read_as: str) -> None:
    answer = read(text)
    assert (answer.query, answer.filters) == (Everything(), (Dated(day(first), day(last)),))
    assert (answer.read_as, answer.notes) == (read_as, ())


YEARS = "Skriv till exempel år:2015 eller år:2015..2021."
DAYS = "Skriv till exempel {0}:2015, {0}:2015-03 eller {0}:2015-03-24."
PARAGRAFER = "Skriv till exempel §:12 eller §:12a."


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("år:20x5", f"20x5 är inget årtal och söks inte. {YEARS}"),
        ("år:15", f"15 är inget årtal och söks inte. {YEARS}"),
        ("år:0000", f"0000 är inget årtal och söks inte. {YEARS}"),
        ("från:igår", f"igår är inget datum och söks inte. {DAYS.format('från')}"),
        ("till:2015-02-30", f"2015-02-30 är inget datum och söks inte. {DAYS.format('till')}"),
        ("till:2015-13", f"2015-13 är inget datum och söks inte. {DAYS.format('till')}"),
        ("till:2015-00", f"2015-00 är inget datum och söks inte. {DAYS.format('till')}"),
        ("från:0000-01", f"0000-01 är inget datum och söks inte. {DAYS.format('från')}"),
        ("§:tolv", f"tolv är inget paragrafnummer och söks inte. {PARAGRAFER}"),
        ("dnr:٣", "٣ är inget diarienummer och söks inte."),
    ],
)
def test_what_cannot_be_is_told_of_and_passed_over(text: str, note: str) -> None:
    answer = read(f"{text} torg")
    assert (answer.filters, answer.read_as, answer.notes) == ((), "torg", (note,))


def test_years_of_nothing_are_the_words_of_their_field() -> None:
    assert read("år:..").read_as == "år"


def test_periods_that_share_no_day_are_told_of() -> None:
    answer = read("år:2015 år:2017")
    assert answer.filters == (
        Dated(first=dt.date(2017, 1, 1)),
        Dated(last=dt.date(2015, 12, 31)),
    )
    assert answer.read_as == "år:2017.. år:..2015"
    assert answer.notes == (
        "Tidsgränserna utesluter varandra. Inget protokoll kan ligga inom dem.",
    )


def test_a_period_may_be_one_of_several_alternatives() -> None:
    answer = read("torg ELLER (från:2015-03 till:2016-02-03) ELLER år:2020")
    assert answer.filters == ()
    assert answer.read_as == "torg ELLER (från:2015-03 till:2016-02-03) ELLER år:2020"
    assert read("-(från:2015-03 till:2016-02-03)").read_as == (
        "INTE (från:2015-03 till:2016-02-03)"
    )
