"""Changing the bag. A guest's bag is found by a key in the session, a person's by their account."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.db.models import F, QuerySet, Sum

from accounts import actions as accounts
from accounts import queries as people
from accounts.types import Viewer
from catalog import queries as catalog
from core import clock
from core.ids import new_secret_id
from orders.errors import BagFull, NotBuyable, SellerAway, SoldOut
from orders.models import Bag, BagLine, Checkout
from orders.quantities import BAG_LINES, MAX_QUANTITY, check_quantity
from orders.session import BAG_COUNT, BAG_KEY
from orders.states import CheckoutState
from orders.touches import touch_for

# One statement each, because a bag is filled on the most visited pages: the first finds or makes
# the bag, locks it and counts its version; the second adds to a line and tells the new number of
# pieces, or nothing when there is no room for another line (its sub-selects see the other lines as
# they are under that lock).
_TOUCH_BAG = """
INSERT INTO orders_bag (key, user_id, version, created_at, updated_at)
VALUES (%(key)s, %(user)s, 1, %(now)s, %(now)s)
ON CONFLICT ({owner}) DO UPDATE
    SET version = orders_bag.version + 1, updated_at = excluded.updated_at
RETURNING id
"""
_ADD_LINE = """
INSERT INTO orders_bagline
    (bag_id, variant_id, quantity, title, price, currency, touch, added_at)
SELECT %(bag)s, %(variant)s, %(quantity)s, %(title)s, %(price)s, %(currency)s,
    %(touch)s::jsonb, %(now)s
WHERE %(lines)s > (
    SELECT COUNT(*) FROM orders_bagline other
    WHERE other.bag_id = %(bag)s AND other.variant_id <> %(variant)s
)
ON CONFLICT (bag_id, variant_id) DO UPDATE
    SET quantity = LEAST(%(most)s, orders_bagline.quantity + excluded.quantity),
        price = excluded.price, currency = excluded.currency, title = excluded.title,
        touch = COALESCE(excluded.touch, orders_bagline.touch)
