"""The checkout session: begun from a bag, changed by its buyer, held for fifteen minutes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from types import EllipsisType

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from accounts.types import BuyingChanged, Viewer
from core import clock
from core.errors import NotFound
from core.ids import new_secret_id
from core.money import Money
from inventory import actions as inventory
from inventory.types import HoldLost
from inventory.types import SoldOut as StockSoldOut
from orders.actions import placing
from orders.actions.bag import lock_checkouts, own_bag, own_bags
from orders.actions.placing import HOLD, Hold, Key
from orders.errors import (
    BagChanged,
    CheckoutBusy,
    CheckoutClosed,
    CheckoutExpired,
    PriceChanged,
    SoldOut,
)
from orders.models import Bag, Checkout, Purchase
from orders.pricing import price_now
from orders.snapshots import (
    details_of,
    lines_json,
    methods_of,
    parcels_json,
    ship_to,
    totals_columns,
    wants_of,
)
from orders.states import CheckoutState
from orders.types import Details, Placed, Priced, Want

# With less than this left, an act of the buyer extends the hold, once.
NEARLY_OVER = timedelta(minutes=5)
CHANGEABLE = (CheckoutState.INCOMPLETE, CheckoutState.READY)
PAYING = (CheckoutState.IN_PROGRESS, CheckoutState.REQUIRES_ESCALATION)
EARLIER = (*CHANGEABLE, *PAYING, CheckoutState.EXPIRED)


def start_checkout(
    *,
    viewer: Viewer,
    session: SessionBase,
    version: int,
    details: Details,
    shown_items: Money | None = None,
    organization_id: int | None = None,
) -> str:
    """Begin a checkout of the viewer's bag, hold its pieces, and return its public id.

    An earlier checkout of the same bag ends; one that is being paid is returned instead. Raises
    BagChanged when the bag is not the one that was shown, PriceChanged when its pieces cost
    something else than was shown (None: nothing was), SoldOut with what is short, BuyingChanged for
    an `organization_id` that the viewer may not buy for (None: themselves). Lines that are not for
    sale stay behind in the bag.
    """
    with transaction.atomic():
        lock_checkouts(bags=own_bags(viewer=viewer, session=session), states=EARLIER)
        bag = own_bag(viewer=viewer, session=session, lock=True)
        if bag is None or bag.version != version:
            raise BagChanged
        if (paying := _end_earlier(bag)) is not None:
            return paying
        lines = bag.lines.select_related("variant")
        wants = [Want(variant_id=x.variant.public_id, quantity=x.quantity) for x in lines]
        priced = price_now(
            wants=wants,
            country=details.address.country,
            only_buyable=True,
            refused=viewer.hidden.blocked,
        )
        if not priced.lines:
            raise SoldOut(variants=[want.variant_id for want in wants])
        if shown_items is not None and priced.items != shown_items:
            raise PriceChanged(
                was=shown_items.amount, now=priced.items.amount, currency=priced.currency
            )
        placing.company_columns(user_id=viewer.user_id, organization_id=organization_id)
        now = clock.now()
        checkout = Checkout.objects.create(
            user_id=viewer.user_id,
            organization_id=organization_id,
            bag=bag,
            bag_version=bag.version,
            state=CheckoutState.READY if details.complete else CheckoutState.INCOMPLETE,
            lines=lines_json(priced),
            parcels=parcels_json(priced),
            touches={x.variant.public_id: x.touch for x in lines if x.touch},
            hold_reference=new_secret_id(),
            hold_until=now + HOLD,
            created_at=now,
            updated_at=now,
            **ship_to(details),
            **totals_columns(priced),
        )
        _hold(checkout, priced)
    return str(checkout.public_id)


def update_checkout(
    *,
    viewer: Viewer,
    public_id: str,
    version: int,
    details: Details,
    methods: Collection[str],
    organization_id: int | EllipsisType | None = ...,
) -> int:
    """Keep what the buyer typed and chose; returns the checkout's version, grown if it changed.

    Raises NotFound, BagChanged (another tab changed it), CheckoutBusy, CheckoutClosed,
    CheckoutExpired, and BuyingChanged for a company that the viewer may not buy for (any more):
    `organization_id` (None: themselves), or where nothing is said of that the one that it is for.
    """
    with transaction.atomic():
        checkout = own_checkout(viewer=viewer, public_id=public_id, lock=True)
        must_be_open(checkout)
        if organization_id is ...:
            organization_id = checkout.organization_id
        placing.company_columns(user_id=viewer.user_id, organization_id=organization_id)
        old = (
            ship_to(details_of(checkout)),
            methods_of(checkout.parcels),
            checkout.organization_id,
        )
        priced = price_now(
            wants=wants_of(checkout.lines),
            country=details.address.country,
            methods=methods,
            refused=viewer.hidden.blocked,
        )
        new = (ship_to(details), methods_of(parcels_json(priced)), organization_id)
        # A twin of the same request may have been faster: what it kept is what we would keep.
        if checkout.version != version and new != old:
            raise BagChanged
        if new != old:
            checkout.version += 1
            checkout.organization_id = organization_id
            # Prices that the buyer saw stay: only what they chose themselves is taken over.
            checkout.parcels = parcels_json(priced)
            for name, value in new[0].items():
                setattr(checkout, name, value)
            checkout.state = CheckoutState.READY if details.complete else CheckoutState.INCOMPLETE
        _maybe_extend(checkout)
        checkout.updated_at = clock.now()
        checkout.save()
    return checkout.version


def renew_checkout(*, viewer: Viewer, public_id: str) -> None:
    """Hold the pieces of an expired checkout again. Raises NotFound, SoldOut, CheckoutClosed."""
    with transaction.atomic():
        checkout = own_checkout(viewer=viewer, public_id=public_id, lock=True)
        if checkout.state in (CheckoutState.COMPLETED, CheckoutState.CANCELLED):
            raise CheckoutClosed
        if checkout.state in PAYING or is_held(checkout):
            return
        # The old hold may be over and not swept yet: it must not stand in its own buyer's way.
        inventory.release(reference=checkout.hold_reference)
        complete = details_of(checkout).complete
        checkout.state = CheckoutState.READY if complete else CheckoutState.INCOMPLETE
        checkout.hold_reference = new_secret_id()
        checkout.hold_until = clock.now() + HOLD
        checkout.hold_extended = False
        checkout.version += 1
        checkout.save()
        priced = price_now(
            wants=wants_of(checkout.lines),
            country=checkout.country,
            refused=viewer.hidden.blocked,
        )
        if priced.missing:
            raise SoldOut(variants=list(priced.missing))
        _hold(checkout, priced)


def place_order(
    *,
    viewer: Viewer,
    session: SessionBase | None,
    checkout_public_id: str,
    shown_total: Money,
    version: int,
    idempotency_key: str,
    method_id: str | None = None,
    shown_for: int | EllipsisType | None = ...,
) -> Placed:
    """Write the purchase that a checkout shows; call `start` with the answer after it.

    The same key answers the same, and so does another tab that shows the same total for the same
    buyer: `shown_for` is the company that was shown, None for oneself, `...` where nobody looked.
    Raises PriceChanged, SoldOut, NotDeliverable, DetailsMissing, BagChanged, CheckoutExpired,
    CheckoutClosed, InProgress, KeyReused, NotFound, BuyingChanged; each leaves all as it was.
    """
    user_id = viewer.user_id
    body = {
        "checkout": checkout_public_id,
        "total": shown_total.amount,
        "currency": shown_total.currency,
        "version": version,
        "method": method_id,
    }
    key = Key.of(user_id=user_id, key=idempotency_key, body=body)

    def work() -> Placed:
        checkout = own_checkout(viewer=viewer, public_id=checkout_public_id, lock=True)
        if shown_for not in (..., checkout.organization_id):
            raise BuyingChanged
        if (same := _same_purchase(checkout, key, shown_total)) is not None:
            return same
        must_be_open(checkout)
        if checkout.version != version:
            raise BagChanged
        priced = price_now(
            wants=wants_of(checkout.lines),
            country=checkout.country,
            methods=methods_of(checkout.parcels),
            refused=viewer.hidden.blocked,
        )
        held = is_held(checkout)
        placing.check(
            priced=priced, details=details_of(checkout), shown_total=shown_total, held=held
        )
        return _place(checkout, priced, key=key, method_id=method_id, session=session, held=held)

    return placing.once(key, work)


def _place(
    checkout: Checkout,
    priced: Priced,
    *,
    key: Key,
    method_id: str | None,
    session: SessionBase | None,
    held: bool,
) -> Placed:
    bought_for = placing.company_columns(
        user_id=checkout.user_id, organization_id=checkout.organization_id
    )
    if held:
        _maybe_extend(checkout)
    else:
        # After a failed payment nothing is held; a fresh reference cannot meet a late success.
        checkout.hold_reference = new_secret_id()
        checkout.hold_until = clock.now() + HOLD
        checkout.hold_extended = True
    checkout.state = CheckoutState.IN_PROGRESS
    checkout.lines = lines_json(priced)
    checkout.parcels = parcels_json(priced)
    checkout.messages = []
    checkout.updated_at = clock.now()
    for name, value in totals_columns(priced).items():
        setattr(checkout, name, value)
    checkout.save()
    return placing.write_purchase(
        priced=priced,
        details=details_of(checkout),
        user_id=checkout.user_id,
        bought_for=bought_for,
        key=key,
        checkout=checkout,
        hold=Hold(reference=checkout.hold_reference, until=None if held else checkout.hold_until),
        method_id=method_id,
        session=session,
        touches=_touches_by_product(checkout, priced),
        public_id=new_secret_id(),
    )


def own_checkout(*, viewer: Viewer, public_id: str, lock: bool = False) -> Checkout:
    """The checkout behind the address. A person's own needs that person; a guest's needs only its
    id, which nobody can guess. Raises NotFound.
    """
    rows = Checkout.objects.select_for_update(of=("self",)) if lock else Checkout.objects.all()
    checkout = rows.filter(public_id=public_id).first()
    if checkout is None or not may_see(checkout.user_id, viewer):
        raise NotFound
    return checkout


def may_see(user_id: int | None, viewer: Viewer) -> bool:
    """Whether a row of this user (None: a guest's) may be shown to the viewer."""
    return user_id is None or (viewer.user is not None and viewer.user.pk == user_id)


def is_held(checkout: Checkout) -> bool:
    """Whether the pieces are reserved right now."""
    return checkout.hold_until is not None and checkout.hold_until > clock.now()


def must_be_open(checkout: Checkout) -> None:
    """Raises CheckoutBusy, CheckoutClosed or CheckoutExpired unless the buyer may still change it.

    After a failed payment nothing is held although the session is open: paying reserves again.
    """
    if checkout.state in PAYING:
        raise CheckoutBusy
    if checkout.state not in CHANGEABLE and checkout.state != CheckoutState.EXPIRED:
        raise CheckoutClosed
    lapsed = checkout.hold_until is not None and checkout.hold_until <= clock.now()
    if checkout.state == CheckoutState.EXPIRED or lapsed:
        raise CheckoutExpired


def _same_purchase(checkout: Checkout, key: Key, shown_total: Money) -> Placed | None:
    """The running or finished purchase of this checkout, for a repeated or a second request."""
    if checkout.state not in (*PAYING, CheckoutState.COMPLETED):
        return None
    purchase = Purchase.objects.filter(checkout=checkout, failed_at=None).first()
    if purchase is None:
        return None
    if (purchase.principal, purchase.idempotency_key) == (key.principal, key.key):
        return placing.replay(key)
    if Money(purchase.total, purchase.currency) != shown_total:
        raise BagChanged
    return placing.placed_before(purchase)


def _end_earlier(bag: Bag) -> str | None:
    """End open checkouts of a bag and free their holds; returns one that is being paid, if any.

    Looks again, behind the bag's lock: another tab may have begun one in between.
    """
    for checkout in lock_checkouts(bags=Bag.objects.filter(pk=bag.pk), states=EARLIER):
        if checkout.state in PAYING:
            return str(checkout.public_id)
        inventory.release(reference=checkout.hold_reference)
        checkout.state = CheckoutState.CANCELLED
        checkout.hold_until = None
        checkout.save(update_fields=["state", "hold_until"])
    return None


def _hold(checkout: Checkout, priced: Priced) -> None:
    wants = {line.variant_pk: line.quantity for line in priced.lines}
    try:
        inventory.reserve(reference=checkout.hold_reference, wants=wants, until=checkout.hold_until)
    except StockSoldOut as error:
        raise placing.sold_out(priced, error) from error


def _maybe_extend(checkout: Checkout) -> None:
    until = checkout.hold_until
    if until is None or checkout.hold_extended or until - clock.now() > NEARLY_OVER:
        return
    try:
        inventory.extend(reference=checkout.hold_reference, until=clock.now() + HOLD)
    except HoldLost:
        raise CheckoutExpired from None
    checkout.hold_until = clock.now() + HOLD
    checkout.hold_extended = True


def _touches_by_product(checkout: Checkout, priced: Priced) -> dict[str, object]:
    by_variant = checkout.touches
    return {
        line.product_id: by_variant[line.variant_id]
        for line in priced.lines
        if line.variant_id in by_variant
    }
