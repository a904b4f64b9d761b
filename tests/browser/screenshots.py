"""Pictures of every page: ``python -m tests.browser.screenshots OUT_FOLDER``.

They are for looking at, and one of them is for the README. Nothing compares them: fonts differ
between machines. Each is named page-width-scheme.png and shows the whole page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from .chromium import INSTALL, chromium_path, launched
from .page_list import PAGES, UNAVAILABLE
from .running_site import SAMPLE, Site, served, serving
from .visitor import PHONE, WIDE, Watch, visits

Look = tuple[str, int, Literal["light", "dark"]]
LOOKS: tuple[Look, ...] = (
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
        home, lost = Path(scratch) / "var", Path(scratch) / "lost"
        with served(SAMPLE, home) as site:
            for look in LOOKS:
                take_all(browser, site, look, folder)
            shutil.copytree(home, lost)
        with serving(lost) as site:
            shutil.rmtree(lost / "index")
            for look in LOOKS:
                with window(browser, look) as page:
                    take(page, f"{site.url}/", folder / f"{UNAVAILABLE}-{look[0]}.png")


def take_all(browser: Browser, site: Site, look: Look, folder: Path) -> None:
    how = look[0]
    with window(browser, look) as page:
        for name, address in PAGES.items():
            take(page, site.url + address(site), folder / f"{name}-{how}.png")
        page.goto(site.url + PAGES["traffar"](site))
        open_details(page)
        page.screenshot(path=folder / f"{FILTERS_OPEN}-{how}.png", full_page=True)
        page.goto(site.url + PAGES["protokoll-traff"](site))
        page.screenshot(path=folder / f"{AT_PASSAGE}-{how}.png")


@contextmanager
def window(browser: Browser, look: Look) -> Iterator[Page]:
    _, width, scheme = look
    visit, close = visits(browser, Watch(own=()))
    yield visit(width, scheme=scheme)
    close()


def take(page: Page, url: str, picture: Path) -> None:
    page.goto(url)
    page.screenshot(path=picture, full_page=True)


def open_details(page: Page) -> None:
    """Unfolds all that can be unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


if __name__ == "__main__":
    main(sys.argv[1:])
