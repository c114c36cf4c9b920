"""What a page says of itself to strangers and machines, and what it never says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from accounts import actions
from accounts.testing import client_for, follow_all, make_address, make_brand, make_person
from catalog.testing import make_product, make_service
from core.testing import picture_file
from feed.testing import make_board, make_pin
from marketplace.pages import robots

pytestmark = pytest.mark.django_db


def meta_of(client: Client, path: str) -> tuple[dict[str, str], dict[str, Any], str]:
    """Open Graph and Twitter values, JSON-LD, and the canonical address of a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html5lib")
    tags = soup.select("meta[property], meta[name^=twitter]")
    said = {str(tag.get("property") or tag.get("name")): str(tag["content"]) for tag in tags}
    block = soup.select_one('script[type="application/ld+json"]')
    canonical = soup.select_one("link[rel=canonical]")
    data = json.loads(block.string or "") if block else {}
    return said, data, str(canonical["href"]) if canonical else ""


@pytest.mark.parametrize("kind", ["person", "brand"])
def test_a_profile_is_readable_by_everybody_and_says_what_it_is(kind: str) -> None:
    make = make_person if kind == "person" else make_brand
    profile = make(name='Mara "</script>" Wolf', handle="mara")
    said, data, canonical = meta_of(Client(), "/@mara/?cursor=1")
    assert canonical == f"{settings.SITE_URL}/@mara/"
    assert said["og:title"] == f"{profile.name} (@mara)"
    assert said["og:url"] == canonical
    assert said["twitter:card"] == "summary"
    assert data["@type"] == "ProfilePage"
    entity = data["mainEntity"]
    assert entity["@type"] == ("Person" if kind == "person" else "Organization")
    assert entity["name"] == profile.name


def test_the_card_of_a_profile_shows_its_cover() -> None:
    mara = make_person(name="Mara Wolf", handle="mara")
    typed = {"name": "Mara Wolf", "handle": "mara", "bio": ""}
    assert "og:image" not in meta_of(Client(), "/@mara/")[0]
    cover = {"cover": picture_file(width=900, height=300)}
    assert client_for(mara).post("/settings/profile/", {**typed, **cover}).status_code == 302
    mara.refresh_from_db()
    assert mara.cover is not None
    said, _data, _canonical = meta_of(Client(), "/@mara/")
    assert said["og:image"] == f"{settings.SITE_URL}{mara.cover.src(1080)}"
    assert said["twitter:image"] == said["og:image"]
    assert said["og:image:alt"] == "Mara Wolf"
    assert said["twitter:card"] == "summary_large_image"
    picture = Client().get(said["og:image"].removeprefix(settings.SITE_URL))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")


def test_pin_product_and_board_say_what_they_are() -> None:
    product = make_product(title="Vase")
    pin = make_pin(author=product.seller, title="A shelf", products=[product])
    board = make_board(owner=make_person(), title="Rooms")
    secret = make_board(owner=board.owner, title="Hidden", secret=True)
    said, data, canonical = meta_of(Client(), pin.get_absolute_url())
    assert canonical == f"{settings.SITE_URL}{pin.get_absolute_url()}"
    assert (said["twitter:card"], data["@type"]) == ("summary_large_image", "ImageObject")
    assert data["author"]["name"] == product.seller.name
    said, data, canonical = meta_of(Client(), f"/product/{product.public_id}/{product.slug}/")
    assert (said["og:type"], data["@type"]) == ("product", "Product")
    assert data["offers"][0]["priceCurrency"]
    service = make_service(seller=product.seller, description="Flat lays, by daylight.")
    said, data, canonical = meta_of(Client(), f"/service/{service.public_id}/{service.slug}/")
    assert said["og:description"] == "Flat lays, by daylight."
    assert (said["twitter:card"], data["@type"]) == ("summary_large_image", "Service")
    assert data["provider"]["name"] == product.seller.name
    assert data["offers"][0]["priceCurrency"]
    assert meta_of(Client(), board.get_absolute_url())[2].endswith(board.get_absolute_url())
    assert meta_of(client_for(board.owner), secret.get_absolute_url())[2] == ""


