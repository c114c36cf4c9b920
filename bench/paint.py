"""When the largest thing of a page is painted, on a phone far from the server.

    .venv/bin/python -m bench.paint http://localhost:8000 [--rounds 5]

Asks a market that runs (with its demo) through Chromium: 390 px wide, 1.6 Mbit/s down, 150 ms of
way, a processor four times slower, nothing kept from before but, for Home, a log-in. Prints the
median of the rounds with the least and the most, in milliseconds. The goal is 2,500.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

GOAL = 2_500
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


def painted(browser: Browser, url: str, who: StorageState | None = None) -> float:
    """Milliseconds until the largest paint of one visit by somebody new, or with these cookies."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, storage_state=who)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(500)
    found = float(page.evaluate(LARGEST))
    context.close()
    return found


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
        for path, who in [("/", page.context.storage_state()), *found]:
            rounds = [painted(browser, f"{asked.url}{path}", who) for _round in range(asked.rounds)]
            middle, least, most = statistics.median(rounds), min(rounds), max(rounds)
            word = "" if middle <= GOAL else "  over the goal"
            sys.stdout.write(f"{path[:50]:<50} {middle:6.0f} ({least:.0f} to {most:.0f}){word}\n")


if __name__ == "__main__":
    main()
