"""A brand that is not let in, over every face of the market (T27).

Nothing of it shows and nothing of it can be acted upon: while it waits, after it was sent back,
while it is suspended, after it closed. In between it is let in, and each silent face speaks.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts import actions as accounts
from accounts.testing import (
    approve,
    client_for,
    follow_all,
    make_brand,
    make_operator,
    make_person,
    owner_of,
)
from catalog import actions as catalog
from catalog.testing import make_category, make_delivery_method, make_product, make_service
from core.testing import deliver_all
from feed import actions as feed
from feed.testing import Pin, make_board, make_pin
from inventory.actions import receive
from marketplace.pages.robots import SPAN
from marketplace.tests.world import everything

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Scene:
    """One brand with a pin, a product and a service; people who would meet them.

    `marks` stand in its titles and addresses; no search asks for them, for a page repeats what was
    asked.
    """

    def __init__(self) -> None:
        make_category(slug="lamps", name="Lamps")
        self.brand = make_brand(name="Quill Works", handle="quill", approved=False)
        self.owner = client_for(owner_of(self.brand), acting=self.brand)
        self.reader = make_person(name="Noor", handle="noor")
        self.board = make_board(owner=self.reader, title="Things of others")
        make_delivery_method(seller=self.brand)
        self.product = make_product(
            seller=self.brand, title="Zephyr lantern", publish=False, with_delivery=False
        )
        receive(variant_id=self.product.variants.get().pk, quantity=5, actor_id=None)
        self.service = make_service(seller=self.brand, title="Zephyr drawing", publish=False)
        self.pin: Pin = make_pin(
            author=self.brand, title="Zephyr at the window", category="lamps", text="Zephyr"
        )
        self.other = make_pin(title="A window of somebody else", category="lamps")
        self.visitors = {
            "guest": Client(),
            "reader": client_for(self.reader),
        }
        ids = [one.public_id for one in (self.pin, self.product, self.service)]
        self.marks = re.compile("|".join(["zephyr", "quill", *ids]), re.IGNORECASE)
        self.maps = [
            f"/sitemap/{kind}/{(key - 1) // SPAN}.xml"  # keys of other tests go before
            for kind, key in (
                ("pins", self.pin.pk),
                ("products", self.product.pk),
                ("services", self.service.pk),
                ("profiles", self.brand.pk),
            )
        ]
        deliver_all()

    def pages(self) -> list[str]:
        """Every address on which something of the brand would stand."""
        pin, product, service = self.pin.public_id, self.product, self.service
        lists = ("explore", "home", "following")
        return [
            *("/", "/explore/", "/explore/lamps/", "/following/", "/services/", "/notifications/"),
            *(f"/search/?q=window&kind={kind}" for kind in ("", "pin")),
            *("/search/?q=lantern&kind=product", "/search/?q=drawing&kind=service"),
            *(f"/pin/{pin}/{tail}" for tail in ("", "comments/", "boards/")),
            f"/pin/{self.other.public_id}/",
            *(f"/@quill/{tail}" for tail in ("", "shop/", "services/", "boards/", "about/")),
            f"/product/{product.public_id}/{product.slug}/",
            f"/service/{service.public_id}/{service.slug}/",
            *(f"/ask/{kind}" for kind in (f"pin/{pin}/", f"product/{product.public_id}/")),
            f"/report/pin/{pin}/",
            f"/quote/{service.public_id}/",
            f"/buy/{product.variants.get().public_id}/",
            self.board.get_absolute_url(),
            *self.maps,
            *(f"/api/v1/walls/{name}/" for name in lists),
            *(f"/api/v1/pins/{pin}/{tail}" for tail in ("", "related/", "comments/")),
            f"/api/v1/pins/{self.other.public_id}/related/",
            *(f"/api/v1/profiles/quill/{tail}" for tail in ("", "pins/", "boards/", "products/")),
            f"/api/v1/products/{product.public_id}/",
            *("/api/v1/search/?q=window", "/api/v1/search/?q=lantern"),
            f"/api/v1/boards/{self.board.public_id}/pins/",
        ]

    def shown(self) -> set[str]:
        """Who meets the brand where."""
        found = set()
        for who, client in self.visitors.items():
            for path in self.pages():
                answer = client.get(path)
                assert answer.status_code < 500, (who, path)
                found_in = f"{path} {answer.content.decode()}"
                if answer.status_code == 200 and self.marks.search(found_in):
                    found.add(f"{who} {path}")
        return found

    def acted(self) -> set[str]:
        """What a stranger can do to the pin; all of it is refused, and nothing changes."""
        before, done = everything(), set()
        pin = f"/pin/{self.pin.public_id}/"
        forms: dict[str, dict[str, Any]] = {
            f"{pin}save/": {"board": self.board.public_id},
            f"{pin}like/": {"to": "on"},
            f"{pin}comments/": {"text": "Where is it from?"},
            f"/ask/pin/{self.pin.public_id}/": {"text": "Where is it from?"},
            f"/follow/{self.brand.public_id}/": {"to": "on"},
        }
        for path, form in forms.items():
            answer = self.visitors["reader"].post(path, form)
            if answer.status_code not in (404, 410):
                done.add(f"{path}: {answer.status_code}")
        for path in (f"/api/v1/pins/{self.pin.public_id}/{act}/" for act in ("save", "like")):
            answer = self.visitors["reader"].put(path, {}, content_type="application/json")
            if answer.status_code not in (403, 404, 410):
                done.add(f"{path}: {answer.status_code}")
        assert everything() == before
        return done


def test_nothing_of_it_shows_before_between_and_after() -> None:
    scene = Scene()
    operator, brand = make_operator().user_id or 0, scene.brand
    assert scene.shown() == set(), "while it waits"
    assert scene.acted() == set()
    assert "Zephyr at the window" in scene.owner.get("/studio/quill/pins/").content.decode()

    accounts.reject_brand(brand_id=brand.pk, operator_id=operator, reason="No address")
    deliver_all()
    assert scene.shown() == set(), "after it was sent back"
    assert scene.acted() == set()

    approve(brand)
    let_in(scene)
    spoken = scene.shown()
    silent = [path for path in scene.pages() if not any(one.endswith(f" {path}") for one in spoken)]
    assert silent == [], "these prove nothing"

    accounts.suspend_brand(brand_id=brand.pk, operator_id=operator, reason="To be looked at")
    deliver_all()
    assert scene.shown() == set(), "while it is suspended"
    assert scene.acted() == set()

    accounts.restore_brand(brand_id=brand.pk, operator_id=operator)
    deliver_all()
    accounts.close_brand(brand_id=brand.pk, actor_id=owner_of(brand).user_id or 0)
    deliver_all()
    assert scene.shown() == set(), "after it closed"
    assert scene.acted() == set()


def let_in(scene: Scene) -> None:
    """What happens once a brand is public: it sells, and people follow, save, like and talk."""
    brand, reader, pin = scene.brand, scene.reader, scene.pin.public_id
    deliver_all()
    catalog.publish_product(product_id=scene.product.public_id, seller_id=brand.pk, actor_id=None)
    catalog.publish_service(service_id=scene.service.public_id, seller_id=brand.pk, actor_id=None)
    follow_all(reader, [brand])
    feed.save_pin(pin_id=pin, saver_id=reader.pk, board_id=scene.board.public_id)
    feed.save_pin(pin_id=pin, saver_id=brand.pk, board_id=make_board(owner=brand).public_id)
    feed.like_pin(pin_id=pin, profile_id=reader.pk)
    feed.write_comment(pin_id=pin, author_id=brand.pk, text="Zephyr, thrown by hand")
    answer = feed.write_comment(pin_id=pin, author_id=reader.pk, text="Where is it from?")
    feed.write_comment(pin_id=pin, author_id=brand.pk, text="Zephyr bay", answers=answer.public_id)
    feed.refresh_popularity()
    deliver_all()
