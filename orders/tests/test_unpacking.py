"""Marked as packed by mistake: the way back, while nothing has left."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from accounts.testing import client_for, make_brand, make_member, make_token, owner_of
from core.testing import in_the_middle, undo_in
from notifications import queries as notifications
from orders import actions
from orders.actions import fulfilling
from orders.errors import NotAllowed
from orders.models import Order, OrderEvent
from orders.testing import deliver, finish, make_buyer, make_paid_order, make_variant
from orders.tests.pages import said_on
from orders.types import Actor


@pytest.fixture
def shop(db):
    """Two paid orders, their buyer's and their seller's browser, and the seller's list."""
    buyer, variant = make_buyer()[0], make_variant()
    orders = [make_paid_order(variant=variant, person=buyer) for _order in range(2)]
    owner = owner_of(variant.product.seller)
    return (
        orders,
        client_for(buyer),
        client_for(owner),
        f"/studio/{orders[0].seller.handle}/orders/",
    )


def states():
    return sorted(Order.objects.values_list("state", flat=True))


def notices_of(profile):
    found = notifications.notices_for(profile_id=profile.pk, cursor=None)
    return sorted(row.title for row in found.rows)


def test_undo_beside_what_was_packed_takes_it_back(shop):
    orders, _browser, desk, studio = shop
    one, other = (order.number for order in orders)
    for sent in ({"do": f"pack.{one}"}, {"do": "pack", "row": [one, other]}):
        seen = desk.post(f"{studio}?tab=pack", sent, follow=True)
        assert undo_in(seen).startswith(f"{studio}?tab=pack&undo=unpack.")
        back = desk.post(undo_in(seen), follow=True)
        assert "to be packed." in back.content.decode()
        assert undo_in(back) == ""
        assert states() == ["paid", "paid"]
    desk.post(studio, {"do": f"pack.{one}"})
    seen = desk.post(studio, {"do": "pack", "row": [one, other]}, follow=True)
    assert undo_in(seen).endswith(f"undo=unpack.{other}"), "the first was packed before"


