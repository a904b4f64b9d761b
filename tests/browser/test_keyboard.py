"""All of it with a keyboard: no trap, nothing out of reach, and always to be seen where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .page_list import PAGES
from .running_site import Site
from .screenshots import open_details
from .visitor import PHONE, WIDE, Visit

MAX_TABS = 600
REACHABLE = """() => {
    const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")
    const seen = [...all].filter(one => one.checkVisibility({contentVisibilityAuto: true}))
    seen.forEach((one, number) => { one.dataset.number = number })
    return seen.length
}"""
FOCUSED = """() => {
    const one = document.activeElement
    const style = getComputedStyle(one)
    const box = one.getBoundingClientRect()
    return {
        number: Number(one.dataset.number ?? -1),
        what: `${one.tagName} ${one.textContent.trim().slice(0, 40)}`,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    }
}"""


def tab_through(page: Page) -> list[int]:
    """Presses Tab until it comes round; the numbers of what had the focus, in order."""
    expected = page.evaluate(REACHABLE)
    order: list[int] = []
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["number"] == -1 or (order and now["number"] == order[0]):
            break
        assert now["outline"] >= 2, f"focus cannot be seen: {now['what']}"
        assert now["inside"], f"focus is outside the window: {now['what']}"
        order.append(now["number"])
    assert len(order) == expected, f"{len(order)} of {expected} can be reached"
    return order


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} cannot be reached")


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", ["start", "traffar", "protokoll-webbsida", "om", "hjalp"])
def test_tab_goes_through_all_of_the_page_in_order(
    visit: Visit, site: Site, name: str, width: int
) -> None:
    page = visit(width)
    page.goto(site.url + PAGES[name](site).partition("#")[0])
    order = tab_through(page)
    assert order == sorted(order)


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, site: Site) -> None:
    page.goto(site.url + PAGES["traffar"](site))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_from_the_word_to_the_original_without_a_mouse(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/")
    tab_to(page, "input[type=search]")
    page.keyboard.type("likvärdighet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("likvärdighet")
    tab_to(page, ".hit-list h3 a")
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_class(re.compile("passage"))
    tab_to(page, "[href^='/original/']")
    with page.expect_response("**/original/**") as answered:
        page.keyboard.press("Enter")
    assert answered.value.status == 200


def test_a_filter_is_chosen_and_taken_away_without_a_mouse(page: Page, site: Site) -> None:
    page.goto(site.url + PAGES["traffar"](site))
    before = page.get_by_role("heading", level=1).inner_text()
    tab_to(page, ".facet a")
    page.keyboard.press("Enter")
    expect(page.locator(".chips a")).to_have_count(1)
    tab_to(page, ".chips a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_folded_parts_open_with_the_keyboard(page: Page, site: Site) -> None:
    page.goto(site.url + PAGES["traffar"](site))
    tab_to(page, ".more summary")
    page.keyboard.press("Enter")
    more = page.locator(".more").first
    expect(more).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.more ul') !== null")


def test_unfolded_parts_are_no_trap(page: Page, site: Site) -> None:
    page.goto(site.url + PAGES["traffar"](site))
    open_details(page)
    order = tab_through(page)
    assert order == sorted(order)
