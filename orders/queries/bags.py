"""The bag as its page shows it."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet

from accounts.types import Viewer
from core.money import Money
from inventory import queries as inventory
from orders.models import BagLine
from orders.pricing import price_now
from orders.session import BAG_KEY
from orders.types import BagItem, BagPage, Priced, Want


def bag_for(*, viewer: Viewer, session: SessionBase, country: str) -> BagPage:
    """The viewer's bag priced for delivery to `country`. Four queries, one when it is empty.

    A line that is sold out or gone stays visible, but is in no sum.
    """
    rows = list(
        _lines(viewer, session).values_list(
            "id",
            "bag__version",
            "variant__public_id",
            "variant_id",
            "quantity",
            "title",
            "price",
            "currency",
            "added_at",
        )
    )
    if not rows:
        return BagPage(version=0, items=(), priced=None)
    wants = [Want(variant_id=row[2], quantity=row[4]) for row in rows]
    every = price_now(wants=wants, country=country, refused=viewer.hidden.blocked)
    left = inventory.available(variant_pks=[row[3] for row in rows])
    lines = {line.variant_id: line for line in every.lines}
    items = tuple(
        BagItem(
            line_id=pk,
            variant_id=variant_id,
            quantity=quantity,
            title=title,
            added_price=Money(price, currency),
            added_at=added_at,
            line=lines.get(variant_id),
            available=left.get(variant_pk, 0),
        )
        for pk, _v, variant_id, variant_pk, quantity, title, price, currency, added_at in rows
    )
    sellable = [
        Want(variant_id=item.variant_id, quantity=item.quantity) for item in items if not item.gone
    ]
    priced = every if len(sellable) == len(items) else _without(sellable, country)
    return BagPage(version=rows[0][1], items=items, priced=priced)


def _without(wants: list[Want], country: str) -> Priced | None:
    return price_now(wants=wants, country=country) if wants else None


def _lines(viewer: Viewer, session: SessionBase) -> QuerySet[BagLine]:
    if viewer.user is not None:
        return BagLine.objects.filter(bag__user=viewer.user.pk)
    key = session.get(BAG_KEY)
    rows = BagLine.objects.filter(bag__key=key, bag__user=None)
    return rows if key else rows.none()