def test_nothing_private_is_on_a_public_page() -> None:
    noor = make_person(handle="noor", email="private@mail.example")
    assert noor.user is not None
    make_address(user=noor.user)
    make_board(owner=noor, title="Secret plans", secret=True)
    actions.mute_word(muter_id=noor.pk, word="beige")
    for tab in ("", "boards/", "about/", "followers/", "following/"):
        page = Client().get(f"/@noor/{tab}").content.decode()
        assert "@noor" in page
        for private in ("private@mail", "Lange Straße", "Secret plans", "beige"):
            assert private not in page, tab


def test_followers_are_listed_in_pages_with_buttons(
    django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.network.PAGE", 3)
    star, viewer = make_person(handle="star"), make_person()
    fans = [make_person(name=f"Fan {number}") for number in range(5)]
    for fan in fans:
        follow_all(fan, [star])
    follow_all(viewer, [fans[4]])
    client = client_for(viewer)
    with django_assert_max_num_queries(5):  # session, viewer, profile, list, followed of them
        page = client.get("/@star/followers/").content.decode()
    assert [f"Fan {n}" in page for n in range(5)] == [False, False, True, True, True]
    assert len(re.findall(r'data-toggle[^>]*aria-pressed="true"', page)) == 1
    more = re.search(r'href="(\?cursor=\d+)"', page)
    assert more is not None
    page = client.get(f"/@star/followers/{more.group(1)}").content.decode()
    assert [f"Fan {n}" in page for n in range(5)] == [True, True, False, False, False]
    assert "star" in client.get(f"/@{fans[0].handle}/following/").content.decode()


def test_blocked_and_suspended_people_are_in_no_list() -> None:
    star, viewer, quillon = make_person(handle="star"), make_person(), make_person(name="Quillon")
    follow_all(quillon, [star])
    assert "Quillon" in client_for(viewer).get("/@star/followers/").content.decode()
    actions.block(blocker_id=quillon.pk, blocked_id=viewer.pk)
    assert "Quillon" not in client_for(viewer).get("/@star/followers/").content.decode()
    actions.suspend_person(profile_id=quillon.pk, operator_id=star.user.pk, reason="Spam")
    assert "Quillon" not in Client().get("/@star/followers/").content.decode()


def test_robots_are_told_where_the_map_is_and_the_map_holds_what_is_public(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(robots, "SPAN", 2)
    product = make_product()
    pins = [make_pin(author=product.seller, products=[product]) for _ in range(3)]
    draft = make_pin(author=product.seller, publish_now=False)
    service = make_service(seller=product.seller)
    drafted = make_service(seller=product.seller, publish=False)
    hidden = make_brand(handle="hidden", approved=False)
    text = Client().get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /settings/" in text
    index = Client().get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>([^<]+)</loc>", index)
    assert len(parts) > 3
    files = defaultdict[str, list[str]](list)
    for part in parts:
        files[part.rpartition("/")[0]].append(part)
    found: list[str] = []
    # Files follow keys, and keys go on from test to test: what was made here is in the last ones.
    for part in (part for one_kind in files.values() for part in one_kind[-6:]):
        with django_assert_num_queries(1):
            page = Client().get(part.removeprefix(settings.SITE_URL)).content.decode()
        found += re.findall(r"<loc>([^<]+)</loc>", page)
    assert len(found) == len(set(found))
    for path in [
        *(pin.get_absolute_url() for pin in pins),
        f"/product/{product.public_id}/{product.slug}/",
        f"/@{product.seller.handle}/",
        f"/service/{service.public_id}/{service.slug}/",
    ]:
        assert f"{settings.SITE_URL}{path}" in found
    secret = (draft.public_id, hidden.handle, drafted.public_id)
    assert not any(word in one for one in found for word in secret)
    assert Client().get("/sitemap/orders/0.xml").status_code == 404