RETURNING quantity + (
    SELECT COALESCE(SUM(other.quantity), 0) FROM orders_bagline other
    WHERE other.bag_id = %(bag)s AND other.variant_id <> %(variant)s
)
"""


@dataclass(frozen=True, kw_only=True)
class Added:
    """What went into the bag, and how many pieces are in it now."""

    title: str
    variant_id: str
    pieces: int


def add_to_bag(*, viewer: Viewer, session: SessionBase, variant_id: str, quantity: int) -> Added:
    """Put pieces of a variant into the viewer's bag; a line stops at 99.

    Raises BadQuantity, NotBuyable, SellerAway, SoldOut, BagFull.
    """
    check_quantity(quantity)
    offer = catalog.offers(variant_ids=[variant_id]).get(variant_id)
    if offer is None or offer.seller_id in viewer.hidden.blocked:
        raise NotBuyable
    if offer.away_until is not None:
        raise SellerAway(until=offer.away_until.isoformat())
    if not offer.buyable:
        raise SoldOut(variants=[variant_id])
    touch = touch_for(session=session, product_ids=[offer.product_id])
    with transaction.atomic():
        bag_id = _touch_bag(viewer=viewer, session=session)
        values = {
            "bag": bag_id,
            "variant": offer.variant_pk,
            "quantity": quantity,
            "most": MAX_QUANTITY,
            "lines": BAG_LINES,
            "title": offer.title[:400],
            "price": offer.price.amount,
            "currency": offer.price.currency,
            "touch": _json(touch),
            "now": clock.now(),
        }
        pieces = _one(_ADD_LINE, values)
        if pieces is None:
            raise BagFull
        _tell_count(viewer=viewer, session=session, pieces=pieces)
    return Added(title=offer.title, variant_id=variant_id, pieces=pieces)


def change_line(
    *, viewer: Viewer, session: SessionBase, variant_id: str, quantity: int
) -> BagLine | None:
    """Set how many pieces of a variant are in the bag; 0 removes the line.

    Returns the line as it was, or None when there was none (another tab removed it). Raises
    BadQuantity.
    """
    check_quantity(quantity, zero=True)
    with transaction.atomic():
        bag = own_bag(viewer=viewer, session=session, lock=True)
        if bag is None:
            return None
        line = bag.lines.filter(variant__public_id=variant_id).first()
        if line is None:
            return None
        if quantity == 0:
            BagLine.objects.filter(pk=line.pk).delete()
        else:
            BagLine.objects.filter(pk=line.pk).update(quantity=quantity)
        _changed(bag=bag, viewer=viewer, session=session)
    return line


def remove_line(*, viewer: Viewer, session: SessionBase, variant_id: str) -> BagLine | None:
    """Take a variant out of the bag. Returns the line as it was, for Undo."""
    return change_line(viewer=viewer, session=session, variant_id=variant_id, quantity=0)


def merge_bag(*, session: SessionBase, user_id: int, profile_id: int | None) -> int:
    """After log-in: what the guest put into the bag joins the person's own, and so do the checkouts
    of it, with what was typed there: they go on at the same address, for this person alone.

    The guest's bag ends here, so that nobody else at the device finds it. Answers with how many
    of its things found no room.
    """
    key = session.get(BAG_KEY)
    left = _merged(key=key, user_id=user_id, profile_id=profile_id) if key else 0
    session.pop(BAG_KEY, None)
    session.pop(BAG_COUNT, None)
    return left


@transaction.atomic
def _merged(*, key: str, user_id: int, profile_id: int | None) -> int:
    found = Bag.objects.filter(key=key, user=None)
    lock_checkouts(bags=found)
    guest = found.select_for_update().first()
    if guest is None:
        return 0
    own, _created = Bag.objects.get_or_create(user_id=user_id)
    own = Bag.objects.select_for_update().get(pk=own.pk)
    mine = {line.variant_id: line for line in own.lines.all()}
    room, left = BAG_LINES - len(mine), 0
    for line in guest.lines.order_by("-id"):
        same = mine.get(line.variant_id)
        if same is None and room > 0:
            BagLine.objects.filter(pk=line.pk).update(bag=own)
            room -= 1
        elif same is None:
            left += 1
        else:
            same.quantity = min(MAX_QUANTITY, same.quantity + line.quantity)
            same.save(update_fields=["quantity"])
    Checkout.objects.filter(bag=guest).update(bag=own, user_id=user_id)
    guest.delete()
    Bag.objects.filter(pk=own.pk).update(version=F("version") + 1, updated_at=clock.now())
    if profile_id is not None:
        accounts.set_bag_count(profile_id=profile_id, count=_pieces(own))
    return left


def take_out_bought(*, bag_id: int, quantities: dict[int, int]) -> None:
    """After payment: what was bought leaves the bag; what was added meanwhile stays."""
    bag = Bag.objects.select_for_update().filter(pk=bag_id).first()
    if bag is None:
        return
    for line in bag.lines.filter(variant_id__in=quantities):
        left = line.quantity - quantities[line.variant_id]
        if left > 0:
            line.quantity = left
            line.save(update_fields=["quantity"])
        else:
            line.delete()
    Bag.objects.filter(pk=bag.pk).update(version=F("version") + 1, updated_at=clock.now())
    # Perhaps not whose the purchase is: who paid as a guest and logged in has their own bag by now.
    buyer = people.person_contact(user_id=bag.user_id) if bag.user_id is not None else None
    if buyer is not None:
        accounts.set_bag_count(profile_id=buyer.profile_id, count=_pieces(bag))


def recount(*, session: SessionBase) -> None:
    """Bring the number on a guest's bag up to date: what was paid for left it in a worker, who has
    no session. One query, none while the number is nought.
    """
    if not session.get(BAG_COUNT):
        return
    lines = BagLine.objects.filter(bag__key=session.get(BAG_KEY, ""), bag__user=None)
    pieces = lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0
    if pieces != session[BAG_COUNT]:
        session[BAG_COUNT] = pieces


def own_bag(*, viewer: Viewer, session: SessionBase, lock: bool = False) -> Bag | None:
    """The viewer's bag, or None while nothing was ever put into one."""
    rows = own_bags(viewer=viewer, session=session)
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def own_bags(*, viewer: Viewer, session: SessionBase) -> QuerySet[Bag]:
    """The same as a question of one row or none, not asked yet."""
    if viewer.user is not None:
        return Bag.objects.filter(user_id=viewer.user.pk)
    key = session.get(BAG_KEY)
    return Bag.objects.filter(key=key, user=None) if key else Bag.objects.none()


def lock_checkouts(
    *, bags: QuerySet[Bag], states: Collection[CheckoutState] = tuple(CheckoutState)
) -> list[Checkout]:
    """Lock the checkouts of bags that are in these states. Ask it before the bag's own lock:
    whoever hears that a checkout is paid holds it, and then empties its bag.
    """
    rows = Checkout.objects.select_for_update(of=("self",)).filter(bag__in=bags)
    return list(rows.filter(state__in=states).order_by("id"))


def _touch_bag(*, viewer: Viewer, session: SessionBase) -> int:
    if viewer.user is not None:
        key, user_id, owner = new_secret_id(), viewer.user.pk, "user_id"
    else:
        key, user_id, owner = session.get(BAG_KEY) or new_secret_id(), None, "key"
        session[BAG_KEY] = key
    values = {"key": key, "user": user_id, "now": clock.now()}
    bag_id = _one(_TOUCH_BAG.format(owner=owner), values)
    assert bag_id is not None  # noqa: S101  it inserts or updates, and returns either way
    return bag_id


def _changed(*, bag: Bag, viewer: Viewer, session: SessionBase) -> None:
    Bag.objects.filter(pk=bag.pk).update(version=F("version") + 1, updated_at=clock.now())
    _tell_count(viewer=viewer, session=session, pieces=_pieces(bag))


def _tell_count(*, viewer: Viewer, session: SessionBase, pieces: int) -> None:
    if viewer.profile is not None:
        accounts.set_bag_count(profile_id=viewer.profile.id, count=pieces)
    else:
        session[BAG_COUNT] = pieces


def _pieces(bag: Bag) -> int:
    return bag.lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _one(statement: str, values: dict[str, Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return None if row is None else int(row[0])
