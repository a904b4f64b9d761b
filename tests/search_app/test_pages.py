"""The pages, as a reader without JavaScript meets them."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from corpus.render import UNREADABLE, sources
from indexer.archive import Archive
from indexer.config import Settings
from indexer.ingest import ingest
from indexer.model import PartKind
from search_app.help_examples import EXAMPLES, STARTERS
from search_app.retrieval.results import PassageView, Piece
from search_app.retrieval.search_request import SearchRequest
from search_app.site import Site
from search_app.views import opens_with_label
from search_app.wording import OUTCOMES
from tests.indexer.conftest import protokoll_html
from tests.search_app.conftest import Browser, addresses, client_of, parsed, words_of

PDF = "almhalla/kommunstyrelsen/2019-03-12/3-2019"
HTML = "almhalla/kommunfullmaktige/2026-03-26/3-2026"
PAGES = (
    "/",
    "/sok?q=skola",
    "/sok?q=",
    "/sok?q=xyzzyq",
    "/sok?q=skola&parti=S&fran=2010&till=2020",
    f"/protokoll/{PDF}",
    f"/protokoll/{PDF}?q=skola",
    "/hjalp",
    "/om",
)


# --- every page ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_what_a_screen_reader_steers_by(browser: Browser, address: str) -> None:
    page = browser.page(address)
    assert page.html
    assert page.html["lang"] == "sv"
    assert len(page.select("h1")) == 1
    assert len(page.select("main#innehall")) == 1
    assert addresses(page.select("body > a"))[0] == "#innehall"
    assert page.select("header")
    assert page.select("footer")


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label_and_every_page_one_search_form(
    browser: Browser, address: str
) -> None:
    page = browser.page(address)
    labelled = {str(label["for"]) for label in page.select("label")}
    fields = page.select("input:not([type=hidden])")
    assert {str(field["id"]) for field in fields} == labelled
    assert len(page.select("form[role=search]")) == 1


@pytest.mark.parametrize("address", PAGES)
def test_no_page_needs_anything_from_elsewhere(browser: Browser, address: str) -> None:
    page = browser.page(address)
    found = [str(tag.get("href") or tag.get("src")) for tag in page.select("[href], [src]")]
    assert [one for one in found if not one.startswith(("/", "#")) or one.startswith("//")] == []


@pytest.mark.parametrize("address", PAGES)
def test_every_id_is_there_once_and_every_link_within_a_page_leads_to_one(
    browser: Browser, address: str
) -> None:
    page = browser.page(address)
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    within = [one[1:] for one in addresses(page.select("a[href]")) if one.startswith("#")]
    assert set(within) <= set(ids)


@pytest.mark.parametrize("address", PAGES)
def test_headings_leave_out_no_level(browser: Browser, address: str) -> None:
    levels = [int(tag.name[1]) for tag in browser.page(address).select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_titles_tell_pages_apart(browser: Browser) -> None:
    titles = [words_of(browser.page(address).title) for address in PAGES]
    assert len(set(titles)) == len(titles)
    assert all(title.endswith(" – Protokollsök") for title in titles)


@pytest.mark.parametrize("address", ["/sok", "/hjalp", "/om", f"/protokoll/{PDF}"])
def test_an_address_may_end_with_a_slash(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}/").status_code == 200


def test_a_page_of_hits_with_its_style_is_light(sample: Site, client: FlaskClient) -> None:
    weight = len(client.get("/sok?q=skola").data) + len(sample.assets["protokollsok.css"])
    assert weight <= 60_000


def test_style_and_icon_are_kept_long_because_their_address_has_a_version(
    sample: Site, browser: Browser
) -> None:
    links = browser.links("/", "head link")
    assert len(links) == 2
    for link in links:
        assert sample.version in link
        response = browser.client.get(link)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
    old = browser.client.get("/static/0123/protokollsok.css")
    assert old.headers["Cache-Control"] == "private, no-cache"
    assert browser.client.get(f"/static/{sample.version}/views.py").status_code == 404


# --- start, help, about ----------------------------------------------------------------------


def test_the_start_page_says_what_is_in_the_archive(browser: Browser) -> None:
    page = browser.page("/")
    readable = [source for source in sources() if source.layout not in UNREADABLE]
    assert f"{len(readable)} protokoll från 1998–2026" in words_of(page.select_one(".lead"))
    assert "Stadsdelsnämnden Lergärdet" in words_of(page.select_one(".bodies"))


def test_a_body_on_the_start_page_leads_to_its_protokoll_alone(browser: Browser) -> None:
    links = browser.links("/", ".bodies a")
    page = browser.page(next(link for link in links if "organ=socialnamnden" in link))
    assert {words_of(body) for body in page.select(".source .body")} == {"Socialnämnden"}


@pytest.mark.parametrize("example", [*EXAMPLES, *STARTERS], ids=lambda one: one.text)
def test_every_example_is_read_without_a_word_of_doubt(
    sample: Site, browser: Browser, example: object
) -> None:
    assert isinstance(example, type(EXAMPLES[0]))
    found = sample.service.search(SearchRequest(text=example.text))
    if example.linked:
        assert found.total > 0
        assert found.notes == ()
        start, help_page = browser.links("/", "main a"), browser.links("/hjalp", "main a")
        assert f"/sok?q={quote(example.text)}" in start + help_page
    assert browser.page(f"/sok?q={quote(example.text)}")


def test_help_names_every_field_of_the_query_language(browser: Browser) -> None:
    text = words_of(browser.page("/hjalp").main)
    fields = "talare: parti: organ: plats: dnr: §: år: från: till: kommun: slag:"
    assert [one for one in fields.split() if one not in text] == []


def test_about_says_in_plain_words_what_was_not_read(browser: Browser) -> None:
    text = words_of(browser.page("/om").main)
    assert "Inskannade bilder 2" in text
    assert "socialnamnden-2006-09-20.pdf" in text
    assert "needs_ocr" not in text
    assert "rejected" not in text


def test_every_outcome_of_a_file_has_plain_words() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "kommandon.md").read_text("utf-8")
    table = documented.split("| utfall |")[1].split("\n\n")[0]
    assert {row.split("`")[1] for row in table.splitlines() if "`" in row} == set(OUTCOMES)


def test_an_archive_newer_than_its_index_is_said_to_be(
    sample_settings: Settings, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_settings.home, home)
    settings = replace(sample_settings, home=home)
    source = tmp_path / "new" / "protokoll.html"
    source.parent.mkdir()
    source.write_text(protokoll_html("2027-01-12"), "utf-8")
    client = client_of(settings)
    for address in ("/", "/om"):
        assert not parsed(client.get(address).text).select(".note")
    with Archive.open(settings.archive_path) as archive:
        ingest(source.parent, archive, settings)
    for address in ("/", "/om"):
        assert "sedan sökindexet gjordes" in words_of(
            parsed(client.get(address).text).select_one(".note")
        )


def test_the_site_tells_whether_it_can_search(client: FlaskClient, no_archive: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert no_archive.get("/healthz").status_code == 503


# --- a protokoll -----------------------------------------------------------------------------


def test_a_protokoll_has_a_head_and_contents(browser: Browser) -> None:
    page = browser.page(f"/protokoll/{PDF}")
    assert words_of(page.h1) == "Kommunstyrelsen 12 mars 2019"
    contents = [words_of(one) for one in page.select(".contents li")]
    assert contents[2:4] == [
        "§ 41 Information från kommundirektören",
        "§ 42 Svar på motion om en likvärdig skola i hela kommunen",
    ]
    assert not page.select("mark")


def test_one_can_go_from_mark_to_mark(browser: Browser) -> None:
    page = browser.page(f"/protokoll/{PDF}?q=skola")
    marks = page.select("mark")
    last = len(marks)
    assert last > 2
    assert [mark["id"] for mark in marks] == [f"traff-{n}" for n in range(1, last + 1)]
    steps = [addresses(step.select("a")) for step in page.select(".step")]
    assert steps[0] == ["#traff-2"]
    assert steps[1] == ["#traff-1", "#traff-3"]
    assert steps[-1] == [f"#traff-{last - 1}"]
    assert page.select(".step a")[0]["aria-label"] == f"Nästa träff, 2 av {last}"
    hits = len(page.select(".matches"))
    assert words_of(page.title).startswith(f"{hits} träffar på skola i Kommunstyrelsen")
    assert f"{last} ord markerade" in words_of(page.select_one(".marks"))


def test_a_query_of_filters_alone_points_out_passages(browser: Browser) -> None:
    page = browser.page(f"/protokoll/{PDF}?q=parti:V")
    matching = page.select(".matches")
    assert len(matching) > 1
    assert addresses(page.select(".marks a"))[0] == f"#{matching[0]['id']}"
    assert f"{len(matching)} träffar på parti:V" in words_of(page.select_one(".marks"))


def test_every_paragraf_and_passage_has_a_link_of_its_own(browser: Browser) -> None:
    page = browser.page(f"/protokoll/{PDF}?q=skola")
    links = addresses(page.select(".permalink"))
    anchors = [str(one["id"]) for one in page.select(".paragraf, .passage")]
    assert [link for link in links if not link.startswith(f"/protokoll/{PDF}#")] == []
    assert {urlsplit(link).fragment for link in links} == set(anchors)


def test_pages_of_the_original_are_linked(browser: Browser) -> None:
    page = browser.page(f"/protokoll/{PDF}")
    links = addresses(page.select("a.page"))
    assert f"/original/{PDF}#page=3" in links
    assert not browser.page(f"/protokoll/{HTML}").select("a.page")


@pytest.mark.parametrize(
    ("stycken", "expected"),
    [
        (("Yrkanden", "Bo Ek yrkar avslag."), True),
        (("Förslag till yrkande på sammanträdet",), True),
        (("Bo Ek återtar sitt yrkande.",), False),
        (("Bo Ek yrkar avslag",), False),
        (("Till protokollet fogas ett yrkande som är skriftligt",), False),
    ],
)
def test_a_printed_label_stands_in_for_ours(stycken: tuple[str, ...], expected: bool) -> None:
    pieces = tuple((Piece(text),) for text in stycken)
    passage = PassageView("p1-1", PartKind.YRKANDE, "yrkande", (), 1, True, False, pieces)
    assert opens_with_label(passage) is expected


def test_an_id_that_was_given_up_leads_on_and_keeps_the_query(
    sample_settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(sample_settings.home, tmp_path / "home")
    settings = replace(sample_settings, home=tmp_path / "home")
    with sqlite3.connect(settings.archive_path) as connection:
        connection.execute("INSERT INTO aliases (old, new) VALUES ('ekstad/gammalt', ?)", (PDF,))
    connection.close()
    client = client_of(settings)
    for old, new in (
        ("/protokoll/ekstad/gammalt?q=lika+villkor", f"/protokoll/{PDF}?q=lika+villkor"),
        ("/api/v1/protokoll/ekstad/gammalt?q=a", f"/api/v1/protokoll/{PDF}?q=a"),
        ("/original/ekstad/gammalt", f"/original/{PDF}"),
    ):
        response = client.get(old)
        assert response.status_code == 301
        assert response.headers["Location"] == new


# --- errors ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/finns-inte", "/protokoll/a/b", "/original/a", "/protokoll"])
def test_what_is_not_there_is_said_on_a_page_of_ours(browser: Browser, address: str) -> None:
    page = browser.page(address, 404)
    assert words_of(page.h1) == "Sidan finns inte"
    assert page.select("form[role=search]")


def test_pages_take_nothing_in(client: FlaskClient) -> None:
    response = client.post("/sok", data={"q": "skola"})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert "tar inte emot" in response.text


@pytest.mark.parametrize("address", ["/", "/sok?q=skola", f"/protokoll/{PDF}", "/om"])
def test_without_an_archive_the_page_says_what_to_do(
    no_archive: FlaskClient, address: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    response = no_archive.get(address)
    page = parsed(response.text)
    assert response.status_code == 503
    assert words_of(page.h1) == "Det går inte att söka just nu"
    assert "protokoll index MAPP" in words_of(page.select_one("details p"))
    assert str(tmp_path) in caplog.text  # the reason, for the log alone
    assert str(tmp_path) not in response.text


def test_help_needs_no_archive(no_archive: FlaskClient) -> None:
    assert no_archive.get("/hjalp").status_code == 200
