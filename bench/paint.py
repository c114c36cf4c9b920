"""When the largest thing of a page is painted, and a press answered, on a slow phone far away.

    .venv/bin/python -m bench.paint http://localhost:8000 [--rounds 5]

Asks a market that runs (with its demo) through Chromium: 390 px wide, 1.6 Mbit/s down, 150 ms of
way, a processor four times slower, nothing kept from before but, for Home, a log-in. Prints the
median of the rounds with the least and the most, in milliseconds. The goal is 2,500.

Then it presses Save on a wall and Follow on a storefront: until the button says the new state (goal
100, less than the way to the server), and until the longest event of the press is painted (200).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

GOAL, SAID_GOAL, PAINTED_GOAL = 2_500, 100, 200
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
LARGEST = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""
PRESSES = (
    ("Save on the wall", "/explore/", "article .save[data-toggle]"),
    ("Follow on a storefront", "/@ondine-studio/", "main button[name=follow][data-toggle]"),
)
# From the press to the change of what the button says, and its longest event as it was painted.
PRESSED = """(button) => {
  const events = [];
  new PerformanceObserver((list) => events.push(...list.getEntries()))
    .observe({type: "event", durationThreshold: 16});
  let pressed = 0;
  addEventListener("click", (event) => { pressed = event.timeStamp; }, {capture: true});
  return new Promise((done) => {
    new MutationObserver(() => {
      const said = performance.now() - pressed;
      setTimeout(() => done([said, Math.max(0, ...events.map((one) => one.duration))]), 1000);
    }).observe(button, {attributeFilter: ["aria-pressed"]});
  });
}"""


@contextmanager
def phone(browser: Browser, who: StorageState | None) -> Iterator[Page]:
    """A page on a slow phone, of somebody new or with these cookies."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, storage_state=who)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    yield page
    context.close()


def painted(browser: Browser, url: str, who: StorageState | None = None) -> float:
    """Milliseconds until the largest paint of one visit."""
    with phone(browser, who) as page:
        page.goto(url, wait_until="load")
        page.wait_for_timeout(500)
        return float(page.evaluate(LARGEST))


def pressed(browser: Browser, url: str, button: str, who: StorageState) -> tuple[float, float]:
    """Milliseconds from the press of a button until it says so, and of its longest event."""
    with phone(browser, who) as page:
        page.goto(url, wait_until="load")
        one = page.locator(button).first
        one.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        one.evaluate(f"(button) => {{ window.answered = ({PRESSED})(button); }}")
        one.click()
        said, longest = page.evaluate("window.answered")
        return float(said), float(longest)


def _paths(page: Page, url: str) -> list[str]:
    """A page of each kind that people come to by a link."""
    paths = ["/explore/", "/search/?q=lamp", "/@ondine-studio/"]
    for at, link in (
        ("/@ondine-studio/shop/", "a[href^='/product/']"),
        ("/explore/", "a[href^='/pin/']"),
        ("/@noor/boards/", "a[href^='/board/']"),
    ):
        page.goto(f"{url}{at}")
        address = page.locator(f"main {link}").first.get_attribute("href") or ""
        paths.append(address.split("?")[0])
    return paths


def main() -> None:
    """Print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("url")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    program = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program or shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page()
        found = [(path, None) for path in _paths(page, asked.url)]
        page.locator("button[formaction='/demo/login/buyer/']").first.click()
        page.wait_for_load_state()
        buyer = page.context.storage_state()
        for path, who in [("/", buyer), *found]:
            times = [painted(browser, f"{asked.url}{path}", who) for _round in range(asked.rounds)]
            _print(path, times, GOAL)
        for name, path, button in PRESSES:
            both = [
                pressed(browser, f"{asked.url}{path}", button, buyer) for _ in range(asked.rounds)
            ]
            _print(f"{name}, said", [said for said, _longest in both], SAID_GOAL)
            _print(f"{name}, painted", [longest for _said, longest in both], PAINTED_GOAL)


def _print(name: str, times: list[float], goal: int) -> None:
    middle = statistics.median(times)
    word = "" if middle <= goal else "  over the goal"
    sys.stdout.write(
        f"{name[:50]:<50} {middle:6.0f} ({min(times):.0f} to {max(times):.0f}){word}\n"
    )


if __name__ == "__main__":
    main()
