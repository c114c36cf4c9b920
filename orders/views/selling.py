"""A brand's list of orders: what needs somebody first, acts on many, and the file of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import queries as accounts
from accounts.types import BrandRole, Request
from core.csvs import Cell
from core.listing import Act, Asked, By, Column, Filter, Listing, Shown, Slice
from orders import actions, queries, sources
from orders.sources import SourceLabel
from orders.types import OrderPage
from orders.words import STATE_NAMES

READERS = {"orders", "finance"}
DOERS = {"orders"}
# An order and where it came from.
Row = tuple[OrderPage, SourceLabel]


def may_act(role: BrandRole) -> bool:
    """Whether the role does more than read."""
    return role.role in {"owner", *DOERS}


def _pack(by: By, number: str) -> str:
    packed = actions.mark_packed(numbers=[number], seller_id=by.brand_id, actor_user_id=by.actor_id)
    return "unpack" if packed else ""


def _unpack(by: By, number: str) -> str:
    actions.take_packed_back(numbers=[number], seller_id=by.brand_id, actor_user_id=by.actor_id)
    return ""


def _ship(by: By, number: str) -> str:
    actions.ship(number=number, seller_id=by.brand_id, actor_user_id=by.actor_id)
    return ""


def _of(label: str | Promise, key: str, value: Callable[[OrderPage], Cell]) -> Column[Row]:
    """A column of the file alone."""
    return Column(key=key, label=label, value=lambda row: value(row[0]), on_page=False)


def _pieces(order: OrderPage) -> str:
    return "; ".join(
        " ".join(filter(None, (f"{line.quantity} x", line.title, line.variant_title)))
        for line in order.lines
    )


def _company(order: OrderPage, field: str) -> str:
    """What the order keeps of the company that it was bought for; '' for one of a person's own."""
    return str(getattr(order.bought_for, field)) if order.bought_for else ""


def _invoice_address(order: OrderPage) -> str:
    one = order.bought_for
    if one is None:
        return ""
    return ", ".join(
        filter(None, (one.line1, one.line2, f"{one.postcode} {one.city}", one.country))
    )


ORDERS: Listing[Row] = Listing(
    name="orders",
    caption=_("Orders"),
    key=lambda row: row[0].number,
    search=_("Find an order, name or product"),
    placeholder=_("Order, name, product"),
    everywhere=True,
    filters=(
        Filter(
            name="tab",
            label=_("Filter"),
            choices={
                "open": _("Open"),
                "pack": _("To pack"),
                "ship": _("To ship"),
                "shipped": _("Shipped"),
                "cancelled": _("Cancelled"),
                "all": _("All"),
            },
        ),
    ),
    sorts={
        "duty": _("What needs you first"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "largest": _("Largest first"),
    },
    usual=lambda asked: queries.usual_sort(tab=asked.chosen["tab"], text=asked.text),
    columns=(
        Column(key="order", label=_("Order"), value=lambda row: row[0].number, place="lead"),
        Column(key="next", room=9, label=_("Do next"), place="next"),
        Column(
            key="state", room=8, label=_("Status"), value=lambda row: str(STATE_NAMES[row[0].state])
        ),
        Column(key="ship_by", room=7, label=_("Send by"), value=lambda row: row[0].ship_by),
        Column(
            key="source",
            label=_("Came from"),
            value=lambda row: ": ".join(filter(None, (str(row[1].kind), row[1].title))),
        ),
        _of(_("Placed"), "placed", lambda order: order.placed_at),
        _of(_("Products"), "products", _pieces),
        _of(_("SKUs"), "skus", lambda order: "; ".join(line.sku for line in order.lines)),
        _of(_("Name"), "name", lambda order: order.details.address.name),
        _of(_("Company"), "company", lambda order: order.details.address.company),
        _of(_("Street"), "line1", lambda order: order.details.address.line1),
        _of(_("Second line"), "line2", lambda order: order.details.address.line2),
        _of(_("Postcode"), "postcode", lambda order: order.details.address.postcode),
        _of(_("City"), "city", lambda order: order.details.address.city),
        _of(_("Country"), "country", lambda order: order.details.address.country),
        _of(_("E-mail"), "email", lambda order: order.details.email),
        _of(_("Bought for"), "bought_for", lambda order: _company(order, "name")),
        _of(_("Register number"), "register", lambda order: _company(order, "registration_number")),
        _of(_("VAT number"), "vat_number", lambda order: _company(order, "vat_id")),
        _of(_("Invoice address"), "invoice_address", _invoice_address),
        _of(_("Invoice e-mail"), "invoice_email", lambda order: _company(order, "email")),
        _of(_("Delivery by"), "delivery_name", lambda order: order.delivery_name),
        _of(_("Items"), "items", lambda order: order.items),
        _of(_("Delivery"), "delivery", lambda order: order.delivery),
        _of(_("VAT included"), "tax", lambda order: order.tax),
        Column(key="total", room=6, label=_("Total"), value=lambda row: row[0].total, number=True),
        _of(_("Currency"), "currency", lambda order: order.total.currency),
    ),
    acts=(
        Act(
            code="ship",
            label=_("Mark shipped"),
            icon="truck",
            do=_ship,
            said=ngettext_lazy("%(n)d order is on its way.", "%(n)d orders are on their way.", "n"),
        ),
        Act(
            code="pack",
            label=_("Mark packed"),
            icon="package",
            do=_pack,
            said=ngettext_lazy("%(n)d order is packed.", "%(n)d orders are packed.", "n"),
            main=True,
        ),
        Act(
            code="unpack",
            do=_unpack,
            said=ngettext_lazy(
                "%(n)d order is to be packed.", "%(n)d orders are to be packed.", "n"
            ),
        ),
    ),
    tickable=lambda row: row[0].state in ("paid", "packed", "partially_shipped"),
)


def _read(asked: Asked, *, seller_id: int) -> Slice[Row]:
    found = queries.seller_orders(
        seller_id=seller_id,
        tab=asked.chosen["tab"],
        text=asked.text,
        sort=asked.sort,
        cursor=asked.cursor,
        size=asked.size,
    )
    labels = sources.labels([order.touch for order in found.orders])
    return Slice(
        rows=list(zip(found.orders, labels, strict=True)), next=found.next, counts=found.counts
    )


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request, handle: str) -> HttpResponseBase:
    """Orders by what to do next, with tabs, a search, packing and sending of many."""
    roles = DOERS if request.method == "POST" else READERS
    role = accounts.require_brand_role(viewer=request.viewer, handle=handle, roles=roles)

    def page(shown: Shown[Row]) -> HttpResponse:
        counts = shown.found.counts
        context = {
            "brand": role.profile,
            "may_act": may_act(role),
            "list": shown,
            "counts": counts,
            "waiting": counts["open"],
        }
        return render(request, "orders/studio_orders.html", context)

    return ORDERS.answer(
        request,
        by=accounts.work_of(viewer=request.viewer, role=role),
        read=partial(_read, seller_id=role.profile.id),
        page=page,
        may_act=may_act(role),
    )
