"""axe-core finds nothing to complain about, on any page, wide and narrow, in light and in dark; and
what it cannot see: order of reading, names of pages."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from .page_list import PAGES, STATUS, UNAVAILABLE
from .running_site import Site
from .screenshots import open_details
from .visitor import PHONE, TALL, WIDE, Watch

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # new in WCAG 2.2 and off unless asked for
    "resultTypes": ["violations"],
    "preload": False,  # style sheets are our own and already here
}
Look = tuple[int, Literal["light", "dark"]]
LOOKS: tuple[Look, ...] = ((WIDE, "light"), (PHONE, "dark"))
CROSSED: tuple[Look, ...] = ((WIDE, "dark"), (PHONE, "light"))
"""For the pages that hold all that the others are made of: axe takes a second a look."""
MADE_OF_ALL = ("start", "traffar-filtrerade", "protokoll-traff", "om")


def violations(page: Page, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    """What axe has to say of the page as it stands, a line for each thing."""
    page.set_viewport_size({"width": width, "height": TALL})
    page.emulate_media(color_scheme=scheme)
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {json.dumps(OPTIONS)})")
    assert result["passes"] is not None
    return [
        f"{width} {scheme}: {found['id']}: {found['help']}: {node['target']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def all_violations(page: Page, looks: tuple[Look, ...] = LOOKS) -> list[str]:
    """Folded parts are unfolded, as hidden ones are not looked at."""
    open_details(page)
    page.evaluate(AXE)
    return [line for width, scheme in looks for line in violations(page, width, scheme)]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, site: Site, name: str) -> None:
    answer = page.goto(site.url + PAGES[name](site))
    assert answer is not None
    assert answer.status == STATUS.get(name, 200)
    assert all_violations(page, LOOKS + CROSSED if name in MADE_OF_ALL else LOOKS) == []


def test_axe_finds_nothing_where_the_index_is_lost(
    page: Page, broken_site: Site, watch: Watch
) -> None:
    watch.own = (broken_site.url,)
    answer = page.goto(f"{broken_site.url}/sok?q=skola")
    assert answer is not None
    assert answer.status == STATUS[UNAVAILABLE]
    expect(page.get_by_role("heading", level=1)).to_have_text("Det går inte att söka just nu")
    assert all_violations(page) == []


def test_axe_would_find_a_fault(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/om")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = " ".join(all_violations(page))
    assert "color-contrast" in found
    assert "html-has-lang" in found


def test_headings_give_the_order_of_reading(page: Page, site: Site) -> None:
    """The count first, then a heading a hit, none deeper than the next allows."""
    page.goto(site.url + PAGES["traffar"](site))
    headings = page.get_by_role("heading").all()
    levels = [int(heading.evaluate("one => one.tagName[1]")) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    after_hits = [one.inner_text() for one in headings].index("Träffar") + 1
    assert set(levels[after_hits:]) == {3}
    assert len(levels) - after_hits == page.locator(".hit-list > li").count()


def test_every_page_has_a_title_of_its_own(page: Page, site: Site) -> None:
    titles = []
    for name in PAGES:
        page.goto(site.url + PAGES[name](site))
        titles.append(page.title())
        assert titles[-1].endswith(" – Protokollsök"), titles[-1]
    assert len(set(titles)) == len(titles), sorted(titles)
