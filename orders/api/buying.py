"""Operations of buying: quote, bag, checkout session, and the purchase itself."""

from __future__ import annotations

from contextlib import suppress

from accounts import actions as accounts
from accounts import queries as people
from accounts.types import AddressData, Call
from api.operations import operation
from core.errors import DomainError, NotFound
from core.places import HOME_COUNTRY
from orders import actions, queries
from orders.api.serializers import (
    BagLineIn,
    CheckoutChangeIn,
    CheckoutIn,
    CompleteIn,
    PurchaseIn,
    QuantityIn,
    QuoteAsked,
)
from orders.errors import NotBuyable
from orders.pricing import price_now
from orders.quantities import read_wants
from orders.session import remember_purchase
from orders.shapes import BagOut, CheckoutOut, PricedOut, PurchaseOut
from orders.types import BagPage, CheckoutPage, Details, Placed, Priced, PurchasePage, Want
from payments import queries as payments
from tracking import actions as tracking
from tracking import queries as touches

_NOBODY = AddressData(name="", line1="", postcode="", city="", country=HOME_COUNTRY)
_ITEMS = [{"variant_id": "k7m2p9qtxw4z", "quantity": 1}]


@operation(
    id="quote_read",
    tag="Buying",
    scope="orders:read",
    who="anybody",
    asks=QuoteAsked,
    gives=PricedOut,
)
def quote(call: Call) -> Priced:
    """What pieces cost at this moment with tax and delivery. Nothing is reserved."""
    try:
        wants = read_wants(call.query["items"])
    except NotBuyable:
        raise NotFound from None
    country = call.query.get("country") or _first_address(call).country
    methods = frozenset(part for part in call.query["methods"].split(",") if part)
    priced = price_now(
        wants=wants, country=country, methods=methods, refused=call.viewer.hidden.blocked
    )
    if not priced.lines:
        raise NotFound
    return priced


def _first_address(call: Call) -> AddressData:
    if call.viewer.user is None:
        return _NOBODY
    kept = people.addresses_for(user_id=call.user_id)
    return kept[0] if kept else _NOBODY


def _details(call: Call, known: Details | None = None) -> Details:
    """Who buys and where it goes: as sent, else as it was, else the address used first."""
    user, data = call.viewer.user, call.data
    email = user.email if user is not None else data.get("email", known.email if known else "")
    if "address_id" in data:
        if user is None:
            raise NotFound
        address = people.address_for(user_id=user.pk, public_id=data["address_id"])
    elif "address" in data:
        address = data["address"]
    else:
        address = known.address if known else _first_address(call)
    return Details(email=email, address=address)


def _buyer(call: Call) -> int | None:
    """The company that it is for, as sent. Raises NotFound for a foreign one."""
    sent = call.data.get("organization_id")
    found = people.buyer_called(viewer=call.viewer, public_id=sent) if sent else None
    return found.id if found else None


def _note(call: Call) -> None:
    touch = touches.read_touch(token=call.data["touch"]) if call.data.get("touch") else None
    if touch is not None:
        tracking.record_click(touch=touch, session=call.session, viewer=call.viewer)


@operation(
    id="purchase_create",
    tag="Buying",
    scope="orders:write",
    who="anybody",
    takes=PurchaseIn,
    gives=PurchaseOut,
    status=201,
    own_key=True,
    example={"items": _ITEMS, "total": {"amount": 4850, "currency": "EUR"}},
)
def buy(call: Call) -> PurchasePage:
    """Buy at once, without a bag: to the address and with the card used first, if you name none.

    `total` is what the quote said; when it is another by now, nothing is bought (`price_changed`).
    """
    _note(call)
    details = _details(call)
    user_id = call.viewer.user_id
    placed = actions.buy_now(
        user_id=user_id,
        session=call.session,
        wants=[Want(**item) for item in call.data["items"]],
        details=details,
        methods=frozenset(call.data.get("methods", ())),
        shown_total=call.data["total"],
        idempotency_key=call.key,
        method_id=_card(call),
        refused=call.viewer.hidden.blocked,
        organization_id=_buyer(call),
    )
    if user_id and "address" in call.data and not placed.replayed:
        with suppress(DomainError):  # a full address book does not stop what is bought already
            accounts.save_address(user_id=user_id, data=details.address)
    return _pay(call, placed)


def _card(call: Call) -> str | None:
    """The card as sent; the one used first when nothing was said; None for the provider's page."""
    if call.viewer.user is None or "method_id" in call.data:
        return call.data.get("method_id") if call.viewer.user is not None else None
    kept = payments.methods_for(user_id=call.user_id)
    return next((card.method_id for card in kept if not card.expired), None)


def _pay(call: Call, placed: Placed) -> PurchasePage:
    if call.viewer.user is None:
        remember_purchase(call.session, placed.purchase_id)
    actions.start(placed=placed)
    return _purchase(call, placed.purchase_id)


def _purchase(call: Call, public_id: str) -> PurchasePage:
    return queries.purchase_for(viewer=call.viewer, session=call.session, public_id=public_id)


@operation(id="purchase_read", tag="Buying", scope="orders:read", who="anybody", gives=PurchaseOut)
def read_purchase(call: Call, public_id: str) -> PurchasePage:
    """A purchase, how its payment stands, and its orders."""
    return _purchase(call, public_id)


