"""A real market with its demo, and a real Chromium in front of it.

    PARLEY_BROWSER_URL=http://localhost:8000 bin/test marketplace/tests/browser -n0

drives a market that already runs instead of starting one, which saves a minute while writing.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from core.oidc_testing import ProviderDouble
from marketplace.testing.runs import MarketRun

# The first one is Chromium without its window, which costs a third for each visitor.
_CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "chrome",
)

# Runs before any script of ours: remembers what the policy refused, and what moved by itself (what
# follows a press is meant).
_WATCH = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
window.__jumped = [];
new PerformanceObserver((list) => {
  for (const {value, hadRecentInput, sources} of list.getEntries())
    if (!hadRecentInput) window.__jumped.push([value, sources.map(({node}) =>
      (node?.outerHTML ?? node?.data ?? "what is gone").slice(0, 120))]);
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[ProviderDouble]:
    """A site whose accounts log in to the market."""
    with ProviderDouble(strangers=True) as double:
        yield double


@pytest.fixture(scope="session")
def market(
    tmp_path_factory: pytest.TempPathFactory, elsewhere: ProviderDouble
) -> Iterator[MarketRun]:
    """A market of ours with the demo loaded; skips where PARLEY_BROWSER_URL names another one."""
    if os.environ.get("PARLEY_BROWSER_URL"):
        pytest.skip("PARLEY_BROWSER_URL names a market that somebody else has started.")
    run = MarketRun(
        tmp_path_factory.mktemp("market") / "var",
        demo=True,
        environment=elsewhere.as_environment(),
    )
    run.start().ready()
    yield run
    run.stop()


@pytest.fixture(scope="session")
def market_url(request: pytest.FixtureRequest) -> str:
    """Address of a market with the demo loaded, without a slash at its end."""
    running = os.environ.get("PARLEY_BROWSER_URL")
    if running:
        return running.rstrip("/")
    run: MarketRun = request.getfixturevalue("market")
    return run.url


@pytest.hookimpl(trylast=True)  # after the shuffle
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at a market as it has just come up comes before everything that keeps it busy."""
    items.sort(key=lambda item: item.path.name != "test_at_rest.py")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        said = (
            "No Chromium found; install it (Debian: apt-get install chromium-headless-shell)"
            " or set CHROMIUM."
        )
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    # Playwright keeps an event loop in this thread; the tests around it use the ORM as always.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A browser of somebody's own, which notices everything that must never happen."""

    page: Page
    context: BrowserContext
    url: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.url}{path}")
        return self.page

    def check(self) -> None:
        """Nothing was refused by the policy, no script failed, nothing foreign was asked for."""
        for page in self.context.pages:
            if not page.is_closed() and page.url.startswith("http"):
                self.faults += page.evaluate("window.__refused || []")
        assert self.faults == []


Scheme = Literal["light", "dark"]

# The words of the dialog that is open, or of the page; and what has the focus.
_SEEN = """() => {
  const shown = document.querySelector("dialog[open]") || document.body;
  return `${shown.innerText}\n-- focus: ${document.activeElement?.outerHTML.slice(0, 300)}`;
}"""
_VISITORS = pytest.StashKey[list["Visitor"]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under a failure stands what each visitor had before them: an address and its words."""
    report = yield
    if report.when == "call" and report.failed:
        for visitor in item.stash.get(_VISITORS, []):
            for page in visitor.context.pages:
                report.sections.append(("What a visitor saw", _seen(page)))
    return report


def _seen(page: Page) -> str:
    try:
        return f"{page.url}\n{page.evaluate(_SEEN)}"
    except Error as error:
        return f"{page.url}\n{error.message}"


@pytest.fixture
def visit(
    chromium: Browser, market_url: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor: `visit(width=390, scheme="dark", javascript=False)`."""
    made: list[Visitor] = []
    request.node.stash[_VISITORS] = made

    def make(
        *, width: int = 1440, scheme: Scheme = "light", javascript: bool = True, **options: Any
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900 if width > 800 else 844},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(20_000)
        context.add_init_script(_WATCH)
        visitor = Visitor(page=context.new_page(), context=context, url=market_url)
        _watch(visitor)
        made.append(visitor)
        return visitor

    yield make
    faults = []
    for visitor in made:
        try:
            visitor.check()
        except AssertionError as error:
            faults.append(str(error))
        visitor.context.close()
    assert faults == []


def _watch(visitor: Visitor) -> None:
    def ours(url: str) -> bool:
        found = urlsplit(url)
        return found.scheme in ("data", "blob") or found.hostname in ("localhost", "127.0.0.1")

    def request(asked: Any) -> None:
        if not ours(asked.url):
            visitor.faults.append(f"foreign request: {asked.url}")

    def answer(given: Any) -> None:
        if given.status >= 500:
            visitor.faults.append(f"{given.status} at {given.url}")

    visitor.context.on("request", request)
    visitor.context.on("response", answer)
    visitor.context.on("weberror", lambda error: visitor.faults.append(f"script: {error.error}"))
