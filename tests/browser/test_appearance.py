"""Dark where the reader's system is dark, and paper that holds the text and nothing to press."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .page_list import PAGES
from .running_site import Site
from .visitor import Visit


def luminance(page: Page, selector: str, what: str) -> float:
    """Relative luminance, 0 black to 1 white, of an element's ``color`` or ``backgroundColor``."""
    colour: str = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{what}")
    parts = [int(part) / 255 for part in re.findall(r"[0-9]+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["start", "traffar", "protokoll-webbsida", "finns-inte"])
def test_dark_is_dark_and_light_is_light(visit: Visit, site: Site, name: str) -> None:
    page = visit(scheme="dark")
    page.goto(site.url + PAGES[name](site))
    assert luminance(page, "body", "backgroundColor") < 0.05
    assert luminance(page, "body", "color") > 0.6
    page.emulate_media(color_scheme="light")
    assert luminance(page, "body", "backgroundColor") > 0.8
    assert luminance(page, "body", "color") < 0.1


def test_marks_stand_out_in_the_dark_too(visit: Visit, site: Site) -> None:
    page = visit(scheme="dark")
    page.goto(site.url + PAGES["traffar"](site))
    mark = luminance(page, "mark", "backgroundColor") + 0.05
    assert mark / (luminance(page, "body", "backgroundColor") + 0.05) > 1.5


def test_on_paper_the_text_is_left_and_what_is_pressed_is_gone(page: Page, site: Site) -> None:
    page.goto(site.url + PAGES["protokoll-webbsida"](site))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".passage").first).to_be_visible()
    for gone in (".top", ".contents", ".foot", ".step >> nth=0"):
        expect(page.locator(gone)).not_to_be_visible()


def test_on_paper_hits_have_no_filters(page: Page, site: Site) -> None:
    page.goto(site.url + PAGES["traffar"](site))
    page.emulate_media(media="print")
    expect(page.locator(".hit-list h3").first).to_be_visible()
    for gone in (".top", ".filters", ".sort", ".paging"):
        expect(page.locator(gone)).not_to_be_visible()


def test_with_forced_colours_marks_are_outlined(page: Page, site: Site) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(site.url + PAGES["traffar"](site))
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).outlineStyle") == "solid"
