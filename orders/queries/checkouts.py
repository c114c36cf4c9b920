"""The checkout session as its page shows it."""

from __future__ import annotations

from collections.abc import Collection

from accounts.types import BuyerRef, Viewer
from core import clock
from core.errors import NotFound
from orders.models import Checkout, Purchase
from orders.pricing import price_now
from orders.snapshots import changes, details_of, methods_of, wants_of
from orders.states import CheckoutState
from orders.types import CheckoutPage, Message


def checkout_for(
    *,
    viewer: Viewer,
    public_id: str,
    country: str | None = None,
    methods: Collection[str] = (),
) -> CheckoutPage:
    """A checkout that the viewer may see, at the prices of now. Three queries.

    `country` and `methods` show it as it would be with that choice. Raises NotFound.
    """
    row = Checkout.objects.filter(public_id=public_id).first()
    foreign = row is not None and row.user_id is not None
    if row is None or (foreign and (viewer.user is None or viewer.user.pk != row.user_id)):
        raise NotFound
    priced = price_now(
        wants=wants_of(row.lines),
        country=country or row.country,
        methods=methods or methods_of(row.parcels),
        refused=viewer.hidden.blocked,
    )
    now = clock.now()
    lapsed = row.hold_until is not None and row.hold_until <= now
    open_now = row.state in (CheckoutState.INCOMPLETE, CheckoutState.READY)
    parcels = row.parcels if country in (None, row.country) and not methods else []
    return CheckoutPage(
        public_id=row.public_id,
        state=row.state,
        version=row.version,
        details=details_of(row),
        priced=priced,
        hold_until=row.hold_until,
        held=row.hold_until is not None and not lapsed,
        expired=row.state == CheckoutState.EXPIRED or (open_now and lapsed),
        updated_at=row.updated_at,
        messages=(
            *(Message(code=one["code"], subject=one.get("subject", "")) for one in row.messages),
            *(changes(before=row.lines, parcels=parcels, priced=priced) if open_now else ()),
        ),
        purchase_id=_purchase_id(row),
        buying_for=_buyer(row, viewer),
        from_bag=row.bag_id is not None,
    )


def _buyer(row: Checkout, viewer: Viewer) -> BuyerRef | None:
    """The company that it was kept for, if the viewer may still buy for it."""
    mine = viewer.organizations
    return next((one for one in mine if one.id == row.organization_id), None)


def _purchase_id(row: Checkout) -> str | None:
    if row.state in (CheckoutState.INCOMPLETE, CheckoutState.READY, CheckoutState.EXPIRED):
        return None
    live = Purchase.objects.filter(checkout=row, failed_at=None)
    return live.values_list("public_id", flat=True).first()


def latest_purchase_id(*, user_id: int) -> int:
    """Primary key of a user's newest purchase, 0 for none: forms derive their keys from it."""
    newest = Purchase.objects.filter(user=user_id).order_by("-id").values_list("id", flat=True)
    return newest.first() or 0
