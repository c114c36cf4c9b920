"""Builds pages of orders from rows: five queries, however many orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.types import ProfileRef, profile_columns, ref_from_row
from core.money import Money
from orders.models import Fulfilment, FulfilmentLine, Order, OrderEvent, OrderLine
from orders.snapshots import details_of, picture_of
from orders.states import OrderState
from orders.tracking_links import tracking_url
from orders.types import LineData, Moment, OrderPage, ParcelData


def with_parts(rows: QuerySet[Order], *, history: bool = True) -> QuerySet[Order]:
    """Orders with all that `order_pages` reads."""
    parcels = Prefetch(
        "fulfilments__lines", FulfilmentLine.objects.select_related("line").order_by("id")
    )
    rows = rows.select_related("purchase").prefetch_related("lines", "fulfilments", parcels)
    return rows.prefetch_related("events") if history else rows


def order_pages(
    rows: Iterable[Order],
    *,
    sellers: dict[int, ProfileRef],
    paid: bool = False,
    history: bool = True,
) -> list[OrderPage]:
    """Pages of loaded rows. `paid` shows pending orders as paid: their payment is known to be."""
    return [_page(row, sellers[row.seller_id], paid=paid, history=history) for row in rows]


def sellers_of(rows: QuerySet[Order]) -> dict[int, ProfileRef]:
    """By-lines of the sellers of these orders, approved or not: what was bought stays named."""
    columns = profile_columns("seller")
    found = rows.order_by().values("seller_id", *columns).distinct()
    return {row["seller_id"]: ref_from_row(row, "seller") for row in found}


def _page(row: Order, seller: ProfileRef, *, paid: bool, history: bool) -> OrderPage:
    def amount(minor: int) -> Money:
        return Money(minor, row.currency)

    state = row.state
    if paid and state == OrderState.PENDING:
        state = OrderState.PAID
    return OrderPage(
        number=row.number,
        public_id=row.public_id,
        purchase_id=row.purchase.public_id,
        state=state,
        seller=seller,
        seller_id=row.seller_id,
        user_id=row.user_id,
        lines=tuple(_line(line, row.currency) for line in row.lines.all()),
        parcels=tuple(_parcel(one) for one in row.fulfilments.all()),
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
        return Moment(
            at=event.at,
            kind=event.to_state,
            actor=event.actor,
            note=event.note,
            order_number=row.number,
        )

    placed = Moment(
        at=row.placed_at, kind="placed", actor="buyer", note="", order_number=row.number
    )
    return (placed, *(moment(event) for event in row.events.all()))


def merged_history(pages: Sequence[OrderPage]) -> list[Moment]:
    """What happened to several orders, the newest first."""
    moments = [moment for page in pages for moment in page.history]
    return sorted(moments, key=_newest, reverse=True)


def _newest(moment: Moment) -> Any:
    return moment.at
