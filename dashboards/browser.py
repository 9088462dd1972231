"""An address and an account → a page on which every chart is drawn, and a list of what went wrong on it.

Headless Chromium through Playwright, in the pipeline environment: used by screenshots.py and by the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, Response, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
# Superset's pages carry a usage pixel that cannot be switched off; the content security policy stops it, and the
# browser reports that it did.
BLOCKED_PIXEL = "apachesuperset.gateway.scarf.sh"
INTERRUPTED = "ERR_NETWORK_CHANGED"
LONGEST_WAIT = 120_000

# A chart is drawn when it shows a picture, a number or rows; a message that there is nothing to show is also an end.
DRAWN = """(least) => {
  const charts = [...document.querySelectorAll('[data-test-viz-type]')];
  const done = 'canvas, .header-line, tbody tr, .ant-empty, [data-test="empty-state"], [role="alert"]';
  return charts.length >= least && charts.every((chart) => chart.querySelector(done))
    && !document.querySelector('[data-test="loading-indicator"]');
}"""
CHARTS = """() => [...document.querySelectorAll('[data-test-viz-type]')].map((chart) => ({
  name: chart.dataset.testChartName,
  empty: !chart.querySelector('canvas, .header-line, tbody tr td'),
  error: chart.querySelector('[role="alert"], .ant-alert-error')?.textContent || null,
}))"""


class NotDrawnError(RuntimeError):
    """A dashboard was not drawn in time; the text says where the browser stood and what had gone wrong."""


@dataclass
class Visit:
    """A browser tab and what went wrong in it so far, one sentence each."""

    url: str
    page: Page
    problems: list[str] = field(default_factory=list)

    def log_in(self, username: str, password: str) -> None:
        """Log in through the login page; Playwright's TimeoutError when the account is refused.

        A request of the login page that is answered late brings the cookie of nobody and undoes the login: so the
        page is left to become quiet first, and who we are is asked afterwards. NotDrawnError when it never is us.
        """
        for _ in range(3):
            self.page.goto(f"{self.url}/login/")
            self.page.wait_for_selector("input#username", timeout=LONGEST_WAIT)
            self.page.wait_for_load_state("networkidle", timeout=LONGEST_WAIT)
            self.page.fill("input#username", username)
            self.page.fill("input#password", password)
            self.page.click("button[type=submit]")
            self.page.wait_for_url(
                lambda address: "/login" not in address, timeout=LONGEST_WAIT, wait_until="commit"
            )
            if self.page.request.get(f"{self.url}/api/v1/me/").ok:
                return
        raise NotDrawnError(f"{username} logged in, but the server does not know who asks")

    def show(self, slug: str, charts: int) -> None:
        """Open the dashboard `slug` and wait until its `charts` charts are drawn, all of them inside the window.

        NotDrawnError when they are not. Chromium drops its requests when a network interface of the machine comes
        or goes (a container starting is enough); the page is then loaded again, those problems forgotten.
        """
        for attempt in range(3):
            if self._interrupted():
                self.problems.clear()
            try:
                self._load(slug, charts)
            except PlaywrightError as error:
                if attempt == 2 or not self._interrupted():
                    raise NotDrawnError(f"{self.page.url}: {error.message}; {self.problems}") from error
            if not self._interrupted():
                return

    def _interrupted(self) -> bool:
        return any(INTERRUPTED in problem for problem in self.problems)

    def _load(self, slug: str, charts: int) -> None:
        # Superset draws only what is in the window, and the window grows with what is drawn.
        self.page.goto(f"{self.url}/superset/dashboard/{slug}/")
        self.page.wait_for_selector("[data-test-viz-type]", timeout=LONGEST_WAIT)
        self.page.wait_for_load_state("networkidle", timeout=LONGEST_WAIT)
        width = self.page.evaluate("window.innerWidth")
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function(DRAWN, arg=charts, timeout=LONGEST_WAIT)
        self.page.wait_for_load_state("networkidle", timeout=LONGEST_WAIT)
        # The charts make an entrance on their canvas, about which a page cannot be asked.
        self.page.wait_for_timeout(1_500)

    def charts(self) -> list[dict[str, str | bool | None]]:
        """Return {name, empty, error} for each chart on the page."""
        found: list[dict[str, str | bool | None]] = self.page.evaluate(CHARTS)
        return found

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and BLOCKED_PIXEL not in message.text:
            self.problems.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"HTTP {response.status}: {response.request.method} {response.url}")

    def _on_request(self, request: Request) -> None:
        outside = not request.url.startswith((self.url, "data:", "blob:"))
        if outside and BLOCKED_PIXEL not in request.url:
            self.problems.append(f"asked another server: {request.url}")


@contextmanager
def visit(url: str, width: int, height: int = 1000) -> Iterator[Visit]:
    """Open a browser window of `width` × `height` pixels, Vietnamese, in Hà Nội's time zone; close it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        ).new_page()
        tab = Visit(url.rstrip("/"), page)
        page.on("console", tab._on_console)
        page.on("response", tab._on_response)
        page.on("request", tab._on_request)
        page.on("pageerror", lambda error: tab.problems.append(f"page: {error}"))
        yield tab
        browser.close()
