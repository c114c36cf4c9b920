"""A block, over every page: what two people meet of each other no more, and what is still owed."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import quote

import pytest
from django.test import Client

from accounts import actions as accounts
from accounts.testing import Profile, client_for, make_brand, make_person, owner_of, viewer_for
from catalog.testing import make_delivery_method, make_product
from core.testing import deliver_all
from feed import actions as feed
from feed.testing import Pin, make_board, make_pin
from inventory.actions import receive
from marketplace.tests.api.calling import Program, refusal
from marketplace.tests.test_links import links_on
from notifications.testing import mails_to, notices_of
from orders.models import Purchase
from orders.testing import make_paid_order

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Of whoever is blocked: name, handle, pin, board, product. No page may hold any of them.
MARKS = re.compile(r"quillon|zephyr", re.IGNORECASE)
STARTS = (
    "/",
    "/following/",
    "/explore/",
    "/search/?q=lantern",
    "/search/?q=lantern&kind=pin",
    "/search/?q=lantern&kind=product",
    "/search/?q=vesper&kind=person",
    "/search/?q=vesper&kind=brand",
    "/notifications/",
    "/@noor/",
    "/@noor/boards/",
    "/@thirdparty/",
    "/@thirdparty/boards/",
    "/bag/",
    "/welcome/",
)
SEARCHES = [path for path in STARTS if path.startswith("/search/")]
# Somebody's own list of whom they blocked.
OWN = "/settings/hidden/"


def everything_of(profile: Profile, *, with_products: bool) -> tuple[list[str], Pin]:
    """Pins, a board and perhaps a product of somebody, where they are, and one of the pins."""
    products = []
    if with_products:
        make_delivery_method(seller=profile)
        products = [make_product(seller=profile, title="Zephyr lantern", with_delivery=False)]
        receive(variant_id=products[0].variants.get().pk, quantity=5, actor_id=None)
    pins = [
        make_pin(
            author=profile,
            title=f"Zephyr {number}",
            text="Quillon made this lantern",
            products=products,
        )
        for number in range(3)
    ]
    board = make_board(owner=profile, title="Zephyr rooms")
    feed.save_pin(pin_id=pins[0].public_id, saver_id=profile.pk, board_id=board.public_id)
    places = [f"/@{profile.handle}/", f"/@{profile.handle}/boards/", f"/@{profile.handle}/about/"]
    places += [pin.get_absolute_url() for pin in pins]
    places += [board.get_absolute_url()]
    for product in products:
        places += [f"/product/{product.public_id}/{product.slug}/"]
        places += [f"/buy/{product.variants.get().public_id}/", f"/@{profile.handle}/shop/"]
        places += [f"/ask/brand/{profile.public_id}/", f"/ask/product/{product.public_id}/"]
    if with_products:
        places += [f"/ask/pin/{pins[0].public_id}/"]
    places += [f"/report/profile/{profile.public_id}/", f"/report/pin/{pins[0].public_id}/"]
    return places, pins[0]


def tells(client: Client, path: str) -> str:
    """What a page says of the other, or ""; its own address, asked for, is no news."""
    answer = client.get(path, follow=True)
    text = answer.content.decode(errors="replace")
    for asked in (path, quote(path), quote(path, safe="")):
        text = text.replace(asked, "")
    mark = MARKS.search(text)
    return f"{path}: …{text[max(mark.start() - 300, 0) : mark.end() + 60]}…" if mark else ""


def crawl(client: Client, starts: tuple[str, ...], *, limit: int = 160) -> tuple[int, list[str]]:
    """How many pages were read from these on, and those that tell."""
    queue, seen, telling = deque(starts), set(starts), []
    read = 0
    while queue and read < limit:
        path = queue.popleft()
        if path.startswith(OWN):
            continue
        read += 1
        if told := tells(client, path):
            telling.append(told)
        for link in sorted(links_on(client, path)):
            name = link.split("?")[0]
            if name not in seen and "search" not in name:
                seen.add(name)
                queue.append(link)
    return read, telling


@pytest.mark.parametrize("kind", ["a person", "a brand"])
def test_nothing_of_the_other_is_on_any_page_in_either_direction(kind: str) -> None:
    noor, third = make_person(name="Noor", handle="noor"), make_person(handle="thirdparty")
    if kind == "a brand":
        other = make_brand(name="Quillon Vesper", handle="quillonvesper")
    else:
        other = make_person(name="Quillon Vesper", handle="quillonvesper")
    places, pin = everything_of(other, with_products=kind == "a brand")
    their = owner_of(other) if kind == "a brand" else other
    mine = make_pin(author=noor, title="Noors shelf")
    for one in (noor, third):
        accounts.follow(follower_id=one.pk, followed_id=other.pk)
        board = make_board(owner=one, title=f"Board of {one.pk}")
        feed.save_pin(pin_id=pin.public_id, saver_id=one.pk, board_id=board.public_id)
    accounts.follow(follower_id=other.pk, followed_id=noor.pk)
    deliver_all(except_queues=("media",))
    noors, others = client_for(noor), client_for(their, acting=other)
    before = [path for path in places if tells(noors, path)]
    assert before == places, "control: all of it is there before"
    found = [path for path in SEARCHES if tells(noors, path)]
    assert len(found) >= 3, "control: they are found"
    assert tells(noors, "/"), "control: they are on the wall"
    assert tells(noors, "/notifications/") or kind == "a brand"

    accounts.block(blocker_id=noor.pk, blocked_id=other.pk)
    deliver_all(except_queues=("media",))

    for path in places:
        assert noors.get(path).status_code == 404, path
        assert not tells(noors, path)
    read, telling = crawl(noors, STARTS)
    assert read > 30, "hardly any pages: the crawl proves nothing"
    assert telling == []
    for path in ("/@noor/", "/@noor/boards/", "/@noor/about/", mine.get_absolute_url()):
        assert others.get(path).status_code == 404, path
    assert "Noors shelf" not in others.get("/explore/").content.decode()
    assert client_for(third).get(places[0]).status_code == 200, "to everybody else they are there"


def test_notices_of_a_blocked_person_go_and_none_comes() -> None:
    noor, bo = make_person(), make_person(name="Quillon")
    accounts.follow(follower_id=bo.pk, followed_id=noor.pk)
    deliver_all(except_queues=("media",))
    assert len(notices_of(noor.pk)) == 1
    noor.refresh_from_db()
    assert noor.unread_count == 1

    accounts.block(blocker_id=noor.pk, blocked_id=bo.pk)
    page = client_for(noor).get("/notifications/").content.decode()
    assert "Quillon" not in page, "at once, before any worker came by"
    deliver_all(except_queues=("media",))
    noor.refresh_from_db()
    assert (notices_of(noor.pk), noor.unread_count) == ([], 0)


def test_a_muted_person_may_follow_but_is_not_news() -> None:
    noor, bo = make_person(), make_person(name="Quillon")
    accounts.mute(muter_id=noor.pk, muted_id=bo.pk)
    accounts.follow(follower_id=bo.pk, followed_id=noor.pk)
    deliver_all(except_queues=("media",))
    assert notices_of(noor.pk) == []
    assert mails_to(noor.user.email, kind="messaging.follow") == []
    noor.refresh_from_db()
    assert noor.followers_count == 1


def test_nothing_new_is_bought_across_a_block_and_what_was_bought_goes_on() -> None:
    brand, noor = make_brand(name="Quillon Works", handle="quillonworks"), make_person()
    make_delivery_method(seller=brand)
    vase = make_product(seller=brand, title="Zephyr vase", with_delivery=False)
    variant = vase.variants.get()
    receive(variant_id=variant.pk, quantity=5, actor_id=None)
    order = make_paid_order(variant=variant, person=noor)
    accounts.block(blocker_id=brand.pk, blocked_id=noor.pk)
    buyer, seller = client_for(noor), client_for(owner_of(brand), acting=brand)

    assert buyer.get(f"/buy/{variant.public_id}/").status_code == 404
    buyer.post("/bag/add/", {"variant": variant.public_id})
    noor.refresh_from_db()
    assert noor.bag_count == 0
    program = Program(noor)
    assert program.call("GET", f"quote/?items={variant.public_id}:1").status_code == 404
    price = {"amount": order.total, "currency": "EUR"}
    wanted = {"items": [{"variant_id": variant.public_id, "quantity": 1}], "total": price}
    to = {"name": "N", "line1": "A 1", "postcode": "10115", "city": "Berlin", "country": "DE"}
    answer = program.call("POST", "purchases/", {**wanted, "address": to}, Idempotency_Key="k" * 20)
    assert refusal(answer) == (409, "sold_out")
    assert Purchase.objects.count() == 1

    assert "Quillon Works" in buyer.get(f"/order/{order.number}/").content.decode()
    assert buyer.get(f"/ask/order/{order.number}/").status_code == 200
    desk = seller.get(f"/studio/{brand.handle}/orders/{order.number}/")
    assert desk.status_code == 200
    assert order.number in seller.get(f"/studio/{brand.handle}/orders/?tab=all").content.decode()


def test_muted_people_and_words_stay_off_walls_but_are_there_when_asked_for() -> None:
    noor = make_person()
    bo, cy = make_person(name="Bo"), make_person(name="Cy")
    for author, title in ((bo, "Oak shelf"), (cy, "A BEIGE rug"), (cy, "Beigeless rug")):
        make_pin(author=author, title=title)
        accounts.follow(follower_id=noor.pk, followed_id=author.pk)
    accounts.mute(muter_id=noor.pk, muted_id=bo.pk)
    accounts.mute_word(muter_id=noor.pk, word="beige")
    client = client_for(noor)
    for path in ("/", "/following/", "/explore/", "/search/?q=rug+shelf"):
        page = client.get(path).content.decode()
        assert "Beigeless rug" in page, path
        assert "Oak shelf" not in page, path
        assert "A BEIGE rug" not in page, path
    assert "Oak shelf" in client.get(f"/@{bo.handle}/").content.decode()
    assert "A BEIGE rug" in client.get(f"/@{cy.handle}/").content.decode()
    everybody = Client().get("/explore/").content.decode()
    assert "Oak shelf" in everybody
    assert "A BEIGE rug" in everybody


def test_a_wall_kept_from_before_a_block_is_not_shown_after_it() -> None:
    noor, bo, cy = make_person(), make_person(name="Quillon Vesper"), make_person()
    for number in range(30):
        pin = make_pin(author=cy, title=f"Pin {number}")
        feed.save_pin(pin_id=pin.public_id, saver_id=bo.pk)
    accounts.follow(follower_id=noor.pk, followed_id=bo.pk)
    client = client_for(noor)
    first = client.get("/").content.decode()
    more = re.search(r'href="(/\?scroll=[^"]+)"', first)
    assert "Quillon saved this" in first
    assert more is not None
    second = more.group(1).replace("&amp;", "&")
    assert "Quillon" in client.get(second).content.decode()
    accounts.block(blocker_id=noor.pk, blocked_id=bo.pk)
    assert "Quillon" not in client.get(second).content.decode()


def test_the_menu_blocks_with_a_way_back_and_without_a_script() -> None:
    noor, bo = make_person(), make_person(name="Quillon Vesper")
    client = client_for(noor)
    page = client.get(f"/@{bo.handle}/").content.decode()
    assert f'formaction="/block/{bo.public_id}/"' in page
    assert f'formaction="/mute/{bo.public_id}/"' in page
    answer = client.post(f"/block/{bo.public_id}/", {"next": f"/@{bo.handle}/"}, follow=True)
    assert answer.status_code == 200, "not back to a page that is no more"
    assert f'formaction="/unblock/{bo.public_id}/"' in answer.content.decode()
    assert viewer_for(noor).hidden.blocked == {bo.pk}
    assert "Quillon Vesper" in client.get("/settings/hidden/").content.decode()
    client.post(f"/unblock/{bo.public_id}/")
    assert viewer_for(noor).hidden.blocked == frozenset()
    assert client.get(f"/@{bo.handle}/").status_code == 200
