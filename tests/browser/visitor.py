"""A visitor: one browser context that notices whatever a page should not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

WIDE, PHONE, ZOOMED = 1280, 360, 320  # CSS pixels; 1280 at 400 % zoom is 320
TALL = 900
PDF_VIEWER = ("chrome-extension://", "chrome://resources/")  # the browser's own parts


class Visit(Protocol):
    """Opens a page in a browser context of its own."""

    def __call__(
        self,
        width: int = WIDE,
        *,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        bypass_csp: bool = False,
    ) -> Page: ...


@dataclass
class Watch:
    """What the pages of a test did that they must not do: errors, and requests elsewhere."""

    own: tuple[str, ...]
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        """Statuses are judged by ``_response``, which knows what was asked for."""
        about_status = message.text.startswith("Failed to load resource: the server responded")
        if message.type in ("error", "warning") and not about_status:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        allowed = (*(f"{own}/" for own in self.own), *PDF_VIEWER)
        if not request.url.startswith(allowed):
            self.faults.append(f"request elsewhere: {request.url}")

    def _response(self, response: Response) -> None:
        for_a_pdf = response.url.endswith("/favicon.ico")  # a PDF cannot name its icon
        judged_elsewhere = for_a_pdf or response.request.is_navigation_request()
        if response.status >= 400 and not judged_elsewhere:
            self.faults.append(f"{response.status}: {response.url}")


def visits(browser: Browser, watch: Watch) -> tuple[Visit, Callable[[], None]]:
    """How to open pages, and how to close them all."""
    contexts = []

    def visit(
        width: int = WIDE,
        *,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        bypass_csp: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": TALL},
            color_scheme=scheme,
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
            reduced_motion="reduce",  # what is scrolled to is there at once
            locale="sv-SE",
        )
        context.set_default_timeout(5_000)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    def close() -> None:
        for context in contexts:
            context.close()

    return visit, close
