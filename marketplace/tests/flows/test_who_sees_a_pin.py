"""Who sees a pin, over every face of the market (T35): everyone, followers first, only by link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.actions import unfollow
from accounts.testing import client_for, make_brand, make_person, owner_of
from accounts.testing import follow_all as follow
from catalog.testing import make_category, make_delivery_method, make_product
from core import audits, clock
from core.models import OutboxEvent
from feed.actions import edit_pin, save_pin, save_product
from feed.models import Board, Pin
from feed.testing import make_board, make_pin
from feed.types import Audience, PinData, TagData
from insights.models import Conversion
from marketplace.pages.robots import SPAN
from orders.testing import Order, make_paid_order, make_variant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAME = "Zephyr at the window"
DAY = timedelta(hours=24)
# What each face is called here, and whether somebody acts there with an address of the pin's.
BY_LINK = {"page", "talk", "api page"}
EVERYWHERE_ELSE = {
    "home", "following", "explore", "category", "profile", "search", "pins found", "suggestions",
    "related", "product", "board", "boards with covers", "api search", "api suggestions",
    "api profile", "api explore", "api home", "api following", "api related", "api board",
}  # fmt: skip
# Only those who log in have them.
PERSONAL = {"home", "following", "api home", "api following"}
# The same for everybody for five minutes, or made of what everybody meets.
SHARED = {"explore", "category", "related", "api explore", "api related", "sitemap"}


class Scene:
    """A brand's pin with a product, on somebody's open board; readers of all sorts."""

    def __init__(self, audience: Audience) -> None:
        make_category(slug="lamps", name="Lamps")
        self.brand = make_brand(name="Quill Works", handle="quill")
        self.product = make_product(seller=self.brand, title="Lantern")
        self.keeper = make_person(name="Ines", handle="ines")
        self.board = make_board(owner=self.keeper, title="Windows I like")
        self.pin = make_pin(
            author=self.brand,
            title=NAME,
            category="lamps",
            products=[self.product],
            audience=audience,
        )
        self.other = make_pin(title="A view of somebody else", category="lamps")
        for pin in (self.pin, self.other):
            save_pin(pin_id=pin.public_id, saver_id=self.keeper.pk, board_id=self.board.public_id)
        follower, stranger = (make_person(name=name) for name in ("Fay", "Sten"))
        self.follower = follower
        follow(follower, [self.brand])
        # Each follows the keeper, whose saves come up on Home.
        for one in (follower, stranger):
            follow(one, [self.keeper])
        self.readers = {
            "guest": Client(),
            "stranger": client_for(stranger),
            "follower": client_for(follower),
            "keeper": client_for(self.keeper),
            "author": client_for(owner_of(self.brand), acting=self.brand),
        }
        self.published = self.pin.published_at
        assert self.published is not None
        self.faces = self._faces()

    def _faces(self) -> dict[str, str]:
        pin, other, board = self.pin.public_id, self.other.public_id, self.board
        return {
            "page": f"/pin/{pin}/",
            "talk": f"/pin/{pin}/comments/",
            "home": "/",
            "following": "/following/",
            "explore": "/explore/",
            "category": "/explore/lamps/",
            "profile": "/@quill/",
            "search": "/search/?q=zephyr",
            "pins found": "/search/?q=zephyr&kind=pin",
            "suggestions": "/search/suggest/?q=zephy",
            "related": f"/pin/{other}/",
            "product": f"/product/{self.product.public_id}/{self.product.slug}/",
            "board": board.get_absolute_url(),
            "boards with covers": "/@ines/boards/",
            "sitemap": f"/sitemap/pins/{(self.pin.pk - 1) // SPAN}.xml",
            "api page": f"/api/v1/pins/{pin}/",
            "api search": "/api/v1/search/?q=zephyr",
            "api suggestions": "/api/v1/search/suggestions/?q=zephy",
            "api profile": "/api/v1/profiles/quill/pins/",
            "api explore": "/api/v1/walls/explore/",
            "api home": "/api/v1/walls/home/",
            "api following": "/api/v1/walls/following/",
            "api related": f"/api/v1/pins/{other}/related/",
            "api board": f"/api/v1/boards/{board.public_id}/pins/",
        }

    def met(self, who: str) -> set[str]:
        """On which faces this reader meets the pin; a picture of it tells as much as its name."""
        cache.clear()
        found, picture = set(), self.pin.image.public_id
        for name, path in self.faces.items():
            answer = self.readers[who].get(path)
            assert answer.status_code in (200, 302, 401), (who, path, answer.status_code)
            text = answer.content.decode()
            if answer.status_code == 200 and (
                f"/pin/{self.pin.public_id}/" in text or NAME in text or picture in text
            ):
                found.add(name)
        return found


@contextmanager
def later(scene: Scene, by: timedelta) -> Iterator[None]:
    assert scene.published is not None
    with clock.fixed(scene.published + by):
        yield


def everywhere(*, personal: bool = True) -> set[str]:
    return (BY_LINK | EVERYWHERE_ELSE | {"sitemap"}) - (set() if personal else PERSONAL)


def test_what_is_for_everyone_is_met_on_every_face() -> None:
    """The control: each face can show it."""
    scene = Scene(Audience.EVERYONE)
    assert everywhere(personal=False) <= scene.met("guest")
    assert everywhere() <= scene.met("follower")
    assert everywhere() - {"following", "api following"} <= scene.met("stranger")


def test_only_with_the_link_is_met_by_its_address_and_nowhere_else() -> None:
    scene = Scene(Audience.LINK)
    for who in ("guest", "stranger", "follower"):
        assert scene.met(who) == BY_LINK, who
    # Whoever arranges the board put it there, and had its address.
    assert scene.met("keeper") == BY_LINK | {"board", "api board"}
    assert scene.met("author") == BY_LINK
    page = scene.readers["guest"].get(f"/pin/{scene.pin.public_id}/").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "only with the link" in page
    assert scene.board.title not in page, "a board that does not show it"
    listed = scene.readers["author"].get("/studio/quill/pins/").content.decode()
    assert NAME in listed
    assert "Only with the link" in listed
    assert audits_fail() == []


def test_followers_have_it_first_and_everybody_a_day_later() -> None:
    scene = Scene(Audience.FOLLOWERS)
    second = timedelta(seconds=1)
    for by in (second, DAY - second):
        with later(scene, by):
            for who in ("guest", "stranger"):
                assert scene.met(who) == BY_LINK, (who, by)
            for who in ("follower", "author"):
                own = (
                    {"home", "api home", "following", "api following"} if who == "author" else set()
                )
                assert everywhere() - SHARED - own <= scene.met(who), (who, by)
            # A board's cover stands beside what is like another pin.
            assert not scene.met("follower") & (SHARED - {"related"})
            assert scene.met("keeper") == BY_LINK | {"board", "api board"}
            page = scene.readers["guest"].get(f"/pin/{scene.pin.public_id}/").content.decode()
            assert '<meta name="robots" content="noindex">' in page
    with later(scene, DAY):
        assert everywhere(personal=False) <= scene.met("guest")
        assert everywhere() - {"following", "api following"} <= scene.met("stranger")
        page = scene.readers["guest"].get(f"/pin/{scene.pin.public_id}/").content.decode()
        assert "noindex" not in page
    assert audits_fail() == []


def test_a_pin_is_taken_out_of_lists_and_put_back_by_an_edit() -> None:
    scene = Scene(Audience.EVERYONE)
    change(scene.pin, scene.brand.pk, Audience.LINK)
    assert scene.met("follower") == BY_LINK
    assert audits_fail() == []
    change(scene.pin, scene.brand.pk, Audience.EVERYONE)
    assert everywhere() <= scene.met("follower")
    assert audits_fail() == []


def test_who_stops_following_is_early_no_more() -> None:
    scene = Scene(Audience.FOLLOWERS)
    assert "search" in scene.met("follower")
    unfollow(follower_id=scene.follower.pk, followed_id=scene.brand.pk)
    assert scene.met("follower") == BY_LINK


def test_a_product_is_not_saved_as_a_pin_that_others_cannot_see() -> None:
    scene = Scene(Audience.LINK)
    saved = save_product(product_id=scene.product.public_id, saver_id=scene.keeper.pk)
    assert saved.pin_id != scene.pin.public_id
    standing = Pin.objects.get(public_id=saved.pin_id)
    change(standing, scene.brand.pk, Audience.LINK)
    other = make_board(owner=make_person(), title="Another")
    again = save_product(
        product_id=scene.product.public_id, saver_id=other.owner_id, board_id=other.public_id
    )
    assert again.pin_id != saved.pin_id


def test_what_is_only_for_the_link_is_news_to_nobody() -> None:
    brand = make_brand()
    for audience in Audience:
        make_pin(author=brand, audience=audience)
    told = OutboxEvent.objects.filter(type="feed.PinPublished").values_list("data", flat=True)
    heard = {one["pin_id"] for one in told}
    assert heard == set(
        Pin.objects.exclude(audience=Audience.LINK).values_list("public_id", flat=True)
    )


def test_a_board_does_not_count_for_others_what_they_do_not_see() -> None:
    scene = Scene(Audience.LINK)
    Board.objects.filter(pk=scene.board.pk).update(cover=scene.pin)
    page = scene.readers["stranger"].get("/@ines/boards/").content.decode()
    assert scene.pin.image.public_id not in page, "not even as the chosen cover"


def change(pin: Pin, author_id: int, audience: Audience) -> None:
    fields = pin_data(pin)
    edit_pin(
        public_id=pin.public_id, author_id=author_id, data=PinData(**fields, audience=audience)
    )


def pin_data(pin: Pin) -> dict[str, Any]:
    """All that a pin says, as an edit takes it."""
    return {
        "title": pin.title,
        "category": pin.category.slug if pin.category else None,
        "tags": [
            TagData(product_id=tag.product.public_id, x=tag.x, y=tag.y) for tag in pin.tags.all()
        ],
    }


def audits_fail() -> list[str]:
    """What the audit finds of pins and of the index."""
    return [
        f"{one.check}: {one.detail}"
        for one in audits.violations(invariants=frozenset({"I10", "I11"}))
    ]


@pytest.mark.parametrize(
    ("audience", "own", "met"),
    [(Audience.EVERYONE, False, True), (Audience.LINK, True, True), (Audience.LINK, False, False)],
)
def test_a_seller_learns_of_no_address_because_somebody_bought_with_it(
    audience: Audience, own: bool, met: bool
) -> None:
    brand = make_brand(name="Quill Works", handle="quill")
    make_delivery_method(seller=brand, price=600)
    order = make_paid_order(variant=make_variant(seller=brand, stock=5))
    pin = make_pin(author=brand if own else make_person(), title=NAME, audience=audience)
    touch = {"source": "pin", "ref": pin.public_id, "at": clock.now().isoformat()}
    Order.objects.filter(pk=order.pk).update(touch=touch)
    Conversion.objects.update(source="pin", ref=pin.public_id, touched_at=clock.now())
    client = client_for(owner_of(brand), acting=brand)
    for path in ("/studio/quill/", "/api/v1/studio/quill/"):
        page = client.get(path)
        assert page.status_code == 200
        assert (pin.public_id in page.content.decode()) is met, path
    for path in ("/studio/quill/orders/", f"/studio/quill/orders/{order.number}/"):
        text = client.get(path).content.decode()
        assert order.number in text
        assert (pin.public_id in text) is (audience == Audience.EVERYONE), path
