"""Builds pages of orders from rows, with a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from accounts.types import ProfileRef
from core.media import PICTURE_FIELDS, Picture
from core.money import Money
from orders.models import Fulfilment, FulfilmentLine, Order, OrderEvent, OrderLine
from orders.snapshots import details_of, picture_of
from orders.states import Actor, OrderState
from orders.tracking_links import tracking_url
from orders.types import LineData, Moment, OrderPage, ParcelData

# States in which there is a parcel.
_SENT = (OrderState.PARTIALLY_SHIPPED, OrderState.SHIPPED, OrderState.COMPLETED)


def order_pages(
    rows: QuerySet[Order], *, paid: bool = False, history: bool = True
) -> list[OrderPage]:
    """Pages of orders in the order of `rows`: two queries, and one each for parcels, what is in
    them and history where there are any. Sellers are named, approved or not.

    `paid` shows pending orders as paid: their payment is known to be.
    """
    found = list(rows.select_related("purchase", "seller__picture").prefetch_related("lines"))
    if any(row.state in _SENT for row in found):
        contents = FulfilmentLine.objects.select_related("line").order_by("id")
        prefetch_related_objects(found, "fulfilments", Prefetch("fulfilments__lines", contents))
    if history and any(row.state != OrderState.PENDING for row in found):
        prefetch_related_objects(found, "events")
    return [_page(row, paid=paid, history=history) for row in found]


def _seller(row: Order) -> ProfileRef:
    one = row.seller
    picture = one.picture
    return ProfileRef(
        id=one.pk,
        public_id=one.public_id,
        kind="brand",
        handle=one.handle,
        name=one.name,
        verified=one.verified_at is not None,
        picture=Picture.from_row(*(getattr(picture, name) for name in PICTURE_FIELDS))
        if picture
        else None,
    )


def _page(row: Order, *, paid: bool, history: bool) -> OrderPage:
    def amount(minor: int) -> Money:
        return Money(minor, row.currency)

    state = row.state
    if paid and state == OrderState.PENDING:
        state = OrderState.PAID
    return OrderPage(
        id=row.pk,
        number=row.number,
        public_id=row.public_id,
        purchase_id=row.purchase.public_id,
        state=state,
        seller=_seller(row),
        seller_id=row.seller_id,
        user_id=row.user_id,
        lines=tuple(_line(line, row.currency) for line in row.lines.all()),
        parcels=tuple(_parcel(one) for one in row.fulfilments.all()) if row.state in _SENT else (),
        items=amount(row.items_total),
        delivery=amount(row.delivery_total),
        tax=amount(row.tax_total),
        total=amount(row.total),
        delivery_name=row.delivery_name,
        arrives_from=row.arrives_from,
        arrives_by=row.arrives_by,
        ship_by=row.ship_by,
        placed_at=row.placed_at,
        paid_at=row.paid_at,
        packed_at=row.packed_at,
        cancelled_at=row.cancelled_at,
        cancelled_by=row.cancelled_by,
        cancel_reason=row.cancel_reason,
        details=details_of(row.purchase),
        touch=row.touch,
        history=_history(row) if history else (),
    )


def _line(line: OrderLine, currency: str) -> LineData:
    return LineData(
        public_id=line.public_id,
        product_id=line.product_public_id,
        variant_id=line.variant_public_id,
        title=line.title,
        variant_title=line.variant_title,
        sku=line.sku,
        picture=picture_of(line.picture),
        quantity=line.quantity,
        shipped=line.shipped,
        unit_price=Money(line.unit_price, currency),
        total=Money(line.total, currency),
        return_days=line.return_days,
    )


def _parcel(row: Fulfilment) -> ParcelData:
    return ParcelData(
        public_id=row.public_id,
        carrier=row.carrier,
        tracking=row.tracking,
        tracking_url=tracking_url(carrier=row.carrier, tracking=row.tracking),
        shipped_at=row.shipped_at,
        contents=tuple((one.quantity, one.line.title) for one in row.lines.all()),
    )


def _history(row: Order) -> tuple[Moment, ...]:
    def moment(event: OrderEvent) -> Moment:
        # Only people send parcels.
        ended = (event.to_state, event.actor) == (OrderState.SHIPPED, Actor.SYSTEM)
        return Moment(
            at=event.at,
            kind="rest_cancelled" if ended else event.to_state,
            actor=event.actor,
            seller=row.seller.name,
            note=event.note,
            order_number=row.number,
        )

    placed = Moment(
        at=row.placed_at,
        kind="placed",
        actor=Actor.BUYER,
        seller=row.seller.name,
        note="",
        order_number=row.number,
    )
    if row.state == OrderState.PENDING:
        return (placed,)
    return (placed, *(moment(event) for event in row.events.all()))


def merged_history(pages: Sequence[OrderPage]) -> list[Moment]:
    """What happened to several orders, the newest first."""
    moments = [moment for page in pages for moment in page.history]
    # Of two at the same moment the later in its order is the newer.
    moments.reverse()
    return sorted(moments, key=_newest, reverse=True)


def _newest(moment: Moment) -> Any:
    return moment.at