@operation(
    id="purchase_check", tag="Buying", scope="orders:write", who="anybody", gives=PurchaseOut
)
def check_purchase(call: Call, public_id: str) -> PurchasePage:
    """Ask the payment provider how the payment stands, as after the buyer came back from there."""
    now = _purchase(call, public_id)
    if now.payment in ("open", "checking"):
        actions.catch_up(purchase_id=public_id, ask=True)
        now = _purchase(call, public_id)
    return now


# --- the bag -------------------------------------------------------------------------------------


@operation(id="bag_read", tag="Bag", scope="orders:read", who="anybody", gives=BagOut)
def read_bag(call: Call) -> BagPage:
    """The bag at the prices of now."""
    return _bag(call)


def _bag(call: Call) -> BagPage:
    country = _first_address(call).country
    return queries.bag_for(viewer=call.viewer, session=call.session, country=country)


@operation(
    id="bag_line_add",
    tag="Bag",
    scope="orders:write",
    who="anybody",
    takes=BagLineIn,
    gives=BagOut,
    example=_ITEMS[0],
)
def add_line(call: Call) -> BagPage:
    """Put pieces of a variant into the bag, to those that are in it."""
    _note(call)
    actions.add_to_bag(
        viewer=call.viewer,
        session=call.session,
        variant_id=call.data["variant_id"],
        quantity=call.data["quantity"],
    )
    return _bag(call)


@operation(
    id="bag_line_change",
    tag="Bag",
    scope="orders:write",
    who="anybody",
    takes=QuantityIn,
    gives=BagOut,
    example={"quantity": 2},
)
def change_line(call: Call, variant_id: str) -> BagPage:
    """Set how many pieces of a variant are in the bag; 0 takes them out."""
    _set(call, variant_id, call.data["quantity"])
    return _bag(call)


@operation(id="bag_line_remove", tag="Bag", scope="orders:write", who="anybody", gives=BagOut)
def remove_line(call: Call, variant_id: str) -> BagPage:
    """Take a variant out of the bag."""
    _set(call, variant_id, 0)
    return _bag(call)


def _set(call: Call, variant_id: str, quantity: int) -> None:
    was = actions.change_line(
        viewer=call.viewer, session=call.session, variant_id=variant_id, quantity=quantity
    )
    if was is None:
        raise NotFound


# --- the checkout session ------------------------------------------------------------------------


@operation(
    id="checkout_create",
    tag="Checkout",
    scope="orders:write",
    who="anybody",
    takes=CheckoutIn,
    gives=CheckoutOut,
    status=201,
    example={"version": 3},
)
def start_checkout(call: Call) -> CheckoutPage:
    """Hold what is in the bag for fifteen minutes. `version` is that of the bag that was shown."""
    public_id = actions.start_checkout(
        viewer=call.viewer,
        session=call.session,
        version=call.data["version"],
        details=_details(call),
        shown_items=call.data.get("items_total"),
        organization_id=_buyer(call),
    )
    return _checkout(call, public_id)


def _checkout(call: Call, public_id: str) -> CheckoutPage:
    return queries.checkout_for(viewer=call.viewer, public_id=public_id)


@operation(
    id="checkout_read", tag="Checkout", scope="orders:read", who="anybody", gives=CheckoutOut
)
def read_checkout(call: Call, public_id: str) -> CheckoutPage:
    """A checkout session at the prices of now, and what changed since it was begun."""
    return _checkout(call, public_id)


@operation(
    id="checkout_change",
    tag="Checkout",
    scope="orders:write",
    who="anybody",
    takes=CheckoutChangeIn,
    gives=CheckoutOut,
    example={"version": 1, "methods": ["h4t8w2kzq9mp"]},
)
def change_checkout(call: Call, public_id: str) -> CheckoutPage:
    """Say where it goes and how. What is left out stays as it is.

    Whoever left the company that it is for says anew for whom they buy (`buying_changed`).
    """
    now = _checkout(call, public_id)
    chosen = [parcel.chosen.method_id for parcel in now.priced.parcels if parcel.chosen]
    actions.update_checkout(
        viewer=call.viewer,
        public_id=public_id,
        version=call.data["version"],
        details=_details(call, now.details),
        methods=call.data.get("methods", chosen),
        organization_id=_buyer(call) if "organization_id" in call.data else ...,
    )
    return _checkout(call, public_id)


@operation(
    id="checkout_complete",
    tag="Checkout",
    scope="orders:write",
    who="anybody",
    takes=CompleteIn,
    gives=PurchaseOut,
    status=201,
    own_key=True,
    example={"version": 2, "total": {"amount": 4850, "currency": "EUR"}},
)
def complete_checkout(call: Call, public_id: str) -> PurchasePage:
    """Buy what the session shows, at the total that it shows."""
    placed = actions.place_order(
        viewer=call.viewer,
        session=call.session,
        checkout_public_id=public_id,
        shown_total=call.data["total"],
        version=call.data["version"],
        idempotency_key=call.key,
        method_id=_card(call),
    )
    return _pay(call, placed)


@operation(
    id="checkout_renew", tag="Checkout", scope="orders:write", who="anybody", gives=CheckoutOut
)
def renew_checkout(call: Call, public_id: str) -> CheckoutPage:
    """Hold the pieces of an expired session again."""
    actions.renew_checkout(viewer=call.viewer, public_id=public_id)
    return _checkout(call, public_id)


@operation(
    id="checkout_stop", tag="Checkout", scope="orders:write", who="anybody", gives=CheckoutOut
)
def stop_checkout(call: Call, public_id: str) -> CheckoutPage:
    """Close a payment that is under way, so that the session can be changed again."""
    actions.stop_payment(viewer=call.viewer, public_id=public_id)
    return _checkout(call, public_id)
