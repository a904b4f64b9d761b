"""Pictures of every page: ``python -m tests.browser.screenshots OUT_FOLDER``.

They are for looking at, and one of them is for the README. Nothing compares them: fonts differ
between machines. Each is named page-width-scheme.png and shows the whole page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from .chromium import INSTALL, chromium_path, launched
from .page_list import PAGES, UNAVAILABLE
from .running_site import SAMPLE, Site, served, serving
from .visitor import PHONE, WIDE, Watch, visits

LOOKS: tuple[tuple[str, int, Literal["light", "dark"]], ...] = (
    ("bred", WIDE, "light"),
    ("telefon", PHONE, "light"),
    ("bred-mork", WIDE, "dark"),
    ("telefon-mork", PHONE, "dark"),
)
FILTERS_OPEN = "traffar-filter-oppna"  # what a phone shows after a tap
AT_PASSAGE = "protokoll-vid-traffen"  # the window after a hit was followed, not the whole page


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    path = chromium_path()
    if path is None:
        raise SystemExit(INSTALL)
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, launched(path) as browser:
        home = Path(scratch) / "var"
        with served(SAMPLE, home) as site:
            take_all(browser, site, folder)
        lost = shutil.copytree(home, Path(scratch) / "lost")
        with serving(lost) as site:
            shutil.rmtree(lost / "index")
            for look in LOOKS:
                take(browser, f"{site.url}/", UNAVAILABLE, look, folder)


def take_all(browser: Browser, site: Site, folder: Path) -> None:
    for name, address in PAGES.items():
        for look in LOOKS:
            take(browser, site.url + address(site), name, look, folder)
    for look in LOOKS:
        take(browser, site.url + PAGES["traffar"](site), FILTERS_OPEN, look, folder)
        take(browser, site.url + PAGES["protokoll-traff"](site), AT_PASSAGE, look, folder)


def take(
    browser: Browser,
    url: str,
    name: str,
    look: tuple[str, int, Literal["light", "dark"]],
    folder: Path,
) -> None:
    how, width, scheme = look
    visit, close = visits(browser, Watch(own=()))
    page = visit(width, scheme=scheme)
    page.goto(url)
    if name == FILTERS_OPEN:
        open_details(page)
    page.screenshot(path=folder / f"{name}-{how}.png", full_page=name != AT_PASSAGE)
    close()


def open_details(page: Page) -> None:
    """Unfolds all that can be unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


if __name__ == "__main__":
    main(sys.argv[1:])
