"""Operations on orders, for those who bought and for the brands that sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.queries import require_brand_role
from accounts.types import BrandRole, Call
from api.operations import Results, operation
from core.errors import Invalid
from orders import actions, queries
from orders.api.serializers import ClaimIn, OrdersAsked, PackIn, ReasonIn, SalesAsked, ShipIn
from orders.shapes import OrderOut, PurchaseOut, SaleOut
from orders.sources import SourceLabel, labels
from orders.states import Actor
from orders.types import OrderPage, PurchasePage

READERS = {"orders", "finance"}
DOERS = {"orders"}


@operation(
    id="orders_list",
    tag="Orders",
    scope="orders:read",
    who="anybody",
    asks=OrdersAsked,
    gives=OrderOut,
    many=True,
)
def list_orders(call: Call) -> Results:
    """What you bought, across brands, newest first, without its history.

    `bought_for` narrows it to yourself (`me`) or to a company, then with what others bought for it;
    of one that you are in no more, it is what you bought for it.
    """
    asked = call.query["bought_for"]
    if call.viewer.user is None:
        found = queries.guest_orders(session=call.session)
    else:
        left = queries.companies_left(viewer=call.viewer) if asked else []
        found = queries.orders_asked(
            viewer=call.viewer, asked=asked, left=left, cursor=call.query["cursor"]
        )
    return Results(items=found.orders, next={"cursor": found.next} if found.next else None)


def _own(call: Call, number: str) -> OrderPage:
    return queries.order_for(viewer=call.viewer, session=call.session, number=number)


@operation(id="order_read", tag="Orders", scope="orders:read", who="anybody", gives=OrderOut)
def read_order(call: Call, number: str) -> OrderPage:
    """One order with its parcels and what happened.

    What somebody else bought for a company of yours can be read, and nothing more (`mine` is
    false).
    """
    return queries.order_for(
        viewer=call.viewer, session=call.session, number=number, even_of_fellows=True
    )


@operation(id="order_cancel", tag="Orders", scope="orders:write", who="anybody", gives=OrderOut)
def cancel_order(call: Call, number: str) -> OrderPage:
    """Cancel an order that is not packed yet. All of the money goes back."""
    found = _own(call, number)
    user = call.viewer.user
    actions.cancel_order(
        number=found.number, actor=Actor.BUYER, actor_user_id=user.pk if user else None
    )
    return _own(call, number)


@operation(id="order_received", tag="Orders", scope="orders:write", who="anybody", gives=OrderOut)
def received(call: Call, number: str) -> OrderPage:
    """Say that everything arrived."""
    found = _own(call, number)
    user = call.viewer.user
    actions.confirm_delivery(
        number=found.number, actor=Actor.BUYER, actor_user_id=user.pk if user else None
    )
    return _own(call, number)


@operation(
    id="orders_claim",
    tag="Orders",
    scope="orders:write",
    takes=ClaimIn,
    gives=PurchaseOut,
    example={"token": "ImFiYyI:1abc:signature"},
)
def claim(call: Call) -> PurchasePage:
    """Put what you bought as a guest into your account, by the token of the link in the mail."""
    purchase_id = actions.claim_orders(token=call.data["token"], user_id=call.user_id)
    return queries.purchase_for(viewer=call.viewer, session=call.session, public_id=purchase_id)


# --- for the brand -------------------------------------------------------------------------------


def _role(call: Call, handle: str, roles: set[str]) -> BrandRole:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=roles)


@dataclass(frozen=True, kw_only=True)
class Sale(OrderPage):
    """An order, and the place that led to it."""

    came_from: SourceLabel


def _sales(orders: Sequence[OrderPage]) -> list[Sale]:
    """A query for each kind of place at most, however many orders."""
    places = labels([one.touch for one in orders])
    return [Sale(**vars(one), came_from=place) for one, place in zip(orders, places, strict=True)]


def _sold(brand: BrandRole, number: str) -> Sale:
    (sale,) = _sales([queries.order_for_seller(seller_id=brand.profile.id, number=number)])
    return sale


@operation(
    id="studio_orders_list",
    tag="Studio: orders",
    scope="sales:read",
    asks=SalesAsked,
    gives=SaleOut,
    many=True,
)
def list_sales(call: Call, handle: str) -> Results:
    """The brand's paid orders, what needs somebody first where no other order is asked for."""
    brand = _role(call, handle, READERS)
    found = queries.seller_orders(
        seller_id=brand.profile.id,
        tab=call.query["tab"],
        text=call.query["find"],
        sort=call.query.get("sort", ""),
        cursor=call.query["cursor"],
    )
    return Results(items=_sales(found.orders), next={"cursor": found.next} if found.next else None)


