"""Phones, and a wide screen at 400 % zoom: nothing to scroll sideways for, and room for a thumb."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .page_list import PAGES
from .running_site import Site
from .screenshots import open_details
from .visitor import PHONE, TALL, ZOOMED, Visit

LEAST = 24  # CSS pixels; WCAG 2.2, 2.5.8
TARGETS = """() => {
    const inline = one => getComputedStyle(one).display === "inline"
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
        .filter(one => one.checkVisibility() && !inline(one) && !one.classList.contains("skip"))
        .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1)
        .map(([what, box]) => [what, box.width, box.height])
}"""
TOO_WIDE = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 0.5)
    .map(one => one.outerHTML.slice(0, 90))"""


def fits(page: Page) -> bool:
    scrolls: bool = page.evaluate(
        "document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return scrolls


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(visit: Visit, site: Site, name: str) -> None:
    page = visit(PHONE)
    page.goto(site.url + PAGES[name](site))
    open_details(page)
    for width in (PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": TALL})
        assert fits(page), f"at {width}: {page.evaluate(TOO_WIDE)}"


def test_a_long_word_does_not_widen_the_page(visit: Visit, site: Site) -> None:
    page = visit(ZOOMED)
    page.goto(f"{site.url}/sok?q={'skolskjuts' * 40}")
    assert fits(page), page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("name", ["start", "traffar", "traffar-filtrerade", "protokoll-webbsida"])
def test_what_is_to_be_pressed_has_room_for_a_thumb(visit: Visit, site: Site, name: str) -> None:
    """Links inside a sentence are as high as its lines and exempt."""
    page = visit(PHONE)
    page.goto(site.url + PAGES[name](site))
    open_details(page)
    targets = page.evaluate(TARGETS)
    assert targets
    assert [one for one in targets if one[1] < LEAST or one[2] < LEAST] == []


@pytest.mark.parametrize("name", ["traffar", "protokoll-webbsida"])
def test_text_at_twice_its_size_still_fits(visit: Visit, site: Site, name: str) -> None:
    page = visit(PHONE)
    page.goto(site.url + PAGES[name](site))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page), page.evaluate(TOO_WIDE)
