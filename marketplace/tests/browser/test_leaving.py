"""Two people part: one blocks the other, who then deletes the account and leaves nothing behind."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import (
    PASSWORD,
    Account,
    file_of,
    picture,
    sign_up,
    somebody,
)
from marketplace.tests.browser.ways import CARD

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
# A word of hers that stands nowhere else in the market.
WORD = f"quill{secrets.token_hex(4)}"
LATEST = 60.0


def read(visitor: Visitor, path: str) -> tuple[int, str]:
    answer = visitor.context.request.get(f"{visitor.url}{path}")
    return answer.status, answer.text()


def eventually(true: Callable[[], bool], otherwise: str) -> None:
    """Wait for what a worker does, a minute at most."""
    until = time.monotonic() + LATEST
    while not true():
        assert time.monotonic() < until, otherwise
        time.sleep(0.5)


def public_pin(visitor: Visitor) -> str:
    """A pin of hers on the wall, made by hand; its path."""
    page = visitor.go("/pin/new/")
    files: Any = file_of(picture(), f"{WORD}.jpg")
    page.set_input_files("#pictures", files)
    page.wait_for_url("**/edit/")
    page.locator("#id_title").fill(f"A {WORD} at noon")
    pin = f"/pin/{page.url.split('/pin/')[1].split('/')[0]}/"
    page.get_by_role("button", name="Publish pin").first.click()
    page.get_by_text("Published.").first.wait_for()
    return pin


def handle_of(visitor: Visitor) -> str:
    found = re.search(r'href="/@([a-z0-9._-]+)/"', read(visitor, "/settings/")[1])
    assert found is not None
    return found[1]


def say(visitor: Visitor, pin: str, text: str) -> None:
    page = visitor.go(pin)
    page.locator("#id_text").fill(text)
    page.get_by_role("button", name="Send").click()
    page.locator(".said2", has_text=text).first.wait_for()


def everywhere(handle: str, pin: str, board: str, foreign: str) -> list[str]:
    """Every face of hers: pages, lists, search, suggestions and programs."""
    return [
        f"/@{handle}/",
        f"/@{handle}/boards/",
        f"/@{handle}/followers/",
        pin,
        board,
        foreign,
        "/explore/",
        f"/search/?q={WORD}",
        f"/search/?q={WORD}&kind=pin",
        f"/search/?q={handle}&kind=person",
        f"/search/suggest/?q={WORD}",
        f"/api/v1/search/?q={WORD}",
        f"/api/v1/search/suggestions/?q={WORD}",
        f"/api/v1/profiles/{handle}/",
        f"/api/v1/profiles/{handle}/pins/",
        f"/api/v1{pin.replace('/pin/', '/pins/')}",
    ]


def traces(visitor: Visitor, paths: list[str], marks: re.Pattern[str]) -> dict[str, str]:
    """Faces on which one of the marks is seen, and what they say there."""
    left = {}
    for path in paths:
        status, text = read(visitor, path)
        assert status in (200, 302, 404, 410), f"{path}: {status}"
        found = marks.search(text) if status == 200 else None
        if found is not None:
            left[path] = text[max(0, found.start() - 60) : found.end()]
    return left


def test_a_block_parts_two_people_and_a_deleted_account_leaves_nothing(visit: Visit) -> None:
    hers, his, anybody = visit(width=390), visit(width=390), visit(width=1440)
    her = sign_up(hers, Account(somebody().email, f"Quilla {WORD.title()}"))
    sign_up(his)
    handle = handle_of(hers)
    pin = public_pin(hers)
    page = hers.go("/boards/new/")
    page.locator("#id_title").fill(f"Board of {her.name}")
    page.get_by_role("button", name="Make the board").click()
    page.wait_for_url("**/board/**")
    board = page.url.removeprefix(hers.url)
    foreign = str(anybody.go("/explore/").locator(CARD).first.get_attribute("href")).split("?")[0]
    say(hers, foreign, f"By the door, says {WORD}")
    paths = everywhere(handle, pin, board, foreign)
    og = re.search(r'property="og:image" content="([^"]+)"', read(anybody, pin)[1])
    assert og is not None
    shown = urlsplit(og[1]).path
    assert pictures_left(anybody, shown) == [shown]
    marks = re.compile(rf"A {WORD} at noon|{re.escape(her.name)}|says {WORD}")
    seen = traces(his, paths, marks)
    assert set(paths) - set(seen) <= {"/explore/", *paths[2:3]}, "it is not seen before"
    say(his, pin, "Noon suits it")
    hers.go(f"/@{handle_of(his)}/").get_by_role("button", name="Follow").first.click()
    told = "/notifications/"
    eventually(lambda: bool(traces(his, [told], marks)), "he is not told that she follows")
    # He blocks her, on her page.
    page = his.go(f"/@{handle}/")
    page.locator("main details.menu:has([formaction*='/block/']) summary").click()
    page.get_by_role("button", name=f"Block {her.name}").click()
    page.get_by_text("blocked").first.wait_for()
    assert traces(his, paths, marks) == {}
    eventually(lambda: not traces(his, [told], marks), "he is told of her still")
    assert read(his, pin)[0] == 404
    assert read(hers, "/")[0] == 200
    assert set(traces(anybody, paths, marks)) == set(seen), "others see what they saw"
    # She deletes her account; a minute later there is nothing of hers for anybody.
    page = hers.go("/settings/delete/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
    page.get_by_role("heading", name="Delete account").wait_for()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Delete account for good").click()
    page.get_by_role("heading", name="Your account is deleted").wait_for()
    eventually(
        lambda: not [*traces(anybody, paths, marks), *pictures_left(anybody, shown)],
        "something is left after a minute",
    )
    for one in (f"/@{handle}/", pin, board):
        assert read(anybody, one)[0] in (404, 410)


def pictures_left(visitor: Visitor, path: str) -> list[str]:
    found = visitor.context.request.get(f"{visitor.url}{path}").status == 200
    return [path] if found else []