def test_its_own_page_takes_it_back_beside_the_toast_and_later(shop):
    (order, _other), browser, desk, studio = shop
    page = f"{studio}{order.number}/"
    paid_at = order.paid_at

    def pack():
        return desk.post(f"{studio}pack/", {"order": order.number, "back": "order"}, follow=True)

    assert undo_in(pack()) == f"{page}unpack/"
    assert undo_in(pack()) == "", "a second press did nothing"
    soup = BeautifulSoup(desk.get(page).content, "html5lib")
    (later,) = soup.select("#ship button.quiet")
    assert later["formaction"] == f"{page}unpack/"
    answer = desk.post(str(later["formaction"]))
    assert (answer.status_code, answer["location"]) == (303, page)
    order.refresh_from_db()
    assert (order.state, order.paid_at, order.packed_at) == ("paid", paid_at, None)
    brand = order.seller.name
    said = said_on(browser, f"/order/{order.number}/")
    assert said[:3] == [
        ("Not packed after all", brand),
        ("Packed", brand),
        ("Paid: the amount is held on the card", "Payment provider"),
    ]
    assert browser.post(f"/order/{order.number}/cancel/").status_code == 303
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_packed_again_nobody_is_told_anything_twice(shop):
    (order, _other), _browser, desk, studio = shop
    buyer, owner = order.user.own_profile, owner_of(order.seller)
    deliver()
    before = [notices_of(one) for one in (buyer, owner)]
    for step in ("pack/", f"{order.number}/unpack/", f"{order.number}/unpack/", "pack/"):
        desk.post(f"{studio}{step}", {"order": order.number})
        deliver()
    assert [notices_of(one) for one in (buyer, owner)] == before
    moves = OrderEvent.objects.filter(order=order, actor=Actor.SELLER)
    assert list(moves.values_list("to_state", flat=True)) == ["packed", "paid", "packed"]
    desk.post(f"{studio}{order.number}/ship/")
    finish(order)
    assert sum("On its way" in title for title in notices_of(buyer)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("ended", ["shipped", "partially_shipped", "cancelled"])
def test_what_left_or_was_cancelled_stays_so(ended):
    order = make_paid_order(quantity=2)
    desk, studio = client_for(owner_of(order.seller)), f"/studio/{order.seller.handle}/orders/"
    seen = desk.post(studio, {"do": f"pack.{order.number}"}, follow=True)
    line = f"line-{order.lines.get().public_id}"
    desk.post(
        f"{studio}{order.number}/{'cancel' if ended == 'cancelled' else 'ship'}/",
        {"reason": "It broke", line: "1" if ended == "partially_shipped" else "2"},
    )
    events = OrderEvent.objects.count()
    again = desk.post(undo_in(seen), follow=True).content.decode()
    assert "That is no longer possible for this order." in again
    assert desk.post(f"{studio}{order.number}/unpack/").status_code == 409
    order.refresh_from_db()
    assert order.state == ended
    assert order.packed_at is not None
    assert OrderEvent.objects.count() == events


def test_other_brands_roles_and_the_buyer_take_nothing_back(shop):
    (order, _other), browser, desk, studio = shop
    desk.post(studio, {"do": f"pack.{order.number}"})
    rival = make_brand()
    finance = client_for(make_member(brand=order.seller, role="finance"))
    outside = client_for(owner_of(rival))
    for client in (browser, finance, outside):
        assert client.post(f"{studio}{order.number}/unpack/").status_code == 404
        assert client.post(f"{studio}?undo=unpack.{order.number}").status_code == 404
    own = f"/studio/{rival.handle}/orders/"
    assert outside.post(f"{own}{order.number}/unpack/").status_code == 404
    outside.post(f"{own}?undo=unpack.{order.number}")
    assert "Not packed after all" not in finance.get(f"{studio}{order.number}/").content.decode()
    order.refresh_from_db()
    assert order.state == "packed"


def test_by_program_all_of_them_or_none(shop):
    orders, _browser, desk, studio = shop
    brand = orders[0].seller
    token = make_token(owner_of(brand), scopes=["sales:write", "sales:read"]).secret
    one, other = (order.number for order in orders)
    desk.post(f"{studio}pack/", {"order": [one, other]})

    def unpack(*numbers):
        return client_for(None).post(
            f"/api/v1/studio/{brand.handle}/orders/unpack/",
            {"orders": list(numbers)},
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    assert unpack(one, make_paid_order().number).status_code == 404
    desk.post(f"{studio}{other}/ship/")
    assert unpack(one, other).json()["code"] == "not_allowed"
    assert states().count("packed") == 1
    answer = unpack(one).json()["results"]
    assert [(sale["number"], sale["state"], sale["packed_at"]) for sale in answer] == [
        (one, "paid", None)
    ]
    assert answer[0]["history"][-1]["kind"] == "unpacked"
    assert unpack(one).json()["results"] == [], "it is"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_a_parcel_that_leaves_in_the_middle_of_it_is_not_forgotten(locked, monkeypatch):
    """It waits, and leaves of what is paid; without the lock it is written over."""
    order = make_paid_order()
    by: dict[str, Any] = {
        "seller_id": order.seller_id,
        "actor_user_id": owner_of(order.seller).user_id,
    }
    actions.mark_packed(numbers=[order.number], **by)
    if not locked:
        monkeypatch.setattr(
            fulfilling, "_orders_of", lambda seller_id: Order.objects.filter(seller=seller_id)
        )
    met = in_the_middle(
        seam=(fulfilling, "_all_of"),
        act=lambda: actions.take_packed_back(numbers=[order.number], **by),
        meanwhile=lambda: actions.ship(number=order.number, **by),
    )
    assert (met[0], met[2]) == ([order.number], locked)
    order.refresh_from_db()
    assert order.fulfilments.count() == 1
    assert order.state == ("shipped" if locked else "paid")


@pytest.mark.django_db(transaction=True)
def test_in_the_middle_of_a_parcel_nothing_is_taken_back():
    order = make_paid_order()
    by: dict[str, Any] = {
        "seller_id": order.seller_id,
        "actor_user_id": owner_of(order.seller).user_id,
    }
    actions.mark_packed(numbers=[order.number], **by)
    met = in_the_middle(
        seam=(fulfilling, "_contents"),
        act=lambda: actions.ship(number=order.number, **by),
        meanwhile=lambda: actions.take_packed_back(numbers=[order.number], **by),
    )
    assert isinstance(met[1], NotAllowed)
    assert met[2]
    order.refresh_from_db()
    assert order.state == "shipped"