@operation(id="studio_order_read", tag="Studio: orders", scope="sales:read", gives=SaleOut)
def read_sale(call: Call, handle: str, number: str) -> Sale:
    """One order with where it goes."""
    return _sold(_role(call, handle, READERS), number)


@operation(
    id="studio_orders_pack",
    tag="Studio: orders",
    scope="sales:write",
    takes=PackIn,
    gives=SaleOut,
    many=True,
    example={"orders": ["P-7K2M-9QTX"]},
)
def pack(call: Call, handle: str) -> Results:
    """Mark orders as packed, all of them or none. Answers with those that were not packed yet."""
    brand = _role(call, handle, DOERS)
    packed = actions.mark_packed(
        numbers=call.data["orders"], seller_id=brand.profile.id, actor_user_id=call.user_id
    )
    found = queries.orders_for_seller(seller_id=brand.profile.id, numbers=packed)
    return Results(items=_sales(found))


@operation(
    id="studio_orders_unpack",
    tag="Studio: orders",
    scope="sales:write",
    takes=PackIn,
    gives=SaleOut,
    many=True,
    example={"orders": ["P-7K2M-9QTX"]},
)
def unpack(call: Call, handle: str) -> Results:
    """Say that orders are not packed after all, all of them or none, while nothing has left.

    Answers with those that were packed; their buyers can cancel them again.
    """
    brand = _role(call, handle, DOERS)
    numbers = actions.take_packed_back(
        numbers=call.data["orders"], seller_id=brand.profile.id, actor_user_id=call.user_id
    )
    return Results(
        items=_sales(queries.orders_for_seller(seller_id=brand.profile.id, numbers=numbers))
    )


@operation(
    id="studio_order_ship",
    tag="Studio: orders",
    scope="sales:write",
    takes=ShipIn,
    gives=SaleOut,
    example={"carrier": "DHL", "tracking": "00340434161094042557"},
)
def ship(call: Call, handle: str, number: str) -> Sale:
    """Send a parcel: everything that is left, or the pieces that `lines` name."""
    brand = _role(call, handle, DOERS)
    found = queries.order_for_seller(seller_id=brand.profile.id, number=number)
    lines = call.data.get("lines")
    quantities = {one["line_id"]: one["quantity"] for one in lines} if lines else None
    if quantities and not set(quantities) <= {line.public_id for line in found.lines}:
        raise Invalid
    actions.ship(
        number=found.number,
        seller_id=brand.profile.id,
        actor_user_id=call.user_id,
        carrier=call.data["carrier"],
        tracking=call.data["tracking"],
        quantities=quantities,
    )
    return _sold(brand, number)


@operation(
    id="studio_order_cancel",
    tag="Studio: orders",
    scope="sales:write",
    takes=ReasonIn,
    gives=SaleOut,
    example={"reason": "The last one broke in the kiln. We are sorry."},
)
def cancel_sale(call: Call, handle: str, number: str) -> Sale:
    """Cancel what cannot be delivered. The buyer reads the reason and gets everything back."""
    brand = _role(call, handle, DOERS)
    found = queries.order_for_seller(seller_id=brand.profile.id, number=number)
    actions.cancel_order(
        number=found.number,
        actor=Actor.SELLER,
        actor_user_id=call.user_id,
        reason=call.data["reason"],
        seller_id=brand.profile.id,
    )
    return _sold(brand, number)
