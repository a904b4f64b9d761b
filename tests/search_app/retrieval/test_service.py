"""A request gives a page of hits; what the page says is what the archive holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from indexer.engines.base import Attribute, Sort
from indexer.errors import ArchiveMissing, IndexMismatch, IndexMissing
from search_app.retrieval.results import Moved, ResultPage
from search_app.retrieval.search_request import Chosen, SearchRequest, from_parameters
from search_app.retrieval.service import SearchService
from tests.indexer.conftest import protokoll_html
from tests.search_app.retrieval.conftest import Searched

BODY = Attribute.BODY


def request(text: str = "", **given: str) -> SearchRequest:
    return from_parameters([("q", text), *given.items()])


def found(searched: Searched, text: str = "", **given: str) -> ResultPage:
    return searched.service.search(request(text, **given))


def places(page: ResultPage) -> list[str]:
    return [f"{hit.date} § {hit.paragraf}" for hit in page.hits]


def test_a_hit_tells_where_it_stands(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas upp.", "Bron målas om."))
    searched.index()
    page = found(searched, "kajen")
    (hit,) = page.hits
    assert (page.total, page.pages, page.read_as) == (1, 1, "kajen")
    assert hit.id.startswith("ekstad/kommunstyrelsen/2021-05-25#p1-")
    assert (hit.paragraf, hit.body, hit.municipality) == ("1", "Kommunstyrelsen", "Ekstad")
    assert hit.date == dt.date(2021, 5, 25)
    assert hit.title
    assert hit.title.text == "Ärende 1"
    assert hit.url == f"/protokoll/{hit.id.replace('#', '?q=kajen#')}"
    assert hit.page is None  # HTML has no pages
    (snippet,) = hit.snippets
    assert [mark.of(snippet.text) for mark in snippet.marks] == ["Kajen"]


def test_a_word_of_the_title_is_marked_in_the_title(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas upp.", "Bron målas om."))
    searched.index()
    page = found(searched, "ärendet 2")
    (hit,) = page.hits
    assert hit.title
    assert [mark.of(hit.title.text) for mark in hit.title.marks] == ["Ärende", "2"]
    assert all(not snippet.marks for snippet in hit.snippets)


def test_the_number_before_a_title_does_not_shift_its_marks(searched: Searched) -> None:
    paragrafer = ["Text."] * 11
    searched.write("a.html", protokoll_html("2021-05-25", *paragrafer))
    searched.index()
    (hit,) = found(searched, '"ärende 11"').hits
    assert hit.title
    assert [mark.of(hit.title.text) for mark in hit.title.marks] == ["Ärende", "11"]


def test_of_a_phrase_only_the_phrase_is_marked(searched: Searched) -> None:
    text = "Kajen är lång och kajer är dyra, men kajen är vår och kajen är lång."
    searched.write("a.html", protokoll_html("2021-05-25", text))
    searched.index()
    (hit,) = found(searched, '"kajen är lång"').hits
    (snippet,) = hit.snippets
    marked = [mark.of(snippet.text) for mark in snippet.marks]
    assert marked == ["Kajen", "är", "lång", "kajen", "är", "lång"]


def test_hits_of_one_paragraf_stand_together(searched: Searched) -> None:
    text = "Kajen rustas.</p><p><b>Yrkanden</b></p><p>Ada Lind (S) yrkar att kajen rivs."
    searched.write("a.html", protokoll_html("2021-05-25", text, "Kajen är lång."))
    searched.index()
    page = found(searched, "kajen")
    assert page.total == 3
    assert sorted(len(group) for group in page.groups) == [1, 2]
    assert sum(len(group) for group in page.groups) == len(page.hits)


def test_a_chosen_body_filters_and_its_facet_still_offers_the_others(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas."))
    searched.write("b.html", protokoll_html("2022-05-25", "Kajen rivs.", body="Socialnämnden"))
    searched.index()
    page = found(searched, "kajen", organ="socialnamnden")
    assert page.total == 1
    assert [(v.label, v.count, v.chosen) for v in page.facets[BODY]] == [
        ("Kommunstyrelsen", 1, False),
        ("Socialnämnden", 1, True),
    ]
    assert [(v.value, v.count) for v in page.facets[Attribute.YEAR]] == [("2022", 1)]


def test_a_body_may_be_chosen_by_its_name(searched: Searched) -> None:
    searched.write("b.html", protokoll_html("2022-05-25", "Kajen rivs.", body="Socialnämnden"))
    searched.index()
    assert found(searched, "kajen", organ="Socialnämnden").total == 1


def test_a_party_is_one_however_its_time_wrote_it(searched: Searched) -> None:
    for day, party in (("2005-05-25", "fp"), ("2012-05-25", "FP"), ("2020-05-25", "ÖrP")):
        said = (
            f"Kajen rustas.</p><p><b>Yrkanden</b></p><p>Bo Ask ({party}) yrkar bifall till kajen."
        )
        searched.write(f"{day}.html", protokoll_html(day, said))
    searched.index()
    parties = found(searched, "kajen slag:yrkande").facets[Attribute.PARTY]
    assert {(v.value, v.count) for v in parties} == {("FP", 2), ("ÖrP", 1)}
    for asked in ("fp", "FP"):
        assert found(searched, "kajen", parti=asked).total == 2
        hits = found(searched, f"kajen parti:{asked}").hits
        assert {hit.speakers[0].party for hit in hits} == {"fp", "FP"}, "shown as printed"


def test_a_chosen_value_that_nothing_has_is_shown_with_none(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas."))
    searched.index()
    page = found(searched, "kajen", talare="Ingen Alls")
    assert page.total == 0
    assert [(v.value, v.count, v.chosen) for v in page.facets[Attribute.SPEAKER]] == [
        ("Ingen Alls", 0, True)
    ]


def test_dates_filter_and_years_are_told(searched: Searched) -> None:
    for year in (2019, 2020, 2021):
        searched.write(f"{year}.html", protokoll_html(f"{year}-05-25", "Kajen rustas."))
    searched.index()
    page = found(searched, "kajen", fran="2020", till="2020-12")
    assert places(page) == ["2020-05-25 § 1"]
    assert (page.first_year, page.last_year) == (2019, 2021)


def test_without_words_the_newest_comes_first(searched: Searched) -> None:
    for year in (2019, 2021, 2020):
        searched.write(f"{year}.html", protokoll_html(f"{year}-05-25", "Kajen rustas."))
    searched.index()
    page = found(searched, slag="beslut")
    assert page.sort is Sort.NEWEST
    assert places(page) == ["2021-05-25 § 1", "2020-05-25 § 1", "2019-05-25 § 1"]
    assert places(found(searched, slag="beslut", sort="aldst")) == places(page)[::-1]


def test_paging_shows_every_hit_once_and_ends_at_the_last_page(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", *["Kajen rustas."] * 7))
    searched.index()
    pages = [found(searched, "kajen", antal="3", sida=str(number)) for number in (1, 2, 3)]
    ids = [hit.id for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [3, 3, 1]
    assert len(set(ids)) == 7
    beyond = found(searched, "kajen", antal="3", sida="99")
    assert beyond.request.page == 3
    assert [hit.id for hit in beyond.hits] == ids[6:]


def test_a_new_generation_is_picked_up_by_itself(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas."))
    searched.index()
    assert found(searched, "kanalen").total == 0
    searched.write("b.html", protokoll_html("2022-05-25", "Kanalen grävs."))
    searched.index()
    assert found(searched, "kanalen").total == 1


def test_a_hit_that_was_read_anew_since_is_left_out_and_said(searched: Searched) -> None:
    """Its words, § and speaker could be others by now."""
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas."))
    searched.write("b.html", protokoll_html("2022-05-25", "Kajen rustas."))
    searched.index()
    searched.write("a.html", protokoll_html("2021-05-25", "Ett annat ärende.", "Kajen rustas."))
    searched.house.ingest()
    page = found(searched, "kajen")
    assert places(page) == ["2022-05-25 § 1"]
    assert page.total == 2
    assert page.notes == (
        "1 träff visas inte här, för protokollet har lästs om sedan sökindexet gjordes.",
    )
    assert searched.service.overview().stale
    searched.index()
    assert not searched.service.overview().stale
    assert places(found(searched, "kajen", sort="aldst")) == ["2021-05-25 § 2", "2022-05-25 § 1"]


def test_a_withdrawn_protokoll_is_gone(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen rustas."))
    searched.write("b.html", protokoll_html("2022-05-25", "Kajen rustas."))
    searched.index()
    (searched.house.root / "a.html").unlink()
    searched.index(vanish_after_runs=1)
    assert places(found(searched, "kajen")) == ["2022-05-25 § 1"]
    assert searched.service.protokoll("ekstad/kommunstyrelsen/2021-05-25") is None


# --- a protokoll to read ---------------------------------------------------------------------


def test_a_protokoll_is_shown_with_its_hits_numbered(searched: Searched) -> None:
    searched.write(
        "a.html", protokoll_html("2021-05-25", "Kajen och kajens bod.", "Bron.", "En kaj till.")
    )
    searched.index()
    page = searched.service.protokoll("ekstad/kommunstyrelsen/2021-05-25", "kaj")
    assert page
    assert not isinstance(page, Moved)
    marked = [
        (piece.mark, piece.text)
        for section in page.paragrafer
        for passage in section.passages
        for stycke in passage.stycken
        for piece in stycke
        if piece.mark
    ]
    assert marked == [(1, "Kajen"), (2, "kajens"), (3, "kaj")]
    assert (page.marks, page.hits) == (3, 2)
    assert [s.number for s in page.paragrafer if s.number] == ["1", "2", "3"]


def test_all_text_of_a_protokoll_is_shown(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25", "Första.", "Andra.", "Tredje."))
    searched.index()
    page = searched.service.protokoll("ekstad/kommunstyrelsen/2021-05-25")
    assert page
    assert not isinstance(page, Moved)
    shown = "\n".join(
        "".join(piece.text for piece in stycke)
        for section in page.paragrafer
        for passage in section.passages
        for stycke in passage.stycken
    )
    for word in ("Första.", "Andra.", "Tredje.", "Sammanträdesdatum"):
        assert word in shown
    assert (page.marks, page.hits, page.read_as) == (0, 0, "")


def test_an_id_given_up_leads_on(searched: Searched) -> None:
    """Of two files for one meeting the second has an id of its own until the first is gone."""
    searched.write("a.html", protokoll_html("2021-05-25", "Kajen och bron."))
    searched.write("b.html", protokoll_html("2021-05-25", "Kajen."))
    searched.index()
    plain = "ekstad/kommunstyrelsen/2021-05-25"
    (second,) = {hit.protokoll for hit in found(searched, "kajen").hits} - {plain}
    (searched.house.root / "a.html").unlink()
    searched.index(vanish_after_runs=1)
    assert searched.service.protokoll(second) == Moved(plain)
    assert searched.service.original(second) == Moved(plain)


def test_an_unknown_id_gives_nothing(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25"))
    searched.index()
    assert searched.service.protokoll("ekstad/socialnamnden/2021-05-25") is None
    assert searched.service.original("../../etc/passwd") is None


# --- what is missing -------------------------------------------------------------------------


def test_no_index_is_said_with_the_command_to_run(searched: Searched) -> None:
    searched.house.ingest()
    with pytest.raises(IndexMissing, match="protokoll reindex"):
        searched.service.search(request("kajen"))


def test_an_archive_that_is_gone_is_said(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25"))
    searched.index()
    for path in searched.house.settings.home.glob("archive.sqlite*"):
        path.unlink()
    with pytest.raises(ArchiveMissing):
        searched.service.search(request("nämnden"))


def test_an_index_of_another_engine_is_refused(searched: Searched) -> None:
    searched.write("a.html", protokoll_html("2021-05-25"))
    searched.index()
    other = SearchService(replace(searched.house.settings, engine="whoosh"))
    with pytest.raises(IndexMismatch, match="whoosh"):
        other.search(request("nämnden"))


# --- requests as addresses -------------------------------------------------------------------


def test_an_address_and_its_request_are_the_same() -> None:
    asked = SearchRequest(
        text='"lika villkor" & mer',
        chosen=(Chosen(BODY, "socialnamnden"), Chosen(Attribute.SPEAKER, "Åsa Öst")),
        first=dt.date(2015, 1, 1),
        last=dt.date(2021, 12, 31),
        sort=Sort.OLDEST,
        page=3,
        size=50,
    )
    assert from_parameters(asked.parameters()) == asked


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("sida", value) for value in ("0", "-1", "x", "", "٣", "1" * 20, "1e3")],
        *[("antal", value) for value in ("0", "x")],
        *[("fran", value) for value in ("2015-13", "0000", "igår", "2015-02-30", "20150101x")],
        ("sort", "pris"),
        ("okand", "1"),
    ],
)
def test_a_parameter_that_cannot_be_is_passed_over(name: str, value: str) -> None:
    assert from_parameters([("q", "kaj"), (name, value)]) in (
        SearchRequest("kaj"),
        SearchRequest("kaj", size=1),
    )


def test_of_a_repeated_parameter_the_first_counts() -> None:
    assert from_parameters([("q", "kaj"), ("q", "bro"), ("sida", "2"), ("sida", "3")]) == (
        SearchRequest("kaj", page=2)
    )


def test_a_month_ends_with_its_last_day() -> None:
    asked = from_parameters([("fran", "2024-02"), ("till", "2024-02")])
    assert (asked.first, asked.last) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
