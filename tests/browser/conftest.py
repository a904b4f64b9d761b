"""The sample archive behind a real server, and a real browser in front of it.

Browser and servers live as long as this folder's tests and no longer: while Playwright runs, no
other event loop can.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from .chromium import INSTALL, chromium_path, launched
from .running_site import SAMPLE, Site, served, serving
from .visitor import Visit, Watch, visits


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        if os.environ.get("PROTOKOLL_BROWSER_TESTS") == "required":
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    with launched(path) as found:
        yield found


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample archive."""
    with served(SAMPLE, tmp_path_factory.mktemp("site") / "var") as running:
        yield running


@pytest.fixture(scope="package")
def broken_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same, after its index was lost."""
    home = tmp_path_factory.mktemp("broken") / "var"
    shutil.copytree(site.home, home)
    with serving(home) as running:
        shutil.rmtree(home / "index")
        yield running


@pytest.fixture
def watch(site: Site) -> Watch:
    return Watch(own=(site.url,))


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Visit]:
    """Opens pages; at the end none may have failed, complained, or asked another server."""
    visit, close = visits(browser, watch)
    yield visit
    close()
    assert watch.faults == []


@pytest.fixture
def page(visit: Visit) -> Page:
    """A page on a wide screen."""
    return visit()
