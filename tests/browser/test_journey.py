"""From a word to the page of the original, as a person goes there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .running_site import SAMPLE, Site
from .visitor import Visit

FORMS = {
    "likvärdighet",
    "likvärdigheten",
    "likvärdighetens",
    "likvärdig",
    "likvärdiga",
    "likvärdigt",
}
"""The forms of the word that the sample archive has as words of their own (grep corpus/kalla)."""
IN_WORDS = re.compile(
    r"\b([1-9]|[12][0-9]|3[01]) (januari|februari|mars|april|maj|juni|juli|augusti|september"
    r"|oktober|november|december) (19|20)[0-9]{2}\b"
)


def searched(page: Page, site: Site, text: str = "likvärdighet") -> Page:
    """Types the words into the start page's box and presses Enter."""
    page.goto(f"{site.url}/")
    page.get_by_role("searchbox", name="Sök i protokollen").fill(text)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sok\\?q="))
    return page


def in_view(page: Page, selector: str) -> bool:
    """Whether the element's top is inside the window."""
    box = page.locator(selector).bounding_box()
    assert box is not None, f"{selector} is not shown"
    assert page.viewport_size is not None
    return 0 <= box["y"] < page.viewport_size["height"]


def test_the_result_page_begins_with_the_count_in_heading_and_title(page: Page, site: Site) -> None:
    total = site.found("likvärdighet").total
    assert total > 0
    searched(page, site)
    begins = re.compile(f"^{total}\\sträffar på likvärdighet")
    expect(page).to_have_title(begins)
    expect(page.get_by_role("heading", level=1)).to_have_text(begins)


def test_every_hit_says_paragraf_title_body_and_date_in_words(page: Page, site: Site) -> None:
    hits = searched(page, site).locator(".hit-list > li")
    assert hits.count() > 0
    for hit in hits.all():
        heading = hit.get_by_role("heading", level=3).inner_text()
        assert re.match(r"§\s[0-9]+\s+\w+|Inledning", heading), heading
        expect(hit.locator(".body")).to_have_text(re.compile(r"\w+"))
        assert IN_WORDS.search(hit.locator(".source").inner_text())


def test_a_hit_names_the_speakers_that_the_api_names(page: Page, site: Site) -> None:
    first = next(hit for hit in site.found("likvärdighet", antal=20).hits if hit.speakers)
    shown = searched(page, site).locator(
        ".hit-list > li", has=page.locator(f'[href="{first.url}"]')
    )
    for speaker in first.speakers:
        assert speaker["name"]
        expect(shown.locator(".people").first).to_contain_text(speaker["name"])


def test_marks_are_forms_of_the_word_and_nothing_else(page: Page, site: Site) -> None:
    marks = searched(page, site).locator("mark").all_text_contents()
    assert {"likvärdighet", "likvärdig"} < {mark.casefold() for mark in marks} <= FORMS


def test_a_hit_leads_to_its_passage_marked_and_in_view(page: Page, site: Site) -> None:
    found = next(hit for hit in site.found("likvärdighet").hits if hit.snippets[0].marks)
    searched(page, site).locator(f'a[href="{found.url}"]').click()
    anchor = found.id.partition("#")[2]
    target = page.locator(":target")
    expect(target).to_have_id(anchor)
    assert in_view(page, ":target")
    marks = target.locator("mark").all_text_contents()
    assert {mark.casefold() for mark in marks} <= FORMS
    assert marks


def test_the_passage_one_came_for_looks_different_from_the_others(page: Page, site: Site) -> None:
    found = site.found("likvärdighet").hits[0]
    page.goto(site.url + found.url)
    colour = "getComputedStyle(document.querySelector({!r})).backgroundColor"
    target = page.evaluate(colour.format(":target"))
    assert target != page.evaluate(colour.format(".passage:not(:target)"))


def test_links_between_marks_lead_through_all_of_them_to_the_last_and_back(
    page: Page, site: Site
) -> None:
    page.goto(f"{site.url}{site.protokoll('kommunstyrelsen', '2019-03-12')}?q=skola")
    marks = page.locator("mark").count()
    assert marks > 2
    page.get_by_role("link", name="Till den första").click()
    for number in range(1, marks + 1):
        expect(page.locator("mark:target")).to_have_id(f"traff-{number}")
        assert in_view(page, "mark:target")
        if number < marks:
            page.get_by_role("link", name=f"Nästa träff, {number + 1} av {marks}").click()
    assert page.get_by_role("link", name="Nästa träff").count() == marks - 1
    page.get_by_role("link", name=f"Föregående träff, {marks - 1} av {marks}").click()
    expect(page.locator("mark:target")).to_have_id(f"traff-{marks - 1}")


def test_the_original_of_a_hit_opens_at_its_page_and_is_the_source_file(
    page: Page, site: Site
) -> None:
    link = searched(page, site).get_by_role("link", name=re.compile("^Original, sida ")).first
    address = link.get_attribute("href")
    assert address
    at_page = re.search(r"#page=([1-9][0-9]*)$", address)
    assert at_page
    assert link.inner_text() == f"Original, sida {at_page[1]}"
    with page.expect_response("**/original/**") as answered:
        link.click()
    assert answered.value.status == 200
    assert answered.value.headers["content-type"] == "application/pdf"
    assert answered.value.headers["content-disposition"].startswith("inline")
    body, day = address.partition("#")[0].split("/")[3:5]
    sources = [path.read_bytes() for path in SAMPLE.glob(f"{body}-{day}*.pdf")]
    assert site.bytes_of(address.partition("#")[0]) in sources


def test_the_original_of_a_web_page_is_saved_and_not_opened(page: Page, site: Site) -> None:
    page.goto(site.url + site.protokoll("utbildningsnamnden", "2013-10-15"))
    with page.expect_download() as saved:
        page.get_by_role("link", name="Spara originalet").click()
    source = SAMPLE / "utbildningsnamnden-2013-10-15.html"
    assert saved.value.path().read_bytes() == source.read_bytes()


def test_an_original_with_personnummer_is_neither_linked_nor_given_out(
    page: Page, site: Site
) -> None:
    address = site.protokoll("socialnamnden", "2020-06-16")
    page.goto(site.url + address)
    assert page.locator("a[href^='/original/']").count() == 0
    answer = page.goto(site.url + address.replace("/protokoll/", "/original/"))
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Originalet visas inte")


@pytest.mark.parametrize("width", [1280, 360])
def test_without_scripts_the_way_is_the_same(visit: Visit, site: Site, width: int) -> None:
    page = visit(width, scripts=False)
    total = site.found("likvärdighet").total
    searched(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{total}\\s"))
    if width == 360:
        page.get_by_text("Filter", exact=True).click()
    page.locator(".facet a", has_text="Utbildningsnämnden").click()
    expect(page.locator(".chips")).to_contain_text("Utbildningsnämnden")
    page.locator(".hit-list h3 a").first.click()
    anchor = page.url.partition("#")[2]
    expect(page.locator(":target")).to_have_id(anchor)
    assert in_view(page, ":target")
    page.locator("a[href='#traff-1']").first.click()
    expect(page.locator("mark:target")).to_have_id("traff-1")
    expect(page.get_by_role("link", name=re.compile("originalet")).first).to_be_visible()
