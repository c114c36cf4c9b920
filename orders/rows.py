"""Builds pages of orders from rows, with a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from accounts.types import ProfileRef
from core.media import PICTURE_FIELDS, Picture
from core.money import Money
from orders.models import Fulfilment, FulfilmentLine, Order, OrderEvent, OrderLine
from orders.snapshots import bought_for_of, details_of, picture_of
from orders.states import Actor, OrderState
from orders.tracking_links import tracking_url
from orders.types import LineData, Moment, OrderPage, ParcelData
from payments.queries import moves_of_shares
from payments.types import ShareMove, capture_message

# States in which there is a parcel.
_SENT = (OrderState.PARTIALLY_SHIPPED, OrderState.SHIPPED, OrderState.COMPLETED)
# Money moves when a parcel leaves, or none will.
_MONEY_MOVED = (*_SENT, OrderState.CANCELLED)
PROVIDER = "provider"


def order_pages(
    rows: QuerySet[Order],
    *,
    paid: bool = False,
    history: bool = True,
    colleagues: bool = False,
    buyers: bool = False,
) -> list[OrderPage]:
    """Pages of orders in the order of `rows`: two queries, and one each for parcels, what is in
    them, history and its money where there are any. Sellers are named, approved or not.

    `paid` shows pending orders as paid: their payment is known to be. `colleagues` names who of the
    seller's team did what: for the seller alone. `buyers` names who placed them, without one more
    query: for the buyer's fellows alone.
    """
    beside = ["purchase", "seller__picture", *(["user__profile"] if buyers else [])]
    found = list(rows.select_related(*beside).prefetch_related("lines"))
    if any(row.state in _SENT for row in found):
        contents = FulfilmentLine.objects.select_related("line").order_by("id")
        prefetch_related_objects(found, "fulfilments", Prefetch("fulfilments__lines", contents))
    if history and any(row.state != OrderState.PENDING for row in found):
        events = OrderEvent.objects.all()
        if colleagues:
            events = events.select_related("actor_user__profile")
        prefetch_related_objects(found, Prefetch("events", events))
    moved = [row.number for row in found if history and row.state in _MONEY_MOVED]
    money = moves_of_shares(references=moved) if moved else []
    return [
        _page(
            row,
            paid=paid,
            history=_history(row, money, colleagues) if history else (),
            placed_by=_placed_by(row) if buyers else "",
        )
        for row in found
    ]


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


def _page(row: Order, *, paid: bool, history: tuple[Moment, ...], placed_by: str) -> OrderPage:
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
        given_back=amount(row.given_back),
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
        bought_for=bought_for_of(row.purchase),
        placed_by=placed_by,
        history=history,
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
        contents=tuple((one.quantity, one.line.called) for one in row.lines.all()),
    )


def _history(row: Order, money: Sequence[ShareMove], colleagues: bool) -> tuple[Moment, ...]:
    def moment(event: OrderEvent) -> Moment:
        # Only people send parcels.
        ended = (event.to_state, event.actor) == (OrderState.SHIPPED, Actor.SYSTEM)
        held = (event.to_state, event.actor) == (OrderState.PAID, Actor.SYSTEM)
        unpacked = (event.from_state, event.to_state) == (OrderState.PACKED, OrderState.PAID)
        return Moment(
            at=event.at,
            kind="rest_cancelled" if ended else "unpacked" if unpacked else event.to_state,
            actor=PROVIDER if held else event.actor,
            seller=row.seller.name,
            note=event.note,
            order_number=row.number,
            colleague=_colleague(event) if colleagues else "",
        )

    def moved(one: ShareMove) -> Moment:
        return Moment(
            at=one.at,
            kind=one.kind,
            actor=_asked_by(row, one),
            seller=row.seller.name,
            note=capture_message(one.code) if one.kind == "refused" else "",
            order_number=row.number,
            amount=one.amount,
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
    happened = [moment(event) for event in row.events.all()]
    happened += [moved(one) for one in money if one.reference == row.number]
    return (placed, *sorted(happened, key=_newest))


def _colleague(event: OrderEvent) -> str:
    """Who of the seller's team did it. Operators stay without a name."""
    if event.actor != Actor.SELLER or event.actor_user is None:
        return ""
    person = event.actor_user.own_profile
    return person.name if person else ""


def _placed_by(row: Order) -> str:
    person = row.user.own_profile if row.user else None
    return person.name if person else ""


def _asked_by(row: Order, one: ShareMove) -> str:
    """Who let money move: what is taken or refused, the provider says."""
    if one.kind in ("taken", "refused") or one.by == PROVIDER:
        return PROVIDER
    if one.by == "operator":
        return Actor.OPERATOR
    return row.cancelled_by if one.key.startswith("cancel:") else Actor.SYSTEM


def merged_history(pages: Sequence[OrderPage]) -> list[Moment]:
    """What happened to several orders, the newest first."""
    moments = [moment for page in pages for moment in page.history]
    # Of two at the same moment the later in its order is the newer.
    moments.reverse()
    return sorted(moments, key=_newest, reverse=True)


def _newest(moment: Moment) -> Any:
    return moment.at
