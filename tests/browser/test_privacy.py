"""Pages ask nobody else, keep nothing in the browser, and write down nothing that was searched."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .page_list import PAGES
from .running_site import Site
from .visitor import Visit, Watch

STORED = """async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def test_no_page_breaks_its_own_rules_or_asks_elsewhere(
    page: Page, site: Site, watch: Watch
) -> None:
    """The watch over every test reads the console and all requests; this visits all pages."""
    for name in PAGES:
        page.goto(site.url + PAGES[name](site))
    assert watch.faults == []
    assert any(url.endswith(".css") for url in watch.requests)


def test_the_watch_would_see_a_request_elsewhere_and_a_broken_rule(
    page: Page, site: Site, watch: Watch
) -> None:
    page.goto(f"{site.url}/om")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://ekstad.test/'}))")
    page.evaluate("document.body.setAttribute('onclick', 'window.ran = true')")
    page.locator("h1").click()
    assert page.evaluate("window.ran") is None
    faults = " ".join(watch.faults)
    assert "img-src" in faults
    assert "script-src" in faults
    watch.faults.clear()


@pytest.mark.parametrize("name", ["start", "traffar-filtrerade", "protokoll-traff"])
def test_nothing_is_kept_in_the_browser(page: Page, site: Site, name: str) -> None:
    page.goto(site.url + PAGES[name](site))
    assert page.context.cookies() == []
    assert set(page.evaluate(STORED).values()) == {0}


def test_the_log_holds_nothing_that_was_searched(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sok?q=lergardesord")
    page.goto(f"{site.url}/protokoll/finns/lergardesord?q=lergardesord")
    assert "lergardesord" not in site.log.read_text("utf-8")


def test_following_a_link_tells_nobody_what_was_searched(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto(site.url + PAGES["traffar"](site))
    with page.expect_request("**/protokoll/**") as followed:
        page.locator(".hit-list h3 a").first.click()
    assert "referer" not in followed.value.headers
