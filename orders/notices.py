"""Who is told what about orders. The words are in templates/orders/notices/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from core.media import Image
from core.money import Money
from core.places import COUNTRY_NAMES
from notifications import actions as notifications
from notifications.kinds import Channel, Kind, register
from notifications.types import Recipient
from orders.links import purchase_token
from orders.models import Fulfilment, Order, Purchase
from orders.snapshots import bought_for_of
from orders.tracking_links import tracking_url
from payments.types import capture_message

log = structlog.get_logger(__name__)

TEAM = {"owner", "orders"}


def register_kinds() -> None:
    """Called once, when apps are ready. Receipts and duties cannot be switched off by mail."""
    mail: tuple[Channel, ...] = ("email",)
    team = frozenset(TEAM)
    for kind in (
        Kind("orders.paid", _("Your order is placed"), group="orders", locked=mail),
        Kind("orders.shipped", _("A parcel is on its way"), group="orders"),
        Kind("orders.cancelled", _("Your order was cancelled"), group="orders", locked=mail),
        Kind("orders.refunded", _("Your money is on its way back"), group="orders", locked=mail),
        Kind("orders.sold", _("You sold something"), group="sales", roles=team),
        Kind(
            "orders.sale_cancelled",
            _("A sale was cancelled"),
            group="sales",
            locked=mail,
            roles=team,
        ),
        Kind("orders.capture_failed", _("A payment could not be taken"), group="sales", roles=team),
    ):
        register(kind)


def tell_paid(*, order: Order) -> None:
    """The buyer hears of the whole purchase once; each seller of their own order."""
    purchase = order.purchase
    common = _common(order)
    orders = list(purchase.orders.select_related("seller").prefetch_related("lines").order_by("id"))
    notifications.notify(
        kind="orders.paid",
        event_key=f"purchase:{purchase.pk}:paid",
        recipients=[_buyer(purchase)],
        context={
            **common,
            "url": _purchase_url(purchase),
            "total": str(Money(purchase.total, purchase.currency)),
            "numbers": ", ".join(one.number for one in orders),
            "count": len(orders),
            "lines": _receipt(orders),
            "tax": str(Money(sum(one.tax_total for one in orders), purchase.currency)),
            "address": _address(purchase),
            "bought_for": _bought_for(purchase),
            "action": str(_("See your order")),
        },
    )
    own = [_counted(line.quantity, line.called) for line in order.lines.all()]
    notifications.notify(
        kind="orders.sold",
        event_key=f"order:{order.number}:paid",
        recipients=_team(order),
        context={
            **common,
            "url": _studio_url(order),
            "total": str(Money(order.total, order.currency)),
            "lines": "\n".join(own),
            "address": _address(purchase),
            "bought_for": _bought_for(purchase),
            "ship_by": order.ship_by.isoformat() if order.ship_by else "",
            "action": str(_("Pack it")),
        },
    )


def tell_shipped(*, order: Order, parcel: Fulfilment) -> None:
    """One notice a parcel."""
    rows = parcel.lines.select_related("line").order_by("id")
    notifications.notify(
        kind="orders.shipped",
        event_key=f"parcel:{parcel.public_id}",
        recipients=[_buyer(order.purchase)],
        context={
            **_common(order),
            "url": _order_url(order),
            "carrier": parcel.carrier,
            "tracking": parcel.tracking,
            "tracking_url": tracking_url(carrier=parcel.carrier, tracking=parcel.tracking),
            "lines": "\n".join(_counted(row.quantity, row.line.called) for row in rows),
            "more": int(order.state == "partially_shipped"),
            "action": str(_("Follow it")),
        },
    )


def tell_cancelled(*, order: Order, by: str, reason: str, rest: bool = False) -> None:
    """Both sides hear of it, except the seller of their own cancellation.

    `rest`: only of what had not left.
    """
    lost = [(line, line.quantity - line.shipped * rest) for line in order.lines.all()]
    amount = sum(line.unit_price * count for line, count in lost) if rest else order.total
    context = {
        **_common(order),
        "by": by,
        "reason": reason,
        "rest": int(rest),
        "total": str(Money(amount, order.currency)),
        "lines": "\n".join(_counted(count, line.called) for line, count in lost if count),
    }
    event_key = f"order:{order.number}:{'rest_' if rest else ''}cancelled"
    notifications.notify(
        kind="orders.cancelled",
        event_key=event_key,
        recipients=[_buyer(order.purchase)],
        context={**context, "url": _order_url(order), "action": str(_("See the order"))},
    )
    if by != "seller" and order.paid_at is not None:
        notifications.notify(
            kind="orders.sale_cancelled",
            event_key=event_key,
            recipients=_team(order),
            context={**context, "url": _studio_url(order), "action": str(_("See the order"))},
        )


def tell_refunded(*, order: Order, amount: Money, refund_id: str) -> None:
    """Taken money goes back."""
    notifications.notify(
        kind="orders.refunded",
        event_key=f"refund:{refund_id}",
        recipients=[_buyer(order.purchase)],
        context={
            **_common(order),
            "url": _order_url(order),
            "amount": str(amount),
            "action": str(_("See the order")),
        },
    )


def tell_capture_failed(*, order: Order, code: str) -> None:
    """The seller shipped, but the money could not be taken. `code` says why, in the log only."""
    log.warning("not taken", order=order.number, code=code)
    notifications.notify(
        kind="orders.capture_failed",
        event_key=f"order:{order.number}:capture_failed",
        recipients=_team(order),
        context={
            **_common(order),
            "url": _studio_url(order),
            "why": capture_message(code),
            "total": str(Money(order.total, order.currency)),
            "action": str(_("See the order")),
        },
    )


def push(*, order: Order) -> None:
    """Open pages of the buyer and of the team show the new state by themselves."""
    people = [*_team(order)]
    if order.user_id is not None:
        people.append(_buyer(order.purchase))
    notifications.push_live(
        profile_ids=[one.profile_id for one in people if one.profile_id is not None],
        event="order",
        data={"number": order.number, "state": order.state},
    )


def _buyer(purchase: Purchase) -> Recipient:
    contact = accounts.person_contact(user_id=purchase.user_id) if purchase.user_id else None
    if contact is None:
        return Recipient(email=purchase.email, name=purchase.name, sub="buyer")
    return Recipient(
        profile_id=contact.profile_id, email=contact.email, name=contact.name, sub="buyer"
    )


def _team(order: Order) -> Sequence[Recipient]:
    return [
        Recipient(profile_id=one.profile_id, email=one.email, name=one.name, sub="seller")
        for one in accounts.brand_team(profile_id=order.seller_id, roles=TEAM)
    ]


def _common(order: Order) -> dict[str, Any]:
    return {
        "image_id": _picture_id(order),
        "number": order.number,
        "seller": order.seller.name,
        "buyer": order.buyer_name,
    }


def _purchase_url(purchase: Purchase) -> str:
    if purchase.user_id is not None:
        return reverse("orders:purchase", args=[purchase.public_id])
    return reverse("orders:claim", args=[purchase_token(purchase.public_id)])


def _order_url(order: Order) -> str:
    if order.user_id is not None:
        return reverse("orders:order", args=[order.number])
    return _purchase_url(order.purchase)


def _studio_url(order: Order) -> str:
    return reverse("orders:studio_order", args=[order.seller.handle, order.number])


def _address(purchase: Purchase) -> str:
    parts = (
        purchase.name,
        purchase.company,
        purchase.line1,
        purchase.line2,
        f"{purchase.postcode} {purchase.city}",
        str(COUNTRY_NAMES.get(purchase.country, purchase.country)),
    )
    return "\n".join(part for part in parts if part.strip())


def _bought_for(purchase: Purchase) -> str:
    """The company that it was bought for, with its VAT number; '' for a purchase of one's own."""
    company = bought_for_of(purchase)
    if company is None:
        return ""
    if not company.vat_id:
        return company.name
    return str(_("%(name)s, VAT number %(number)s")) % {
        "name": company.name,
        "number": company.vat_id,
    }


def _receipt(orders: Sequence[Order]) -> str:
    """What each line and each delivery cost; several sellers one after the other, by name."""
    parts = []
    for order in orders:
        rows = [order.seller.name] if len(orders) > 1 else []
        rows += [
            _priced(_counted(line.quantity, line.called), line.total, order)
            for line in order.lines.all()
        ]
        if order.delivery_total:
            rows.append(_priced(_delivery(order), order.delivery_total, order))
        else:
            rows.append(f"{_delivery(order)}: {gettext('Free')}")
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def _delivery(order: Order) -> str:
    return gettext("Delivery, %(name)s") % {"name": order.delivery_name}


def _priced(what: str, amount: int, order: Order) -> str:
    return f"{what}: {Money(amount, order.currency)}"


def _counted(quantity: int, called: str) -> str:
    return f"{quantity} \u00d7 {called}"


def _picture_id(order: Order) -> int | None:
    """The picture of the first line, if it is still there: a notice shows the thing."""
    line = min(order.lines.all(), key=lambda line: line.pk, default=None)
    public_id = (line.picture or {}).get("public_id") if line else None
    return Image.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
