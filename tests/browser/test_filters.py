"""Choosing among the hits: the numbers beside a filter are what one gets."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from .running_site import Site
from .visitor import PHONE, Visit

SEARCH = "/sok?q=skola"


def total(page: Page) -> int:
    """The count that the heading begins with."""
    heading = page.get_by_role("heading", level=1).inner_text()
    number = re.match(r"[0-9\s]+", heading)
    assert number, heading
    return int(re.sub(r"\s", "", number[0]))


def value(page: Page, facet: str, label: str) -> Locator:
    """The link of one value of a facet, folded out if need be."""
    section = page.locator("section.facet", has=page.get_by_role("heading", name=facet, exact=True))
    name = re.compile(rf"^(\W*Ta bort )?{re.escape(label)}[\d\s]*$")
    hidden = page.get_by_role("link", name=name, include_hidden=True)
    more = section.locator("details:not([open])", has=hidden).locator("summary")
    if more.is_visible():
        more.click()
    return section.get_by_role("link", name=name)


def count(link: Locator) -> int:
    return int(re.sub(r"\s", "", link.locator(".count").inner_text()))


def choose(page: Page, facet: str, label: str) -> int:
    """Chooses a value; returns the count that stood beside it."""
    link = value(page, facet, label)
    promised = count(link)
    link.click()
    expect(page.locator(".chips")).to_contain_text(f"{facet}: {label}")
    return promised


def hit_urls(page: Page) -> list[str]:
    """Where the hits lead, those folded away too."""
    links = page.locator(".hit-list h3 a, .hit-list .more .kind a").all()
    return [link.get_attribute("href") or "" for link in links]


def test_a_chosen_value_leaves_as_many_hits_as_it_said(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    everything = total(page)
    promised = choose(page, "Organ", "Kommunstyrelsen")
    assert total(page) == promised < everything
    bodies = page.locator(".hit .body").all_text_contents()
    assert set(bodies) == {"Kommunstyrelsen"}


def test_two_values_of_one_filter_add_up(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    first = choose(page, "Organ", "Kommunstyrelsen")
    second = choose(page, "Organ", "Utbildningsnämnden")
    assert total(page) == first + second
    assert count(value(page, "Organ", "Kommunstyrelsen")) == first


def test_values_of_two_filters_must_both_fit(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    body = choose(page, "Organ", "Utbildningsnämnden")
    both = choose(page, "År", "2013")
    assert total(page) == both < body
    dates = page.locator(".hit .source .date").all_text_contents()
    assert {date[-4:] for date in dates} == {"2013"}


def test_a_chip_takes_its_filter_away_and_no_other(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    everything = total(page)
    choose(page, "Organ", "Utbildningsnämnden")
    choose(page, "År", "2025")
    page.locator(".chips a", has_text="Organ: Utbildningsnämnden").click()
    only_year = total(page)
    expect(page.locator(".chips a")).to_have_count(1)
    assert only_year == count(value(page, "År", "2025"))
    page.locator(".chips a", has_text="År: 2025").click()
    assert total(page) == everything
    expect(page.locator(".chips")).to_have_count(0)


def test_choosing_a_chosen_value_again_takes_it_away(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    everything = total(page)
    choose(page, "Organ", "Kommunstyrelsen")
    value(page, "Organ", "Kommunstyrelsen").click()
    assert total(page) == everything


def test_all_filters_go_with_one_click(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    everything = total(page)
    choose(page, "Organ", "Kommunstyrelsen")
    choose(page, "Del av paragrafen", "Yrkande")
    page.get_by_role("link", name="Ta bort alla filter").click()
    assert total(page) == everything


def test_a_chosen_value_is_never_folded_away(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sok?q=&ar=1998")
    expect(value(page, "År", "1998")).to_be_visible()


def test_the_back_button_undoes_a_choice(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    everything = total(page)
    chosen = choose(page, "Organ", "Kommunstyrelsen")
    page.go_back()
    assert total(page) == everything
    expect(page.locator(".chips")).to_have_count(0)
    page.go_forward()
    assert total(page) == chosen


def test_a_new_search_keeps_the_filters_and_the_order(page: Page, site: Site) -> None:
    page.goto(f"{site.url}{SEARCH}&organ=utbildningsnamnden&sort=aldst")
    page.get_by_role("searchbox", name="Sök i protokollen").fill("beslut")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("beslut")
    expect(page.locator(".chips")).to_contain_text("Organ: Utbildningsnämnden")
    expect(page.locator(".sort [aria-current]")).to_have_text("Äldst först")


def test_years_typed_in_limit_the_hits(page: Page, site: Site) -> None:
    page.goto(site.url + SEARCH)
    page.get_by_label("Från år").fill("2019")
    page.get_by_label("Till år").fill("2019")
    page.get_by_role("button", name="Visa").click()
    expect(page.locator(".chips")).to_contain_text("från 1 januari 2019 till 31 december 2019")
    dates = page.locator(".hit .source .date").all_text_contents()
    assert {date[-4:] for date in dates} == {"2019"}
    assert total(page) == site.found("skola", ar=2019).total


def test_newest_first_and_oldest_first_order_by_date(page: Page, site: Site) -> None:
    page.goto(f"{site.url}{SEARCH}&antal=100")
    for label, backwards in (("Nyast först", True), ("Äldst först", False)):
        page.get_by_role("navigation", name="Ordning").get_by_role("link", name=label).click()
        expect(page.locator(".sort [aria-current]")).to_have_text(label)
        years = [text[-4:] for text in page.locator(".hit .source .date").all_text_contents()]
        assert len(set(years)) > 2
        assert years == sorted(years, reverse=backwards)


def test_paging_shows_every_hit_once(page: Page, site: Site) -> None:
    page.goto(f"{site.url}{SEARCH}&antal=5&organ=utbildningsnamnden&ar=2018&ar=2013&sort=nyast")
    expected = total(page)
    assert expected > 10
    seen = hit_urls(page)
    assert len(seen) == 5
    while page.get_by_role("link", name="Nästa").count():
        page.get_by_role("link", name="Nästa").click()
        seen += hit_urls(page)
    assert len(seen) == expected
    assert len(set(seen)) == expected
    current = page.locator(".paging [aria-current=page]").inner_text()
    assert int(re.sub(r"\D", "", current)) == -(-expected // 5)


def test_a_page_beyond_the_last_is_the_last(page: Page, site: Site) -> None:
    page.goto(f"{site.url}{SEARCH}&antal=5&sida=9999")
    assert 1 <= len(hit_urls(page)) <= 5
    expect(page.get_by_role("link", name="Nästa")).to_have_count(0)


def test_on_a_phone_the_filters_unfold(visit: Visit, site: Site) -> None:
    page = visit(PHONE)
    page.goto(site.url + SEARCH)
    link = value(page, "Organ", "Kommunstyrelsen")
    expect(link).not_to_be_visible()
    page.locator(".filters > summary").click()
    expect(link).to_be_visible()
    promised = choose(page, "Organ", "Kommunstyrelsen")
    assert total(page) == promised


def test_nothing_found_offers_a_way_on(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sok?q=likv%C3%A4rdighet+xylofon&organ=kommunstyrelsen")
    assert total(page) == 0
    page.get_by_role("link", name="Sök bara efter likvärdighet").click()
    assert total(page) > 0


def test_a_query_that_was_read_in_another_way_says_so(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sok?q=%28skola+ELLER")
    expect(page.locator(".reading")).to_contain_text("Sökningen lästes som: skola")
