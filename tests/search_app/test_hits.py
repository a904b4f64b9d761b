"""The page of hits: what a hit says, filters, order and paging."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.retrieval.search_request import SearchRequest
from search_app.site import Site
from search_app.views import shown_pages
from tests.search_app.conftest import Browser, addresses, words_of


def test_the_count_comes_first(sample: Site, browser: Browser) -> None:
    total = sample.service.search(SearchRequest(text="likvärdighet")).total
    page = browser.page("/sok?q=likvärdighet")
    assert total > 1
    assert words_of(page.title).startswith(f"{total} träffar på likvärdighet")
    assert words_of(page.h1) == f"{total} träffar på likvärdighet"


def test_hits_are_headings_in_a_list_and_say_where_they_stand(browser: Browser) -> None:
    page = browser.page('/sok?q="nio procent" organ:kommunfullmäktige')
    council = browser.page("/sok?q=likvärdighetsredovisning&ar=2026&organ=kommunfullmaktige")
    first = council.select("ol > li")[0]
    assert page.select_one("h2")
    assert words_of(first.h3) == "§ 39 Likvärdighetsredovisning för 2025"
    said = words_of(first.select_one(".source"))
    assert said.startswith("Kommunfullmäktige, 26 mars 2026")
    assert "Protokoll 3/2026" in said
    assert "Dnr KS 2026/0031" in said


def test_exactly_the_matched_words_are_marked(browser: Browser) -> None:
    page = browser.page('/sok?q="lika villkor"')
    marked = {words_of(mark).casefold() for mark in page.select("mark")}
    assert marked
    assert marked <= {"lika villkor", "lika", "villkor"}


def test_speakers_are_named_with_their_party(browser: Browser) -> None:
    page = browser.page("/sok?q=motionen&slag=yrkande&organ=kommunstyrelsen")
    assert "Kent Rydestam (SD)" in [words_of(one) for one in page.select(".people li")]


def test_hits_of_one_paragraf_are_folded(sample: Site, browser: Browser) -> None:
    found = sample.service.search(SearchRequest(text="skola"))
    page = browser.page("/sok?q=skola")
    assert len(page.select(".hit-list > li")) == len(found.groups) < len(found.hits)
    folded = [group for group in found.groups if len(group) > 1]
    summaries = page.select("details.more > summary")
    assert [words_of(one).split()[0] for one in summaries] == [
        str(len(group) - 1) for group in folded
    ]
    assert len(page.select(".hit-list .snippet")) == sum(len(hit.snippets) for hit in found.hits)


def test_every_hit_leads_to_its_passage(browser: Browser) -> None:
    for link in browser.links("/sok?q=skola", ".hit h3 a, .more a"):
        anchor = urlsplit(link).fragment
        target = browser.page(link).find(id=anchor)
        assert target, link
        assert "matches" in target["class"]


def test_every_original_of_the_hits_can_be_had(browser: Browser) -> None:
    links = browser.links("/sok?q=skola", ".source a")
    assert any("#page=" in link for link in links)
    assert {browser.client.get(link).status_code for link in links} == {200}


def test_a_facet_leads_to_as_many_hits_as_it_says(browser: Browser) -> None:
    page = browser.page("/sok?q=skola")
    links = page.select(".facet a")
    assert len(links) > 20
    for link in links[::4]:
        count = words_of(link.select_one(".count"))
        assert words_of(browser.page(str(link["href"])).h1).startswith(f"{count} träff")


def test_a_chosen_filter_can_be_taken_away(browser: Browser) -> None:
    page = browser.page("/sok?q=skola&parti=S&ar=2019&fran=2010")
    chips = page.select(".chips a")
    assert [words_of(chip) for chip in chips] == [
        "Ta bort filtret År: 2019×",
        "Ta bort filtret Parti: S×",
        "Ta bort filtret från 1 januari 2010×",
        "Ta bort alla filter",
    ]
    assert parse_qs(urlsplit(str(chips[1]["href"])).query) == {
        "q": ["skola"],
        "ar": ["2019"],
        "fran": ["2010-01-01"],
    }
    assert str(chips[3]["href"]) == "/sok?q=skola"


def test_a_new_search_keeps_the_filters_and_starts_at_the_first_page(browser: Browser) -> None:
    page = browser.page("/sok?q=skola&organ=utbildningsnamnden&sort=nyast&sida=2&fran=2001")
    hidden = {str(one["name"]): str(one["value"]) for one in page.select("input[type=hidden]")}
    assert hidden == {"organ": "utbildningsnamnden", "sort": "nyast"}
    years_asked = page.select_one("input[name=fran]")
    assert years_asked
    assert years_asked["value"] == "2001"
    assert years_asked["form"] == "sokform"


def test_a_day_that_is_no_whole_year_stays_as_it_was_given(browser: Browser) -> None:
    page = browser.page("/sok?q=skola&fran=2001-01-01&till=2019-06-30")
    values = [str(page.find(id=name)["value"]) for name in ("fran", "till")]  # type: ignore[index]  # a field not found fails
    assert values == ["2001", "2019-06-30"]


def test_the_pages_lead_to_the_last_hit(sample: Site, browser: Browser) -> None:
    total = sample.service.search(SearchRequest(text="skola")).total
    seen: list[str] = []
    address: str | None = "/sok?q=skola"
    while address:
        page = browser.page(address)
        seen += addresses(page.select(".hit h3 a, .more a"))
        following = page.select("a[rel=next]")
        address = addresses(following)[0] if following else None
    assert len(seen) == len(set(seen)) == total


def test_a_page_beyond_the_last_is_the_last(sample: Site, browser: Browser) -> None:
    pages = sample.service.search(SearchRequest(text="skola")).pages
    page = browser.page("/sok?q=skola&sida=9999")
    assert not page.select("a[rel=next]")
    assert words_of(page.select_one(".paging [aria-current]")) == f"Sida {pages}"


def test_the_order_can_be_changed(browser: Browser) -> None:
    dates = [words_of(one) for one in browser.page("/sok?q=skola&sort=aldst").select(".date")]
    assert dates[0] == "24 mars 1998"
    newest = browser.page("/sok?q=skola&sort=nyast")
    assert words_of(newest.select_one(".sort [aria-current]")) == "Nyast först"
    assert words_of(newest.select_one(".date")) == "26 mars 2026"


def test_years_are_shown_as_bars_the_longest_for_the_most(browser: Browser) -> None:
    rows = browser.page("/sok?q=skola").select(".by-year a")
    counts = [int(words_of(row.select_one(".count"))) for row in rows]
    widths = [float(str(row.select("rect")[0]["width"])) for row in rows]
    assert max(widths) == 100
    assert counts.index(max(counts)) == widths.index(100)


def test_nothing_found_offers_a_way_on(browser: Browser) -> None:
    page = browser.page("/sok?q=xyzzyq+skola&parti=S")
    assert words_of(page.h1) == "0 träffar på xyzzyq skola"
    ways = browser.links("/sok?q=xyzzyq+skola&parti=S", ".empty a")
    assert ways[:3] == ["/sok?q=xyzzyq+skola", "/sok?q=xyzzyq", "/sok?q=skola"]
    assert "/hjalp" in ways


def test_no_query_shows_all_there_is(browser: Browser) -> None:
    page = browser.page("/sok")
    assert words_of(page.h1).endswith("träffar i hela arkivet")
    assert words_of(page.select_one(".date")) == "26 mars 2026"


def test_how_a_query_was_read_is_said_where_it_is_not_obvious(browser: Browser) -> None:
    assert "skola OCH budget" in words_of(
        browser.page("/sok?q=skola budget").select_one(".reading")
    )
    assert not browser.page("/sok?q=skola").select(".reading")


@pytest.mark.parametrize(
    "text", ["(((", '"', "§§§", "\0", "\ud800", "ELLER", "*", "år:x", ":" * 500, "å" * 30_000]
)
def test_no_query_gives_an_error_or_a_heavy_page(client: FlaskClient, text: str) -> None:
    response = client.get(f"/sok?q={quote(text, errors='surrogatepass')}")
    assert response.status_code == 200
    assert len(response.data) < 700_000


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, (1,)),
        (1, 5, (1, 2, 3, 4, 5)),
        (1, 6, (1, 2, 3, None, 6)),
        (3, 6, (1, 2, 3, 4, 5, 6)),
        (10, 20, (1, None, 8, 9, 10, 11, 12, None, 20)),
        (4, 20, (1, 2, 3, 4, 5, 6, None, 20)),
    ],
)
def test_far_pages_are_left_out(page: int, pages: int, shown: tuple[int | None, ...]) -> None:
    assert shown_pages(page, pages) == shown
