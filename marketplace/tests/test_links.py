"""No link to what is not there: every page's own links and buttons are followed."""

from __future__ import annotations

import re
from typing import get_args
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import client_for, make_brand, make_member, owner_of
from accounts.types import Role
from feed.testing import make_pin
from marketplace.tests.world import World, addresses, make_world, path_to

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Served by the web server's own layer, or by other processes.
ELSEWHERE = re.compile(r"/(static|media|css|admin)/")
# Ends the sweep; shows samples of what is nowhere.
LEFT_OUT = {"account_logout", "pages:styleguide"}
# Where a form is posted to; asked with GET they answer that, or lead on.
THERE = {200, 301, 302, 303, 405}


@pytest.mark.parametrize(
    "who",
    [
        "the buyer",
        "the owner",
        "a guest",
    ],
)
def test_every_link_leads_somewhere(who: str) -> None:
    world = make_world()
    people = {"the buyer": world.buyer, "the owner": owner_of(world.brand), "a guest": None}
    asked, dead = followed(client_for(people[who]), world, under="/")
    assert dead == []
    assert asked > 40, "hardly any links: the sweep proves nothing"


@pytest.mark.parametrize("role", get_args(Role))
def test_the_studio_leads_each_role_only_where_it_may_go(role: Role) -> None:
    world = make_world()
    client = client_for(make_member(brand=world.brand, role=role))
    asked, dead = followed(client, world, under="/studio/")
    assert dead == []
    assert asked > 4, "hardly any links: the sweep proves nothing"


def test_a_brand_that_waits_is_led_to_no_pin_that_nobody_sees() -> None:
    brand = make_brand(handle="waiting", approved=False)
    pin = make_pin(author=brand, title="A shelf at noon")
    page = client_for(owner_of(brand)).get("/studio/waiting/pins/").content.decode()
    assert "A shelf at noon" in page
    assert f"/pin/{pin.public_id}/" not in page


def followed(client: Client, world: World, *, under: str) -> tuple[int, list[str]]:
    """How many links the pages below a path have, and those that lead nowhere."""
    asked: dict[str, int] = {}
    dead = []
    for name, arguments in addresses():
        path = path_to(name, world.real(name, arguments))
        if name in LEFT_OUT or not path.startswith(under):
            continue
        for link in links_on(client, path):
            if link not in asked:
                asked[link] = client.get(link).status_code
            if asked[link] not in THERE:
                dead.append(f"{path}: {link}: {asked[link]}")
    return len(asked), dead


def links_on(client: Client, path: str) -> set[str]:
    answer = client.get(path)
    if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
        return set()
    soup = BeautifulSoup(answer.content, "html5lib")
    found = [tag["href"] for tag in soup.select("a[href]")]
    found += [tag["action"] for tag in soup.select("form[action]")]
    found += [tag["formaction"] for tag in soup.select("[formaction]")]
    wanted = set()
    for one in found:
        parts = urlsplit(urljoin(path, str(one)))
        own = not parts.netloc and parts.path.startswith("/") and not ELSEWHERE.match(parts.path)
        if own and not parts.path.startswith("/accounts/logout"):
            wanted.add(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return wanted
